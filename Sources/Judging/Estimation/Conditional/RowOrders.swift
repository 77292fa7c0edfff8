// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// Random orders of the rows of y under which x and y have no information about each other, for permutation tests.
///
/// The p-value is (1 + b)/(1 + B), b the number of B orders whose estimate is not below that of the data. It is exact, whatever the
/// estimator, where the orders are exchangeable under the hypothesis that is tested: all rows, or all rows of a class.
public enum RowOrders: Sendable {
  /// Any order of n rows: x and y are independent.
  case all(Int)
  /// Orders within each class: x and y are independent given the class.
  case within([[Int]])
  /// Orders within cells of rows that are neighbours in z: x and y are independent given z, as far as z does not vary in a cell.
  case cells([[Int]])

  /// Orders within classes.
  public init(labels: [Int]) { self = .within(Symbols(labels).rows) }

  /// Orders within the classes of z where they are `discrete`, else within cells of at most eight rows that a k-d tree makes of z.
  init(given z: [Double], columns: Int, discrete: Bool) {
    if discrete {
      self = .within(Symbols(z, columns: columns).rows)
      return
    }
    let tree = KDTree(z.withoutOverflow, dimension: columns, threads: 1)
    self = .cells((0..<tree.leafCount).map { leaf in tree.places(inLeaf: leaf).map { Int(tree.rows[$0]) } })
  }

  /// A random order: place i holds the row of y that goes with row i of x.
  public func draw(_ random: inout RandomSource) -> [Int] {
    switch self {
    case .all(let count): return (0..<count).shuffled(using: &random)
    case .within(let groups), .cells(let groups):
      var order = [Int](repeating: 0, count: groups.reduce(0) { $0 + $1.count })
      for rows in groups {
        for (row, other) in zip(rows, rows.shuffled(using: &random)) { order[row] = other }
      }
      return order
    }
  }

  /// What is put in another order, in words.
  public var description: String {
    switch self {
    case .all: "rows of y in random order"
    case .within: "rows of y in random order within each class of what is given"
    case .cells: "rows of y in random order among at most 8 neighbours in what is given (approximate)"
    }
  }

  /// A word for programs: `rows`, `classes` or `cells`.
  public var word: String {
    switch self {
    case .all: "rows"
    case .within: "classes"
    case .cells: "cells"
    }
  }
}

extension Symbols {
  /// The rows of every symbol.
  var rows: [[Int]] {
    var rows = counts.map { _ in [Int]() }
    for (row, symbol) in ofRows.enumerated() { rows[symbol].append(row) }
    return rows
  }
}

/// The result of a permutation test.
public struct PermutationTest: Sendable, Hashable {
  /// (1 + b)/(1 + B): small where the data show more than chance.
  public let probability: Double
  /// The mean estimate over the orders: the method's bias where there is nothing to find.
  public let mean: Double
  /// The number B of orders with an estimate.
  public let count: Int

  /// The test of an estimate against those of random orders; nil without any.
  public init?(_ nats: Double, others: [Double]) {
    guard !others.isEmpty else { return nil }
    (count, mean) = (others.count, others.reduce(0, +) / Double(others.count))
    // What differs by rounding only is equal: it counts against the data.
    let tolerance = 1e-12 * max(1, abs(nats))
    probability = Double(1 + others.count { $0 >= nats - tolerance }) / Double(1 + others.count)
  }
}
