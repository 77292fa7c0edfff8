// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Statistics

/// How one estimator did on the samples of one task.
public struct ComparedScore: Sendable, Hashable {
  /// The estimates in nats, of the samples that have one.
  public let estimates: [Double]
  /// The true information in nats; nil where nothing was asked.
  public let truth: Double?
  /// The median time of an estimate in seconds.
  public let seconds: Double?
  /// Why samples have no estimate, each reason once.
  public let problems: [String]

  init(_ answers: [ComparedAnswer]) {
    (estimates, truth) = (answers.compactMap(\.nats), answers.first?.truth)
    let times = answers.filter { $0.nats != nil }.map(\.seconds).sorted()
    seconds = times.isEmpty ? nil : times[times.count / 2]
    var seen: Set<String> = []
    problems = answers.compactMap(\.problem).filter { seen.insert($0).inserted }
  }

  /// The mean estimate; nil without any.
  public var mean: Double? { estimates.isEmpty ? nil : estimates.reduce(0, +) / Double(estimates.count) }

  /// The standard deviation of the estimates; nil for fewer than 2.
  public var deviation: Double? {
    guard let mean, estimates.count >= 2 else { return nil }
    return (estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(estimates.count - 1)).squareRoot()
  }

  /// The mean error, with its sign.
  public var bias: Double? { mean.flatMap { mean in truth.map { mean - $0 } } }

  /// The mean error with Student's interval of 95 %; nil for fewer than 2 estimates.
  public var biasInterval: IntervalEstimate? {
    guard let bias, let deviation else { return nil }
    let n = Double(estimates.count)
    let radius = deviation / n.squareRoot() * gsl_cdf_tdist_Qinv(0.025, n - 1)
    return IntervalEstimate(value: bias, lower: bias - radius, upper: bias + radius)
  }

  /// The root mean square error.
  public var rootMeanSquareError: Double? {
    guard let truth, !estimates.isEmpty else { return nil }
    return (estimates.reduce(0) { $0 + ($1 - truth) * ($1 - truth) } / Double(estimates.count)).squareRoot()
  }
}

/// How one estimator did on all tasks.
public struct ComparedTotal: Sendable, Hashable {
  /// The root mean square error, of which every task counts as much; nil without any.
  public let error: Double?
  /// The median of the median times of tasks, in seconds; nil without any.
  public let seconds: Double?

  /// The total of the scores of tasks.
  public init(_ scores: [ComparedScore]) {
    let errors = scores.compactMap(\.rootMeanSquareError)
    error =
      errors.isEmpty ? nil : (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    let times = scores.compactMap(\.seconds).sorted()
    seconds = times.isEmpty ? nil : times[times.count / 2]
  }
}
