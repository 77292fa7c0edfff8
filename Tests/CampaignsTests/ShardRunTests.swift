// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import Testing

/// Shards: the whole is the sum of them, whatever happens to the processes that run them.
@Suite struct ShardRunTests {
  private func runAll(_ folder: CampaignFolder, _ job: CountingJob) async throws {
    for shard in 0..<folder.manifest.shards { _ = try await ShardRun(folder, shard: shard, job: job)(threads: 1) }
  }

  private func records(_ folder: CampaignFolder) throws -> [Data] {
    try (0..<folder.manifest.shards).map { try bytes(try #require(folder.record(of: $0)).path) }
  }

  @Test(arguments: [1, 23, 24, 25, 100, 241]) func theWholeIsTheSumOfTheShards(total: Int) async throws {
    let (scratch, job) = (try Scratch(), CountingJob(total: total))
    let folder = try scratch.campaign("a", total: total)
    #expect(folder.manifest.shards == (total + 23) / 24)
    try await runAll(folder, job)
    let (found, missing) = try folder.merged(job, number: 0)
    #expect(found == job.whole)
    #expect(missing.isEmpty)
  }

  @Test func whatRunsAtTheSameTimeWritesTheSameBytes() async throws {
    let (scratch, job) = (try Scratch(), CountingJob(total: 240))
    let alone = try scratch.campaign("a", total: 240)
    try await runAll(alone, job)
    let expected = try records(alone)
    try FileManager.default.moveItem(atPath: alone.path, toPath: alone.path + "-before")
    let folder = try scratch.campaign("a", total: 240)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await runAll(folder, job) } }
      try await group.waitForAll()
    }
    #expect(try records(folder) == expected)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/parts") == ["0000"])
  }

  /// A record that is cut off at any byte, as a crash or a full disk leaves it, is gone on with; nothing of what is whole is done again.
  @Test func aRecordIsResumedWhereverItWasCutOff() async throws {
    let scratch = try Scratch()
    let whole = try scratch.campaign("whole", total: 24)
    _ = try await ShardRun(whole, shard: 0, job: CountingJob(total: 24))(threads: 1)
    let expected = try bytes(whole.recordPath(0, found: false))
    let stopped = CountingJob(total: 24, stopAfter: 2)
    let first = try await ShardRun(whole.emptied(), shard: 0, job: stopped)(threads: 1)
    #expect(first == .stopped(parts: 2, of: 3))
    let part = try #require(try whole.onlyPart())
    let content = try bytes(part)
    for length in stride(from: 0, through: content.count, by: 7) {
      let folder = try whole.emptied()
      try content.prefix(length).write(to: URL(fileURLWithPath: part))
      let lines = content.prefix(length).count { $0 == UInt8(ascii: "\n") }
      let outcome = try await ShardRun(folder, shard: 0, job: CountingJob(total: 24))(threads: 1)
      #expect(outcome == .done(found: false, resumed: max(0, lines - 1)), "cut off at \(length)")
      #expect(try bytes(folder.recordPath(0, found: false)) == expected)
    }
  }

  /// Every byte of a record counts.
  @Test func aChangedRecordIsRefused() async throws {
    let (scratch, job) = (try Scratch(), CountingJob(total: 24))
    let folder = try scratch.campaign("a", total: 24)
    try await runAll(folder, job)
    let path = folder.recordPath(0, found: false)
    let content = try bytes(path)
    for place in stride(from: 0, to: content.count, by: 5) {
      var changed = content
      changed[place] ^= 1
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(throws: CampaignError.self, "byte \(place)") { try folder.merged(job, number: 0) }
    }
    for length in stride(from: 0, to: content.count - 1, by: 5) {
      try content.prefix(length).write(to: URL(fileURLWithPath: path))
      #expect(throws: CampaignError.self, "cut off at \(length)") { try folder.merged(job, number: 0) }
    }
    // A record of another campaign, though it is about the same cases.
    let other = try scratch.campaign("b", total: 24)
    try await runAll(other, job)
    try bytes(other.recordPath(0, found: false)).write(to: URL(fileURLWithPath: path))
    #expect { try folder.merged(job, number: 0) } throws: {
      "\($0)".contains("line 1: it is not the record of shard 0")
    }
  }

  @Test func anErrorIsKept() async throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 48)
    await #expect(throws: CountingJob.Broken.self) {
      try await ShardRun(folder, shard: 1, job: CountingJob(total: 48, isBroken: true))(threads: 1)
    }
    let survey = try CampaignSurvey(folder)
    #expect(survey.failed.map(\.shard) == [1])
    #expect(survey.failed.first?.reason == "broken on purpose")
    #expect(survey.missing == [0, 1] && survey.done == 0)
    _ = try await ShardRun(folder, shard: 1, job: CountingJob(total: 48))(threads: 1)
    #expect(try CampaignSurvey(folder).failed.isEmpty)
  }

  @Test func whereTheFolderCannotBeWrittenOneErrorNamesIt() async throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 24)
    let shards = folder.path + "/shards"
    try FileManager.default.removeItem(atPath: shards)
    try Data().write(to: URL(fileURLWithPath: shards))
    await #expect {
      try await ShardRun(folder, shard: 0, job: CountingJob(total: 24))(threads: 1)
    } throws: {
      "\($0)".hasPrefix(shards)
    }
  }

  @Test func aShardOutsideIsRefused() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 48)
    for shard in [-1, 2, 100] {
      #expect {
        try ShardRun(folder, shard: shard, job: CountingJob(total: 48))
      } throws: {
        "\($0)".contains("no shard \(shard); they are 0 to 1")
      }
    }
  }
}

extension CampaignFolder {
  /// The campaign without what was done of it.
  fileprivate func emptied() throws -> CampaignFolder {
    for name in ["shards", "parts"] {
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(atPath: "\(path)/\(name)/0000", withIntermediateDirectories: true)
    }
    return self
  }

  /// The one growing record of shard 0.
  fileprivate func onlyPart() throws -> String? {
    let names = try FileManager.default.contentsOfDirectory(atPath: path + "/parts/0000")
    return names.count == 1 ? "\(path)/parts/0000/\(names[0])" : nil
  }
}
