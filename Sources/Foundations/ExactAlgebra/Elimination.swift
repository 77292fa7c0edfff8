// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// Fraction-free Gaussian elimination (Bareiss 1968) without exchanges, in the order of rows and columns.
///
/// After k steps the entry (i, j), i, j ≥ k, is the determinant of the leading k×k block bordered by row i and column
/// j: the pivots are the leading principal minors, and entries over the last pivot are the Schur complement.
public struct Elimination: Sendable {
  /// The leading principal minors of orders 1, 2, …, as far as the elimination went: it stops at a zero minor.
  public let leadingMinors: [Rational]
  /// What remains of the last rows and columns, the Schur complement; nil where a zero minor stopped the elimination.
  public let schurComplement: RationalMatrix?

  /// Eliminates the first `steps` rows and columns of the square `matrix`, which need not be symmetric.
  ///
  /// Complexity: `steps`·size² integer operations.
  ///
  /// - Precondition: `matrix` is square and has at least `steps` rows.
  public init(_ matrix: RationalMatrix, steps: Int) {
    precondition(matrix.rows == matrix.columns && steps <= matrix.rows, "elimination of a square matrix")
    let size = matrix.rows
    var minors: [Rational] = []
    var denominatorPower = Rational(1)
    let work = IntegerMatrix(rows: size, columns: size) { work in
      matrix.integers.withFLINT { fmpz_mat_set(work, $0) }
      for step in 0..<steps {
        EliminationProgress.begin(step, of: steps, rows: size)
        denominatorPower = denominatorPower * matrix.commonDenominator
        minors.append(rational(entry(work, step, step)) / denominatorPower)
        if fmpz_is_zero(entry(work, step, step)) != 0 { return }
        eliminate(entry(work, 0, 0), size: size, step: step)
      }
    }
    leadingMinors = minors
    guard steps == 0 || minors.last?.signum != 0 else {
      schurComplement = nil
      return
    }
    let rest = RationalMatrix(work, over: 1).selecting(steps..<size)
    let pivot = steps == 0 ? Rational(1) : work.withFLINT { rational(entry($0, steps - 1, steps - 1)) }
    schurComplement = (1 / (pivot * matrix.commonDenominator)) * rest
  }
}

private func rational(_ integer: UnsafeMutablePointer<fmpz>) -> Rational {
  var words = fmpq(num: 0, den: 1)
  fmpz_set(&words.num, integer)
  return Rational(taking: words)
}

/// Why a matrix is not what an operation needs.
///
/// Positions count from 0.
public enum MatrixError: Error, Equatable, CustomStringConvertible {
  /// A row of another length than the first.
  case ragged(row: Int, count: Int, expected: Int)
  /// Rows and columns differ in number.
  case notSquare(rows: Int, columns: Int)
  /// Two entries across the diagonal differ.
  case notSymmetric(row: Int, column: Int, upper: Rational, lower: Rational)
  /// A leading principal minor is not positive.
  case notPositiveDefinite(order: Int, minor: Rational)
  /// The determinant is zero.
  case singular

  /// The entry and the rule that it breaks.
  public var description: String {
    switch self {
    case .ragged(let row, let count, let expected):
      "row \(row) has \(count) entries where \(expected) are expected"
    case .notSquare(let rows, let columns): "the matrix is \(rows)×\(columns) and must be square"
    case .notSymmetric(let i, let j, let upper, let lower):
      "not symmetric: entry [\(i)][\(j)] is \(upper) but [\(j)][\(i)] is \(lower); make the two equal"
    case .notPositiveDefinite(let order, let minor):
      "not positive definite: the leading minor of order \(order) is \(minor) and must be positive"
    case .singular: "the matrix is singular"
    }
  }
}

extension RationalMatrix {
  /// Checks that the matrix is square, symmetric and positive definite, by exact leading minors (Sylvester).
  ///
  /// - Throws: the ``MatrixError`` that names the first pair of entries or the leading minor that breaks the rule.
  public func requirePositiveDefinite() throws(MatrixError) {
    guard rows == columns else { throw .notSquare(rows: rows, columns: columns) }
    if let (i, j) = firstAsymmetricPair {
      throw .notSymmetric(row: i, column: j, upper: self[i, j], lower: self[j, i])
    }
    if let order = firstNonPositiveMinor {
      throw .notPositiveDefinite(order: order, minor: Elimination(self, steps: order).leadingMinors[order - 1])
    }
  }

  /// The order of the first leading minor that is not positive, by whole numbers alone: their scale is positive.
  private var firstNonPositiveMinor: Int? {
    var order: Int?
    _ = IntegerMatrix(rows: rows, columns: rows) { work in
      integers.withFLINT { fmpz_mat_set(work, $0) }
      for step in 0..<rows {
        EliminationProgress.begin(step, of: rows, rows: rows)
        guard fmpz_sgn(entry(work, step, step)) > 0 else { return order = step + 1 }
        eliminate(entry(work, 0, 0), size: rows, step: step, isSymmetric: true)
      }
    }
    return order
  }

  /// Whether a symmetric matrix is positive semidefinite.
  ///
  /// A zero on the diagonal of a semidefinite matrix forces its row to zero; a positive one is eliminated.
  public var isPositiveSemidefinite: Bool {
    guard let first = (0..<rows).first(where: { self[$0, $0].signum != 0 }) else { return isZero }
    guard self[first, first].signum > 0 else { return false }
    let order = [first] + (0..<rows).filter { $0 != first }
    return Elimination(selecting(order), steps: 1).schurComplement?.isPositiveSemidefinite ?? false
  }

  /// The determinant (FLINT chooses the algorithm).
  ///
  /// - Precondition: the matrix is square.
  public var determinant: Rational {
    precondition(rows == columns, "the determinant of a square matrix")
    var words = fmpq(num: 0, den: 1)
    integers.withFLINT { fmpz_mat_det(&words.num, $0) }
    return (0..<rows).reduce(Rational(taking: words)) { value, _ in value / commonDenominator }
  }

  /// The X with self·X = `right`.
  ///
  /// - Throws: ``MatrixError/notSquare(rows:columns:)``, ``MatrixError/singular``.
  /// - Precondition: `right` has as many rows.
  public func solve(_ right: RationalMatrix) throws(MatrixError) -> RationalMatrix {
    guard rows == columns else { throw .notSquare(rows: rows, columns: columns) }
    precondition(right.rows == rows, "a right side of as many rows")
    var denominator = fmpq(num: 1, den: 1)
    var solvable = false
    let scaled = IntegerMatrix(rows: rows, columns: right.columns) { target in
      integers.withFLINT { a in
        right.integers.withFLINT { b in solvable = fmpz_mat_solve(target, &denominator.num, a, b) != 0 }
      }
    }
    let divisor = Rational(taking: denominator)
    guard solvable else { throw .singular }
    return (commonDenominator / (divisor * right.commonDenominator)) * RationalMatrix(scaled, over: 1)
  }

  /// The inverse.
  ///
  /// - Throws: ``MatrixError/notSquare(rows:columns:)``, ``MatrixError/singular``.
  public func inverse() throws(MatrixError) -> RationalMatrix { try solve(.identity(rows)) }
}
