// SPDX-License-Identifier: MIT

/// An estimate and an interval around it.
public struct IntervalEstimate: Sendable, Hashable {
  /// The estimate.
  public let value: Double
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// An estimate with the ends of its interval.
  public init(value: Double, lower: Double, upper: Double) {
    (self.value, self.lower, self.upper) = (value, lower, upper)
  }

  /// Whether the interval has no 0 in it, so that the sign is no matter of chance.
  public var excludesZero: Bool { lower > 0 || upper < 0 }
}
