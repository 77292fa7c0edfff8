// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// The weight decay of a student without a teacher, by cross-validation.
///
/// It is chosen first: a student whose weight decay is too small gains from any soft label, which is regularisation and no knowledge.
public struct WeightDecayChoice: Sendable, Equatable {
  /// Half decades from 10 down to 10⁻⁴.
  public static let grid: [Double] = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.000_3, 0.000_1]

  /// The weight decay of the least log-loss on held-out folds.
  public let value: Double
  /// That log-loss.
  public let logLoss: Double

  /// The choice for these rows.
  ///
  /// From strong to weak decay every student starts at the last; after two that were worse the rest is left out, as the loss has one minimum
  /// in all that we saw.
  ///
  /// - Parameters:
  ///   - rows: the training rows.
  ///   - folds: a cut of them.
  ///   - mostComponents: the greatest number of principal components; nil for all.
  ///   - values: weight decays, strong ones first.
  /// - Throws: `ClassificationError` where a training part has one class.
  /// - Precondition: there is a value, and all are positive.
  public init(
    _ rows: LabelledRows, folds: ClassFolds, mostComponents: Int? = nil, values: [Double] = WeightDecayChoice.grid
  ) throws {
    var parts: [(objective: SoftmaxObjective, student: SoftmaxStudent?, heldOut: PreparedRows, labels: [Int])] = []
    for fold in 0..<folds.count {
      let (training, heldOut) = (folds.training(fold), folds.heldOut(fold))
      guard !heldOut.isEmpty else { continue }
      let objective = try SoftmaxObjective(
        rows.selecting(training), weightDecay: values[0], mostComponents: mostComponents)
      let features = Self.features(heldOut, of: rows)
      parts.append((objective, nil, objective.rows(features), heldOut.map { rows.labels[$0] }))
    }
    var (best, least, worse) = (values[0], Double.infinity, 0)
    for value in values {
      var sum = 0.0
      for i in parts.indices {
        let student = parts[i].objective.with(weightDecay: value).fit(
          from: parts[i].student, tolerance: Self.tolerance(value))
        parts[i].student = student
        sum += logLosses(student.logits(of: parts[i].heldOut), labels: parts[i].labels).reduce(0, +)
      }
      if sum < least { (best, least, worse) = (value, sum, 0) } else { worse += 1 }
      if worse == 2 { break }
    }
    (self.value, logLoss) = (best, least / Double(rows.rowCount))
  }

  /// The gradient at which a fit stops: F is within ‖∇F‖²/2μ = 5·10⁻⁷ nats of its minimum, as it decays by μ.
  private static func tolerance(_ weightDecay: Double) -> Double { 1e-3 * weightDecay.squareRoot() }

  static func features(_ positions: [Int], of rows: LabelledRows) -> [Double] {
    ClassAdvice.rows(positions, of: rows.features, width: rows.featureCount)
  }
}
