// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns

/// What a verification found: for every claim what was counted and whether it is as its status says.
public struct VerificationReport: Sendable {
  /// One claim.
  public struct Row: Sendable {
    /// The claim.
    public let claim: any ListedClaim
    /// What the check of its certificate found.
    public let certificate: CertificateReview
    /// What random instances showed.
    public let tally: ClaimTally
    /// What whole-number problems showed.
    public let screened: Screening.Count
    /// Whether all is as its status says.
    public let outcome: Outcome
  }

  /// What all rows together say.
  public enum Verdict: Sendable, Equatable {
    /// The run was stopped before its budget was used up.
    case interrupted
    /// Something is not as it is said to be, though the cases were enough.
    case somethingFalse
    /// Nothing false was found, in too few cases to tell.
    case tooFewCases
    /// Every claim is as its status says.
    case asExpected
  }

  /// The claims, in their order.
  public let rows: [Row]
  /// All counts.
  public let tallies: Tallies
  /// The seed of the instances.
  public let seed: UInt64
  /// Whether the run was stopped.
  public let wasInterrupted: Bool

  init(
    _ verification: Verification, _ tallies: Tallies, certificates: [CertificateReview], wasInterrupted: Bool
  ) {
    let claims = verification.listed
    func counted(_ tallies: [ClaimTally], _ count: Int) -> [ClaimTally] {
      tallies.isEmpty ? Array(repeating: ClaimTally(), count: count) : tallies
    }
    let counts =
      counted(tallies.byClaim, verification.claims.count)
      + counted(tallies.byClassClaim, verification.classClaims.count)
    rows = zip(zip(claims, certificates), counts).map { pair, tally in
      let (claim, certificate) = pair
      let screened = tallies.screening.byClaim[claim.id] ?? Screening.Count()
      return Row(
        claim: claim, certificate: certificate, tally: tally, screened: screened,
        outcome: Outcome(claim, tally, screened: screened, certificateFailure: certificate.failure))
    }
    (self.tallies, seed, self.wasInterrupted) = (tallies, verification.seed, wasInterrupted)
  }

  /// Whether every claim is as its status says, and every region was visited.
  public var isExpected: Bool { rows.allSatisfy(\.outcome.isExpected) && tallies.uncoveredRegions.isEmpty }

  /// Whether something is not as it is said to be: the cases were enough, and still.
  public var isFalse: Bool { rows.contains(where: \.outcome.isFalse) || !tallies.uncoveredRegions.isEmpty }

  /// The claims that the cases were too few for.
  public var untested: [Row] { rows.filter { $0.outcome.casesNeeded != nil } }

  /// The one of ``untested`` that needs the most cases.
  public var leastTested: Row? {
    untested.max { ($0.outcome.casesNeeded ?? 0) < ($1.outcome.casesNeeded ?? 0) }
  }

  /// The claims that whole-number problems are screened for.
  public var screenedRows: [Row] { rows.filter { $0.claim is any SignClaim } }

  /// Violations of proved claims by whole-number problems.
  public var screenedViolationsOfProved: Int {
    screenedRows.filter(\.claim.status.isProved).map(\.screened.violations).reduce(0, +)
  }

  /// What all rows together say; an interruption first, then what is false.
  public var verdict: Verdict {
    if wasInterrupted { return .interrupted }
    if isFalse { return .somethingFalse }
    return untested.isEmpty ? .asExpected : .tooFewCases
  }
}

extension Verification {
  /// Reads and checks the certificates of the claims, by `read`, which gets paths such as `certificates/unbounded.json` and gives the bytes
  /// of the file.
  public func certificateReviews(_ read: (_ path: String) throws -> Data) -> [CertificateReview] {
    claims.map { claim in CertificateReview(claim) { try ProblemFile(try read($0)) } }
      + classClaims.map { CertificateReview($0, read) }
  }

  /// The whole main job, as `cch verify` does it: tests every claim on the instances of `run`, and judges each by that and by
  /// its certificate.
  ///
  /// ```swift
  /// let verification = Verification(seed: 7)
  /// let reviews = verification.certificateReviews { try Data(contentsOf: fixtures.appending(path: $0)) }
  /// let report = try await verification.report(CaseRun(Budget(cases: 20_000)), threads: 2, certificates: reviews)
  /// precondition(report.verdict == .asExpected)
  /// ```
  ///
  /// - Parameter certificates: one for each of ``listed``.
  /// - Throws: what ``tallies(_:threads:)`` throws.
  public func report(_ run: CaseRun, threads: Int, certificates: [CertificateReview]) async throws -> VerificationReport
  {
    precondition(certificates.count == listed.count, "one review for each claim")
    let tallies = try await tallies(run, threads: threads)
    return VerificationReport(self, tallies, certificates: certificates, wasInterrupted: run.wasStopped)
  }

  /// The report of counts that were taken in parts and merged.
  ///
  /// - Parameter certificates: one for each of ``listed``.
  public func report(of tallies: Tallies, certificates: [CertificateReview]) -> VerificationReport {
    precondition(certificates.count == listed.count, "one review for each claim")
    return VerificationReport(self, tallies, certificates: certificates, wasInterrupted: false)
  }
}
