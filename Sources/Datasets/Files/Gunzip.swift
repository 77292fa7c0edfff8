/// Why bytes are not a gzip file (RFC 1952); offsets count from the file's first byte.
public enum GzipError: Error, Equatable, CustomStringConvertible {
  /// The file does not begin with the bytes 1f 8b.
  case wrongMagic(found: [UInt8])
  /// The file ends before its data do.
  case truncated(offset: Int)
  /// A block, a checksum or a length is wrong.
  case corrupt(offset: Int, String)
  /// After the last member there is something that is none.
  case trailingBytes(offset: Int, count: Int)
  /// The file inflates to more bytes than allowed.
  case tooLarge(limit: Int)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .wrongMagic(let found):
      "byte 0: a gzip file begins with 1f 8b, this one with \(hexadecimal(found)); give the file itself or compress it again"
    case .truncated(let offset): "byte \(offset): the compressed data end too early; fetch or copy the file again"
    case .corrupt(let offset, let reason): "byte \(offset): corrupt compressed data (\(reason)); fetch the file again"
    case .trailingBytes(let offset, let count):
      "byte \(offset): \(count) bytes after the compressed data; cut them off or fetch the file again"
    case .tooLarge(let limit): "inflates to more than \(limit) bytes; split it, or inflate it yourself"
    }
  }
}

/// The contents of a gzip file, all its members one after the other.
///
/// - Parameters:
///   - bytes: the file.
///   - limit: the most bytes that are made of it, against files that inflate without end.
/// - Throws: ``GzipError``; checksums and lengths are checked.
public func gunzip(_ bytes: [UInt8], limit: Int = DataFile.mostBytes) throws(GzipError) -> [UInt8] {
  guard isGzip(bytes) else { throw .wrongMagic(found: Array(bytes.prefix(2))) }
  var contents: [UInt8] = []
  var position = 0
  while position < bytes.count {
    guard position == 0 || isGzip(bytes[position...]) else {
      throw .trailingBytes(offset: position, count: bytes.count - position)
    }
    do {
      let member = try inflateStream(bytes, from: position, .gzip, limit: limit - contents.count)
      contents += member.output
      position = member.end
    } catch {
      switch error {
      case .truncated(let offset): throw .truncated(offset: position + offset)
      case .corrupt(let offset, let reason): throw .corrupt(offset: position + offset, reason)
      case .tooLarge: throw .tooLarge(limit: limit)
      }
    }
  }
  return contents
}

/// Whether these bytes begin as a gzip file does.
func isGzip(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// Bytes as "1f 8b"; "nothing" for none.
func hexadecimal(_ bytes: [UInt8]) -> String {
  if bytes.isEmpty { return "nothing" }
  return bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
}
