import ExactAlgebra
import ExactJSON

/// A vector before it has an answer and a name.
struct Draft {
  var comment: String
  var flags: [Flag]
  var catches: String
  /// For programs that compute exactly only; its numbers are strings.
  var isExactOnly = false
  /// A tie that plain double arithmetic decides in any order: only powers of two and zeros meet.
  var isSafeTie = false
  var input: JSONValue
  /// Its answer, where that is known already.
  var assessment: Assessment?
}

extension JSONValue {
  /// A number as programs in double precision get it: the exact decimal text of a `Double`.
  ///
  /// - Precondition: the number is one.
  static func double(_ value: Rational) -> JSONValue {
    precondition((try? Rational(exactly: value.asDouble)) == value, "\(value) is no Double")
    let isShort = value.isInteger && value.magnitude < Rational(1_000_000_000_000_000)
    return .number(isShort ? value.description : value.decimal(digits: 1200))
  }

  /// A number for a draft: an exact string, or a `Double`.
  static func number(_ value: Rational, exactly: Bool) -> JSONValue { exactly ? JSONValue(value) : .double(value) }

  /// Rows of numbers.
  static func rows(_ matrix: RationalMatrix, exactly: Bool = false) -> JSONValue {
    .array(matrix.values.map { .array($0.map { number($0, exactly: exactly) }) })
  }

  /// A list of numbers.
  static func list(_ values: [Rational], exactly: Bool = false) -> JSONValue {
    .array(values.map { number($0, exactly: exactly) })
  }

  /// The object with `key` set to `value`, or without it where that is nil.
  func setting(_ key: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = self else { return self }
    guard let value else { return .object(members.filter { $0.key != key }) }
    guard members.contains(where: { $0.key == key }) else { return .object(members + [.init(key: key, value: value)]) }
    return .object(members.map { $0.key == key ? .init(key: key, value: value) : $0 })
  }
}
