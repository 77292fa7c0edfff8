// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Students

/// A trial is a point of a sweep.
extension SyntheticExperiment: Experiment {
  /// `synthetic`.
  public var name: String { "synthetic" }

  /// Sizes, weights, numbers of samples, and how students are trained and judged.
  public var settings: [Setting] {
    [
      Setting("n", rows), Setting("p", inputs), Setting("λ", lambdas.map(\.description).joined(separator: " ")),
      Setting("samples", replicates), Setting("trained samples", trainedReplicates),
      Setting("training", "\(training)"), Setting("level", level),
    ]
  }

  /// The points of all sweeps.
  public var trials: [ExperimentTrial] {
    SyntheticExperiment.points.map { sweep, parameter in
      ExperimentTrial(replicate: 0, factors: [Setting("sweep", sweep.rawValue), Setting("value", parameter)])
    }
  }

  /// Every point has samples of its own.
  public func stream(of trial: ExperimentTrial) -> UInt64 { UInt64(trials.firstIndex(of: trial) ?? 0) }

  /// A run for each student and λ > 0, then one for each comparison that is out of tolerance.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    try runs(of: trial, seed: seed) { _ in false } ?? []
  }

  /// The same, which `isStopped` ends.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?
  {
    guard let place = trials.firstIndex(of: trial) else { return [] }
    let (sweep, parameter) = SyntheticExperiment.points[place]
    return try result(try point(sweep, parameter), seed: seed, until: { isStopped(0) }).map {
      SyntheticMeasurement($0, trained: training.method.rawValue).runs
    }
  }

  /// What trials showed, point by point.
  ///
  /// - Throws: ``ExperimentError/recordNotUsable(_:)`` where recorded runs are of another kind.
  public func measurements(_ results: ExperimentResults) throws -> [(point: Point, measured: SyntheticMeasurement)] {
    let (trials, points) = (trials, SyntheticExperiment.points)
    return try results.trials.compactMap { trial, runs in
      guard let place = trials.firstIndex(of: trial) else { return nil }
      guard let measured = SyntheticMeasurement(runs) else {
        throw ExperimentError.recordNotUsable("the runs of \"\(trial.name)\" are not those of a point; remove its line")
      }
      return (try point(points[place].sweep, points[place].parameter), measured)
    }
  }
}
