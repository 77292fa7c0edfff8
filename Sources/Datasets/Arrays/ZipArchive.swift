import CZlib

/// Why bytes are not a ZIP archive, or an entry of it cannot be read; offsets count from the archive's first byte.
public enum ZipError: Error, Equatable, CustomStringConvertible {
  /// No end-of-archive record: no archive, or one that is cut off.
  case noDirectory(size: Int)
  /// The directory or an entry breaks a rule of the format.
  case malformed(offset: Int, rule: String)
  /// Two entries have one name.
  case duplicateEntry(String)
  /// No entry has this name.
  case missingEntry(String, available: [String])
  /// An entry is encrypted, or compressed otherwise than by deflating.
  case unsupported(entry: String, what: String)
  /// An entry ends too early, is corrupt, or is not as long as the directory says.
  case corruptEntry(String, offset: Int, reason: String)
  /// The checksum of an entry does not hold.
  case wrongChecksum(String)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .noDirectory(let size):
      "no directory at the end (\(size) bytes): no ZIP archive, or one that is cut off; fetch or write it again"
    case .malformed(let offset, let rule): "byte \(offset): \(rule); write the archive again"
    case .duplicateEntry(let name): "two entries are called \"\(name)\"; remove one"
    case .missingEntry(let name, let available):
      "no entry \"\(name)\"; the entries are \(available.joined(separator: ", "))"
    case .unsupported(let entry, let what): "entry \"\(entry)\" is \(what); stored and deflated ones are read"
    case .corruptEntry(let entry, let offset, let reason):
      "byte \(offset): entry \"\(entry)\": \(reason); fetch or write the archive again"
    case .wrongChecksum(let entry): "entry \"\(entry)\": its checksum does not hold; fetch the archive again"
    }
  }
}

/// A ZIP archive in memory (PKWARE's APPNOTE 6.3), with the extension for sizes beyond 32 bits: as much as `.npz` needs.
public struct ZipArchive: Sendable {
  private struct Entry {
    let method, flags, checksum, packedSize, size, headerOffset: Int
  }

  private let bytes: [UInt8]
  private var entries: [String: Entry] = [:]
  /// The names of the entries, in the directory's order.
  public private(set) var names: [String] = []

  /// Reads the directory.
  ///
  /// - Throws: ``ZipError``.
  public init(_ bytes: [UInt8]) throws(ZipError) {
    self.bytes = bytes
    let directory = try ZipDirectory(bytes)
    var position = directory.offset
    for _ in 0..<directory.count {
      guard position + 46 <= bytes.count, bytes.littleEndian(at: position, size: 4) == 0x0201_4B50 else {
        throw .malformed(offset: position, rule: "the directory has fewer entries than it says")
      }
      func field(_ offset: Int, _ size: Int) -> Int { bytes.littleEndian(at: position + offset, size: size) }
      let (nameEnd, extraSize) = (position + 46 + field(28, 2), field(30, 2))
      guard nameEnd + extraSize <= bytes.count else {
        throw .malformed(offset: position, rule: "an entry of the directory goes beyond the end")
      }
      guard let name = String(validating: bytes[(position + 46)..<nameEnd], as: UTF8.self) else {
        throw .malformed(offset: position + 46, rule: "the name of an entry is not UTF-8")
      }
      // The extension holds, in this order, those of the three that do not fit 32 bits.
      var wide = ZipDirectory.wideFields(bytes, extra: nameEnd..<(nameEnd + extraSize))[...]
      func size(_ offset: Int) throws(ZipError) -> Int {
        let narrow = field(offset, 4)
        if narrow != 0xFFFF_FFFF { return narrow }
        guard let value = wide.popFirst(), value >= 0 else {
          throw .malformed(offset: position, rule: "a size beyond 32 bits is missing")
        }
        return value
      }
      let (size, packed, offset) = (try size(24), try size(20), try size(42))
      let entry = Entry(
        method: field(10, 2), flags: field(8, 2), checksum: field(16, 4), packedSize: packed, size: size,
        headerOffset: offset)
      guard entries.updateValue(entry, forKey: name) == nil else { throw .duplicateEntry(name) }
      names.append(name)
      position = nameEnd + extraSize + field(32, 2)
    }
  }

