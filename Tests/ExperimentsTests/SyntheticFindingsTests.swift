import ExactAlgebra
import Experiments
import Foundation
import PropertyTesting
import Students
import Testing

/// `cch experiment synthetic` whole, from the library.
@Suite struct SyntheticFindingsTests {
  private func experiment() throws -> SyntheticExperiment {
    try SyntheticExperiment(
      rows: 60, inputs: 4, lambdas: [Rational(1, 2)], replicates: 20, trainedReplicates: 2,
      training: Training(.gradientDescent, epochs: 400))
  }

  /// The figures of the command's test, and the same from a record of some points; the false alarm is below 1e-6.
  @Test func agreesAndResumes() async throws {
    let experiment = try experiment()
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    // Stopped at the fourth point: three are recorded.
    var (begun, runs) = (0, 0)
    do {
      let record = try SyntheticRecord(path: file.path, experiment: experiment, seed: 1)
      let part = try await experiment.findings(
        seed: 1, threads: 2, record: record, willBegin: { number, _ in begun = number },
        willRun: {
          runs += 1
          if runs == 4 { $0.stop() }
        })
      #expect(part.wasStopped && part.entries.count == 4 && begun == 4)
    }
    let record = try SyntheticRecord(path: file.path, experiment: experiment, seed: 1)
    runs = 0
    let findings = try await experiment.findings(seed: 1, threads: 2, record: record, willRun: { _ in runs += 1 })
    #expect(runs == SyntheticExperiment.pointCount - 3 && findings.entries.count == SyntheticExperiment.pointCount)
    #expect(findings.isOK && !findings.wasStopped && findings.agreements == 10, "\(findings.failures)")
    #expect(
      findings.missed.count + findings.wrong.count == 15 && findings.missed.allSatisfy { !$0.predicts && $0.helps })
    // By each point's own closed form.
    let half = Rational(1, 2)
    let points = findings.entries.map(\.point)
    let errors = findings.errors(at: half)
    #expect(errors.noGain == points.count { $0.predicts && $0.risk(half) >= $0.risk.baselineRisk })
    #expect(errors.gain == points.count { !$0.predicts && $0.risk(half) < $0.risk.baselineRisk })
  }

  @Test func divergenceIsAFinding() async throws {
    let wild = try SyntheticExperiment(
      rows: 60, inputs: 4, lambdas: [1], replicates: 2, trainedReplicates: 2,
      training: Training(.sgd, learningRate: 1e9))
    let findings = try await wild.findings(seed: 1, threads: 1)
    #expect(!findings.isOK && findings.divergence != nil && findings.entries.isEmpty)
  }
}
