// SPDX-License-Identifier: GPL-3.0-or-later
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
    case .tooLarge(let limit): DataFile.beyond(limit)
    }
  }
}

/// The contents of a gzip file, all its members one after the other.
///
/// It is inflated twice: first only to see how much it becomes, so that nothing too large is ever held and what is held is held once.
///
/// - Parameters:
///   - bytes: the file.
///   - limit: the most bytes that are made of it, and of the 8 that a table keeps for each line of a text.
/// - Throws: ``GzipError``; checksums and lengths are checked.
public func gunzip(_ bytes: [UInt8], limit: Int = DataFile.mostBytes) throws(GzipError) -> [UInt8] {
  guard isGzip(bytes) else { throw .wrongMagic(found: Array(bytes.prefix(2))) }
  var (size, lines) = (0, 0)
  var isText: Bool?
  try inflateMembers(bytes, limit: limit) { piece in
    size += piece.count
    if isText == nil { isText = !(piece.starts(with: [0, 0]) || piece.starts(with: NumericArray.npyMagic)) }
    if isText == true { lines += newlines(piece) }
    return size + 8 * lines <= limit
  }
  guard size + 8 * lines <= limit else { throw .tooLarge(limit: limit) }
  var failure: GzipError?
  let contents = [UInt8](unsafeUninitializedCapacity: size) { room, count in
    var output = FixedOutput(room)
    do throws(GzipError) { try inflateMembers(bytes, limit: size) { output.append($0) } } catch { failure = error }
    count = output.count
  }
  if let failure { throw failure }
  return contents
}

/// Gives the output of all members to `take`, until it says that it has enough.
private func inflateMembers(
  _ bytes: [UInt8], limit: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Bool
) throws(GzipError) {
  var (position, total, goesOn) = (0, 0, true)
  while position < bytes.count, goesOn {
    guard position == 0 || isGzip(bytes[position...]) else {
      throw .trailingBytes(offset: position, count: bytes.count - position)
    }
    do {
      let member = try inflateStream(bytes, from: position, to: bytes.count, .gzip, limit: limit - total) { piece in
        goesOn = take(piece)
        return goesOn
      }
      (position, total) = (member.end, total + member.count)
    } catch {
      switch error {
      case .truncated(let offset): throw .truncated(offset: position + offset)
      case .corrupt(let offset, let reason): throw .corrupt(offset: position + offset, reason)
      case .tooLarge: throw .tooLarge(limit: limit)
      }
    }
  }
}

private func newlines(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
  var count = 0
  for byte in piece where byte == 0x0A { count += 1 }
  return count
}

/// Whether these bytes begin as a gzip file does.
func isGzip(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// Bytes as "1f 8b"; "nothing" for none.
func hexadecimal(_ bytes: [UInt8]) -> String {
  if bytes.isEmpty { return "nothing" }
  return bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
}
