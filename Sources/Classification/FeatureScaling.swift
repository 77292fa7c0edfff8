/// The affine map that gives columns mean 0 and variance 1 on the rows that it was made from.
///
/// A column that does not vary there becomes its difference from the mean. The common map does the same to all columns as
/// if they were one.
public struct FeatureScaling: Sendable, Equatable {
  private let means: [Float]
  private let factors: [Float]

  /// The map for these rows: the variance has the denominator n.
  ///
  /// - Precondition: `columns` is positive and divides the number of values.
  public init(of values: [Float], columns: Int, isCommon: Bool = false) {
    precondition(columns > 0 && values.count.isMultiple(of: columns), "values must make whole rows")
    if isCommon {
      let common = FeatureScaling(of: values, columns: 1)
      means = Array(repeating: common.means[0], count: columns)
      factors = Array(repeating: common.factors[0], count: columns)
      return
    }
    let rows = Double(values.count / columns)
    var (sums, squares) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
    for start in stride(from: 0, to: values.count, by: columns) {
      for j in 0..<columns { sums[j] += Double(values[start + j]) }
    }
    let means = sums.map { $0 / rows }
    for start in stride(from: 0, to: values.count, by: columns) {
      for j in 0..<columns {
        let difference = Double(values[start + j]) - means[j]
        squares[j] += difference * difference
      }
    }
    self.means = means.map { Float($0) }
    // Below the rounding of the mean, a variance is none.
    factors = zip(squares, means).map { square, mean in
      let deviation = (square / rows).squareRoot()
      return deviation > 1e-6 * abs(mean) ? Float(1 / deviation) : 1
    }
  }

  /// The scaled rows.
  ///
  /// - Precondition: the rows have as many columns.
  public func callAsFunction(_ values: [Float]) -> [Float] {
    let columns = means.count
    precondition(values.count.isMultiple(of: columns), "values must make whole rows")
    var scaled = values
    for start in stride(from: 0, to: values.count, by: columns) {
      for j in 0..<columns { scaled[start + j] = (values[start + j] - means[j]) * factors[j] }
    }
    return scaled
  }
}
