// SPDX-License-Identifier: MIT

import Foundation

/// One line of text that brings a case back, on any machine: "u1:name:choices:checksum".
public struct ReplayLine: Sendable, Hashable, CustomStringConvertible {
  /// The name of the property.
  public let name: String
  /// The values of the choices.
  public let values: [Int]

  /// The line of the case that `values` make of the property `name`.
  public init(name: String, values: [Int]) { (self.name, self.values) = (name, values) }

  /// Reads a line.
  ///
  /// - Throws: ``ReplayLineError`` that says which part is damaged.
  public init(parsing line: String) throws(ReplayLineError) {
    let parts = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts[0] == "u1" else { throw .version(parts[0]) }
    guard parts.count >= 4 else { throw .parts(parts.count) }
    // Only a name can hold colons.
    let (name, choices, check) = (
      parts[1..<(parts.count - 2)].joined(separator: ":"), parts[parts.count - 2], parts[parts.count - 1]
    )
    guard !name.isEmpty else { throw .name }
    guard let bytes = ReplayLine.bytes(choices), let values = ReplayLine.values(bytes) else { throw .choices }
    self.init(name: name, values: values)
    guard check == checksum else { throw .checksum(found: check, expected: checksum) }
  }

  /// The line.
  public var description: String { "u1:\(name):\(text):\(checksum)" }

  /// Variable-length integers (LEB128) of the zigzag-coded values, in base64 for addresses (RFC 4648 §5).
  private var text: String {
    let bytes = values.flatMap { value -> [UInt8] in
      var rest = UInt64(bitPattern: Int64((value << 1) ^ (value >> 63)))
      var bytes: [UInt8] = []
      repeat {
        bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
        rest >>= 7
      } while rest > 0
      return bytes
    }
    return Data(bytes).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    return Data(base64Encoded: padded).map { Array($0) }
  }

  private static func values(_ bytes: [UInt8]) -> [Int]? {
    var (values, value, shift) = ([Int](), UInt64(0), UInt64(0))
    for byte in bytes {
      guard shift < 64 else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 == 0 {
        values.append(Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)))
        (value, shift) = (0, 0)
      }
    }
    return shift == 0 ? values : nil
  }

  /// FNV-1a over the name and the choices, as eight hexadecimal digits.
  private var checksum: String {
    let hash = "\(name):\(text)".utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return String(repeating: "0", count: 8 - String(hash, radix: 16).count) + String(hash, radix: 16)
  }
}

/// Why a text is no replay line.
public enum ReplayLineError: Error, Hashable, CustomStringConvertible {
  /// It does not begin with "u1".
  case version(String)
  /// It has fewer than four parts.
  case parts(Int)
  /// The name is empty.
  case name
  /// The choices are not base64 of whole numbers.
  case choices
  /// The checksum is not that of the rest.
  case checksum(found: String, expected: String)

  /// The damaged part and what it should be.
  public var description: String {
    switch self {
    case .version(let found): "the version \"\(found)\" is unknown; a replay line begins with \"u1:\""
    case .parts(let count): "it has \(count) parts between colons and must have 4: u1, name, choices, checksum"
    case .name: "the second part, the name, is empty"
    case .choices: "the third part, the choices, is damaged: copy the line anew"
    case .checksum(let found, let expected):
      "the fourth part, the checksum, is \"\(found)\" but the rest gives \"\(expected)\": copy the line anew"
    }
  }
}
