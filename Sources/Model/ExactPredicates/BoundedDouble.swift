// SPDX-License-Identifier: GPL-3.0-or-later
/// A Double and a bound on its distance from the exact value.
///
/// With u = 2⁻⁵³ a correctly rounded operation is off by at most u times its result, or by the least subnormal where
/// that underflows. Each operation adds this to what its operands' errors can make of it; the bound is itself computed
/// in at most seven roundings, for which the factor 1 + 8u and the added least normal number make up. An overflow
/// leaves an infinite or undefined bound, and no sign.
public struct BoundedDouble: SignedScalar, Sendable {
  /// The value, within `error` of the exact one.
  public let value: Double
  /// The bound; not negative, or not a number.
  public let error: Double

  /// A number within `error` of `value`.
  @inlinable public init(_ value: Double, error: Double) { (self.value, self.error) = (value, error) }

  /// A whole number, exact up to 2⁵³.
  @inlinable public init(whole: Int) {
    value = Double(whole)
    error = abs(value) < 0x1p53 ? 0 : abs(value) * BoundedDouble.unit
  }

  @usableFromInline static let unit = 0x1p-53
  @usableFromInline static let inflation = 1 + 0x1p-50

  /// The sum.
  @inlinable public static func + (a: BoundedDouble, b: BoundedDouble) -> BoundedDouble {
    let value = a.value + b.value
    return BoundedDouble(value, error: (a.error + b.error + abs(value) * unit) * inflation)
  }

  /// The difference.
  @inlinable public static func - (a: BoundedDouble, b: BoundedDouble) -> BoundedDouble {
    let value = a.value - b.value
    return BoundedDouble(value, error: (a.error + b.error + abs(value) * unit) * inflation)
  }

  /// The product.
  @inlinable public static func * (a: BoundedDouble, b: BoundedDouble) -> BoundedDouble {
    let value = a.value * b.value
    let error = abs(a.value) * b.error + (abs(b.value) + b.error) * a.error + abs(value) * unit
    return BoundedDouble(value, error: error * inflation + .leastNormalMagnitude)
  }

  /// The quotient, which has no sign where the divisor has none.
  ///
  /// With q = fl(a/b): |A/B − a/b| ≤ (|A − a| + |a/b|·|B − b|)/|B|, and |B| ≥ |b| − |B − b|. The bound is computed in
  /// at most seven roundings, one of them in |q| for |a/b|; what underflows in the numerator is below the least normal
  /// number.
  @inlinable static func / (a: BoundedDouble, b: BoundedDouble) -> BoundedDouble {
    let value = a.value / b.value
    let least = abs(b.value) - b.error
    guard least > 0 else { return BoundedDouble(value, error: .infinity) }
    let error = (a.error + abs(value) * b.error + .leastNormalMagnitude) / least + abs(value) * unit
    return BoundedDouble(value, error: error * inflation + .leastNormalMagnitude)
  }

  /// −1 or 1 where the value is farther from 0 than its bound; nil otherwise, and never 0.
  @inlinable public var knownSign: Int? { value > error ? 1 : value < -error ? -1 : nil }
}
