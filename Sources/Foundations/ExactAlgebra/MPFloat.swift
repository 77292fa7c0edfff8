// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// One MPFR number: a binary float of chosen precision whose every operation rounds in a chosen direction.
final class MPFloat {
  private var value = mpfr_t_storage()

  init(precision: Int, _ source: Rational, _ rounding: mpfr_rnd_t) {
    mpfr_init2(&value, mpfr_prec_t(precision))
    _ = source.withFLINT { fmpq_get_mpfr(&value, $0, rounding) }
  }

  deinit { mpfr_clear(&value) }

  /// Replaces the number by half its natural logarithm.
  ///
  /// Halving a binary float is exact, so one rounding happens.
  func takeHalfLogarithm(_ rounding: mpfr_rnd_t) {
    withUnsafeMutablePointer(to: &value) {
      mpfr_log($0, $0, rounding)
      mpfr_div_2ui($0, $0, 1, rounding)
    }
  }

  /// Adds a rational; it and the sum are rounded in the same direction.
  func add(_ term: Rational, _ rounding: mpfr_rnd_t) {
    let precision = Int(withUnsafePointer(to: value) { mpfr_get_prec($0) })
    let addend = MPFloat(precision: precision, term, rounding)
    withUnsafeMutablePointer(to: &value) { own in
      _ = withUnsafePointer(to: addend.value) { mpfr_add(own, own, $0, rounding) }
    }
  }

  var asDouble: Double { mpfr_get_d(&value, MPFR_RNDN) }

  /// The number rounded to `digits` significant decimal digits.
  func decimal(digits: Int, _ rounding: mpfr_rnd_t) -> String {
    if mpfr_zero_p(&value) != 0 { return "0" }
    var exponent: mpfr_exp_t = 0
    guard let text = mpfr_get_str(nil, &exponent, 10, digits, &value, rounding) else { return "nan" }
    defer { mpfr_free_str(text) }
    return DecimalText(scientificDigits: String(cString: text), exponent: Int(exponent)).description
  }
}

private typealias mpfr_t_storage = __mpfr_struct

/// Digits d1 d2 … and an exponent e, meaning 0.d1d2… × 10^e, written as people write numbers.
struct DecimalText: CustomStringConvertible {
  let scientificDigits: String
  let exponent: Int

  var description: String {
    let negative = scientificDigits.hasPrefix("-")
    let digits = negative ? String(scientificDigits.dropFirst()) : scientificDigits
    return (negative ? "-" : "") + DecimalText.unsigned(digits, exponent)
  }

  private static func unsigned(_ digits: String, _ exponent: Int) -> String {
    switch exponent {
    case -5...0: return "0." + String(repeating: "0", count: -exponent) + digits
    case 1..<digits.count:
      return "\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
    case digits.count: return digits
    default:
      let tail = digits.dropFirst()
      return "\(digits.prefix(1))\(tail.isEmpty ? "" : ".")\(tail)e\(exponent - 1)"
    }
  }
}
