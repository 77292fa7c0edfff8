// SPDX-License-Identifier: MIT

extension Generator where Value: Decodable & Sendable {
  /// Values of any `Decodable` type, as its `init(from:)` reads them: from drawn numbers, texts and lengths.
  ///
  /// Members that are ``Generatable`` come from their own generators, members of `CaseIterable` types from their cases; what an
  /// initializer refuses is rejected. Nesting ends after a few levels. An enumeration whose cases hold values does not say
  /// which there are: it needs a generator of its own, by ``Generatable``.
  public static func decoded(_ type: Value.Type = Value.self) -> Generator {
    Generator { tape in
      let source = DecodingTape(&tape)
      defer { swap(&tape, &source.tape) }
      do { return try source.value(Value.self, level: 0) } catch let error as DecodingError {
        throw Rejection("the initializer of \(Value.self) refuses what was drawn: \(error)")
      }
    }
  }
}

/// The tape that all parts of a decoder draw from.
final class DecodingTape {
  static let levels = 5
  var tape = ChoiceTape([])

  init(_ tape: inout ChoiceTape) { swap(&self.tape, &tape) }

  func draw<Value>(_ generator: Generator<Value>) throws -> Value { try generator(&tape) }

  func value<Value: Decodable>(_ type: Value.Type, level: Int) throws -> Value {
    if let type = type as? any DrawnCollection.Type, let value = try type.draw(self, level: level) as? Value {
      return value
    }
    if let type = type as? any Generatable.Type, let value = try generated(type) as? Value { return value }
    if let type = type as? any CaseIterable.Type, let value = oneCase(type) as? Value { return value }
    return try Value(from: TapeDecoder(source: self, level: level + 1, type: Value.self))
  }

  private func generated<Value: Generatable>(_ type: Value.Type) throws -> Value { try draw(Value.generator) }

  private func oneCase<Value: CaseIterable>(_ type: Value.Type) -> Value? {
    let cases = Array(Value.allCases)
    return cases.isEmpty ? nil : cases[tape.integer(in: 0...(cases.count - 1))]
  }

  /// As many elements as an array draws; none below the last level.
  func elements(level: Int, _ body: () throws -> Void) throws {
    var own = ChoiceTape([])
    swap(&own, &tape)
    defer { swap(&own, &tape) }
    try own.elements(0...(level < DecodingTape.levels ? 20 : 0)) { own in
      swap(&own, &self.tape)
      defer { swap(&own, &self.tape) }
      try body()
      return true
    }
  }

  /// Whether something is there; not below the last level.
  func isPresent(level: Int) -> Bool { tape.integer(in: 0...(level < DecodingTape.levels ? 1 : 0)) == 1 }
}

// MARK: Collections of values that have no generator

private protocol DrawnCollection {
  static func draw(_ source: DecodingTape, level: Int) throws -> Any
}

extension Array: DrawnCollection where Element: Decodable {
  fileprivate static func draw(_ source: DecodingTape, level: Int) throws -> Any {
    var values: [Element] = []
    try source.elements(level: level) { values.append(try source.value(Element.self, level: level + 1)) }
    return values
  }
}

extension Set: DrawnCollection where Element: Decodable {
  fileprivate static func draw(_ source: DecodingTape, level: Int) throws -> Any {
    Set(try source.value([Element].self, level: level))
  }
}

extension Dictionary: DrawnCollection where Key: Decodable, Value: Decodable {
  fileprivate static func draw(_ source: DecodingTape, level: Int) throws -> Any {
    var values: [Key: Value] = [:]
    try source.elements(level: level) {
      values[try source.value(Key.self, level: level + 1)] = try source.value(Value.self, level: level + 1)
    }
    return values
  }
}

extension Optional: DrawnCollection where Wrapped: Decodable {
  fileprivate static func draw(_ source: DecodingTape, level: Int) throws -> Any {
    source.isPresent(level: level)
      ? Optional(try source.value(Wrapped.self, level: level + 1)) as Any : Wrapped?.none as Any
  }
}

// MARK: The decoder

private struct TapeDecoder: Decoder {
  let source: DecodingTape
  let level: Int
  let type: Any.Type
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy key: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(decoder: self))
  }
  func unkeyedContainer() -> any UnkeyedDecodingContainer { Unkeyed(decoder: self) }
  func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

  func value<Value: Decodable>(_ type: Value.Type) throws -> Value { try source.value(type, level: level) }

  struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TapeDecoder
    var codingPath: [any CodingKey] { [] }
    // What is asked for is there; a type that asks what there is cannot be told.
    var allKeys: [Key] { [] }
    func contains(_ key: Key) -> Bool { decoder.source.isPresent(level: decoder.level) }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder.value(type) }
    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedDecodingContainer<Inner> {
      decoder.container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { decoder.unkeyedContainer() }
    func superDecoder() -> any Decoder { decoder }
    func superDecoder(forKey key: Key) -> any Decoder { decoder }
  }

  struct Unkeyed: UnkeyedDecodingContainer {
    let decoder: TapeDecoder
    var codingPath: [any CodingKey] { [] }
    var count: Int? { nil }
    private(set) var currentIndex = 0
    private var hasNext: Bool

    init(decoder: TapeDecoder) {
      self.decoder = decoder
      hasNext = decoder.source.isPresent(level: decoder.level)
    }

    var isAtEnd: Bool { !hasNext }
    mutating func decodeNil() -> Bool { false }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let value = try decoder.value(type)
      advance()
      return value
    }
    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
      advance()
      return decoder.container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
      advance()
      return decoder.unkeyedContainer()
    }
    mutating func superDecoder() -> any Decoder { decoder }

    private mutating func advance() {
      currentIndex += 1
      hasNext = currentIndex < 20 && decoder.source.isPresent(level: decoder.level)
    }
  }

  struct Single: SingleValueDecodingContainer {
    let decoder: TapeDecoder
    var codingPath: [any CodingKey] { [] }
    func decodeNil() -> Bool { decoder.source.isPresent(level: decoder.level) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.value(type) }
  }
}
