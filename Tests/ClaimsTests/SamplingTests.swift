// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import RandomInstances
import SeededRuns
import TestSupport
import Testing

@Suite struct SamplingTests {
  /// The regions where claims are decided are all visited, the ties exactly.
  @Test func coversTheBoundaries() throws {
    let verification = Verification(seed: 11)
    var counts = Region.all.map { _ in 0 }
    let cases = 3_000
    for index in 0..<cases {
      let facts = try verification.facts(ofCase: index)
      try facts.instance.requireInformative()
      for (place, region) in Region.all.enumerated() where region.contains(facts) { counts[place] += 1 }
    }
    for (region, seen) in zip(Region.all, counts) {
      #expect(seen * 200 >= cases, "\(region.name): \(seen) of \(cases)")
    }
  }

  /// A sampler that never leaves a corner is noticed.
  @Test func missingRegionsAreNamed() async throws {
    var sampler = InstanceSampler()
    sampler.largestSize = 1
    let claims = [try claim("aligned")]
    let tallies = try await Verification(of: claims, seed: 1, sampler: sampler, screenedPerBlock: 0).tallies(
      CaseRun(Budget(cases: 2_000)), threads: 2)
    #expect(Set(tallies.uncoveredRegions.map(\.name)) == ["p1 < p2"])
    let usual = try await Verification(of: claims, seed: 1, screenedPerBlock: 0).tallies(
      CaseRun(Budget(cases: 2_000)), threads: 2)
    #expect(usual.uncoveredRegions.isEmpty)
  }

  @Test(arguments: 0..<60) func tightBuildsItsWitness(index: Int) throws {
    var source = testSource(index)
    let correlationTS = Rational(source.integer(in: -9...9), 10)
    let correlationSY = Rational(source.integer(in: 1...9), 10)
    let a = Rational(source.integer(in: 1...50), 10)
    let (tOdds, yOdds) = (1 - correlationTS.squared, 1 - correlationSY.squared)
    if a.squared * tOdds == yOdds {
      #expect(throws: InstanceError.self) {
        try harmfulInstance(correlationTS: correlationTS, correlationSY: correlationSY, scale: a)
      }
      return
    }
    let m = Moments(try harmfulInstance(correlationTS: correlationTS, correlationSY: correlationSY, scale: a))
    #expect(try m.teacherInformation() == HalfLogarithm(of: 1 / tOdds))
    #expect(try m.labelInformation() == HalfLogarithm(of: 1 / yOdds))
    #expect(m.scaleSquared == a.squared)
    // a·e^(−ΔI) > 1 ⇔ a²(1 − ρ_ts²) > 1 − ρ_sy².
    #expect((m.residualCovariance > m.residualVariance) == (a.squared * tOdds > yOdds))
  }

  @Test func tightRefusesImpossibleCorrelations() {
    for (ts, sy, a) in [(1, Rational(1, 2), 1), (0, 0, 1), (0, 1, 1), (0, Rational(1, 2), 0), (2, Rational(1, 2), 1)]
      as [(Rational, Rational, Rational)]
    {
      #expect(throws: InstanceError.self) { try harmfulInstance(correlationTS: ts, correlationSY: sy, scale: a) }
    }
  }
}
