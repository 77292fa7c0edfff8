// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Quantiles
import Statistics
import Testing

@Suite struct QuantilesTests {
  @Test func studentsIntervalOfADifference() throws {
    // Differences 1, 2, 3: mean 2, standard error 1/√3; the quantile of Student's t with 2 degrees is 4.302653.
    let interval = try PairedDifference([2, 4, 6], minus: [1, 2, 3]).interval(level: 0.95)
    #expect(interval.value == 2 && abs(interval.upper - 2 - 4.302652729911275 / 3.0.squareRoot()) < 1e-9)
    #expect(abs(interval.lower + interval.upper - 4) < 1e-12)
  }

  /// Against quantiles of the beta distribution by SciPy.
  @Test func intervalsAreThoseOfClopperAndPearson() {
    for (k, n, level, lower, upper) in [
      (17, 20, 0.95, 0.621073173454686, 0.9679290628145363), (0, 10, 0.95, 0, 0.3084971078187608),
      (8, 8, 0.9, 0.6876560219336321, 1), (3, 50, 0.99, 0.0068724853329516465, 0.20270626946864323),
    ] {
      let interval = ClopperPearsonInterval(successes: k, trials: n, level: level)
      #expect(abs(interval.lower - lower) < 1e-9 && abs(interval.upper - upper) < 1e-9)
    }
    let nothing = ClopperPearsonInterval(successes: 0, trials: 0)
    #expect(nothing.lower == 0 && nothing.upper == 1)
  }

  /// At the ends the tails of the binomial distribution, summed up here, are half of what the level leaves out; also where GSL's own quantile of the
  /// beta distribution does not converge, as for 2 of 260 and 587 of 600.
  @Test(arguments: [(2, 260), (258, 260), (13, 600), (563, 600), (587, 600), (1, 5_000), (2_500, 5_000)])
  func tailsAreWhatTheLevelLeavesOut(k: Int, n: Int) {
    let interval = ClopperPearsonInterval(successes: k, trials: n)
    func tail(_ counts: ClosedRange<Int>, _ p: Double) -> Double {
      counts.reduce(0) { sum, j in
        let ways = lgamma(Double(n + 1)) - lgamma(Double(j + 1)) - lgamma(Double(n - j + 1))
        return sum + exp(ways + Double(j) * log(p) + Double(n - j) * log1p(-p))
      }
    }
    #expect(abs(tail(k...n, interval.lower) - 0.025) < 1e-9 && abs(tail(0...k, interval.upper) - 0.025) < 1e-9)
  }
}
