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
    /// Rows without a label whose means are not those of the labelled ones.
    case unlabelledDiffer = "unlabelled_differ"
    /// Resamples in which the model could not be fitted.
    case singularResamples = "singular_resamples"
  }

  /// What was seen.
  public let kind: Kind
  /// Where and how much, and what it means for the advice.
  public let message: String
}

/// Residuals given the student's inputs, whose shape a warning is about.
public struct ResidualPlot: Sendable, Equatable {
  /// Of what: the label, or the prediction of a teacher.
  public let name: String
  /// The points, in standard deviations of the residuals.
  public let points: [Point]

  /// One row.
  public struct Point: Sendable, Equatable {
    /// The linear prediction from the student's inputs, about its mean, and what is left.
    public let fitted, residual: Double
  }
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

  /// The points of a picture: of many rows those with the largest residuals and others evenly between them, in standard deviations of the
  /// residuals, and in the order of the rows.
  var points: [ResidualPlot.Point] {
    let (most, largest) = (200, 20)
    let spread = moment(2).squareRoot()
    guard spread > 0 else { return [] }
    var rows = Array(residuals.indices)
    if rows.count > most {
      let extreme = rows.sorted { abs(residuals[$0]) > abs(residuals[$1]) }[..<largest]
      let others = (0..<(most - largest)).map { $0 * rows.count / (most - largest) }
      rows = Set(extreme).union(others).sorted()
    }
    return rows.map { ResidualPlot.Point(fitted: fitted[$0] / spread, residual: residuals[$0] / spread) }
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
