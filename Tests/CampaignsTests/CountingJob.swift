// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import SeededRuns
import Synchronization

/// Cases that cost nothing: their sum, how many they are, and which are finds.
final class CountingJob: CampaignJob {
  struct Total: Sendable, Equatable {
    var sum = 0, count = 0
    var finds: [Int] = []
  }

  struct Broken: Error, CustomStringConvertible {
    let description = "broken on purpose"
  }

  let total: Int
  let blockSize = 4
  let nothing = Total()
  let endsWithFind = false
  /// Every case that is a multiple of this number is a find.
  let rarity: Int
  private let left: Mutex<Int>
  let isBroken: Bool

  /// - Parameter parts: after so many parts it is stopped.
  init(total: Int, rarity: Int = 97, stopAfter parts: Int = .max, isBroken: Bool = false) {
    (self.total, self.rarity, self.isBroken) = (total, rarity, isBroken)
    left = Mutex(parts)
  }

  /// A number of a case that no simple sum gives by chance.
  static func value(_ index: Int) -> Int { index &* index % 1_009 }

  func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    if isBroken { throw Broken() }
    let goesOn = left.withLock { left in
      left -= 1
      return left >= 0
    }
    if !goesOn { return nil }
    return [
      "sum": JSONValue(cases.reduce(0) { $0 + CountingJob.value($1) }), "count": JSONValue(cases.count),
      "finds": .array(cases.filter { $0 % rarity == rarity - 1 }.map { JSONValue($0) }),
    ]
  }

  func hasFind(_ part: JSONValue) -> Bool { part["finds"] != .array([]) }

  func add(_ part: JSONReader, to total: inout Total) throws {
    total.sum += try part.required("sum").integer()
    total.count += try part.required("count").integer()
    total.finds += try part.required("finds").elements().map { try $0.integer() }
  }

  /// What all cases give, computed here.
  var whole: Total {
    let cases = 0..<total
    return Total(
      sum: cases.reduce(0) { $0 + CountingJob.value($1) }, count: total,
      finds: cases.filter { $0 % rarity == rarity - 1 })
  }
}

/// A folder for a test and the campaigns in it, removed with it.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/cch-campaigns-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A campaign of one counting job, in shards of so many cases and lines of so many.
  func campaign(_ name: String, total: Int, shard: Int = 24, chunk: Int = 8) throws -> CampaignFolder {
    let manifest = Manifest(
      version: "0", program: FileDigest(text: "1-2-3"), inputs: [],
      jobs: [.init(command: ["count", name], total: total, block: 4, shard: shard, chunk: chunk, rate: 1)])
    return try CampaignFolder(creating: "\(path)/\(name)", manifest)
  }
}

/// The bytes of a file.
func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
