// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactJSON
import Hunting
import SeededRuns

/// The search of all small integer Σ for the smallest counterexample of one claim.
///
/// Numbers are about equal work, so shards of equally many numbers are too.
public struct ExhaustiveJob: CampaignJob {
  /// The search.
  public let search: ExhaustiveSearch

  /// A search.
  public init(_ search: ExhaustiveSearch) { self.search = search }

  /// The numbers of the space.
  public var total: Int { search.space.count }
  /// As many as the search takes at once.
  public var blockSize: Int { SmallSpace.blockSize }
  /// Nothing counted.
  public var nothing: ExhaustivePart { ExhaustivePart() }
  /// The smallest counterexample of a height is known when all of the height was searched.
  public var endsWithFind: Bool { false }

  /// Searches a part of the numbers, height by height, up to one with a counterexample.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    var total = ExhaustivePart()
    for level in search.levels(in: cases) where total.height == nil {
      let run = ExhaustiveSearch.run(over: level)
      follow(run)
      total.merge(try await search.part(run, threads: threads))
      if run.wasStopped { return nil }
    }
    return total.document
  }

  /// Whether a counterexample was found.
  public func hasFind(_ part: JSONValue) -> Bool {
    (try? ExhaustivePart(document: JSONReader(part)))?.height != nil
  }

  /// Adds a part.
  ///
  /// - Throws: what `ExhaustivePart.init(document:)` throws.
  public func add(_ part: JSONReader, to total: inout ExhaustivePart) throws {
    total.merge(try ExhaustivePart(document: part))
  }
}
