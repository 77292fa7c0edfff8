// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A test of a mean that is valid for every number of replicates, not only for many.
///
/// Bennett's inequality (1962): for independent variables within `bound` of their mean and of variance at most
/// `variance`, P(|mean of N − μ| ≥ t) ≤ 2 exp(−N·variance/bound² · h(bound·t/variance)), h(x) = (1+x)ln(1+x) − x.
public struct MeanTest: Sendable, Equatable {
  /// An upper bound of the variance of one replicate.
  public let variance: Double
  /// The largest distance of one replicate from its mean.
  public let bound: Double

  /// A test for replicates of that variance and bound.
  public init(variance: Double, bound: Double) { (self.variance, self.bound) = (variance, bound) }

  /// An upper bound of the probability that the mean of `replicates` is at least `distance` from the truth by chance.
  public func probability(ofDistance distance: Double, replicates: Int) -> Double {
    guard distance.isFinite else { return 0 }
    guard variance > 0, variance.isFinite, bound > 0 else { return 1 }
    let x = bound * abs(distance) / variance
    let exponent = Double(replicates) * variance / (bound * bound) * ((1 + x) * log1p(x) - x)
    return min(1, 2 * exp(-exponent))
  }

  /// The distance that is noticed at false-alarm probability `level`.
  public func threshold(level: Double, replicates: Int) -> Double {
    var (low, high) = (0.0, (variance / Double(max(1, replicates))).squareRoot())
    guard high > 0, high.isFinite else { return .infinity }
    while probability(ofDistance: high, replicates: replicates) > level, high < 1e300 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if probability(ofDistance: middle, replicates: replicates) > level { low = middle } else { high = middle }
    }
    return high
  }
}

/// An upper bound of the probability that `count` trials of probability `truth` give a share as far off as `share`.
///
/// Chernoff's bound: 2·exp(−count·KL(share ‖ truth)).
func relativeEntropyBound(_ share: Double, _ truth: Double, _ count: Int) -> Double {
  func term(_ a: Double, _ b: Double) -> Double { a == 0 ? 0 : b <= 0 ? .infinity : a * log(a / b) }
  let entropy = term(share, truth) + term(1 - share, 1 - truth)
  return min(1, 2 * exp(-Double(count) * max(0, entropy)))
}
