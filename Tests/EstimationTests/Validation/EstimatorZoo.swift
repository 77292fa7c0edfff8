// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import Estimation

/// Estimators that are wrong in ways that were seen in programs, and right ones.
///
/// Those for any distribution are made of a histogram of one column a side, which is quick without optimisation.
struct ZooEstimator: Sendable, CustomStringConvertible {
  let description: String
  let family: DistributionFamily
  let isRight: Bool
  let nats: @Sendable (Zoo) -> Double

  init(
    _ description: String, _ family: DistributionFamily = .any, right: Bool = false,
    _ nats: @escaping @Sendable (Zoo) -> Double
  ) {
    (self.description, self.family, isRight, self.nats) = (description, family, right, nats)
  }

  static let all: [ZooEstimator] = right + wrong + ofClasses + ofSymbols

  private static let right: [ZooEstimator] = [
    ZooEstimator("histogram", right: true) { $0.histogram },
    ZooEstimator("histogram, clipped", right: true) { max(0, $0.histogram) },
    ZooEstimator("histogram, a little noisy", right: true) { $0.histogram + 0.02 * sin(1e6 * $0.sample.x[0]) },
    ZooEstimator("plug-in", .gaussian, right: true) { $0.plugIn(.none) },
    ZooEstimator("corrected plug-in", .gaussian, right: true) { $0.plugIn(.digamma) },
  ]

  private static let wrong: [ZooEstimator] = [
    ZooEstimator("bits") { $0.histogram / log(2) },
    ZooEstimator("missing ½", .gaussian) { 2 * $0.plugIn(.digamma) },
    ZooEstimator("½ too many") { $0.histogram / 2 },
    ZooEstimator("sign") { -$0.histogram },
    ZooEstimator("constant") { _ in 0.4 },
    ZooEstimator("nothing") { _ in 0 },
    ZooEstimator("a tenth too much") { $0.histogram + 0.1 },
    ZooEstimator("plug-in for any distribution") { $0.plugIn(.digamma) },
    ZooEstimator("correlation", .gaussian) { $0.correlation },
    ZooEstimator("squared correlation", .gaussian) { $0.correlation * $0.correlation },
    ZooEstimator("−½ ln(1 − |ρ|)", .gaussian) { -0.5 * log(1 - abs($0.correlation)) },
    ZooEstimator("first column of x", .gaussian) { $0.with { $0.keeping(.x, 0) } },
    ZooEstimator("last column of x", .gaussian) { $0.with { $0.keeping(.x, $0.xDimension - 1) } },
    ZooEstimator("first column of y", .gaussian) { $0.with { $0.keeping(.y, 0) } },
    ZooEstimator("a column of x taken for y's", .gaussian) { $0.with { $0.moving(1 - $0.xDimension) } },
    ZooEstimator("a column of y taken for x's", .gaussian) { $0.with { $0.moving($0.yDimension - 1) } },
    ZooEstimator("a column of y forgotten and the last of x repeated", .gaussian) {
      $0.with { $0.keeping(.y, $0.yDimension - 1) }
    },
    ZooEstimator("pairs torn apart", .gaussian) { $0.with { $0.shifted(1) } },
    ZooEstimator("columns sorted", .gaussian) { $0.with { $0.sortedColumns() } },
    ZooEstimator("the first 100 rows", .gaussian) { $0.with { $0.first(100) } },
    ZooEstimator("covariance of 24 bits in one pass", .gaussian) { $0.singlePrecisionPlugIn },
    ZooEstimator("a ridge of 1/10", .gaussian) { $0.plugIn(ridge: 0.1) },
    ZooEstimator("covariance not centred", .gaussian) { $0.plugIn(isCentred: false) },
    ZooEstimator("noise") { $0.histogram + 0.5 * sin(1e6 * $0.sample.x[0]) },
  ]
}

/// What the estimators are made of.
final class Zoo {
  let sample: PairedSample

  init(_ sample: PairedSample) { self.sample = sample }

  /// The information in equally filled cells, n^⅓ a side, less its bias to the first order (Miller & Madow); consistent.
  private(set) lazy var histogram: Double = {
    let n = sample.count
    let cells = max(4, Int(cbrt(Double(n)).rounded()))
    func cell(_ values: [Double]) -> [Int] {
      var cell = [Int](repeating: 0, count: n)
      for (rank, row) in (0..<n).sorted(by: { values[$0] < values[$1] }).enumerated() { cell[row] = rank * cells / n }
      return cell
    }
    var counts = [Double](repeating: 0, count: cells * cells)
    for (x, y) in zip(cell(sample.x), cell(sample.y)) { counts[x * cells + y] += 1 }
    let sides = (0..<cells).map { i in
      (0..<cells).reduce((0.0, 0.0)) { ($0.0 + counts[i * cells + $1], $0.1 + counts[$1 * cells + i]) }
    }
    let filled = counts.indices.filter { counts[$0] > 0 }
    let information = filled.reduce(0) { sum, place in
      let (i, j) = place.quotientAndRemainder(dividingBy: cells)
      return sum + counts[place] * log(counts[place] * Double(n) / (sides[i].0 * sides[j].1))
    }
    return (information - Double(filled.count - 2 * cells + 1) / 2) / Double(n)
  }()

