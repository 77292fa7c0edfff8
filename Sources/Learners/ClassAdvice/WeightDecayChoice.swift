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
    self = try Self.all([rows], folds: folds, mostComponents: mostComponents, values: values, threads: 1)[0]
  }

  private init(value: Double, logLoss: Double) { (self.value, self.logLoss) = (value, logLoss) }

  /// The choices for several views of the same rows, every fold of every view a task of its own.
  static func all(
    _ views: [LabelledRows], folds: ClassFolds, mostComponents: Int?, values: [Double] = WeightDecayChoice.grid,
    threads: Int
  ) throws -> [WeightDecayChoice] {
    let cuts = (0..<folds.count).map { (training: folds.training($0), heldOut: folds.heldOut($0)) }
      .filter { !$0.heldOut.isEmpty }
    var parts = try concurrently(views.count * cuts.count, threads: threads) { index in
      try Part(views[index / cuts.count], cuts[index % cuts.count], mostComponents: mostComponents, values[0])
    }
    var best = views.map { _ in (value: values[0], sum: Double.infinity, worse: 0) }
    for value in values {
      let running = parts.indices.filter { best[$0 / cuts.count].worse < 2 }
      if running.isEmpty { break }
      let before = parts
      for (place, part) in zip(
        running, try concurrently(running.count, threads: threads) { before[running[$0]].with(value) })
      { parts[place] = part }
      for view in Set(running.map { $0 / cuts.count }) {
        let sum = parts[view * cuts.count..<(view + 1) * cuts.count].reduce(0) { $0 + $1.loss }
        if sum < best[view].sum { best[view] = (value, sum, 0) } else { best[view].worse += 1 }
      }
    }
    return zip(views, best).map { WeightDecayChoice(value: $1.value, logLoss: $1.sum / Double($0.rowCount)) }
  }

  /// A fold of a view on its way through the weight decays.
  private struct Part: Sendable {
    let objective: SoftmaxObjective
    let heldOut: PreparedRows
    let labels: [Int]
    var student: SoftmaxStudent?
    /// The log-loss of the rows that are held out.
    var loss = 0.0

    init(
      _ rows: LabelledRows, _ cut: (training: [Int], heldOut: [Int]), mostComponents: Int?, _ first: Double
    ) throws {
      objective = try SoftmaxObjective(
        rows.selecting(cut.training), weightDecay: first, mostComponents: mostComponents)
      heldOut = objective.rows(WeightDecayChoice.features(cut.heldOut, of: rows))
      labels = cut.heldOut.map { rows.labels[$0] }
    }

    /// The same at the next weight decay.
    func with(_ value: Double) -> Part {
      var next = self
      let own = objective.with(weightDecay: value).fit(from: student, tolerance: WeightDecayChoice.tolerance(value))
      next.student = own
      next.loss = logLosses(own.logits(of: heldOut), labels: labels).reduce(0, +)
      return next
    }
  }

  /// The gradient at which a fit stops: F is within ‖∇F‖²/2μ = 5·10⁻⁷ nats of its minimum, as it decays by μ.
  private static func tolerance(_ weightDecay: Double) -> Double { 1e-3 * weightDecay.squareRoot() }

  static func features(_ positions: [Int], of rows: LabelledRows) -> [Double] {
    ClassAdvice.rows(positions, of: rows.features, width: rows.featureCount)
  }
}
