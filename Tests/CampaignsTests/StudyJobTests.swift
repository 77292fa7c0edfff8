// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import RandomInstances
import Students
import Testing

/// Studies of students, cut anywhere and merged: what one run of all samples gives, to the last digit.
@Suite struct StudyJobTests {
  private func problems(_ count: Int, seed: UInt64 = 3) throws -> [StudyProblem] {
    try InstanceSampler(largestSize: 3).instances(count, seed: seed, rows: nil) {
      $0.q == 1 && StudyProblem.canSimulate($0)
    }.map { StudyProblem($0.instance, source: "random \($0.number)") }
  }

  /// The report of parts that are cut after these numbers of cases, written down and read again.
  private func merged<Study: SharedStudy>(_ study: Study, _ cuts: [Int], isComplete: Bool = true) async throws
    -> Study.Report
  {
    let job = StudyJob(study)
    var total = job.nothing
    for (from, to) in zip([0] + cuts, cuts + (isComplete ? [job.total] : [])) {
      let part = try #require(try await job.part(over: from..<to, threads: 2) { _ in })
      try job.add(JSONReader(JSONValue(parsing: part.description)), to: &total)
    }
    return try study.report(of: total, isComplete: isComplete)
  }

  private func numbers(_ report: RiskSweep.Report) -> [String] {
    report.entries.map { entry in
      "\(entry.source) \(String(describing: entry.divergence)) "
        + (entry.result.map { result in
          "\(result.replicates) \(result.rows.map { [$0.risk.simulated, $0.uncorrected, $0.gap, $0.test] }) "
            + "\(result.rows.map { $0.change?.simulated as Any }) \(result.limit?.simulated as Any) \(result.failures)"
        } ?? "none")
    }
  }

  @Test(arguments: [[], [1], [5, 6], [2, 9, 17]]) func risks(cuts: [Int]) async throws {
    var settings = StudySettings(lambdas: [Rational(1, 2), 2], testRows: 5)
    settings.level = 1e-6
    let sweep = try RiskSweep(try problems(2), settings)
    let plain = try await sweep.report(replicates: 75, seed: 9, threads: 2)
    // 75 samples are 10 blocks of each instance, the last one of 3.
    #expect(StudyJob(SharedRiskSweep(sweep, replicates: 75, seed: 9)).total == 20)
    let report = try await merged(SharedRiskSweep(sweep, replicates: 75, seed: 9), cuts)
    #expect(numbers(report) == numbers(plain) && !report.wasStopped && plain.entries.count == 2)
    #expect(plain.entries.allSatisfy { $0.result?.replicates == 75 })
  }

  /// Of training that diverges the first block is told of, wherever the cut is.
  @Test(arguments: [[], [1], [4, 5]]) func divergence(cuts: [Int]) async throws {
    let training = Training(.sgd, learningRate: 1e6, epochs: 4)
    let sweep = try RiskSweep(try problems(2), StudySettings(lambdas: [1], student: .trained(training)))
    let plain = try await sweep.report(replicates: 30, seed: 9, threads: 1)
    let report = try await merged(SharedRiskSweep(sweep, replicates: 30, seed: 9), cuts)
    #expect(numbers(report) == numbers(plain) && plain.entries.allSatisfy { $0.divergence != nil })
  }

  @Test(arguments: [[], [1], [2, 7]]) func baselines(cuts: [Int]) async throws {
    let problems = try problems(2).map {
      StudyProblem(try $0.instance.with(n: 40), source: $0.source)
    }
    let sweep = try BaselineSweep(problems, BaselineSettings(.tuned, folds: 3))
    let plain = try await sweep.report(replicates: 30, seed: 9, threads: 2)
    let report = try await merged(SharedBaselineSweep(sweep, replicates: 30, seed: 9), cuts)
    func numbers(_ report: BaselineSweep.Report) -> [String] {
      report.entries.map {
        "\($0.source) \($0.result.replicates) \($0.result.rows) \($0.result.gains) \($0.result.chosen as Any) \($0.result.failures)"
      }
    }
    #expect(numbers(report) == numbers(plain) && plain.entries.allSatisfy { $0.result.chosen != nil })
  }

  @Test(arguments: [[], [1], [3, 4, 9]]) func decisions(cuts: [Int]) async throws {
    let sweep = try DecisionSweep(try problems(2), distances: [Rational(1, 5)])
    let plain = try await sweep.report(rows: [30, 100], samples: 1_500, seed: 9, threads: 2)
    // 1,500 samples are 3 blocks of 512 for each of 2 numbers of rows of 2 instances.
    let study = SharedDecisionSweep(sweep, rows: [30, 100], samples: 1_500, seed: 9)
    #expect(StudyJob(study).total == 12)
    let report = try await merged(study, cuts)
    #expect("\(report.outcomes)" == "\(plain.outcomes)" && report.entries.map(\.outcomes.count) == [2, 2])
    #expect(plain.outcomes.allSatisfy { $0.samples == 1_500 })
  }

  @Test func whatIsMissingIsNotMadeUp() async throws {
    let sweep = try RiskSweep(try problems(2), StudySettings(lambdas: [1]))
    let report = try await merged(SharedRiskSweep(sweep, replicates: 80, seed: 9), [4], isComplete: false)
    #expect(report.wasStopped && report.entries.map { $0.result?.replicates } == [32])
  }

  @Test func partsOfOtherStudiesAreRefused() async throws {
    let (one, two) = (try problems(1), try problems(2))
    let few = SharedRiskSweep(try RiskSweep(one, StudySettings(lambdas: [1])), replicates: 8, seed: 1)
    let many = SharedRiskSweep(try RiskSweep(two, StudySettings(lambdas: [1, 2])), replicates: 8, seed: 1)
    let part = try #require(try await StudyJob(many).part(over: 0..<2, threads: 1) { _ in })
    var total = StudyJob(few).nothing
    #expect(throws: JSONShapeError.self) { try StudyJob(few).add(JSONReader(part), to: &total) }
    let first = try #require(try await StudyJob(many).part(over: 0..<1, threads: 1) { _ in })
    total = StudyJob(few).nothing
    try StudyJob(few).add(JSONReader(first), to: &total)
    #expect(throws: StudentError.self) { try few.report(of: total, isComplete: true) }
  }
}
