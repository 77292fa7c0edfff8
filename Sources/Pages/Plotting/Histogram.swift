// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

extension Figure {
  /// How many of `values` lie in each of equal bins, whose sides are round numbers.
  ///
  /// The width of a bin is about 2·IQR·m^(−1/3) (Freedman and Diaconis 1981), with 5 to 60 bins.
  ///
  /// - Parameter name: what the values are, with their unit: the title of the axis.
  /// - Throws: ``PlotError`` where a value is not finite or there is none.
  public static func histogram(
    of values: [Double], _ name: String, title: String, summary: String, rules: [Layer] = []
  ) throws(PlotError) -> Figure {
    if let place = values.firstIndex(where: { !$0.isFinite || abs($0) >= 1e150 }) {
      throw PlotError(
        figure: title, place: "value \(place + 1)", rule: "\(values[place]) is no number that can be drawn")
    }
    let sorted = values.sorted()
    guard let lowest = sorted.first, let highest = sorted.last else {
      throw PlotError(figure: title, place: "values", rule: "there is no value to draw")
    }
    let step = binWidth(sorted)
    let first = (lowest / step).rounded(.down)
    let count = max(1, Int((highest / step).rounded(.down) - first) + 1)
    var heights = Array(repeating: 0, count: count)
    for value in values { heights[min(count - 1, max(0, Int((value / step).rounded(.down) - first)))] += 1 }
    let bars = heights.enumerated().map { place, height in
      Bar(from: (first + Double(place)) * step, to: (first + Double(place) + 1) * step, height: Double(height))
    }
    return Figure(
      title: title, summary: summary, x: Axis(name), y: Axis("how many", including: [0]),
      layers: [.bars(name: "", series: 0, bars)] + rules)
  }

  /// - Parameter sorted: not empty.
  private static func binWidth(_ sorted: [Double]) -> Double {
    let range = sorted[sorted.count - 1] - sorted[0]
    // Equal values, up to rounding, are one bin.
    guard range > max(abs(sorted[0]), abs(sorted[sorted.count - 1])) * 1e-9 else {
      return max(abs(sorted[0]), sorted[0] == 0 ? 1 : 0)
    }
    let quartiles = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    let rule = 2 * quartiles / cbrt(Double(sorted.count))
    let rough = min(max(rule, range / 60), range / 5)
    let power = pow(10, floor(log10(rough)))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * (1 - 1e-9) } ?? rough
  }
}
