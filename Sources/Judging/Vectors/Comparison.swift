// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import LineProtocol
import Oracle

/// Whether an answer is right.
public enum Comparison: Sendable, Hashable {
  /// Right, or within the tolerance.
  case passed
  /// Wrong.
  case failed(Failure)

  /// What is wrong with an answer.
  public struct Failure: Sendable, Hashable {
    /// The output field, with the position in a list as in `w[1]`; empty where it is about the answer as a whole.
    public let field: String
    /// The right value, in words.
    public let expected: String
    /// What was answered, in words.
    public let got: String
    /// How far it is off, in units of the tolerance; nil where the two are no numbers.
    public let tolerances: Double?

    /// A failure.
    public init(field: String, expected: String, got: String, tolerances: Double? = nil) {
      (self.field, self.expected, self.got, self.tolerances) = (field, expected, got, tolerances)
    }
  }
}

extension Comparison.Failure: CustomStringConvertible {
  /// "risk: expected 6, got 5.5, 1e+09 tolerances off".
  public var description: String {
    let off = tolerances.map { ", " + ($0.isFinite ? String(format: "%.3g", $0) + " tolerances off" : "must be exact") }
    return "\(field.isEmpty ? "" : field + ": ")expected \(expected), got \(got)\(off ?? "")"
  }
}

/// Judges the `output` of a `result` against what is expected.
///
/// Outputs are JSON numbers, exact strings, or objects as the oracle's with `value` or `nats`. A NaN, a text that is no
/// number, a missing field or a wrong type are failures; fields that were not asked for are not looked at.
public func judge(_ answer: JSONValue, against expected: Expected) -> Comparison {
  switch expected {
  case .refused(let rule):
    return .failed(.init(field: "", expected: rule.expectation, got: answer.shortened))
  case .output(let fields):
    guard case .object = answer else {
      return .failed(.init(field: "", expected: "an object", got: answer.shortened))
    }
    // An empty window has no ends to look at; one that is not empty must not say that it is.
    if fields.first?.name == .lower, answer[OutputName.empty.rawValue] == true {
      return .failed(.init(field: OutputName.empty.rawValue, expected: "false", got: "true"))
    }
    for field in fields {
      if case .failed(let failure) = field.judge(answer[field.name.rawValue]) { return .failed(failure) }
    }
    return .passed
  }
}

extension Expected.Field {
  fileprivate func judge(_ answer: JSONValue?) -> Comparison {
    guard let answer else {
      if name.isOptional { return .passed }
      return .failed(.init(field: name.rawValue, expected: value.shortened, got: "nothing"))
    }
    switch value {
    case .bool(let verdict): return judgeEqual(answer, .bool(verdict))
    case .infinite: return judgeEqual(answer, .null)
    case .rational(let exact): return judge(answer, exact, field: name.rawValue, tolerance[0])
    case .nats(let exact): return judge(answer, exact.midpoint, field: name.rawValue, tolerance[0])
    case .vector(let exact): return judge(answer, exact.map { [$0] }, areRows: false)
    case .matrix(let exact): return judge(answer, exact.values, areRows: true)
    case .truth(let exact): return judge(answer, exact)
    case .sides(let exact): return judge(answer, exact)
    }
  }

  private func judgeEqual(_ answer: JSONValue, _ right: JSONValue) -> Comparison {
    answer == right ? .passed : .failed(.init(field: name.rawValue, expected: "\(right)", got: answer.shortened))
  }

  /// A verdict of three: `true`, `false` or `null`, which is undefined.
  private func judge(_ answer: JSONValue, _ exact: Bool?) -> Comparison {
    let got: String =
      switch answer {
      case .bool(let value): Bool?.some(value).inWords
      case .null: Bool?.none.inWords
      default: answer.shortened
      }
    return got == exact.inWords ? .passed : .failed(.init(field: name.rawValue, expected: exact.inWords, got: got))
  }

