// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation

/// The columns of one side, column after column, each centred and of Euclidean length 1.
struct StandardColumns {
  let values: [Double]

  /// - Throws: ``EstimationError/constantColumn(_:column:)``.
  init(_ sample: PairedSample, _ side: Side) throws(EstimationError) {
    let (n, dimension, rows) = (sample.count, sample.dimension(of: side), sample.values(of: side))
    var values = [Double](repeating: 0, count: n * dimension)
    for column in 0..<dimension {
      let largest = (0..<n).reduce(0) { max($0, abs(rows[$1 * dimension + column])) }
      guard (1..<n).contains(where: { rows[$0 * dimension + column] != rows[column] }) else {
        throw .constantColumn(side, column: column)
      }
      // Scaled by a power of two, which is exact, so that no sum or square overflows or vanishes; subtracted from the
      // first row before the mean, so that a large offset costs no digits.
      let scale = Double(sign: .plus, exponent: min(1023, -largest.exponent - 1), significand: 1)
      let first = rows[column] * scale
      for row in 0..<n { values[column * n + row] = rows[row * dimension + column] * scale - first }
      values.withUnsafeMutableBufferPointer {
        normalise(UnsafeMutableBufferPointer(rebasing: $0[column * n..<(column + 1) * n]))
      }
    }
    self.values = values
  }
}

private func normalise(_ column: UnsafeMutableBufferPointer<Double>) {
  // The second pass takes away what rounding left of the mean in the first.
  for _ in 0..<2 {
    let mean = column.reduce(0, +) / Double(column.count)
    for row in column.indices { column[row] -= mean }
  }
  let length = cblas_dnrm2(Int32(column.count), column.baseAddress, 1)
  for row in column.indices { column[row] /= length }
}

/// The triangular factor R of a QR factorisation of n × d numbers, n ≥ d.
///
/// |R_jj| is the length of what column j adds to those before it.
struct TriangularFactor {
  /// R, d × d, column-major; below the diagonal undefined.
  private let r: [Double]
  private let size: Int
  private let rows: Int

  /// Factors `values`, column after column.
  init(_ values: [Double], rows: Int, columns: Int) {
    var values = values
    var reflectors = [Double](repeating: 0, count: columns)
    let status = LAPACKE_dgeqrf(LAPACK_COL_MAJOR, Int32(rows), Int32(columns), &values, Int32(rows), &reflectors)
    precondition(status == 0, "dgeqrf has valid arguments")
    r = (0..<columns).flatMap { column in values[column * rows..<(column * rows + columns)] }
    size = columns
    self.rows = rows
  }

  /// The first column that adds nothing but rounding to those before it.
  ///
  /// The columns that were factored have length 1, and Householder's method moves them by a small multiple of √n·d roundings.
  var firstDependentColumn: Int? {
    let roundings = 8 * Double(rows).squareRoot() * Double(size) * Double.ulpOfOne
    return (0..<size).first { !(abs(r[$0 * size + $0]) > roundings) }
  }

  /// ln |det| of the diagonal block of the given coordinates.
  func logDeterminant(_ coordinates: Range<Int>) -> Double {
    coordinates.reduce(0) { $0 + log(abs(r[$1 * size + $1])) }
  }

  /// The columns of R at `columns`, with zeros below the diagonal.
  func block(columns: Range<Int>) -> [Double] {
    columns.flatMap { column in (0..<size).map { $0 <= column ? r[column * size + $0] : 0 } }
  }

  /// ‖B·R⁻¹‖² (Frobenius), B the given rows of a column-major matrix of `height` rows and d columns.
  func explained(_ matrix: [Double], rows: Range<Int>, of height: Int) -> Double {
    var b = (0..<size).flatMap { column in matrix[column * height + rows.lowerBound..<column * height + rows.upperBound]
    }
    cblas_dtrsm(
      CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(rows.count), Int32(size), 1, r,
      Int32(size), &b, Int32(rows.count))
    return b.reduce(0) { $0 + $1 * $1 }
  }
}
