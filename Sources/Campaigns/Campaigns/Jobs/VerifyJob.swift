// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactJSON
import SeededRuns

/// The verification of claims over random instances.
public struct VerifyJob: CampaignJob {
  /// The claims and the seed.
  public let verification: Verification
  /// How many instances there are.
  public let total: Int

  /// A verification over so many instances.
  public init(_ verification: Verification, cases: Int) { (self.verification, total) = (verification, cases) }

  /// As many instances as a verification takes at once.
  public var blockSize: Int { 64 }
  /// Nothing counted.
  public var nothing: Tallies { Tallies() }
  /// Violations are counted on.
  public var endsWithFind: Bool { false }

  /// Verifies on a part of the instances.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let run = CaseRun(over: cases, blockSize: blockSize)
    follow(run)
    let tallies = try await verification.tallies(run, threads: threads)
    // In one expression the nil would be JSON's null.
    if run.wasStopped { return nil }
    return tallies.document
  }

  /// Whether a claim that is not refuted was violated.
  public func hasFind(_ part: JSONValue) -> Bool {
    guard let tallies = try? Tallies(document: JSONReader(part)) else { return false }
    let counted: [(any ListedClaim, ClaimTally)] =
      zip(verification.claims, tallies.byClaim).map { ($0, $1) }
      + zip(verification.classClaims, tallies.byClassClaim).map { ($0, $1) }
    return counted.contains { claim, tally in
      let screened = tallies.screening.byClaim[claim.id]?.violations ?? 0
      return !claim.status.isRefuted && tally.violations + screened > 0
    }
  }

  /// Adds counts.
  ///
  /// - Throws: what `Tallies.init(document:)` throws.
  public func add(_ part: JSONReader, to total: inout Tallies) throws { total.merge(try Tallies(document: part)) }
}
