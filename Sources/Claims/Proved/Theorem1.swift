import ExactAlgebra

/// Theorem 1 (Xie, Xu & Sanguinetti 2025), with every assumption stated.
///
/// Where the teacher's prediction tells more about the student's than that does about the label, and the teacher does not
/// vary more than the label, distillation helps for every small λ. No alignment is needed.
public struct Theorem1: Claim {
  public let id = "theorem1"
  public let says = "ΔI > 0, var t ≤ var y ⇒ helps for small λ"
  public let statement = """
    If I(t;s) > I(s;y) and var(t) ≤ var(y), then distillation lowers the risk for all sufficiently small λ > 0.
    """
  public let status = Status.proved(proof: "Theory: Theorem 1")
  public let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  public func premise(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.delta() > .zero && facts.moments.varT <= facts.moments.varY
  }

  public func conclusion(_ facts: Facts) -> Bool { facts.moments.c < facts.moments.residualVariance }

  /// 1 − β.
  public func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}
