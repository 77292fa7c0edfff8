// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import SeededRuns

/// Work that can be cut into parts: cases that are fixed by their numbers, counts that can be merged.
public protocol CampaignJob: Sendable {
  /// What all parts together found.
  associatedtype Total: Sendable

  /// How many cases there are.
  var total: Int { get }
  /// Parts begin at multiples of this number.
  var blockSize: Int { get }
  /// Nothing found.
  var nothing: Total { get }

  /// Carries a part out.
  ///
  /// - Parameter follow: gets each run before it begins; a run that is stopped makes no part.
  /// - Returns: the part, a function of the cases alone; nil where it was stopped.
  func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue?
  /// Whether a part has finds.
  func hasFind(_ part: JSONValue) -> Bool
  /// Whether the rest of the shard need not be run after a part with finds.
  var endsWithFind: Bool { get }
  /// Adds a part; those of a job come in the order of their cases.
  ///
  /// - Throws: where the document is no part of such a job.
  func add(_ part: JSONReader, to total: inout Total) throws

  /// Whether parts can begin with what earlier ones found, so that the job can have rounds.
  var learns: Bool { get }
  /// What a round leaves to the next: what rounds before it left, nil for the first one, and parts of a shard of it more.
  ///
  /// - Throws: where a document is no part of such a job.
  func pool(_ earlier: JSONValue?, adding parts: [JSONReader]) throws -> JSONValue
  /// The job of a round, whose parts begin with what earlier rounds left, nil for the first one; its parts are functions of that and of
  /// their cases.
  ///
  /// - Throws: where the document is none that ``pool(_:adding:)`` made.
  func beginning(with pool: JSONValue?) throws -> Self
}

extension CampaignJob {
  /// Cases are fixed by their numbers alone.
  public var learns: Bool { false }
  /// Nothing is left.
  public func pool(_ earlier: JSONValue?, adding parts: [JSONReader]) throws -> JSONValue { .null }
  /// It begins as it is.
  public func beginning(with pool: JSONValue?) throws -> Self { self }

  /// The cases a second of one thread, measured on the first cases for about a second.
  public func measuredRate() async throws -> Double {
    let start = ContinuousClock.now
    var (done, size) = (0, blockSize)
    while done < total {
      let range = done..<min(done + size, total)
      let part = try await part(over: range, threads: 1) { _ in }
      done = range.upperBound
      if let part, hasFind(part), endsWithFind { break }
      if ContinuousClock.now - start >= .seconds(1) { break }
      size *= 2
    }
    return Double(done) / max((ContinuousClock.now - start) / .seconds(1), 1e-6)
  }
}
