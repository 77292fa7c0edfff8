// SPDX-License-Identifier: GPL-3.0-or-later
/// A whole number of 128 bits, or no number where one did not fit: exact wherever it tells a sign.
public struct CheckedInteger: SignedScalar, Sendable {
  /// The number; nil after an overflow.
  public let value: Int128?

  @inlinable init(_ value: Int128?) { self.value = value }

  /// A whole number.
  @inlinable public init(whole: Int) { value = Int128(whole) }

  @inlinable static func checked(_ result: (partialValue: Int128, overflow: Bool)) -> CheckedInteger {
    CheckedInteger(result.overflow ? nil : result.partialValue)
  }

  /// The sum.
  @inlinable public static func + (a: CheckedInteger, b: CheckedInteger) -> CheckedInteger {
    guard let x = a.value, let y = b.value else { return CheckedInteger(nil) }
    return checked(x.addingReportingOverflow(y))
  }

  /// The difference.
  @inlinable public static func - (a: CheckedInteger, b: CheckedInteger) -> CheckedInteger {
    guard let x = a.value, let y = b.value else { return CheckedInteger(nil) }
    return checked(x.subtractingReportingOverflow(y))
  }

  /// The product.
  @inlinable public static func * (a: CheckedInteger, b: CheckedInteger) -> CheckedInteger {
    guard let x = a.value, let y = b.value else { return CheckedInteger(nil) }
    // Two numbers of 64 bits always fit; this is the common case, and cheap.
    if let small = Int64(exactly: x), let other = Int64(exactly: y) {
      return CheckedInteger(Int128(small) * Int128(other))
    }
    return checked(x.multipliedReportingOverflow(by: y))
  }

  /// −1, 0 or 1; nil after an overflow.
  @inlinable public var knownSign: Int? { value.map { Int($0.signum()) } }
}
