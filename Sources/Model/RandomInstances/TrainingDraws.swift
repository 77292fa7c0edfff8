// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

extension ChoiceSource {
  /// A number of training rows for `p2` student inputs: p2+2, the least that there can be, in one of four cases, else up to 40
  /// more.
  @inlinable public mutating func trainingRows(p2: Int) -> Int {
    p2 + 2 + (chance(1, in: 4) ? 0 : integer(in: 1...40))
  }

  /// A distillation weight λ = u/v: ½ in half of the cases, else a fraction of whole numbers up to 20; it may be 0.
  @inlinable public mutating func distillationWeight() -> (u: Int, v: Int) {
    chance(1, in: 2) ? (1, 2) : (integer(in: 0...20), integer(in: 1...20))
  }
}
