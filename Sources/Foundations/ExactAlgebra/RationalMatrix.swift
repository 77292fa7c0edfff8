// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// A matrix of exact rationals, kept as integers over one common denominator: eliminations on integers are
/// 100 to 1000 times faster than on fractions.
public struct RationalMatrix: Sendable {
  /// The number of rows; at least 0.
  public var rows: Int { integers.rows }
  /// The number of columns; at least 0.
  public var columns: Int { integers.columns }

  /// The entries times ``commonDenominator``.
  let integers: IntegerMatrix
  /// A positive whole number; not always the smallest possible.
  public let commonDenominator: Rational

  init(_ integers: IntegerMatrix, over commonDenominator: Rational) {
    self.integers = integers
    self.commonDenominator = commonDenominator
  }

  /// The matrix with these rows.
  ///
  /// - Throws: ``MatrixError/ragged(row:count:expected:)``.
  public init(_ rows: [[Rational]]) throws(MatrixError) {
    let columns = rows.first?.count ?? 0
    if let row = rows.firstIndex(where: { $0.count != columns }) {
      throw .ragged(row: row, count: rows[row].count, expected: columns)
    }
    self.init(rows: rows.count, columns: columns) { rows[$0][$1] }
  }

  /// The matrix whose entry in row i, column j is `entry(i, j)`.
  public init(rows: Int, columns: Int, _ value: (Int, Int) -> Rational) {
    var values: [Rational] = []
    values.reserveCapacity(rows * columns)
    for i in 0..<rows { for j in 0..<columns { values.append(value(i, j)) } }
    var denominator = Rational(1)
    for index in 0..<values.count where !values[index].isInteger {
      denominator = .leastCommonMultiple(denominator, values[index].denominator)
    }
    let integers = IntegerMatrix(rows: rows, columns: columns) { matrix in
      for index in 0..<values.count {
        let scaled = denominator.isOne ? values[index] : values[index] * denominator
        scaled.copyNumerator(to: entry(matrix, index / columns, index % columns))
      }
    }
    self.init(integers, over: denominator)
  }

  /// The unit matrix.
  public static func identity(_ size: Int) -> RationalMatrix {
    RationalMatrix(rows: size, columns: size) { $0 == $1 ? 1 : 0 }
  }

  /// A matrix of one column.
  public static func column(_ values: [Rational]) -> RationalMatrix {
    RationalMatrix(rows: values.count, columns: 1) { row, _ in values[row] }
  }

  /// The entry in row `i`, column `j`, from 0.
  public subscript(i: Int, j: Int) -> Rational {
    precondition(i >= 0 && i < rows && j >= 0 && j < columns, "index outside of the matrix")
    var words = fmpq(num: 0, den: 1)
    integers.withFLINT { matrix in fmpz_set(&words.num, entry(matrix, i, j)) }
    let numerator = Rational(taking: words)
    return commonDenominator.isOne ? numerator : numerator / commonDenominator
  }

  /// The entries, row by row.
  public var values: [[Rational]] { (0..<rows).map { i in (0..<columns).map { self[i, $0] } } }

  /// Whether all entries are 0.
  public var isZero: Bool { integers.withFLINT { fmpz_mat_is_zero($0) != 0 } }

  /// The rows and columns in these positions, in this order; repetition is allowed.
  public func selecting(rows rowIndices: some Sequence<Int>, columns columnIndices: some Sequence<Int>)
    -> RationalMatrix
  {
    let (chosenRows, chosenColumns) = (Array(rowIndices), Array(columnIndices))
    return RationalMatrix(
      IntegerMatrix(rows: chosenRows.count, columns: chosenColumns.count) { target in
        integers.withFLINT { source in
          for i in 0..<chosenRows.count {
            for j in 0..<chosenColumns.count {
              fmpz_set(entry(target, i, j), entry(source, chosenRows[i], chosenColumns[j]))
            }
          }
        }
      }, over: commonDenominator)
  }

  /// The square submatrix of these rows and the same columns.
  public func selecting(_ indices: some Sequence<Int>) -> RationalMatrix { selecting(rows: indices, columns: indices) }

  /// The first pair of positions whose entries differ, in a square matrix.
  public var firstAsymmetricPair: (row: Int, column: Int)? {
    integers.withFLINT { matrix in
      for i in 0..<rows {
        for j in 0..<i where fmpz_equal(entry(matrix, i, j), entry(matrix, j, i)) == 0 { return (j, i) }
      }
      return nil
    }
  }
}

extension RationalMatrix: Equatable {
  /// Equality of shape and of every value.
  public static func == (a: RationalMatrix, b: RationalMatrix) -> Bool {
    a.rows == b.rows && a.columns == b.columns && (a - b).isZero
  }

  /// The transpose.
  public var transposed: RationalMatrix {
    RationalMatrix(
      IntegerMatrix(rows: columns, columns: rows) { target in
        integers.withFLINT { fmpz_mat_transpose(target, $0) }
      }, over: commonDenominator)
  }

  /// The matrix product.
  ///
  /// - Precondition: the inner sizes agree.
  public static func * (a: RationalMatrix, b: RationalMatrix) -> RationalMatrix {
    precondition(a.columns == b.rows, "a product of \(a.rows)×\(a.columns) and \(b.rows)×\(b.columns)")
    return RationalMatrix(
      IntegerMatrix(rows: a.rows, columns: b.columns) { target in
        a.integers.withFLINT { x in b.integers.withFLINT { y in fmpz_mat_mul(target, x, y) } }
      }, over: a.commonDenominator * b.commonDenominator)
  }

  /// The product with a number.
  public static func * (factor: Rational, a: RationalMatrix) -> RationalMatrix {
    let scaled = IntegerMatrix(rows: a.rows, columns: a.columns) { target in
      a.integers.withFLINT { source in
        factor.withFLINT { number in
          withUnsafePointer(to: number.pointee.num) { fmpz_mat_scalar_mul_fmpz(target, source, $0) }
        }
      }
    }
    return RationalMatrix(scaled, over: a.commonDenominator * factor.denominator)
  }

  /// The sum.
  ///
  /// - Precondition: equal shapes.
  public static func + (a: RationalMatrix, b: RationalMatrix) -> RationalMatrix { combine(a, b, fmpz_mat_add) }

  /// The difference.
  ///
  /// - Precondition: equal shapes.
  public static func - (a: RationalMatrix, b: RationalMatrix) -> RationalMatrix { combine(a, b, fmpz_mat_sub) }

  private static func combine(
    _ a: RationalMatrix, _ b: RationalMatrix,
    _ operation: (
      UnsafeMutablePointer<fmpz_mat_struct>?, UnsafePointer<fmpz_mat_struct>?, UnsafePointer<fmpz_mat_struct>?
    ) -> Void
  ) -> RationalMatrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "matrices of different shapes")
    let denominator = Rational.leastCommonMultiple(a.commonDenominator, b.commonDenominator)
    let (x, y) = (a.integers(over: denominator), b.integers(over: denominator))
    let result = IntegerMatrix(rows: a.rows, columns: a.columns) { target in
      x.withFLINT { x in y.withFLINT { y in operation(target, x, y) } }
    }
    return RationalMatrix(result, over: denominator)
  }

  private func integers(over denominator: Rational) -> IntegerMatrix {
    denominator == commonDenominator
      ? integers : ((denominator / commonDenominator) * RationalMatrix(integers, over: 1)).integers
  }

  /// The sum of the diagonal.
  public var trace: Rational { (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] } }
}
