// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// The least-squares teacher needs no bound on its scale: it never varies more than the label.
struct LeastSquaresTeacher: SignClaim {
  let id = "ols-teacher"
  let summary = "w1 = Σ11⁻¹Σ13 ⇒ var t ≤ var y; with ΔI > 0 helps"
  let statement = """
    The least-squares teacher w1 = Σ11⁻¹Σ13 has var(t) ≤ var(y), so Theorem 1 applies to it: \
    if I(t;s) > I(s;y), distillation lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .leastSquaresTeacher]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let label = m.label
    if try label.signOfScale() > 0 { return false }
    if try label.signOfDelta() <= 0 { return true }
    return try label.signOfHelp() < 0
  }

  /// 1 − a², or where ΔI > 0 the smaller of it and 1 − β.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let scaleMargin = 1 - facts.moments.scaleSquared
    return try facts.delta() > .zero ? min(scaleMargin, 1 - facts.moments.beta) : scaleMargin
  }
}
