// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

extension JSONValue {
  /// The line with null in the place of the NaN and infinities that some libraries write, and the first of them.
  static func withoutNonFinite(_ line: [UInt8]) -> (text: [UInt8], word: String?) {
    var (text, first) = ([UInt8](), String?.none)
    text.reserveCapacity(line.count)
    var (position, isInString) = (0, false)
    while position < line.count {
      let byte = line[position]
      if isInString || !byte.isPartOfWord {
        if byte == UInt8(ascii: "\"") { isInString.toggle() }
        text.append(byte)
        if isInString, byte == UInt8(ascii: "\\"), position + 1 < line.count {
          position += 1
          text.append(line[position])
        }
        position += 1
        continue
      }
      let rest = line[position...].prefix { $0.isPartOfWord }
      let word = String(decoding: rest, as: UTF8.self)
      let name = word.drop { "+-".contains($0) }.lowercased()
      if ["nan", "inf", "infinity"].contains(name), word.count - name.count <= 1 {
        text.append(contentsOf: "null".utf8)
        first = first ?? word
      } else {
        text.append(contentsOf: rest)
      }
      position += rest.count
    }
    return (text, first)
  }
}

extension UInt8 {
  fileprivate var isPartOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
