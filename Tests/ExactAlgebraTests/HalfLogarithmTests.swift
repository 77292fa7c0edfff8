// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import TestSupport
import Testing

@Suite struct HalfLogarithmTests {
  @Test func fiftyDigits() {
    // ½ ln 2 and ½ ln(16/7), computed with `bc -l` at scale 60.
    #expect(HalfLogarithm(of: 2).nats() == "0.34657359027997265470861606072908828403775006718013")
    #expect(HalfLogarithm(of: Rational(16, 7)).nats() == "0.41333928659223396628178787119476327133245790392958")
    #expect(HalfLogarithm(of: Rational(7, 16)).nats() == "-0.41333928659223396628178787119476327133245790392958")
    #expect(HalfLogarithm(of: 1).nats() == "0")
  }

  @Test(arguments: 0..<50) func orderSumsAndDoubles(index: Int) {
    var source = testSource(index)
    let (r, s) = (source.rational().magnitude + Rational(1, 97), source.rational().magnitude + Rational(1, 89))
    let (a, b) = (HalfLogarithm(of: r), HalfLogarithm(of: s))
    #expect((a < b) == (r < s))
    #expect((a + b).argument == r * s && (a - b).argument == r / s)
    // log in Double is right to a few units in the last place of values of this size.
    #expect(abs(a.asDouble - 0.5 * Foundation.log(r.asDouble)) < 1e-15 * max(1, abs(a.asDouble) * 4))
    #expect(HalfLogarithm.logarithm(of: r) == a + a)
  }

  @Test(arguments: [
    Rational(2), Rational(16, 7), Rational(1, 3), Rational.powerOfTwo(10_000), 1 + Rational.powerOfTwo(-700),
    1 - Rational.powerOfTwo(-700), Rational(999_999, 1_000_000),
  ])
  func enclosuresAreTightNestedAndRight(r: Rational) throws {
    let value = HalfLogarithm(of: r)
    var last: (Rational, Rational)?
    for digits in [5, 20, 50, 200] {
      let enclosure = value.enclosure(digits: digits)
      let (low, high) = (try Rational(parsing: enclosure.lower), try Rational(parsing: enclosure.upper))
      #expect(low < high)
      // One unit of the last of `digits` digits.
      #expect((high - low) / min(low.magnitude, high.magnitude) <= 10 / power(10, digits - 1))
      if let last { #expect(last.0 <= low && high <= last.1) }
      let nearest = try Rational(parsing: value.nats(digits: digits))
      #expect(nearest == low || nearest == high)
      last = (low, high)
    }
  }

  @Test func enclosureContainsTheSeries() throws {
    // ½ ln((1+x)/(1−x)) = x + x³/3 + x⁵/5 + …, and for x = 1/9 the rest after 30 terms is below x⁶¹.
    let x = Rational(1, 9)
    let partial = (0..<30).reduce(Rational(0)) { $0 + power(x, 2 * $1 + 1) / Rational(2 * $1 + 1) }
    let enclosure = HalfLogarithm(of: (1 + x) / (1 - x)).enclosure(digits: 50)
    #expect(try Rational(parsing: enclosure.lower) <= partial + power(x, 61))
    #expect(try Rational(parsing: enclosure.upper) >= partial)
  }

  private func power(_ base: Rational, _ exponent: Int) -> Rational {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
}
