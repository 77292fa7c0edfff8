// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
@testable import ExactPredicates
import TestSupport
import Testing

/// A number type with a bound, as these tests make and read it.
protocol BoundedNumber: SignedScalar {
  init(high: Double, low: Double, error: Double)
  var parts: (high: Double, low: Double, error: Double) { get }
  static func / (a: Self, b: Self) -> Self
}

extension BoundedDouble: BoundedNumber {
  init(high: Double, low: Double, error: Double) { self.init(high, error: error) }
  var parts: (high: Double, low: Double, error: Double) { (value, 0, error) }
}

extension BoundedDoubleDouble: BoundedNumber {
  var parts: (high: Double, low: Double, error: Double) { (high, low, error) }
}

extension BoundedNumber {
  /// The exact value of the number itself.
  var exact: Rational { get throws { try Rational(exactly: parts.high) + Rational(exactly: parts.low) } }
  var bound: Rational { get throws { try Rational(exactly: parts.error) } }
}

@Suite struct BoundedNumbersTests {
  @Test func boundsOfDoublesContainTheExactValue() throws { try check(BoundedDouble.self, precision: 0x1p-52) }

  @Test func boundsOfDoubleDoublesContainTheExactValue() throws {
    try check(BoundedDoubleDouble.self, precision: 0x1p-99)
  }

  /// One operation on numbers that are exact, or off by exactly their bounds: the result must be within its own.
  private func check<Number: BoundedNumber>(_ type: Number.Type, precision: Double) throws {
    for index in 0..<4_000 {
      var source = testSource(index)
      func operand() throws -> (Number, Rational) {
        func random() -> Double { Double(Int(truncatingIfNeeded: source.next())) }
        let (scale, high) = (source.integer(in: -9...9), random())
        let ulp = high.ulp
        let low = source.chance(1, in: 4) ? 0 : random() * 0x1p-64 * ulp
        let error = source.chance(1, in: 3) ? 0 : abs(high) * (source.chance(1, in: 2) ? 0x1p-100 : 0x1p-20)
        let power = Double(sign: .plus, exponent: scale, significand: 1)
        let number = Number(high: high * power, low: low * power, error: error * power)
        let move: Rational = source.chance(1, in: 2) ? 1 : -1
        return (number, try number.exact + move * number.bound)
      }
      var ((a, exactA), (b, exactB)) = (try operand(), try operand())
      if source.chance(1, in: 4) {
        // Nearly all of a sum goes.
        b = Number(high: -a.parts.high, low: b.parts.low * 0x1p-40, error: 0)
        exactB = try b.exact
      }
      let results = [
        (a + b, exactA + exactB), (a - b, exactA - exactB), (a * b, exactA * exactB), (a / b, exactA / exactB),
      ]
      for (place, (result, truth)) in results.enumerated() {
        #expect((try result.exact - truth).magnitude <= (try result.bound), "operation \(place), case \(index)")
        if let sign = result.knownSign { #expect(sign == truth.signum) }
        // Products and quotients of exact numbers are nearly exact, and all is in its normal form.
        if place > 1, a.parts.error == 0, b.parts.error == 0 {
          #expect(result.parts.error <= abs(result.parts.high) * precision)
        }
        #expect(abs(result.parts.low) <= result.parts.high.ulp / 2)
      }
    }
  }

  @Test func whatIsTooLargeOrTooSmallHasNoSign() {
    func check<Number: BoundedNumber>(_ type: Number.Type) {
      let huge = Number(high: 1e300, low: 0, error: 0)
      let tiny = Number(high: 1e-300, low: 0, error: 0)
      let (zero, one) = (Number(whole: 0), Number(whole: 1))
      for number in [
        huge * huge - one, huge * huge - huge * huge, tiny * tiny, tiny / huge, one / zero, zero, one - one,
      ] {
        #expect(number.knownSign == nil)
      }
    }
    check(BoundedDouble.self)
    check(BoundedDoubleDouble.self)
  }

  @Test func wholeNumbersAreExactOrWithinTheirBound() throws {
    for whole in [Int.max, .min, 1 << 53 + 1, -(1 << 62) + 1, 0, 5] {
      #expect(try BoundedDoubleDouble(whole: whole).exact == Rational(whole))
      #expect(BoundedDoubleDouble(whole: whole).error == 0)
      let narrow = BoundedDouble(whole: whole)
      #expect((try narrow.exact - Rational(whole)).magnitude <= (try narrow.bound))
    }
    for whole in [Int128.max, .min, Int128(1) << 64 + 1, -(Int128(1) << 100) - 12_345, Int128(Int.min)] {
      let number = BoundedDoubleDouble(whole)
      #expect((try number.exact - Rational(parsing: "\(whole)")).magnitude <= (try number.bound))
      #expect(number.error <= abs(number.high) * 0x1p-100)
    }
  }
}
