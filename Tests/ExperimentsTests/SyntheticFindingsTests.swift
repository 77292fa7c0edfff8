// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
@testable import Experiments
import Students
import Testing

/// `cch experiment synthetic` whole, from the library.
@Suite struct SyntheticFindingsTests {
  private func experiment() throws -> SyntheticExperiment {
    try SyntheticExperiment(
      rows: 60, inputs: 4, lambdas: [Rational(1, 2)], replicates: 20, trainedReplicates: 2,
      training: Training(.gradientDescent, epochs: 400))
  }

  private func findings(_ experiment: SyntheticExperiment, record: RunRecord? = nil) async throws -> SyntheticFindings {
    let runner = ExperimentRunner(experiment, record: record)
    return try SyntheticFindings(experiment, try await runner.results(runner.begin(), threads: 2, seed: 1))
  }

  /// The figures of the command's test, and the same from a record; the false alarm is below 1e-6.
  @Test func agreesAndCounts() async throws {
    let experiment = try experiment()
    let findings = try await findings(experiment)
    #expect(findings.isOK && findings.entries.count == SyntheticExperiment.pointCount, "\(findings.failures)")
    #expect(findings.agreements == 10 && findings.missed.count + findings.wrong.count == 15)
    #expect(findings.missed.allSatisfy { !$0.predicts && $0.helps })
    // By each point's own closed form.
    let half = Rational(1, 2)
    let points = findings.entries.map(\.point)
    let errors = findings.errors(at: half)
    #expect(errors.noGain == points.count { $0.predicts && $0.risk(half) >= $0.risk.baselineRisk })
    #expect(errors.gain == points.count { !$0.predicts && $0.risk(half) < $0.risk.baselineRisk })
    // Wins, and which of them shrinking matches: by the minimum over a of the excess, and by the sign of corr(t, s | y).
    let (k, wins) = (Rational(4, 55), findings.wins)
    for point in points {
      let m = point.moments.traces
      let shrink = m.varS / (m.varS + k * m.residualVariance)
      #expect(point.untaughtRisk == m.residualVariance + m.excess(shrink, 0, k: k))
      #expect((point.tunedGain.signum > 0) == (point.correlationGivenLabel > 0))
      let (t, s) = (m.varT - m.covTY.squared / m.varY, m.varS - m.varS.squared / m.varY)
      let both = m.covTS - m.covTY * m.varS / m.varY
      #expect(abs(point.correlationGivenLabel - both.asDouble / (t * s).asDouble.squareRoot()) < 1e-12)
    }
    #expect(wins.count == points.count { $0.change(half).signum < 0 })
    #expect(wins.shrinkage == points.count { $0.change(half).signum < 0 && $0.risk(half) >= $0.untaughtRisk })
    #expect(wins.shrinkage > 0 && wins.shrinkage < wins.count, "\(wins)")
    #expect(findings.tunedGains == points.count { $0.moments.traces.alignmentGivenLabel.signum > 0 })
    #expect(
      findings.simulatedWins.count <= findings.entries.count
        && findings.simulatedWins.shrinkage <= findings.simulatedWins.count)
    // The part of a stopped run has its points, and nothing false.
    let part = try SyntheticFindings(experiment, ExperimentResults(trials: [], failure: nil))
    #expect(part.isOK && part.entries.isEmpty && part.agreements == 0)
  }

  @Test func divergenceIsAFinding() async throws {
    let wild = try SyntheticExperiment(
      rows: 60, inputs: 4, lambdas: [1], replicates: 2, trainedReplicates: 2,
      training: Training(.sgd, learningRate: 1e9))
    let diverged = try await findings(wild)
    #expect(!diverged.isOK && diverged.divergence != nil && diverged.entries.isEmpty)
    // Another error ends it.
    struct Other: Error {}
    #expect(throws: Other.self) {
      try SyntheticFindings(wild, ExperimentResults(trials: [], failure: Other()))
    }
  }
}
