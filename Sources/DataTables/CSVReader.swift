/// One line of a CSV file: its fields, and where it starts.
struct CSVRecord: Sendable {
  let line: Int
  let fields: [String]
}

/// Splits CSV into records (RFC 4180).
struct CSVReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    if self.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// All records; an empty last line is none.
  consuming func records() throws(DataTableError) -> [CSVRecord] {
    var records: [CSVRecord] = []
    while position < bytes.count {
      let start = line
      var fields = [try field()]
      while position < bytes.count, bytes[position] == .comma {
        position += 1
        fields.append(try field())
      }
      records.append(CSVRecord(line: start, fields: fields))
      skipLineEnd()
    }
    return records
  }

  private mutating func field() throws(DataTableError) -> String {
    position < bytes.count && bytes[position] == .quote ? try quotedField() : try plainField()
  }

  private mutating func plainField() throws(DataTableError) -> String {
    let start = position
    while position < bytes.count, bytes[position] != .comma, !isLineEnd(position) {
      if bytes[position] == .quote { throw .strayQuote(line: line) }
      position += 1
    }
    return try text(bytes[start..<position], line: line)
  }

  private mutating func quotedField() throws(DataTableError) -> String {
    let start = line
    var content: [UInt8] = []
    position += 1
    while true {
      guard position < bytes.count else { throw .unterminatedQuote(line: start) }
      let byte = bytes[position]
      position += 1
      if byte == .quote {
        guard position < bytes.count, bytes[position] == .quote else { break }
        position += 1
      } else if byte == .newline {
        line += 1
      }
      content.append(byte)
    }
    guard position == bytes.count || bytes[position] == .comma || isLineEnd(position) else {
      throw .strayQuote(line: line)
    }
    return try text(content[...], line: start)
  }

  private func text(_ content: ArraySlice<UInt8>, line: Int) throws(DataTableError) -> String {
    // Most fields are ASCII, where nothing needs to be validated and the library's faster way does.
    if content.allSatisfy({ $0 < 0x80 }) { return String(decoding: content, as: UTF8.self) }
    guard let text = String(validating: content, as: UTF8.self) else { throw .notText(line: line) }
    return text
  }

  private func isLineEnd(_ index: Int) -> Bool {
    bytes[index] == .newline
      || bytes[index] == .carriageReturn && (index + 1 == bytes.count || bytes[index + 1] == .newline)
  }

  private mutating func skipLineEnd() {
    if position < bytes.count, bytes[position] == .carriageReturn { position += 1 }
    if position < bytes.count, bytes[position] == .newline { position += 1 }
    line += 1
  }
}

extension UInt8 {
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
