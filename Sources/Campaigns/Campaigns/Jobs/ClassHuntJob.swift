// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactJSON
import Hunting
import SeededRuns

/// The hunt for a finite model that refutes one claim about classes: each shard is a hunt of its cases, up to its first find.
public struct ClassHuntJob: CampaignJob {
  /// The hunt.
  public let hunt: ClassHunt
  /// How many cases there are.
  public let total: Int

  /// A hunt over so many cases.
  public init(_ hunt: ClassHunt, cases: Int) { (self.hunt, total) = (hunt, cases) }

  /// As many cases as a hunt takes at once.
  public var blockSize: Int { ClassHunt.blockSize }
  /// Nothing found.
  public var nothing: HuntTotal<ClassHuntPart> { HuntTotal() }
  /// A hunt ends with its first find.
  public var endsWithFind: Bool { true }

  /// Hunts in a part of the cases.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let run = CaseRun(over: cases, blockSize: blockSize)
    follow(run)
    let part = await hunt.part(run, threads: threads).part
    // In one expression the nil would be JSON's null.
    if run.wasStopped { return nil }
    return part.document
  }

  /// Whether a counterexample was found.
  public func hasFind(_ part: JSONValue) -> Bool { part["find"] ?? nil != nil }

  /// Adds a part: to the whole up to the first find, and its find to the list.
  ///
  /// - Throws: what `ClassHuntPart.init(document:)` throws.
  public func add(_ part: JSONReader, to total: inout HuntTotal<ClassHuntPart>) throws {
    total.add(try ClassHuntPart(document: part))
  }
}
