// SPDX-License-Identifier: GPL-3.0-or-later
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
    var terms = risk.terms
    terms.mismatch = max(0, terms.mismatch - terms.k * terms.differenceVariance)
    (windowEnd, bestLambda) = (ExtendedRational(terms.windowEnd), ExtendedRational(terms.bestLambda))
    gain = terms.bestGain
  }
}
