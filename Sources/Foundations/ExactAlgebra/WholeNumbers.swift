// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

extension Rational {
  /// The greatest common divisor of two whole numbers; of the numerators where they are fractions.
  public static func greatestCommonDivisor(_ a: Rational, _ b: Rational) -> Rational {
    ofNumerators(a, b) { fmpz_gcd($0, $1, $2) }
  }

  /// The least common multiple of two positive whole numbers; of the numerators where they are fractions.
  public static func leastCommonMultiple(_ a: Rational, _ b: Rational) -> Rational {
    b.isOne || a == b ? a : ofNumerators(a, b) { fmpz_lcm($0, $1, $2) }
  }

  /// What FLINT writes of two numerators.
  private static func ofNumerators(
    _ a: Rational, _ b: Rational,
    _ write: (UnsafeMutablePointer<fmpz>, UnsafePointer<fmpz>, UnsafePointer<fmpz>) -> Void
  ) -> Rational {
    var words = fmpq(num: 0, den: 1)
    a.withFLINT { x in
      b.withFLINT { y in
        withUnsafePointer(to: x.pointee.num) { x in
          withUnsafePointer(to: y.pointee.num) { y in write(&words.num, x, y) }
        }
      }
    }
    return Rational(taking: words)
  }

  /// This number to a whole power, which may be negative.
  ///
  /// - Precondition: a number to a negative power is not 0.
  public func raised(to power: Int) -> Rational {
    var (result, square, rest) = (Rational(1), self, abs(power))
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      rest >>= 1
      if rest > 0 { square = square.squared }
    }
    return power < 0 ? 1 / result : result
  }
}
