// SPDX-License-Identifier: GPL-3.0-or-later
/// Where and why a text is not JSON.
///
/// Lines and columns count from 1, columns in characters.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
  /// The line.
  public let line: Int
  /// The character in the line.
  public let column: Int
  /// What was found, or expected.
  public let problem: String

  /// "line 3, column 7: expected a value".
  public var description: String { "line \(line), column \(column): \(problem)" }
}

extension JSONValue {
  /// The deepest nesting of arrays and objects that is read.
  public static let depthLimit = 64

  /// Reads one JSON document (RFC 8259), strictly: no trailing text, no key twice, valid UTF-8, at most ``depthLimit`` deep.
  ///
  /// - Throws: ``JSONSyntaxError``.
  public init(parsing text: some Sequence<UInt8>) throws(JSONSyntaxError) {
    var parser = JSONParser(bytes: Array(text))
    self = try parser.document()
  }

  /// Reads one JSON document from a text.
  ///
  /// - Throws: ``JSONSyntaxError``.
  public init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: text.utf8) }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func failure(_ problem: String, at place: Int? = nil) -> JSONSyntaxError {
    let before = bytes[..<(place ?? position)]
    let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    let line = before.count { $0 == .newline } + 1
    return JSONSyntaxError(
      line: line, column: String(decoding: before[lineStart...], as: UTF8.self).count + 1, problem: problem)
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard current == nil else { throw failure("unexpected text after the end of the document") }
    return value
  }

  private mutating func skipSpace() {
    while let byte = current, byte == .space || byte == .newline || byte == .tab || byte == .carriageReturn {
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= JSONValue.depthLimit else { throw failure("nested more than \(JSONValue.depthLimit) deep") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || byte.isDigit: return try number()
    case nil: throw failure("the text ends where a value is expected")
    default: throw failure("expected a value: a string, number, array, object, true, false or null")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else {
      throw failure("expected a value: a string, number, array, object, true, false or null")
    }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var keys = Set<String>()
    position += 1
    skipSpace()
    if current == UInt8(ascii: "}") { position += 1; return .object([]) }
    while true {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
      let key = try string()
      guard keys.insert(key).inserted else { throw failure("the key \"\(key)\" is there twice", at: start) }
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw failure("expected ':' after the key \"\(key)\"") }
      position += 1
      skipSpace()
      members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
      if try endOfList(closing: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    skipSpace()
    if current == UInt8(ascii: "]") { position += 1; return .array([]) }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      if try endOfList(closing: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  private mutating func endOfList(closing: UInt8) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    guard let byte = current, byte == closing || byte == UInt8(ascii: ",") else {
      throw failure("expected ',' or '\(Character(UnicodeScalar(closing)))'")
    }
    position += 1
    return byte == closing
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    if whole > 1, bytes[position - whole] == UInt8(ascii: "0") {
      throw failure("a number must not start with 0", at: start)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      _ = try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONSyntaxError) -> Int {
    let start = position
    while let byte = current, byte.isDigit { position += 1 }
    guard position > start else { throw failure("expected a digit") }
    return position - start
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw failure("a line break or control character inside a string") }
      if byte == UInt8(ascii: "\\") {
        content.append(contentsOf: String(try escape()).utf8)
      } else {
        content.append(byte)
        position += 1
      }
    }
    guard current != nil else { throw failure("the string is not closed", at: start) }
    position += 1
    guard let text = String(validating: content, as: UTF8.self) else {
      throw failure("the string is not valid UTF-8", at: start)
    }
    return text
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position
    position += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start)
    default: throw failure("unknown escape in a string", at: start)
    }
  }

  private mutating func unicodeEscape(_ start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal(start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    // A surrogate: the second half must follow.
    if first < 0xDC00, bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let second = try hexadecimal(start)
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw failure("half of a surrogate pair in a string", at: start)
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONSyntaxError) -> UInt32 {
    let digits = bytes[min(position, bytes.count)..<min(position + 4, bytes.count)]
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
      throw failure("\\u needs four hexadecimal digits", at: start)
    }
    position += 4
    return value
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
