// SPDX-License-Identifier: GPL-3.0-or-later
/// Least squares with a constant, of several targets on common inputs.
public struct LinearFit: Sendable {
  /// The means of the inputs, and of each target.
  public let inputMeans, targetMeans: [Double]
  /// The weights of each target.
  public let weights: [[Double]]

  /// The fit of `targets`, a number a row each, on `inputs`, row by row.
  ///
  /// - Throws: ``StudentError/rankDeficient(rows:columns:reciprocalCondition:)`` where the inputs are dependent in these rows.
  /// - Precondition: there is a target.
  public init(inputs: [Double], columns: Int, targets: [[Double]]) throws(StudentError) {
    let rows = inputs.count / columns
    inputMeans = (0..<columns).map { column in
      stride(from: column, to: inputs.count, by: columns).reduce(0) { $0 + inputs[$1] } / Double(rows)
    }
    targetMeans = targets.map { $0.reduce(0, +) / Double(rows) }
    let centred = inputs.indices.map { [inputMeans] in inputs[$0] - inputMeans[$0 % columns] }
    let columnsOfTargets = zip(targets, targetMeans).flatMap { target, mean in target.map { $0 - mean } }
    let solution = try LeastSquares(inputs: centred, columns: columns, targets: columnsOfTargets).weights
    weights = targets.indices.map { Array(solution[($0 * columns)..<(($0 + 1) * columns)]) }
  }

  /// What `weights` and a constant predict of a row: the constant makes the mean of predictions that of the first target.
  public func prediction(_ weights: [Double], _ row: ArraySlice<Double>) -> Double {
    var sum = targetMeans[0]
    for (index, value) in row.enumerated() { sum += weights[index] * (value - inputMeans[index]) }
    return sum
  }
}

/// The correlation of two lists of numbers; 0 where one does not vary.
func correlation(_ a: [Double], _ b: [Double]) -> Double {
  let count = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  var (product, squaresA, squaresB) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    product += (x - meanA) * (y - meanB)
    squaresA += (x - meanA) * (x - meanA)
    squaresB += (y - meanB) * (y - meanB)
  }
  return squaresA > 0 && squaresB > 0 ? product / (squaresA * squaresB).squareRoot() : 0
}
