import ExactAlgebra

/// A table of decimal numbers with named columns, read exactly from CSV; cells stay text until they are used.
public struct DataTable: Sendable {
  /// The names of the columns, in order.
  public let columns: [String]
  private let records: [CSVRecord]

  /// Reads CSV (RFC 4180): a header line, then one row a sample; quoted fields, CRLF or LF, a byte-order mark allowed.
  ///
  /// - Throws: ``DataTableError`` where a quote is not closed, a row is ragged, or a column has no name or one that is taken.
  public init(bytes: some Sequence<UInt8>) throws(DataTableError) {
    let all = try CSVReader(bytes).records()
    guard let header = all.first else { throw .empty }
    columns = header.fields.map(\.trimmed)
    for (position, name) in columns.enumerated() {
      if name.isEmpty { throw .unnamedColumn(position: position + 1) }
      if columns[..<position].contains(name) { throw .duplicateColumn(name) }
    }
    records = Array(all.dropFirst())
    if let ragged = records.first(where: { [columns] in $0.fields.count != columns.count }) {
      throw .raggedRow(line: ragged.line, found: ragged.fields.count, expected: columns.count)
    }
  }

  /// The number of samples.
  public var rowCount: Int { records.count }

  /// The numbers of one column, exactly as their decimals say.
  ///
  /// - Throws: ``DataTableError`` where there is no such column, or a cell of it is empty or no number.
  public func numbers(in column: String) throws(DataTableError) -> [Rational] {
    guard let position = columns.firstIndex(of: column) else { throw .missingColumn(column, available: columns) }
    var numbers: [Rational] = []
    for record in records {
      let cell = record.fields[position].trimmed
      guard !cell.isEmpty else { throw .emptyCell(line: record.line, column: column) }
      do { numbers.append(try Rational(parsing: cell)) } catch {
        throw .notANumber(line: record.line, column: column, error)
      }
    }
    return numbers
  }

  /// The exact sample covariance of the named columns, in this order: centred, with denominator rows − 1.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; where a column is named twice or constant; where there are not more
  ///   rows than columns, so that the covariance would be singular.
  public func covariance(of names: [String]) throws(DataTableError) -> RationalMatrix {
    var data: [[Rational]] = []
    for (position, name) in names.enumerated() {
      if names[..<position].contains(name) { throw .columnNamedTwice(name) }
      data.append(try numbers(in: name))
    }
    guard rowCount > names.count else { throw .tooFewRows(rows: rowCount, columns: names.count) }
    for (name, column) in zip(names, data) where column.allSatisfy({ $0 == column[0] }) { throw .constantColumn(name) }
    let x = RationalMatrix(rows: names.count, columns: rowCount) { data[$0][$1] }
    let sums = x * RationalMatrix(rows: rowCount, columns: 1) { _, _ in 1 }
    let n = Rational(rowCount)
    return (1 / (n - 1)) * (x * x.transposed - (1 / n) * (sums * sums.transposed))
  }
}

/// Why a text is not a table, or a column not a variable. Lines count from 1, the header's.
public enum DataTableError: Error, Equatable, CustomStringConvertible {
  /// Not even a header line.
  case empty
  /// The bytes of a line are not valid UTF-8.
  case notText(line: Int)
  /// A quoted field that starts in this line is not closed.
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
  /// Not more rows than columns.
  case tooFewRows(rows: Int, columns: Int)
  /// All numbers of a column are equal.
  case constantColumn(String)

  /// The place, the rule that it breaks, and what to do.
  public var description: String {
    switch self {
    case .empty: "the file is empty; a header line with column names is needed"
    case .notText(let line): "line \(line): not valid UTF-8; save the file as UTF-8"
    case .unterminatedQuote(let line): "line \(line): a quote is opened and never closed"
    case .strayQuote(let line): "line \(line): a quote inside a field; quote the whole field and double the quote"
    case .unnamedColumn(let position): "line 1: column \(position) has no name"
    case .duplicateColumn(let name): "line 1: two columns are called \"\(name)\"; rename one"
    case .raggedRow(let line, let found, let expected):
      "line \(line): \(found) fields where the header has \(expected)"
    case .missingColumn(let name, let available):
      "no column \"\(name)\"; the columns are \(available.joined(separator: ", "))"
    case .columnNamedTwice(let name):
      "column \"\(name)\" is named twice; teacher, student and label must not share columns"
    case .emptyCell(let line, let column): "line \(line), column \"\(column)\": empty; remove the row or fill it"
    case .notANumber(let line, let column, let error): "line \(line), column \"\(column)\": \(error)"
    case .tooFewRows(let rows, let columns):
      "\(rows) rows for \(columns) columns; at least \(columns + 1) are needed, or the sample covariance is singular"
    case .constantColumn(let name): "column \"\(name)\" is constant; a variable that does not vary has no covariance"
    }
  }
}

extension String {
  /// Without spaces and tabs around.
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = self[...].drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return String(rest)
  }
}
