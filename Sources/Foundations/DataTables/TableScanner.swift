// SPDX-License-Identifier: GPL-3.0-or-later
/// Finds records and fields in the bytes of a table (RFC 4180, and what else is written in the world).
///
/// Lines end with LF, CRLF or CR. A field that begins with a quote, blanks aside, ends with one, and in it a doubled quote, or R's `\"`,
/// stands for one; a quote elsewhere is a character as any other. Where blanks separate fields, any number of them does.
struct TableScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8

  /// Moves past the field that begins at `position`, to the separator or line end after it.
  func skipField(_ position: inout Int) throws(DataTableError) {
    skipBlanks(&position)
    if position < bytes.count, bytes[position] == .quote { return try skipQuoted(&position) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == .newline || byte == .carriageReturn { return }
      position += 1
    }
  }

  /// Moves past what separates two fields; whether there was something, so that another field follows.
  func skipSeparator(_ position: inout Int) -> Bool {
    guard position < bytes.count, bytes[position] == separator else { return false }
    guard separator == .space else {
      position += 1
      return true
    }
    while position < bytes.count, bytes[position] == .space { position += 1 }
    // Blanks at the end of a line separate nothing.
    return position < bytes.count && !isLineEnd(position)
  }

  func isLineEnd(_ position: Int) -> Bool { bytes[position] == .newline || bytes[position] == .carriageReturn }

  /// Moves past a line end.
  func skipLineEnd(_ position: inout Int) {
    if position < bytes.count, bytes[position] == .carriageReturn {
      position += 1
      if position < bytes.count, bytes[position] == .newline { position += 1 }
    } else if position < bytes.count, bytes[position] == .newline {
      position += 1
    }
  }

  /// Moves past a whole record and tells `visit` the number of each field and where it begins.
  ///
  /// - Returns: the number of fields.
  func skipRecord(_ position: inout Int, _ visit: (Int, Int) -> Void = { _, _ in }) throws(DataTableError) -> Int {
    var count = 0
    if separator == .space { while position < bytes.count, bytes[position] == .space { position += 1 } }
    repeat {
      visit(count, position)
      try skipField(&position)
      count += 1
    } while skipSeparator(&position)
    skipLineEnd(&position)
    return count
  }

  /// The content of the field at `position`: without blanks around, quotes and doubled quotes.
  func content(at start: Int) throws(DataTableError) -> FieldContent {
    var end = start
    try skipField(&end)
    var range = start..<end
    while let last = range.last, isBlank(bytes[last]) { range.removeLast() }
    while let first = range.first, isBlank(bytes[first]) { range.removeFirst() }
    guard range.count >= 2, bytes[range.lowerBound] == .quote else {
      return FieldContent(range: range, isQuoted: false)
    }
    return FieldContent(range: (range.lowerBound + 1)..<(range.upperBound - 1), isQuoted: true)
  }

  /// The number of the line that the byte at `position` is in, from 1.
  func line(at position: Int) -> Int {
    var line = 1
    for place in 0..<position {
      if bytes[place] == .newline
        || bytes[place] == .carriageReturn && !(place + 1 < bytes.count && bytes[place + 1] == .newline)
      {
        line += 1
      }
    }
    return line
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == .space || byte == .tab }

  private func skipBlanks(_ position: inout Int) {
    while position < bytes.count, isBlank(bytes[position]), bytes[position] != separator { position += 1 }
  }

  /// Whether the quote at `place`, after a backslash, stands for itself as R writes it: `\"`.
  ///
  /// It is the last one of its field, or half of a doubled one, where what follows says so.
  private func isEscaped(_ place: Int) -> Bool {
    func ends(_ place: Int) -> Bool { place >= bytes.count || bytes[place] == separator || isLineEnd(place) }
    if ends(place + 1) { return false }
    return bytes[place + 1] != .quote || ends(place + 2)
  }

  private func skipQuoted(_ position: inout Int) throws(DataTableError) {
    let start = position
    position += 1
    while true {
      guard position < bytes.count else { throw .unterminatedQuote(line: line(at: start)) }
      position += 1
      guard bytes[position - 1] == .quote else { continue }
      if position - 2 > start, bytes[position - 2] == .backslash, isEscaped(position - 1) { continue }
      guard position < bytes.count, bytes[position] == .quote else { break }
      position += 1
    }
    skipBlanks(&position)
    guard position == bytes.count || bytes[position] == separator || isLineEnd(position) else {
      throw .strayQuote(line: line(at: position))
    }
  }
}

/// Where the content of a field is.
struct FieldContent {
  let range: Range<Int>
  /// Whether it was in quotes, so that a doubled quote in it stands for one.
  let isQuoted: Bool
}

extension UInt8 {
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let bar = UInt8(ascii: "|")
  static let backslash = UInt8(ascii: "\\")
  static let quote = UInt8(ascii: "\"")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
