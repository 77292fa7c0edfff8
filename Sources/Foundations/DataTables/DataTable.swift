// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// A table of decimal numbers with named columns, read exactly; cells stay as they are written until they are used.
///
/// So a column of names does not stand in the way, and an empty cell, a column without a name or two of one name matter only
/// where they are asked for. The units are those of the file. Blanks around names and numbers do not count.
public struct DataTable: Sendable {
  /// The names of the columns, in order; "" where one has none.
  public let columns: [String]
  /// The number of samples.
  public let rowCount: Int
  /// Where the columns are from: one file, or several beside each other.
  let parts: [Part]
  /// The place of every name among ``columns``, and the names that are there twice.
  private let places: [String: Int]
  /// The means that stand for missing numbers, by column.
  let means: [String: Rational]
  private let repeated: Set<String>

  /// Columns of one file, with the rows of it that make this table.
  struct Part {
    let cells: Cells
    let name: String?
    /// Nil for all in order.
    let rows: [Int]?
    /// The mark of decimals that is said, or else that the file shows.
    let said: DecimalMark?
    let shown: DecimalMark
  }

  enum Cells {
    case text(TextCells)
    case numbers(any NumberRows)

    var columnCount: Int {
      switch self {
      case .text(let cells): cells.columnCount
      case .numbers(let rows): rows.columnCount
      }
    }
  }

  /// Reads a table of text: a header line, then one row a sample.
  ///
  /// Fields are separated by commas, semicolons, tabs, bars or blanks, which the first rows tell or a line `sep=;` before the
  /// header. They may be quoted (RFC 4180); lines end with LF, CRLF or CR; a byte-order mark and empty lines at the end are
  /// skipped. Where every row has one field more than the header, as R writes it, the first column has the rows' names.
  /// Decimals stand after a point or, where commas do not separate, after a comma: a column tells which by its numbers.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - decimal: what stands before decimals; nil where the numbers tell.
  /// - Throws: ``DataTableError`` where a quote is stray or not closed, or a row has not as many fields as the header.
  public init(bytes: some Sequence<UInt8>, decimal: DecimalMark? = nil) throws(DataTableError) {
    let cells = try TextCells(Array(bytes))
    let shown: DecimalMark
    if let decimal { shown = decimal } else { shown = try DataTable.shownMark(cells) }
    self.init(
      [Part(cells: .text(cells), name: nil, rows: nil, said: decimal, shown: shown)], columns: cells.names,
      rowCount: cells.rowCount)
  }

  /// Reads a table from a text.
  ///
  /// - Throws: ``DataTableError`` as ``init(bytes:decimal:)``.
  public init(csv text: String) throws(DataTableError) { try self.init(bytes: text.utf8) }

  /// A table of numbers that are no text, such as those of an array file, with a name for every column.
  public init(columns: [String], numbers: any NumberRows) {
    precondition(columns.count == numbers.columnCount)
    self.init(
      [Part(cells: .numbers(numbers), name: nil, rows: nil, said: nil, shown: .point)], columns: columns,
      rowCount: numbers.rowCount)
  }

  init(_ parts: [Part], columns: [String], rowCount: Int, means: [String: Rational] = [:]) {
    var (places, repeated) = ([String: Int](minimumCapacity: columns.count), Set<String>())
    for (place, name) in columns.enumerated() where !name.isEmpty {
      if places.updateValue(place, forKey: name) != nil { repeated.insert(name) }
    }
    (self.parts, self.columns, self.rowCount, self.means) = (parts, columns, rowCount, means)
    (self.places, self.repeated) = (places, repeated)
  }

