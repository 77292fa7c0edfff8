import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// The model as a student meets it, in double precision: the joint law of (x2, t, y) and the risk of given weights.
///
/// Everything is computed here from Σ by BLAS and LAPACK, none of it by the closed forms that students are compared with.
public struct Population: Sendable {
  /// The number of student inputs.
  public let p2: Int
  /// The number of labels.
  public let q: Int
  /// L with LLᵀ = cov(x2, t, y), t before y; its leading block is the Cholesky factor of Σ22.
  public let factor: CovarianceFactor
  /// [v | w*], p2 × 2q, column by column: the regression weights of t and of y on x2.
  public let regression: [Double]
  /// F, 2q × 2q row by row, lower triangular, with FFᵀ = cov(t, y | x2).
  let noiseFactor: [Double]
  /// The Cholesky factor of Σ22, p2 × p2 row by row.
  let inputFactor: [Double]

  /// The population of `instance`.
  ///
  /// - Throws: ``StudentError/numericallySingular`` where double precision cannot factor Σ22.
  public init(_ instance: Instance) throws(StudentError) {
    let covariance = instance.studentTeacherLabelCovariance
    try self.init(covariance: covariance.values.map { $0.map(\.asDouble) }, p2: instance.p2, q: instance.q)
  }

  /// The population of a covariance of (x2, t, y), (p2+2q) × (p2+2q).
  init(covariance: [[Double]], p2: Int, q: Int) throws(StudentError) {
    let d = p2 + 2 * q
    guard covariance.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw .numericallySingular }
    var input = (0..<p2).flatMap { i in (0..<p2).map { j in j <= i ? covariance[i][j] : 0 } }
    let p = Int32(p2)
    guard LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), p, &input, p) == 0 else {
      throw .numericallySingular
    }
    // L22⁻¹ cov(x2, (t, y)), column by column; its transpose is the block of L below L22.
    var cross = (p2..<d).flatMap { j in (0..<p2).map { covariance[$0][j] } }
    solveTriangular(input, size: p2, transposed: false, &cross)
    let noise = (0..<(2 * q)).map { i in
      (0..<(2 * q)).map { j in
        covariance[p2 + i][p2 + j] - (0..<p2).reduce(0) { $0 + cross[i * p2 + $1] * cross[j * p2 + $1] }
      }
    }
    let scales = (p2..<d).map { covariance[$0][$0] }
    let noiseFactor = semidefiniteFactor(noise, scales: scales)
    var values = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0...i {
        values[i * d + j] =
          i < p2
          ? input[i * p2 + j]
          : j < p2 ? cross[(i - p2) * p2 + j] : noiseFactor[(i - p2) * 2 * q + j - p2]
      }
    }
    factor = CovarianceFactor(lowerTriangle: values, dimension: d)
    solveTriangular(input, size: p2, transposed: true, &cross)
    (self.p2, self.q, regression, self.noiseFactor, inputFactor) = (p2, q, cross, noiseFactor, input)
  }

  /// w*, p2 × q column by column: the weights of the best linear student.
  public var optimalStudent: [Double] { Array(regression[(p2 * q)...]) }

  /// tr σε², the risk of the best linear student.
  public var residualVariance: Double {
    noiseFactor[(2 * q * q)...].reduce(0) { $0 + $1 * $1 }
  }

  /// (w−w*)ᵀΣ22(w−w*), summed over labels: what the student `weights` (p2 × q, column by column) loses against w*.
  public func excessRisk(of weights: [Double]) -> Double {
    var difference = zip(weights, regression[(p2 * q)...]).map { $0 - $1 }
    multiplyTransposed(&difference)
    return difference.reduce(0) { $0 + $1 * $1 }
  }

  /// Replaces columns u of p2 numbers by L22ᵀu, whose squared norm is uᵀΣ22u.
  func multiplyTransposed(_ columns: inout [Double]) {
    let (p, count) = (Int32(p2), Int32(columns.count / p2))
    // L22 row by row is its transpose column by column.
    cblas_dtrmm(
      CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, p, count, 1, inputFactor, p, &columns, p)
  }
}

/// Solves Lx = b or Lᵀx = b for columns b, in place; L lower triangular, row by row, with rows `stride` apart.
func solveTriangular(
  _ lower: [Double], size: Int, stride: Int? = nil, transposed: Bool, _ columns: inout [Double]
) {
  let (p, count) = (Int32(size), Int32(columns.count / size))
  cblas_dtrsm(
    CblasColMajor, CblasLeft, CblasUpper, transposed ? CblasNoTrans : CblasTrans, CblasNonUnit, p, count, 1, lower,
    Int32(stride ?? size), &columns, p)
}

/// The lower triangular factor of a small positive semidefinite matrix; a pivot that is rounding only counts as zero.
private func semidefiniteFactor(_ matrix: [[Double]], scales: [Double]) -> [Double] {
  let size = matrix.count
  var factor = [Double](repeating: 0, count: size * size)
  for j in 0..<size {
    let pivot = matrix[j][j] - (0..<j).reduce(0) { $0 + factor[j * size + $1] * factor[j * size + $1] }
    guard pivot > 64 * .ulpOfOne * scales[j] else { continue }
    factor[j * size + j] = pivot.squareRoot()
    for i in (j + 1)..<max(size, j + 1) {
      let rest = matrix[i][j] - (0..<j).reduce(0) { $0 + factor[i * size + $1] * factor[j * size + $1] }
      factor[i * size + j] = rest / factor[j * size + j]
    }
  }
  return factor
}
