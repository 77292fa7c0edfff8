// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The calibrated criterion cannot be improved: beyond it, the same informations and scale allow a harmful teacher.
///
/// Constructive. From the instance's own I(t;s), I(s;y) and a with a·e^(−ΔI) > 1 it builds a Σ of p1 = p2 = 1 with the
/// same three values and c > σε², and checks all four on it.
struct Tight: SignClaim {
  let id = "tight"
  let summary = "a·e^−ΔI > 1 ⇒ some Σ of the same I's, a has c > σε²"
  let statement = """
    For any I(t;s), I(s;y) and a with a·exp(−ΔI) > 1 there is a Σ with these values and c > σε², \
    so that every λ > 0 raises the risk.
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try m.label.signOfCalibration() < 0
  }

  /// Of the witness below, times positive numbers: positive definite, with c > σε².
  ///
  /// That it has the given informations and scale is checked on instances.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let label = m.label
    let open = label.residualVariance * label.varS
    let teacherOpen = label.varT * label.factor * label.varS - label.covTS * label.covTS
    let sum = open + teacherOpen
    let (ofTeacher, shared, ofLabel) = (teacherOpen * sum, N(whole: 2) * open * teacherOpen, open * sum)
    for number in [ofTeacher, ofLabel, ofTeacher * ofLabel - shared * shared, shared - ofLabel]
    where try number.sign() <= 0 {
      return false
    }
    return true
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.moments.scaleSquared / facts.delta().argument - 1
  }

  /// On instances: the witness itself.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    guard let witness = witness(for: facts) else { return false }
    let built = Facts(witness)
    let (teacher, label) = (try facts.teacherInformation(), try facts.labelInformation())
    let (builtTeacher, builtLabel) = (try built.teacherInformation(), try built.labelInformation())
    return builtTeacher == teacher && builtLabel == label
      && built.moments.scaleSquared == facts.moments.scaleSquared
      && built.moments.residualCovariance > built.moments.residualVariance
  }

  /// β − 1 of the Σ that was built, or −1 where none could be.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.oneLabel)
    guard let witness = witness(for: facts) else { return -1 }
    return Moments(witness).beta - 1
  }

  private func witness(for facts: Facts) -> Instance? {
    let m = facts.moments
    return try? harmful(varT: m.varT, varS: m.varS, covTS: m.covTS, varY: m.varY)
  }
}

/// A harmful teacher for given correlations: p1 = p2 = q = 1, var(y) = 1, var(t) = a², corr(t,s) and corr(s,y) as
/// given.
///
/// I(t;s) = −½ ln(1 − corr(t,s)²), I(s;y) likewise; c > σε² exactly where a·e^(−ΔI) > 1.
///
/// - Throws: `InstanceError` where there is no such Gaussian: |corr(t,s)| ≥ 1, corr(s,y) = 0, |corr(s,y)| ≥ 1, a = 0,
///   or a·e^(−ΔI) = 1, where c = σε² = ση² would make t − y a function of x2.
public func harmfulInstance(correlationTS: Rational, correlationSY: Rational, scale a: Rational) throws(InstanceError)
  -> Instance
{
  try harmful(varT: a.squared, varS: correlationSY.squared, covTS: correlationTS * a * correlationSY, varY: 1)
}

/// x1 = t, x2 = s, so that v is parallel to w* = 1.
///
/// Given x2, cov(t, y) is the harmonic mean of ση² and σε²: it exceeds the smaller of the two, which is σε² by the
/// premise, and its square stays below their product.
private func harmful(varT: Rational, varS: Rational, covTS: Rational, varY: Rational) throws(InstanceError) -> Instance
{
  guard varS.signum > 0 else { throw .zeroOptimalStudent }
  let residual = varY - varS
  let teacherResidual = varT - covTS.squared / varS
  let sum = residual + teacherResidual
  guard sum.signum > 0 else { throw .zeroTeacher }
  let c = 2 * residual * teacherResidual / sum
  let sigma = RationalMatrix(rows: 3, columns: 3) { i, j in
    switch (min(i, j), max(i, j)) {
    case (0, 0): varT
    case (0, 1): covTS
    case (0, 2): covTS + c
    case (2, 2): varY
    default: varS
    }
  }
  return try Instance(sigma: sigma, p1: 1, p2: 1, w1: .identity(1))
}
