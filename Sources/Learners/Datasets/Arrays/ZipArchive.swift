// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib
import PlainText

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
  /// Entries become more bytes than allowed.
  case tooLarge([String], size: Int, limit: Int)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .noDirectory(let size):
      "no directory at the end (\(size) bytes): no ZIP archive, or one that is cut off; fetch or write it again"
    case .malformed(let offset, let rule): "byte \(offset): \(rule); write the archive again"
    case .duplicateEntry(let name): "two entries are called \(quoted(name)); remove one"
    case .missingEntry(let name, let available):
      "no entry \(quoted(name)); the entries are \(listed(available))"
    case .unsupported(let entry, let what): "entry \(quoted(entry)) is \(what); stored and deflated ones are read"
    case .corruptEntry(let entry, let offset, let reason):
      "byte \(offset): entry \(quoted(entry)): \(reason); fetch or write the archive again"
    case .tooLarge(let entries, let size, let limit):
      "\(listed(entries)): \(size) bytes; \(DataFile.beyond(limit))"
    case .wrongChecksum(let entry): "entry \(quoted(entry)): its checksum does not hold; fetch the archive again"
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

  /// Checks that entries together become no more than `limit` bytes.
  ///
  /// - Throws: ``ZipError/tooLarge(_:size:limit:)``, or where one is missing or promises more than its bytes can become.
  public func requireSize(of names: [String], limit: Int = DataFile.mostBytes) throws(ZipError) {
    var total = 0
    for name in names {
      let entry = try entry(name)
      // A byte of deflated data becomes at most 1,032 (a code of two bits for 258).
      guard entry.method != 8 || entry.size / 1032 <= entry.packedSize else {
        throw .corruptEntry(
          name, offset: entry.headerOffset, reason: "\(entry.packedSize) bytes cannot become \(entry.size)")
      }
      let (sum, overflow) = total.addingReportingOverflow(entry.size)
      total = overflow ? .max : sum
    }
    if total > limit { throw .tooLarge(names, size: total, limit: limit) }
  }

  /// The contents of an entry.
  ///
  /// - Throws: ``ZipError``; length and checksum are checked.
  public func contents(of name: String, limit: Int = DataFile.mostBytes) throws(ZipError) -> [UInt8] {
    try requireSize(of: [name], limit: limit)
    let entry = try entry(name)
    let contents = try contents(of: name, first: entry.size)
    guard contents.count == entry.size else {
      throw .corruptEntry(
        name, offset: entry.headerOffset, reason: "\(contents.count) bytes where \(entry.size) are promised")
    }
    guard checksum(contents) == entry.checksum else { throw .wrongChecksum(name) }
    return contents
  }

  /// Whether there is an entry of this name.
  func has(_ name: String) -> Bool { entries[name] != nil }

  /// The size of an entry's contents, as the directory says.
  func size(of name: String) throws(ZipError) -> Int { try entry(name).size }

  /// The first bytes of an entry, at most `count`, unchecked.
  func prefix(of name: String, _ count: Int) throws(ZipError) -> [UInt8] {
    try contents(of: name, first: min(count, try entry(name).size))
  }

  private func entry(_ name: String) throws(ZipError) -> Entry {
    guard let entry = entries[name] else { throw .missingEntry(name, available: names) }
    return entry
  }

  /// The first `count` bytes of an entry, or all where it has fewer; an error where all are asked for and it has more.
  private func contents(of name: String, first count: Int) throws(ZipError) -> [UInt8] {
    let entry = try entry(name)
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
    let end = start + entry.packedSize
    switch entry.method {
    case 0: return Array(bytes[start..<min(end, start + count)])
    case 8: return try inflated(name, start..<end, first: count, isWhole: count == entry.size)
    default: throw .unsupported(entry: name, what: "compressed by method \(entry.method)")
    }
  }

  private func inflated(
    _ name: String, _ range: Range<Int>, first count: Int, isWhole: Bool
  ) throws(ZipError) -> [UInt8] {
    var failure: InflateFailure?
    let contents = [UInt8](unsafeUninitializedCapacity: count) { room, made in
      var output = FixedOutput(room)
      do throws(InflateFailure) {
        _ = try inflateStream(
          bytes, from: range.lowerBound, to: range.upperBound, .raw, limit: isWhole ? count : .max
        ) { piece in
          if isWhole { return output.append(piece) }
          // The first bytes are enough.
          return output.append(UnsafeBufferPointer(rebasing: piece.prefix(count - output.count)))
            && output.count < count
        }
      } catch { failure = error }
      made = output.count
    }
    switch failure {
    case nil: return contents
    case .truncated(let offset):
      throw .corruptEntry(name, offset: range.lowerBound + offset, reason: "its data end too early")
    case .corrupt(let offset, let reason): throw .corruptEntry(name, offset: range.lowerBound + offset, reason: reason)
    case .tooLarge:
      throw .corruptEntry(name, offset: range.lowerBound, reason: "it inflates to more than \(count) bytes")
    }
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
