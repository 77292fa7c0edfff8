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
    lower = successes == 0 ? 0 : root { gsl_cdf_beta_P($0, k, n - k + 1) < tail }
    upper = successes == trials ? 1 : root { gsl_cdf_beta_Q($0, k + 1, n - k) > tail }
  }
}

/// Where `isBelow`, which holds from 0 up to some point of 0 … 1, ceases to.
///
/// GSL's own quantiles of the beta distribution do not converge for some numbers, as 2 of 260 at 95 %, and end the program.
private func root(_ isBelow: (Double) -> Bool) -> Double {
  var (low, high) = (0.0, 1.0)
  while true {
    let middle = (low + high) / 2
    guard middle > low, middle < high else { return middle }
    if isBelow(middle) { low = middle } else { high = middle }
  }
}
