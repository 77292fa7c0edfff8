/// A matrix of fractions with the operations of a first course in linear algebra.
struct FractionMatrix: Equatable {
  let rows: [[Fraction]]

  init(_ rows: [[Fraction]]) { self.rows = rows }

  static func identity(_ size: Int) -> FractionMatrix {
    FractionMatrix((0..<size).map { i in (0..<size).map { $0 == i ? .one : .zero } })
  }

  var height: Int { rows.count }
  var width: Int { rows.first?.count ?? 0 }

  func block(_ i: Range<Int>, _ j: Range<Int>) -> FractionMatrix { FractionMatrix(rows[i].map { Array($0[j]) }) }

  var transposed: FractionMatrix {
    FractionMatrix((0..<width).map { j in rows.map { $0[j] } })
  }

  var trace: Fraction { rows.indices.reduce(.zero) { $0 + rows[$1][$1] } }

  var isZero: Bool { rows.allSatisfy { $0.allSatisfy { $0 == .zero } } }

  static func * (a: FractionMatrix, b: FractionMatrix) -> FractionMatrix {
    let columns = b.transposed.rows
    return FractionMatrix(
      a.rows.map { row in columns.map { column in zip(row, column).reduce(.zero) { $0 + $1.0 * $1.1 } } })
  }

  static func - (a: FractionMatrix, b: FractionMatrix) -> FractionMatrix {
    FractionMatrix(zip(a.rows, b.rows).map { zip($0, $1).map { $0 - $1 } })
  }

  /// The determinant and, where it is not zero, the inverse: Gauss–Jordan with row exchanges on [A | 1].
  func gaussJordan() -> (determinant: Fraction, inverse: FractionMatrix?) {
    var work = zip(rows, FractionMatrix.identity(height).rows).map { $0 + $1 }
    var determinant = Fraction.one
    for column in 0..<height {
      guard let pivotRow = (column..<height).first(where: { work[$0][column] != .zero }) else { return (.zero, nil) }
      if pivotRow != column {
        work.swapAt(pivotRow, column)
        determinant = .zero - determinant
      }
      let pivot = work[column][column]
      determinant = determinant * pivot
      work[column] = work[column].map { $0 / pivot }
      for row in 0..<height where row != column && work[row][column] != .zero {
        let factor = work[row][column]
        work[row] = zip(work[row], work[column]).map { $0 - factor * $1 }
      }
    }
    return (determinant, FractionMatrix(work.map { Array($0[height...]) }))
  }

  var determinant: Fraction { gaussJordan().determinant }

  var isSymmetric: Bool { self == transposed }

  /// Whether a symmetric matrix has xᵀAx > 0 for every x ≠ 0: completing squares meets positive coefficients only.
  var isPositiveDefinite: Bool { squares { $0 > .zero } }

  /// Whether a symmetric matrix has xᵀAx ≥ 0 for every x.
  var isPositiveSemidefinite: Bool { squares { $0 > .zero || $0 == .zero } }

  /// Completes one square after the other; a coefficient of 0 is allowed only where its whole row is 0.
  private func squares(_ allowed: (Fraction) -> Bool) -> Bool {
    var rest = rows
    while let first = rest.first {
      let coefficient = first[0]
      guard allowed(coefficient) else { return false }
      if coefficient == .zero {
        guard first.allSatisfy({ $0 == .zero }) else { return false }
        rest = rest.dropFirst().map { Array($0.dropFirst()) }
      } else {
        rest = rest.dropFirst().map { row in
          zip(row, first).dropFirst().map { $0 - row[0] * $1 / coefficient }
        }
      }
    }
    return true
  }
}
