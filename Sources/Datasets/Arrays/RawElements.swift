/// How the bytes of an array are to be read.
struct ElementLayout {
  /// The type of a number in a file.
  enum Kind { case uint8, int8, int16, int32, int64, float32, float64 }

  let kind: Kind
  var isBigEndian = false

  /// The bytes of one number.
  var size: Int {
    switch kind {
    case .uint8, .int8: 1
    case .int16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Reads the numbers that fill `bytes` from `offset` to its end, exactly as many as `shape` has.
  func elements(of bytes: [UInt8], at offset: Int, shape: [Int]) throws(ArrayFileError) -> NumericArray.Elements {
    let count = try ElementLayout.count(of: shape)
    let (length, isTooLarge) = count.multipliedReportingOverflow(by: size)
    if isTooLarge { throw .shapeTooLarge(shape: shape) }
    guard bytes.count - offset == length else {
      throw .wrongSize(offset: offset, expected: length, found: bytes.count - offset)
    }
    return switch kind {
    case .uint8: .uint8(Array(bytes[offset...]))
    case .int8: .int32(bytes[offset...].map { Int32(Int8(bitPattern: $0)) })
    case .int16: .int32(integers(bytes, offset, count) { (raw: UInt16) in Int32(Int16(bitPattern: raw)) })
    case .int32: .int32(integers(bytes, offset, count) { (raw: UInt32) in Int32(bitPattern: raw) })
    case .int64: .int64(integers(bytes, offset, count) { (raw: UInt64) in Int64(bitPattern: raw) })
    case .float32: .float32(integers(bytes, offset, count) { (raw: UInt32) in Float(bitPattern: raw) })
    case .float64: .float64(integers(bytes, offset, count) { (raw: UInt64) in Double(bitPattern: raw) })
    }
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
