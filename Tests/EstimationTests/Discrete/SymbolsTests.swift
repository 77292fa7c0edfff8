// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns
import Testing

@testable import Estimation

/// Rows as symbols, against comparing every pair of rows.
@Suite struct SymbolsTests {
  /// From columns that tell all rows apart to ones that are constant.
  @Test(arguments: [1, 2, 3, 6, 1_000_000]) func rowsShareASymbolExactlyWhereTheyAreEqual(values: Int) throws {
    for seed in 0..<200 {
      var source = RandomSource(seed: UInt64(seed), index: UInt64(values))
      let (columns, rows) = (1 + seed % 3, 2 + seed % 11)
      let numbers = (0..<rows * columns).map { _ in
        // Either zero.
        let number = Double(Int.random(in: 0..<values, using: &source))
        return number == 0 && Bool.random(using: &source) ? -number : number
      }
      let table = stride(from: 0, to: numbers.count, by: columns).map { Array(numbers[$0..<$0 + columns]) }
      let firsts = table.map { row in table.firstIndex(of: row) }
      let order = firsts.enumerated().filter { $0.offset == $0.element }.map(\.element)
      let symbols = Symbols(numbers, columns: columns)
      #expect(symbols.ofRows == firsts.map { first in order.firstIndex(of: first) })
      #expect(symbols.counts == order.map { own in firsts.count { $0 == own } })
      let sample = try PairedSample(x: numbers, xDimension: columns, y: Array(numbers.prefix(rows)), yDimension: 1)
      #expect(sample.isConstant(.x) == (symbols.counts.count == 1))
    }
  }
}
