// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The sharp criterion of a calibrated teacher, by variances and one covariance that anybody can estimate.
struct CalibratedSharp: SignClaim {
  let id = "ols-sharp"
  let summary = "cov(t,y) = var t ⇒ (helps ⇔ var t + var s − cov(t,s) < var y)"
  let statement = """
    If cov(t,y) = var(t), as for the least-squares teacher, distillation lowers the risk for all sufficiently small λ > 0 if \
    and only if var(t) + var(s) − cov(t,s) < var(y).
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .calibratedTeacher]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let label = m.label
    let sum = (label.varT - label.varY) * label.factor + label.varS - label.covTS
    return try (sum.sign() < 0) == (label.signOfHelp() < 0)
  }

  /// On instances: the sign of R − R0 near 0+.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    let m = facts.moments
    return try (facts.riskChange().signNearZeroPlus < 0) == (m.varT + m.varS - m.covTS < m.varY)
  }

  /// ±|1 − β|, negative where the two disagree.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let distance = (1 - facts.moments.beta).magnitude
    return try conclusion(facts) ? distance : -distance
  }
}
