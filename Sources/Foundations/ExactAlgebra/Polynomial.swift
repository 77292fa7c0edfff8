// SPDX-License-Identifier: GPL-3.0-or-later
/// A polynomial of one variable with rational coefficients, lowest degree first, without leading zeros.
public struct Polynomial: Sendable, Hashable {
  /// The coefficients of 1, x, x², …; empty for the zero polynomial.
  public let coefficients: [Rational]

  /// The polynomial with these coefficients, lowest degree first.
  public init(_ coefficients: [Rational]) {
    var trimmed = coefficients
    while trimmed.last?.signum == 0 { trimmed.removeLast() }
    self.coefficients = trimmed
  }

  /// The polynomial x.
  public static let variable = Polynomial([0, 1])

  /// The highest power with a coefficient, or −1 for the zero polynomial.
  public var degree: Int { coefficients.count - 1 }

  /// The coefficient of x to the `power`; 0 beyond the degree.
  public subscript(power: Int) -> Rational { coefficients.indices.contains(power) ? coefficients[power] : 0 }

  /// The value at `x` (Horner's rule).
  public func callAsFunction(_ x: Rational) -> Rational {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }

  /// The derivative.
  public var derivative: Polynomial {
    Polynomial(coefficients.enumerated().dropFirst().map { Rational($0.offset) * $0.element })
  }

  /// Quotient and remainder of the division by `divisor`, the remainder of lower degree.
  ///
  /// - Precondition: `divisor` is not zero.
  public func divided(by divisor: Polynomial) -> (quotient: Polynomial, remainder: Polynomial) {
    precondition(divisor != .zero, "division by the zero polynomial")
    var remainder = coefficients
    guard degree >= divisor.degree else { return (.zero, self) }
    var quotient = [Rational](repeating: 0, count: degree - divisor.degree + 1)
    for power in quotient.indices.reversed() {
      quotient[power] = remainder[power + divisor.degree] / divisor[divisor.degree]
      for (i, x) in divisor.coefficients.enumerated() { remainder[power + i] -= quotient[power] * x }
    }
    return (Polynomial(quotient), Polynomial(remainder))
  }

  /// A common divisor of the highest degree (Euclid's algorithm); zero only for two zero polynomials.
  public static func greatestCommonDivisor(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    b == .zero ? a : greatestCommonDivisor(b, a.divided(by: b).remainder)
  }

  /// The real roots in increasing order, each once.
  ///
  /// - Throws: ``AlgebraError/degreeTooHigh(_:)`` above degree 2, ``AlgebraError/zeroPolynomial`` where every number is a root.
  public func realRoots() throws(AlgebraError) -> [QuadraticSurd] {
    switch degree {
    case -1: throw .zeroPolynomial
    case 0: return []
    case 1: return [QuadraticSurd(-self[0] / self[1])]
    case 2:
      let discriminant = self[1].squared - 4 * self[2] * self[0]
      guard discriminant.signum >= 0 else { return [] }
      let (middle, width) = (-self[1] / (2 * self[2]), 1 / (2 * self[2]).magnitude)
      guard discriminant.signum > 0 else { return [QuadraticSurd(middle)] }
      return [-width, width].map { QuadraticSurd(middle, plus: $0, timesRootOf: discriminant) }
    default: throw .degreeTooHigh(degree)
    }
  }
}

extension Polynomial: ExpressibleByArrayLiteral, AdditiveArithmetic {
  /// The coefficients, lowest degree first.
  public init(arrayLiteral coefficients: Rational...) { self.init(coefficients) }

  /// The zero polynomial.
  public static let zero = Polynomial([])

  /// The sum.
  public static func + (a: Polynomial, b: Polynomial) -> Polynomial {
    Polynomial((0..<max(a.coefficients.count, b.coefficients.count)).map { a[$0] + b[$0] })
  }

  /// The difference.
  public static func - (a: Polynomial, b: Polynomial) -> Polynomial {
    Polynomial((0..<max(a.coefficients.count, b.coefficients.count)).map { a[$0] - b[$0] })
  }

  /// The product.
  public static func * (a: Polynomial, b: Polynomial) -> Polynomial {
    guard a != .zero, b != .zero else { return .zero }
    var product = [Rational](repeating: 0, count: a.degree + b.degree + 1)
    for (i, x) in a.coefficients.enumerated() {
      for (j, y) in b.coefficients.enumerated() { product[i + j] += x * y }
    }
    return Polynomial(product)
  }
}

/// Why an algebraic operation has no answer here.
public enum AlgebraError: Error, Equatable, CustomStringConvertible {
  /// Exact roots are found up to degree 2.
  case degreeTooHigh(Int)
  /// Every number is a root of the zero polynomial.
  case zeroPolynomial
  /// The denominator of a rational function is zero at the point.
  case pole(at: Rational)

  /// The rule that was broken.
  public var description: String {
    switch self {
    case .degreeTooHigh(let degree): "exact roots need degree ≤ 2, not \(degree)"
    case .zeroPolynomial: "every number is a root of the zero polynomial"
    case .pole(let point): "the denominator is zero at \(point)"
    }
  }
}
