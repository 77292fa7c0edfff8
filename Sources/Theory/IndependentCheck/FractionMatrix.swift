// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt

/// A matrix of fractions with the operations of a first course in linear algebra.
///
/// All entries stand over one common denominator, so that elimination works on whole numbers: the cost of an entry is
/// that of its digits, not of one greatest common divisor a step.
struct FractionMatrix: Equatable {
  /// The entries times ``denominator``.
  private let numerators: [[BigInt]]
  /// Positive, and without a common divisor with all the numerators.
  private let denominator: BigInt

  /// The matrix with these entries over `denominator`, which is not 0, in lowest terms.
  private init(_ numerators: [[BigInt]], over denominator: BigInt) {
    var divisor = denominator
    for entry in numerators.joined() where divisor != 1 { divisor = divisor.greatestCommonDivisor(with: entry) }
    if denominator.sign == .minus { divisor = -divisor }
    self.numerators = divisor == 1 ? numerators : numerators.map { $0.map { $0 / divisor } }
    self.denominator = denominator / divisor
  }

  init(_ rows: [[Fraction]]) {
    let common = rows.joined().reduce(BigInt(1)) { common, entry in
      common / common.greatestCommonDivisor(with: entry.denominator) * entry.denominator
    }
    self.init(rows.map { $0.map { $0.numerator * (common / $0.denominator) } }, over: common)
  }

  static func identity(_ size: Int) -> FractionMatrix { FractionMatrix(wholeIdentity(size), over: 1) }

  private static func wholeIdentity(_ size: Int) -> [[BigInt]] {
    (0..<size).map { i in (0..<size).map { $0 == i ? 1 : 0 } }
  }

  var rows: [[Fraction]] { numerators.map { $0.map { Fraction($0, denominator) } } }
  var height: Int { numerators.count }
  var width: Int { numerators.first?.count ?? 0 }

  func block(_ i: Range<Int>, _ j: Range<Int>) -> FractionMatrix {
    FractionMatrix(numerators[i].map { Array($0[j]) }, over: denominator)
  }

  /// The rows and columns `kept`, in that order.
  func keeping(_ kept: [Int]) -> FractionMatrix {
    FractionMatrix(kept.map { row in kept.map { numerators[row][$0] } }, over: denominator)
  }

  /// [[a, b], [bᵀ, c]].
  static func symmetric(_ a: FractionMatrix, _ b: FractionMatrix, _ c: FractionMatrix) -> FractionMatrix {
    let common = a.denominator * b.denominator * c.denominator
    func scaled(_ m: FractionMatrix) -> [[BigInt]] {
      let factor = common / m.denominator
      return m.numerators.map { $0.map { $0 * factor } }
    }
    let rows = zip(scaled(a), scaled(b)).map { $0 + $1 } + zip(scaled(b.transposed), scaled(c)).map { $0 + $1 }
    return FractionMatrix(rows, over: common)
  }

  var transposed: FractionMatrix {
    FractionMatrix((0..<width).map { j in numerators.map { $0[j] } }, over: denominator)
  }

  var trace: Fraction { Fraction(numerators.indices.reduce(0) { $0 + numerators[$1][$1] }, denominator) }

  var isZero: Bool { numerators.allSatisfy { $0.allSatisfy { $0 == 0 } } }

  @inline(never) static func * (a: FractionMatrix, b: FractionMatrix) -> FractionMatrix {
    let columns = b.transposed.numerators
    let products = a.numerators.map { row in
      columns.map { column in zip(row, column).reduce(BigInt(0)) { $0 + $1.0 * $1.1 } }
    }
    return FractionMatrix(products, over: a.denominator * b.denominator)
  }

  @inline(never) static func - (a: FractionMatrix, b: FractionMatrix) -> FractionMatrix {
    let differences = zip(a.numerators, b.numerators).map { rows in
      zip(rows.0, rows.1).map { $0 * b.denominator - $1 * a.denominator }
    }
    return FractionMatrix(differences, over: a.denominator * b.denominator)
  }

  /// The determinant and, where it is not zero, the inverse: Gauss–Jordan with row exchanges on [A | 1].
  ///
  /// Rows are multiplied crosswise instead of divided; what the step before multiplied by divides every entry (Bareiss
  /// 1968), and in the end the left half is det A · 1 and the right one det A · A⁻¹.
  func gaussJordan() -> (determinant: Fraction, inverse: FractionMatrix?) {
    var work = zip(numerators, FractionMatrix.wholeIdentity(height)).map { $0 + $1 }
    var (previous, sign) = (BigInt(1), BigInt(1))
    for column in 0..<height {
      guard let pivotRow = (column..<height).first(where: { work[$0][column] != 0 }) else { return (.zero, nil) }
      if pivotRow != column {
        work.swapAt(pivotRow, column)
        sign = -sign
      }
      let (pivot, pivots) = (work[column][column], work[column])
      for row in 0..<height where row != column {
        let factor = work[row][column]
        work[row] = zip(work[row], pivots).map { ($0 * pivot - factor * $1) / previous }
      }
      previous = pivot
    }
    let inverse = work.map { $0[height...].map { $0 * denominator } }
    return (Fraction(sign * previous, denominator.power(height)), FractionMatrix(inverse, over: previous))
  }

  var determinant: Fraction { gaussJordan().determinant }

  var isSymmetric: Bool { self == transposed }

  /// Whether a symmetric matrix has xᵀAx > 0 for every x ≠ 0: completing squares meets positive coefficients only.
  var isPositiveDefinite: Bool { squares { $0 > 0 } }

  /// Whether a symmetric matrix has xᵀAx ≥ 0 for every x.
  var isPositiveSemidefinite: Bool { squares { $0 >= 0 } }

  /// Completes one square after the other; a coefficient of 0 is allowed only where its whole row is 0.
  ///
  /// What is left stands multiplied by the coefficient before, which is positive, so that signs are kept.
  private func squares(_ allowed: (BigInt) -> Bool) -> Bool {
    var (rest, previous) = (numerators, BigInt(1))
    while let first = rest.first {
      let coefficient = first[0]
      guard allowed(coefficient) else { return false }
      if coefficient == 0 {
        guard first.allSatisfy({ $0 == 0 }) else { return false }
        rest = rest.dropFirst().map { Array($0.dropFirst()) }
      } else {
        rest = rest.dropFirst().map { row in
          zip(row, first).dropFirst().map { ($0 * coefficient - row[0] * $1) / previous }
        }
        previous = coefficient
      }
    }
    return true
  }
}
