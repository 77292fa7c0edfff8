// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@Suite struct ShrinkingChallengeTests {
  /// 100 seeds of a problem end in the expected smallest value, with at most as many tries, on average, as the best
  /// published library needs; `make challenge` prints the rows.
  @Test(arguments: Challenge.all.indices) func everySeedEndsInTheSmallestValue(number: Int) async {
    let challenge = Challenge.all[number]
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
    print(
      challenge.name.padding(toLength: 18, withPad: " ", startingAt: 0)
        + String(format: "smallest in %d %%, mean tries %.1f, best published %.1f ", reached, mean, challenge.best.mean)
        + challenge.best.library)
  }
}
