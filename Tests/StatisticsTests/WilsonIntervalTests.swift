// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@Suite struct WilsonIntervalTests {
  @Test func agreesWithTheTextbook() {
    // Ends solve (p̂ − p)² = z² p(1 − p)/n.
    for (successes, trials) in [(1, 10), (5, 10), (81, 263), (999, 1000), (1, 1_000_000)] {
      let interval = WilsonInterval(successes: successes, trials: trials)
      let (share, n, z) = (Double(successes) / Double(trials), Double(trials), 1.959_963_984_540_054)
      for p in [interval.lower, interval.upper] {
        #expect(abs((share - p) * (share - p) - z * z * p * (1 - p) / n) < 1e-12)
      }
      #expect(interval.lower < share && share < interval.upper)
    }
    // Newcombe 1998, 81 of 263: 0.2553 to 0.3662.
    let newcombe = WilsonInterval(successes: 81, trials: 263)
    #expect(abs(newcombe.lower - 0.2553) < 5e-5 && abs(newcombe.upper - 0.3662) < 5e-5)
  }

  @Test func endsAtTheEnds() {
    #expect(WilsonInterval(successes: 0, trials: 0) == WilsonInterval(successes: 0, trials: 0))
    #expect(WilsonInterval(successes: 0, trials: 0).upper == 1)
    #expect(WilsonInterval(successes: 0, trials: 50).lower == 0)
    #expect(WilsonInterval(successes: 50, trials: 50).upper == 1)
    #expect(WilsonInterval(successes: 50, trials: 50).lower > 0.9)
  }
}
