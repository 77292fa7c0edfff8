// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import SeededRuns
import Testing

/// A cluster that does everything wrong, in virtual time, over a real folder: tasks are killed at any line and leave torn ones,
/// some nodes are a tenth as fast, and a node that is only thought to be lost goes on while its shard runs elsewhere.
///
/// `CCH_SHARDS=100000 CCH_NODES=10000 swift test -c release -Xswiftc -enable-testing --filter SimulationTests` prints the figures of a large one.
@Suite struct SimulationTests {
  private struct Node {
    let speed: Double
    var freeAt = 0.0
  }

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test func nothingIsLostAndNothingCountsTwice() async throws {
    let (shards, count) = (Self.setting("CCH_SHARDS", 120), Self.setting("CCH_NODES", 16))
    let scratch = try Scratch()
    let clock = ContinuousClock()
    let start = clock.now
    let folder = try scratch.campaign("a", total: 24 * shards)
    let job = CountingJob(total: 24 * shards)
    var source = RandomSource(seed: 24, index: 0)
    // One node in twenty is a tenth as fast; a line takes a unit of virtual time.
    var nodes = (0..<count).map { _ in Node(speed: source.chance(1, in: 20) ? 0.1 : 1) }
    var (queue, attempts, kills, doubles) = (Array((0..<shards).reversed()), 0, 0, 0)
    var ended = 0.0
    while let shard = queue.popLast() {
      let node = try #require(nodes.indices.min { nodes[$0].freeAt < nodes[$1].freeAt })
      attempts += 1
      let isKilled = source.chance(1, in: 5)
      let lines = isKilled ? source.integer(in: 0...2) : 3
      // The shard may have been done meanwhile by a node that was thought to be lost.
      let attempt = CountingJob(total: 24 * shards, stopAfter: lines)
      let outcome = try await ShardRun(folder, shard: shard, job: attempt)(threads: 1)
      nodes[node].freeAt += Double(max(1, lines)) / nodes[node].speed
      ended = max(ended, nodes[node].freeAt)
      if case .stopped = outcome {
        kills += 1
        if source.chance(1, in: 3) { try tear(folder, shard, &source) }
        queue.insert(shard, at: source.integer(in: 0...queue.count))
      } else if source.chance(1, in: 10) {
        // Once more though it is done, as after a lost connection.
        doubles += 1
        queue.insert(shard, at: source.integer(in: 0...queue.count))
      }
    }
    let ran = clock.now - start
    let survey = try CampaignSurvey(folder)
    let surveyed = clock.now - start - ran
    let (total, missing) = try folder.merged(job, number: 0)
    let merged = clock.now - start - ran - surveyed
    #expect(total == job.whole)
    #expect(missing.isEmpty && survey.missing.isEmpty && survey.done == shards)
    #expect(survey.running.isEmpty && survey.lost.isEmpty && survey.failed.isEmpty)
    #expect(survey.found == (0..<shards).filter { shard in (24 * shard..<24 * shard + 24).contains { $0 % 97 == 96 } })
    #expect(kills > 0 && doubles > 0, "the cluster must do something wrong")
    let ideal = Double(3 * shards) / nodes.reduce(0) { $0 + $1.speed }
    // Killed lines are done again, and a straggler ends late: but no more than that.
    #expect(ended <= 2 * ideal + 3 * 3 / 0.1)
    if shards > 1_000 {
      print(
        "\(shards) shards, \(count) nodes: \(attempts) attempts, \(kills) killed, \(doubles) twice; virtual time \(ended / ideal) of the ideal; run \(ran), status \(surveyed), merge \(merged)"
      )
    }
  }

  /// The last line of a growing record is cut off anywhere, or a byte of it is another.
  private func tear(_ folder: CampaignFolder, _ shard: Int, _ source: inout RandomSource) throws {
    let parts = "\(folder.path)/parts/\(String(format: "%04d", shard / 1_000))"
    for name in try FileManager.default.contentsOfDirectory(atPath: parts) where name.hasPrefix("\(shard).") {
      let path = "\(parts)/\(name)"
      var content = try bytes(path)
      guard !content.isEmpty else { continue }
      if source.chance(1, in: 2) {
        content = content.prefix(source.integer(in: 0...content.count))
      } else {
        content[source.integer(in: 0...(content.count - 1))] ^= 0x20
      }
      try content.write(to: URL(fileURLWithPath: path))
    }
  }
}
