// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation
import Gaussian

/// The joint Gaussian with the correlations of a sample: data of the same size on which the truth is known.
///
/// How far a method is off there tells what it can be trusted with at these rows and columns. It is another law than the data's, and, as
/// correlations of few rows are too large, one of more information.
struct GaussianCounterpart: Sendable {
  /// I(x; y), or I(x; y | z), of the Gaussian, in nats.
  let nats: Double
  private let factor: CovarianceFactor
  private let (p, q): (Int, Int)

  /// The counterpart of rows of x, y and z; nil where their correlations are singular.
  init?(_ pair: PairedSample, z: [Double]) {
    let (p, q) = (pair.xDimension, pair.yDimension)
    (self.p, self.q) = (p, q)
    let (n, r) = (pair.count, z.count / pair.count)
    let size = p + q + r
    guard n > size + 1 else { return nil }
    var columns: [[Double]] = []
    for column in 0..<size {
      let values = (0..<n).map { row in
        column < p
          ? pair.x[row * p + column] : column < p + q ? pair.y[row * q + column - p] : z[row * r + column - p - q]
      }
      let scaled = ColumnScale.unit(values)
      guard scaled.contains(where: { $0 != scaled[0] }) else { return nil }
      columns.append(scaled)
    }
    var correlations = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let sum = zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
        (correlations[i * size + j], correlations[j * size + i]) = (sum, sum)
      }
    }
    let (x, y, z) = (Array(0..<p), Array(p..<p + q), Array(p + q..<size))
    func factored(_ chosen: [Int]) -> [Double]? {
      var values = chosen.flatMap { i in chosen.map { correlations[i * size + $0] } }
      let order = Int32(chosen.count)
      guard
        chosen.isEmpty
          || LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), order, &values, order) == 0
      else { return nil }
      for i in 0..<chosen.count { for j in (i + 1)..<max(chosen.count, i + 1) { values[i * chosen.count + j] = 0 } }
      return values
    }
    func logDeterminant(_ chosen: [Int]) -> Double? {
      factored(chosen).map { values in
        chosen.indices.reduce(0) { $0 + 2 * log(values[$1 * chosen.count + $1]) }
      }
    }
    guard let all = factored(x + y + z), let xyz = logDeterminant(x + y + z), let xz = logDeterminant(x + z),
      let yz = logDeterminant(y + z), let own = logDeterminant(z)
    else { return nil }
    nats = max(0, (xz + yz - own - xyz) / 2)
    guard nats.isFinite else { return nil }
    factor = CovarianceFactor(lowerTriangle: all, dimension: size)
  }

  /// `count` rows of (x, y) and of z, from stream `index` of the seed.
  func sample(rows count: Int, seed: UInt64, index: UInt64) throws(EstimationError) -> (pair: PairedSample, z: [Double])
  {
    let (values, size) = (factor.rows(count, from: NormalSource(seed: seed, index: index)), factor.dimension)
    func columns(_ range: Range<Int>) -> [Double] {
      (0..<count).flatMap { values[$0 * size + range.lowerBound..<$0 * size + range.upperBound] }
    }
    return (
      try PairedSample(x: columns(0..<p), xDimension: p, y: columns(p..<p + q), yDimension: q), columns(p + q..<size)
    )
  }
}
