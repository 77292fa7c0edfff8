// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// A digest of an experiment's data, by which a record tells that it belongs to them, or of a record's line: FNV-1a over
/// 64-bit words, mixed.
///
/// It guards against mistakes, not against forgery.
struct DataDigest: CustomStringConvertible {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The digest, in hexadecimal digits.
  var description: String { String(state, radix: 16) }

  /// A digest of data that `fill` adds, as a setting; no experiment has another of this name.
  static func setting(_ fill: (inout DataDigest) -> Void) -> Setting {
    var digest = DataDigest()
    fill(&digest)
    return Setting("data digest", digest)
  }

  /// Adds a text.
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(word: UInt64(byte)) }
  }

  /// Adds numbers, in order, and how many they are.
  mutating func add(_ values: [Double]) {
    add(word: UInt64(values.count))
    for value in values { add(word: value.bitPattern) }
  }

  /// Adds whole numbers.
  mutating func add(_ values: [Int]) {
    add(word: UInt64(values.count))
    for value in values { add(word: UInt64(bitPattern: Int64(value))) }
  }

  /// Adds rows and their classes.
  mutating func add(_ rows: LabelledRows) {
    for value in rows.features { add(word: UInt64(value.bitPattern)) }
    add(rows.labels)
  }

  private mutating func add(word: UInt64) {
    state = (state ^ word) &* 0x100_0000_01B3
    state ^= state >> 32
  }
}
