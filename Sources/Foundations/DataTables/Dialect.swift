// SPDX-License-Identifier: GPL-3.0-or-later
/// How a table is written: what separates its fields, where it begins, and whether its rows have names.
struct Dialect: Equatable {
  /// The byte between two fields: a comma, semicolon, tab, bar or blanks.
  var separator = UInt8.comma
  /// Where the header begins: after a byte-order mark and a line `sep=;`.
  var start = 0
  /// Whether every row has one field more than the header: R's names of the rows, in a column without a name.
  var hasRowNames = false

  /// The most rows that are looked at.
  private static let sample = 64

  /// Finds out from the first rows how a table is written.
  ///
  /// A separator fits where every row has as many fields as the header, two or more. Of several that fit the first of tab,
  /// semicolon, comma, bar and blanks counts, since the later ones occur in names and numbers. Where none fits, the one that the
  /// header has most of is taken, so that an error names the row that breaks the rule.
  init(of bytes: UnsafeBufferPointer<UInt8>) throws(DataTableError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if let (declared, end) = Dialect.declaration(bytes, from: start) {
      (separator, start) = (declared, end)
      hasRowNames = try Shape(bytes, separator, start)?.rowsHaveNames ?? false
      return
    }
    var most = 1
    for candidate in [UInt8.tab, .semicolon, .comma, .bar, .space] {
      if candidate == .space, most > 1 { break }
      // Quotes may end at the wrong place where the separator is the wrong one.
      guard let shape = try? Shape(bytes, candidate, start) else { continue }
      if shape.fits || shape.rowsHaveNames {
        (separator, hasRowNames) = (candidate, shape.rowsHaveNames)
        return
      }
      if shape.header > most, candidate != .space, candidate != .bar || most == 1 {
        (separator, most) = (candidate, shape.header)
      }
    }
  }

  /// The separator that the first line declares for spreadsheets, as `sep=;`, and where the next line begins.
  private static func declaration(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (UInt8, Int)? {
    let scanner = TableScanner(bytes: bytes, separator: .newline)
    var end = start
    while end < bytes.count, end < start + 16, !scanner.isLineEnd(end) { end += 1 }
    var line = Array(bytes[start..<end])
    if line.count == 7, line.first == .quote, line.last == .quote { line = Array(line[1..<6]) }
    guard line.count == 5, String(decoding: line[..<4], as: UTF8.self).lowercased() == "sep=",
      [.comma, .semicolon, .tab, .bar, .space].contains(line[4])
    else { return nil }
    scanner.skipLineEnd(&end)
    return (line[4], end)
  }

  /// The separator in words.
  var separatorName: String {
    switch separator {
    case .tab: "tab"
    case .space: "blanks"
    default: "'\(Character(UnicodeScalar(separator)))'"
    }
  }
}

/// How many fields the header and the first rows have under a separator.
private struct Shape {
  let header: Int
  let rows: [Int]
  /// What tells R's names of the rows from a row that is too long.
  private let namesAreQuoted, namesCount, lastIsEmpty: Bool

  /// Nil where there is no header.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ start: Int) throws(DataTableError) {
    let scanner = TableScanner(bytes: bytes, separator: separator)
    var position = start
    guard position < bytes.count else { return nil }
    header = try scanner.skipRecord(&position)
    var rows: [Int] = []
    var (areQuoted, areNumbered, areEmpty) = (true, true, true)
    while position < bytes.count, rows.count < 64 {
      let first = try scanner.content(at: position)
      var last = position
      rows.append(try scanner.skipRecord(&position) { last = $1 })
      areQuoted = areQuoted && first.isQuoted
      areNumbered = areNumbered && bytes[first.range].elementsEqual("\(rows.count)".utf8)
      areEmpty = try scanner.content(at: last).range.isEmpty && areEmpty
    }
    self.rows = rows
    (namesAreQuoted, namesCount, lastIsEmpty) = (areQuoted, areNumbered && rows.count > 1 && header > 1, areEmpty)
  }

  var fits: Bool { header > 1 && rows.allSatisfy { $0 == header } }

  /// R's `write.table` writes names of rows, in quotes or 1, 2, 3 …, and none for their column.
  var rowsHaveNames: Bool {
    !rows.isEmpty && rows.allSatisfy { $0 == header + 1 } && !lastIsEmpty && (namesAreQuoted || namesCount)
  }
}