  /// The contents of an entry.
  ///
  /// - Throws: ``ZipError``; length and checksum are checked.
  public func contents(of name: String) throws(ZipError) -> [UInt8] {
    guard let entry = entries[name] else { throw .missingEntry(name, available: names) }
    if entry.flags & 1 != 0 { throw .unsupported(entry: name, what: "encrypted") }
    let header = entry.headerOffset
    guard header <= bytes.count - 30, bytes.littleEndian(at: header, size: 4) == 0x0403_4B50 else {
      throw .corruptEntry(name, offset: header, reason: "its header is not where the directory says")
    }
    let start =
      header + 30 + bytes.littleEndian(at: header + 26, size: 2) + bytes.littleEndian(at: header + 28, size: 2)
    guard start <= bytes.count, entry.packedSize <= bytes.count - start else {
      throw .corruptEntry(name, offset: start, reason: "it goes beyond the end of the archive")
    }
    let contents: [UInt8]
    switch entry.method {
    case 0: contents = Array(bytes[start..<(start + entry.packedSize)])
    case 8:
      let packed = Array(bytes[start..<(start + entry.packedSize)])
      do { contents = try inflateStream(packed, from: 0, .raw, limit: entry.size).output } catch {
        switch error {
        case .truncated(let offset):
          throw .corruptEntry(name, offset: start + offset, reason: "its data end too early")
        case .corrupt(let offset, let reason): throw .corruptEntry(name, offset: start + offset, reason: reason)
        case .tooLarge:
          throw .corruptEntry(name, offset: start, reason: "it inflates to more than \(entry.size) bytes")
        }
      }
    default: throw .unsupported(entry: name, what: "compressed by method \(entry.method)")
    }
    guard contents.count == entry.size else {
      throw .corruptEntry(name, offset: start, reason: "\(contents.count) bytes where \(entry.size) are promised")
    }
    guard checksum(contents) == entry.checksum else { throw .wrongChecksum(name) }
    return contents
  }

  private func checksum(_ contents: [UInt8]) -> Int {
    contents.withUnsafeBufferPointer { Int(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}

/// Where the directory of an archive is, and how many entries it has.
private struct ZipDirectory {
  let offset, count: Int

  init(_ bytes: [UInt8]) throws(ZipError) {
    // The record is 22 bytes and a comment of at most 65,535.
    let last = bytes.count - 22
    let candidates = stride(from: last, through: max(0, last - 0xFFFF), by: -1)
    guard last >= 0,
      let end = candidates.first(where: {
        bytes[$0] == 0x50 && bytes.littleEndian(at: $0, size: 4) == 0x0605_4B50
          && $0 + 22 + bytes.littleEndian(at: $0 + 20, size: 2) == bytes.count
      })
    else { throw .noDirectory(size: bytes.count) }
    var (count, offset) = (bytes.littleEndian(at: end + 10, size: 2), bytes.littleEndian(at: end + 16, size: 4))
    if count == 0xFFFF || offset == 0xFFFF_FFFF {
      guard end >= 20, bytes.littleEndian(at: end - 20, size: 4) == 0x0706_4B50 else {
        throw .malformed(offset: end, rule: "the end record of a large archive is missing")
      }
      let record = bytes.littleEndian(at: end - 12, size: 8)
      guard record >= 0, record <= end - 76, bytes.littleEndian(at: record, size: 4) == 0x0606_4B50 else {
        throw .malformed(offset: end - 20, rule: "the end record of a large archive is not where it should be")
      }
      (count, offset) = (bytes.littleEndian(at: record + 32, size: 8), bytes.littleEndian(at: record + 48, size: 8))
    }
    guard offset >= 0, offset <= end, count >= 0, count <= (end - offset) / 46 else {
      throw .malformed(offset: end, rule: "the directory does not fit into the archive")
    }
    (self.offset, self.count) = (offset, count)
  }

  /// The 64-bit numbers of the extension with the number 1 among an entry's extra fields; none where it has none.
  static func wideFields(_ bytes: [UInt8], extra: Range<Int>) -> [Int] {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let size = bytes.littleEndian(at: position + 2, size: 2)
      if bytes.littleEndian(at: position, size: 2) == 1 {
        let end = min(position + 4 + size, extra.upperBound)
        return stride(from: position + 4, through: end - 8, by: 8).map { bytes.littleEndian(at: $0, size: 8) }
      }
      position += 4 + size
    }
    return []
  }
}
