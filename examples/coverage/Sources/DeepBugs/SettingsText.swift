// SPDX-License-Identifier: MIT

/// Settings in text: lines `name="text"`, where the text may have the escapes \" \\ \n and \t.
public struct SettingsText: Equatable, Sendable {
  /// A name and its text.
  public struct Entry: Equatable, Sendable {
    let name: String
    let value: String
  }

  /// The entries in the order of their names, each name once: the last is what counts.
  public private(set) var entries: [Entry] = []

  /// Why a text cannot be read.
  public enum Problem: Error { case noName, noEquals(line: Int), noQuote(line: Int), escape(Character), control, rest }

  /// Reads a text.
  public init(_ text: String) throws {
    for (number, line) in text.utf8.split(separator: 10).enumerated() {
      var rest = line
      var name: [UInt8] = []
      while let byte = rest.first, byte >= 97, byte <= 122 {
        name.append(byte)
        rest = rest.dropFirst()
      }
      guard !name.isEmpty else { throw Problem.noName }
      guard rest.popFirst() == 61 else { throw Problem.noEquals(line: number) }
      guard rest.popFirst() == 34 else { throw Problem.noQuote(line: number) }
      let value = try SettingsText.quoted(&rest, line: number)
      guard rest.isEmpty else { throw Problem.rest }
      let entry = Entry(name: String(decoding: name, as: UTF8.self), value: value)
      entries.removeAll { $0.name == entry.name }
      entries.append(entry)
    }
    entries.sort { $0.name < $1.name }
  }

  private static func quoted(_ rest: inout Substring.UTF8View, line: Int) throws -> String {
    var value: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == 34 { return String(decoding: value, as: UTF8.self) }
      if byte < 32 { throw Problem.control }
      if byte != 92 {
        value.append(byte)
        continue
      }
      switch rest.popFirst() {
      case 34: value.append(34)
      case 92: value.append(92)
      case 110: value.append(10)
      case 116: value.append(9)
      case let other: throw Problem.escape(Character(Unicode.Scalar(other ?? 0)))
      }
    }
    throw Problem.noQuote(line: line)
  }

  /// The settings as text.
  ///
  /// Planted: a tab is written as it is, and the reader takes none.
  public var text: String {
    entries.map { entry in
      var quoted = ""
      for character in entry.value.unicodeScalars {
        switch character {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        default: quoted.unicodeScalars.append(character)
        }
      }
      return "\(entry.name)=\"\(quoted)\"\n"
    }.joined()
  }
}
