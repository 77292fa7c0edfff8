import CFLINT

extension Rational {
  /// The value rounded to `digits` significant decimal digits, halves away from zero, without trailing zeros.
  ///
  /// Exact integer division decides every digit.
  ///
  /// - Precondition: `digits` ≥ 1.
  public func decimal(digits: Int) -> String {
    precondition(digits >= 1, "at least 1 digit")
    guard signum != 0 else { return "0" }
    let size = magnitude
    // 10^(exponent−1) ≤ |value| < 10^exponent, so the shifted number has `digits` digits before its point.
    var exponent = decimalExponent + 1
    var text = (size * Rational.powerOfTen(digits - exponent) + Rational(1, 2)).floor.description
    if text.count > digits { exponent += 1 }
    text = String(text.prefix(digits))
    let significant = text.count - text.reversed().prefix { $0 == "0" }.count
    let sign = signum < 0 ? "-" : ""
    return sign + DecimalText(scientificDigits: String(text.prefix(significant)), exponent: exponent).description
  }

  /// The e with 10^e ≤ |value| < 10^(e+1); 0 for 0.
  public var decimalExponent: Int {
    guard signum != 0 else { return 0 }
    let size = magnitude
    let exponent = size.estimatedDecimalExponent
    return size >= Rational.powerOfTen(exponent) ? exponent : exponent - 1
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

  /// An e with 10^(e−1) ≤ value < 10^(e+1), for a positive value.
  private var estimatedDecimalExponent: Int {
    let numeratorDigits = numerator.description.utf8.count
    let denominatorDigits = denominator.description.utf8.count
    return numeratorDigits - denominatorDigits
  }
}
