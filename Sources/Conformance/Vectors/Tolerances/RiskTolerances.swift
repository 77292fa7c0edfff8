import Distillation
import ExactAlgebra

/// First-order error bounds of what follows from the risk, and whether double precision decides its verdicts.
struct RiskTolerances {
  let risk: Risk
  let errors: MomentErrors

  private var k: Rational { risk.k }
  private var m: Moments { risk.moments }

  /// A verdict is safe where the number whose sign decides is this many times its error bound.
  static let safety: Rational = 4

  /// The error of R(λ) = σε² + α²B + k[(1−α)²σε² + 2α(1−α)c + α²ση²].
  func risk(_ lambda: Rational) -> Rational {
    let alpha = lambda / (1 + lambda)
    let rest = 1 - alpha
    let trained =
      rest.squared * errors.residualVariance + 2 * alpha * rest * errors.c
      + alpha.squared * errors.teacherResidualVariance
    return errors.residualVariance + alpha.squared * errors.mismatch + k * trained
  }

  /// The error of R0.
  var baseline: Rational { errors.residualVariance * (1 + k) }

  /// The error of c − σε².
  private var slack: Rational { errors.c + errors.residualVariance }

  /// The error of dR/dλ at 0.
  var slope: Rational { 2 * k * slack }

  /// Whether the sign of c − σε² is safe.
  var decidesHelp: Bool { (m.c - m.residualVariance).magnitude > RiskTolerances.safety * slack }

  /// The error of D.
  private var curvature: Rational {
    errors.mismatch + k * (errors.teacherResidualVariance + errors.residualVariance)
  }

  /// The error of the window's end, for D > 0.
  var windowEnd: Rational {
    let end = -risk.slope / risk.curvatureTerm
    return (slope + end * curvature) / risk.curvatureTerm
  }

  /// Whether the signs of c − σε² and D are safe.
  var decidesWindow: Bool {
    decidesHelp
      && (!m.helpsForSmallLambda || risk.curvatureTerm.magnitude > RiskTolerances.safety * curvature)
  }

  /// G = B + k(ση² − c): λ* = k(σε² − c)/G where it is positive.
  private var divisor: Rational { m.mismatch + k * (m.teacherResidualVariance - m.c) }

  private var divisorError: Rational { errors.mismatch + k * (errors.teacherResidualVariance + errors.c) }

  /// The error of λ* for 0 < α* < 1, with that of α/(1 − α).
  var bestLambda: Rational {
    let best = k * (m.residualVariance - m.c) / divisor
    let unit = RoundingUnit.of(dimension: 2)
    return (k * slack + best * divisorError) / divisor + unit * best * (1 + best)
  }

  /// Whether the signs of c − σε² and G are safe.
  var decidesBest: Bool {
    decidesHelp && (!m.helpsForSmallLambda || divisor.magnitude > RiskTolerances.safety * divisorError)
  }
}
