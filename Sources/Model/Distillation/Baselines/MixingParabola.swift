// SPDX-License-Identifier: GPL-3.0-or-later
/// A risk, or what it exceeds something by, as a parabola of the mixing weight α = λ/(1+λ) ∈ [0, 1].
///
/// `start` + α·`slope` + α²·`curvature`, convex: where a little distillation does not help, none does.
public struct MixingParabola<Number: OrderedFormulaNumber>: Sendable {
  /// The value at α = 0, without distillation.
  public let start: Number
  /// The slope there.
  public let slope: Number
  /// Half the second derivative; not negative.
  public let curvature: Number

  /// A parabola.
  @inlinable public init(start: Number, slope: Number, curvature: Number) {
    (self.start, self.slope, self.curvature) = (start, slope, curvature)
  }

  /// The value at α.
  @inlinable public func callAsFunction(_ alpha: Number) -> Number { start + alpha * (slope + alpha * curvature) }

  /// Whether every small α > 0 lowers it, which is so where any does.
  @inlinable public var helps: Bool { slope < .whole(0) }

  /// Exactly the α in (0, 1] below this lower it; 0 where none does, nil where all do.
  @inlinable public var windowEnd: Number? {
    guard helps else { return .whole(0) }
    let zero = Number.whole(0)
    return slope + curvature < zero ? nil : (zero - slope) / curvature
  }

  /// Where it is smallest on [0, 1].
  @inlinable public var best: Number {
    guard helps else { return .whole(0) }
    let pull = .whole(0) - slope
    return pull < .whole(2) * curvature ? pull / (.whole(2) * curvature) : .whole(1)
  }

  /// What α = ``best`` gains over α = 0.
  @inlinable public var gain: Number {
    let alpha = best
    return .whole(0) - alpha * (slope + alpha * curvature)
  }
}
