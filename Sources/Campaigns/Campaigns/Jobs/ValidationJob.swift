// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import ExactJSON
import LineProtocol
import SeededRuns

/// The samples by which one estimator is judged.
///
/// How long an answer took is not kept, but 0: machines differ, and a record is a function of its samples alone.
public struct ValidationJob: CampaignJob {
  /// The validation.
  public let validation: Validation
  private let name: String
  private let makeRespondent: @Sendable () -> any Respondent

  /// A validation of what `makeRespondent` makes, which is called `name`.
  public init(_ validation: Validation, of name: String, makeRespondent: @escaping @Sendable () -> any Respondent) {
    (self.validation, self.name, self.makeRespondent) = (validation, name, makeRespondent)
  }

  /// The number of samples.
  public var total: Int { validation.estimateCount }
  /// A sample.
  public var blockSize: Int { 1 }
  /// No answer.
  public var nothing: ValidationPart { ValidationPart() }
  /// The verdict is about all samples.
  public var endsWithFind: Bool { false }

  /// Asks about samples, by processes that are started for this part.
  ///
  /// - Throws: `StartError` of a program that cannot be started; ``CampaignError`` of one that fails too often.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let run = CaseRun(over: cases, blockSize: blockSize)
    follow(run)
    let pool = RespondentPool(makeRespondent)
    do throws(StartError) { try validation.prepare(pool, until: { run.wasStopped }) } catch {
      if run.wasStopped { return nil }
      throw error
    }
    let table = await validation.table(run, threads: threads, pool)
    let conduct = pool.finish()
    if run.wasStopped { return nil }
    // Which samples a program is not asked about any more depends on the order of its failures.
    if let reason = table.unaskedReason { throw CampaignError(name, reason) }
    return ValidationPart(table, conduct).document
  }

  /// What one sample says is no verdict.
  public func hasFind(_ part: JSONValue) -> Bool { false }

  /// Adds answers.
  ///
  /// - Throws: `JSONShapeError` where the document is no part of a validation.
  public func add(_ part: JSONReader, to total: inout ValidationPart) throws {
    total.merge(try ValidationPart(document: part))
  }
}
