// SPDX-License-Identifier: GPL-3.0-or-later
/// Why rows cannot be classified, trained on or judged.
///
/// Rows, columns and classes count from 0.
public enum ClassificationError: Error, Equatable, CustomStringConvertible {
  /// Arrays that do not fit each other.
  case sizeMismatch(String)
  /// A number is NaN or infinite.
  case notFinite(row: Int, column: Int, value: String)
  /// A label is not one of the classes.
  case labelOutOfRange(row: Int, label: Int, classes: Int)
  /// Fewer than two classes occur, so that there is nothing to tell apart.
  case singleClass(Int, in: String)
  /// A class has no row where every class needs one.
  case missingClass(Int, in: String)
  /// Too few rows.
  case tooFewRows(Int, needed: Int, for: String)
  /// Training left every bound.
  case diverged(step: Int, learningRate: Double)
  /// A setting is outside of what it may be.
  case invalidSetting(name: String, value: String, rule: String)

  /// What is wrong, the rule, and what to do.
  public var description: String {
    switch self {
    case .sizeMismatch(let reason): reason
    case .notFinite(let row, let column, let value):
      "row \(row), column \(column) is \(value); remove the row or fill it with a finite number"
    case .labelOutOfRange(let row, let label, let classes):
      "row \(row) has the label \(label); labels must be 0 to \(classes - 1), for \(classes) classes"
    case .singleClass(let label, let place):
      "\(place): all rows are of class \(label); two classes or more are needed to tell apart"
    case .missingClass(let label, let place):
      "\(place): no row of class \(label); every class needs one there: take more rows, or leave the class out"
    case .tooFewRows(let rows, let needed, let purpose): "\(rows) rows; \(purpose) needs at least \(needed)"
    case .diverged(let step, let rate):
      "training diverged at step \(step): the learning rate \(rate) is too large here; take a smaller one"
    case .invalidSetting(let name, let value, let rule): "\(name) \(value): \(rule)"
    }
  }
}
