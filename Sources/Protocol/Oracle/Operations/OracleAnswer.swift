// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// One exact value of an answer.
public enum ExactValue: Sendable, Hashable {
  /// A number.
  case rational(Rational)
  /// An information in nats.
  case nats(ShiftedHalfLogarithm)
  /// A list of numbers.
  case vector([Rational])
  /// Rows of numbers.
  case matrix(RationalMatrix)
  /// A verdict.
  case bool(Bool)
  /// Not finite: `null` in the protocol.
  case infinite
  /// Whether something holds, three-valued: nil, in the protocol `null`, where it is undefined.
  case truth(Bool?)
  /// What a statement compares.
  case sides([StatementSide])

  /// Equality of values.
  public static func == (a: ExactValue, b: ExactValue) -> Bool {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): x == y
    case (.nats(let x), .nats(let y)): x == y
    case (.vector(let x), .vector(let y)): x == y
    case (.matrix(let x), .matrix(let y)): x == y
    case (.bool(let x), .bool(let y)): x == y
    case (.infinite, .infinite): true
    case (.truth(let x), .truth(let y)): x == y
    case (.sides(let x), .sides(let y)): x == y
    default: false
    }
  }

  /// Hashes the kind and, where there is one, the number.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .rational(let value): hasher.combine(value)
    case .nats(let value): hasher.combine(value)
    case .vector(let values): hasher.combine(values)
    case .matrix(let values): hasher.combine(values.values)
    case .bool(let value): hasher.combine(value)
    case .infinite: hasher.combine(0)
    case .truth(let value): hasher.combine(value)
    case .sides(let sides): hasher.combine(sides)
    }
  }
}

/// One of the numbers that a statement compares.
public struct StatementSide: Sendable, Hashable {
  /// What it is, in the language of statements.
  public let name: String
  /// A number, or an information.
  public let value: ExactValue

  /// The side `name`.
  public init(_ name: String, _ value: ExactValue) { (self.name, self.value) = (name, value) }
}

/// What an output field tells; the raw value is its name in the protocol.
public enum OutputName: String, CaseIterable, Sendable, Hashable {
  /// An information, or its estimate.
  case nats
  /// I(t; s).
  case teacherInformation = "i_ts"
  /// I(s; y).
  case labelInformation = "i_sy"
  /// I(t; s) − I(s; y).
  case difference = "delta"
  /// Whether the latter is positive.
  case predicts
  /// A risk.
  case risk
  /// dR/dλ at 0.
  case slope
  /// Whether the teacher helps at none: no λ, no number of rows.
  case empty
  /// The lower end of a window.
  case lower
  /// Its upper end.
  case upper
  /// The best λ.
  case lambda
  /// Whether the teacher helps.
  case helps
  /// The weights of a student.
  case student = "w"
  /// What the best mixture gains.
  case gain
  /// The weights of several teachers.
  case weights
  /// A number of rows.
  case rows = "n"
  /// Whether a statement holds.
  case holds
  /// Whether its premise does.
  case premise
  /// Whether its conclusion does.
  case conclusion
  /// The numbers that it compares.
  case sides

  /// Whether a program may leave it out; it is judged where it is there.
  public var isOptional: Bool { self == .premise || self == .conclusion || self == .sides }
}

/// The exact answer to one question: named values, in the order of the protocol.
public struct OracleAnswer: Sendable, Hashable {
  /// One output field.
  public struct Field: Sendable, Hashable {
    /// The name in the protocol.
    public let name: OutputName
    /// The value.
    public let value: ExactValue

    /// The field `name`.
    public init(_ name: OutputName, _ value: ExactValue) { (self.name, self.value) = (name, value) }
  }

  /// The fields.
  public let fields: [Field]
  /// Why something in it is undefined, in words; nil where nothing is.
  public let reason: String?

  /// An answer of these fields.
  public init(_ fields: [Field], reason: String? = nil) { (self.fields, self.reason) = (fields, reason) }

  /// The value of the field called `name`, or nil.
  public subscript(name: OutputName) -> ExactValue? { fields.first { $0.name == name }?.value }

  /// The answer as the `output` of the protocol.
  ///
  /// Numbers are exact strings, and an information is an object of its exact form and 50 digits of `nats`. Where the field
  /// itself is called `nats`, the exact form stands beside it.
  public var document: JSONValue {
    .object(
      fields.flatMap { field -> [JSONValue.Member] in
        if field.name == .nats, case .nats(let value) = field.value { return value.members }
        return [.init(key: field.name.rawValue, value: field.value.document)]
      } + (reason.map { [.init(key: "reason", value: .string($0))] } ?? []))
  }
}

extension ExactValue {
  /// The value as in the protocol.
  public var document: JSONValue {
    switch self {
    case .rational(let value): JSONValue(value)
    case .nats(let value): .object(value.members)
    case .vector(let values): .array(values.map { JSONValue($0) })
    case .matrix(let values): JSONValue(values)
    case .bool(let value): .bool(value)
    case .infinite: .null
    case .truth(let value): value.map(JSONValue.bool) ?? .null
    case .sides(let sides): .array(sides.map { ["name": .string($0.name), "value": $0.value.document] })
    }
  }
}

extension ShiftedHalfLogarithm {
  /// The exact form, and `nats` with 50 digits: `half_log_of` r, with `plus` s where s ≠ 0, or `value` where it is rational.
  public var members: [JSONValue.Member] { exactMembers + [.init(key: "nats", value: .string(decimal()))] }

  /// The exact form alone: `half_log_of` r, with `plus` s where s ≠ 0, or `value` where the number is rational.
  package var exactMembers: [JSONValue.Member] {
    if isRational && shift != 0 { return [.init(key: "value", value: JSONValue(shift))] }
    let logarithm = JSONValue.Member(key: "half_log_of", value: JSONValue(logarithm.argument))
    return shift == 0 ? [logarithm] : [logarithm, .init(key: "plus", value: JSONValue(shift))]
  }
}
