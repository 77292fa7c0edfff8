// SPDX-License-Identifier: GPL-3.0-or-later
/// The ends of an interval with the estimate it is about, or why there is none.
enum IntervalEnds {
  case between(Double, Double, corrected: Double?)
  case notComputable(String)
}

/// A point value and a confidence interval, or why there is none.
///
/// Values are finite, but for the ends of λ, which may be infinite.
public struct Interval: Sendable, Equatable {
  /// The value for the sample itself.
  public let estimate: Double
  /// The estimate without its bias of order p/n, which the interval is around; nil where there is none.
  public let corrected: Double?
  /// The ends; nil where they are not computable.
  public let ends: Ends?
  /// Why there are no ends; nil where there are.
  public let reason: String?

  /// The two ends.
  public struct Ends: Sendable, Equatable {
    /// From where to where.
    public let lower, upper: Double
  }

  init(estimate: Double, _ ends: IntervalEnds) {
    self.estimate = estimate
    switch ends {
    case .between(let lower, let upper, let corrected):
      (self.ends, self.corrected, reason) = (Ends(lower: lower, upper: upper), corrected, nil)
    case .notComputable(let reason): (self.ends, corrected, self.reason) = (nil, nil, reason)
    }
  }

  /// Every value times `factor`.
  func scaled(by factor: Double) -> Interval {
    guard let ends else { return Interval(estimate: estimate * factor, .notComputable(reason ?? "")) }
    return Interval(
      estimate: estimate * factor,
      .between(ends.lower * factor, ends.upper * factor, corrected: corrected.map { $0 * factor }))
  }
}

extension IntervalEnds {
  /// Fewer resamples than that tell no percentile.
  private static let fewest = 100

  /// The percentiles of resamples.
  init(percentilesOf resamples: [Double], level: Double) {
    let sorted = resamples.sorted()
    guard sorted.count >= IntervalEnds.fewest else {
      self = .notComputable("the model can be fitted to \(sorted.count) resamples only")
      return
    }
    let outside = Int((1 - level) / 2 * Double(sorted.count))
    self = .between(sorted[outside], sorted[sorted.count - 1 - outside], corrected: nil)
  }
}
