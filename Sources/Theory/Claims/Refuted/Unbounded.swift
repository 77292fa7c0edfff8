// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 without its bound on the teacher: a teacher of large scale over-reacts to the label and hurts.
struct Unbounded: SignClaim {
  let id = "unbounded"
  let summary = "ΔI > 0 ⇒ helps for small λ, at any scale of t"
  let statement = """
    If I(t;s) > I(s;y), then distillation lowers the risk for all sufficiently small λ > 0, whatever the scale of the teacher.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfDelta() > 0 }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.delta().argument - 1
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: try facts.informationArguments(),
      conclusion: facts.slopeTerms)
  }
}
