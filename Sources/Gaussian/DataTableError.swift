import ExactAlgebra

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
  /// A quote inside an unquoted field, or text after a closing quote.
  case strayQuote(line: Int)
  /// A header field without a name; positions count from 1.
  case unnamedColumn(position: Int)
  /// Two columns have one name.
  case duplicateColumn(String)
  /// A row with more or fewer fields than the header.
  case raggedRow(line: Int, found: Int, expected: Int)
  /// No column has this name.
  case missingColumn(String, available: [String])
  /// A column was asked for twice.
  case columnNamedTwice(String)
  /// A cell is empty.
  case emptyCell(line: Int, column: String)
  /// A cell is no number.
  case notANumber(line: Int, column: String, NumberError)
  /// A number beyond the range of double precision where it is needed in that.
  case outOfRange(line: Int, column: String, text: String)
  /// A number so far from most others of its column that double precision cannot tell these apart.
  case hidesOthers(line: Int, column: String, text: String)
  /// Not more rows than columns.
  case tooFewRows(rows: Int, columns: Int)
  /// All numbers of a column are equal.
  case constantColumn(String)

  /// Whether it is about a cell that says that its number is missing, which ``DataTable/droppingMissing(in:)`` leaves out.
  public var isMissingNumber: Bool {
    switch self {
    case .emptyCell: true
    case .notANumber(_, _, .notANumber(let text)): DataTable.missingWords.contains(text)
    default: false
    }
  }

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    // Names and cells may contain line ends; a message must not.
    message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\\n")
  }

  private var message: String {
    switch self {
    case .empty: "the file is empty; a header line with column names is needed"
    case .notText(let line): "line \(line): not valid UTF-8; save the file as UTF-8"
    case .unterminatedQuote(let line):
      "line \(line): a quote is opened and never closed; close it, or double it inside a quoted field"
    case .strayQuote(let line):
      "line \(line): a quote inside a field or text after it; quote the whole field and double the quotes in it"
    case .unnamedColumn(let position): "line 1: column \(position) has no name; give it one"
    case .duplicateColumn(let name): "line 1: two columns are called \"\(name)\"; rename one"
    case .raggedRow(let line, let found, let expected):
      "line \(line): \(found) fields where the header has \(expected); complete the row, or quote fields with commas"
    case .missingColumn(let name, let available):
      "no column \"\(name)\"; the columns are \(available.joined(separator: ", "))"
    case .columnNamedTwice(let name):
      "column \"\(name)\" is named twice; teacher, student and label must not share columns"
    case .emptyCell(let line, let column): "line \(line), column \"\(column)\": empty; remove the row or fill it"
    case .notANumber(let line, let column, let error): "line \(line), column \"\(column)\": \(error)"
    case .outOfRange(let line, let column, let text):
      "line \(line), column \"\(column)\": \(DataTableError.short(text)) is beyond the range of double "
        + "precision, ±1.8e308; give the column in other units"
    case .hidesOthers(let line, let column, let text):
      "line \(line), column \"\(column)\": \(DataTableError.short(text)) is so far from most numbers of the column that the "
        + "differences between these do not count; correct it, or leave its row out"
    case .tooFewRows(let rows, let columns):
      "\(rows) rows for \(columns) columns; at least \(max(1, columns) + 1) are needed, or the covariance is singular"
    case .constantColumn(let name):
      "column \"\(name)\" is constant; a variable that does not vary has no covariance, leave it out"
    }
  }

  private static func short(_ text: String) -> String { text.count > 40 ? text.prefix(37) + "…" : text }
}
