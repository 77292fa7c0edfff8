// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 (Xie, Xu & Sanguinetti 2025), with every assumption stated.
///
/// Where the teacher's prediction tells more about the student's than that does about the label, and the teacher does
/// not vary more than the label, distillation helps for every small λ. No alignment is needed.
struct Theorem1: SignClaim {
  let id = "theorem1"
  let summary = "ΔI > 0, var t ≤ var y ⇒ helps for small λ"
  let statement = """
    If I(t;s) > I(s;y) and var(t) ≤ var(y), then distillation lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    if try m.label.signOfDelta() <= 0 { return false }
    return try m.label.signOfScale() <= 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    min(try facts.delta().argument - 1, 1 - facts.moments.scaleSquared)
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}