  /// Whether a column shows that the file has decimal commas.
  private static func shownMark(_ cells: TextCells) throws(DataTableError) -> DecimalMark {
    guard cells.mayHaveCommas else { return .point }
    for column in 0..<cells.columnCount {
      var style = NumberStyle()
      for row in 0..<cells.rowCount where style.isNumeric {
        // What is not UTF-8 is no number; it matters where it is asked for.
        style.add((try? cells.text(row: row, column: column)) ?? "?!", row: row)
      }
      if style.isNumeric, style.comma != nil, style.point == nil { return .comma }
    }
    return .point
  }

  /// What was found of how the file is written, as "separator ';', decimal comma"; nil for plain CSV.
  public var spelling: String? {
    guard case .text(let cells)? = parts.first?.cells, parts.count == 1 else { return nil }
    var found: [String] = []
    if cells.dialect.separator != .comma { found.append("separator \(cells.dialect.separatorName)") }
    if parts[0].said ?? parts[0].shown == .comma { found.append("decimal comma") }
    if cells.dialect.hasRowNames { found.append("names of the rows before the first column") }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }

  // MARK: Columns

  /// The numbers of one column, exactly as their decimals say.
  ///
  /// - Throws: ``DataTableError`` where there is no such column, or a cell of it is empty or no number.
  public func numbers(in column: String) throws(DataTableError) -> [Rational] {
    var numbers: [Rational] = []
    for (row, cell) in try decimals(in: column).enumerated() {
      do { numbers.append(try Rational(parsing: cell)) } catch {
        throw .notANumber(place(ofRow: row, column), column: column, error)
      }
    }
    return numbers
  }

  /// The numbers of one column, each to the nearest Double.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; ``DataTableError/outOfRange(_:column:_:)`` for one too large.
  public func doubles(in column: String) throws(DataTableError) -> [Double] {
    if let stored = try storedDoubles(in: column) { return stored }
    var doubles: [Double] = []
    doubles.reserveCapacity(rowCount)
    for cell in try decimals(in: column) {
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
      throw .outOfRange(place(ofRow: row, column), column: column, try decimals(in: column)[row])
    }
    return doubles
  }

  /// The column as an array of Doubles has it; nil where it is of another kind, or a number is not finite.
  private func storedDoubles(in column: String) throws(DataTableError) -> [Double]? {
    let (part, number) = try find(column)
    guard case .numbers(let numbers) = part.cells else { return nil }
    var doubles: [Double] = []
    for row in 0..<rowCount {
      guard case .double(let value) = numbers.number(row: part.rows?[row] ?? row, column: number), value.isFinite else {
        return nil
      }
      doubles.append(value)
    }
    return doubles
  }

  /// Whether there is a column of this name.
  public func has(_ name: String) -> Bool { places[name] != nil }

  /// The texts of one column, such as names of classes, without blanks around; none of them empty.
  ///
  /// - Throws: ``DataTableError`` where there is no such column or a cell is empty.
  public func texts(in column: String) throws(DataTableError) -> [String] {
    let texts = try cells(in: column)
    if let empty = texts.firstIndex(of: "") { throw .emptyCell(place(ofRow: empty, column), column: column) }
    return texts
  }

  /// The classes that a column names, row by row.
  ///
  /// - Throws: ``DataTableError``, also where a cell says that there is none, as an empty one does, or NA.
  public func classes(in column: String) throws(DataTableError) -> [String] {
    let texts = try texts(in: column)
    if let row = texts.firstIndex(where: MissingWord.isOne) {
      throw .missingClass(place(ofRow: row, column), column: column, texts[row])
    }
    return texts
  }

  /// The cells of a column as they are, also where they are empty.
  package func cells(in column: String) throws(DataTableError) -> [String] {
    let (part, number) = try find(column)
    switch part.cells {
    case .text(let cells):
      var texts = try cells.texts(column: number, rows: part.rows ?? Array(0..<rowCount))
      if let mean = means[column]?.description {
        for row in texts.indices where MissingWord.isOne(texts[row]) { texts[row] = mean }
      }
      return texts
    case .numbers(let numbers):
      return (part.rows ?? Array(0..<rowCount)).map {
        let stored = numbers.number(row: $0, column: number)
        return stored.isNaN ? means[column]?.description ?? "nan" : stored.description
      }
    }
  }

