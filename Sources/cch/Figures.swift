import ExactAlgebra
import Foundation

/// A margin, exactly where it is short, else to three digits with ≈.
func marginText(_ value: Rational) -> String {
  let exact = value.description
  return exact.count <= 9 ? exact.replacingOccurrences(of: "-", with: "−") : "≈ " + rounded(value)
}

/// The number to four digits, for reading only.
func rounded(_ value: Rational) -> String {
  String(format: "%.4g", value.asDouble).replacingOccurrences(of: "-", with: "−")
}

/// The number with `digits` decimals, for reading only.
func decimal(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value).replacingOccurrences(of: "-", with: "−")
}
