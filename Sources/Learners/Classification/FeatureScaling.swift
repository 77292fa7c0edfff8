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
      ? Array(repeating: FeatureScaling.maps(of: values, columns: 1)[0], count: columns)
      : FeatureScaling.maps(of: values, columns: columns)
  }

  /// The maps of all columns: row by row, as the numbers lie in memory.
  private static func maps(of values: [Double], columns: Int) -> [Column] {
    let rows = Double(values.count / columns)
    /// A number for every column that all its values change in turn.
    func sums(_ change: (_ sum: Double, _ column: Int, _ value: Double) -> Double) -> [Double] {
      var sums = [Double](repeating: 0, count: columns)
      sums.withUnsafeMutableBufferPointer { sums in
        values.withUnsafeBufferPointer { values in
          for start in stride(from: 0, to: values.count, by: columns) {
            for j in 0..<columns { sums[j] = change(sums[j], j, values[start + j]) }
          }
        }
      }
      return sums
    }
    // Exact, also where the largest is 0 or so small that its inverse is no number.
    let units = sums { largest, _, value in max(largest, abs(value)) }.map { largest in
      Double(sign: .plus, exponent: largest == 0 ? 0 : min(1023, -largest.exponent - 1), significand: 1)
    }
    let origins = zip(values, units).map { $0 * $1 }
    var means = [Double](repeating: 0, count: columns)
    // The second pass adds what rounding left of the mean in the first.
    for _ in 0..<2 {
      let rests = sums { sum, j, value in sum + (value * units[j] - origins[j] - means[j]) }
      for j in means.indices { means[j] += rests[j] / rows }
    }
    let squares = sums { sum, j, value in
      let difference = value * units[j] - origins[j] - means[j]
      return sum + difference * difference
    }
    let changes = sums { changes, j, value in value == values[j] ? changes : 1 }
    return (0..<columns).map { j in
      Column(
        unit: units[j], origin: origins[j], mean: means[j],
        factor: changes[j] == 0 ? 0 : 1 / (squares[j] / rows).squareRoot())
    }
  }

  /// The scaled rows.
  ///
  /// - Precondition: the rows have as many columns.
  public func callAsFunction(_ values: [Double]) -> [Double] {
    precondition(values.count.isMultiple(of: columns.count), "values must make whole rows")
    return [Double](unsafeUninitializedCapacity: values.count) { scaled, count in
      for start in stride(from: 0, to: values.count, by: columns.count) {
        for j in columns.indices { scaled.initializeElement(at: start + j, to: columns[j](values[start + j])) }
      }
      count = values.count
    }
  }
}
