// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A coordinate for SVG: at most two decimals, no exponent, no trailing zero.
func coordinate(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
  let sign = hundredths < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

/// The number with `places` decimals and a real minus sign.
func decimal(_ value: Double, places: Int) -> String {
  let text = String(format: "%.\(max(0, places))f", value)
  // What rounds to zero has no sign.
  let isZero = text.allSatisfy { "-0.".contains($0) }
  return isZero ? text.replacing("-", with: "") : text.replacing("-", with: "−")
}

/// "10⁻⁷".
func powerOfTen(_ exponent: Int) -> String { "10" + superscript(exponent) }

/// The number in raised digits.
func superscript(_ number: Int) -> String {
  let raised: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
  ]
  return String(String(number).map { raised[$0] ?? $0 })
}
