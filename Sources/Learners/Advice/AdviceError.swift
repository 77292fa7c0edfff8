// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

/// Why no advice can be given.
public enum AdviceError: Error, Equatable, CustomStringConvertible {
  /// A role names no column.
  case noColumns(role: String)
  /// A column has two roles.
  case columnInTwoRoles(String, first: String, second: String)
  /// A role names a column twice.
  case columnNamedTwice(String, role: String)
  /// More than one label.
  case severalLabels([String])
  /// Too few rows for the model and for what is computed from halves and folds.
  case tooFewRows(rows: Int, needed: Int)
  /// A column is a linear combination of columns before it, in the order student, teacher, label.
  case dependentColumn(String, role: String)
  /// The label does not depend on a modality at all in these data.
  case noInformation(String)
  /// Two candidate teachers see the same columns.
  case equalTeachers(first: Int, second: Int)
  /// The rows without a label cannot be used.
  case unlabelled(DataTableError)
  /// A setting is out of its range.
  case invalidSetting(name: String, value: String, rule: String)

  /// The input and the rule that it breaks, in one line.
  public var description: String {
    switch self {
    case .noColumns(let role): "--\(role) names no column; name some, separated by commas"
    case .columnInTwoRoles(let name, let first, let second):
      "column \"\(name)\" is in --\(first) and in --\(second); a column has one role"
    case .columnNamedTwice(let name, let role): "column \"\(name)\" is named twice in --\(role)"
    case .severalLabels(let names):
      "--label names \(names.count) columns (\(names.joined(separator: ", "))); advice is about one label at a time"
    case .tooFewRows(let rows, let needed):
      "\(rows) rows are too few; at least \(needed) are needed for so many columns: collect more rows, leave columns "
        + "out, or replace those of a modality by a few principal components"
    case .dependentColumn(let name, let role):
      "column \"\(name)\" of --\(role) is a linear combination of the columns before it (student, teacher, label); "
        + "leave one of them out"
    case .noInformation(let role):
      "the columns of --\(role) are uncorrelated with the label; no information is defined"
    case .equalTeachers(let first, let second):
      "teachers \(first) and \(second) see the same columns; name each candidate once"
    case .unlabelled(let error): "\(error)"
    case .invalidSetting(let name, let value, let rule): "\(name) \(value): \(rule)"
    }
  }
}
