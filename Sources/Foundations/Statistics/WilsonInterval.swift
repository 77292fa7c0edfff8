// SPDX-License-Identifier: MIT

/// Wilson's score interval (1927) for a probability, from counted successes.
public struct WilsonInterval: Sendable, Hashable {
  /// The lower end, in 0 … 1.
  public let lower: Double
  /// The upper end, in 0 … 1.
  public let upper: Double

  /// The interval for `successes` out of `trials`; [0, 1] for no trials.
  ///
  /// - Parameters:
  ///   - successes: how often it happened.
  ///   - trials: how often it could have.
  ///   - z: the normal quantile; 1.96 covers the probability in 95 of 100 samples.
  /// - Precondition: 0 ≤ successes ≤ trials.
  public init(successes: Int, trials: Int, z: Double = 1.959_963_984_540_054) {
    precondition(0 <= successes && successes <= trials, "0 ≤ successes ≤ trials")
    guard trials > 0 else {
      (lower, upper) = (0, 1)
      return
    }
    let n = Double(trials)
    let p = Double(successes) / n
    let centre = p + z * z / (2 * n)
    let radius = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // The ends are exactly 0 and 1 there; rounding must not say otherwise.
    lower = successes == 0 ? 0 : max(0, (centre - radius) / scale)
    upper = successes == trials ? 1 : min(1, (centre + radius) / scale)
  }
}
