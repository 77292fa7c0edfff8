// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// A least-squares teacher can over-react to the label given what the student sees.
struct LeastSquaresTeacherHelps: SignClaim {
  let id = "ols-teacher-helps"
  let summary = "w1 = Σ11⁻¹Σ13 ⇒ helps for small λ"
  let statement = """
    The least-squares teacher w1 = Σ11⁻¹Σ13 lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .leastSquaresTeacher]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) -> Quantities {
    Quantities(
      hypothesis: [Quantity("cov(t,y) − var(t)", facts.moments.covTY - facts.moments.varT)],
      conclusion: facts.slopeTerms)
  }
}
