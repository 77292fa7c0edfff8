// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Counting: the mutual information of the empirical distribution, Σ p̂(x, y) ln[p̂(x, y)/(p̂(x) p̂(y))], in nats.
///
/// For variables of few values, each of which occurs in many rows; a row of several columns is one value. Also called the
/// maximum-likelihood or plug-in estimator. It is never negative and never above the smaller entropy. Its bias is about
/// (Kx − 1)(Ky − 1)/2n, Kx and Ky the numbers of values (Miller 1955): with as many values as rows it says ln n whatever the
/// truth is, so data whose values hardly repeat are refused.
public struct Counts: MutualInformationEstimator {
  /// An estimator.
  public init() {}

  /// `counts`.
  public var name: String { "counts" }

  /// For variables of few values.
  public var family: DistributionFamily { .discrete }

  /// Estimates I(x; y) in nats; deterministic whatever the seed.
  ///
  /// The standard error is that of the mean over rows of ln[p̂(x, y)/(p̂(x) p̂(y))].
  ///
  /// - Throws: ``EstimationError/notDiscrete(_:values:rows:)`` where a side takes more values than half of the rows.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    let (x, y) = (Symbols(sample, .x), Symbols(sample, .y))
    for (side, symbols) in [(Side.x, x), (.y, y)] where !symbols.areFew {
      throw .notDiscrete(side, values: symbols.counts.count, rows: sample.count)
    }
    return try estimate(x, y)
  }

  /// The estimate from symbols.
  func estimate(_ x: Symbols, _ y: Symbols) throws(EstimationError) -> Estimate {
    let (pairs, n) = (Symbols(x, y), Double(x.ofRows.count))
    var cells = [(count: Int, nats: Double)](repeating: (0, 0), count: pairs.counts.count)
    for (row, pair) in pairs.ofRows.enumerated() where cells[pair].count == 0 {
      let (own, ofX, ofY) = (pairs.counts[pair], x.counts[x.ofRows[row]], y.counts[y.ofRows[row]])
      // One logarithm of whole numbers: exactly 0 where x and y are independent in the sample.
      cells[pair] = (own, log(Double(own) * n / (Double(ofX) * Double(ofY))))
    }
    var sum = CompensatedSum()
    for cell in cells { sum.add(Double(cell.count) * cell.nats) }
    let nats = max(0, sum.value / n)
    let squares = cells.reduce(0) { $0 + Double($1.count) * ($1.nats - nats) * ($1.nats - nats) }
    let bias = Counts.bias(x, y)
    return try Estimate(
      nats: nats, standardError: n > 1 ? (squares / (n * (n - 1))).squareRoot() : nil,
      diagnostics: [
        .init("values of x", Double(x.counts.count)), .init("values of y", Double(y.counts.count)),
        .init("bias by Miller", bias),
      ],
      notes: bias > Counts.smallBias
        ? ["the rows are few for so many values: counting is too high by about \(bias)"] : [])
  }

  /// About how far the estimate is above the truth, in nats: (Kx − 1)(Ky − 1)/2n.
  static func bias(_ x: Symbols, _ y: Symbols) -> Double {
    Double(x.counts.count - 1) * Double(y.counts.count - 1) / Double(2 * x.ofRows.count)
  }

  /// Up to this bias, in nats, counting is chosen where everything is discrete.
  static let smallBias = 0.1
}

extension Symbols {
  /// Whether there are two rows a value or more on average, so that they may be classes and no measurement.
  var areFew: Bool { 2 * counts.count <= ofRows.count }
}
