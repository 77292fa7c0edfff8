// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

extension ChoiceSource {
  /// A fraction p/q with |p| ≤ `height` and 1 ≤ q ≤ `height`.
  public mutating func rational(height: Int = 9) -> Rational {
    Rational(integer(in: -height...height), integer(in: 1...height))
  }

  /// A matrix of small fractions.
  public mutating func matrix(_ rows: Int, _ columns: Int, height: Int = 5) -> RationalMatrix {
    RationalMatrix(rows: rows, columns: columns) { _, _ in rational(height: height) }
  }

  /// A matrix of small whole numbers.
  public mutating func integers(_ rows: Int, _ columns: Int, in range: ClosedRange<Int> = -4...4) -> RationalMatrix {
    RationalMatrix(rows: rows, columns: columns) { _, _ in Rational(integer(in: range)) }
  }

  /// A symmetric positive definite matrix AAᵀ + 1.
  public mutating func positiveDefinite(_ size: Int) -> RationalMatrix {
    let factor = matrix(size, size)
    return factor * factor.transposed + .identity(size)
  }

  /// An invertible matrix: unit lower times unit upper triangular, rows permuted.
  public mutating func invertible(_ size: Int) -> RationalMatrix {
    let lower = RationalMatrix(rows: size, columns: size) { $0 == $1 ? 1 : $0 > $1 ? rational(height: 3) : 0 }
    let upper = RationalMatrix(rows: size, columns: size) { $0 == $1 ? 2 : $0 < $1 ? rational(height: 3) : 0 }
    return (lower * upper).selecting(rows: permutation(size), columns: 0..<size)
  }

  /// A permutation of 0 ..< size (Fisher & Yates).
  public mutating func permutation(_ size: Int) -> [Int] {
    var order = Array(0..<size)
    for i in order.indices { order.swapAt(i, integer(in: i...(size - 1))) }
    return order
  }
}

/// The random choices of test case `index`, always the same.
public func testSource(_ index: Int, seed: UInt64 = 20_261_124) -> RandomSource {
  RandomSource(seed: seed, index: UInt64(index))
}

/// Whether two Doubles agree up to a relative error, for values that a conditioned computation produced.
public func agree(_ a: Double, _ b: Double, relative: Double) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b), 1e-300)
}
