// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import PropertyTesting
import SeededRuns

extension Hunt {
  /// Whether a hunt of so many cases tested next to nothing: the hypothesis held in fewer than one of a thousand.
  public static func isVacuous(cases: Int, applicable: Int) -> Bool { cases >= 1_000 && applicable < cases / 1_000 + 1 }

  /// How large the instances of a hunt were.
  public struct LargestSizes: Sendable {
    /// How many instances were looked at.
    public let instances: Int
    /// The largest sizes.
    public let p1, p2, q: Int
    /// The largest n; nil where none was drawn.
    public let n: Int?
  }

  /// How large the first instances were of a hunt that has drawn `drawn`.
  ///
  /// They are drawn again, so that nothing is kept while it searches. The first 128 of a hunt are random, whatever its margins say.
  public func largestSizes(drawn: Int) -> LargestSizes {
    let generator = generator
    let instances = (0..<min(drawn, 128)).compactMap { index -> Instance? in
      var tape = ChoiceTape(random: RandomSource(seed: seed, index: UInt64(index)), size: 1 + index % 100)
      return try? generator(&tape)
    }
    return LargestSizes(
      instances: instances.count, p1: instances.map(\.p1).max() ?? 0, p2: instances.map(\.p2).max() ?? 0,
      q: instances.map(\.q).max() ?? 0, n: instances.compactMap(\.n).max())
  }
}
