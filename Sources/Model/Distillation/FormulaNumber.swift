// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A number that closed forms are computed in: exact, in floating point, or an arithmetic that knows its own error.
public protocol FormulaNumber: Sendable {
  /// The sum.
  static func + (a: Self, b: Self) -> Self
  /// The difference.
  static func - (a: Self, b: Self) -> Self
  /// The product.
  static func * (a: Self, b: Self) -> Self
  /// A whole number.
  static func whole(_ number: Int) -> Self
}

/// A number that closed forms with quotients and comparisons are computed in.
public protocol OrderedFormulaNumber: FormulaNumber, Comparable {
  /// The quotient.
  static func / (a: Self, b: Self) -> Self
}

extension Rational: OrderedFormulaNumber {
  /// A whole number.
  public static func whole(_ number: Int) -> Rational { Rational(number) }
}

extension Double: OrderedFormulaNumber {
  /// A whole number.
  @inlinable public static func whole(_ number: Int) -> Double { Double(number) }
}
