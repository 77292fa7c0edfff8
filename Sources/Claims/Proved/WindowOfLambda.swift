import Distillation
import ExactAlgebra

/// The closed form of the window of helpful λ, against the exact roots and signs of R(λ) − R0.
struct WindowOfLambda: Claim {
  let id = "window"
  let says = "{λ > 0 : R(λ) < R0} = the closed-form window"
  let statement = """
    The λ > 0 with R(λ) < R0 are exactly: none where c ≥ σε²; else (0, 2k(σε²−c)/D) for D > 0 and (0, ∞) for D ≤ 0, \
    where D = B + k(ση²−σε²).
    """
  let status = Status.proved(proof: "window in proofs/Criterion.v")
  let assumptions: [Assumption] = [.teacher, .student, .trainingRows]

  func premise(_ facts: Facts) -> Bool { true }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    let (change, window) = (try facts.riskChange(), try facts.risk().window)
    if case .open(upTo: .finite(let end)) = window, change.numerator(end).signum != 0 { return false }
    return try facts.pointsBetweenRoots().allSatisfy { (sign(of: change, at: $0) < 0) == window.contains($0) }
  }

  /// The smallest ±|R(λ) − R0|/R0 over one λ in each interval of constant sign; negative where the window is wrong there.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (risk, isRight) = (try facts.risk(), try conclusion(facts))
    let distances = try facts.pointsBetweenRoots().map { (risk($0) / risk.baseline - 1).magnitude }
    return (isRight ? 1 : -1) * (distances.min() ?? 0)
  }
}
