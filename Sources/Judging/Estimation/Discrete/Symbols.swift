// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Rows as symbols: rows that are equal in every column share a number.
///
/// Numbers are compared exactly; 0 and −0 are equal.
struct Symbols: Sendable {
  /// For every row its symbol, numbered from 0 in the order in which symbols first occur.
  let ofRows: [Int]
  /// How many rows every symbol has.
  let counts: [Int]

  /// The symbols of n rows of `columns` numbers.
  init(_ values: [Double], columns: Int) {
    // Rows that the first column tells apart are all different.
    let first = Symbols(stride(from: 0, to: values.count, by: columns).map { values[$0] })
    if columns == 1 || !first.repeats {
      self = first
    } else {
      self.init(stride(from: 0, to: values.count, by: columns).map { values[$0..<$0 + columns] })
    }
  }

  /// The symbols of one side of a sample.
  init(_ sample: PairedSample, _ side: Side) {
    self.init(sample.values(of: side), columns: sample.dimension(of: side))
  }

  /// The symbols of the pairs of two lists of symbols.
  init(_ first: Symbols, _ second: Symbols) {
    self.init(zip(first.ofRows, second.ofRows).map { $0 * second.counts.count + $1 })
  }

  /// The symbols of any values that can be told apart.
  init<Value: Hashable>(_ values: [Value]) {
    var (places, counts) = ([Value: Int](), [Int]())
    ofRows = values.map { value in
      if let place = places[value] {
        counts[place] += 1
        return place
      }
      places[value] = counts.count
      counts.append(1)
      return counts.count - 1
    }
    self.counts = counts
  }

  /// Whether a row occurs twice.
  var repeats: Bool { counts.count < ofRows.count }

  /// The entropy of the empirical distribution, ln n − ⟨ln count⟩ over rows, in nats.
  var entropy: Double {
    let n = Double(ofRows.count)
    var sum = CompensatedSum()
    for count in counts { sum.add(Double(count) * log(Double(count))) }
    // Exactly 0 where all rows are equal.
    return counts.count == 1 ? 0 : log(n) - sum.value / n
  }
}

extension PairedSample {
  /// Whether all rows of the side are equal.
  func isConstant(_ side: Side) -> Bool {
    let (values, columns) = (values(of: side), dimension(of: side))
    return values.indices.allSatisfy { values[$0] == values[$0 % columns] }
  }

  /// Whether a column of the side holds a value more than once.
  func repeatsValues(_ side: Side) -> Bool {
    let (values, columns) = (values(of: side), dimension(of: side))
    return (0..<columns).contains { column in
      var seen = Set<Double>(minimumCapacity: count)
      return (0..<count).contains { !seen.insert(values[$0 * columns + column]).inserted }
    }
  }
}
