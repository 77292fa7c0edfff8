// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// The model as a student meets it, in double precision: the joint law of (x2, t, y) and the risk of given weights.
///
/// Everything is computed here from Σ, none of it by the closed forms that students are compared with.
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
  /// - Throws: ``StudentError/numericallySingular`` where double precision cannot factor Σ22, or would lose the noise in the
  ///   rounding of what x2 explains.
  public init(_ instance: Instance) throws(StudentError) {
    let (p2, q) = (instance.p2, instance.q)
    let (m, d) = (2 * q, p2 + 2 * q)
    let covariance = instance.studentTeacherLabelCovariance
    let inputs = covariance.selecting(0..<p2)
    let cross = covariance.selecting(rows: 0..<p2, columns: p2..<d)
    // By the textbook's formulas, exactly: differences of nearly equal numbers are not left to double precision.
    guard let weights = try? inputs.solve(cross) else { throw .numericallySingular }
    let noise = (covariance.selecting(p2..<d) - cross.transposed * weights).values.map { $0.map(\.asDouble) }
    let factorOfInputs: CovarianceFactor
    do { factorOfInputs = try CovarianceFactor(inputs) } catch { throw .numericallySingular }
    let inputFactor = factorOfInputs.values
    let noiseFactor = semidefiniteFactor(noise)
    regression = weights.transposed.values.joined().map(\.asDouble)
    (self.p2, self.q, self.noiseFactor, self.inputFactor) = (p2, q, noiseFactor, inputFactor)
    // The block of L below L22: L22ᵀ times the weights.
    var explained = regression
    Population.multiplyTransposed(inputFactor, p2, &explained)
    var values = [Double](repeating: 0, count: d * d)
    for i in 0..<p2 { for j in 0...i { values[i * d + j] = inputFactor[i * p2 + j] } }
    for i in 0..<m {
      for j in 0..<p2 { values[(p2 + i) * d + j] = explained[i * p2 + j] }
      for j in 0...i { values[(p2 + i) * d + p2 + j] = noiseFactor[i * m + j] }
    }
    factor = CovarianceFactor(lowerTriangle: values, dimension: d)
    guard values.allSatisfy(\.isFinite),
      isAccurate(total: covariance.values[(d - q)...].enumerated().map { $1[d - q + $0].asDouble })
    else { throw .numericallySingular }
  }

  /// Whether rounding in the solution for the weights, ε·cond(L22) of what x2 explains, is small against the label's noise.
  private func isAccurate(total: [Double]) -> Bool {
    // Rows scaled to norm 1, as the student's problem does not depend on units.
    var scaled = inputFactor
    for i in 0..<p2 {
      let size = (0...i).reduce(0.0) { $0 + scaled[i * p2 + $1] * scaled[i * p2 + $1] }.squareRoot()
      for j in 0...i { scaled[i * p2 + j] /= size }
    }
    var condition = 0.0
    LAPACKE_dtrcon(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "1")), CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), Int32(p2), scaled,
      Int32(p2), &condition)
    let m = 2 * q
    return (0..<q).allSatisfy { j in
      let noise = (0..<m).reduce(0.0) { $0 + noiseFactor[(q + j) * m + $1] * noiseFactor[(q + j) * m + $1] }
      return .ulpOfOne * (total[j] / noise).squareRoot() < 1e-4 * condition
    }
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
  func multiplyTransposed(_ columns: inout [Double]) { Population.multiplyTransposed(inputFactor, p2, &columns) }

  private static func multiplyTransposed(_ factor: [Double], _ size: Int, _ columns: inout [Double]) {
    let (p, count) = (Int32(size), Int32(columns.count / size))
    // L22 row by row is its transpose column by column.
    cblas_dtrmm(CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, p, count, 1, factor, p, &columns, p)
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
private func semidefiniteFactor(_ matrix: [[Double]]) -> [Double] {
  let size = matrix.count
  var factor = [Double](repeating: 0, count: size * size)
  for j in 0..<size {
    let pivot = matrix[j][j] - (0..<j).reduce(0) { $0 + factor[j * size + $1] * factor[j * size + $1] }
    guard pivot > 64 * .ulpOfOne * matrix[j][j] else { continue }
    factor[j * size + j] = pivot.squareRoot()
    for i in (j + 1)..<max(size, j + 1) {
      let rest = matrix[i][j] - (0..<j).reduce(0) { $0 + factor[i * size + $1] * factor[j * size + $1] }
      factor[i * size + j] = rest / factor[j * size + j]
    }
  }
  return factor
}
