import ExactPredicates
import PropertyTesting

/// What many problems of whole numbers showed about the claims that are made of signs.
public struct Screening: Mergeable, Equatable {
  /// What was counted of one claim.
  public struct Count: Sendable, Equatable {
    /// Problems on which the hypothesis held.
    public fileprivate(set) var applicable = 0
    /// Problems on which it held and the conclusion did not.
    public fileprivate(set) var violations = 0

    /// Nothing counted.
    public init() {}

    fileprivate init(applicable: Int, violations: Int) { (self.applicable, self.violations) = (applicable, violations) }
  }

  /// The problems.
  public private(set) var cases = 0
  /// The counts by the id of the claim.
  public private(set) var byClaim: [String: Count] = [:]
  /// How many problems were decided in Doubles, in 128-bit whole numbers, and by FLINT.
  public private(set) var stages = [0, 0, 0]

  /// Nothing counted.
  public init() {}

  /// Adds what `other` counted.
  public mutating func merge(_ other: Screening) {
    cases += other.cases
    for stage in stages.indices { stages[stage] += other.stages[stage] }
    byClaim.merge(other.byClaim) {
      Count(applicable: $0.applicable + $1.applicable, violations: $0.violations + $1.violations)
    }
  }

  /// Screens `count` problems for those of `claims` that are made of signs; the choices are those of `index` under `seed`.
  mutating func screen(_ claims: [any Claim], count: Int, seed: UInt64, index: Int) {
    let claims = claims.compactMap { $0 as? any SignClaim }
    if claims.isEmpty { return }
    var (counts, sampler, decider) = (claims.map { _ in Count() }, IntegerSampler(), SignDecider())
    var source = RandomSource(seed: seed &+ 0x5343_5245_454E, index: UInt64(index))
    for _ in 0..<count {
      sampler.draw(from: &source) { problem in
        let signs = decider.claimSigns(problem)
        // w* = 0 is outside of every claim.
        if !signs.verdict.isPositiveDefinite || problem.optimalStudentIsZero { return }
        for (place, claim) in claims.enumerated() where claim.premise(signs) {
          counts[place].applicable += 1
          if !claim.conclusion(signs) { counts[place].violations += 1 }
        }
      }
    }
    cases += count
    stages = zip(stages, decider.decided).map { $0 + $1 }
    for (claim, count) in zip(claims, counts) {
      byClaim[claim.id, default: Count()].applicable += count.applicable
      byClaim[claim.id, default: Count()].violations += count.violations
    }
  }
}
