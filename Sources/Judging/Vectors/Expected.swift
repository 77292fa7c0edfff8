// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Oracle

/// What a right implementation answers to a vector's input.
public enum Expected: Sendable, Hashable {
  /// It refuses the input, by this rule; the protocol's `errored`.
  case refused(Refusal.Rule)
  /// These fields.
  case output([Field])

  /// One output field: its exact value, and how far from it a right program in double precision may be.
  public struct Field: Sendable, Hashable {
    /// The name in the protocol.
    public let name: OutputName
    /// The exact value.
    public let value: ExactValue
    /// The largest absolute error of each number; 0 for verdicts.
    public let tolerance: [Rational]

    /// The field `name`; `tolerance` has one number for each number of the value, row by row.
    public init(_ name: OutputName, _ value: ExactValue, tolerance: [Rational]) {
      (self.name, self.value, self.tolerance) = (name, value, tolerance)
    }
  }
}

extension Expected {
  /// The expectation as it stands in a vector file.
  var document: JSONValue {
    switch self {
    case .refused(let rule): ["refused": .string(rule.rawValue)]
    case .output(let fields):
      ["output": .object(fields.map { .init(key: $0.name.rawValue, value: $0.document) })]
    }
  }

  /// Reads what ``document`` writes, strictly.
  init(_ reader: JSONReader) throws(JSONShapeError) {
    try reader.requireKeys(among: ["refused", "output"])
    if let refused = reader.member("refused") {
      guard let rule = Refusal.Rule(rawValue: try refused.string()) else { throw refused.failure("an unknown rule") }
      self = .refused(rule)
      return
    }
    var fields: [Field] = []
    for field in try reader.required("output").members() {
      guard let name = OutputName(rawValue: String(field.path.split(separator: ".").last ?? "")) else {
        throw field.failure("no operation answers with a field of this name")
      }
      fields.append(try Field(field, name: name))
    }
    self = .output(fields)
  }
}

extension Expected.Field {
  fileprivate static let keys = [
    "value", "half_log_of", "plus", "values", "rows", "bool", "infinite", "truth", "sides", "enclosure", "tolerance",
  ]

  var document: JSONValue {
    let exact: [JSONValue.Member] =
      switch value {
      case .rational(let value): [.init(key: "value", value: JSONValue(value))]
      case .nats(let value): value.exactMembers + [.init(key: "enclosure", value: value.enclosure().document)]
      case .vector(let values): [.init(key: "values", value: .array(values.map { JSONValue($0) }))]
      case .matrix(let values): [.init(key: "rows", value: JSONValue(values))]
      case .bool(let value): [.init(key: "bool", value: .bool(value))]
      case .infinite: [.init(key: "infinite", value: true)]
      case .truth(let value): [.init(key: "truth", value: .string(value.inWords))]
      case .sides(let sides): [.init(key: "sides", value: .array(zip(sides, tolerance).map(Expected.Field.document)))]
      }
    if case .sides = value { return .object(exact) }
    guard !tolerance.isEmpty else { return .object(exact) }
    let texts = tolerance.map { JSONValue.string($0.decimal(digits: 3)) }
    return .object(exact + [.init(key: "tolerance", value: tolerance.count == 1 ? texts[0] : .array(texts))])
  }

  /// A side with its own tolerance, as a field has.
  private static func document(_ side: StatementSide, _ tolerance: Rational) -> JSONValue {
    let name = JSONValue.Member(key: "name", value: .string(side.name))
    guard case .object(let members) = Expected.Field(.sides, side.value, tolerance: [tolerance]).document else {
      preconditionFailure("a field is an object")
    }
    return .object([name] + members)
  }

  fileprivate init(_ reader: JSONReader, name: OutputName) throws(JSONShapeError) {
    try reader.requireKeys(among: Expected.Field.keys)
    self.name = name
    if let sides = reader.member("sides") {
      let list = try sides.elements().map(Expected.Field.side)
      (value, tolerance) = (.sides(list.map(\.side)), list.map(\.tolerance))
      return
    }
    value = try Expected.Field.value(reader)
    guard let tolerance = reader.member("tolerance") else {
      self.tolerance = []
      return
    }
    if case .array = tolerance.value {
      self.tolerance = try tolerance.elements().map { element throws(JSONShapeError) in try element.rational() }
    } else {
      self.tolerance = [try tolerance.rational()]
    }
    guard self.tolerance.allSatisfy({ $0.signum >= 0 }), self.tolerance.count == value.count else {
      throw tolerance.failure("a tolerance of at least 0 for each of the \(value.count) numbers is needed")
    }
  }

  private static func side(_ reader: JSONReader) throws(JSONShapeError) -> (side: StatementSide, tolerance: Rational) {
    try reader.requireKeys(among: ["name", "value", "half_log_of", "plus", "enclosure", "tolerance"])
    let tolerance = try reader.required("tolerance")
    guard try tolerance.rational().signum >= 0 else { throw tolerance.failure("a tolerance is at least 0") }
    let side = StatementSide(try reader.required("name").string(), try value(reader))
    switch side.value {
    case .rational, .nats: return (side, try tolerance.rational())
    default: throw reader.failure("a side is a number or an information")
    }
  }

  private static func value(_ reader: JSONReader) throws(JSONShapeError) -> ExactValue {
    if let truth = reader.member("truth") {
      let word = try truth.string()
      guard let value = [true, false, nil].first(where: { $0.inWords == word }) else {
        throw truth.failure("expected \"true\", \"false\" or \"undefined\"")
      }
      return .truth(value)
    }
    if let value = reader.member("value"), reader.member("enclosure") == nil { return .rational(try value.rational()) }
    if let value = reader.member("value") { return .nats(ShiftedHalfLogarithm(try value.rational())) }
    if let argument = reader.member("half_log_of") {
      let value = try argument.rational()
      guard value.signum > 0 else { throw argument.failure("½ ln r needs r > 0") }
      return .nats(
        ShiftedHalfLogarithm(HalfLogarithm(of: value), plus: try reader.member("plus")?.rational() ?? 0))
    }
    if let values = reader.member("values") {
      return .vector(try values.elements().map { element throws(JSONShapeError) in try element.rational() })
    }
    if let rows = reader.member("rows") { return .matrix(try rows.matrix()) }
    if let verdict = reader.member("bool") {
      guard case .bool(let value) = verdict.value else { throw verdict.failure("expected true or false") }
      return .bool(value)
    }
    guard reader.member("infinite")?.value == true else { throw reader.failure("no value") }
    return .infinite
  }
}

extension ExactValue {
  /// How many numbers it has; none for verdicts and infinity.
  var count: Int {
    switch self {
    case .rational, .nats: 1
    case .vector(let values): values.count
    case .matrix(let values): values.rows * values.columns
    case .sides(let sides): sides.count
    case .bool, .infinite, .truth: 0
    }
  }
}

extension Bool? {
  /// "true", "false" or "undefined".
  package var inWords: String { map { $0 ? "true" : "false" } ?? "undefined" }
}

extension HalfLogarithm.Enclosure {
  /// [lower, upper].
  var document: JSONValue { [.string(lower), .string(upper)] }
}
