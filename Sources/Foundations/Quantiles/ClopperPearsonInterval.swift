// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The interval of Clopper and Pearson (1934) for a probability: its coverage is at least the nominal one, whatever the
/// probability and the number of trials.
public struct ClopperPearsonInterval: Sendable, Hashable {
  /// The lower end, in 0 … 1.
  public let lower: Double
  /// The upper end, in 0 … 1.
  public let upper: Double

  /// The interval for `successes` out of `trials`; [0, 1] for no trials.
  ///
  /// The ends are quantiles of beta distributions.
  ///
  /// - Precondition: 0 ≤ successes ≤ trials and 0 < level < 1.
  public init(successes: Int, trials: Int, level: Double = 0.95) {
    precondition(0 <= successes && successes <= trials, "0 ≤ successes ≤ trials")
    precondition(level > 0 && level < 1, "a coverage is between 0 and 1")
    let (tail, k, n) = ((1 - level) / 2, Double(successes), Double(trials))
    lower = successes == 0 ? 0 : gsl_cdf_beta_Pinv(tail, k, n - k + 1)
    upper = successes == trials ? 1 : gsl_cdf_beta_Qinv(tail, k + 1, n - k)
  }
}
