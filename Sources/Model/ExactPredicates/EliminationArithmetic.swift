// SPDX-License-Identifier: GPL-3.0-or-later
/// How a number type eliminates.
protocol EliminationArithmetic {
  /// What the matrix holds.
  associatedtype Entry
  /// What the predicates are computed in.
  associatedtype Number: SignedScalar

  /// A whole number.
  static func entry(_ whole: Int128) -> Entry
  /// An entry as a number for predicates.
  static func number(_ entry: Entry) -> Number
  /// The sign of an entry; nil where it is not known.
  static func sign(_ entry: Entry) -> Int?
  /// What the pivot's row is multiplied by, for the row that starts with `left`.
  static func multiplier(_ left: Entry, _ pivot: Entry) -> Entry
  /// An entry after one more step, where `right` stands in its column in the pivot's row; nil after an overflow.
  static func eliminate(_ entry: Entry, _ multiplier: Entry, _ right: Entry, pivot: Entry, previous: Entry) -> Entry?
  /// The next leading minor.
  static func minor(_ minor: Entry, _ pivot: Entry) -> Entry
  /// What the conditional moments are multiplied by after the elimination of x2, whose last pivot this was.
  static func factor(_ pivot: Entry) -> Number
}

/// The second stage: fraction-free elimination (Bareiss 1968) in 128-bit whole numbers, up to the first overflow.
///
/// The pivots are the leading minors of Σ.
enum FractionFreeArithmetic: EliminationArithmetic {
  typealias Entry = Int128
  typealias Number = CheckedInteger

  @inline(__always) static func entry(_ whole: Int128) -> Int128 { whole }
  @inline(__always) static func number(_ entry: Int128) -> CheckedInteger { CheckedInteger(entry) }
  @inline(__always) static func sign(_ entry: Int128) -> Int? { Int(entry.signum()) }
  @inline(__always) static func multiplier(_ left: Int128, _ pivot: Int128) -> Int128 { left }

  @inline(__always)
  static func eliminate(
    _ entry: Int128, _ multiplier: Int128, _ right: Int128, pivot: Int128, previous: Int128
  ) -> Int128? {
    let (a, first) = product(entry, pivot)
    let (b, second) = product(multiplier, right)
    let (difference, third) = a.subtractingReportingOverflow(b)
    return first || second || third ? nil : quotient(difference, previous)
  }

  @inline(__always) static func minor(_ minor: Int128, _ pivot: Int128) -> Int128 { pivot }
  @inline(__always) static func factor(_ pivot: Int128) -> CheckedInteger { CheckedInteger(pivot) }
}

/// The third stage: elimination in Doubles of twice the precision, each with its bound.
enum DoubleDoubleArithmetic: EliminationArithmetic {
  typealias Entry = BoundedDoubleDouble
  typealias Number = BoundedDoubleDouble

  @inline(__always) static func entry(_ whole: Int128) -> Entry { Entry(whole) }
  @inline(__always) static func number(_ entry: Entry) -> Entry { entry }
  @inline(__always) static func sign(_ entry: Entry) -> Int? { entry.knownSign }
  @inline(__always) static func multiplier(_ left: Entry, _ pivot: Entry) -> Entry { left / pivot }

  @inline(__always)
  static func eliminate(_ entry: Entry, _ multiplier: Entry, _ right: Entry, pivot: Entry, previous: Entry) -> Entry? {
    entry - multiplier * right
  }

  @inline(__always) static func minor(_ minor: Entry, _ pivot: Entry) -> Entry { minor * pivot }
  @inline(__always) static func factor(_ pivot: Entry) -> Entry { Entry(whole: 1) }
}

/// A product, by 64-bit multiplication where both factors have 64 bits.
@inline(__always) private func product(_ a: Int128, _ b: Int128) -> (Int128, Bool) {
  if let x = Int64(exactly: a), let y = Int64(exactly: b) {
    let (high, low) = x.multipliedFullWidth(by: y)
    return (Int128(high) << 64 | Int128(low), false)
  }
  let result = a.multipliedReportingOverflow(by: b)
  return (result.partialValue, result.overflow)
}

/// An exact quotient, by 64-bit division where both numbers have 64 bits.
@inline(__always) private func quotient(_ a: Int128, _ b: Int128) -> Int128 {
  if b == 1 { return a }
  if let x = Int64(exactly: a), let y = Int64(exactly: b) { return Int128(x / y) }
  return a / b
}
