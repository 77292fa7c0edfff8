// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A JSON value whose numbers keep their decimal text, so that 0.1 is one tenth.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as it is written.
  case number(String)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Keys and values, in the order of the document.
  case object([Member])

  /// One key of an object and its value.
  public struct Member: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSONValue

    /// A key and its value.
    public init(key: String, value: JSONValue) { (self.key, self.value) = (key, value) }
  }

  /// What kind of value this is, in words.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value of the member called `key`, in an object that has it.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  @inline(never) public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object, in the order written.
  @inline(never) public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }

  /// A whole number.
  @inline(never) public init(_ value: Int) { self = .number(String(value)) }

  /// An exact number, as the canonical text that the formats use: "3/50".
  public init(_ value: Rational) { self = .string(value.description) }

  /// A floating-point number, for figures that are not exact; null where it is not finite.
  @inline(never) public init(approximate value: Double) { self = value.isFinite ? .number(value.description) : .null }

  /// The matrix, row by row, of exact texts.
  @inline(never) public init(_ matrix: RationalMatrix) {
    self = .array(matrix.values.map { .array($0.map(JSONValue.init)) })
  }
}
