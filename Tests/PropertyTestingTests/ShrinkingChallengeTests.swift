// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@Suite struct ShrinkingChallengeTests {
  /// 100 seeds of each problem end in the expected smallest value, with at most as many tries, on average, as the best
  /// published library needs; `make challenge` prints the table.
  @Test func everySeedEndsInTheSmallestValue() async {
    var table = "challenge          smallest  mean tries   best published\n"
    for challenge in Challenge.all {
      var (evaluations, endings) = (0, [String: Int]())
      for seed in 0..<UInt64(100) {
        let ending = await challenge.run(seed)
        evaluations += ending.evaluations
        endings[ending.value, default: 0] += 1
        #expect(ending.isLocalMinimum, "\(challenge.name), seed \(seed)")
      }
      let reached = endings[challenge.smallest] ?? 0
      let mean = Double(evaluations) / 100
      #expect(reached == 100, "\(challenge.name): \(endings)")
      #expect(mean <= challenge.best.mean, "\(challenge.name)")
      let name = challenge.name.padding(toLength: 18, withPad: " ", startingAt: 0)
      table +=
        name + String(format: "%7d %% %11.1f %9.1f ", reached, mean, challenge.best.mean) + challenge.best.library
        + "\n"
    }
    print(table)
  }
}
