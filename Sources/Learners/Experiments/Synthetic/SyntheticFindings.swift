// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Students

/// What the synthetic experiment found, as `cch experiment synthetic` reports it: at every point the exact side and what simulated
/// students showed.
///
/// ```swift
/// let runner = ExperimentRunner(experiment)
/// let results = try await runner.results(runner.begin(), threads: 2, seed: 1)
/// let findings = try SyntheticFindings(experiment, results)
/// precondition(findings.isOK)
/// ```
public struct SyntheticFindings: Sendable {
  /// One point.
  public struct Entry: Sendable {
    /// The exact side.
    public let point: SyntheticExperiment.Point
    /// What students showed.
    public let measured: SyntheticMeasurement
  }

  /// What was done.
  public let experiment: SyntheticExperiment
  /// The points, in order; those before an interruption or a divergence.
  public let entries: [Entry]
  /// Why training ended the experiment; nil where it did not.
  public let divergence: StudentError?
  /// What the trials of `experiment` showed; diverging training is a finding.
  ///
  /// - Throws: the error that ended the experiment where it is another one, or that of recorded runs of another kind.
  public init(_ experiment: SyntheticExperiment, _ results: ExperimentResults) throws {
    self.experiment = experiment
    if let failure = results.failure {
      guard let error = failure as? StudentError, case .diverged = error else { throw failure }
      divergence = error
    } else {
      divergence = nil
    }
    entries = try experiment.measurements(results).map { Entry(point: $0.point, measured: $0.measured) }
  }

  /// Which comparisons are out of tolerance.
  public var failures: [String] {
    entries.flatMap { entry in
      entry.measured.failures.map { "\(entry.point.sweep.rawValue) \(entry.point.parameter): \($0)" }
    }
  }

  /// Whether simulated students agree with the closed forms, and training came to an end.
  public var isOK: Bool { failures.isEmpty && divergence == nil }

  /// The points at which the CCH says no and distillation helps for small λ.
  public var missed: [SyntheticExperiment.Point] { entries.map(\.point).filter { !$0.predicts && $0.helps } }

  /// The points at which the CCH says yes and every λ > 0 hurts.
  public var wrong: [SyntheticExperiment.Point] { entries.map(\.point).filter { $0.predicts && !$0.helps } }

  /// At how many points the CCH and the exact verdict for small λ agree.
  public var agreements: Int { entries.count - missed.count - wrong.count }

  /// The wins of distillation, each a point and a λ > 0 of the experiment at which the risk falls, exactly: how many there are,
  /// and how many of them the best shrunk student without a teacher matches.
  public var wins: (count: Int, shrinkage: Int) {
    var wins = (count: 0, shrinkage: 0)
    for point in entries.map(\.point) {
      for lambda in experiment.lambdas where lambda.signum > 0 && point.change(lambda).signum < 0 {
        wins.count += 1
        if point.isShrinkage(lambda) { wins.shrinkage += 1 }
      }
    }
    return wins
  }

  /// The same of simulated least-squares students: a win where the mean change is below 0, shrinkage where the mean risk is not
  /// below that of the best shrunk student, exactly.
  public var simulatedWins: (count: Int, shrinkage: Int) {
    var wins = (count: 0, shrinkage: 0)
    for entry in entries {
      for row in entry.measured.rows where row.student == SyntheticMeasurement.leastSquares && row.change < 0 {
        wins.count += 1
        // On the same samples as without a teacher, the change tells more than the risk.
        let gap = (entry.point.risk.baselineRisk - entry.point.untaughtRisk).asDouble
        if row.change >= -gap { wins.shrinkage += 1 }
      }
    }
    return wins
  }

  /// At how many points a student that may shrink gains from the teacher: corr(t, s | y) > 0.
  public var tunedGains: Int { entries.count { $0.point.tunedGain.signum > 0 } }

  /// At how many points the CCH is wrong about a fixed λ: yes and no gain, no and a gain; exactly.
  public func errors(at lambda: Rational) -> (noGain: Int, gain: Int) {
    let points = entries.map(\.point)
    return (
      points.filter { $0.predicts && $0.change(lambda).signum >= 0 }.count,
      points.filter { !$0.predicts && $0.change(lambda).signum < 0 }.count
    )
  }
}
