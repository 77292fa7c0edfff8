// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// A teacher that sees both modalities always helps, and the more the better.
struct JointTeacherHelps: UnconditionalClaim {
  let id = "joint-teacher"
  let summary = "t = E[y|x1,x2] always helps, tuned too; more λ is better"
  let statement = """
    The teacher t = E[y | x1, x2] lowers the risk for every λ > 0, and a larger λ is always better: from σε²(1+k) down to \
    σε² + k(σε²−σ1²), σ1² = var(y | x1, x2), 0 < σ1² ≤ σε². A student that may also shrink gains too.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.student, .oneLabel, .trainingRows]

  func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    let (joint, risk) = (facts.jointTeacher, try facts.risk())
    guard let own = facts.jointTeacherMoments, joint.fullResidualVariance.signum > 0, joint.signal.signum >= 0 else {
      return false
    }
    // Its weights, by the normal equations, have the moments that the closed forms say.
    guard own.mismatch.signum == 0, own.residualCovariance == joint.signal, own.teacherResidualVariance == joint.signal
    else { return false }
    let terms = RiskTerms(own, k: risk.k)
    let weights = [0, Rational(1, 16), Rational(1, 2), 1, 7].map { $0 / (1 + $0) } + [1]
    let risks = weights.map { terms.risk(mixing: $0) }
    let isFalling = zip(risks, risks.dropFirst()).allSatisfy { $0 > $1 }
    return isFalling && risks.last == joint.residualVariance + risk.k * joint.signal && own.helpsTuned
  }

  /// ±(R0 − R(∞))/R0, what there is to gain, negative where it does not fall so.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (joint, risk, holds) = (facts.jointTeacher, try facts.risk(), try conclusion(facts))
    let gain = risk.k * joint.fullResidualVariance / risk.baselineRisk
    return holds ? gain : -max(gain.magnitude, 1)
  }
}

/// The same teacher, fitted to rows of its own: a little of it always helps.
struct SampledJointTeacher: UnconditionalClaim {
  let id = "sampled-joint-teacher"
  let summary = "fitted to N rows of its own, it helps for small λ; the window"
  let statement = """
    If the teacher of both modalities is fitted by least squares to N ≥ p1+p2+2 other rows, the mean risk, with K = \
    1/(N−p1−p2−1), is σε² + α²σ1²p2K + k[(1−α)²σε² + 2α(1−α)(σε²−σ1²) + α²(σε²−σ1²+σ1²p1K)], and it is below R0 exactly for \
    α(p2K + k(1+p1K)) < 2k: always for small α = λ/(1+λ).
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.student, .oneLabel, .trainingRows, .teacherRows]

  func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let (curve, risk, k) = (try curve(facts), try facts.risk(), try facts.risk().k)
    let (p1, p2) = (Rational(facts.instance.p1), Rational(facts.instance.p2))
    let unit = 1 / Rational(try facts.teacherRows() - facts.instance.p1 - facts.instance.p2 - 1)
    let own = facts.instance.lambda.map { $0 / (1 + $0) } ?? 1
    let end = 2 * k / (p2 * unit + k * (1 + p1 * unit))
    for alpha in [Rational(1, 16), Rational(1, 2), 1, own, end / 2] where alpha.signum > 0 {
      let lowers = risk.residualVariance + curve(alpha) < risk.baselineRisk
      if lowers != (alpha * (p2 * unit + k * (1 + p1 * unit)) < 2 * k) { return false }
    }
    return curve.helps
  }

  private func curve(_ facts: Facts) throws(Unmet) -> MixingParabola<Rational> {
    let (rows, risk) = (try facts.teacherRows(), try facts.risk())
    let moments = facts.jointTeacher.sampled(rows: rows)
    return LinearStudent(moments, FitMoments(noise: risk.k)).mixing
  }

  /// ±(−dR/dα at 0)/R0, negative where it does not help so.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (slope, holds) = (try -curve(facts).slope / facts.risk().baselineRisk, try conclusion(facts))
    return holds ? slope : -max(slope.magnitude, 1)
  }
}

/// The same teacher, fitted to the student's own rows: it changes nothing.
///
/// Least squares depends on rows only through their Gram matrix, and every positive definite matrix is that of some rows of
/// full rank: Σ is read as the Gram matrix of rows (x1, x2, y).
struct SameRowsTeacher: Claim {
  let id = "same-rows-teacher"
  let summary = "fitted to the student's own rows, it changes nothing"
  let statement = """
    On rows (x1, x2, y) of full column rank, whose Gram matrix is Σ, the teacher that least squares fits to y by x1 and x2 \
    leaves the student's weights as they are, whatever λ; and so do the labels themselves as teacher.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.oneLabel]
  let isIdentity = true

  func premise(_ facts: Facts) -> Bool { true }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try change(facts).signum == 0 }

  /// −|ŵ(λ) − ŵ(0)|² over var(y), in the norm of Σ22: 0 where nothing changes.
  func margin(_ facts: Facts) throws(Unmet) -> Rational { try -change(facts) }

  private func change(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.oneLabel)
    let (instance, lambda) = (facts.instance, facts.instance.lambda ?? Rational(1, 2))
    let gram = instance.sigma.selecting(instance.x2)
    let cross = instance.sigma.selecting(rows: instance.x2, columns: instance.y)
    guard let both = facts.jointTeacherWeights else { return 1 }
    let inputs = 0..<(instance.p1 + instance.p2)
    let covariance = instance.sigma.selecting(rows: instance.x2, columns: inputs) * both
    var largest = Rational(0)
    for taught in [covariance, cross] {
      guard let student = try? gram.solve((1 / (1 + lambda)) * (cross + lambda * taught)) else { return 1 }
      let shift = student - instance.optimalStudent
      largest = max(largest, (shift.transposed * gram * shift)[0, 0] / facts.moments.varY)
    }
    return largest
  }
}
