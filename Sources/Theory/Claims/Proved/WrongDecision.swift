// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// How often a sample misleads: the estimate of β is on the wrong side of 1 with a bounded probability.
///
/// √((n−p2)σε²/var(t|x2,y))·(β̂−β) is Student t of n−p2 degrees of freedom. Of an even number of them its tail is a polynomial
/// times a square root, so that the bound is decided exactly: with r = (1−β)²σε²/var(t|x2,y) and h = 1/(1+r) it is
/// ½(1 − √(1−h)·Σ_{j < (n−p2)/2} C(2j,j)(h/4)ʲ).
struct WrongDecision: Claim {
  let id = "wrong-decision"
  let summary = "P(β̂ on the wrong side of 1) ≤ V/(V+(1−β)²); rows that suffice"
  let statement = """
    The estimate of β from n rows is on the wrong side of 1 with a probability of at most V/(V+(1−β)²), \
    V = (ση²−c²/σε²)/(σε²(n−p2−2)); so n ≥ p2+2+((1−δ)/δ)(ση²σε²−c²)/(σε²−c)² rows suffice for an error of at most δ.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .evenDegrees]

  func premise(_ facts: Facts) -> Bool { facts.moments.beta != 1 }

  /// With √(1−h)·S ≥ 1 − 2·bound squared, and the rows that suffice for δ = the bound being n itself.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    let (slack, agree) = (try slack(facts), try rowsAgree(facts))
    return slack.signum >= 0 && agree
  }

  /// (1−h)S² − (1−2·bound)|1−2·bound|.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let slack = try slack(facts)
    return try rowsAgree(facts) ? slack : -max(slack.magnitude, 1)
  }

  private func slack(_ facts: Facts) throws(Unmet) -> Rational {
    let (degrees, ratio) = (try degrees(facts), try ratio(facts))
    let h = 1 / (1 + ratio)
    var (sum, term) = (Rational(0), Rational(1))
    for j in 0..<(degrees / 2) {
      sum = sum + term
      term = term * h * Rational(2 * j + 1, 2 * j + 2)
    }
    let open = 1 - 2 * (try bound(facts))
    return (1 - h) * sum.squared - open * open.magnitude
  }

  /// r = (1−β)²σε²/var(t | x2, y).
  private func ratio(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.oneLabel)
    let m = facts.moments
    let spread = m.teacherResidualVariance - m.residualCovariance.squared / m.residualVariance
    guard spread.signum > 0 else { throw Unmet(assumption: .teacher) }
    return (1 - m.beta).squared * m.residualVariance / spread
  }

  private func degrees(_ facts: Facts) throws(Unmet) -> Int {
    try facts.require(.evenDegrees)
    return try facts.rows() - facts.instance.p2
  }

  private func bound(_ facts: Facts) throws(Unmet) -> Rational {
    let m = facts.moments
    let spread = m.teacherResidualVariance - m.residualCovariance.squared / m.residualVariance
    let variance = spread / (m.residualVariance * Rational(try degrees(facts) - 2))
    return variance / (variance + (1 - m.beta).squared)
  }

  private func rowsAgree(_ facts: Facts) throws(Unmet) -> Bool {
    let (m, error, n) = (facts.moments, try bound(facts), Rational(try facts.rows()))
    let open = m.residualVariance - m.residualCovariance
    guard open.signum != 0 else { return true }
    let spread = m.teacherResidualVariance * m.residualVariance - m.residualCovariance.squared
    return n == Rational(facts.instance.p2 + 2) + (1 - error) / error * spread / open.squared
  }
}
