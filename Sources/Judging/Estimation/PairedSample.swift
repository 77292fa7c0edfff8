// SPDX-License-Identifier: GPL-3.0-or-later
/// Which of the two variables of a mutual information.
public enum Side: String, Sendable, Hashable, CaseIterable {
  /// The first variable.
  case x
  /// The second variable.
  case y
}

/// A sample of a pair of vectors: n rows of x and the n rows of y that belong to them, all numbers finite.
///
/// An instance cannot be made otherwise. Rows lie one after the other, so entry (i, j) of x is `x[i * xDimension + j]`.
public struct PairedSample: Sendable, Hashable {
  /// The rows of x, n × ``xDimension`` numbers.
  public let x: [Double]
  /// The rows of y, n × ``yDimension`` numbers.
  public let y: [Double]
  /// The number of columns of x, at least 1.
  public let xDimension: Int
  /// The number of columns of y, at least 1.
  public let yDimension: Int
  /// The number of rows n, at least 2.
  public let count: Int

  /// A sample from rows that lie one after the other.
  ///
  /// - Parameters:
  ///   - x: n × `xDimension` numbers.
  ///   - y: n × `yDimension` numbers.
  ///   - xDimension: the number of columns of x, at least 1.
  ///   - yDimension: the number of columns of y, at least 1.
  /// - Throws: ``EstimationError`` where a side has no columns, its numbers do not fill rows, the sides differ in rows,
  ///   there are fewer than 2 rows, or a number is not finite.
  @inline(never) public init(x: [Double], xDimension: Int, y: [Double], yDimension: Int) throws(EstimationError) {
    let rows = try PairedSample.rows(of: x, dimension: xDimension, side: .x)
    let other = try PairedSample.rows(of: y, dimension: yDimension, side: .y)
    guard rows == other else { throw .mismatchedRows(x: rows, y: other) }
    guard rows >= 2 else { throw .tooFewRows(rows, needed: 2, by: "a sample") }
    try PairedSample.requireFinite(x, dimension: xDimension, side: .x)
    try PairedSample.requireFinite(y, dimension: yDimension, side: .y)
    (self.x, self.y, self.xDimension, self.yDimension, count) = (x, y, xDimension, yDimension, rows)
  }

  /// A sample from a list of rows for each side.
  ///
  /// - Throws: ``EstimationError`` as ``init(x:xDimension:y:yDimension:)``, and where the rows of a side differ in length.
  public init(x: [[Double]], y: [[Double]]) throws(EstimationError) {
    for (side, rows) in [(Side.x, x), (Side.y, y)] {
      let expected = rows.first?.count ?? 0
      if let row = rows.firstIndex(where: { $0.count != expected }) {
        throw .raggedRow(side, row: row, found: rows[row].count, expected: expected)
      }
    }
    guard x.count == y.count else { throw .mismatchedRows(x: x.count, y: y.count) }
    guard x.count >= 2 else { throw .tooFewRows(x.count, needed: 2, by: "a sample") }
    try self.init(x: Array(x.joined()), xDimension: x[0].count, y: Array(y.joined()), yDimension: y[0].count)
  }

  /// The numbers of one side, row after row.
  public func values(of side: Side) -> [Double] { side == .x ? x : y }

  /// The number of columns of one side.
  public func dimension(of side: Side) -> Int { side == .x ? xDimension : yDimension }

  /// The same sample with x and y in each other's place.
  public var swapped: PairedSample {
    PairedSample(valid: y, xDimension: yDimension, y: x, yDimension: xDimension, count: count)
  }

  /// The rows at `positions`, in this order; a row may be taken more than once.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for fewer than 2.
  /// - Precondition: every position is a row.
  public func selecting(rows positions: some Collection<Int>) throws(EstimationError) -> PairedSample {
    guard positions.count >= 2 else { throw .tooFewRows(positions.count, needed: 2, by: "a sample") }
    let x: [Double] = positions.flatMap { self.x[$0 * xDimension..<($0 + 1) * xDimension] }
    let y: [Double] = positions.flatMap { self.y[$0 * yDimension..<($0 + 1) * yDimension] }
    return PairedSample(valid: x, xDimension: xDimension, y: y, yDimension: yDimension, count: positions.count)
  }

  /// The sample with y's rows in another order, and x in its own.
  ///
  /// - Precondition: `order` is an order of the rows.
  func withRowsOfY(in order: [Int]) -> PairedSample {
    PairedSample(
      valid: x, xDimension: xDimension, y: order.flatMap { y[$0 * yDimension..<($0 + 1) * yDimension] },
      yDimension: yDimension, count: count)
  }

  /// The sample with every number replaced.
  func mapping(_ transform: (Double) -> Double) -> PairedSample {
    PairedSample(
      valid: x.map(transform), xDimension: xDimension, y: y.map(transform), yDimension: yDimension, count: count)
  }

  private init(valid x: [Double], xDimension: Int, y: [Double], yDimension: Int, count: Int) {
    (self.x, self.y, self.xDimension, self.yDimension, self.count) = (x, y, xDimension, yDimension, count)
  }

  private static func rows(of values: [Double], dimension: Int, side: Side) throws(EstimationError) -> Int {
    guard dimension >= 1 else { throw .noColumns(side) }
    guard values.count.isMultiple(of: dimension) else {
      throw .incompleteRow(side, numbers: values.count, columns: dimension)
    }
    return values.count / dimension
  }

  private static func requireFinite(_ values: [Double], dimension: Int, side: Side) throws(EstimationError) {
    guard let position = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(side, row: position / dimension, column: position % dimension, value: "\(values[position])")
  }
}
