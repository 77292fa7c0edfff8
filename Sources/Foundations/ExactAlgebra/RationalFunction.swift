// SPDX-License-Identifier: GPL-3.0-or-later
/// A quotient of two polynomials of one variable with rational coefficients.
///
/// It is kept in lowest terms with a monic denominator, so equal functions have equal polynomials.
public struct RationalFunction: Sendable, Hashable {
  /// The upper polynomial.
  public let numerator: Polynomial
  /// The lower polynomial; not zero.
  public let denominator: Polynomial

  /// `numerator` / `denominator`.
  ///
  /// - Precondition: `denominator` is not the zero polynomial.
  public init(_ numerator: Polynomial, over denominator: Polynomial = [1]) {
    precondition(denominator != .zero, "a rational function needs a nonzero denominator")
    let common = Polynomial.greatestCommonDivisor(numerator, denominator)
    let reduced = denominator.divided(by: common).quotient
    let leading = Polynomial([1 / reduced[reduced.degree]])
    self.numerator = numerator.divided(by: common).quotient * leading
    self.denominator = reduced * leading
  }

  /// The value at `x`.
  ///
  /// - Throws: ``AlgebraError/pole(at:)``.
  public func callAsFunction(_ x: Rational) throws(AlgebraError) -> Rational {
    let below = denominator(x)
    guard below.signum != 0 else { throw .pole(at: x) }
    return numerator(x) / below
  }

  /// The derivative, by the quotient rule.
  public var derivative: RationalFunction {
    RationalFunction(
      numerator.derivative * denominator - numerator * denominator.derivative, over: denominator * denominator)
  }

  /// The Taylor coefficients at 0 of 1, x, … x^`order`, by power-series division.
  ///
  /// - Throws: ``AlgebraError/pole(at:)`` where the denominator is zero at 0.
  public func taylorCoefficients(order: Int) throws(AlgebraError) -> [Rational] {
    guard denominator[0].signum != 0 else { throw .pole(at: 0) }
    var series: [Rational] = []
    for power in 0...order {
      let known = (0..<power).reduce(Rational(0)) { $0 + series[$1] * denominator[power - $1] }
      series.append((numerator[power] - known) / denominator[0])
    }
    return series
  }

  /// The sign for every sufficiently small x > 0: that of the lowest coefficients above and below.
  public var signNearZeroPlus: Int {
    func lowest(_ p: Polynomial) -> Int { p.coefficients.first { $0.signum != 0 }?.signum ?? 0 }
    return lowest(numerator) * lowest(denominator)
  }

  /// The limit for x → ∞; nil where it is not finite.
  public var limitAtInfinity: Rational? {
    numerator.degree > denominator.degree ? nil : numerator[denominator.degree] / denominator[denominator.degree]
  }

  /// The real zeros, in increasing order: in lowest terms, the roots of the numerator.
  ///
  /// - Throws: ``AlgebraError`` where the numerator has a degree above 2 or is zero.
  public func realRoots() throws(AlgebraError) -> [QuadraticSurd] { try numerator.realRoots() }
}

extension RationalFunction {
  /// The sum.
  public static func + (f: RationalFunction, g: RationalFunction) -> RationalFunction {
    RationalFunction(
      f.numerator * g.denominator + g.numerator * f.denominator, over: f.denominator * g.denominator)
  }

  /// The difference.
  public static func - (f: RationalFunction, g: RationalFunction) -> RationalFunction {
    RationalFunction(
      f.numerator * g.denominator - g.numerator * f.denominator, over: f.denominator * g.denominator)
  }

  /// The product.
  public static func * (f: RationalFunction, g: RationalFunction) -> RationalFunction {
    RationalFunction(f.numerator * g.numerator, over: f.denominator * g.denominator)
  }
}
