// SPDX-License-Identifier: GPL-3.0-or-later
/// Whether a report is as it was expected to be: all right, or as an earlier release was, or with the failures that are known.
public struct ConformanceJudgement: Sendable {
  /// What was found.
  public let report: ConformanceReport
  /// What is otherwise than the list of known failures says; nil without a list.
  public let surprises: KnownFailures.Difference?
  /// What changed since an earlier release; nil without its record.
  public let changes: RecordDifference?

  /// A report, judged by a list of known failures and by an earlier release, where they are given.
  public init(_ report: ConformanceReport, known: KnownFailures? = nil, since changes: RecordDifference? = nil) {
    (self.report, self.changes) = (report, changes)
    surprises = known?.difference(to: report)
  }

  /// Whether nothing was found that should not be.
  ///
  /// Random cases and the protocol have to be right in any case. The vectors have to be so too; with a list of known
  /// failures exactly those on it may fail, and against an earlier release none may be worse than it was.
  public var isAsExpected: Bool {
    if surprises == nil, changes == nil { return report.passes }
    let isSound = report.breaches.isEmpty && (report.random?.tally.wrong ?? 0) == 0
    return isSound && report.tally.wrong + report.tally.passed > 0 && (surprises?.isEmpty ?? true)
      && !(changes?.isWorse ?? false)
  }
}
