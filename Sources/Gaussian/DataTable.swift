import ExactAlgebra

/// A table of decimal numbers with named columns, read exactly from CSV; cells stay text until they are used.
///
/// So a column of names does not stand in the way, and an empty cell matters only in a column that is asked for. The
/// units are those of the file. Spaces and tabs around names and numbers do not count.
public struct DataTable: Sendable {
  /// The names of the columns, in order.
  public let columns: [String]
  private let records: [CSVRecord]

  /// Reads CSV (RFC 4180): a header line, then one row a sample.
  ///
  /// Fields may be quoted; lines end with LF or CRLF; a byte-order mark and empty lines at the end are skipped.
  ///
  /// - Throws: ``DataTableError`` where the bytes are not UTF-8, a quote is stray or not closed, a row has not as many
  ///   fields as the header, or a column has no name or one that is taken.
  public init(bytes: some Sequence<UInt8>) throws(DataTableError) {
    var bytes = Array(bytes)
    // A field that contains line ends also has a closing quote after them: these here belong to none.
    while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
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

  /// Reads CSV from a text.
  ///
  /// - Throws: ``DataTableError`` as ``init(bytes:)``.
  public init(csv text: String) throws(DataTableError) { try self.init(bytes: text.utf8) }

  /// The number of samples.
  public var rowCount: Int { records.count }

  /// The numbers of one column, exactly as their decimals say.
  ///
  /// - Throws: ``DataTableError`` where there is no such column, or a cell of it is empty or no number.
  public func numbers(in column: String) throws(DataTableError) -> [Rational] {
    let cells = try texts(in: column)
    var numbers: [Rational] = []
    for (cell, record) in zip(cells, records) {
      do { numbers.append(try Rational(parsing: cell)) } catch {
        throw .notANumber(line: record.line, column: column, error)
      }
    }
    return numbers
  }

  /// The numbers of one column, each to the nearest Double.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; ``DataTableError/outOfRange(line:column:text:)`` for one too large.
  public func doubles(in column: String) throws(DataTableError) -> [Double] {
    var doubles: [Double] = []
    doubles.reserveCapacity(rowCount)
    for cell in try texts(in: column) {
      guard let decimal = Decimal(cell), let double = decimal.double ?? Double(cell), double.isFinite else {
        return try wideDoubles(in: column)
      }
      doubles.append(double)
    }
    return doubles
  }

  /// The same for numbers that are not plain decimals.
  private func wideDoubles(in column: String) throws(DataTableError) -> [Double] {
    let doubles = try numbers(in: column).map(\.asDouble)
    if let row = doubles.firstIndex(where: { !$0.isFinite }) {
      throw .outOfRange(line: records[row].line, column: column, text: try texts(in: column)[row])
    }
    return doubles
  }

  /// Where a row, counted from 0, begins in the file.
  func line(ofRow row: Int) -> Int { records[row].line }

  /// The texts of one column, such as names of classes, without spaces and tabs around; none of them empty.
  ///
  /// - Throws: ``DataTableError`` where there is no such column or a cell is empty.
  public func texts(in column: String) throws(DataTableError) -> [String] {
    guard let position = columns.firstIndex(of: column) else { throw .missingColumn(column, available: columns) }
    var cells: [String] = []
    cells.reserveCapacity(records.count)
    for record in records {
      let cell = record.fields[position].trimmed
      guard !cell.isEmpty else { throw .emptyCell(line: record.line, column: column) }
      cells.append(cell)
    }
    return cells
  }

  /// The table without the rows that hold no number in one of the named columns, and how many these were.
  ///
  /// Nothing, NA, NaN, nan, N/A, null and ? say that a number is missing; anything else that is no number stays an error.
  ///
  /// - Throws: ``DataTableError/missingColumn(_:available:)``.
  public func droppingMissing(in names: [String]) throws(DataTableError) -> (table: DataTable, dropped: Int) {
    var positions: [Int] = []
    for name in names {
      guard let position = columns.firstIndex(of: name) else { throw .missingColumn(name, available: columns) }
      positions.append(position)
    }
    let kept = records.filter { record in
      !positions.contains { DataTable.missingWords.contains(record.fields[$0].trimmed) }
    }
    return (DataTable(columns: columns, records: kept), records.count - kept.count)
  }

  /// What a cell holds that says that its number is missing.
  static let missingWords: Set = ["", "NA", "NaN", "nan", "N/A", "null", "?"]

  private init(columns: [String], records: [CSVRecord]) { (self.columns, self.records) = (columns, records) }

  /// The exact sample covariance of the named columns, in this order: centred, with denominator rows − 1.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; where a column is named twice or constant; where there are not
  ///   more rows than columns (and more than one), so that the covariance would be singular.
  public func covariance(of names: [String]) throws(DataTableError) -> RationalMatrix {
    for (position, name) in names.enumerated() where names[..<position].contains(name) { throw .columnNamedTwice(name) }
    var short: [DecimalColumn] = []
    var data: [[Rational]] = []
    for name in names {
      let cells = try texts(in: name)
      if let column = DecimalColumn(cells) { short.append(column) } else { data.append(try numbers(in: name)) }
    }
    guard rowCount > max(1, names.count) else { throw .tooFewRows(rows: rowCount, columns: names.count) }
    if data.isEmpty { return try covariance(of: short, names) }
    data = []
    for name in names { data.append(try numbers(in: name)) }
    for (name, column) in zip(names, data) where column.allSatisfy({ $0 == column[0] }) { throw .constantColumn(name) }
    // Σ = (XXᵀ − s·sᵀ/n)/(n−1), s the sums of the columns: centring first would give every entry the denominator n.
    let x = RationalMatrix(rows: names.count, columns: rowCount) { data[$0][$1] }
    let sums = x * RationalMatrix(rows: rowCount, columns: 1) { _, _ in 1 }
    let n = Rational(rowCount)
    return (1 / (n - 1)) * (x * x.transposed - (1 / n) * (sums * sums.transposed))
  }

  /// The same in whole numbers.
  private func covariance(of data: [DecimalColumn], _ names: [String]) throws(DataTableError) -> RationalMatrix {
    for (name, column) in zip(names, data) where column.isConstant { throw .constantColumn(name) }
    let (n, sums) = (Rational(rowCount), data.map(\.sum))
    var lower: [[Rational]] = []
    for i in data.indices {
      lower.append(
        (0...i).map { j in
          let scale = Rational.powerOfTen(-data[i].places - data[j].places) / (n * (n - 1))
          return scale * (n * data[i].dot(data[j]) - sums[i] * sums[j])
        })
    }
    return RationalMatrix(rows: data.count, columns: data.count) { lower[max($0, $1)][min($0, $1)] }
  }
}

extension String {
  /// Without spaces and tabs around.
  fileprivate var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    let ends = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    if !ends.contains(first), !ends.contains(last) { return self }
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = self[...].drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return String(rest)
  }
}
