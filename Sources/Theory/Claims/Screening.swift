// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates
import RandomInstances
import SeededRuns

/// What many problems of whole numbers showed about the claims that are written for every arithmetic.
public struct Screening: Mergeable, Equatable {
  /// What was counted of one claim.
  public struct Count: Sendable, Equatable {
    /// Problems on which the hypothesis held.
    public internal(set) var applicable = 0
    /// Problems on which it held and the conclusion did not.
    public internal(set) var violations = 0
    /// How many questions each arithmetic decided.
    public internal(set) var stages = StageCounts()

    /// Nothing counted.
    public init() {}

    fileprivate mutating func count(_ finding: ClaimScreen.Finding) {
      if finding == .outside { return }
      applicable += 1
      if finding == .violated { violations += 1 }
    }

    fileprivate mutating func merge(_ other: Count) {
      applicable += other.applicable
      violations += other.violations
      stages += other.stages
    }
  }

  /// The problems.
  public internal(set) var cases = 0
  /// The counts by the id of the claim.
  public internal(set) var byClaim: [String: Count] = [:]

  /// Nothing counted.
  public init() {}

  /// How many questions of all claims each arithmetic decided.
  public var stages: StageCounts { byClaim.values.reduce(into: StageCounts()) { $0 += $1.stages } }

  /// Adds what `other` counted.
  public mutating func merge(_ other: Screening) {
    cases += other.cases
    for (id, count) in other.byClaim { byClaim[id, default: Count()].merge(count) }
  }

  /// Screens `count` problems for those of `claims` that are written for every arithmetic; the choices are those of
  /// `index` under `seed`.
  mutating func screen(_ claims: [any Claim], count: Int, seed: UInt64, index: Int) {
    let claims = claims.compactMap { $0 as? any SignClaim }
    if claims.isEmpty { return }
    var (counts, sampler, decider) = (claims.map { _ in Count() }, IntegerSampler(), SignDecider())
    let (screens, needsInputs) = (claims.map { ClaimScreen($0) }, claims.contains { $0.needsInputs })
    var source = RandomSource(seed: seed &+ 0x5343_5245_454E, index: UInt64(index))
    for _ in 0..<count {
      sampler.draw(from: &source) { problem in
        guard decider.take(problem, needsInputs: needsInputs && problem.isLeastSquares) else { return }
        for (place, screen) in screens.enumerated() {
          let before = decider.counts
          counts[place].count(screen(problem, &decider))
          counts[place].stages += decider.counts.since(before)
        }
      }
    }
    cases += count
    for (claim, count) in zip(claims, counts) { byClaim[claim.id, default: Count()].merge(count) }
  }
}
