// SPDX-License-Identifier: GPL-3.0-or-later
/// The affine map that gives columns mean 0 and variance 1 on the rows that it was made from.
///
/// A column that does not vary there becomes 0: nothing can be learned from it. The common map does the same to all columns as
/// if they were one. All is done in double precision, on numbers that a power of two has brought below 1 and whose first has been
/// subtracted; so neither a large offset nor a unit costs digits, and what is rounded to single precision afterwards does not depend on them.
public struct FeatureScaling: Sendable, Equatable {
  /// What is done to a column: multiplied by a power of two, its centre subtracted, divided by its deviation.
  private struct Column: Equatable {
    let unit: Double
    let origin: Double
    let mean: Double
    let factor: Double

    func callAsFunction(_ value: Double) -> Double {
      factor == 0
        ? 0 : max(-FeatureScaling.farthest, min(FeatureScaling.farthest, (value * unit - origin - mean) * factor))
    }
  }

  /// Rows farther from the mean, in standard deviations, count as this far: beyond, single precision would overflow in a network.
  public static let farthest = 1e6

  private let columns: [Column]

  /// The map for these rows: the variance has the denominator n.
  ///
  /// - Precondition: `columns` is positive and divides the number of values; there is a row, and all values are finite.
  public init(of values: [Double], columns: Int, isCommon: Bool = false) {
    precondition(columns > 0 && !values.isEmpty && values.count.isMultiple(of: columns), "values must make whole rows")
    self.columns =
      isCommon
      ? Array(repeating: FeatureScaling.column(of: values, from: 0, step: 1), count: columns)
      : (0..<columns).map { FeatureScaling.column(of: values, from: $0, step: columns) }
  }

  private static func column(of values: [Double], from start: Int, step: Int) -> Column {
    let places = stride(from: start, to: values.count, by: step)
    let largest = places.reduce(0) { max($0, abs(values[$1])) }
    // Exact, also where the largest is 0 or so small that its inverse is no number.
    let unit = Double(sign: .plus, exponent: largest == 0 ? 0 : min(1023, -largest.exponent - 1), significand: 1)
    let (origin, rows) = (values[start] * unit, Double(values.count / step))
    var mean = 0.0
    // The second pass adds what rounding left of the mean in the first.
    for _ in 0..<2 { mean += places.reduce(0) { $0 + (values[$1] * unit - origin - mean) } / rows }
    let squares = places.reduce(0) { sum, place in
      let difference = values[place] * unit - origin - mean
      return sum + difference * difference
    }
    let isConstant = places.allSatisfy { values[$0] == values[start] }
    return Column(
      unit: unit, origin: origin, mean: mean, factor: isConstant ? 0 : 1 / (squares / rows).squareRoot())
  }

  /// The scaled rows.
  ///
  /// - Precondition: the rows have as many columns.
  public func callAsFunction(_ values: [Double]) -> [Double] {
    precondition(values.count.isMultiple(of: columns.count), "values must make whole rows")
    var scaled = values
    for start in stride(from: 0, to: values.count, by: columns.count) {
      for (j, column) in columns.enumerated() { scaled[start + j] = column(values[start + j]) }
    }
    return scaled
  }
}
