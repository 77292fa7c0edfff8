// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import TestSupport
import Testing

@Suite struct RationalTests {
  /// Sizes on both sides of every representation: one word, the 62-bit limit of FLINT, several words.
  static let interesting: [Rational] = {
    let wordLimit = 1 << 62
    let integers: [Int] = [0, 1, -1, 2, 3, wordLimit - 1, wordLimit, 1 - wordLimit, -wordLimit, .max, .min]
    let edges = integers.map { Rational($0) }
    let large = [64, 200].map { Rational.powerOfTwo($0) + 1 }
    return edges + large + large.map { -1 / $0 } + [Rational(3, 50), Rational(-22, 7)]
  }()

  @Test(arguments: interesting) func fieldAxioms(a: Rational) {
    for b in Self.interesting {
      #expect(a + b == b + a)
      #expect(a - b == -(b - a))
      #expect((a + b) * (a - b) == a * a - b * b)
      if b.signum != 0 {
        #expect(a / b * b == a)
        #expect((a / b).denominator.signum == 1)
      }
      #expect((a < b) == ((a - b).signum < 0))
      #expect((a == b) == ((a - b).signum == 0))
      if a == b { #expect(a.hashValue == b.hashValue) }
      for c in Self.interesting { #expect(a * (b + c) == a * b + a * c) }
    }
  }

  @Test func smallFractionsAgainstIntegers() {
    for p in -12...12 {
      for q in 1...12 {
        for r in -12...12 {
          let sum = Rational(p, q) + Rational(r, 7)
          #expect(sum == Rational(7 * p + r * q, 7 * q))
          #expect((Rational(p, q) < Rational(r, 7)) == (7 * p < r * q))
        }
      }
    }
    #expect(Rational(6, -4).description == "-3/2")
    #expect(Rational(-7).magnitude == 7)
    #expect(Rational(7, 1).isInteger && !Rational(7, 2).isInteger)
  }

  @Test(arguments: [
    ("3/50", "3/50"), ("-7", "-7"), ("0.06", "3/50"), ("6e-2", "3/50"), ("6E-2", "3/50"), ("+5", "5"), (".5", "1/2"),
    ("5.", "5"), ("-3/6", "-1/2"), ("0", "0"), ("-0", "0"), ("0/9", "0"), ("1e3", "1000"), ("1.50e+1", "15"),
    ("007", "7"), ("123456789012345678901234567890/3", "41152263004115226300411522630"),
  ])
  func reads(text: String, canonical: String) throws {
    let value = try Rational(parsing: text)
    #expect(value.description == canonical)
    #expect(try Rational(parsing: canonical) == value)
  }

  @Test(arguments: [
    "", " ", "NaN", "nan", "inf", "-Infinity", "0x10", "1/2/3", "1.5/2", "1/2.5", "e5", ".", "-", "1e", "1e+", "--1",
    "1/-2", "1/", "/2", " 1", "1 ", "1,5", "½", "１", "1_000", "1e1.5",
  ])
  func refusesWhatIsNoNumber(text: String) {
    #expect(throws: NumberError.notANumber(text)) { try Rational(parsing: text) }
    #expect(Rational(text) == nil)
  }

  @Test func refusesZeroDenominatorsAndMonsters() {
    #expect(throws: NumberError.zeroDenominator("1/0")) { try Rational(parsing: "1/0") }
    #expect(throws: NumberError.zeroDenominator("0/000")) { try Rational(parsing: "0/000") }
    for text in ["1e999999999", "1e-999999999", "1e99999999999999999999999", "1e10001", "1e-9223372036854775808"] {
      #expect(throws: NumberError.exponentTooLarge(text)) { try Rational(parsing: text) }
    }
    #expect(throws: NumberError.tooManyDigits(count: 100_000)) {
      try Rational(parsing: String(repeating: "7", count: 100_000))
    }
    let longest = String(repeating: "7", count: 10_001)
    #expect((try? Rational(parsing: "-\(longest)/\(longest)")) == -1)
    #expect(throws: NumberError.tooManyDigits(count: 10_002)) { try Rational(parsing: "+7" + longest) }
  }

  /// Whatever is read is written, and read again: where numbers of ten thousand digits are allowed, those of one digit too many are refused first.
  @Test(arguments: [
    ("1e10000", true), ("-9e10000", true), ("10e10000", false), ("999999e+9995", true), ("999999e+9999", false),
    ("0.0001e10004", false), ("0.001e10000", true), ("1e-10000", true), ("0.1e-9999", true), ("1.5e-10000", false),
    ("0e10000", true), ("0.000e-10000", true), ("-0.00e10000", true), ("000012e9999", true), ("1e-10001", false),
  ])
  func numbersThatAreReadCanBeReadAgain(text: String, isRead: Bool) throws {
    guard isRead else {
      #expect(throws: NumberError.exponentTooLarge(text)) { try Rational(parsing: text) }
      return
    }
    let value = try Rational(parsing: text)
    #expect(try Rational(parsing: value.description) == value)
    #expect(try Rational(parsing: (-value).description) == -value)
  }

  @Test(arguments: [
    0.1, -0.1, 1, 0.75, 1e300, -1e-300, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    .leastNormalMagnitude.nextDown, 1.nextUp, 1.nextDown, .pi, 0, -0.0, 3 * .leastNonzeroMagnitude,
  ])
  func doublesAreExactRationals(value: Double) throws {
    let exact = try Rational(exactly: value)
    #expect(exact.asDouble == value)
    // The same number, from its bits.
    let integer = Rational(Int(value.significandBitPattern)) + (value.isNormal ? Rational.powerOfTwo(52) : 0)
    let exponent = Int(value.exponentBitPattern) - 1075 + (value.isNormal ? 0 : 1)
    #expect(exact.magnitude == integer * Rational.powerOfTwo(exponent))
    #expect(exact.signum == (value > 0 ? 1 : value < 0 ? -1 : 0))
  }

  @Test func refusesDoublesThatAreNotFinite() {
    #expect(throws: NumberError.notFinite("nan")) { try Rational(exactly: Double.nan) }
    #expect(throws: NumberError.notFinite("inf")) { try Rational(exactly: Double.infinity) }
    #expect(throws: NumberError.notFinite("-inf")) { try Rational(exactly: -Double.infinity) }
  }

  @Test func roundsToTheNearestDouble() {
    #expect(Rational(1, 3).asDouble == 1.0 / 3)
    #expect((Rational(1) + Rational.powerOfTwo(-53)).asDouble == 1, "a tie goes to the even neighbour")
    #expect((Rational(1) + 3 * Rational.powerOfTwo(-54)).asDouble == 1.nextUp)
    #expect(Rational.powerOfTwo(2000).asDouble == .infinity)
  }

  @Test func squareRootsAndIntegers() {
    #expect(Rational(9, 4).exactSquareRoot == Rational(3, 2))
    #expect(Rational(2).exactSquareRoot == nil)
    #expect(Rational(-4).exactSquareRoot == nil)
    #expect(Rational(8, 2).exactSquareRoot == 2)
    let large = Rational.powerOfTwo(100) + 1
    #expect(large.squared.exactSquareRoot == large)
    #expect(Rational(Int.min).asInt == Int.min && Rational(Int.max).asInt == Int.max)
    #expect((Rational(Int.max) + 1).asInt == nil && Rational(1, 2).asInt == nil)
  }

  @Test func largeNumbersMayDieOnAnotherThread() async {
    let total = await withTaskGroup(of: [Rational].self) { group in
      for i in 0..<64 {
        group.addTask { (1...50).map { Rational.powerOfTwo(100 + i) / Rational($0) } }
      }
      var total = Rational(0)
      for await numbers in group { total = numbers.reduce(total, +) }
      return total
    }
    let harmonic = (1...50).reduce(Rational(0)) { $0 + Rational(1, $1) }
    #expect(total == harmonic * (Rational.powerOfTwo(164) - Rational.powerOfTwo(100)))
  }
}
