// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE

/// What a Gram matrix of rows (1, x) says: how many rows, their means and covariance.
struct SampleMoments {
  /// The number of rows.
  let rows: Double
  /// Their means, d numbers.
  let means: [Double]
  /// Their covariance, d × d row by row, with denominator rows − 1.
  let covariance: [Double]
  private let gram: ArraySlice<Double>

  /// The sums, a lower triangle of order d + 1.
  var sums: ArraySlice<Double> { gram }

  /// Reads a lower triangle of order d + 1.
  init(gram: ArraySlice<Double>, columns d: Int) {
    let start = gram.startIndex
    func entry(_ i: Int, _ j: Int) -> Double { gram[start + i * (i + 1) / 2 + j] }
    let rows = entry(0, 0)
    let means = (1...d).map { entry($0, 0) / rows }
    var covariance = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0...i {
        let value = (entry(i + 1, j + 1) - rows * means[i] * means[j]) / (rows - 1)
        (covariance[i * d + j], covariance[j * d + i]) = (value, value)
      }
    }
    (self.rows, self.means, self.covariance, self.gram) = (rows, means, covariance, gram)
  }

  /// Whether 1 and the columns at `places` are linearly independent on these rows: proved, not judged by rounded pivots.
  ///
  /// The Gram matrix of (1, x), scaled to a unit diagonal, is known but for rounding: by Cauchy & Schwarz each entry to
  /// ``share(ofRounding:)``/(p+1), which bounds the norm of the error by that share. Where the matrix less that share of the identity still has a
  /// Cholesky factor, whose own rounding is within it too (Rump 2006), the exact one is positive definite. Where it has not,
  /// the columns are dependent, or so nearly that no digit of a fit to them could be trusted.
  func provesIndependent(_ places: [Int]) -> Bool {
    let indices = [0] + places.map { $0 + 1 }
    let size = indices.count
    func entry(_ i: Int, _ j: Int) -> Double {
      let (low, high) = (min(i, j), max(i, j))
      return gram[gram.startIndex + high * (high + 1) / 2 + low]
    }
    var scales: [Double] = []
    for index in indices {
      let square = entry(index, index)
      guard square > 0 else { return false }
      scales.append(1 / square.squareRoot())
    }
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<i { matrix[i * size + j] = entry(indices[i], indices[j]) * scales[i] * scales[j] }
      matrix[i * size + i] = 1 - share(ofRounding: size)
    }
    return LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(size), &matrix, Int32(size)) == 0
  }

  /// The factor of the covariance of the columns at `places`; nil where they are not surely independent.
  func factor(_ places: [Int]) -> BlockFactor? {
    provesIndependent(places) ? BlockFactor(covariance, columns: means.count, places: places) : nil
  }

  /// The root mean square of a column about the origin, to which the rounding of its variance is relative.
  func size(of place: Int) -> Double {
    (gram[gram.startIndex + (place + 1) * (place + 2) / 2 + place + 1] / rows).squareRoot()
  }

  /// A bound of the norm of what rounding adds to a unit-diagonal Gram matrix of that order, and takes away in its factor.
  ///
  /// A sum of k products is off by at most k·u of the product of the two lengths; k is below four times the rows, resampled
  /// and summed by groups, with what centring and scaling add.
  func share(ofRounding order: Int) -> Double { Double(order) * (8 * rows + 4 * Double(order) + 64) * 0x1p-53 }

  /// The mean square of y − wᵀx, in this sample, of a linear rule fitted elsewhere with an intercept.
  func meanSquare(weights: [Double], at places: [Int], intercept: Double, label: Int) -> Double {
    let d = means.count
    let all = [1.0] + zip(weights, places).map { weight, _ in -weight }
    let indices = [label] + places
    var square = 0.0
    for (a, i) in zip(all, indices) { for (b, j) in zip(all, indices) { square += a * b * covariance[i * d + j] } }
    let bias = zip(all, indices).reduce(-intercept) { $0 + $1.0 * means[$1.1] }
    return square * (rows - 1) / rows + bias * bias
  }
}
