// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import LineProtocol
import Testing

@testable import Estimation

/// A judgement from start to end by the library alone, and the choice of its tasks.
@Suite struct WholeRunTests {
  /// The plug-in with its estimate multiplied.
  private struct Scaled: MutualInformationEstimator {
    let name = "scaled"
    let factor: Double
    let family = DistributionFamily.gaussian

    func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
      let estimate = try GaussianPlugIn(correction: .digamma).estimate(sample)
      return try Estimate(nats: factor * estimate.nats, method: name)
    }
  }

  /// One column a side: what is judged costs little without optimisation.
  private static func validation(_ pattern: String? = nil) throws -> Validation {
    var settings = Validation.Settings()
    (settings.family, settings.dimension, settings.seed) = (.gaussian, 1, 7)
    try settings.choose(pattern, whole: false)
    return Validation(settings)
  }

  @Test func rightOnesPassAndBitsForNatsFail() async throws {
    let validation = try WholeRunTests.validation()
    let right = try await validation.report(threads: 2) { EstimatorRespondent(Scaled(factor: 1)) }
    #expect(right.passes && right.isJudged, "\(right.failures)")
    let bits = try await validation.report(threads: 1) { EstimatorRespondent(Scaled(factor: 1.4427)) }
    #expect(!bits.passes && bits.failures.contains { $0.contains("normal") }, "\(bits.failures)")
  }

  @Test func whatCannotBeStartedIsAnError() async throws {
    let validation = try WholeRunTests.validation()
    let missing = try ForeignCommand(["/no/such/program"])
    await #expect(throws: StartError.self) {
      try await validation.report(threads: 1) { LineRespondent(missing, timeLimit: .seconds(1)) }
    }
  }

  @Test func patternsChoose() throws {
    #expect(throws: NoSuchTasks(pattern: "nothing*")) { try WholeRunTests.validation("nothing*") }
    var settings = Validation.Settings()
    try settings.choose("1v1-*", whole: false)
    #expect(!settings.reported.isEmpty && settings.reported.allSatisfy { $0.id.hasPrefix("1v1-") })
    settings.dimension = 2
    try settings.choose("multinormal-*", whole: false)
    #expect(!settings.reported.isEmpty && settings.reported.allSatisfy { max($0.xDimension, $0.yDimension) <= 2 })
    // Named tasks of an estimator for any density are those with classes too; of another family they are not.
    try settings.choose("class-*", whole: false)
    #expect(settings.reported.contains { $0.id == "class-normal-3" })
    settings.family = .gaussian
    try settings.choose("class-*", whole: false)
    #expect(settings.reported.isEmpty)
    // The whole benchmark, and without a choice nothing beyond the gate.
    (settings.family, settings.dimension) = (.any, .max)
    try settings.choose(nil, whole: true)
    #expect(settings.reported.count >= EstimationTask.benchmark.count)
    try settings.choose(nil, whole: false)
    #expect(settings.reported.isEmpty)
  }
}
