// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// First-order error bounds of what follows from the risk, and whether double precision decides its verdicts.
struct RiskTolerances {
  let risk: Risk
  let errors: MomentErrors

  private var k: Rational { risk.k }

  /// A verdict is safe where the number whose sign decides is this many times its error bound.
  static let safety: Rational = 4

  /// The error of R(λ) = σε² + α²B + k[(1−α)²σε² + 2α(1−α)c + α²ση²].
  func risk(_ lambda: Rational) -> Rational {
    let alpha = lambda / (1 + lambda)
    let rest = 1 - alpha
    let trained =
      rest.squared * errors.residualVariance + 2 * alpha * rest * errors.residualCovariance
      + alpha.squared * errors.teacherResidualVariance
    return errors.residualVariance + alpha.squared * errors.mismatch + k * trained
  }

  /// The error of R0.
  var baselineRisk: Rational { errors.residualVariance * (1 + k) }

  /// The error of c − σε².
  private var slackError: Rational { errors.residualCovariance + errors.residualVariance }

  /// The error of dR/dλ at 0.
  var slope: Rational { 2 * k * slackError }

  /// Whether the sign of c − σε² is safe.
  var decidesHelp: Bool { risk.slack.magnitude > RiskTolerances.safety * slackError }

  /// The error of D.
  private var windowDivisorError: Rational {
    errors.mismatch + k * (errors.teacherResidualVariance + errors.residualVariance)
  }

  /// The error of the window's end, for D > 0.
  var windowEnd: Rational {
    let end = -risk.slope / risk.windowDivisor
    return (slope + end * windowDivisorError) / risk.windowDivisor
  }

  /// Whether the signs of c − σε² and D are safe.
  var decidesWindow: Bool {
    decidesHelp
      && (!risk.helpsForSmallLambda || risk.windowDivisor.magnitude > RiskTolerances.safety * windowDivisorError)
  }

  /// The error of B + k(ση² − c), the divisor of λ*.
  private var bestLambdaDivisorError: Rational {
    errors.mismatch + k * (errors.teacherResidualVariance + errors.residualCovariance)
  }

  /// The error of λ* for 0 < α* < 1, with that of α/(1 − α).
  var bestLambda: Rational {
    let best = risk.pull / risk.bestLambdaDivisor
    let unit = RoundingUnit.of(dimension: 2)
    return (k * slackError + best * bestLambdaDivisorError) / risk.bestLambdaDivisor + unit * best * (1 + best)
  }

  /// Whether the signs of c − σε² and of that divisor are safe.
  var decidesBest: Bool {
    decidesHelp
      && (!risk.helpsForSmallLambda
        || risk.bestLambdaDivisor.magnitude > RiskTolerances.safety * bestLambdaDivisorError)
  }
}
