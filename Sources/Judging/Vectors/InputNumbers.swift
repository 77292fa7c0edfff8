// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

extension JSONValue {
  /// A number as programs in double precision get it: the exact decimal text of a `Double`.
  ///
  /// - Precondition: the number is one.
  @inline(never) package static func double(_ value: Rational) -> JSONValue {
    precondition((try? Rational(exactly: value.asDouble)) == value, "\(value) is no Double")
    let isShort = value.isInteger && value.magnitude < Rational(1_000_000_000_000_000)
    return .number(isShort ? value.description : value.decimal(digits: 1200))
  }

  /// A number for a draft: an exact string, or a `Double`.
  package static func number(_ value: Rational, exactly: Bool) -> JSONValue {
    exactly ? JSONValue(value) : .double(value)
  }

  /// Rows of numbers.
  @inline(never) package static func rows(_ matrix: RationalMatrix, exactly: Bool = false) -> JSONValue {
    .array(matrix.values.map { .array($0.map { number($0, exactly: exactly) }) })
  }

  /// A list of numbers.
  @inline(never) package static func list(_ values: [Rational], exactly: Bool = false) -> JSONValue {
    .array(values.map { number($0, exactly: exactly) })
  }

  /// The object with `key` set to `value`, or without it where that is nil.
  package func setting(_ key: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = self else { return self }
    guard let value else { return .object(members.filter { $0.key != key }) }
    guard members.contains(where: { $0.key == key }) else { return .object(members + [.init(key: key, value: value)]) }
    return .object(members.map { $0.key == key ? .init(key: key, value: value) : $0 })
  }
}

extension Instance {
  /// The input of an operation about this instance; it gets no keys that the operation does not use.
  ///
  /// - Parameters:
  ///   - lambda: λ, in place of its own.
  ///   - isExact: whether its numbers are exact strings; else they must be Doubles.
  package func input(of operation: OracleOperation, lambda: Rational? = nil, exactly isExact: Bool = false) -> JSONValue
  {
    let weights = { (w: RationalMatrix) -> JSONValue in
      q == 1 ? .list((0..<p1).map { w[$0, 0] }, exactly: isExact) : .rows(w, exactly: isExact)
    }
    let members = (operation.problemKeys ?? []).compactMap { key -> JSONValue.Member? in
      let value: JSONValue? =
        switch key {
        case "sigma": .rows(sigma, exactly: isExact)
        case "p1": JSONValue(p1)
        case "p2": JSONValue(p2)
        case "q": JSONValue(q)
        case "w1": weights(w1)
        case "n": JSONValue(n ?? p2 + 2)
        case "lambda": .number(lambda ?? self.lambda ?? 1, exactly: isExact)
        case "unlabelled": JSONValue(extras.unlabelled ?? 0)
        case "ridge": .number(extras.ridge ?? 1, exactly: isExact)
        case "w1b": extras.secondTeacher.map(weights)
        case "teacher_rows": extras.teacherRows.map { JSONValue($0) }
        default: nil
        }
      return value.map { .init(key: key, value: $0) }
    }
    return .object(members)
  }
}
