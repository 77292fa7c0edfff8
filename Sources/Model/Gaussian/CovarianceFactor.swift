// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import ExactAlgebra

/// A lower triangular factor L of a covariance Σ = LLᵀ in double precision, and the samples that it makes.
public struct CovarianceFactor: Sendable {
  /// The number d of variables.
  public let dimension: Int
  /// L, d × d, row by row; zero above the diagonal.
  public let values: [Double]

  /// The Cholesky factor of a positive definite covariance, by LAPACK.
  ///
  /// - Throws: ``GaussianError/numericallySingular`` where double precision cannot factor it.
  public init(_ covariance: RationalMatrix) throws(GaussianError) {
    let size = covariance.rows
    var factor = covariance.values.joined().map(\.asDouble)
    guard factor.allSatisfy(\.isFinite),
      LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(size), &factor, Int32(size)) == 0
    else { throw .numericallySingular }
    for i in 0..<size { for j in (i + 1)..<max(size, i + 1) { factor[i * size + j] = 0 } }
    self.init(lowerTriangle: factor, dimension: size)
  }

  /// A given factor, row by row, whose diagonal may hold zeros: the covariance is then singular.
  ///
  /// - Precondition: `values` has `dimension`² elements.
  public init(lowerTriangle values: [Double], dimension: Int) {
    precondition(values.count == dimension * dimension, "a square matrix")
    (self.values, self.dimension) = (values, dimension)
  }

  /// `count` independent rows of N(0, Σ), one after the other: `count` × d numbers.
  public func rows(_ count: Int, from normals: NormalSource) -> [Double] {
    mixed(normals.normals(count * dimension), rows: count)
  }

  /// The rows zLᵀ for rows z of d uncorrelated numbers of variance 1, whatever their distribution.
  ///
  /// - Precondition: `rows` × d numbers.
  public func mixed(_ uncorrelated: consuming [Double], rows: Int) -> [Double] {
    precondition(uncorrelated.count == rows * dimension, "whole rows")
    var sample = uncorrelated
    let (rows, columns) = (Int32(rows), Int32(dimension))
    cblas_dtrmm(
      CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, rows, columns, 1, values, columns, &sample,
      columns)
    return sample
  }

  /// A factor C, lower triangular, d × d row by row, of the Gram matrix XᵀX = CCᵀ of `count` rows of N(0, Σ), without the
  /// rows: O(d³) whatever the number of rows.
  ///
  /// XᵀX is Wishart(n, Σ). Bartlett (1933): C = LA with A lower triangular, A_ij normal for i > j and A_jj² chi-squared
  /// with n − j degrees of freedom, j from 0. For n < d only the first n columns are not zero.
  public func gramFactor(rows count: Int, from normals: NormalSource) -> [Double] {
    let d = dimension
    var factor = [Double](repeating: 0, count: d * d)
    factor.withUnsafeMutableBufferPointer { factor in
      for i in 0..<d {
        for j in 0..<min(i, count) { factor[i * d + j] = normals.normal() }
        if i < count { factor[i * d + i] = normals.chiSquared(count - i).squareRoot() }
      }
    }
    let size = Int32(d)
    cblas_dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, size, size, 1, values, size, &factor, size)
    return factor
  }
}
