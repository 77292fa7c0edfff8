import CGSL

/// A point value and a bootstrap interval around it.
public struct Interval: Sendable, Equatable {
  /// The value for the sample itself.
  public let estimate: Double
  /// The ends; they may be infinite where the quantity is.
  public let lower, upper: Double

  /// The percentiles of resamples that have been corrected for their bias already.
  init(estimate: Double, unbiased resamples: [Double], level: Double) {
    let sorted = resamples.filter { !$0.isNaN }.sorted()
    self.estimate = estimate
    guard !sorted.isEmpty else {
      (lower, upper) = (.nan, .nan)
      return
    }
    let outside = Int((1 - level) / 2 * Double(sorted.count))
    (lower, upper) = (sorted[outside], sorted[sorted.count - 1 - outside])
  }

  /// Efron's bias-corrected percentile interval (1987, with acceleration 0) of the given coverage.
  ///
  /// The percentiles are moved by twice the normal quantile z0 of the share of resamples below the estimate, which takes
  /// the median bias of the plug-in estimate away.
  init(estimate: Double, resamples: [Double], level: Double) {
    let sorted = resamples.filter { !$0.isNaN }.sorted()
    self.estimate = estimate
    guard let least = sorted.first, let most = sorted.last else {
      (lower, upper) = (.nan, .nan)
      return
    }
    if least == most {
      (lower, upper) = (least, most)
      return
    }
    let below = Double(sorted.count { $0 < estimate }) + 0.5 * Double(sorted.count { $0 == estimate })
    let count = Double(sorted.count)
    // Not beyond what the number of resamples can tell.
    let share = min(max(below / count, 1 / (count + 1)), count / (count + 1))
    let (shift, half) = (gsl_cdf_ugaussian_Pinv(share), gsl_cdf_ugaussian_Pinv(0.5 + level / 2))
    func percentile(_ z: Double) -> Double {
      sorted[min(sorted.count - 1, max(0, Int(gsl_cdf_ugaussian_P(2 * shift + z) * count)))]
    }
    (lower, upper) = (percentile(-half), percentile(half))
  }
}
