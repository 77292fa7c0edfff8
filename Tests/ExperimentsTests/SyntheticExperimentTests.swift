// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import Students
import Testing

@testable import Experiments

@Suite struct SyntheticExperimentTests {
  /// The moments do not depend on the number of inputs, so that the exact side may be computed for one.
  @Test func momentsDoNotDependOnTheNumberOfInputs() throws {
    let experiment = try SyntheticExperiment(rows: 40, inputs: 9)
    for sweep in SyntheticExperiment.Sweep.allCases {
      for parameter in sweep.parameters {
        let (point, full) = (
          try experiment.point(sweep, parameter), try experiment.instance(sweep, parameter, inputs: 9)
        )
        let moments = Moments(full)
        #expect(point.moments.total == moments.total && point.moments.residual == moments.residual)
        #expect(point.risk(Rational(1, 2)) == (try Risk(moments, n: 40, p2: 9))(Rational(1, 2)))
        #expect(try point.labelInformation == moments.labelInformation())
        // Without noise or scale the teacher is the least-squares one.
        if sweep == .strength { #expect(full.w1 == full.leastSquaresTeacher) }
      }
    }
  }

  /// ΔI crosses 0 in the first two sweeps; more noise takes information but not c; scale takes no information but the verdict.
  @Test func theSweepsCrossTheBoundaries() throws {
    let experiment = try SyntheticExperiment()
    func points(_ sweep: SyntheticExperiment.Sweep) throws -> [SyntheticExperiment.Point] {
      try sweep.parameters.map { try experiment.point(sweep, $0) }
    }
    let strength = try points(.strength)
    #expect(!strength[0].predicts && strength[strength.count - 1].predicts && strength.allSatisfy(\.helps))
    let noise = try points(.noise)
    #expect(noise[0].predicts && !noise[noise.count - 1].predicts)
    #expect(noise.allSatisfy { $0.moments.residualCovariance == noise[0].moments.residualCovariance && $0.helps })
    let scale = try points(.scale)
    #expect(scale.allSatisfy { $0.delta == scale[0].delta && $0.predicts })
    #expect(scale[0].helps && !scale[scale.count - 1].helps)
  }

  /// A point of the small version: students agree with the closed forms, and a study's threads change no digit.
  @Test func studentsAgree() async throws {
    let experiment = try SyntheticExperiment(
      rows: 200, inputs: 9, replicates: 200, trainedReplicates: 2, training: Training(.gradientDescent), level: 1e-9)
    let point = try experiment.point(.strength, 1)
    let result = try #require(try experiment.result(point, seed: 1))
    #expect(result.leastSquares.failures.isEmpty && result.trained.failures.isEmpty)
    #expect(result.leastSquares.replicates == 200 && result.trained.replicates == 2)
    let study = try RiskStudy(
      experiment.instance(.strength, 1, inputs: 9),
      StudySettings(lambdas: experiment.lambdas, level: 1e-9 / Double(2 * SyntheticExperiment.pointCount)))
    let threaded = try await study.result(RiskStudy.run(replicates: 200), threads: 2, seed: 1)
    for (a, b) in zip(threaded.rows, result.leastSquares.rows) {
      #expect(a.risk.simulated == b.risk.simulated && a.change?.simulated == b.change?.simulated)
    }
    #expect(try experiment.result(point, seed: 1) { true } == nil)
  }

  /// The runner gives the same on any number of threads; a record has what was measured, point by point.
  @Test func trialsArePointsOfTheirOwn() async throws {
    let experiment = try SyntheticExperiment(
      rows: 30, inputs: 1, lambdas: [Rational(1, 2)], replicates: 4, trainedReplicates: 2,
      training: Training(.gradientDescent, epochs: 20))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("synthetic-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let record = try RunRecord(path: folder.appendingPathComponent("record").path, experiment: experiment, seed: 5)
    let runner = ExperimentRunner(experiment, record: record)
    let results = try await runner.results(runner.begin(), threads: 2, seed: 5)
    let other = try await ExperimentRunner(experiment).results(runner.begin(), threads: 1, seed: 5)
    #expect(results.runs == other.runs && results.trials.count == 25 && record.count == 25)
    let measured = try experiment.measurements(results)
    #expect(measured.map(\.point.parameter) == SyntheticExperiment.points.map(\.parameter))
    #expect(Set(results.trials.map { experiment.stream(of: $0.trial) }).count == 25)
    #expect(throws: ExperimentError.self) {
      try experiment.measurements(
        ExperimentResults(
          trials: [(experiment.trials[0], [Run(replicate: 0, factors: [], outcomes: [])])], failure: nil))
    }
  }

  /// Training that leaves every bound ends the experiment; the points before it stay.
  @Test func divergenceKeepsThePointsBeforeIt() async throws {
    let experiment = try SyntheticExperiment(
      rows: 30, inputs: 1, lambdas: [Rational(1, 2)], replicates: 2, trainedReplicates: 2,
      training: Training(.gradientDescent, learningRate: 1e9, epochs: 200))
    let runner = ExperimentRunner(experiment)
    let results = try await runner.results(runner.begin(), threads: 2, seed: 5)
    #expect(results.trials.isEmpty)
    guard case .diverged = results.failure as? StudentError else {
      Issue.record("\(String(describing: results.failure))")
      return
    }
  }

  @Test func refusesWhatIsNotDefined() {
    #expect(throws: StudentError.self) { try SyntheticExperiment(inputs: 10) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(rows: 101) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(replicates: 1) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(lambdas: [-1]) }
  }
}
