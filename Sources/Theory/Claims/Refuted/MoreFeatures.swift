// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// A better student may be one that the teacher no longer helps.
struct MoreFeatures: Claim {
  let id = "more-features"
  let summary = "helps without the last coordinate of x2 ⇒ helps with it"
  let statement = """
    If distillation lowers the risk for all sufficiently small λ > 0 for the student that lacks the last coordinate of x2, it \
    does so for the student that has it.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .severalInputs]

  func premise(_ facts: Facts) throws(Unmet) -> Bool {
    let fewer = try facts.withoutLastInput()
    return fewer.varS.signum > 0 && fewer.helpsForSmallLambda
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational { 1 - (try facts.withoutLastInput().beta) }

  func conclusion(_ facts: Facts) -> Bool { facts.moments.helpsForSmallLambda }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let fewer = try facts.withoutLastInput()
    return Quantities(
      hypothesis: [
        Quantity("c without it", fewer.residualCovariance), Quantity("σε² without it", fewer.residualVariance),
      ],
      conclusion: facts.slopeTerms)
  }
}
