// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import Oracle
import Vectors

/// How an implementation came out on a suite of vectors.
public struct ConformanceReport: Sendable {
  /// What was run: a command line, or the name of an implementation in this process.
  public let subject: String
  /// How it introduced itself; nil where it did not.
  public let introduction: Introduction?
  /// The version of the vectors that it was judged by; nil where there were none.
  public let suiteVersion: String?
  /// Their digest (`VectorSuite.digest`).
  public let suiteDigest: String
  /// One for each vector, in the order of the suite.
  public let outcomes: [VectorOutcome]
  /// What random cases showed, where they were asked for.
  public let random: RandomFindings?
  /// What it did against the protocol that is not the fault of one answer, one line each: reasons to fail.
  public let breaches: [String]
  /// What else there is to say about its behaviour, one line each.
  public let remarks: [String]
  /// The end of its standard error.
  public let standardError: String
  /// Whether it was ended before all vectors were asked, by the user.
  public let wasInterrupted: Bool
  /// What each flag of the vectors means.
  public let notes: [VectorFile.Note]

  /// All of the suite's operations, in the order of the suite.
  public var operations: [OracleOperation] {
    var seen = Set<OracleOperation>()
    return outcomes.map(\.operation).filter { seen.insert($0).inserted }
  }

  /// All counts.
  public var tally: VectorTally { VectorTally(outcomes) }

  /// The counts of one operation.
  public func tally(of operation: OracleOperation) -> VectorTally {
    VectorTally(outcomes.lazy.filter { $0.operation == operation })
  }

  /// Every flag of the suite with its counts, those with most wrong answers first.
  public var flagTallies: [(flag: String, tally: VectorTally)] {
    let groups = Dictionary(
      grouping: outcomes.flatMap { outcome in outcome.vector.flags.map { ($0, outcome) } }, by: \.0)
    return groups.map { (flag: $0.key, tally: VectorTally($0.value.lazy.map(\.1))) }
      .sorted { ($1.tally.wrong, $0.flag) < ($0.tally.wrong, $1.flag) }
  }

  /// The outcomes that count against it.
  public var failures: [VectorOutcome] { outcomes.filter(\.verdict.isWrong) }

  /// Whether something was judged and nothing was wrong, in random cases neither, and the protocol was kept.
  public var passes: Bool {
    tally.wrong == 0 && tally.passed > 0 && (random?.tally.wrong ?? 0) == 0 && breaches.isEmpty
  }
}
