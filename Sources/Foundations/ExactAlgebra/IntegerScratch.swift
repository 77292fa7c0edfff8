// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// FLINT integers that stay allocated.
package struct IntegerScratch: ~Copyable {
  /// The first of them.
  package private(set) var start: UnsafeMutablePointer<fmpz>
  private var count: Int

  /// `count` integers, all 0.
  package init(count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { IntegerScratch.free(start, count) }

  /// Makes room for at least `wanted` integers; their values are lost where that needs new memory.
  package mutating func reserve(_ wanted: Int) {
    guard wanted > count else { return }
    IntegerScratch.free(start, count)
    count = wanted
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  private static func free(_ start: UnsafeMutablePointer<fmpz>, _ count: Int) {
    for i in 0..<count { fmpz_clear(start + i) }
    start.deallocate()
  }
}
