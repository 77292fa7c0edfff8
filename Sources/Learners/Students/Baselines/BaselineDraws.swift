// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// Draws what such students are made of: the Gram matrix of (x2, x1, y), in coordinates in which Σ22 = 1.
///
/// By Wishart draws, or of rows whose residuals given x2 are of any law. Nothing of it is computed by the closed forms.
struct BaselineDraws: Sendable {
  /// The numbers of inputs.
  let p1, p2: Int
  /// L with LLᵀ = cov(x2, x1, y); its leading block, the factor of Σ22, is taken out: x2 is replaced by L22⁻¹x2.
  let factor: CovarianceFactor
  /// L22ᵀ[v | w*], the regressions of t and y in these coordinates, p2 × 2, column by column.
  let regression: [Double]
  /// The weights of the teacher on (x2, x1) in these coordinates: w1, or those of E[y | x1, x2].
  let teacher, jointTeacher: [Double]
  /// σε².
  let residualVariance: Double
  private let residuals: ResidualLaw

  /// d, the order of a Gram matrix.
  var size: Int { p1 + p2 + 1 }

  init(_ instance: Instance, _ residuals: ResidualLaw) throws(StudentError) {
    let (p1, p2, sigma) = (instance.p1, instance.p2, instance.sigma)
    let order = Array(instance.x2) + Array(instance.x1) + Array(instance.y)
    let full: CovarianceFactor
    do { full = try CovarianceFactor(sigma.selecting(order)) } catch { throw .numericallySingular }
    let d = order.count
    var values = full.values
    for i in 0..<p2 { for j in 0...i { values[i * d + j] = i == j ? 1 : 0 } }
    factor = CovarianceFactor(lowerTriangle: values, dimension: d)
    (self.p1, self.p2, self.residuals) = (p1, p2, residuals)
    // Row x of L below L22 is cov(x, L22⁻¹x2): the regression on x2 in these coordinates.
    let w1 = (0..<p1).map { instance.w1[$0, 0].asDouble }
    let ofT = (0..<p2).map { j in (0..<p1).reduce(0.0) { $0 + w1[$1] * values[(p2 + $1) * d + j] } }
    let ofY = (0..<p2).map { values[(d - 1) * d + $0] }
    regression = ofT + ofY
    teacher = [Double](repeating: 0, count: p2) + w1
    residualVariance = (p2..<d).reduce(0) { $0 + values[(d - 1) * d + $1] * values[(d - 1) * d + $1] }
    // E[y | x2, x1] = βᵀ(x2, x1): its covariances with the inputs are those of y.
    var population = [Double](repeating: 0, count: d * d)
    cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasNoTrans, Int32(d), Int32(d), 1, values, Int32(d), 0, &population, Int32(d))
    jointTeacher = try Gram(size: d, lower: population).fit(of: d - 1, on: d - 1)
  }

  /// The Gram matrix of `count` rows of (x2, x1, y) by a Wishart draw.
  func gram(rows count: Int, from normals: NormalSource) -> Gram {
    let c = factor.gramFactor(rows: count, from: normals)
    let d = Int32(size)
    var gram = [Double](repeating: 0, count: size * size)
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, d, d, 1, c, d, 0, &gram, d)
    return Gram(size: size, lower: gram)
  }

  /// `count` rows of (x2, x1, y), one after the other, on the rows z of x2 where they are given: `count` × p2 numbers.
  func rows(_ count: Int, on design: [Double]? = nil, from normals: NormalSource) -> [Double] {
    let d = size
    var latent = [Double](repeating: 0, count: count * d)
    for row in 0..<count {
      let start = row * d
      for j in 0..<p2 { latent[start + j] = design?[row * p2 + j] ?? normals.normal() }
      let scale: Double
      switch residuals {
      case .gaussian, .skewed: scale = 1
      case .studentT(let degrees): scale = (Double(degrees - 2) / normals.chiSquared(degrees)).squareRoot()
      case .heteroscedastic: scale = latent[start]
      }
      for j in p2..<d {
        latent[start + j] = residuals == .skewed ? normals.chiSquared(2) / 2 - 1 : scale * normals.normal()
      }
    }
    return factor.mixed(latent, rows: count)
  }

  /// The Gram matrix of rows.
  func gram(of rows: [Double]) -> Gram {
    var gram = [Double](repeating: 0, count: size * size)
    let d = Int32(size)
    // Rows of row-major X are columns of its transpose: XᵀX.
    cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasTrans, d, Int32(rows.count / size), 1, rows, d, 0, &gram, d)
    return Gram(size: size, lower: gram)
  }

  /// n rows z with ZᵀZ = n·1, uniform among those: Gaussian rows, orthogonalised.
  func orthogonalDesign(rows n: Int, from normals: NormalSource) -> [Double] {
    var z = normals.normals(n * p2)
    for column in 0..<p2 {
      // Twice is enough (Kahan): what is left after the second pass is orthogonal to rounding.
      for _ in 0..<2 {
        for other in 0..<column {
          let dot = (0..<n).reduce(0.0) { $0 + z[$1 * p2 + column] * z[$1 * p2 + other] }
          for row in 0..<n { z[row * p2 + column] -= dot / Double(n) * z[row * p2 + other] }
        }
      }
      let norm = (0..<n).reduce(0.0) { $0 + z[$1 * p2 + column] * z[$1 * p2 + column] }
      let scale = (Double(n) / norm).squareRoot()
      for row in 0..<n { z[row * p2 + column] *= scale }
    }
    return z
  }
}

/// A Gram matrix XᵀX, of which the lower triangle is kept, row by row.
struct Gram: Sendable {
  let size: Int
  private(set) var lower: [Double]

  init(size: Int, lower: [Double]) { (self.size, self.lower) = (size, lower) }

  subscript(_ i: Int, _ j: Int) -> Double { i >= j ? lower[i * size + j] : lower[j * size + i] }

  static func + (a: Gram, b: Gram) -> Gram { Gram(size: a.size, lower: zip(a.lower, b.lower).map(+)) }
  static func - (a: Gram, b: Gram) -> Gram { Gram(size: a.size, lower: zip(a.lower, b.lower).map(-)) }

  /// With `penalty` added to the first `count` diagonal entries, as ridge does.
  func adding(_ penalty: Double, on count: Int) -> Gram {
    var sum = self
    for i in 0..<count { sum.lower[i * size + i] += penalty }
    return sum
  }

  /// The least-squares weights of column `target` on the first `count` columns.
  func fit(of target: Int, on count: Int) throws(StudentError) -> [Double] {
    try solve(count, (0..<count).map { self[target, $0] })
  }

  /// The least-squares weights, on the first `count` columns, of Σ weights·columns over the first columns.
  func fit(combination weights: [Double], on count: Int) throws(StudentError) -> [Double] {
    try solve(count, (0..<count).map { i in weights.indices.reduce(0.0) { $0 + weights[$1] * self[i, $1] } })
  }

  private func solve(_ count: Int, _ right: [Double]) throws(StudentError) -> [Double] {
    var (matrix, solution) = ([Double](repeating: 0, count: count * count), right)
    for i in 0..<count { for j in 0...i { matrix[i * count + j] = lower[i * size + j] } }
    let p = Int32(count)
    guard
      LAPACKE_dposv(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), p, 1, &matrix, p, &solution, 1) == 0
    else { throw .numericallySingular }
    return solution
  }
}
