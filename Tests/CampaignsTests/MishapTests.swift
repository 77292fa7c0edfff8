// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import SeededRuns
import Synchronization
import Testing

/// What goes wrong around a shard while it runs: one error that names the place, and nothing that was done is lost.
///
/// A full and a read-only disk need a mount of their own: `Tests/Campaigns/full_disk.sh`.
@Suite struct MishapTests {
  /// A counting job around which something happens before one of its parts.
  private final class Disturbed: CampaignJob {
    private let job: CountingJob
    private let parts = Mutex(0)
    private let place: Int
    private let mishap: @Sendable () throws -> Void

    init(total: Int, before place: Int, _ mishap: @escaping @Sendable () throws -> Void) {
      (job, self.place, self.mishap) = (CountingJob(total: total), place, mishap)
    }

    var total: Int { job.total }
    var blockSize: Int { job.blockSize }
    var nothing: CountingJob.Total { job.nothing }
    var endsWithFind: Bool { job.endsWithFind }
    func hasFind(_ part: JSONValue) -> Bool { job.hasFind(part) }
    func add(_ part: JSONReader, to total: inout CountingJob.Total) throws { try job.add(part, to: &total) }

    func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
      let number = parts.withLock { parts in
        defer { parts += 1 }
        return parts
      }
      if number == place { try mishap() }
      return try await job.part(over: cases, threads: threads, follow: follow)
    }
  }

  private let manager = FileManager.default

  /// The record of the one shard of a campaign that nothing happened to.
  private func undisturbed(_ scratch: Scratch) async throws -> Data {
    let folder = try scratch.campaign("a", total: 24)
    _ = try await ShardRun(folder, shard: 0, job: CountingJob(total: 24))(threads: 1)
    defer { try? manager.removeItem(atPath: folder.path) }
    return try bytes(folder.recordPath(0, found: false))
  }

  /// As a server that cannot carry a rename out; all lines are there, and the next run only gives them their name.
  @Test func aRenameThatFails() async throws {
    let scratch = try Scratch()
    let expected = try await undisturbed(scratch)
    let folder = try scratch.campaign("a", total: 24)
    let target = folder.recordPath(0, found: false)
    let job = Disturbed(total: 24, before: 2) {
      try FileManager.default.createDirectory(atPath: target + "/x", withIntermediateDirectories: true)
    }
    await #expect { try await ShardRun(folder, shard: 0, job: job)(threads: 1) } throws: {
      "\($0)".hasPrefix(target) && "\($0)".contains("what was done before is kept") && $0 is CampaignError
    }
    try manager.removeItem(atPath: target)
    #expect(try CampaignSurvey(folder).failed.map(\.shard) == [0])
    let again = try await ShardRun(folder, shard: 0, job: CountingJob(total: 24))(threads: 1)
    #expect(again == .done(found: false, resumed: 3))
    #expect(try bytes(target) == expected)
  }

  @Test(arguments: 0...2) func aFolderThatVanishesAndComesBack(place: Int) async throws {
    let scratch = try Scratch()
    let expected = try await undisturbed(scratch)
    let folder = try scratch.campaign("a", total: 24)
    let (path, away) = (folder.path, folder.path + "-away")
    let job = Disturbed(total: 24, before: place) { try FileManager.default.moveItem(atPath: path, toPath: away) }
    await #expect { try await ShardRun(folder, shard: 0, job: job)(threads: 1) } throws: {
      "\($0)".hasPrefix(path) && $0 is CampaignError
    }
    #expect { try CampaignSurvey(folder) } throws: { "\($0)".contains("still there?") }
    #expect { try CampaignFolder(opening: path) } throws: { "\($0)".contains("no manifest.json") }
    // The run may have made folders where there was none.
    try? manager.removeItem(atPath: path)
    try manager.moveItem(atPath: away, toPath: path)
    let again = try await ShardRun(folder, shard: 0, job: CountingJob(total: 24))(threads: 1)
    #expect(again == .done(found: false, resumed: 3))
    #expect(try bytes(folder.recordPath(0, found: false)) == expected)
  }

  @Test func ofManyThatPlanIntoOneFolderOneSucceeds() async throws {
    let scratch = try Scratch()
    let manifests = (0..<8).map { number in
      Manifest(
        version: "0", program: FileDigest(text: "1-2-3"), inputs: [],
        jobs: [.init(command: ["count", "\(number)"], total: 8, block: 4, shard: 4, chunk: 4, rate: 1)])
    }
    let path = scratch.path + "/a"
    let made = await withTaskGroup(of: Manifest?.self) { group in
      for manifest in manifests { group.addTask { try? CampaignFolder(creating: path, manifest).manifest } }
      var made: [Manifest] = []
      for await manifest in group { if let manifest { made.append(manifest) } }
      return made
    }
    #expect(made.count == 1)
    #expect(try CampaignFolder(opening: path).manifest == made.first)
  }

  /// No time of a file makes a shard done, or one whose process is gone look as if it ran; nothing is divided by a time that is negative.
  @Test(arguments: [-4e8, -86_400, -700, 700, 86_400, 4e8]) func clocksThatAreWrong(by seconds: Double) async throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 96)
    func setTime(_ path: String) throws {
      try manager.setAttributes([.modificationDate: Date(timeIntervalSinceNow: seconds)], ofItemAtPath: path)
    }
    for shard in [0, 1] { _ = try await ShardRun(folder, shard: shard, job: CountingJob(total: 96))(threads: 1) }
    _ = try await ShardRun(folder, shard: 2, job: CountingJob(total: 96, stopAfter: 1))(threads: 1)
    let part = try #require(try folder.parts(of: 2).first)
    let other = (part as NSString).deletingLastPathComponent + "/2.elsewhere-1-abc.jsonl"
    try manager.moveItem(atPath: part, toPath: other)
    #expect(try CampaignSurvey(folder).running == [2])
    for path in [other, folder.path + "/manifest.json", folder.recordPath(0, found: false)] { try setTime(path) }
    let survey = try CampaignSurvey(folder)
    #expect(survey.running.isEmpty && survey.lost == [2] && survey.missing == [2, 3] && survey.done == 2)
    #expect(survey.secondsLeft.map { $0 >= 0 && $0.isFinite } ?? true)
    let again = try await ShardRun(folder, shard: 2, job: CountingJob(total: 96))(threads: 1)
    #expect(again == .done(found: false, resumed: 1))
  }
}
