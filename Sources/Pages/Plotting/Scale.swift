// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// How values lie along an axis.
public enum ScaleKind: Sendable, Equatable {
  /// Equal differences are equally far apart.
  case linear
  /// Equal quotients are; values are above zero.
  case logarithmic
}

/// The map from values to coordinates.
struct Scale {
  let kind: ScaleKind
  /// The values at both ends.
  let lower, upper: Double
  /// The coordinates of both ends.
  let from, to: Double

  /// A scale over `values`, with `margin` of its length free at both ends.
  ///
  /// - Parameter values: finite; not empty; above zero where the scale is logarithmic.
  init(covering values: [Double], _ kind: ScaleKind, from: Double, to: Double, margin: Double = 0.04) {
    (self.kind, self.from, self.to) = (kind, from, to)
    let transformed = values.map { kind == .linear ? $0 : log10($0) }
    var (low, high) = (transformed.min() ?? 0, transformed.max() ?? 1)
    // A single value, or values that Doubles hardly tell apart, stand in the middle of something.
    let least = max(abs(low), abs(high)) * 1e-9
    if high - low <= least {
      let around = kind == .linear ? max(abs(low) / 2, least, low == 0 ? 1 : 0) : 0.5
      (low, high) = (low - around, high + around)
    }
    let free = (high - low) * margin
    let (start, end) = (low - free, high + free)
    (lower, upper) = kind == .linear ? (start, end) : (Foundation.pow(10, start), Foundation.pow(10, end))
  }

  /// Where a value stands, also beyond the ends.
  func position(_ value: Double) -> Double {
    let share =
      kind == .linear ? (value - lower) / (upper - lower) : log10(value / lower) / log10(upper / lower)
    return from + share * (to - from)
  }

  /// Where a value stands, at an end where it lies beyond it.
  func clamped(_ value: Double) -> Double {
    value <= lower ? from : value >= upper ? to : position(value)
  }

  func ticks(count: Int) -> Ticks {
    kind == .linear ? .linear(lower, upper, count: count) : .logarithmic(lower, upper, count: count)
  }
}
