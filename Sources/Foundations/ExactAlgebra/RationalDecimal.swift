// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

extension Rational {
  /// The value rounded to `digits` significant decimal digits, halves away from zero, without trailing zeros.
  ///
  /// Exact integer division decides every digit.
  ///
  /// - Precondition: `digits` ≥ 1.
  public func decimal(digits: Int) -> String {
    guard signum != 0 else { return "0" }
    let (text, exponent) = scientific(digits: digits)
    return (signum < 0 ? "-" : "") + DecimalText(scientificDigits: text, exponent: exponent + 1).description
  }

  /// The magnitude rounded to `digits` significant decimal digits, halves away from zero: the digits, without trailing zeros,
  /// and the exponent e of d.dd… × 10^e; ("0", 0) for zero.
  ///
  /// - Precondition: `digits` ≥ 1.
  public func scientific(digits: Int) -> (digits: String, exponent: Int) {
    precondition(digits >= 1, "at least 1 digit")
    guard signum != 0 else { return ("0", 0) }
    let size = magnitude
    var exponent = size.decimalExponent
    // Now 10^(exponent−1) ≤ |value| < 10^exponent, so the shifted number has `digits` digits before its point.
    let text = Array((size * Rational.powerOfTen(digits - exponent) + Rational(1, 2)).floor.description.utf8)
    if text.count > digits { exponent += 1 }
    var end = min(text.count, digits)
    while end > 0, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    return (String(decoding: text[..<end], as: UTF8.self), exponent - 1)
  }

  /// Two numbers of at most `digits` significant digits, a unit of the last one apart, with the value between them; twice the
  /// value where it has no more digits.
  ///
  /// Whatever number of so few digits the value is compared with, its neighbours compare no other way.
  ///
  /// - Precondition: `digits` ≥ 1.
  public func enclosure(digits: Int) -> (lower: String, upper: String) {
    precondition(digits >= 1, "at least 1 digit")
    guard signum != 0 else { return ("0", "0") }
    let unit = Rational.powerOfTen(magnitude.decimalExponent - digits)
    let lower = (self / unit).floor * unit
    let upper = lower == self ? lower : lower + unit
    return (lower.decimal(digits: digits), upper.decimal(digits: digits))
  }

  /// The largest whole number that is not above the value.
  public var floor: Rational {
    var words = fmpq(num: 0, den: 1)
    withFLINT { own in
      withUnsafePointer(to: own.pointee.num) { num in
        withUnsafePointer(to: own.pointee.den) { den in fmpz_fdiv_q(&words.num, num, den) }
      }
    }
    return Rational(taking: words)
  }

  /// The e with 10^(e−1) ≤ value < 10^e, for a positive value.
  private var decimalExponent: Int {
    // The numbers of digits tell it but for one.
    let estimate = numerator.description.utf8.count - denominator.description.utf8.count
    return self >= Rational.powerOfTen(estimate) ? estimate + 1 : estimate
  }
}
