// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns

/// What metamorphic checks do to samples.
extension PairedSample {
  /// Every number of one side, replaced.
  func mapping(_ side: Side, _ transform: (Double) -> Double) throws(EstimationError) -> PairedSample {
    let (newX, newY) = side == .x ? (x.map(transform), y) : (x, y.map(transform))
    return try PairedSample(x: newX, xDimension: xDimension, y: newY, yDimension: yDimension)
  }

  /// The rows in another order.
  func shuffled(_ random: inout RandomSource) throws(EstimationError) -> PairedSample {
    try selecting(rows: (0..<count).shuffled(using: &random))
  }

  /// The rows from those where the first columns of x and y are nearest in size to the others.
  ///
  /// The first rows of correlated variables then seem to depend more than all do: part of them is no fair sample.
  func sortedByLikeness() throws(EstimationError) -> PairedSample {
    let difference = (0..<count).map { abs(abs(x[$0 * xDimension]) - abs(y[$0 * yDimension])) }
    return try selecting(rows: (0..<count).sorted { difference[$0] < difference[$1] })
  }

  /// The same with one more column of x.
  func addingColumn(_ column: (_ row: Int) -> Double) throws(EstimationError) -> PairedSample {
    let rows = (0..<count).flatMap { (row: Int) -> [Double] in
      let start = row * xDimension
      return Array(x[start..<(start + xDimension)]) + [column(row)]
    }
    return try PairedSample(x: rows, xDimension: xDimension + 1, y: y, yDimension: yDimension)
  }

  /// Only one column of x.
  func keeping(xColumn column: Int) throws(EstimationError) -> PairedSample {
    let kept = (0..<count).map { x[$0 * xDimension + column] }
    return try PairedSample(x: kept, xDimension: 1, y: y, yDimension: yDimension)
  }

  /// y with independent standard normal noise added.
  func addingNoiseToY(_ random: inout RandomSource) throws(EstimationError) -> PairedSample {
    let noise = (0..<y.count).map { _ in random.normal() }
    return try PairedSample(x: x, xDimension: xDimension, y: zip(y, noise).map(+), yDimension: yDimension)
  }
}

extension RandomSource {
  /// A standard normal number (Box & Muller 1958).
  fileprivate mutating func normal() -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }
}
