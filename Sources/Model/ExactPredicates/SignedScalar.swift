// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// A number type that predicates are written for: it may be unable to tell a sign, but never tells a wrong one.
public protocol SignedScalar: FormulaNumber {
  /// The sum; where it cannot be represented, a number whose sign is not known.
  static func + (a: Self, b: Self) -> Self
  /// The difference, likewise.
  static func - (a: Self, b: Self) -> Self
  /// The product, likewise.
  static func * (a: Self, b: Self) -> Self
  /// A whole number.
  init(whole: Int)
  /// −1, 0 or 1; nil where it is not known.
  var knownSign: Int? { get }
}

/// An arithmetic cannot tell a sign; another one must.
public struct Undecided: Error {
  /// What a predicate throws that finds a number without a known sign.
  @inlinable public init() {}
}

extension SignedScalar {
  /// A whole number.
  @inlinable public static func whole(_ number: Int) -> Self { Self(whole: number) }

  /// −1, 0 or 1.
  ///
  /// - Throws: ``Undecided`` where this arithmetic cannot tell; a `Rational` always can.
  @inlinable public func sign() throws(Undecided) -> Int {
    guard let knownSign else { throw Undecided() }
    return knownSign
  }
}

extension Rational: SignedScalar {
  /// A whole number.
  public init(whole: Int) { self.init(whole) }

  /// Always known.
  public var knownSign: Int? { signum }
}
