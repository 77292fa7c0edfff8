// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Testing

@Suite struct ShiftedHalfLogarithmTests {
  @Test func decimals() {
    let sum = ShiftedHalfLogarithm(HalfLogarithm(of: 4), plus: Rational(1, 3))
    // ln 2 + ⅓.
    #expect(sum.decimal(digits: 30) == "1.02648051389327864275056545479")
    #expect(sum.enclosure(digits: 10).lower == "1.026480513")
    #expect(sum.enclosure(digits: 10).upper == "1.026480514")
    #expect(abs(sum.asDouble - 1.0264805138932786) < 1e-15)
    #expect(ShiftedHalfLogarithm(Rational(-2, 3)).decimal(digits: 5) == "-0.66667")
    #expect(
      ShiftedHalfLogarithm(HalfLogarithm(of: Rational(16, 7))).decimal() == HalfLogarithm(of: Rational(16, 7)).nats())
  }

  @Test(arguments: [
    ("0", 3, "0"), ("1/2", 3, "0.5"), ("-1/3", 4, "-0.3333"), ("999.96", 4, "1e3"), ("999.94", 4, "999.9"),
    ("12345", 2, "1.2e4"), ("1e-150", 5, "1e-150"), ("2/3", 1, "0.7"), ("1e60", 50, "1e60"), ("99", 2, "99"),
    ("0.00012345", 4, "0.0001235"), ("100", 3, "1e2"),
  ])
  func roundedDecimals(value: String, digits: Int, text: String) throws {
    #expect(try Rational(parsing: value).decimal(digits: digits) == text)
  }

  @Test func floors() {
    #expect(Rational(7, 2).floor == 3 && Rational(-7, 2).floor == -4 && Rational(5).floor == 5)
  }
}
