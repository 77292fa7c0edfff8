// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns

/// A sample in a network's number type: every column centred and of variance 1, which changes no information.
///
/// Rows are in an order drawn from the seed, so that a range of rows is a random part of the sample. Columns that are
/// constant tell nothing and are left out.
struct StandardizedSample<Scalar: LearningScalar> {
  let x: [Scalar]
  let y: [Scalar]
  let xDimension: Int
  let yDimension: Int
  let count: Int
  /// What was left out.
  let notes: [String]

  /// - Throws: ``EstimationError/constantColumn(_:column:)`` where no column of a side varies.
  init(_ sample: PairedSample, seed: UInt64) throws(EstimationError) {
    let (x, y) = (try VaryingColumns(sample, .x), try VaryingColumns(sample, .y))
    let varying = try PairedSample(x: x.values, xDimension: x.dimension, y: y.values, yDimension: y.dimension)
    var source = RandomSource(seed: seed, index: 0)
    let order = randomOrder(of: sample.count, &source)
    self.x = try StandardizedSample.rows(of: varying, .x, in: order)
    self.y = try StandardizedSample.rows(of: varying, .y, in: order)
    (xDimension, yDimension, count, notes) = (x.dimension, y.dimension, sample.count, x.notes + y.notes)
  }

  private static func rows(of sample: PairedSample, _ side: Side, in order: [Int]) throws(EstimationError) -> [Scalar] {
    let (columns, n, dimension) = (try StandardColumns(sample, side).values, sample.count, sample.dimension(of: side))
    // Standard columns have length 1.
    let scale = Double(n).squareRoot()
    return order.flatMap { row in (0..<dimension).map { Scalar(columns[$0 * n + row] * scale) } }
  }
}

/// The columns of one side that are not constant.
private struct VaryingColumns {
  let values: [Double]
  let dimension: Int
  let notes: [String]

  init(_ sample: PairedSample, _ side: Side) throws(EstimationError) {
    let (rows, all) = (sample.values(of: side), sample.dimension(of: side))
    let kept = (0..<all).filter { column in (1..<sample.count).contains { rows[$0 * all + column] != rows[column] } }
    guard !kept.isEmpty else { throw .constantColumn(side, column: 0) }
    dimension = kept.count
    values = kept.count == all ? rows : (0..<sample.count).flatMap { row in kept.map { rows[row * all + $0] } }
    notes = (0..<all).filter { !kept.contains($0) }.map {
      "column \($0) of \(side.rawValue) is constant and tells nothing; left out"
    }
  }
}

/// The numbers 0 ..< `count` in a uniformly random order.
func randomOrder(of count: Int, _ source: inout RandomSource) -> [Int] {
  var order = Array(0..<count)
  shuffle(&order, &source)
  return order
}

/// Puts `order` into a uniformly random order, the same for a seed on every machine (Fisher & Yates).
func shuffle(_ order: inout [Int], _ source: inout RandomSource) {
  for last in order.indices.dropFirst().reversed() { order.swapAt(last, source.integer(in: 0...last)) }
}
