// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The marks of an axis: where they stand, what they say.
public struct Ticks: Equatable, Sendable {
  /// The values, ascending.
  public let values: [Double]
  /// What stands beside each.
  public let labels: [String]
  /// The power of ten that all labels are multiples of; 0 where they are the values themselves.
  public let exponent: Int

  /// Marks within `lower`…`upper`: multiples of 1, 2, 2.5 or 5 times a power of ten, as many as there may be.
  ///
  /// - Parameter count: at least 4; there are 2 marks at least and `count` at most.
  public static func linear(_ lower: Double, _ upper: Double, count: Int) -> Ticks {
    let span = upper - lower
    guard span > 0, span.isFinite, count >= 4 else { return Ticks(values: [], labels: [], exponent: 0) }
    var power = Foundation.pow(10, Foundation.floor(log10(span / Double(count))))
    for _ in 0..<3 {
      // Steps of two and a half would give whole numbers, such as counts, a decimal.
      for factor in [1, 2, 2.5, 5] where factor != 2.5 || abs(power - 1) > 1e-9 {
        let step = factor * power
        // What lies on an end up to rounding belongs to it.
        let (first, last) = ((lower / step - 1e-9).rounded(.up), (upper / step + 1e-9).rounded(.down))
        // A range far from zero may be too narrow for Doubles to step through.
        guard abs(first) < 1e15, abs(last) < 1e15 else { break }
        guard last - first + 1 <= Double(count) else { continue }
        return Ticks(multiples: Int(first)...Int(last), of: step, decimals: factor == 2.5 ? 1 : 0)
      }
      power *= 10
    }
    return Ticks(values: [], labels: [], exponent: 0)
  }

  /// - Parameter decimals: how many the step has where it is a number from 1 to 10.
  private init(multiples: ClosedRange<Int>, of step: Double, decimals: Int) {
    values = multiples.map { Double($0) * step }
    let exponent = Ticks.commonExponent(values)
    let places = exponent - Int(Foundation.floor(log10(step) + 1e-9)) + decimals
    labels = values.map { decimal($0 * Foundation.pow(10, Double(-exponent)), places: places) }
    self.exponent = exponent
  }

  private init(values: [Double], labels: [String], exponent: Int) {
    (self.values, self.labels, self.exponent) = (values, labels, exponent)
  }

  /// Marks at powers of ten, and between them at 2 and 5 times or at 3 times where there is room.
  ///
  /// - Parameters:
  ///   - lower: above zero.
  ///   - count: at least 4, and the most marks there are.
  public static func logarithmic(_ lower: Double, _ upper: Double, count: Int) -> Ticks {
    guard lower > 0, upper > lower, upper.isFinite, count >= 4 else {
      return Ticks(values: [], labels: [], exponent: 0)
    }
    let (first, last) = (Int(Foundation.floor(log10(lower))), Int(log10(upper).rounded(.up)))
    let stride = max(1, Int((log10(upper / lower) / Double(count - 1)).rounded(.up)))
    for factors: [Double] in stride > 1 ? [[1]] : [[1, 2, 5], [1, 3], [1]] {
      var (values, labels) = ([Double](), [String]())
      for exponent in first...last where exponent % stride == 0 {
        for factor in factors {
          let value = factor * Foundation.pow(10, Double(exponent))
          guard value >= lower * (1 - 1e-9), value <= upper * (1 + 1e-9) else { continue }
          values.append(value)
          labels.append(logarithmicLabel(factor, exponent))
        }
      }
      // Within less than a decade the marks of a linear axis are read more easily.
      let linear = Ticks.linear(lower, upper, count: count)
      if values.count < 3, linear.values.count > values.count, linear.exponent == 0 { return linear }
      if values.count <= count { return Ticks(values: values, labels: labels, exponent: 0) }
    }
    return Ticks(values: [], labels: [], exponent: 0)
  }

  private static func logarithmicLabel(_ factor: Double, _ exponent: Int) -> String {
    if (-3...4).contains(exponent) {
      return decimal(factor * Foundation.pow(10, Double(exponent)), places: -exponent)
    }
    return factor == 1 ? powerOfTen(exponent) : "\(Int(factor))·\(powerOfTen(exponent))"
  }

  /// The power of ten to take out so that labels stay short; 0 for sizes that are read easily.
  private static func commonExponent(_ values: [Double]) -> Int {
    let largest = values.map { abs($0) }.max() ?? 0
    guard largest > 0, largest < 0.0095 || largest >= 1e6 else { return 0 }
    return Int(Foundation.floor(log10(largest) + 1e-9))
  }
}
