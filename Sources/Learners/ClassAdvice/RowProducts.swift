// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Synchronization

/// The inner products G = XXᵀ of scaled rows, in which students of many columns are fitted.
///
/// The weights of a student with a penalty are a sum of rows, W = XᵀA. In A nothing is as long as the columns, nothing needs the eigenvectors of G, and
/// a product with G and a preconditioner are one: see ``RowNewton``. Factorisations are kept, for the teachers, λ and T that come after.
final class RowProducts: Sendable {
  /// The number n of rows.
  let count: Int
  /// G, n × n.
  let values: [Double]
  /// The κ for which a Cholesky factor surely exists and tells G from κ.
  ///
  /// G has an error of at most columns·ε times its largest diagonal element in each entry, and the factorisation ends if the smallest eigenvalue of
  /// the matrix scaled to a unit diagonal is above n(n+2)ε; twice that leaves room for the rounding to a power of four (Higham, *Accuracy and Stability*, theorem 10.7).
  private let shifts: ClosedRange<Double>
  private let factors = KeptMatrices<Double>()
  private let roughFactors = KeptMatrices<Float>()
  private let roughInverses = KeptMatrices<Float>()

  /// The products of rows of `columns` numbers.
  init(_ scaled: [Double], columns: Int) {
    useOneThreadOfBLAS()
    let n = scaled.count / columns
    var gram = [Double](repeating: 0, count: n * n)
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(n), Int32(columns), 1, scaled, Int32(columns), 0, &gram, Int32(n))
    gram.withUnsafeMutableBufferPointer { g in
      for i in 0..<n { for j in 0..<i { g[j * n + i] = g[i * n + j] } }
    }
    (count, values) = (n, gram)
    let largest = (0..<n).map { gram[$0 * (n + 1)] / Double(n) }.max() ?? 0
    let least = 4 * Double(n) * Double(n + 2 + columns) * .ulpOfOne * max(largest, 1)
    shifts = least...(least * 0x1p100)
  }

  /// G·columns, n × any.
  func callAsFunction(_ columns: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: columns.count)
    let m = columns.count / count
    guard m > 0 else { return product }
    cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(count), Int32(m), Int32(count), 1, values, Int32(count), columns,
      Int32(count), 0, &product, Int32(count))
    return product
  }

  /// The Cholesky factor of G/n + κI and its κ, a power of four near the one that is asked for.
  ///
  /// On a grid, so that what one fit asks for serves others, and that nothing depends on which fit came first.
  func factor(near shift: Double) -> RowFactor<Double> {
    let (exponent, rounded) = grid(shift)
    let factor = factors(exponent) {
      var matrix = values
      cblas_dscal(Int32(matrix.count), 1 / Double(count), &matrix, 1)
      for i in 0..<count { matrix[i * (count + 1)] += rounded }
      let status = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, upper, Int32(count), &matrix, Int32(count))
      precondition(status == 0, "G/n + κI is positive definite")
      return matrix
    }
    return RowFactor(shift: rounded, values: factor, count: count)
  }

  /// The same in single precision, which is enough for a direction that is solved roughly; nil where it is not, and no factor exists.
  func roughFactor(near shift: Double) -> RowFactor<Float>? {
    let (exponent, rounded) = grid(shift)
    let own = roughFactors(exponent) {
      let share = 1 / Double(count)
      var matrix = [Float](unsafeUninitializedCapacity: values.count) { matrix, filled in
        values.withUnsafeBufferPointer { g in for i in g.indices { matrix[i] = Float(g[i] * share) } }
        filled = values.count
      }
      for i in 0..<count { matrix[i * (count + 1)] += Float(rounded) }
      let status = LAPACKE_spotrf_work(LAPACK_COL_MAJOR, upper, Int32(count), &matrix, Int32(count))
      return status == 0 ? matrix : []
    }
    return own.isEmpty ? nil : RowFactor(shift: rounded, values: own, count: count)
  }

  /// The inverse in single precision; nil where there is no such factor.
  ///
  /// It takes as long as solving for about as many columns as there are rows; a product with it then takes as many operations as two triangular solves, and
  /// is faster since a product of matrices is.
  func roughInverse(near shift: Double) -> RowInverse? {
    guard let factor = roughFactor(near: shift) else { return nil }
    let values = roughInverses(grid(shift).exponent) {
      var matrix = factor.values
      let status = LAPACKE_spotri_work(LAPACK_COL_MAJOR, upper, Int32(count), &matrix, Int32(count))
      guard status == 0 else { return [] }
      matrix.withUnsafeMutableBufferPointer { m in
        for j in 0..<count { for i in 0..<j { m[i * count + j] = m[j * count + i] } }
      }
      return matrix
    }
    return values.isEmpty ? nil : RowInverse(shift: factor.shift, values: values, count: count)
  }

  /// Whether the inverse is there already.
  func hasRoughInverse(near shift: Double) -> Bool { roughInverses.contains(grid(shift).exponent) }

  /// A preconditioner of another κ is as right, and slower at most.
  private func grid(_ shift: Double) -> (exponent: Int, shift: Double) {
    let exponent = min(max(shift, shifts.lowerBound), shifts.upperBound).exponent / 2
    return (exponent, Double(sign: .plus, exponent: 2 * exponent, significand: 1))
  }
}

