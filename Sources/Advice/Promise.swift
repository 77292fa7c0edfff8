import Distillation
import ExactAlgebra

/// Window, best λ and gain of a fitted model, with its B less kV: exact functions of the sample covariance.
///
/// A sample's own B exceeds the population's by kV on average, as much as the whole cost of fitting; left in, it makes
/// distillation look up to half as useful as it is. So B is replaced by max(0, B − kV), V = var(t−y | x2).
public struct Promise: Sendable, Equatable {
  /// The end of the window of helpful λ: 0 where it is empty.
  public let windowEnd: ExtendedRational
  /// The best λ: 0 where none helps.
  public let bestLambda: ExtendedRational
  /// R0 − R(λ*).
  public let gain: Rational

  /// The promise of a fitted model.
  init(_ risk: Risk) {
    let (m, k) = (risk.moments, risk.k)
    guard m.helpsForSmallLambda else {
      (windowEnd, bestLambda, gain) = (.finite(0), .finite(0), 0)
      return
    }
    let mismatch = max(0, m.mismatch - k * m.residualDisagreement)
    let pull = k * (m.residualVariance - m.c)
    func quotient(_ numerator: Rational, _ denominator: Rational) -> ExtendedRational {
      denominator.signum > 0 ? .finite(numerator / denominator) : .infinity
    }
    windowEnd = quotient(2 * pull, mismatch + k * (m.teacherResidualVariance - m.residualVariance))
    bestLambda = quotient(pull, mismatch + k * (m.teacherResidualVariance - m.c))
    let curvature = mismatch + k * m.residualDisagreement
    let alpha = min(1, pull / curvature)
    gain = alpha * (2 * pull - alpha * curvature)
  }
}
