// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation

/// A number type that networks are trained in: `Float` for speed, `Double` for checks.
///
/// The requirements are the few operations whose implementation differs with the type. Matrices are row-major; a leading
/// dimension is the distance between the starts of two rows in memory.
public protocol LearningScalar: BinaryFloatingPoint, Sendable {
  /// BLAS's gemm, C ← α·op(A)·op(B) + β·C, op(A) being m × k, op(B) k × n and C m × n.
  static func gemm(
    _ alpha: Self, _ a: MatrixOperand<Self>, _ b: MatrixOperand<Self>, rows m: Int, inner k: Int, columns n: Int,
    adding beta: Self, to c: UnsafeMutablePointer<Self>, leadingDimension: Int)

  /// BLAS's gemv, y ← α·op(A)·x + β·y, op(A) being m × k; the vectors' elements are a stride apart.
  static func gemv(
    _ alpha: Self, _ a: MatrixOperand<Self>, _ x: UnsafePointer<Self>, stride: Int, rows m: Int, inner k: Int,
    adding beta: Self, to y: UnsafeMutablePointer<Self>, stride: Int)

  /// e to the power of `x`.
  static func exponential(_ x: Self) -> Self

  /// The natural logarithm of `x`.
  static func logarithm(_ x: Self) -> Self
}

extension LearningScalar {
  /// The product C ← α·op(A)·op(B) + β·C of BLAS, op(A) being m × k, op(B) k × n and C m × n.
  ///
  /// Runs on the calling thread alone.
  public static func multiply(
    _ alpha: Self, _ a: MatrixOperand<Self>, _ b: MatrixOperand<Self>, rows m: Int, inner k: Int, columns n: Int,
    adding beta: Self, to c: UnsafeMutablePointer<Self>, leadingDimension: Int
  ) {
    oneThreadOfBLAS
    if n == 1 {
      // Three times as fast as a product with a narrow matrix.
      gemv(
        alpha, a, b.start, stride: b.isTransposed ? 1 : b.leadingDimension, rows: m, inner: k, adding: beta, to: c,
        stride: leadingDimension)
    } else if beta == 0 && leadingDimension == n {
      // OpenBLAS sets C to 0 at a quarter of the speed of memory, which is a tenth of the time of a narrow product.
      memset(c, 0, m * n * MemoryLayout<Self>.stride)
      gemm(alpha, a, b, rows: m, inner: k, columns: n, adding: 1, to: c, leadingDimension: leadingDimension)
    } else {
      gemm(
        alpha, a, b, rows: m, inner: k, columns: n, adding: beta, to: c, leadingDimension: leadingDimension)
    }
  }
}

/// A row-major matrix in memory as an operand of a product, as it stands or transposed.
public struct MatrixOperand<Scalar: LearningScalar> {
  /// The first element.
  public var start: UnsafePointer<Scalar>
  /// The distance between the starts of two rows in memory.
  public var leadingDimension: Int
  /// Whether the transpose enters the product.
  public var isTransposed: Bool

  /// The matrix at `start`.
  public init(_ start: UnsafePointer<Scalar>, leadingDimension: Int, transposed isTransposed: Bool = false) {
    self.start = start
    self.leadingDimension = leadingDimension
    self.isTransposed = isTransposed
  }

  fileprivate var operation: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }
}

/// Makes OpenBLAS stay on the calling thread, once: networks here are small, and their threads would cost more than they
/// bring and make rounding depend on their number.
private let oneThreadOfBLAS: Void = openblas_set_num_threads(1)

extension Float: LearningScalar {
  /// `cblas_sgemm`.
  public static func gemm(
    _ alpha: Float, _ a: MatrixOperand<Float>, _ b: MatrixOperand<Float>, rows m: Int, inner k: Int, columns n: Int,
    adding beta: Float, to c: UnsafeMutablePointer<Float>, leadingDimension: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, a.operation, b.operation, Int32(m), Int32(n), Int32(k), alpha, a.start,
      Int32(a.leadingDimension), b.start, Int32(b.leadingDimension), beta, c, Int32(leadingDimension))
  }

  /// `cblas_sgemv`.
  public static func gemv(
    _ alpha: Float, _ a: MatrixOperand<Float>, _ x: UnsafePointer<Float>, stride xStride: Int, rows m: Int,
    inner k: Int,
    adding beta: Float, to y: UnsafeMutablePointer<Float>, stride yStride: Int
  ) {
    let (rows, columns) = a.isTransposed ? (k, m) : (m, k)
    cblas_sgemv(
      CblasRowMajor, a.operation, Int32(rows), Int32(columns), alpha, a.start, Int32(a.leadingDimension), x,
      Int32(xStride), beta, y, Int32(yStride))
  }

  /// e to the power of `x`, in single precision.
  public static func exponential(_ x: Float) -> Float { Foundation.exp(x) }

  /// The natural logarithm of `x`, in single precision.
  public static func logarithm(_ x: Float) -> Float { Foundation.log(x) }
}

extension Double: LearningScalar {
  /// `cblas_dgemm`.
  public static func gemm(
    _ alpha: Double, _ a: MatrixOperand<Double>, _ b: MatrixOperand<Double>, rows m: Int, inner k: Int, columns n: Int,
    adding beta: Double, to c: UnsafeMutablePointer<Double>, leadingDimension: Int
  ) {
    cblas_dgemm(
      CblasRowMajor, a.operation, b.operation, Int32(m), Int32(n), Int32(k), alpha, a.start,
      Int32(a.leadingDimension), b.start, Int32(b.leadingDimension), beta, c, Int32(leadingDimension))
  }

  /// `cblas_dgemv`.
  public static func gemv(
    _ alpha: Double, _ a: MatrixOperand<Double>, _ x: UnsafePointer<Double>, stride xStride: Int, rows m: Int,
    inner k: Int,
    adding beta: Double, to y: UnsafeMutablePointer<Double>, stride yStride: Int
  ) {
    let (rows, columns) = a.isTransposed ? (k, m) : (m, k)
    cblas_dgemv(
      CblasRowMajor, a.operation, Int32(rows), Int32(columns), alpha, a.start, Int32(a.leadingDimension), x,
      Int32(xStride), beta, y, Int32(yStride))
  }

  /// e to the power of `x`, in double precision.
  public static func exponential(_ x: Double) -> Double { Foundation.exp(x) }

  /// The natural logarithm of `x`, in double precision.
  public static func logarithm(_ x: Double) -> Double { Foundation.log(x) }
}
