// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import PropertyTesting
import SeededRuns

extension Hunt {
  /// Where the instances of a hunt lay.
  public struct Coverage: Sendable {
    /// How many instances were looked at.
    public let instances: Int
    /// The regions of ``Region/all`` in which one of them lay, and the others.
    public let visited, missed: [Region]
    /// The largest sizes.
    public let p1, p2, q: Int
    /// The largest n; nil where none was drawn.
    public let n: Int?
  }

  /// Where the first instances lay of a hunt that has drawn `drawn`.
  ///
  /// They are drawn again, so that nothing is counted while it searches. The first 128 of a hunt are random, whatever its margins say.
  public func coverage(drawn: Int) -> Coverage {
    let generator = InstanceGenerator(for: claim, n: n, lambda: lambda).generator
    let instances = (0..<min(drawn, 128)).compactMap { index -> Instance? in
      var tape = ChoiceTape(random: RandomSource(seed: seed, index: UInt64(index)), size: 1 + index % 100)
      return try? generator(&tape)
    }
    let facts = instances.map { Facts($0) }
    let isVisited = Region.all.map { region in facts.contains { region.contains($0) } }
    let regions = zip(Region.all, isVisited)
    return Coverage(
      instances: instances.count, visited: regions.filter(\.1).map(\.0), missed: regions.filter { !$0.1 }.map(\.0),
      p1: instances.map(\.p1).max() ?? 0, p2: instances.map(\.p2).max() ?? 0, q: instances.map(\.q).max() ?? 0,
      n: instances.compactMap(\.n).max())
  }
}
