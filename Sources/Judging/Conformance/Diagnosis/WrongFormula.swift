// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Oracle
import Vectors

/// A known mistake as a function from inputs to the outputs that a program which makes it gives.
struct WrongFormula: Sendable {
  /// What is wrong, as the end of "every failure equals …".
  let summary: String
  /// The operations that it is about.
  let operations: Set<OracleOperation>
  /// The wrong output; nil where the mistake makes no difference that can be told.
  let output: @Sendable (OracleOperation, FormulaInput) throws -> FormulaOutput?
}

/// Where a number stands in an output: a field, or a place in the list that a field is.
struct OutputPlace: Hashable, Sendable, ExpressibleByStringLiteral {
  let field: String
  /// The place in a list, from 0; nil where the field is a number.
  let index: Int?

  init(_ field: String, _ index: Int? = nil) { (self.field, self.index) = (field, index) }

  init(stringLiteral field: String) { self.init(field) }
}

/// The output of a formula in floating point: what a program in doubles would answer, up to rounding.
enum FormulaOutput: Sendable, Equatable {
  case numbers([OutputPlace: Double])
  case infinite(OutputPlace)
  case empty
  case verdict(Bool)
  /// Whether a statement holds; nil where that is undefined.
  case truth(Bool?)

  /// A number, or infinity.
  static func number(_ place: OutputPlace, _ value: Double) -> FormulaOutput {
    value.isFinite ? .numbers([place: value]) : .infinite(place)
  }

  /// The right output.
  init?(_ expected: Expected) {
    guard case .output(let fields) = expected, let first = fields.first else { return nil }
    if first.name == .empty { self = .empty; return }
    if case .bool(let verdict) = first.value { self = .verdict(verdict); return }
    if case .truth(let holds) = first.value { self = .truth(holds); return }
    var numbers: [OutputPlace: Double] = [:]
    for field in fields {
      switch field.value {
      case .rational(let value): numbers[OutputPlace(field.name.rawValue)] = value.asDouble
      case .nats(let value): numbers[OutputPlace(field.name.rawValue)] = value.midpoint.asDouble
      case .vector(let values):
        for (i, value) in values.enumerated() { numbers[OutputPlace(field.name.rawValue, i)] = value.asDouble }
      case .matrix: return nil
      case .infinite: self = .infinite(OutputPlace(field.name.rawValue)); return
      case .bool, .truth, .sides: return nil
      }
    }
    self = .numbers(numbers)
  }

  /// What a program answered.
  init?(_ output: JSONValue) {
    guard case .object(let members) = output else { return nil }
    if output["empty"] == true { self = .empty; return }
    switch output[OutputName.holds.rawValue] {
    case .bool(let holds)?: self = .truth(holds); return
    case .null?: self = .truth(nil); return
    default: break
    }
    var numbers: [OutputPlace: Double] = [:]
    for member in members {
      switch member.value {
      case .null: self = .infinite(OutputPlace(member.key)); return
      case .bool(let verdict) where member.key != "empty": self = .verdict(verdict); return
      case .array(let elements):
        for (i, element) in elements.enumerated() {
          guard let value = element.judgedNumber else { return nil }
          numbers[OutputPlace(member.key, i)] = value.asDouble
        }
      default: if let value = member.value.judgedNumber { numbers[OutputPlace(member.key)] = value.asDouble }
      }
    }
    self = .numbers(numbers)
  }

  /// Whether the two are the same up to rounding: within `margin`, or relatively.
  ///
  /// Where a `right` output is given, the relative part is far below the distance from it, so that a formula that hardly
  /// differs from the right one is not taken for the mistake.
  func equals(_ other: FormulaOutput, margin: [OutputPlace: Double], besides right: FormulaOutput? = nil) -> Bool {
    guard case .numbers(let a) = self, case .numbers(let b) = other else { return self == other }
    var rightNumbers: [OutputPlace: Double] = [:]
    if case .numbers(let numbers)? = right { rightNumbers = numbers }
    let shared = Set(a.keys).intersection(b.keys)
    return !shared.isEmpty
      && shared.allSatisfy { key in
        guard let x = a[key], let y = b[key], x.isFinite, y.isFinite else { return false }
        let relative = 1e-9 * max(abs(x), abs(y))
        let distance = rightNumbers[key].map { abs($0 - y) / 1000 } ?? .infinity
        return abs(x - y) <= max(min(relative, distance), margin[key] ?? 0)
      }
  }
}
