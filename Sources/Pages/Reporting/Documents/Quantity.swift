// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText

/// A number of a document: how the page shows it, what it is exactly, and where it stands.
struct Quantity: Sendable, Equatable {
  /// For reading: to four digits, whole numbers in full.
  let shown: String
  /// As the document has it.
  let exact: String
  /// The nearest Double; infinite where the document says so.
  let value: Double
  /// Whether what is shown is not rounded.
  let isExact: Bool
  /// Where in the document, as in `studies[0].rows[1].risk.mean`.
  let path: String

  /// The value where it can be drawn.
  var finite: Double? { value.isFinite && abs(value) < 1e150 ? value : nil }

  /// The exact text where it is short, else the rounded number.
  var short: String { exact.contains("/") && exact.count <= 9 ? exact.replacing("-", with: "−") : shown }

  /// The exact text where it is short, with the rounded number where that says more.
  var precise: String {
    guard exact.contains("/") || exact.contains("."), exact.count <= 16, !exact.contains("e") else { return shown }
    let text = exact.replacing("-", with: "−")
    return exact.contains("/") ? "\(text) \(isExact ? "=" : "≈") \(shown)" : shown
  }
}

extension JSONReader {
  /// A number in any of the forms of the formats: a JSON number, an exact text such as "3/50", `"infinity"`, an enclosure
  /// `{"between": [a, b]}`, of which the lower end stands for the number, or an information `{"half_log_of", "nats"}`.
  @inline(never) func quantity() throws(JSONShapeError) -> Quantity {
    switch value {
    case .string("infinity"):
      return Quantity(shown: "∞", exact: "infinity", value: .infinity, isExact: true, path: path)
    case .string("-infinity"):
      return Quantity(shown: "−∞", exact: "-infinity", value: -.infinity, isExact: true, path: path)
    case .object:
      if let nats = member("nats") { return try nats.quantity() }
      guard let ends = member("between") else { throw failure("expected a number, found an object") }
      guard let lower = try ends.elements().first else { throw ends.failure("expected two numbers") }
      return try lower.quantity()
    case .number(let text), .string(let text):
      let number = try rational()
      let isExact = number.isInteger || number == nearby(number)
      return Quantity(shown: rounded(number), exact: text, value: number.asDouble, isExact: isExact, path: path)
    default: throw failure("expected a number, found \(value.kind)")
    }
  }
}

/// The number as four digits have it.
private func nearby(_ number: Rational) -> Rational {
  let (digits, exponent) = number.scientific(digits: 4)
  let size = Rational(Int(digits) ?? 0) * Rational.powerOfTen(exponent - digits.count + 1)
  return number.signum < 0 ? -size : size
}

/// A number that the page computed itself, such as a share of counts.
func computed(_ value: Double) -> String {
  guard let exact = try? Rational(exactly: value) else { return value > 0 ? "∞" : "−∞" }
  return rounded(exact)
}

/// The number to four digits: 0.0123, 1.5, 36.25, 1.2·10⁻⁷; whole numbers below 10¹² in full, as 9,000.
func rounded(_ number: Rational, digits: Int = 4) -> String {
  let sign = number.signum < 0 ? "−" : ""
  if let whole = number.magnitude.asInt, whole < 1_000_000_000_000 { return sign + grouped(whole) }
  let (text, exponent) = number.scientific(digits: digits)
  if exponent >= 0, exponent < 7 {
    let padded = text + String(repeating: "0", count: max(0, exponent + 1 - text.count))
    let (whole, fraction) = (padded.prefix(exponent + 1), padded.dropFirst(exponent + 1))
    return sign + grouped(Int(whole) ?? 0) + (fraction.isEmpty ? "" : "." + fraction)
  }
  if exponent < 0, exponent >= -4 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + text }
  let tail = text.dropFirst()
  return sign + text.prefix(1) + (tail.isEmpty ? "" : "." + tail) + "·10" + raised(exponent)
}

/// "29.4 %" of `part` in `whole`; what is neither none nor all is not shown so.
func percentage(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "–" }
  let share = 100 * Double(part) / Double(whole)
  let text = String(format: "%.1f", share)
  if part > 0, text == "0.0" { return "< 0.1 %" }
  return part < whole && text == "100.0" ? "> 99.9 %" : text + " %"
}

private func raised(_ number: Int) -> String {
  let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  return (number < 0 ? "⁻" : "")
    + String(String(number.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } })
}
