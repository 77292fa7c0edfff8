// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// Where a sample is in its file, from 1: the line that it begins in, the header's being the first, or the row of an array.
public enum DataPlace: Sendable, Equatable, CustomStringConvertible {
  case line(Int)
  case row(Int)

  /// "line 3".
  public var description: String {
    switch self {
    case .line(let line): "line \(line)"
    case .row(let row): "row \(row)"
    }
  }
}

/// Why a text is not a table, or a column not a variable.
///
/// Lines are those of the file, from 1, the header's; a row with line ends in quoted fields counts where it begins.
public enum DataTableError: Error, Equatable, CustomStringConvertible {
  /// Not even a header line.
  case empty
  /// The bytes of a field that begins in this line are not valid UTF-8.
  case notText(line: Int)
  /// A quoted field that begins in this line is not closed.
  case unterminatedQuote(line: Int)
  /// Text after a closing quote.
  case strayQuote(line: Int)
  /// A column was asked for that two have the name of; the files that have it, where it is in several.
  case duplicateColumn(String, files: [String] = [])
  /// A row with more or fewer fields than the header, and what was taken to separate them.
  case raggedRow(line: Int, found: Int, expected: Int, separator: String = "','")
  /// No column has this name.
  case missingColumn(String, available: [String])
  /// No column has a name of this pattern.
  case noMatch(pattern: String, available: [String])
  /// A list of columns that cannot be read.
  case malformedList(String, rule: String)
  /// A column was asked for twice.
  case columnNamedTwice(String)
  /// A cell is empty.
  case emptyCell(DataPlace, column: String)
  /// A cell says that it names no class.
  case missingClass(DataPlace, column: String, String)
  /// Every number of a column is missing.
  case nothingObserved(column: String)
  /// A cell is no number.
  case notANumber(DataPlace, column: String, NumberError)
  /// A cell may be two numbers.
  case unclearNumber(DataPlace, column: String, String, reason: String)
  /// A number beyond the range of double precision where it is needed in that.
  case outOfRange(DataPlace, column: String, String)
  /// A number so far from most others of its column that double precision cannot tell these apart.
  case hidesOthers(DataPlace, column: String, String)
  /// Not more rows than columns.
  case tooFewRows(rows: Int, columns: Int)
  /// All numbers of a column are equal.
  case constantColumn(String)
  /// Files of different numbers of rows.
  case unequalRows(first: String, rows: Int, second: String, otherRows: Int)
  /// A key is there twice in one file.
  case duplicateKey(DataPlace, column: String, String)
  /// No key is in all files.
  case noCommonKeys(String, files: [String])
  /// An error in one of several files.
  case inFile(String, String)

  /// Whether it is about a cell that says that its number is missing, which ``DataTable/droppingMissing(in:)`` leaves out.
  public var isMissingNumber: Bool {
    switch self {
    case .emptyCell, .missingClass: true
    case .notANumber(_, _, .notANumber(let text)): MissingWord.isOne(text)
    default: false
    }
  }

  /// The column that it is about, where it is about a cell or a whole column.
  public var column: String? {
    switch self {
    case .emptyCell(_, let name), .missingClass(_, let name, _), .notANumber(_, let name, _),
      .unclearNumber(_, let name, _, _),
      .outOfRange(_, let name, _), .hidesOthers(_, let name, _), .constantColumn(let name), .nothingObserved(let name):
      name
    default: nil
    }
  }

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String { printableText(message, limit: 480) }

  private var message: String {
    switch self {
    case .empty: "the file is empty; a header line with column names is needed"
    case .notText(let line): "line \(line): not valid UTF-8; save the file as UTF-8"
    case .unterminatedQuote(let line):
      "line \(line): a quote is opened and never closed; close it, or double it inside a quoted field"
    case .strayQuote(let line):
      "line \(line): text after a closing quote; quote the whole field and double the quotes in it"
    case .duplicateColumn(let name, let files):
      files.count > 1
        ? "column \(quoted(name)) is in \(listed(files)); name the file too, as \(quoted("\(files[0]):\(name)"))"
        : "two columns are called \(quoted(name)); rename one"
    case .raggedRow(let line, let found, let expected, let separator):
      "line \(line): \(found) fields where the header has \(expected), separated by \(separator); complete the row, or quote "
        + "fields that contain \(separator)"
    case .missingColumn(let name, let available):
      "no column \(quoted(name))"
        + (nearestName(to: name, among: available).map { " (did you mean \(quoted($0))?)" } ?? "")
        + "; the columns are \(listed(available))"
    case .noMatch(let pattern, let available):
      "no column is called as \(quoted(pattern)); the columns are \(listed(available))"
    case .malformedList(let list, let rule): "the list of columns \(quoted(list)): \(rule)"
    case .columnNamedTwice(let name):
      "column \(quoted(name)) is named twice; teacher, student and label must not share columns"
    case .emptyCell(let place, let column): "\(place), column \(quoted(column)): empty; remove the row or fill it"
    case .missingClass(let place, let column, let text):
      "\(place), column \(quoted(column)): \(quoted(text)) says that there is no class; a class needs another name"
    case .nothingObserved(let column): "column \(quoted(column)): every number is missing; leave the column out"
    case .notANumber(let place, let column, let error): "\(place), column \(quoted(column)): \(error)"
    case .unclearNumber(let place, let column, let cell, let reason):
      "\(place), column \(quoted(column)): \(quoted(cell, atMost: 40)): \(reason)"
    case .outOfRange(let place, let column, let cell):
      "\(place), column \(quoted(column)): \(quoted(cell, atMost: 40)) is beyond the range of double precision, ±1.8e308; "
        + "give the column in other units"
    case .hidesOthers(let place, let column, let cell):
      "\(place), column \(quoted(column)): \(quoted(cell, atMost: 40)) is so far from most numbers of the column that the "
        + "differences between these do not count; correct it, or leave its row out"
    case .tooFewRows(let rows, let columns):
      "\(rows) rows for \(columns) columns; at least \(max(1, columns) + 1) are needed, or the covariance is singular"
    case .constantColumn(let name):
      "column \(quoted(name)) is constant; a variable that does not vary has no covariance, leave it out"
    case .unequalRows(let first, let rows, let second, let otherRows):
      "\(quoted(first)) has \(rows) rows and \(quoted(second)) \(otherRows); files are joined row by row, or by a column "
        + "that all have with --key"
    case .duplicateKey(let place, let column, let key):
      "\(place), column \(quoted(column)): the key \(quoted(key)) is there twice; one row a key is needed"
    case .noCommonKeys(let column, let files):
      "no key of column \(quoted(column)) is in all of \(listed(files)); check how they are written"
    case .inFile(let file, let message): "\(file): \(message)"
    }
  }
}
