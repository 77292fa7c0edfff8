// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactJSON
import Hunting
import SeededRuns

/// The hunt for a counterexample of one claim: each shard is a hunt of its cases, up to its first find.
public struct HuntJob: CampaignJob {
  /// The hunt.
  public let hunt: Hunt
  /// How many cases there are.
  public let total: Int
  /// As many cases as a hunt takes at once.
  public let blockSize: Int
  /// What earlier rounds left; nil for a hunt without rounds.
  private var pool: HuntPool?

  /// A hunt over so many cases.
  ///
  /// - Parameter blockSize: how many cases are taken at once.
  public init(_ hunt: Hunt, cases: Int, blockSize: Int = Hunt.blockSize) {
    (self.hunt, total, self.blockSize) = (hunt, cases, blockSize)
  }

  /// Nothing found.
  public var nothing: HuntTotal<HuntPart> { HuntTotal() }
  /// A hunt ends with its first find.
  public var endsWithFind: Bool { true }
  /// What one round finds leads the next.
  public var learns: Bool { true }

  /// Hunts in a part of the cases.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let run = CaseRun(over: cases, blockSize: blockSize)
    follow(run)
    let part = await hunt.part(run, threads: threads, from: pool).part
    // In one expression the nil would be JSON's null.
    if run.wasStopped { return nil }
    return part.document
  }

  /// Whether a counterexample was found.
  public func hasFind(_ part: JSONValue) -> Bool { part["find"] ?? nil != nil }

  /// Adds a part: to the whole up to the first find, and its find to the list.
  ///
  /// - Throws: what `HuntPart.init(document:)` throws.
  public func add(_ part: JSONReader, to total: inout HuntTotal<HuntPart>) throws {
    total.add(try HuntPart(document: part))
  }

  /// The best cases of every region in these parts and before them.
  ///
  /// - Throws: what `HuntPart.init(document:)` throws.
  public func pool(_ earlier: JSONValue?, adding parts: [JSONReader]) throws -> JSONValue {
    var pool = try earlier.map { try HuntPool(document: JSONReader($0)) } ?? HuntPool()
    for part in parts { if let own = try HuntPart(document: part).pool { pool.merge(own) } }
    return pool.document
  }

  /// The hunt whose blocks begin with cases of a pool, and whose parts have one.
  ///
  /// - Throws: `JSONShapeError` where it is none.
  public func beginning(with pool: JSONValue?) throws -> HuntJob {
    var job = self
    job.pool = try pool.map { try HuntPool(document: JSONReader($0)) } ?? HuntPool()
    return job
  }
}
