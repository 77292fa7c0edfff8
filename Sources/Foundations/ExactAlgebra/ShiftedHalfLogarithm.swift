// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// ½ ln r + s for rationals r > 0 and s, kept as r and s: what estimates of a mutual information from exact data are.
///
/// Digamma functions at whole and half numbers differ by rationals and multiples of ln 2, so corrected estimates have this
/// form too; the multiples of ln 2 go into r.
public struct ShiftedHalfLogarithm: Sendable, Hashable {
  /// ½ ln r.
  public let logarithm: HalfLogarithm
  /// s.
  public let shift: Rational

  /// `logarithm` + `shift`.
  public init(_ logarithm: HalfLogarithm, plus shift: Rational = 0) {
    (self.logarithm, self.shift) = (logarithm, shift)
  }

  /// A rational number.
  public init(_ value: Rational) { self.init(.zero, plus: value) }

  /// Whether the value is the rational ``shift``.
  public var isRational: Bool { logarithm.argument == 1 }

  /// The value, rounded to `digits` significant decimal digits.
  public func decimal(digits: Int = 50) -> String {
    if isRational { return shift.decimal(digits: digits) }
    return refined(digits: digits) { low, high in
      let (a, b) = (low.decimal(digits: digits, MPFR_RNDN), high.decimal(digits: digits, MPFR_RNDN))
      return a == b ? a : nil
    }
  }

  /// An interval that contains the value, its ends `digits` significant digits long and a unit in the last apart; for a
  /// rational value, both ends are it, rounded to the nearest.
  public func enclosure(digits: Int = 50) -> HalfLogarithm.Enclosure {
    if isRational {
      let value = shift.decimal(digits: digits)
      return HalfLogarithm.Enclosure(lower: value, upper: value)
    }
    return refined(digits: digits) { low, high in
      let lower = (low.decimal(digits: digits, MPFR_RNDD), low.decimal(digits: digits, MPFR_RNDU))
      let upper = (high.decimal(digits: digits, MPFR_RNDD), high.decimal(digits: digits, MPFR_RNDU))
      return lower == upper ? HalfLogarithm.Enclosure(lower: lower.0, upper: lower.1) : nil
    }
  }

  /// The value as the nearest `Double`, for display.
  public var asDouble: Double {
    if isRational { return shift.asDouble }
    return refined(digits: 17) { low, high in low.asDouble == high.asDouble ? low.asDouble : nil }
  }

  /// Encloses the value at growing precision until `settle` finds that both ends agree: MPFR rounds every step downwards for
  /// the lower end and upwards for the upper end.
  ///
  /// It ends: for rational r ≠ 1, ln r is transcendental, so the value is never on a rounding boundary.
  private func refined<Result>(digits: Int, _ settle: (MPFloat, MPFloat) -> Result?) -> Result {
    var precision = digits * 4 + 32
    while true {
      let low = MPFloat(precision: precision, logarithm.argument, MPFR_RNDD)
      let high = MPFloat(precision: precision, logarithm.argument, MPFR_RNDU)
      low.takeHalfLogarithm(MPFR_RNDD)
      high.takeHalfLogarithm(MPFR_RNDU)
      if shift.signum != 0 {
        low.add(shift, MPFR_RNDD)
        high.add(shift, MPFR_RNDU)
      }
      if let result = settle(low, high) { return result }
      precision *= 2
    }
  }
}
