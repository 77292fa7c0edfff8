// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import SeededRuns

extension InstanceSampler {
  /// The first `count` instances under `seed` that suit, each with its number: the same on every machine.
  ///
  /// - Parameters:
  ///   - rows: n of every instance, or p2+2 where that is more; without it n is drawn as well.
  ///   - suits: which instances are taken.
  /// - Throws: what ``instance(from:)`` throws.
  public func instances(
    _ count: Int, seed: UInt64, rows: Int? = nil, where suits: (Instance) -> Bool = { _ in true }
  ) throws -> [(number: Int, instance: Instance)] {
    var found: [(number: Int, instance: Instance)] = []
    var number = 0
    while found.count < count {
      var source = RandomSource(seed: seed, index: UInt64(number))
      let drawn = try instance(from: &source)
      let instance = try drawn.with(n: rows.map { max($0, drawn.p2 + 2) })
      if suits(instance) { found.append((number, instance)) }
      number += 1
    }
    return found
  }
}
