// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import RandomInstances
import SeededRuns
import Students
import Testing

/// `cch student` whole, from the library.
@Suite struct SweepTests {
  /// Random instances, as the command draws them.
  private func problems(_ count: Int, seed: UInt64) throws -> [StudyProblem] {
    try InstanceSampler(largestSize: 4).instances(count, seed: seed, rows: 9, where: StudyProblem.canSimulate).map {
      StudyProblem($0.instance, source: "random \($0.number)")
    }
  }

  /// True closed forms are within tolerance, at an equal share of the level each, and the same for any number of threads.
  ///
  /// The false alarm is below 1e-9.
  @Test func studentsAgreeTogether() async throws {
    let settings = StudySettings(lambdas: [Rational(1, 2), 3], level: 1e-9)
    let sweep = try RiskSweep(try problems(3, seed: 5), settings)
    #expect(sweep.studies.allSatisfy { $0.study.settings.level == 1e-9 / 3 })
    let report = try await sweep.report(replicates: 40, seed: 5, threads: 2)
    #expect(report.isOK && !report.wasStopped && report.entries.map(\.source) == sweep.studies.map(\.source))
    let again = try await sweep.report(replicates: 40, seed: 5, threads: 1)
    for (one, other) in zip(report.entries, again.entries) {
      #expect(one.result?.rows.map(\.risk.simulated.mean) == other.result?.rows.map(\.risk.simulated.mean))
      #expect(one.result?.replicates == 40)
    }
  }

  /// The λ of an instance that has one is studied besides, where it is asked for.
  @Test func ownWeightsAreAdded() throws {
    let problem = StudyProblem(try problems(1, seed: 1)[0].instance.with(lambda: 7), source: "own")
    let settings = StudySettings(lambdas: [1])
    #expect(try RiskSweep([problem], settings, addsOwnWeights: true).studies[0].study.lambdas == [0, 1, 7])
    #expect(try RiskSweep([problem], settings).studies[0].study.lambdas == [0, 1])
  }

  /// Divergence is a finding of its instance, an unusable setting an error that names it, a stopped run the last entry.
  @Test func whatGoesWrongIsToldOfItsInstance() async throws {
    let two = try problems(2, seed: 2)
    let wild = StudySettings(lambdas: [1], student: .trained(Training(.sgd, learningRate: 1e7)))
    let report = try await RiskSweep(two, wild).report(replicates: 2, seed: 1, threads: 1)
    #expect(report.entries.count == 2 && report.entries.allSatisfy { $0.divergence != nil } && !report.isOK)
    do {
      _ = try RiskSweep([StudyProblem(try two[0].instance.with(lambda: 1), source: "it")], StudySettings(lambdas: [-1]))
      Issue.record("a negative weight is refused")
    } catch let error as StudyProblemError { #expect(error.source == "it" && error.reason is StudentError) }
    let stopped = try await RiskSweep(two, StudySettings(lambdas: [1])).report(seed: 1, threads: 1) { $0.stop() }
    #expect(stopped.wasStopped && stopped.entries.count == 1)
  }

  /// Decisions over distances and numbers of rows; the exact probability is compared at an equal share of the level.
  ///
  /// The false alarm is below 1e-9.
  @Test func decisionsAgreeTogether() async throws {
    let single = try InstanceSampler(largestSize: 3).instances(20, seed: 2) {
      $0.q == 1 && StudyProblem.canSimulate($0) && Moments($0).residualCovariance.signum > 0
    }
    let problem = StudyProblem(single[0].instance, source: "one")
    let sweep = try DecisionSweep([problem], distances: [Rational(1, 2), Rational(-1, 5)])
    let report = try await sweep.report(rows: [20, 100], samples: 2_000, level: 1e-9, seed: 2, threads: 2)
    #expect(report.isOK && report.entries.count == 2 && report.outcomes.count == 16)
    #expect(report.entries.map(\.study.distance) == [Rational(1, 2), Rational(-1, 5)])
    #expect(report.entries[0].outcomes.map { $0[0].rows } == [20, 100] && report.largestDifference < 0.2)
    // Each of the exact comparisons gets an equal share of the level.
    let probabilities = report.outcomes.compactMap(\.probability)
    let least = try #require(probabilities.min())
    func isOK(_ level: Double) -> Bool {
      DecisionSweep.Report(entries: report.entries, level: level, wasStopped: false).isOK
    }
    #expect(probabilities.count == 4 && isOK(least * 3.99) && !isOK(least * 4.01))
    #expect(throws: StudyProblemError.self) { try DecisionSweep([problem], distances: [1]) }
    let stopped = try await sweep.report(samples: 10, seed: 1, threads: 1) { $0.stop() }
    #expect(stopped.wasStopped)
  }
}
