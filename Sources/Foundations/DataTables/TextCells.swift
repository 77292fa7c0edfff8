// SPDX-License-Identifier: GPL-3.0-or-later
/// The cells of a table as they stand in its file: one copy of the bytes and where the fields begin.
///
/// Only every fourth field of a row is kept, so that this takes little beside the text; the others are found from there.
public struct TextCells: Sendable {
  /// The number of columns.
  public let columnCount: Int
  /// The number of rows below the header.
  public let rowCount: Int
  /// The names of the columns, "" where one has none.
  public let names: [String]
  let dialect: Dialect
  private let bytes: [UInt8]
  /// How many of the bytes count: line ends after the last row do not.
  private let size: Int
  /// Where every fourth field of every row begins.
  private let places: [Int]

  private static let step = 4
  private var placesPerRow: Int { (columnCount + TextCells.step - 1) / TextCells.step }

  /// Finds the fields of all rows.
  ///
  /// - Throws: ``DataTableError`` as ``DataTable/init(bytes:decimal:)``.
  public init(_ bytes: [UInt8]) throws(DataTableError) {
    // A field that contains line ends also has a closing quote after them: these here belong to none.
    size = (bytes.lastIndex { $0 != .newline && $0 != .carriageReturn } ?? -1) + 1
    let found = try TextCells.scan(bytes, size)
    (dialect, names, places) = (found.dialect, found.names, found.places)
    columnCount = names.count
    rowCount = places.count / ((names.count + TextCells.step - 1) / TextCells.step)
    self.bytes = bytes
  }

  private static func scan(
    _ bytes: [UInt8], _ size: Int
  ) throws(DataTableError) -> (dialect: Dialect, names: [String], places: [Int]) {
    try withBuffer(bytes, size) { buffer throws(DataTableError) in
      let dialect = try Dialect(of: buffer)
      let scanner = TableScanner(bytes: buffer, separator: dialect.separator)
      var position = dialect.start
      guard position < buffer.count else { throw .empty }
      var starts: [Int] = []
      _ = try scanner.skipRecord(&position) { starts.append($1) }
      var names = dialect.hasRowNames ? [""] : []
      // A name that is not UTF-8 cannot be asked for, so that it does no harm.
      for start in starts { names.append(text(of: try scanner.content(at: start), buffer, repairing: true) ?? "") }
      var places: [Int] = []
      while position < buffer.count {
        let start = position
        let count = try scanner.skipRecord(&position) { number, place in
          if number % step == 0, number < names.count { places.append(place) }
        }
        guard count == names.count else {
          throw .raggedRow(
            line: scanner.line(at: start), found: count, expected: names.count, separator: dialect.separatorName)
        }
      }
      return (dialect, names, places)
    }
  }

  /// The text of a cell without blanks around; rows and columns count from 0.
  ///
  /// - Throws: ``DataTableError/notText(line:)``.
  public func text(row: Int, column: Int) throws(DataTableError) -> String {
    try withContent(row, column) { content, scanner throws(DataTableError) in
      guard let text = TextCells.text(of: content, scanner.bytes) else {
        throw .notText(line: scanner.line(at: content.range.lowerBound))
      }
      return text
    }
  }

  /// The texts of a column, in all these rows.
  func texts(column: Int, rows: some Sequence<Int>) throws(DataTableError) -> [String] {
    var texts: [String] = []
    for row in rows { texts.append(try text(row: row, column: column)) }
    return texts
  }

  /// Whether a cell says that its number is missing.
  func isMissing(row: Int, column: Int) throws(DataTableError) -> Bool {
    try withContent(row, column) { content, scanner throws(DataTableError) in
      // No word for it is long.
      content.range.count <= 16
        && TextCells.text(of: content, scanner.bytes).map(MissingWord.isOne) ?? false
    }
  }

  /// The line that a row begins in.
  public func line(ofRow row: Int) -> Int {
    bytes.withUnsafeBufferPointer {
      TableScanner(bytes: $0, separator: dialect.separator).line(at: places[row * placesPerRow])
    }
  }

  /// Whether the text contains a comma that separates nothing.
  var mayHaveCommas: Bool { dialect.separator != .comma && bytes.contains(.comma) }

  private func withContent<Result>(
    _ row: Int, _ column: Int, _ read: (FieldContent, TableScanner) throws(DataTableError) -> Result
  ) throws(DataTableError) -> Result {
    try TextCells.withBuffer(bytes, size) { buffer throws(DataTableError) in
      let scanner = TableScanner(bytes: buffer, separator: dialect.separator)
      var position = places[row * placesPerRow + column / TextCells.step]
      for _ in 0..<(column % TextCells.step) {
        try scanner.skipField(&position)
        _ = scanner.skipSeparator(&position)
      }
      return try read(try scanner.content(at: position), scanner)
    }
  }

  private static func withBuffer<Result>(
    _ bytes: [UInt8], _ size: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(DataTableError) -> Result
  ) throws(DataTableError) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(DataTableError) in
      try body(UnsafeBufferPointer(rebasing: buffer[..<size]))
    }
  }

  private static func text(
    of content: FieldContent, _ bytes: UnsafeBufferPointer<UInt8>, repairing: Bool = false
  ) -> String? {
    var slice = UnsafeBufferPointer(rebasing: bytes[content.range])
    while let first = slice.first, first == .space || first == .tab { slice = .init(rebasing: slice.dropFirst()) }
    while let last = slice.last, last == .space || last == .tab { slice = .init(rebasing: slice.dropLast()) }
    // Most fields are ASCII, where nothing needs to be validated and the library's faster way does.
    let isASCII = slice.allSatisfy { $0 < 0x80 }
    guard
      var text = isASCII || repairing
        ? String(decoding: slice, as: UTF8.self) : String(validating: slice, as: UTF8.self)
    else { return nil }
    if content.isQuoted, slice.contains(.quote) { text = unescaped(text) }
    return isASCII ? text : text.trimmed
  }
}

/// The text of a quoted field: `""` and R's `\"` are a quote.
private func unescaped(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  var (result, place) = (String.UnicodeScalarView(), 0)
  while place < scalars.count {
    let next = place + 1 < scalars.count ? scalars[place + 1] : nil
    let isDoubled = scalars[place] == "\"" && next == "\""
    let isEscaped = scalars[place] == "\\" && next == "\"" && !(place + 2 < scalars.count && scalars[place + 2] == "\"")
    result.append(isEscaped ? "\"" : scalars[place])
    place += isDoubled || isEscaped ? 2 : 1
  }
  return String(result)
}

extension String {
  /// Without blanks around, those that do not break lines included.
  fileprivate var trimmed: String {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\u{A0}" }
    var rest = self[...].drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return String(rest)
  }
}

/// The words that programs write where a number is missing.
///
/// They are those that pandas takes by default, R's, Excel's (#N/A, #NV), SQL's (NULL, \N), Python's (None), and the signs ? and . of
/// older archives.
public enum MissingWord {
  private static let words: Set = [
    "", "na", "nan", "-nan", "n/a", "#n/a", "#n/a n/a", "#na", "#nv", "<na>", "null", "none", "nil", "\\n", ".", "?",
    "1.#ind",
    "-1.#ind", "1.#qnan", "-1.#qnan",
  ]

  /// Whether the text is one of them, capitals aside.
  public static func isOne(_ text: String) -> Bool {
    text.utf8.count <= 16 && (words.contains(text) || words.contains(text.lowercased()))
  }
}
