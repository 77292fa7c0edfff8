// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import Estimation
import ExactJSON
import LineProtocol
import SeededRuns
import Testing

/// The judgement of one estimator, cut anywhere and merged: that of one run of all samples.
@Suite struct ValidationJobTests {
  private var validation: Validation {
    var settings = Validation.Settings()
    (settings.family, settings.samples, settings.seed) = (.gaussian, 3, 5)
    return Validation(settings)
  }

  /// A respondent that fails on every sample.
  private final class Broken: Respondent {
    func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer { EstimatorAnswer(.failed("no"), seconds: 1) }
  }

  /// A respondent whose answers are of all kinds, by the number of rows, and which breaks the protocol.
  private final class Strange: Respondent {
    func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer {
      switch sample.x.count % 4 {
      case 0: EstimatorAnswer(.nats(1.0 / 3), seconds: 2)
      case 1: EstimatorAnswer(.nats(.nan), seconds: 2)
      case 2: EstimatorAnswer(.declined("not \"this\" one"), seconds: 2)
      default: EstimatorAnswer(.nats(0), seconds: 2)
      }
    }

    func finish() -> Conduct {
      var conduct = Conduct()
      (conduct.breaches, conduct.remarks, conduct.noise.malformed) = (["it lied"], ["it hummed"], 1)
      return conduct
    }
  }

  private func job(_ make: @escaping @Sendable () -> any Respondent) -> ValidationJob {
    ValidationJob(validation, of: "it", makeRespondent: make)
  }

  private func merged(_ job: ValidationJob, _ cuts: [Int]) async throws -> ValidationPart {
    var total = job.nothing
    for (from, to) in zip([0] + cuts, cuts + [job.total]) {
      let part = try #require(try await job.part(over: from..<to, threads: 2) { _ in })
      try job.add(JSONReader(JSONValue(parsing: part.description)), to: &total)
    }
    return total
  }

  private func text(_ report: ValidationReport) -> String {
    "\(report.scores.map { ($0.task.id, $0.estimates, $0.problems, $0.failure as Any) }) \(report.checks) \(report.failures) "
      + "\(report.warnings) \(report.notes) \(report.diagnosis as Any) \(report.passes)"
  }

  @Test(arguments: [[], [1], [7, 50]]) func anyCutGivesTheSame(cuts: [Int]) async throws {
    for make in [{ EstimatorRespondent(GaussianPlugIn()) }, { Strange() }] as [@Sendable () -> any Respondent] {
      let (validation, job) = (validation, job(make))
      let pool = RespondentPool(make)
      let answers = await validation.answers(validation.run(), threads: 1, pool)
      let plain = validation.report(answers, conduct: pool.finish())
      let part = try await merged(job, cuts)
      var conduct = part.conduct
      // Every process of a program is told of.
      conduct.noise.malformed = min(1, conduct.noise.malformed)
      let report = validation.report(validation.answers(of: part.table, else: "missing"), conduct: conduct)
      #expect(text(report) == text(plain) && report.unasked == nil)
      #expect(plain.scores.count > 1 && plain.passes == (make() is EstimatorRespondent))
    }
  }

  @Test func missingSamplesAreNoVerdict() async throws {
    let job = job { EstimatorRespondent(GaussianPlugIn()) }
    var total = job.nothing
    let part = try #require(try await job.part(over: 0..<5, threads: 1) { _ in })
    try job.add(JSONReader(part), to: &total)
    let report = validation.report(validation.answers(of: total.table, else: "its shard is missing"))
    #expect(!report.passes && report.failures.isEmpty)
    #expect(report.unasked?.reason == "its shard is missing" && report.unasked?.count == job.total - 5)
  }

  /// What is not asked any more is no answer of the estimator, so it is in no record.
  @Test func aProgramThatAlwaysFailsEndsTheShard() async throws {
    await #expect { try await job { Broken() }.part(over: 0..<20, threads: 1) { _ in } } throws: {
      "\($0)".hasPrefix("it: not asked") && $0 is CampaignError
    }
  }

  @Test func whatIsNoPartIsRefused() throws {
    let job = job { Strange() }
    var total = job.nothing
    for text in [
      #"{"answers": [{"sample": 0, "said": {"nat": 1}}], "breaches": [], "remarks": [], "noise": [0,0,0,0,0,0]}"#,
      #"{"answers": [{"sample": 0, "said": 3}], "breaches": [], "remarks": [], "noise": [0,0,0,0,0,0]}"#,
      #"{"answers": [], "breaches": [], "remarks": [], "noise": [0,0,0]}"#, #"[]"#,
    ] {
      #expect(throws: JSONShapeError.self, "\(text)") {
        try job.add(JSONReader(JSONValue(parsing: text)), to: &total)
      }
    }
  }
}
