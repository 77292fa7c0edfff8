// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// A sign that the joint Gaussian model, on which the advice rests, does not fit the data.
public struct ModelWarning: Sendable, Equatable {
  /// What was seen.
  public enum Kind: String, Sendable {
    /// Residuals with far more extreme values than normal ones.
    case heavyTails = "heavy_tails"
    /// Residuals that lean to one side.
    case skewness
    /// A prediction that a curve in the linear one improves (Ramsey's RESET).
    case nonlinearity
    /// A label of few values.
    case discreteLabel = "discrete_label"
    /// A value of the label in so few rows that some folds have none.
    case rareLabel = "rare_label"
    /// Rows that were left out since a value is missing.
    case missingValues = "missing_values"
    /// Numbers that are missing and count as the means of the others.
    case imputedValues = "imputed_values"
    /// Not many more rows than columns.
    case fewRows = "few_rows"
    /// A column that the others nearly determine.
    case collinearity
    /// Resamples in which the model could not be fitted.
    case singularResamples = "singular_resamples"
  }

  /// What was seen.
  public let kind: Kind
  /// Where and how much, and what it means for the advice.
  public let message: String
}

/// A column's residuals given the student's inputs, and tests of their shape.
struct ResidualShape {
  private let fitted: [Double]
  private let residuals: [Double]
  private let inputs: Int

  /// The residuals of a column, by weights and means of the whole sample.
  init(_ column: [Double], inputs: [[Double]], weights: [Double]) {
    let n = column.count
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(n)
      return values.map { $0 - mean }
    }
    var fitted = [Double](repeating: 0, count: n)
    for (weight, input) in zip(weights, inputs) {
      for (row, value) in centred(input).enumerated() { fitted[row] += weight * value }
    }
    residuals = zip(centred(column), fitted).map { $0 - $1 }
    (self.fitted, self.inputs) = (fitted, inputs.count)
  }

  private func moment(_ power: Int) -> Double {
    residuals.reduce(0) { $0 + pow($1, Double(power)) } / Double(residuals.count)
  }

  /// Excess kurtosis, 0 for a normal law; its standard error there is √(24/n).
  var excessKurtosis: Double { moment(4) / pow(moment(2), 2) - 3 }

  /// Skewness, 0 for a normal law; its standard error there is √(6/n).
  var skewness: Double { moment(3) / pow(moment(2), 1.5) }

  /// The probability of so much curvature in a linear world: Ramsey's RESET (1969) with the square and the cube of the fit.
  ///
  /// Both are first freed of the constant and the fit; what is left of linear inputs makes the test a little conservative.
  var probabilityIfLinear: Double? {
    let n = Double(residuals.count)
    let spread = (fitted.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
    guard spread > 0, n > Double(inputs + 5) else { return nil }
    let z = fitted.map { $0 / spread }
    var directions: [[Double]] = []
    for power in 2...3 {
      var curve = z.map { pow($0, Double(power)) }
      for basis in [[Double](repeating: 1, count: z.count), z] + directions {
        let share = dot(curve, basis) / dot(basis, basis)
        for row in curve.indices { curve[row] -= share * basis[row] }
      }
      guard dot(curve, curve) > 1e-12 * n else { continue }
      directions.append(curve)
    }
    guard !directions.isEmpty else { return nil }
    let explained = directions.reduce(0) { sum, curve in
      let share = dot(residuals, curve)
      return sum + share * share / dot(curve, curve)
    }
    let (rest, count) = (dot(residuals, residuals) - explained, Double(directions.count))
    let degrees = n - Double(inputs) - 1 - count
    guard rest > 0, degrees > 0 else { return nil }
    return gsl_cdf_fdist_Q(explained / count / (rest / degrees), count, degrees)
  }
}
