// SPDX-License-Identifier: GPL-3.0-or-later
/// A number of twice the precision of a Double, the unevaluated sum high + low, and a bound on its distance from the exact
/// value.
///
/// With u = 2⁻⁵³, |low| ≤ u|high|. The rounding error of a sum of two Doubles is a Double that six operations find (Knuth),
/// that of a product one that a fused multiplication finds; so each operation below loses only terms of the order of u². What
/// underflows on the way is far below the least normal number, which every bound contains. A bound is computed in at most
/// seven roundings, and holds high for the value; the factor 1 + 16u makes up for both. An overflow leaves an infinite or
/// undefined bound, and no sign.
public struct BoundedDoubleDouble: SignedScalar, Sendable {
  /// The value is within `error` of the exact one.
  public let high, low, error: Double

  @inlinable init(high: Double, low: Double, error: Double) {
    (self.high, self.low, self.error) = (high, low, error)
  }

  /// A whole number, exactly.
  @inlinable public init(whole: Int) {
    let (high, low) = BoundedDoubleDouble.sum(Double(whole >> 32) * 0x1p32, Double(whole & 0xFFFF_FFFF))
    self.init(high: high, low: low, error: 0)
  }

  /// A whole number, exactly or within its bound.
  @inlinable init(_ whole: Int128) {
    if let small = Int(exactly: whole) {
      self.init(whole: small)
      return
    }
    let upper = BoundedDoubleDouble(whole: Int(whole >> 64))
    let middle = BoundedDoubleDouble(whole: Int(truncatingIfNeeded: (whole >> 32) & 0xFFFF_FFFF))
    let last = BoundedDoubleDouble(whole: Int(truncatingIfNeeded: whole & 0xFFFF_FFFF))
    self = upper.scaled(by: 0x1p64) + middle.scaled(by: 0x1p32) + last
  }

  /// The product with a power of 2.
  @inlinable func scaled(by power: Double) -> BoundedDoubleDouble {
    BoundedDoubleDouble(high: high * power, low: low * power, error: error * power)
  }

  @usableFromInline static let unitSquared = 0x1p-106
  @usableFromInline static let inflation = 1 + 0x1p-49

  /// The rounded sum, and its rounding error (Knuth's TwoSum): no order of the operands is supposed.
  @inlinable static func sum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let sum = a + b
    let second = sum - a
    return (sum, (a - (sum - second)) + (b - second))
  }

  /// The sum.
  ///
  /// With M = |a.high| + |b.high|, the low parts, their sum and the error of the high parts' sum are each at most u(1+u)M or
  /// 2u(1+u)M: the two roundings lose at most u²(1+u)M + 2u²(1+u)²M < 4u²M.
  @inlinable public static func + (a: BoundedDoubleDouble, b: BoundedDoubleDouble) -> BoundedDoubleDouble {
    let (sum, rest) = sum(a.high, b.high)
    let (high, low) = BoundedDoubleDouble.sum(sum, rest + (a.low + b.low))
    let error = a.error + b.error + (abs(a.high) + abs(b.high)) * (4 * unitSquared)
    return BoundedDoubleDouble(high: high, low: low, error: error * inflation + .leastNormalMagnitude)
  }

  /// The number with the other sign.
  @inlinable static prefix func - (a: BoundedDoubleDouble) -> BoundedDoubleDouble {
    BoundedDoubleDouble(high: -a.high, low: -a.low, error: a.error)
  }

  /// The difference.
  @inlinable public static func - (a: BoundedDoubleDouble, b: BoundedDoubleDouble) -> BoundedDoubleDouble { a + -b }

  /// The product.
  ///
  /// With P = |a.high·b.high|, the two mixed products and the error of the first are at most u(1+u)P each. Rounding the
  /// mixed ones, their sum, and the sum of all three loses u²(2 + 2 + 3)P and a little, and a.low·b.low is left out: less
  /// than 9u²P.
  @inlinable public static func * (a: BoundedDoubleDouble, b: BoundedDoubleDouble) -> BoundedDoubleDouble {
    let product = a.high * b.high
    let rest = (-product).addingProduct(a.high, b.high)
    let (high, low) = sum(product, rest + (a.high * b.low + a.low * b.high))
    let error =
      abs(a.high) * b.error + (abs(b.high) + b.error) * a.error + abs(product) * (9 * unitSquared)
    return BoundedDoubleDouble(high: high, low: low, error: error * inflation + .leastNormalMagnitude)
  }

  /// The quotient, which has no sign where the divisor has none.
  ///
  /// However q is found, |A/B − q| = |A − qB|/|B|; a − qb bounds the numerator.
  @inlinable static func / (a: BoundedDoubleDouble, b: BoundedDoubleDouble) -> BoundedDoubleDouble {
    let first = a.high / b.high
    let rest = a.high.addingProduct(-first, b.high) + (a.low - first * b.low)
    let (high, low) = sum(first, rest / b.high)
    let remainder = a - BoundedDoubleDouble(high: high, low: low, error: 0) * b
    let least = (abs(b.high) - b.error) * (1 - 0x1p-50)
    guard least > 0 else { return BoundedDoubleDouble(high: high, low: low, error: .infinity) }
    let error = (abs(remainder.high) + remainder.error) / least
    return BoundedDoubleDouble(high: high, low: low, error: error * inflation + .leastNormalMagnitude)
  }

  /// −1 or 1 where the value is farther from 0 than its bound; nil otherwise, and never 0.
  @inlinable public var knownSign: Int? {
    let bound = error * BoundedDoubleDouble.inflation
    return high > bound ? 1 : high < -bound ? -1 : nil
  }
}