/// Matrices by the exponent of their κ, each made when it is first asked for.
///
/// A handful is in use at a time; of large ones two are kept, since every fold has its own.
private final class KeptMatrices<Scalar: Sendable>: Sendable {
  /// The one that was asked for last comes last.
  private let known = Mutex<[(exponent: Int, matrix: [Scalar])]>([])

  func contains(_ exponent: Int) -> Bool { known.withLock { $0.contains { $0.exponent == exponent } } }

  func callAsFunction(_ exponent: Int, make: () -> [Scalar]) -> [Scalar] {
    known.withLock { known in
      let matrix: [Scalar]
      if let place = known.firstIndex(where: { $0.exponent == exponent }) {
        matrix = known.remove(at: place).matrix
      } else {
        matrix = make()
        let fitting = (16 << 20) / max(matrix.count * MemoryLayout<Scalar>.stride, 1)
        known.removeFirst(max(known.count + 1 - max(2, min(6, fitting)), 0))
      }
      known.append((exponent, matrix))
      return matrix
    }
  }
}

/// What turns columns ρ into (G/n + κI)⁻¹ρ.
protocol RowPreconditioner {
  associatedtype Scalar: BinaryFloatingPoint
  /// κ.
  var shift: Double { get }
  /// Solves in place.
  func solve(_ columns: UnsafeMutableBufferPointer<Scalar>)
}

/// The Cholesky factor of G/n + κI in one of two precisions.
struct RowFactor<Scalar: RowScalar>: RowPreconditioner {
  let shift: Double
  fileprivate let values: [Scalar]
  fileprivate let count: Int

  func solve(_ columns: UnsafeMutableBufferPointer<Scalar>) {
    values.withUnsafeBufferPointer { Scalar.solve($0, columns, count: count) }
  }
}

/// (G/n + κI)⁻¹ itself.
struct RowInverse: RowPreconditioner {
  let shift: Double
  fileprivate let values: [Float]
  fileprivate let count: Int

  func solve(_ columns: UnsafeMutableBufferPointer<Float>) {
    let n = Int32(count)
    let given = Array(columns)
    cblas_sgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, n, Int32(given.count / count), n, 1, values, n, given, n, 0,
      columns.baseAddress, n)
  }
}

/// A number that LAPACK knows.
protocol RowScalar: BinaryFloatingPoint {
  static func solve(_ factor: UnsafeBufferPointer<Self>, _ columns: UnsafeMutableBufferPointer<Self>, count: Int)
}

private let upper = CChar(UInt8(ascii: "U"))

extension Double: RowScalar {
  static func solve(_ factor: UnsafeBufferPointer<Double>, _ columns: UnsafeMutableBufferPointer<Double>, count: Int) {
    let (n, m) = (Int32(count), Int32(columns.count / count))
    _ = LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, upper, n, m, factor.baseAddress, n, columns.baseAddress, n)
  }
}

extension Float: RowScalar {
  static func solve(_ factor: UnsafeBufferPointer<Float>, _ columns: UnsafeMutableBufferPointer<Float>, count: Int) {
    let (n, m) = (Int32(count), Int32(columns.count / count))
    _ = LAPACKE_spotrs_work(LAPACK_COL_MAJOR, upper, n, m, factor.baseAddress, n, columns.baseAddress, n)
  }
}
