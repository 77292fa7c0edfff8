// SPDX-License-Identifier: GPL-3.0-or-later
/// Why tables and arrays do not make a data set.
public enum DatasetError: Error, Equatable, CustomStringConvertible {
  /// A modality has no rows or no features.
  case emptyModality(String)
  /// Not as many numbers as rows times features.
  case wrongCount(modality: String, expected: Int, found: Int)
  /// A feature's name is there twice in one modality.
  case duplicateFeature(modality: String, String)
  /// Two modalities have one name.
  case duplicateModality(String)
  /// NaN or an infinity; rows count from 1.
  case notFinite(modality: String, row: Int, feature: String, value: String)
  /// No modality has this name.
  case missingModality(String, available: [String])
  /// Modalities or labels with different numbers of rows.
  case unequalRows(first: String, rows: Int, second: String, otherRows: Int)
  /// No label at all, or an empty one; rows count from 1.
  case emptyLabel(row: Int)
  /// All rows are of one class.
  case oneClass(String, rows: Int)
  /// So many classes that they are a measurement.
  case tooManyClasses(Int, rows: Int)
  /// A class has no row in a part of the data.
  case classMissing(String, from: String)
  /// A key that joins tables is there twice; rows count from 1.
  case duplicateKey(String, table: String, row: Int)
  /// No key is in all tables.
  case noCommonKeys(tables: [String])

  /// The input, the rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .emptyModality(let name): "modality \"\(name)\" has no rows or no features; at least one of each is needed"
    case .wrongCount(let name, let expected, let found):
      "modality \"\(name)\" has \(found) numbers where rows times features are \(expected)"
    case .duplicateFeature(let name, let feature):
      "modality \"\(name)\": two features are called \"\(feature)\"; rename one"
    case .duplicateModality(let name): "two modalities are called \"\(name)\"; rename one"
    case .notFinite(let name, let row, let feature, let value):
      "modality \"\(name)\", row \(row), feature \"\(feature)\": \(value) is not finite; remove or replace it"
    case .missingModality(let name, let available):
      "no modality \"\(name)\"; the modalities are \(available.joined(separator: ", "))"
    case .unequalRows(let first, let rows, let second, let otherRows):
      "\(first) has \(rows) rows and \(second) \(otherRows); they must be of the same samples, in the same order"
    case .emptyLabel(let row): "row \(row): the label is empty; remove the row or fill it"
    case .oneClass(let name, let rows): "all \(rows) labels are \"\(name)\"; a classifier needs two classes or more"
    case .tooManyClasses(let classes, let rows):
      "the label takes \(classes) values in \(rows) rows, which is a measurement and no class; cut it into a few classes, or take it for the number that it is, as 'cch advise' does without --classes"
    case .classMissing(let name, let part):
      "no row of class \"\(name)\" is in \(part); take fewer folds, more rows, or leave the class out"
    case .duplicateKey(let key, let table, let row):
      "\(table), row \(row): key \"\(key)\" is there twice; one row a key is needed"
    case .noCommonKeys(let tables): "no key is in all of \(tables.joined(separator: ", ")); check how they are written"
    }
  }
}
