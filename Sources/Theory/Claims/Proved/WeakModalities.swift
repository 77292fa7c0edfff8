// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Two modalities that explain less than the label's variance together: no information has to be estimated.
struct WeakModalities: SignClaim {
  let id = "weak-modalities"
  let summary = "w1 = Σ11⁻¹Σ13, R1² + R2² < 1, cov(t,s) ≥ 0 ⇒ helps"
  let statement = """
    If the teacher is the least-squares one, cov(t,s) ≥ 0, and the shares of var(y) that t and s explain sum to less than 1, \
    then distillation lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .leastSquaresTeacher]

  /// R1² = cov(t,y)²/(var(t)·var(y)), R2² = var(s)/var(y).
  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let label = m.label
    if try label.signOfAlignment() < 0 { return false }
    let shares = label.covTY * label.covTY * label.factor + label.varS * label.varT
    return try (shares - label.varT * label.varY * label.factor).sign() < 0
  }

  func premiseMargin(_ facts: Facts) -> Rational {
    let m = facts.moments
    guard m.varT.signum > 0 else { return -1 }
    let shares = m.covTY.squared / (m.varT * m.varY) + m.varS / m.varY
    return min(1 - shares, m.covTS / m.varY)
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}
