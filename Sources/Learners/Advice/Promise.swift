// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Window, best λ and gain of a fitted model, with its B less kV: exact functions of the sample covariance.
///
/// A sample's own B exceeds the population's by kV on average, k that of the sample, as much as the whole cost of fitting; left in, it makes
/// distillation look up to half as useful as it is. So B is replaced by max(0, B − kV), V = var(t−y | x2).
public struct Promise: Sendable, Equatable {
  /// The end of the window of helpful λ: 0 where it is empty.
  public let windowEnd: ExtendedRational
  /// The best λ: 0 where none helps.
  public let bestLambda: ExtendedRational
  /// R0 − R(λ*).
  public let gain: Rational
  /// What they are computed from.
  let terms: RiskTerms<Rational>

  /// The promise of a fitted model.
  ///
  /// - Parameter sampleK: p2/(r−p2−1) for the r rows of the sample; `risk` is about the rows that are asked for.
  init(_ risk: Risk, sampleK: Rational) {
    var terms = risk.terms
    terms.mismatch = max(0, terms.mismatch - sampleK * terms.differenceVariance)
    (windowEnd, bestLambda) = (ExtendedRational(terms.windowEnd), ExtendedRational(terms.bestLambda))
    gain = terms.bestGain
    self.terms = terms
  }

  /// Whether both promise the same.
  public static func == (a: Promise, b: Promise) -> Bool {
    a.windowEnd == b.windowEnd && a.bestLambda == b.bestLambda && a.gain == b.gain
  }
}