  /// Once for all that are made of it.
  private(set) lazy var ross: Double = (try? Ross().estimate(sample).nats) ?? .nan

  /// NaN, for which the caller writes that it declines, where the covariance is singular.
  func plugIn(_ correction: GaussianPlugIn.Correction) -> Double {
    (try? GaussianPlugIn(correction: correction).estimate(sample).nats) ?? .nan
  }

  func with(_ change: (PairedSample) -> PairedSample?) -> Double {
    change(sample).flatMap { try? GaussianPlugIn().estimate($0).nats } ?? .nan
  }

  var correlation: Double {
    let nats = with { $0.keeping(.x, 0)?.keeping(.y, 0) }
    return max(0, 1 - exp(-2 * nats)).squareRoot()
  }

  /// One column a side, covariance by Σxy − n·mean·mean.
  var singlePrecisionPlugIn: Double {
    guard sample.xDimension == 1, sample.yDimension == 1 else { return plugIn(.none) }
    let (x, y, n) = (sample.x.map { Float($0) }, sample.y.map { Float($0) }, Float(sample.count))
    func covariance(_ a: [Float], _ b: [Float]) -> Float {
      let sum = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      return sum - a.reduce(0, +) / n * b.reduce(0, +)
    }
    let r = covariance(x, y)
    return Double(-0.5 * log(1 - r * r / (covariance(x, x) * covariance(y, y))))
  }

  /// −½ ln(1 − ρ²) of one column a side, of the covariance with something wrong about it.
  func plugIn(ridge: Double = 0, isCentred: Bool = true) -> Double {
    guard sample.xDimension == 1, sample.yDimension == 1 else { return plugIn(.none) }
    let n = Double(sample.count)
    func centred(_ values: [Double]) -> [Double] {
      let mean = isCentred ? values.reduce(0, +) / n : 0
      return values.map { $0 - mean }
    }
    let (x, y) = (centred(sample.x), centred(sample.y))
    func covariance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / n }
    let r = covariance(x, y)
    return -0.5 * log(1 - r * r / ((covariance(x, x) + ridge) * (covariance(y, y) + ridge)))
  }
}

extension PairedSample {
  /// One column of a side.
  func keeping(_ side: Side, _ column: Int) -> PairedSample? {
    let (all, values) = (dimension(of: side), values(of: side))
    let kept = (0..<count).map { values[$0 * all + column] }
    return side == .x
      ? try? PairedSample(x: kept, xDimension: 1, y: y, yDimension: yDimension)
      : try? PairedSample(x: x, xDimension: xDimension, y: kept, yDimension: 1)
  }

  /// The border between the columns of x and of y, moved.
  func moving(_ columns: Int) -> PairedSample? {
    let (p, d) = (xDimension + columns, xDimension + yDimension)
    let rows = (0..<count).map {
      Array(x[$0 * xDimension..<($0 + 1) * xDimension] + y[$0 * yDimension..<($0 + 1) * yDimension])
    }
    return try? PairedSample(
      x: rows.flatMap { $0[..<p] }, xDimension: p, y: rows.flatMap { $0[p...] }, yDimension: d - p)
  }

  /// Every y with the x of another row.
  func shifted(_ rows: Int) -> PairedSample? {
    let places = rows * yDimension
    return try? PairedSample(
      x: x, xDimension: xDimension, y: Array(y[places...] + y[..<places]), yDimension: yDimension)
  }

  /// Every column in its own order.
  func sortedColumns() -> PairedSample? {
    func sorted(_ side: Side) -> [Double] {
      let (d, values) = (dimension(of: side), values(of: side))
      let columns = (0..<d).map { column in (0..<count).map { values[$0 * d + column] }.sorted() }
      return (0..<count).flatMap { row in columns.map { $0[row] } }
    }
    return try? PairedSample(x: sorted(.x), xDimension: xDimension, y: sorted(.y), yDimension: yDimension)
  }

  /// The first rows.
  func first(_ rows: Int) -> PairedSample? { try? selecting(rows: 0..<min(rows, count)) }
}
