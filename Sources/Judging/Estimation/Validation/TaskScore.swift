// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Statistics

/// How well an estimator did on the samples of one task.
public struct TaskScore: Sendable {
  /// The task.
  public let task: EstimationTask
  /// The number of rows of a sample, or the round number that they are near.
  public let rows: Int
  /// The number of rows of each sample.
  public let rowCounts: [Int]
  /// The estimates in nats, of the samples that have one.
  public let estimates: [Double]
  /// Why a sample that was asked about has none; empty where all have one.
  public let problems: [String]
  /// How many samples were not asked about, as the run was stopped before or the estimator given up.
  public let unasked: Int
  /// The median time of an estimate in seconds.
  public let seconds: Double
  /// Whether the task is part of the gate.
  public let isJudged: Bool
  /// Why the gate fails here; nil where it does not.
  public internal(set) var failure: String?

  init(_ group: ProbeGroup, _ task: EstimationTask, _ answers: [EstimatorAnswer], isJudged: Bool) {
    (self.task, rows, rowCounts, self.isJudged) = (task, group.rows, group.rowCounts, isJudged)
    let asked = answers.filter(\.wasAsked)
    estimates = asked.compactMap(\.nats)
    problems = asked.compactMap(\.problem)
    unasked = answers.count - asked.count
    let times = asked.map(\.seconds).sorted()
    seconds = times.isEmpty ? 0 : times[times.count / 2]
  }

  /// An estimate and an interval that holds the true value in 95 of 100 runs, for normal errors.
  public typealias Interval = IntervalEstimate

  /// The mean estimate in nats.
  public var mean: Double { estimates.reduce(0, +) / Double(estimates.count) }

  /// The mean error in nats, by Student's t; nil for fewer than 2 estimates.
  public var bias: Interval? {
    guard let deviation = standardDeviation?.value else { return nil }
    let count = Double(estimates.count)
    let width = deviation / count.squareRoot() * gsl_cdf_tdist_Qinv(0.025, count - 1)
    let bias = mean - task.nats
    return Interval(value: bias, lower: bias - width, upper: bias + width)
  }

  /// The standard deviation of the estimates, by χ²; nil for fewer than 2.
  public var standardDeviation: Interval? {
    guard estimates.count >= 2 else { return nil }
    let degrees = Double(estimates.count - 1)
    let squares = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return TaskScore.root(squares, degrees)
  }

  /// The root mean square error, by χ²; nil for fewer than 2 estimates.
  public var rootMeanSquareError: Interval? {
    guard estimates.count >= 2 else { return nil }
    return TaskScore.root(errors.reduce(0) { $0 + $1 * $1 }, Double(estimates.count))
  }

  /// Whether the gate cannot tell: it does not fail, and the interval of the bias reaches beyond what is allowed, so that more samples
  /// could make it fail.
  public var isUndecided: Bool {
    guard isJudged, failure == nil, unasked == 0, let bias else { return false }
    let allowed = Tolerances.bias(task.nats)
    return bias.lower < -allowed || bias.upper > allowed
  }

  /// The errors in nats.
  var errors: [Double] { estimates.map { $0 - task.nats } }

  private static func root(_ squares: Double, _ degrees: Double) -> Interval {
    Interval(
      value: (squares / degrees).squareRoot(), lower: (squares / gsl_cdf_chisq_Qinv(0.025, degrees)).squareRoot(),
      upper: (squares / gsl_cdf_chisq_Pinv(0.025, degrees)).squareRoot())
  }
}