  /// The sides that a program names, in any spelling, and that are known; the others are not looked at.
  private func judge(_ answer: JSONValue, _ exact: [StatementSide]) -> Comparison {
    guard case .array(let elements) = answer else {
      return .failed(.init(field: name.rawValue, expected: "a list of objects", got: answer.shortened))
    }
    var known: [String: Int] = [:]
    for (place, side) in exact.enumerated() { known[side.name] = place }
    for (place, side) in exact.enumerated() {
      if let spelled = StatementSide.name(spelled: side.name), known[spelled] == nil { known[spelled] = place }
    }
    for (place, element) in elements.enumerated() {
      guard case .string(let said)? = element["name"], let value = element["value"] else {
        return .failed(
          .init(
            field: "\(name.rawValue)[\(place)]", expected: "an object of name and value", got: element.shortened))
      }
      guard let own = known[said] ?? StatementSide.name(spelled: said).flatMap({ known[$0] }) else { continue }
      let field = "\(name.rawValue): \(exact[own].name)"
      let right: Rational =
        switch exact[own].value {
        case .rational(let value): value
        case .nats(let value): value.midpoint
        default: preconditionFailure("a side is a number or an information")
        }
      if case .failed(let failure) = judge(value, right, field: field, tolerance[own]) { return .failed(failure) }
    }
    return .passed
  }

  private func judge(_ answer: JSONValue, _ exact: Rational, field: String, _ tolerance: Rational) -> Comparison {
    guard let number = answer.judgedNumber else {
      return .failed(.init(field: field, expected: exact.shortened, got: answer.shortened))
    }
    let difference = (number - exact).magnitude
    guard difference > tolerance else { return .passed }
    let units = tolerance.signum == 0 ? Double.infinity : (difference / tolerance).asDouble
    return .failed(
      .init(field: field, expected: exact.shortened, got: answer.shortened, tolerances: units))
  }

  /// A list of numbers, or of rows of numbers.
  private func judge(_ answer: JSONValue, _ exact: [[Rational]], areRows: Bool) -> Comparison {
    let wrongShape = Comparison.failed(
      .init(field: name.rawValue, expected: "\(exact.count) \(areRows ? "rows" : "numbers")", got: answer.shortened))
    guard case .array(let elements) = answer, elements.count == exact.count else { return wrongShape }
    var position = 0
    for (i, (element, right)) in zip(elements, exact).enumerated() {
      var numbers = [element]
      // A column of one output may come as rows of one number.
      if case .array(let row) = element { numbers = row }
      guard numbers.count == right.count else { return wrongShape }
      for (j, (number, value)) in zip(numbers, right).enumerated() {
        let field = areRows ? "\(name.rawValue)[\(i)][\(j)]" : "\(name.rawValue)[\(i)]"
        if case .failed(let failure) = judge(number, value, field: field, tolerance[position]) {
          return .failed(failure)
        }
        position += 1
      }
    }
    return .passed
  }
}

extension JSONValue {
  /// The number that an output field is: a JSON number, an exact string, or the `value` or `nats` of an object.
  public var judgedNumber: Rational? {
    switch self {
    case .number(let text), .string(let text): try? Rational(parsing: text)
    case .object: (self["value"] ?? self["nats"])?.scalar
    default: nil
    }
  }

  private var scalar: Rational? {
    if case .object = self { return nil }
    return judgedNumber
  }

  fileprivate var shortened: String { excerpt(80) }
}

extension ShiftedHalfLogarithm {
  /// A rational within 10⁻⁴⁹ of the value, relatively: far below any tolerance.
  public var midpoint: Rational { isRational ? shift : Rational(decimal()) ?? shift }
}

extension Rational {
  fileprivate var shortened: String {
    let text = description
    return text.utf8.count <= 24 ? text : decimal(digits: 17)
  }
}

extension ExactValue {
  fileprivate var shortened: String {
    switch self {
    case .rational(let value): value.shortened
    case .nats(let value): value.decimal(digits: 17)
    case .infinite: "null (infinite)"
    case .truth(let value): value.inWords
    default: document.shortened
    }
  }
}

extension Refusal.Rule {
  /// What an answer had to be, in words.
  package var expectation: String { "a refusal (\(rawValue))" }
}