  /// The cells of a column that is to hold numbers, with decimal points.
  func decimals(in column: String) throws(DataTableError) -> [String] {
    let texts = try texts(in: column)
    let part = try find(column).part
    guard case .text(let cells) = part.cells, part.said != nil || cells.dialect.separator != .comma else {
      return texts
    }
    if try mark(of: texts, in: part, column) == .point { return texts }
    return texts.map { $0.contains(",") ? $0.replacing(",", with: ".", maxReplacements: 1) : $0 }
  }

  private func mark(of texts: [String], in part: Part, _ column: String) throws(DataTableError) -> DecimalMark {
    var style = NumberStyle()
    for (row, text) in texts.enumerated() { style.add(text, row: row) }
    if let said = part.said {
      guard said == .comma, let row = texts.firstIndex(where: { $0.contains(".") && !MissingWord.isOne($0) }) else {
        return said
      }
      throw .unclearNumber(
        place(ofRow: row, column), column: column, texts[row], reason: "--decimal comma is said, and it has a point")
    }
    switch style.mark(file: part.shown) {
    case .success(let mark): return mark
    case .failure(let doubt):
      throw .unclearNumber(place(ofRow: doubt.row, column), column: column, texts[doubt.row], reason: doubt.reason)
    }
  }

  /// The part that a column is in, and its number there.
  func find(_ name: String) throws(DataTableError) -> (part: Part, column: Int) {
    guard var number = places[name] else {
      let named = columns.filter { !$0.isEmpty }
      let files = parts.count > 1 ? parts.compactMap(\.name).filter { places["\($0):\(name)"] != nil } : []
      throw files.isEmpty ? .missingColumn(name, available: named) : .duplicateColumn(name, files: files)
    }
    if repeated.contains(name) { throw .duplicateColumn(name) }
    for part in parts {
      if number < part.cells.columnCount { return (part, number) }
      number -= part.cells.columnCount
    }
    throw .missingColumn(name, available: [])
  }

  /// A name that one column has.
  ///
  /// - Throws: ``DataTableError`` where none has it, or two have.
  func required(_ name: String) throws(DataTableError) -> String {
    _ = try find(name)
    return name
  }

  /// Where a row is in the file that its column is from.
  func place(ofRow row: Int, _ column: String) -> DataPlace {
    guard let part = try? find(column).part else { return .row(row + 1) }
    let own = part.rows?[row] ?? row
    if case .text(let cells) = part.cells { return .line(cells.line(ofRow: own)) }
    return .row(own + 1)
  }

  /// The file that a column is from, where several are joined.
  public func file(of column: String) -> String? { (try? find(column))?.part.name }

  /// The exact sample covariance of the named columns, in this order: centred, with denominator rows − 1.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; where a column is named twice or constant; where there are not
  ///   more rows than columns (and more than one), so that the covariance would be singular.
  public func covariance(of names: [String]) throws(DataTableError) -> RationalMatrix {
    for (position, name) in names.enumerated() where names[..<position].contains(name) { throw .columnNamedTwice(name) }
    // Columns of few digits in whole numbers; where one has many, all are taken as fractions.
    var short: [DecimalColumn] = []
    var long: [String: [Rational]] = [:]
    for name in names {
      if let column = DecimalColumn(try decimals(in: name)) {
        short.append(column)
      } else {
        long[name] = try numbers(in: name)
      }
    }
    guard rowCount > max(1, names.count) else { throw .tooFewRows(rows: rowCount, columns: names.count) }
    if long.isEmpty { return try covariance(of: short, names) }
    var data: [[Rational]] = []
    for name in names {
      if let numbers = long[name] { data.append(numbers) } else { data.append(try numbers(in: name)) }
    }
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
