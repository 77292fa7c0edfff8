// SPDX-License-Identifier: GPL-3.0-or-later
/// A point of a curve.
public struct Point: Sendable, Equatable {
  /// Its place.
  public let x, y: Double
  /// The point at `x`, `y`.
  public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// An interval; a missing end is beyond the figure.
public struct Interval: Sendable, Equatable {
  /// Its ends.
  public let lower, upper: Double?
  /// From `lower` to `upper`.
  public init(_ lower: Double?, _ upper: Double?) { (self.lower, self.upper) = (lower, upper) }
}

/// A mark, with what is known of its error.
public struct Mark: Sendable, Equatable {
  /// Its place.
  public let x, y: Double
  /// The error bars along each axis.
  public let xInterval, yInterval: Interval?
  /// What a pointer over it shows.
  public let label: String

  /// A mark at `x`, `y`.
  public init(_ x: Double, _ y: Double, xInterval: Interval? = nil, yInterval: Interval? = nil, label: String = "") {
    (self.x, self.y, self.xInterval, self.yInterval, self.label) = (x, y, xInterval, yInterval, label)
  }
}

/// The two ends of a band at one place.
public struct BandPoint: Sendable, Equatable {
  /// The place and what lies there.
  public let x, lower, upper: Double
  /// From `lower` to `upper` at `x`.
  public init(_ x: Double, _ lower: Double, _ upper: Double) { (self.x, self.lower, self.upper) = (x, lower, upper) }
}

/// A bar of a histogram.
public struct Bar: Sendable, Equatable {
  /// Its sides and its height.
  public let from, to, height: Double
  /// From `from` to `to`, `height` high.
  public init(from: Double, to: Double, height: Double) { (self.from, self.to, self.height) = (from, to, height) }
}

/// What is drawn over the axes of a ``Figure``, from back to front.
///
/// `name` stands in the legend, where it is not empty. `series`, from 0, gives colour, shape of marks and dashes together, so that no
/// two are told apart by colour alone.
public enum Layer: Sendable, Equatable {
  /// A rectangle; a missing side is the edge of the figure.
  case region(name: String, series: Int, x: Interval, y: Interval)
  /// What lies between two curves, given at common places.
  case band(name: String, series: Int, [BandPoint])
  /// A straight line through the figure: at a value of x upright, at a value of y level.
  case rule(name: String, axis: RuleAxis, at: Double)
  /// Bars of a histogram: touching rectangles from `from` to `to`, from zero to `height`.
  case bars(name: String, series: Int, [Bar])
  /// A curve through points, in their order.
  case line(name: String, series: Int, [Point])
  /// Marks with error bars.
  case marks(name: String, series: Int, [Mark])

  /// The axis on which a rule has its value.
  public enum RuleAxis: Sendable, Equatable { case x, y }

  /// The name in the legend.
  var name: String {
    switch self {
    case .region(let name, _, _, _), .band(let name, _, _), .rule(let name, _, _), .bars(let name, _, _),
      .line(let name, _, _), .marks(let name, _, _):
      name
    }
  }
}
