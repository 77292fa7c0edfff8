// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A quotient of polynomials in the variable of a quantifier, as it was written: without cancelling, so that it is
/// undefined where the text divides by 0.
struct PolynomialFraction {
  /// The highest degree that is decided.
  static let largestDegree = 48

  let numerator: Polynomial
  let denominator: Polynomial

  static let variable = PolynomialFraction(numerator: .variable, denominator: [1])

  init(numerator: Polynomial, denominator: Polynomial) { (self.numerator, self.denominator) = (numerator, denominator) }

  /// A number.
  init(_ value: Rational) { self.init(numerator: [value], denominator: [1]) }

  private static func checked(_ numerator: Polynomial, _ denominator: Polynomial) throws(Undefined)
    -> PolynomialFraction
  {
    guard numerator.degree <= largestDegree, denominator.degree <= largestDegree else { throw Undefined.degree }
    if denominator == .zero { throw Undefined.division }
    return PolynomialFraction(numerator: numerator, denominator: denominator)
  }

  static func + (a: PolynomialFraction, b: PolynomialFraction) throws(Undefined) -> PolynomialFraction {
    if a.denominator == b.denominator { return try checked(a.numerator + b.numerator, a.denominator) }
    return try checked(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  static func - (a: PolynomialFraction, b: PolynomialFraction) throws(Undefined) -> PolynomialFraction {
    try a + PolynomialFraction(numerator: Polynomial([-1]) * b.numerator, denominator: b.denominator)
  }

  static func * (a: PolynomialFraction, b: PolynomialFraction) throws(Undefined) -> PolynomialFraction {
    try checked(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  /// The inverse, which is undefined also where this is.
  func inverse() throws(Undefined) -> PolynomialFraction {
    if denominator.degree == 0 { return try PolynomialFraction.checked(denominator, numerator) }
    return try PolynomialFraction.checked(denominator * denominator, numerator * denominator)
  }

  /// The value at `x`; nil at a pole.
  func callAsFunction(_ x: Rational) -> Rational? {
    let below = denominator(x)
    return below.signum == 0 ? nil : numerator(x) / below
  }
}
