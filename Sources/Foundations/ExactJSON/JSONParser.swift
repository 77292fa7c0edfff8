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
    self = try Array(text).withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
      guard let start = bytes.baseAddress else {
        throw JSONSyntaxError(line: 1, column: 1, problem: JSONParser.isEmpty)
      }
      var parser = JSONParser(bytes, start)
      return try parser.document()
    }
  }

  /// Reads one JSON document from a text.
  ///
  /// - Throws: ``JSONSyntaxError``.
  public init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: text.utf8) }
}

/// Bytes are looked at through a pointer and compared one at a time: without optimisation an array would be retained, and a
/// generic function called, for each of them.
private struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let start: UnsafePointer<UInt8>
  private let count: Int
  private var position = 0

  static let isEmpty = "the text ends where a value is expected"

  /// `start` is the address of the first of the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ start: UnsafePointer<UInt8>) {
    (self.bytes, self.start, count) = (bytes, start, bytes.count)
  }

  private var current: UInt8? { position < count ? start[position] : nil }

  /// Whether this byte is next.
  private func isAt(_ byte: UInt8) -> Bool { position < count && start[position] == byte }

  private func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

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
    while position < count {
      let byte = start[position]
      guard byte == .space || byte == .newline || byte == .tab || byte == .carriageReturn else { return }
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= JSONValue.depthLimit else { throw failure("nested more than \(JSONValue.depthLimit) deep") }
    guard let byte = current else { throw failure(JSONParser.isEmpty) }
    if byte == .quote { return .string(try string()) }
    if byte == .minus || byte.isDigit { return try number() }
    if byte == .openBracket { return try array(depth: depth) }
    if byte == .openBrace { return try object(depth: depth) }
    return try word()
  }

  private mutating func word() throws(JSONSyntaxError) -> JSONValue {
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw failure("expected a value: a string, number, array, object, true, false or null")
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var keys = Set<String>()
    position += 1
    skipSpace()
    if isAt(.closeBrace) { position += 1; return .object([]) }
    while true {
      skipSpace()
      let place = position
      guard isAt(.quote) else { throw failure("expected a key in double quotes") }
      let key = try string()
      guard keys.insert(key).inserted else { throw failure("the key \"\(key)\" is there twice", at: place) }
      skipSpace()
      guard isAt(.colon) else { throw failure("expected ':' after the key \"\(key)\"") }
      position += 1
      skipSpace()
      members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
      if try endOfList(closing: .closeBrace) { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    skipSpace()
    if isAt(.closeBracket) { position += 1; return .array([]) }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      if try endOfList(closing: .closeBracket) { return .array(elements) }
    }
  }

  private mutating func endOfList(closing: UInt8) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    guard let byte = current, byte == closing || byte == .comma else {
      throw failure("expected ',' or '\(Character(UnicodeScalar(closing)))'")
    }
    position += 1
    return byte == closing
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let first = position
    if isAt(.minus) { position += 1 }
    let whole = try digits()
    if whole > 1, start[position - whole] == .zero {
      throw failure("a number must not start with 0", at: first)
    }
    if isAt(.point) {
      position += 1
      _ = try digits()
    }
    if isAt(.smallE) || isAt(.capitalE) {
      position += 1
      if isAt(.plus) || isAt(.minus) { position += 1 }
      _ = try digits()
    }
    return .number(String(decoding: text(first..<position), as: UTF8.self))
  }

  private mutating func digits() throws(JSONSyntaxError) -> Int {
    let first = position
    while position < count, start[position].isDigit { position += 1 }
    guard position > first else { throw failure("expected a digit") }
    return position - first
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let first = position
    position += 1
    skipPlain()
    var content = Array(text((first + 1)..<position))
    while let byte = current, byte != .quote {
      if byte == .backslash {
        content.append(contentsOf: String(try escape()).utf8)
      } else if byte < 0x20 {
        throw failure("a line break or control character inside a string")
      }
      let next = position
      skipPlain()
      content.append(contentsOf: text(next..<position))
    }
    guard current != nil else { throw failure("the string is not closed", at: first) }
    position += 1
    guard let text = String(validating: content, as: UTF8.self) else {
      throw failure("the string is not valid UTF-8", at: first)
    }
    return text
  }

  /// To the next byte that does not stand for itself in a string.
  private mutating func skipPlain() {
    while position < count {
      let byte = start[position]
      guard byte != .quote, byte != .backslash, byte >= 0x20 else { return }
      position += 1
    }
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = position
    position += 2
    switch first + 1 < count ? start[first + 1] : 0 {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(first)
    default: throw failure("unknown escape in a string", at: first)
    }
  }

  private mutating func unicodeEscape(_ place: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal(place)
    if let scalar = Unicode.Scalar(first) { return scalar }
    // A surrogate: the second half must follow.
    if first < 0xDC00, bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let second = try hexadecimal(place)
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw failure("half of a surrogate pair in a string", at: place)
  }

  private mutating func hexadecimal(_ place: Int) throws(JSONSyntaxError) -> UInt32 {
    let digits = bytes[min(position, bytes.count)..<min(position + 4, bytes.count)]
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
      throw failure("\\u needs four hexadecimal digits", at: place)
    }
    position += 4
    return value
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate static var tab: UInt8 { 0x09 }
  fileprivate static var newline: UInt8 { 0x0A }
  fileprivate static var carriageReturn: UInt8 { 0x0D }
  fileprivate static var space: UInt8 { 0x20 }
  fileprivate static var quote: UInt8 { 0x22 }
  fileprivate static var plus: UInt8 { 0x2B }
  fileprivate static var comma: UInt8 { 0x2C }
  fileprivate static var minus: UInt8 { 0x2D }
  fileprivate static var point: UInt8 { 0x2E }
  fileprivate static var zero: UInt8 { 0x30 }
  fileprivate static var colon: UInt8 { 0x3A }
  fileprivate static var capitalE: UInt8 { 0x45 }
  fileprivate static var openBracket: UInt8 { 0x5B }
  fileprivate static var backslash: UInt8 { 0x5C }
  fileprivate static var closeBracket: UInt8 { 0x5D }
  fileprivate static var smallE: UInt8 { 0x65 }
  fileprivate static var openBrace: UInt8 { 0x7B }
  fileprivate static var closeBrace: UInt8 { 0x7D }
}
