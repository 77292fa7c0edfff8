// SPDX-License-Identifier: GPL-3.0-or-later
/// The numbers of one variable in ascending order, with the rows they stand in.
struct SortedColumn {
  let values: [Double]
  let rows: [Int32]

  /// Sorts by radix, 11 bits a pass, in O(n).
  init(_ column: some Collection<Double>) {
    var keys = column.map(SortedColumn.key)
    var rows = (0..<Int32(keys.count)).map { $0 }
    var nextKeys = keys
    var nextRows = rows
    for shift in stride(from: 0, to: 64, by: SortedColumn.digit) {
      guard SortedColumn.pass(shift, from: keys, rows, to: &nextKeys, &nextRows) else { continue }
      swap(&keys, &nextKeys)
      swap(&rows, &nextRows)
    }
    values = keys.map(SortedColumn.value)
    self.rows = rows
  }

  private static let digit = 11

  /// One stable pass.
  ///
  /// - Returns: false, with nothing moved, where all keys have the same digit.
  private static func pass(
    _ shift: Int, from keys: [UInt64], _ rows: [Int32], to nextKeys: inout [UInt64], _ nextRows: inout [Int32]
  ) -> Bool {
    let mask: UInt64 = 1 << digit - 1
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digit) { starts in
      starts.initialize(repeating: 0)
      for key in keys { starts[Int(key >> shift & mask)] += 1 }
      var sum = 0
      for bucket in starts.indices {
        if starts[bucket] == keys.count { return false }
        (starts[bucket], sum) = (sum, sum + starts[bucket])
      }
      nextKeys.withUnsafeMutableBufferPointer { nextKeys in
        nextRows.withUnsafeMutableBufferPointer { nextRows in
          for (key, row) in zip(keys, rows) {
            let bucket = Int(key >> shift & mask)
            (nextKeys[starts[bucket]], nextRows[starts[bucket]]) = (key, row)
            starts[bucket] += 1
          }
        }
      }
      return true
    }
  }

  /// An integer that is ordered as the number is.
  private static func key(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}

extension SortedColumn {
  /// For every row, the number of other rows whose value is nearer than `radius[row]`, or, inclusively, not farther.
  ///
  /// Distances are the rounded differences themselves. As rounding is monotone, those within the radius are an interval
  /// of the sorted values, whose ends a binary search finds; O(n log n) in all.
  func counts(within radius: [Double], inclusive: Bool, threads: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: values.count) { counts, count in
      forEachBlock(of: values.count, size: 1 << 12, threads: threads) { block in
        values.withUnsafeBufferPointer { values in
          var search = IntervalSearch(values: values)
          for position in block {
            let row = Int(rows[position])
            // Distances are at least 0, so "≤ r" is "< the next number above r".
            let bound = inclusive ? radius[row].nextUp : radius[row]
            counts[row] = bound > 0 ? Int32(search.count(around: position, below: bound)) : 0
          }
        }
      }
      count = values.count
    }
  }
}

/// Counts values near one of them; remembers how far the last searches had to look.
private struct IntervalSearch {
  let values: UnsafeBufferPointer<Double>
  /// A power of two; most answers are less on both sides, and seldom less than a quarter of it.
  private var span = 1

  init(values: UnsafeBufferPointer<Double>) { self.values = values }

  /// The number of other values at a distance below `bound` > 0.
  ///
  /// Both sides are halved together and without branches, so that neither waits for the other or for a wrong guess.
  mutating func count(around position: Int, below bound: Double) -> Int {
    let (centre, left, right) = (values[position], position, values.count &- 1 &- position)
    /// All ones where the value `steps` to the left exists and is near, else 0.
    func onLeft(_ steps: Int) -> Int {
      let distance = centre - values[position &- min(steps, left)]
      return IntervalSearch.mask(distance, bound, steps, limit: left)
    }
    func onRight(_ steps: Int) -> Int {
      let distance = values[position &+ min(steps, right)] - centre
      return IntervalSearch.mask(distance, bound, steps, limit: right)
    }
    while onLeft(span) | onRight(span) != 0 { span &*= 2 }
    var answer = (left: 0, right: 0)
    var half = span >> 1
    while half > 0 {
      answer.left &+= half & onLeft(answer.left &+ half)
      answer.right &+= half & onRight(answer.right &+ half)
      half >>= 1
    }
    if max(answer.left, answer.right) < span >> 2 { span >>= 1 }
    return answer.left &+ answer.right
  }

  /// All ones where distance < bound and steps ≤ limit, else 0, from the signs of differences.
  ///
  /// With a condition the compiler makes branches of it again. A difference of Doubles has the sign of the comparison.
  @inline(__always)
  private static func mask(_ distance: Double, _ bound: Double, _ steps: Int, limit: Int) -> Int {
    Int(bitPattern: UInt((distance - bound).bitPattern)) >> 63 & (steps &- limit &- 1) >> 63
  }
}
