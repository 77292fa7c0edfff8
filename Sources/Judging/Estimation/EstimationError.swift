// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText

/// Why a sample or an estimate of it is not defined.
///
/// Rows and columns count from 0.
public enum EstimationError: Error, Equatable, CustomStringConvertible {
  /// A side has no columns.
  case noColumns(Side)
  /// A row is longer or shorter than the first of its side.
  case raggedRow(Side, row: Int, found: Int, expected: Int)
  /// Numbers that do not fill whole rows.
  case incompleteRow(Side, numbers: Int, columns: Int)
  /// x and y have not as many rows.
  case mismatchedRows(x: Int, y: Int)
  /// Fewer rows than an estimator or a sample needs.
  case tooFewRows(Int, needed: Int, by: String)
  /// A number is NaN or infinite.
  case notFinite(Side, row: Int, column: Int, value: String)
  /// The number of neighbours is not in 1 ..< n.
  case neighbours(Int, rows: Int)
  /// All numbers of a column are equal, so that a covariance is singular.
  case constantColumn(Side, column: Int)
  /// A column is a linear combination of the ones before it (x's columns come before y's), up to rounding.
  case dependentColumn(Side, column: Int)
  /// A side takes so many values that they are a measurement, where a class or a count is needed.
  case notDiscrete(Side, values: Int, rows: Int)
  /// An estimate that no mutual information of such variables can have, with the bound that it breaks, in nats.
  case outOfBounds(nats: Double, bound: Double, of: String)
  /// A parameter of an estimator is outside of its range.
  case invalidParameter(String)
  /// The computation has no finite result.
  case noFiniteEstimate(String)

  /// The rule that was broken, and what to do.
  public var description: String {
    switch self {
    case .noColumns(let side): "\(side.rawValue) has no columns; at least 1 is needed"
    case .raggedRow(let side, let row, let found, let expected):
      "row \(row) of \(side.rawValue) has \(found) numbers where row 0 has \(expected); all rows need as many"
    case .incompleteRow(let side, let numbers, let columns):
      "\(side.rawValue) has \(numbers) numbers, which do not fill rows of \(columns); complete the last row"
    case .mismatchedRows(let x, let y):
      "x has \(x) rows and y \(y); row i of x and row i of y are one observation, so there must be as many"
    case .tooFewRows(let rows, let needed, let by): "\(rows) rows; \(by) needs at least \(needed)"
    case .notFinite(let side, let row, let column, let value):
      "row \(row), column \(column) of \(side.rawValue) is \(value); remove the row or fill it with a finite number"
    case .neighbours(let k, let rows):
      "k is \(k); the number of neighbours must be at least 1 and less than the number of rows, \(rows)"
    case .constantColumn(let side, let column):
      "column \(column) of \(side.rawValue) is constant, so the sample covariance is singular; leave it out"
    case .dependentColumn(let side, let column):
      "column \(column) of \(side.rawValue) is a linear combination of the columns before it, so the sample covariance "
        + "is singular; leave it out"
    case .notDiscrete(let side, let values, let rows):
      "\(side.rawValue) takes \(values) values in \(rows) rows, which is a measurement and no class; at most half as many values as rows "
        + "can be classes: use an estimator for continuous variables"
    case .outOfBounds(let nats, let bound, let what):
      "the estimate \(shortDecimal(nats)) is impossible: \(what) is \(shortDecimal(bound)) nats"
    case .invalidParameter(let rule): rule
    case .noFiniteEstimate(let reason): reason
    }
  }
}

/// Three decimals, for messages.
func shortDecimal(_ value: Double) -> String { withMinus(String(format: "%.3f", value)) }
