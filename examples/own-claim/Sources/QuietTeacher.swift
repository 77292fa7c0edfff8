// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates

/// A statement about distillation that nobody has decided: if the teacher varies no more than the best student does,
/// distillation helps for all sufficiently small λ > 0.
struct QuietTeacher: SignClaim {
  let id = "quiet-teacher"
  let summary = "var t ≤ var s ⇒ helps for small λ"
  let statement = """
    If var(t) ≤ var(s), then distillation lowers the risk for all sufficiently small λ > 0.
    """
  /// Of a claim of your own nothing is known yet.
  let status = Status.open
  /// What must hold before the statement makes sense; it also decides what instances the hunt draws.
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  /// var(t) ≤ var(s).
  ///
  /// The moments given x2, and var(s) with them, are times `factor`, so that whole numbers stay whole.
  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try (m.label.varT * m.label.factor - m.label.varS).sign() <= 0
  }

  /// c < σε².
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β: negative where the conclusion fails.
  ///
  /// The search goes down this slope.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  /// Negative where the premise fails: how far an instance is from being one that the claim speaks of.
  func premiseMargin(_ facts: Facts) -> Rational { 1 - facts.moments.varT / facts.moments.varS }

  /// The numbers that decide, for whoever reads a counterexample.
  func quantities(_ facts: Facts) -> Quantities {
    let m = facts.moments
    return Quantities(
      hypothesis: [Quantity("var(t)", m.varT), Quantity("var(s)", m.varS)],
      conclusion: [Quantity("c", m.residualCovariance), Quantity("σε²", m.residualVariance)])
  }
}
