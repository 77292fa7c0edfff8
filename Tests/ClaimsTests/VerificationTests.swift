// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck
@testable import Claims
@testable import RandomInstances
import Distillation
import ExactAlgebra
import ExactJSON
import ExactPredicates
import Foundation
import SeededRuns
import TestSupport
import Testing

@Suite struct VerificationTests {
  /// False claims that random instances violate; others need a hunter.
  private let oftenViolated = [
    "unbounded", "aligned", "converse", "fixed-lambda", "raw-modality", "teacher-ranking", "kd-beats-shrinkage",
    "fresh-is-better", "ols-teacher-helps",
  ]
  /// Those of them that whole-number problems, which have no extras, do not speak of.
  private let violatedByExtras = [
    "drop-harmful-teacher", "survives-ridge", "more-features", "average-criterion", "two-informations-decide",
  ]
  /// A number of cases, or more for a deeper run: `CCH_CASES`.
  private func cases(_ usual: Int) -> Int {
    max(usual, ProcessInfo.processInfo.environment["CCH_CASES"].flatMap(Int.init) ?? 0)
  }
  private let signClaims = allClaims.compactMap { $0 as? any SignClaim }

  /// `swift test` as an oracle: every claim on random instances, as many as it takes to tell.
  @Test func everyClaimIsAsItsStatusSays() async throws {
    var (left, cases) = (allClaims, 2_500)
    while !left.isEmpty {
      try #require(cases <= 40_000, "\(left.map(\.id)) hold too rarely")
      let verification = Verification(
        of: left, seed: 20_261_124, sampler: InstanceSampler(largestSize: 4), screenedPerBlock: 8)
      let tallies = try await verification.tallies(CaseRun(Budget(cases: cases)), threads: 2)
      #expect(tallies.byClaim.count == left.count)
      var (rare, needed) = ([any Claim](), 0)
      for (claim, tally) in zip(left, tallies.byClaim) {
        #expect(tally.cases == cases)
        let outcome = Outcome(claim, tally, certificateFailure: nil)
        if !claim.status.isRefuted { #expect((tally.smallestMargin?.value ?? 0) >= 0, "\(claim.id)") }
        let isSeen = tally.violations > 0 || !(oftenViolated + violatedByExtras).contains(claim.id)
        if outcome.isExpected, isSeen { continue }
        // Too few cases, or none yet that violates it.
        #expect(outcome.isExpected || outcome.casesNeeded != nil, "\(claim.id): \(outcome)")
        rare.append(claim)
        needed = max(needed, outcome.casesNeeded ?? 0)
      }
      (left, cases) = (rare, max(needed + needed / 5, 2 * cases))
    }
  }

  /// Claims that are made of signs meet many more problems, and come out as their status says.
  @Test func screeningIsAsTheStatusSays() async throws {
    let tallies = try await Verification(of: allClaims, seed: 8).tallies(CaseRun(Budget(cases: 192)), threads: 2)
    let screening = tallies.screening
    #expect(screening.cases == 3 * 1_024)
    #expect(screening.stages[.double] > 8 * screening.stages[.integer] && screening.stages[.integer] > 500)
    #expect(Set(screening.byClaim.keys) == Set(signClaims.map(\.id)))
    for claim in signClaims {
      let count = try #require(screening.byClaim[claim.id])
      #expect(count.applicable > 20, "\(claim.id): \(count)")
      if !claim.status.isRefuted { #expect(count.violations == 0, "\(claim.id): \(count)") }
    }
    for id in oftenViolated { #expect(screening.byClaim[id]?.violations ?? 0 > 0, "\(id)") }
  }

  /// Every screened verdict is that of the same instance in rational numbers.
  @Test func screeningAgreesWithInstances() throws {
    var (sampler, decider, source) = (IntegerSampler(largestSize: 3), SignDecider(), RandomSource(seed: 4, index: 0))
    var seen: [String: [ClaimScreen.Finding: Int]] = [:]
    for _ in 0..<cases(800) {
      try sampler.draw(from: &source) { problem in
        let isDefinite = decider.take(problem, needsInputs: true)
        #expect(isDefinite)
        let facts = Facts(try problem.instance())
        for claim in signClaims {
          let finding = ClaimScreen(claim)(problem, &decider)
          let verdict = claim.evaluate(facts)
          #expect(
            (finding != .outside) == verdict.hypothesis && (finding == .violated) == verdict.isViolation,
            "\(claim.id): \(facts.instance)")
          seen[claim.id, default: [:]][finding, default: 0] += 1
        }
      }
    }
    for claim in signClaims {
      let counts = seen[claim.id] ?? [:]
      #expect(counts[.holds, default: 0] > 5, "\(claim.id): \(counts)")
    }
  }

  @Test func sameSeedSameResultOnAnyNumberOfThreads() async throws {
    func run(_ threads: Int, seed: UInt64) async throws -> Tallies {
      try await Verification(seed: seed, screenedPerBlock: 64).tallies(CaseRun(Budget(cases: 150)), threads: threads)
    }
    let one = try await run(1, seed: 3)
    #expect(try await run(2, seed: 3) == one)
    #expect(try await run(5, seed: 3) == one)
    #expect(try await run(1, seed: 4) != one)
  }

  @Test func judgesEveryOutcome() async throws {
    let (unbounded, theorem1) = (try claim("unbounded"), try claim("theorem1"))
    #expect(Outcome(theorem1, ClaimTally(), certificateFailure: nil) == .tooFewCases(needed: 1_100))
    let small = InstanceSampler(largestSize: 3)
    let verification = Verification(of: [unbounded, theorem1], seed: 1, sampler: small, screenedPerBlock: 8)
    let tallies = try await verification.tallies(CaseRun(Budget(cases: 4_200)), threads: 2).byClaim
    #expect(Outcome(unbounded, tallies[0], certificateFailure: "no file") == .certificateFails("no file"))
    #expect(Outcome(unbounded, tallies[0], certificateFailure: nil) == .certificateHolds)
    #expect(Outcome(theorem1, tallies[1], certificateFailure: nil) == .noViolation)
    // Few cases say nothing false, and how many would tell is near what does.
    for cases in [1, 64, 500] {
      let few = try await verification.tallies(CaseRun(Budget(cases: cases)), threads: 2).byClaim
      let outcome = Outcome(theorem1, few[1], certificateFailure: nil)
      let needed = try #require(outcome.casesNeeded, "\(cases): \(outcome)")
      #expect(!outcome.isFalse && needed > 1_000 && (cases < 500 || needed < 20_000), "\(cases): \(needed)")
      if cases == 500 {
        let enough = try await verification.tallies(CaseRun(Budget(cases: needed)), threads: 2).byClaim
        #expect(Outcome(theorem1, enough[1], certificateFailure: nil) == .noViolation, "\(needed)")
      }
    }
    // A violation of a true claim and a certificate that fails are said, however few the cases.
    let some = try await verification.tallies(CaseRun(Budget(cases: 640)), threads: 2).byClaim
    #expect(some[0].violations > 0 && some[0].applicable < 1_000)
    #expect(Outcome(theorem1, some[0], certificateFailure: nil) == .violated)
    #expect(Outcome(unbounded, some[0], certificateFailure: "no file") == .certificateFails("no file"))
    // A hypothesis that never holds is vacuous once the cases are many.
    let never = Verification(of: [Never()], seed: 1, sampler: small, screenedPerBlock: 0)
    let vacuous = try await never.tallies(CaseRun(Budget(cases: 3_900)), threads: 2).byClaim[0]
    #expect(Outcome(Never(), vacuous, certificateFailure: nil) == .vacuous)
    let fewer = try await never.tallies(CaseRun(Budget(cases: 200)), threads: 2).byClaim[0]
    #expect(Outcome(Never(), fewer, certificateFailure: nil).casesNeeded.map { $0 >= 50_000 } == true)
    // The same counts under a claim that is said to be true.
    #expect(Outcome(theorem1, tallies[0], certificateFailure: nil) == .violated)
    let first = try #require(tallies[0].firstViolation)
    #expect(unbounded.evaluate(try verification.facts(ofCase: first)).isViolation)
  }

  /// Where a margin is positive the conclusion holds, where it is negative it fails; it has no unit.
  @Test func marginsAgreeWithConclusions() throws {
    let verification = Verification(seed: 8, screenedPerBlock: 8)
    for index in 0..<cases(300) {
      let facts = try verification.facts(ofCase: index)
      let i = facts.instance
      let scale = RationalMatrix(rows: i.sigma.rows, columns: i.sigma.rows) { $0 != $1 ? 0 : i.y.contains($0) ? 3 : 1 }
      var extras = i.extras
      extras.secondTeacher = extras.secondTeacher.map { 3 * $0 }
      extras.rowMoments = extras.rowMoments?.map { RowMoments(y: 9 * $0.y, ty: 9 * $0.ty, t: 9 * $0.t) }
      let scaled = Facts(
        try Instance(
          sigma: scale * i.sigma * scale, p1: i.p1, p2: i.p2, q: i.q, w1: 3 * i.w1, n: i.n, lambda: i.lambda,
          p1a: i.p1a, extras: extras))
      for claim in allClaims {
        let verdict = claim.evaluate(facts)
        if let margin = verdict.margin, let conclusion = verdict.conclusion, margin.signum != 0 {
          #expect(conclusion == (margin.signum > 0), "\(claim.id), case \(index)")
        }
        #expect(claim.evaluate(scaled) == verdict, "\(claim.id), case \(index)")
      }
    }
  }

  /// x1 → A1x1 (w1 → A1⁻ᵀw1) and x2 → A2x2 change no verdict and no margin.
  @Test func verdictsDoNotDependOnCoordinates() throws {
    let verification = Verification(seed: 9, sampler: InstanceSampler(largestSize: 3))
    for index in 0..<cases(100) {
      let facts = try verification.facts(ofCase: index)
      let i = facts.instance
      var source = testSource(index)
      // A split x1 is mapped within its two parts, and where a claim is about the last input of the student, x2 too.
      let parts = i.p1a.map { [$0, i.p1 - $0] } ?? [i.p1]
      let teacherSide = blockDiagonal(parts.map { source.invertible($0) })
      let whole = Facts(try mapped(i, teacherSide, source.invertible(i.p2)))
      for claim in allClaims where !claim.assumptions.contains(.severalInputs) {
        #expect(claim.evaluate(whole) == claim.evaluate(facts), "\(claim.id), case \(index)")
      }
      guard i.p2 > 1 else { continue }
      let inParts = Facts(
        try mapped(i, teacherSide, blockDiagonal([source.invertible(i.p2 - 1), source.invertible(1)])))
      for claim in allClaims where claim.assumptions.contains(.severalInputs) {
        #expect(claim.evaluate(inParts) == claim.evaluate(facts), "\(claim.id), case \(index)")
      }
    }
  }

  /// The instance in other coordinates of x1 and x2, its design among them.
  private func mapped(_ i: Instance, _ first: RationalMatrix, _ second: RationalMatrix) throws -> Instance {
    let map = blockDiagonal([first, second, .identity(i.q)])
    var extras = i.extras
    extras.secondTeacher = try extras.secondTeacher.map { try first.transposed.solve($0) }
    extras.design = extras.design.map { $0 * second.transposed }
    return try Instance(
      sigma: map * i.sigma * map.transposed, p1: i.p1, p2: i.p2, q: i.q, w1: first.transposed.solve(i.w1), n: i.n,
      lambda: i.lambda, p1a: i.p1a, extras: extras)
  }

  /// The independent check knows every claim but the identities, which nothing can be compared of.
  @Test func independentCheckKnowsTheClaims() throws {
    for claim in allClaims { #expect(CertificateCheck.knows(claim.id) != claim.isIdentity, "\(claim.id)") }
  }

  /// It reaches the same verdict as the library on random instances: two paths, no shared arithmetic.
  @Test func independentCheckAgrees() throws {
    let verification = Verification(seed: 10, sampler: InstanceSampler(largestSize: 3))
    var (violations, holding) = (0, 0)
    for index in 0..<cases(32) {
      let facts = try verification.facts(ofCase: index)
      let found = try independentlyChecked(facts, "case \(index)")
      violations += found.violations
      holding += found.holding
    }
    #expect(violations > 10 && holding > 100)
  }

  /// And on the real data whose quantities are pinned: every claim on one of them, since seconds go by, or on all in a deeper run.
  @Test(arguments: ["autompg-acceleration", "autompg-model_year", "diabetes"].enumerated().map { $0 })
  func independentCheckAgreesOnRealData(place: Int, name: String) throws {
    let problem = try ProblemFile(Data(contentsOf: fixtures.appendingPathComponent("explain/\(name).json")))
    let claims = allClaims.enumerated().filter { cases(0) > 0 || $0.offset % 3 == place }.map(\.element)
    let found = try independentlyChecked(Facts(problem.instance), name, claims)
    #expect(found.violations + found.holding > 0)
  }

  private func independentlyChecked(_ facts: Facts, _ name: String, _ claims: [any Claim] = allClaims) throws
    -> (violations: Int, holding: Int)
  {
    var (violations, holding) = (0, 0)
    for claim in claims where !claim.isIdentity {
      let verdict = claim.evaluate(facts)
      let check = try CertificateCheck(Certificate(claim: claim, instance: facts.instance).document)
      #expect(check.holds == verdict.isViolation, "\(claim.id), \(name): \(check.message)")
      if verdict.hypothesis, verdict.conclusion == true {
        #expect(check.message.hasPrefix("the conclusion holds"), "\(claim.id), \(name): \(check.message)")
        holding += 1
      }
      violations += verdict.isViolation ? 1 : 0
    }
    return (violations, holding)
  }

  private func blockDiagonal(_ blocks: [RationalMatrix]) -> RationalMatrix {
    let size = blocks.map(\.rows).reduce(0, +)
    var values = [[Rational]](repeating: [Rational](repeating: 0, count: size), count: size)
    var start = 0
    for block in blocks {
      for i in 0..<block.rows { for j in 0..<block.rows { values[start + i][start + j] = block[i, j] } }
      start += block.rows
    }
    return RationalMatrix(rows: size, columns: size) { values[$0][$1] }
  }
}

/// A claim whose hypothesis never holds.
private struct Never: Claim {
  let id = "never"
  let summary = "nothing"
  let statement = "Nothing."
  let status = Status.proved
  let assumptions: [Assumption] = []

  func premise(_ facts: Facts) -> Bool { false }
  func conclusion(_ facts: Facts) -> Bool { true }
  func margin(_ facts: Facts) -> Rational { 1 }
}
