// SPDX-License-Identifier: GPL-3.0-or-later
/// How the bytes of an array are to be read.
struct ElementLayout {
  /// The type of a number in a file.
  enum Kind { case bool, uint8, uint16, uint32, uint64, int8, int16, int32, int64, float16, float32, float64 }

  let kind: Kind
  var isBigEndian = false

  /// The bytes of one number.
  var size: Int {
    switch kind {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .float16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// Reads the numbers that fill `bytes` from `offset` to its end, exactly as many as `shape` has.
  func elements(of bytes: [UInt8], at offset: Int, shape: [Int]) throws(ArrayFileError) -> NumericArray.Elements {
    let count = try requireSize(bytes.count - offset, of: shape, at: offset)
    switch kind {
    case .bool:
      if let place = bytes[offset...].firstIndex(where: { $0 > 1 }) {
        throw .malformedNumber(offset: place, rule: "a truth value is 0 or 1, not \(bytes[place])")
      }
    case .uint64:
      let high = isBigEndian ? 0 : 7
      for place in 0..<count where bytes[offset + 8 * place + high] > 0x7F {
        throw .malformedNumber(offset: offset + 8 * place, rule: "an integer is beyond 2⁶³")
      }
    default: break
    }
    return switch kind {
    case .uint8, .bool: .uint8(Array(bytes[offset...]))
    case .uint16: .int32(integers(bytes, offset, count) { (raw: UInt16) in Int32(raw) })
    case .uint32: .int64(integers(bytes, offset, count) { (raw: UInt32) in Int64(raw) })
    case .uint64: .int64(integers(bytes, offset, count) { (raw: UInt64) in Int64(bitPattern: raw) })
    case .float16: .float32(integers(bytes, offset, count, ElementLayout.float))
    case .int8: .int32(bytes[offset...].map { Int32(Int8(bitPattern: $0)) })
    case .int16: .int32(integers(bytes, offset, count) { (raw: UInt16) in Int32(Int16(bitPattern: raw)) })
    case .int32: .int32(integers(bytes, offset, count) { (raw: UInt32) in Int32(bitPattern: raw) })
    case .int64: .int64(integers(bytes, offset, count) { (raw: UInt64) in Int64(bitPattern: raw) })
    case .float32: .float32(integers(bytes, offset, count) { (raw: UInt32) in Float(bitPattern: raw) })
    case .float64: .float64(integers(bytes, offset, count) { (raw: UInt64) in Double(bitPattern: raw) })
    }
  }

  /// Checks that `found` bytes are exactly as many as `shape` takes; how many numbers it has.
  @discardableResult
  func requireSize(_ found: Int, of shape: [Int], at offset: Int) throws(ArrayFileError) -> Int {
    let count = try ElementLayout.count(of: shape)
    let (length, isTooLarge) = count.multipliedReportingOverflow(by: size)
    if isTooLarge { throw .shapeTooLarge(shape: shape) }
    guard found == length else { throw .wrongSize(offset: offset, expected: length, found: found) }
    return count
  }

  /// A number of 16 bits (IEEE 754 binary16), which a Float holds exactly.
  private static func float(_ raw: UInt16) -> Float {
    let (sign, exponent, fraction) = (raw >> 15, Int(raw >> 10 & 0x1F), Float(raw & 0x3FF))
    let size: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
      }
    return sign == 1 ? -size : size
  }

  private func integers<Raw: FixedWidthInteger & BitwiseCopyable, Value>(
    _ bytes: [UInt8], _ offset: Int, _ count: Int, _ value: (Raw) -> Value
  ) -> [Value] {
    bytes.withUnsafeBytes { buffer in
      (0..<count).map { place in
        let raw = buffer.loadUnaligned(fromByteOffset: offset + place * size, as: Raw.self)
        return value(isBigEndian ? Raw(bigEndian: raw) : Raw(littleEndian: raw))
      }
    }
  }

  /// The number of numbers, at least 1 and no overflow.
  private static func count(of shape: [Int]) throws(ArrayFileError) -> Int {
    if shape.contains(0) { throw .noElements(shape: shape) }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      if overflow { throw .shapeTooLarge(shape: shape) }
      count = product
    }
    return count
  }
}

extension [UInt8] {
  /// The unsigned number of `size` bytes at `offset`, the least significant byte first.
  func littleEndian(at offset: Int, size: Int) -> Int {
    self[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The same, the most significant byte first.
  func bigEndian(at offset: Int, size: Int) -> Int {
    self[offset..<(offset + size)].reduce(0) { $0 << 8 | Int($1) }
  }
}
