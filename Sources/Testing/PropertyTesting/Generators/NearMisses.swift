// SPDX-License-Identifier: MIT

import Foundation

extension Generator where Value == Data {
  /// JSON of a value of `values`, as its `Encodable` writes it, with a few changes: what a reader must refuse or survive.
  ///
  /// Members are left out, set to null or to a value of another type, added under a wrong name; numbers leave their range;
  /// and at the end the text may be cut off or a character of it changed. The value unchanged is the simplest.
  public static func jsonNearMisses<Model: Encodable & Sendable>(
    of values: Generator<Model>, encoder: JSONEncoder = JSONEncoder()
  )
    -> Generator
  {
    encoder.outputFormatting.insert(.sortedKeys)
    return Generator { tape in
      let data = try encoder.encode(try values(&tape))
      var json = JSONPart(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
      let changes = try Generator<Bool>.constant(true).array(count: 0...3)(&tape).count
      for _ in 0..<changes {
        let places = json.count
        try tape.span("change") { tape in try json.change(at: tape.integer(in: 0...(places - 1)), &tape) }
      }
      var text = Array(json.text.unicodeScalars)
      switch tape.choose(in: 0...2, simplest: 0, propose: { max(0, $0.random.integer(in: -5...2)) }) {
      case 1 where !text.isEmpty:
        text.removeLast(tape.choose(in: 1...text.count, simplest: 1) { $0.random.integer(in: 1...text.count) })
      case 2 where !text.isEmpty:
        let place = tape.integer(in: 0...(text.count - 1))
        text[place] = try Generator<Unicode.Scalar>.unicodeScalar(&tape)
      default: break
      }
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: text)
      return Data(String(scalars).utf8)
    }
  }
}

/// JSON that can be changed at any of its places.
private indirect enum JSONPart {
  case object([(String, JSONPart)])
  case array([JSONPart])
  case other(String)

  init(_ value: Any) {
    switch value {
    case let object as [String: Any]:
      self = .object(object.sorted { $0.key < $1.key }.map { ($0.key, JSONPart($0.value)) })
    case let array as [Any]: self = .array(array.map { JSONPart($0) })
    default: self = .other(JSONPart.literal(value))
    }
  }

  private static func literal(_ value: Any) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: value, options: [.fragmentsAllowed, .withoutEscapingSlashes])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// The number of places: this one and those inside.
  var count: Int {
    switch self {
    case .object(let members): members.reduce(1) { $0 + $1.1.count }
    case .array(let elements): elements.reduce(1) { $0 + $1.count }
    case .other: 1
    }
  }

  var text: String {
    switch self {
    case .object(let members):
      "{" + members.map { "\(JSONPart.literal($0.0)):\($0.1.text)" }.joined(separator: ",") + "}"
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .other(let text): text
    }
  }

  mutating func change(at place: Int, _ tape: inout ChoiceTape) throws {
    if place == 0 { return try changeThis(&tape) }
    var rest = place - 1
    func visit(_ part: inout JSONPart) throws -> Bool {
      if rest < 0 { return true }
      let count = part.count
      if rest < count { try part.change(at: rest, &tape) }
      rest -= count
      return rest < 0
    }
    switch self {
    case .object(var members):
      for index in members.indices where try visit(&members[index].1) { break }
      self = .object(members)
    case .array(var elements):
      for index in elements.indices where try visit(&elements[index]) { break }
      self = .array(elements)
    case .other: break
    }
  }

  private static let strangers = [
    "null", "true", "0", "-1", "0.5", "\"\"", "\"0\"", "[]", "{}", "128", "-129", "65536", "9223372036854775808",
    "1e400",
    "\"\\u0000\"", "\"\\uD800\"",
  ]

  private mutating func changeThis(_ tape: inout ChoiceTape) throws {
    let kind = tape.integer(in: 0...3)
    switch (self, kind) {
    case (.object(var members), 0...2) where !members.isEmpty:
      let index = tape.integer(in: 0...(members.count - 1))
      switch kind {
      case 0: members.remove(at: index)
      case 1: members[index].0 += "_"
      default: members.append(members[index])
      }
      self = .object(members)
    case (.array(var elements), 0...2) where !elements.isEmpty:
      let index = tape.integer(in: 0...(elements.count - 1))
      switch kind {
      case 0: elements.remove(at: index)
      case 1: elements.insert(elements[index], at: index)
      default: elements.append(.other(try Generator<String>.element(of: JSONPart.strangers)(&tape)))
      }
      self = .array(elements)
    default: self = .other(try Generator<String>.element(of: JSONPart.strangers)(&tape))
    }
  }
}
