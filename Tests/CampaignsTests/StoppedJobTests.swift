// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import Claims
import Estimation
import ExactJSON
import Hunting
import RandomInstances
import SeededRuns
import Students
import Testing

/// A job that is stopped makes no part: neither an empty one nor JSON's null, which would be written down as one.
@Suite struct StoppedJobTests {
  private func expectNone(_ job: some CampaignJob) async throws {
    let part = try await job.part(over: 0..<job.blockSize, threads: 1) { $0.stop() }
    #expect(part.map { "\($0)" } == nil, "\(type(of: job))")
    let whole = try await job.part(over: 0..<job.blockSize, threads: 1) { _ in }
    #expect(whole.map { $0 == .null } == false, "\(type(of: job))")
  }

  @Test func noPart() async throws {
    let hunt = Hunt(try claim("theorem1"), seed: 7)
    try await expectNone(HuntJob(hunt, cases: 1 << 20))
    try await expectNone(ClassHuntJob(ClassHunt(try #require(classClaim("soft-labels")), seed: 7), cases: 2_000))
    try await expectNone(VerifyJob(Verification(of: [try claim("theorem1")], seed: 7), cases: 1_000))
    let task = try #require(EstimationTask.all.first)
    let comparison = EstimatorComparison(
      [.init("zero") { EstimatorRespondent(GaussianPlugIn()) }], tasks: [task], rows: 20, samples: 2, seed: 1)
    try await expectNone(ComparisonJob(comparison))
    var settings = Validation.Settings()
    settings.family = .gaussian
    let validation = Validation(settings)
    try await expectNone(ValidationJob(validation, of: "it") { EstimatorRespondent(GaussianPlugIn()) })
    let problem = StudyProblem(
      try InstanceSampler(largestSize: 2).instances(1, seed: 1, rows: nil) { StudyProblem.canSimulate($0) }[0].instance,
      source: "random")
    let sweep = try RiskSweep([problem], StudySettings(lambdas: [1]))
    try await expectNone(StudyJob(SharedRiskSweep(sweep, replicates: 16, seed: 1)))
  }
}
