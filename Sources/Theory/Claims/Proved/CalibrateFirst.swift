// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 without a bound on the scale: rescale the teacher to the best prediction of y by it, and ΔI > 0 is enough.
struct CalibrateFirst: SignClaim {
  let id = "calibrate-first"
  let summary = "teacher times cov(t,y)/var t: ΔI > 0 ⇒ helps"
  let statement = """
    If cov(t,y) ≠ 0 and I(t;s) > I(s;y), then the teacher that is rescaled by cov(t,y)/var(t) lowers the risk for all \
    sufficiently small λ > 0, whatever its scale was.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    if try m.label.covTY.sign() == 0 { return false }
    return try m.label.signOfDelta() > 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational { try facts.delta().argument - 1 }

  /// c of the rescaled teacher is c·cov(t,y)/var(t).
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let label = m.label
    return try (label.residualCovariance * label.covTY - label.residualVariance * label.varT).sign() < 0
  }

  /// 1 − β of the rescaled teacher.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.teacher)
    return 1 - facts.moments.beta * facts.moments.covTY / facts.moments.varT
  }
}
