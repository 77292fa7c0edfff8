// SPDX-License-Identifier: GPL-3.0-or-later
/// The header of a `.npy` file: a Python dictionary of three entries in text.
struct NPYHeader {
  /// Where the numbers begin.
  let dataOffset: Int
  /// The type of the elements, as "<f8".
  let type: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Reads the header (NumPy's "NEP 1 — A simple file format for NumPy arrays"; versions 1, 2 and 3).
  init(_ bytes: [UInt8]) throws(ArrayFileError) {
    guard bytes.starts(with: NumericArray.npyMagic) else { throw .wrongMagic(.npy, found: Array(bytes.prefix(6))) }
    guard bytes.count >= 8 else { throw .truncatedHeader(.npy, size: bytes.count) }
    guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
      throw .unsupportedVersion(major: bytes[6], minor: bytes[7])
    }
    // Version 1 has two bytes for the length of the text, the others four; 3 differs from 2 in allowing UTF-8 in names.
    let size = bytes[6] == 1 ? 2 : 4
    guard bytes.count >= 8 + size else { throw .truncatedHeader(.npy, size: bytes.count) }
    let start = 8 + size
    let end = start + bytes.littleEndian(at: 8, size: size)
    guard end <= bytes.count else { throw .truncatedHeader(.npy, size: bytes.count) }
    var scanner = PythonDictionary(bytes, start..<end)
    let entries = try scanner.entries()
    guard let descr = entries["descr"], let order = entries["fortran_order"], let shape = entries["shape"],
      entries.count == 3
    else {
      throw .malformedHeader(.npy, offset: start, rule: "exactly descr, fortran_order and shape are its entries")
    }
    dataOffset = end
    guard case .string(let type) = descr else { throw .unsupportedType("with named fields") }
    self.type = type
    guard case .bool(let isFortranOrder) = order else {
      throw .malformedHeader(.npy, offset: start, rule: "fortran_order is True or False")
    }
    guard case .tuple(let lengths) = shape else {
      throw .malformedHeader(.npy, offset: start, rule: "shape is a tuple of whole numbers")
    }
    (self.isFortranOrder, self.shape) = (isFortranOrder, lengths)
  }

  /// How its numbers are to be read.
  ///
  /// - Throws: ``ArrayFileError/unsupportedType(_:)``.
  func layout() throws(ArrayFileError) -> ElementLayout {
    guard let order = type.first, "<>|=".contains(order), let kind = NPYHeader.kinds[String(type.dropFirst())] else {
      throw .unsupportedType(type)
    }
    return ElementLayout(kind: kind, isBigEndian: order == ">")
  }

  private static let kinds: [String: ElementLayout.Kind] = [
    "b1": .bool, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "i1": .int8, "i2": .int16, "i4": .int32,
    "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]
}

/// As much of Python's syntax as headers of `.npy` are written in.
struct PythonDictionary {
  enum Value: Equatable {
    case string(String)
    case bool(Bool)
    case tuple([Int])
    /// A list: the type of a structured array, which is not read.
    case list
  }

  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound)
  }

  /// Reads the whole dictionary; nothing but spaces may follow it.
  mutating func entries() throws(ArrayFileError) -> [String: Value] {
    var entries: [String: Value] = [:]
    try expect("{")
    while peek() != UInt8(ascii: "}") {
      let key = try string()
      try expect(":")
      if entries.updateValue(try value(), forKey: key) != nil { throw broken("entry \(key) is there twice") }
      if peek() == UInt8(ascii: ",") { position += 1 } else { break }
    }
    try expect("}")
    if peek() != nil { throw broken("something follows the dictionary") }
    return entries
  }

  private mutating func value() throws(ArrayFileError) -> Value {
    switch peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "("): return .tuple(try tuple())
    case UInt8(ascii: "["):
      try skipList()
      return .list
    default:
      if take("True") { return .bool(true) }
      if take("False") { return .bool(false) }
      throw broken("neither a string, a tuple, True nor False")
    }
  }

  private mutating func tuple() throws(ArrayFileError) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while peek() != UInt8(ascii: ")") {
      _ = peek()
      let start = position
      while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
      guard position > start else { throw broken("the length of an axis is a whole number, not negative") }
      guard let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw broken("the length of an axis is beyond 64 bits")
      }
      numbers.append(number)
      if peek() == UInt8(ascii: ",") { position += 1 } else { break }
    }
    try expect(")")
    return numbers
  }

  private mutating func string() throws(ArrayFileError) -> String {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw broken("a quoted name is needed")
    }
    position += 1
    let start = position
    while position < end, bytes[position] != quote { position += 1 }
    guard position < end else { throw broken("a quote is not closed") }
    position += 1
    return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
  }

  private mutating func skipList() throws(ArrayFileError) {
    var depth = 0
    while position < end {
      if bytes[position] == UInt8(ascii: "[") { depth += 1 }
      if bytes[position] == UInt8(ascii: "]") { depth -= 1 }
      position += 1
      if depth == 0 { return }
    }
    throw broken("a list is not closed")
  }

  /// The next byte that is no space.
  private mutating func peek() -> UInt8? {
    while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    return position < end ? bytes[position] : nil
  }

  private mutating func take(_ word: String) -> Bool {
    guard position + word.utf8.count <= end, bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func expect(_ mark: Character) throws(ArrayFileError) {
    guard peek() == mark.asciiValue else { throw broken("\(mark) is needed") }
    position += 1
  }

  private func broken(_ rule: String) -> ArrayFileError { .malformedHeader(.npy, offset: position, rule: rule) }
}
