// SPDX-License-Identifier: GPL-3.0-or-later

/// Archives around any bytes, stored without compression and with right checksums.
enum Wrapping {
  /// A gzip file (RFC 1952) of stored blocks (RFC 1951).
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(block.count)
      file.append(rest.isEmpty ? 1 : 0)
      file += little(block.count, 2) + little(~block.count, 2) + block
    } while !rest.isEmpty
    return file + little(Int(crc(bytes)), 4) + little(bytes.count, 4)
  }

  /// A ZIP archive of stored entries.
  static func zip(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in entries {
      let about =
        little(0, 2) + little(0, 2) + little(0, 4) + little(Int(crc(bytes)), 4) + little(bytes.count, 4)
        + little(bytes.count, 4) + little(name.utf8.count, 2) + little(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + about + little(0, 2) + little(0, 2) + little(0, 2)
        + little(0, 4) + little(file.count, 4) + name.utf8
      file += [0x50, 0x4B, 3, 4] + little(20, 2) + about + name.utf8 + bytes
    }
    return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2)
      + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}
