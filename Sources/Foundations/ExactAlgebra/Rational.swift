// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// An exact rational number of any size, in lowest terms with a positive denominator.
///
/// Numbers whose numerator and denominator fit in 62 bits live in two machine words and cost no allocation; larger
/// ones hold FLINT integers that an owner frees. Arithmetic is FLINT's `fmpq`.
public struct Rational: Sendable {
  let words: fmpq
  private let owner: LargeIntegerOwner?

  /// Takes over the FLINT integers in `words`, which must be canonical; the caller must not clear them.
  init(taking words: fmpq) {
    self.words = words
    owner = isMultiPrecision(words.num) || isMultiPrecision(words.den) ? LargeIntegerOwner(words) : nil
  }

  /// A whole number.
  public init(_ value: Int) {
    var words = fmpq(num: 0, den: 1)
    fmpz_set_si(&words.num, value)
    self.init(taking: words)
  }

  /// A whole number of 128 bits.
  public init(_ value: Int128) {
    let (high, low) = (Int(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
    let (upper, lower) = (Rational(Int(low >> 32)), Rational(Int(low & 0xFFFF_FFFF)))
    self = Rational(high) * Rational.powerOfTwo(64) + upper * Rational.powerOfTwo(32) + lower
  }

  /// The quotient of two whole numbers.
  ///
  /// - Precondition: `denominator` is not 0.
  public init(_ numerator: Int, _ denominator: Int) {
    self = Rational(numerator) / Rational(denominator)
  }

  /// The exact value of a finite binary floating-point number: every `Double` is a rational.
  ///
  /// - Throws: `notFinite` for NaN and the infinities.
  public init(exactly value: Double) throws(NumberError) {
    guard value.isFinite else { throw .notFinite(String(value)) }
    guard value != 0 else {
      self.init(0)
      return
    }
    let shift = Int(value.exponent) - 52
    let significand = Int((value / Double(sign: .plus, exponent: Int(value.exponent), significand: 1)) * 0x1p52)
    self = Rational(significand) * Rational.powerOfTwo(shift)
  }

  /// 2 to the power of `exponent`, which may be negative.
  public static func powerOfTwo(_ exponent: Int) -> Rational {
    var words = fmpq(num: 1, den: 1)
    if exponent >= 0 {
      fmpz_set_ui(&words.num, 1)
      withUnsafeMutablePointer(to: &words.num) { fmpz_mul_2exp($0, $0, UInt(exponent)) }
    } else {
      withUnsafeMutablePointer(to: &words.den) { fmpz_mul_2exp($0, $0, UInt(-exponent)) }
    }
    return Rational(taking: words)
  }

  // Here and below `_fixLifetime`, not `withExtendedLifetime`: the closure of the latter doubles the time of an operation where
  // nothing is optimized, as in the tests.

  /// Gives `body` the FLINT number for reading; it must not keep the pointer.
  func withFLINT<Result>(_ body: (UnsafePointer<fmpq>) -> Result) -> Result {
    defer { _fixLifetime(self) }
    var words = words
    return body(&words)
  }

  /// Without generic closures, which cost more than the arithmetic itself where nothing is optimized.
  private static func combine(
    _ a: Rational, _ b: Rational,
    _ operation: (UnsafeMutablePointer<fmpq>, UnsafePointer<fmpq>, UnsafePointer<fmpq>) -> Void
  ) -> Rational {
    defer {
      _fixLifetime(a)
      _fixLifetime(b)
    }
    var (result, x, y) = (fmpq(num: 0, den: 1), a.words, b.words)
    operation(&result, &x, &y)
    return Rational(taking: result)
  }

  // MARK: Reading

  /// −1, 0 or 1.
  public var signum: Int {
    defer { _fixLifetime(self) }
    var words = words
    return Int(fmpq_sgn(&words))
  }

  /// The numerator in lowest terms, as a rational of denominator 1; it carries the sign.
  public var numerator: Rational { isInteger ? self : integer(words.num) }

  /// The denominator in lowest terms, as a rational of denominator 1; it is positive.
  public var denominator: Rational { integer(words.den) }

  /// A copy of one of the two words, which are this number's.
  private func integer(_ word: fmpz) -> Rational {
    defer { _fixLifetime(self) }
    var (result, word) = (fmpq(num: 0, den: 1), word)
    fmpz_set(&result.num, &word)
    return Rational(taking: result)
  }

  /// Copies the numerator to where it is to stand.
  func copyNumerator(to target: UnsafeMutablePointer<fmpz>) {
    defer { _fixLifetime(self) }
    var word = words.num
    fmpz_set(target, &word)
  }

  /// Whether this is 1.
  var isOne: Bool { words.num == 1 && words.den == 1 }

  /// The absolute value.
  public var magnitude: Rational { signum < 0 ? -self : self }

  /// Whether the denominator is 1.
  public var isInteger: Bool { words.den == 1 }

  /// The value as an `Int`, or nil where it is a fraction or does not fit.
  public var asInt: Int? {
    guard isInteger else { return nil }
    return withFLINT { own in
      withUnsafePointer(to: own.pointee.num) { fmpz_fits_si($0) != 0 ? fmpz_get_si($0) : nil }
    }
  }

  /// The nearest `Double`; ±infinity beyond its range.
  ///
  /// For display and for comparison with floating-point code only.
  public var asDouble: Double {
    MPFloat(precision: 53, self, MPFR_RNDN).asDouble
  }

  /// The square root where it is rational, else nil.
  public var exactSquareRoot: Rational? {
    guard signum >= 0 else { return nil }
    var root = fmpq(num: 0, den: 1)
    let isSquare = withFLINT { own -> Bool in
      withUnsafePointer(to: own.pointee.num) { num in
        withUnsafePointer(to: own.pointee.den) { den in
          guard fmpz_is_square(num) != 0, fmpz_is_square(den) != 0 else { return false }
          fmpz_sqrt(&root.num, num)
          fmpz_sqrt(&root.den, den)
          return true
        }
      }
    }
    return isSquare ? Rational(taking: root) : nil
  }
}

extension Rational: Comparable, Hashable {
  /// Equality of values; exact.
  public static func == (a: Rational, b: Rational) -> Bool {
    defer {
      _fixLifetime(a)
      _fixLifetime(b)
    }
    var (x, y) = (a.words, b.words)
    return fmpq_equal(&x, &y) != 0
  }

  /// Order of values; exact.
  public static func < (a: Rational, b: Rational) -> Bool {
    defer {
      _fixLifetime(a)
      _fixLifetime(b)
    }
    var (x, y) = (a.words, b.words)
    return fmpq_cmp(&x, &y) < 0
  }

  /// Hashes the numerator and the denominator modulo a prime.
  public func hash(into hasher: inout Hasher) {
    let prime: UInt = (1 << 61) - 1
    withFLINT { own in
      withUnsafePointer(to: own.pointee.num) { hasher.combine(fmpz_fdiv_ui($0, prime)) }
      withUnsafePointer(to: own.pointee.den) { hasher.combine(fmpz_fdiv_ui($0, prime)) }
    }
  }
}

extension Rational: SignedNumeric, ExpressibleByIntegerLiteral {
  /// A whole number written in the source.
  public init(integerLiteral value: Int) { self.init(value) }

  /// The value of a whole number of any type, or nil where it does not fit in an `Int`.
  public init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Int(exactly: source) else { return nil }
    self.init(value)
  }

  /// The exact sum.
  public static func + (a: Rational, b: Rational) -> Rational { combine(a, b) { fmpq_add($0, $1, $2) } }

  /// The exact difference.
  public static func - (a: Rational, b: Rational) -> Rational { combine(a, b) { fmpq_sub($0, $1, $2) } }

  /// The exact product.
  public static func * (a: Rational, b: Rational) -> Rational { combine(a, b) { fmpq_mul($0, $1, $2) } }

  /// The exact product, in place.
  public static func *= (a: inout Rational, b: Rational) { a = a * b }

  /// The exact quotient.
  ///
  /// - Precondition: `b` is not 0.
  public static func / (a: Rational, b: Rational) -> Rational {
    precondition(b.signum != 0, "division of a Rational by zero")
    return combine(a, b) { fmpq_div($0, $1, $2) }
  }

  /// The exact opposite.
  public static prefix func - (a: Rational) -> Rational { 0 - a }

  /// The square, which statistics needs everywhere.
  public var squared: Rational { self * self }
}

/// Frees the FLINT integers of one large rational when its last copy goes.
///
/// Unchecked: the integers never change after construction, and FLINT lets any thread free what another allocated.
private final class LargeIntegerOwner: @unchecked Sendable {
  private var words: fmpq

  init(_ words: fmpq) { self.words = words }

  deinit {
    fmpz_clear(&words.num)
    fmpz_clear(&words.den)
  }
}

/// FLINT keeps an integer beyond 62 bits behind a tagged pointer: the two top bits are 01.
private func isMultiPrecision(_ word: fmpz) -> Bool { UInt(bitPattern: word) >> 62 == 1 }
