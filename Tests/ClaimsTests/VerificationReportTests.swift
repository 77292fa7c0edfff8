// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra
import Foundation
import RandomInstances
import SeededRuns
import TestSupport
import Testing

/// `cch verify` whole, from the library.
@Suite struct VerificationReportTests {
  private let certificates = fixtures

  private func report(_ ids: [String], cases: Int, _ read: (String) throws -> Data) async throws
    -> VerificationReport
  {
    let verification = Verification(
      of: try ids.map { id in try classClaim(id) ?? claim(id) }, seed: 7, screenedPerBlock: 16)
    return try await verification.report(
      CaseRun(Budget(cases: cases)), threads: 2, certificates: verification.certificateReviews(read))
  }

  private func read(_ path: String) throws -> Data {
    try Data(contentsOf: certificates.appendingPathComponent(path))
  }

  /// The figures that `cch verify theorem1 unbounded --cases 5000 --seed 7` prints.
  @Test func allIsAsExpected() async throws {
    let report = try await report(["theorem1", "unbounded"], cases: 5_000, read)
    #expect(report.verdict == .asExpected && report.isExpected && report.untested.isEmpty)
    #expect(report.rows.map(\.outcome) == [.noViolation, .certificateHolds] && report.rows[0].tally.cases == 5_000)
    #expect(report.rows[0].certificate.path == nil && report.rows[1].certificate.path == "certificates/unbounded.json")
    #expect(report.screenedRows.count == 2 && report.screenedViolationsOfProved == 0)
  }

  /// Too few cases say so, and which claim needs the most of them.
  @Test func tooFewCasesAreSaid() async throws {
    let report = try await report(["theorem1", "unbounded"], cases: 64, read)
    #expect(report.verdict == .tooFewCases && report.untested.count == 2 && !report.isFalse)
    let needed = report.untested.compactMap(\.outcome.casesNeeded)
    #expect(report.leastTested?.outcome.casesNeeded == needed.max())
  }

  /// A certificate that is missing, about another claim, or of a wrong Σ, fails, however few the cases; so does every verdict.
  @Test func certificatesThatFailAreFalse() async throws {
    struct Missing: Error {}
    let good = try String(
      contentsOf: certificates.appendingPathComponent("certificates/unbounded.json"), encoding: .utf8)
    let readers: [(String) throws -> Data] = [
      { _ in throw Missing() }, { _ in try read("certificates/converse.json") },
      { _ in Data(good.replacing("\"w1\": [\"1\"]", with: "\"w1\": [\"1/2\"]").utf8) },
    ]
    for reader in readers {
      let report = try await report(["unbounded"], cases: 64, reader)
      #expect(report.verdict == .somethingFalse && report.rows[0].certificate.failure != nil)
    }
  }

  /// A run that is stopped at once reports what it has: no cases.
  @Test func aStoppedRunIsInterrupted() async throws {
    let verification = Verification(of: [try claim("theorem1")], seed: 7)
    let run = CaseRun(Budget(cases: 1_000))
    run.stop()
    let report = try await verification.report(run, threads: 1, certificates: verification.certificateReviews(read))
    #expect(report.verdict == .interrupted && report.rows[0].tally.cases == 0)
  }

  /// Instances by number are the same whatever is asked for, and only those that suit.
  @Test func instancesAreDrawnByNumber() throws {
    let sampler = InstanceSampler(largestSize: 4)
    let all = try sampler.instances(30, seed: 5)
    let single = try sampler.instances(5, seed: 5) { $0.q == 1 }
    #expect(all.map(\.number) == Array(0..<30) && single.allSatisfy { $0.instance.q == 1 })
    for (number, instance) in single where number < 30 { #expect(all[number].instance == instance) }
    let fixed = try sampler.instances(5, seed: 5, rows: 3)
    #expect(fixed.allSatisfy { $0.instance.n == max(3, $0.instance.p2 + 2) })
  }
}
