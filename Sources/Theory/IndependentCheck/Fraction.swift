// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt

/// A fraction of whole numbers of any size, in lowest terms with a positive denominator.
///
/// Deliberately plain and deliberately its own: nothing here is shared with the arithmetic that found the certificates.
struct Fraction: Equatable, CustomStringConvertible {
  let numerator: BigInt
  let denominator: BigInt

  init(_ numerator: BigInt, _ denominator: BigInt = 1) {
    if denominator == 1 {
      (self.numerator, self.denominator) = (numerator, denominator)
      return
    }
    let divisor = Fraction.commonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: BigInt = denominator.sign == .minus ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// Euclid's algorithm, in machine words as soon as both numbers have one: the package's own goes bit by bit.
  private static func commonDivisor(_ a: BigUInt, _ b: BigUInt) -> BigInt {
    var (a, b) = a < b ? (b, a) : (a, b)
    while b.bitWidth > UInt.bitWidth { (a, b) = (b, a % b) }
    if b == 0 { return BigInt(a) }
    var (x, y) = (UInt(b), UInt(a % b))
    while y != 0 { (x, y) = (y, x % y) }
    return BigInt(x)
  }

  /// Reads "3/50", "0.06" or "6e-2"; nil for anything else.
  ///
  /// The reader of files has bounded the length of the text.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      guard let value = Fraction.decimal(parts[0]) else { return nil }
      self = value
    case 2:
      guard let p = BigInt(parts[0]), let q = BigInt(parts[1]), q != 0 else { return nil }
      self.init(p, q)
    default: return nil
    }
  }

  private static func decimal(_ text: Substring) -> Fraction? {
    let pieces = text.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = pieces.first, let exponent = pieces.count == 1 ? 0 : Int(pieces[1]),
      (-10_000...10_000).contains(exponent)
    else { return nil }
    let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let places = halves.count == 2 ? halves[1].count : 0
    guard let digits = BigInt(halves.joined()) else { return nil }
    let shift = exponent - places
    let power = BigInt(10).power(abs(shift))
    return shift >= 0 ? Fraction(digits * power) : Fraction(digits, power)
  }

  var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  @inline(never) static func + (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  @inline(never) static func - (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
  }

  @inline(never) static func * (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  /// The power of a whole number n ≥ 0, in lowest terms as this number is.
  func power(_ n: Int) -> Fraction { Fraction(lowest: numerator.power(n), denominator.power(n)) }

  private init(lowest numerator: BigInt, _ denominator: BigInt) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// The caller has made sure that `b` is not 0.
  @inline(never) static func / (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  @inline(never) static func < (a: Fraction, b: Fraction) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
  static func > (a: Fraction, b: Fraction) -> Bool { b < a }
  static func <= (a: Fraction, b: Fraction) -> Bool { !(b < a) }

  static let zero = Fraction(0)
  static let one = Fraction(1)
}
