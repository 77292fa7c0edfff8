// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates
import Foundation
import SeededRuns
import TestSupport
import Testing

@testable import Claims
@testable import Hunting

/// The quick test of shrinking against the rational numbers of the claim itself.
@Suite struct RefutationTestTests {
  /// Random instances for each claim; `CCH_CASES` asks for more.
  private static let cases = ProcessInfo.processInfo.environment["CCH_CASES"].flatMap { Int($0) } ?? 40
  private static let claims = allClaims.compactMap { $0 as? any SignClaim }

  private func mayUse(_ claim: any SignClaim, _ instance: Instance) -> Bool {
    RefutationTest(claim).canUseSigns(of: instance) && WholeInstance(instance) != nil
  }

  /// Random instances of all kinds, and those that the walk makes of certificates: small changes, most of which refute the claim or
  /// nearly so, some with a Σ that is not positive definite.
  @Test(arguments: claims.map(\.id)) func answersAreThoseOfRationalNumbers(id: String) throws {
    let target = try #require(try claim(id) as? any SignClaim)
    let test = RefutationTest(target)
    let verification = Verification(seed: 71)
    var (bySigns, refuted) = (0, 0)
    for index in 0..<Self.cases {
      let instance = try verification.facts(ofCase: index).instance
      #expect(test(instance) == target.isViolated(Facts(instance)), "case \(index)")
      bySigns += mayUse(target, instance) ? 1 : 0
    }
    guard target.status.isRefuted else { return }
    let start = try #require(try certificate(of: target)).instance
    var source = testSource(5)
    for _ in 0..<25 {
      guard let instance = start.withChanges(2, from: &source) else { continue }
      let isViolated = target.isViolated(Facts(instance))
      #expect(test(instance) == isViolated, "\(instance)")
      refuted += isViolated && mayUse(target, instance) ? 1 : 0
    }
    // Those about parts that whole-number problems lack are decided by rational numbers.
    let foreign: [Assumption] = [.candidates, .equalCandidates, .design, .rowMoments, .teacherRows, .otherInstance]
    if target.isWhollySigns, !target.assumptions.contains(where: foreign.contains) {
      #expect(bySigns * 8 > Self.cases && refuted > 2, "\(bySigns) by signs, \(refuted) of them refuted")
    } else {
      #expect(refuted == 0)
    }
  }

  /// What is no Σ refutes nothing.
  @Test func indefiniteSigmaRefutesNothing() throws {
    let target = try claim("unbounded")
    let start = try #require(try certificate(of: target)).instance
    let whole = try #require(WholeInstance(start))
    let test = RefutationTest(target)
    #expect(test.bySigns(whole) == true)
    let (size, entries) = (start.sigma.rows, start.sigma.values.joined().compactMap(\.asInt))
    let far = (0..<(size * size)).map { $0 == 0 ? 0 : entries[$0] }
    #expect(test.bySigns(whole.with(sigma: far)) == false)
    // Too large for 50 bits: rational numbers decide.
    #expect(test.bySigns(whole.with(sigma: entries.map { $0 << 50 })) == nil)
  }

  /// Every walk ends in a counterexample that is not larger; where signs can tell, in the very one that rational numbers lead to.
  @Test(arguments: ["vector-label", "raw-modality", "kd-beats-shrinkage", "teacher-ranking"])
  func walksDoNotDependOnTheArithmetic(id: String) throws {
    let target = try claim(id)
    let start = try #require(try certificate(of: target)).instance
    var source = testSource(8)
    var begin = start
    for _ in 0..<60 {
      if let next = begin.withChanges(3, by: 1, from: &source), target.isViolated(Facts(next)) { begin = next }
    }
    let test = RefutationTest(target)
    let quick = begin.walked(steps: 120, seed: 3, test)
    let slow = begin.walked(steps: 120, seed: 3, RefutationTest(Opaque(base: target)))
    #expect(quick == slow && target.isViolated(Facts(quick)))
    #expect(!(begin.complexity < quick.complexity))
  }
}

/// A claim that hides that it is made of signs.
private struct Opaque: Claim {
  let base: any Claim
  var id: String { base.id }
  var summary: String { base.summary }
  var statement: String { base.statement }
  var status: Status { base.status }
  var assumptions: [Assumption] { base.assumptions }
  func premise(_ facts: Facts) throws(Unmet) -> Bool { try base.premise(facts) }
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try base.conclusion(facts) }
  func margin(_ facts: Facts) throws(Unmet) -> Rational { try base.margin(facts) }
}

extension Instance {
  /// The same with up to `most` entries of Σ moved by `step`; nil where that is no Σ.
  fileprivate func withChanges(_ most: Int, by step: Rational = Rational(1, 2), from source: inout RandomSource)
    -> Instance?
  {
    var entries = sigma.values
    for _ in 0..<source.integer(in: 1...most) {
      let (i, j) = (source.integer(in: 0...(sigma.rows - 1)), source.integer(in: 0...(sigma.rows - 1)))
      entries[i][j] = entries[i][j] + step * Rational(source.integer(in: -1...1))
      entries[j][i] = entries[i][j]
    }
    let isLeastSquares = w1 == leastSquaresTeacher
    return (try? RationalMatrix(entries)).flatMap { sigma in
      try? Instance(
        sigma: sigma, p1: p1, p2: p2, q: q, w1: isLeastSquares ? nil : w1, n: n, lambda: lambda, p1a: p1a,
        extras: extras)
    }
  }
}
