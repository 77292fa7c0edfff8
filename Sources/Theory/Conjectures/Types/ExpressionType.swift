// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// What is known of an expression before there is an instance.
struct ExpressionType {
  /// How roots take part in a number.
  enum Roots: Int, Comparable {
    /// Rational on every instance.
    case none
    /// A rational number times a square root.
    case single
    /// A sum of such numbers.
    case sum

    static func < (a: Roots, b: Roots) -> Bool { a.rawValue < b.rawValue }
  }

  var unit = Unit.one
  var roots = Roots.none
  /// Whether the variable of a quantifier stands in it.
  var usesVariable = false
  /// Whether it may be infinite.
  var isExtended = false
  /// The value of a number that is the same on every instance.
  var constant: Rational?
  /// Of an information Σ cᵢ·½ ln rᵢ: a number that all cᵢ are whole multiples of, on every instance; nil where there is
  /// none.
  var grain: Rational?
  /// How often quantities are multiplied with each other, which bounds how long its numbers get.
  var degree = 1

  var isZero: Bool { constant == 0 }
}

/// The largest positive rational that both are whole multiples of.
func commonGrain(_ a: Rational, _ b: Rational) -> Rational {
  let (p, q) = (a.numerator * b.denominator, b.numerator * a.denominator)
  return Rational.greatestCommonDivisor(p, q) / (a.denominator * b.denominator)
}
