// SPDX-License-Identifier: GPL-3.0-or-later
/// ½ ln r for a rational r > 0, kept as r: compared, added and subtracted without a logarithm.
///
/// Mutual informations of Gaussian vectors with rational covariance have this form, in nats.
public struct HalfLogarithm: Sendable, Hashable {
  /// The r of ½ ln r; positive.
  public let argument: Rational

  /// ½ ln `argument`.
  ///
  /// - Precondition: `argument` is positive.
  public init(of argument: Rational) {
    precondition(argument.signum > 0, "½ ln r needs r > 0")
    self.argument = argument
  }

  /// ln `argument`, that is ½ ln of its square.
  ///
  /// - Precondition: `argument` is positive.
  public static func logarithm(of argument: Rational) -> HalfLogarithm {
    precondition(argument.signum > 0, "ln r needs r > 0")
    return HalfLogarithm(of: argument.squared)
  }

  /// A decimal interval that contains the value, in nats.
  public struct Enclosure: Sendable, Hashable {
    /// At most the value.
    public let lower: String
    /// At least the value.
    public let upper: String
  }

  /// An interval that contains the value, its ends `digits` significant digits long and a unit in the last apart.
  ///
  /// Exact only at ½ ln 1 = 0.
  public func enclosure(digits: Int = 50) -> Enclosure { ShiftedHalfLogarithm(self).enclosure(digits: digits) }

  /// The value in nats, correctly rounded to `digits` significant decimal digits.
  public func nats(digits: Int = 50) -> String { ShiftedHalfLogarithm(self).decimal(digits: digits) }

  /// The value in nats as the nearest `Double`.
  ///
  /// For display and for comparison with floating-point code only.
  public var asDouble: Double { ShiftedHalfLogarithm(self).asDouble }
}

extension HalfLogarithm: Comparable, AdditiveArithmetic, CustomStringConvertible {
  /// ½ ln 1.
  public static let zero = HalfLogarithm(of: 1)

  /// Exact: the logarithm is increasing, so it compares as its argument does.
  public static func < (a: HalfLogarithm, b: HalfLogarithm) -> Bool { a.argument < b.argument }

  /// Exact: ½ ln r + ½ ln s = ½ ln rs.
  public static func + (a: HalfLogarithm, b: HalfLogarithm) -> HalfLogarithm {
    HalfLogarithm(of: a.argument * b.argument)
  }

  /// Exact: ½ ln r − ½ ln s = ½ ln r/s.
  public static func - (a: HalfLogarithm, b: HalfLogarithm) -> HalfLogarithm {
    HalfLogarithm(of: a.argument / b.argument)
  }

  /// The exact form, "½ ln 16/7".
  public var description: String { "½ ln \(argument)" }
}
