// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import ExactJSON
import LineProtocol
import SeededRuns

/// The questions of a comparison of estimators: each is an estimator, a task and a seed.
///
/// How long an answer took is not kept, but 0: machines differ, and a record is a function of its questions alone.
public struct ComparisonJob: CampaignJob {
  /// The comparison.
  public let comparison: EstimatorComparison

  /// A comparison.
  public init(_ comparison: EstimatorComparison) { self.comparison = comparison }

  /// The number of questions.
  public var total: Int { comparison.questions.count }
  /// A question.
  public var blockSize: Int { 1 }
  /// No answer.
  public var nothing: [ComparedAnswer] { [] }
  /// All questions are asked.
  public var endsWithFind: Bool { false }

  /// Asks questions, of programs that are started for this part.
  ///
  /// - Throws: `StartError` of a program that cannot be started; ``CampaignError`` of one that fails too often.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let run = CaseRun(over: cases, blockSize: blockSize)
    follow(run)
    let pools = try comparison.pools { run.wasStopped }
    defer { for pool in pools.values { _ = pool.finish() } }
    let answers = try await comparison.answers(run, threads: threads, pools)
    if run.wasStopped { return nil }
    // Which questions a program is not asked any more depends on the order of its failures.
    if let answer = answers.first(where: { !$0.wasAsked }) {
      throw CampaignError(answer.question.estimator, answer.problem ?? "failed too often to be asked on")
    }
    return comparison.document(of: answers)
  }

  /// Nothing is judged here.
  public func hasFind(_ part: JSONValue) -> Bool { false }

  /// Adds answers.
  ///
  /// - Throws: `ComparisonRecord.Unusable` or `JSONShapeError` where the document is no part of this comparison.
  public func add(_ part: JSONReader, to total: inout [ComparedAnswer]) throws {
    total += try comparison.answers(of: part)
  }
}
