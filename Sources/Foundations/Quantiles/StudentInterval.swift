// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Statistics

extension PairedDifference {
  /// Student's interval of the mean at coverage `level`.
  ///
  /// - Precondition: 0 < level < 1.
  public func interval(level: Double = 0.95) -> IntervalEstimate {
    precondition(level > 0 && level < 1, "a coverage is between 0 and 1")
    let radius = gsl_cdf_tdist_Pinv((1 + level) / 2, Double(count - 1)) * standardError
    return IntervalEstimate(value: mean, lower: mean - radius, upper: mean + radius)
  }
}
