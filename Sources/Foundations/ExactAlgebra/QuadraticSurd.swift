// SPDX-License-Identifier: GPL-3.0-or-later
/// An exact real root of a quadratic: a rational, or a rational plus or minus the square root of a rational.
public struct QuadraticSurd: Sendable, Hashable, CustomStringConvertible {
  private let rational: Rational
  /// −1, 0 or 1; 0 where the number is rational.
  private let rootSign: Int
  /// Not a square of a rational, unless `rootSign` is 0: so that equal numbers have equal fields.
  private let radicand: Rational

  /// A rational number.
  public init(_ rational: Rational) {
    self.init(rational, 0, 0)
  }

  private init(_ rational: Rational, _ rootSign: Int, _ radicand: Rational) {
    self.rational = rational
    self.rootSign = rootSign
    self.radicand = radicand
  }

  /// a + b√d; where √d is rational the result is rational.
  ///
  /// - Precondition: d ≥ 0.
  public init(_ a: Rational, plus b: Rational, timesRootOf d: Rational) {
    precondition(d.signum >= 0, "a real root needs d ≥ 0")
    let radicand = b.squared * d
    if let root = radicand.exactSquareRoot {
      self.init(b.signum < 0 ? a - root : a + root)
    } else {
      self.init(a, b.signum, radicand)
    }
  }

  /// The number where it is rational, else nil.
  public var asRational: Rational? { rootSign == 0 ? rational : nil }

  /// The sign of this number minus `x`: −1, 0 or 1; exact.
  public func compare(to x: Rational) -> Int {
    let offset = rational - x
    if rootSign == 0 { return offset.signum }
    if offset.signum == 0 || offset.signum == rootSign { return rootSign }
    // Opposite signs: the larger of |offset| and the root decides. They differ, as the root is irrational.
    return offset.squared > radicand ? offset.signum : rootSign
  }

  /// The value as a `Double`, for display.
  public var asDouble: Double { rational.asDouble + Double(rootSign) * radicand.asDouble.squareRoot() }

  /// "3/2" or "1/2 + √(2/5)".
  public var description: String {
    rootSign == 0 ? rational.description : "\(rational) \(rootSign < 0 ? "−" : "+") √(\(radicand))"
  }
}
