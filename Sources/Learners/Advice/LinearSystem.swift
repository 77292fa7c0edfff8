// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE

/// The Cholesky factor of a block of a covariance in double precision.
struct BlockFactor {
  private let factor: [Double]
  private let size: Int

  /// Nil where the block is not positive definite in double precision.
  init?(_ covariance: [Double], columns d: Int, places: [Int]) {
    let size = places.count
    var block = [Double](repeating: 0, count: size * size)
    for (i, row) in places.enumerated() {
      for (j, column) in places.enumerated() { block[i * size + j] = covariance[row * d + column] }
    }
    let lower = CChar(UInt8(ascii: "L"))
    guard LAPACKE_dpotrf(LAPACK_ROW_MAJOR, lower, Int32(size), &block, Int32(size)) == 0 else { return nil }
    (factor, self.size) = (block, size)
  }

  /// L⁻¹b.
  func forward(_ b: [Double]) -> [Double] {
    var x = b
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), factor, Int32(size), &x, 1)
    return x
  }

  /// (LLᵀ)⁻¹b: the weights of the regression on the block.
  func solve(_ b: [Double]) -> [Double] {
    var x = forward(b)
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, Int32(size), factor, Int32(size), &x, 1)
    return x
  }

  /// The share of each column's variance that the other columns of the block do not explain: 1 − R².
  var unexplainedShares: [Double] {
    (0..<size).map { column in
      let variance = (0...column).reduce(0) { $0 + factor[column * size + $1] * factor[column * size + $1] }
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      return 1 / (solve(unit)[column] * variance)
    }
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
