// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import SeededRuns
import Testing

/// A cluster that does everything wrong, in virtual time, over a real folder: tasks are killed at any line and leave torn ones, some nodes
/// are a tenth as fast, a node that is only thought to be lost goes on while its shard runs elsewhere, clocks are wrong by days, and
/// the file system shows records, lines and listings late.
///
/// `CCH_SHARDS=100000 CCH_NODES=10000 TMPDIR=/dev/shm swift test --filter SimulationTests` prints the figures of a large one.
@Suite struct SimulationTests {
  /// Cases of a shard, and lines of its record.
  private static let (cases, lines) = (24, 3)

  private struct Counts {
    var attempts = 0, killed = 0, torn = 0, doubles = 0, submissions = 0
  }

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test func nothingIsLostAndNothingCountsTwice() async throws {
    let (shards, count) = (Self.setting("CCH_SHARDS", 120), Self.setting("CCH_NODES", 16))
    let scratch = try Scratch()
    let clock = ContinuousClock()
    let start = clock.now
    let folder = try scratch.campaign("a", total: Self.cases * shards)
    let job = CountingJob(total: Self.cases * shards)
    var source = RandomSource(seed: 24, index: 0)
    var (nodes, counts) = (VirtualNodes(count, &source), Counts())
    var files = try LateFiles(scratch.path + "/late")
    var survey = try CampaignSurvey(folder)
    // Somebody submits what is missing until nothing is.
    while !survey.missing.isEmpty {
      counts.submissions += 1
      try #require(counts.submissions < 50, "it comes to no end")
      try await submit(survey.missing, folder, job, &nodes, &files, &counts, &source)
      nodes.wait()
      // What is late at most is seen before the next look; some is not.
      try files.show(at: nodes.ended + (counts.submissions % 2 == 0 ? 100 : 5))
      survey = try CampaignSurvey(folder)
      #expect(survey.done + survey.missing.count == shards)
      #expect(Set(survey.missing).isSuperset(of: survey.running + survey.lost + survey.failed.map(\.shard)))
    }
    try files.show(at: .infinity)
    let ran = clock.now - start
    survey = try CampaignSurvey(folder)
    let surveyed = clock.now - start - ran
    let (total, missing) = try folder.merged(job, number: 0)
    let merged = clock.now - start - ran - surveyed
    #expect(total == job.whole)
    #expect(missing.isEmpty && survey.missing.isEmpty && survey.done == shards)
    #expect(survey.running.isEmpty && survey.lost.isEmpty && survey.failed.isEmpty)
    #expect(
      survey.found
        == (0..<shards).filter { shard in
          (Self.cases * shard..<Self.cases * (shard + 1)).contains { $0 % 97 == 96 }
        })
    #expect(
      counts.killed > 0 && counts.torn > 0 && counts.doubles > 0 && files.count > 0, "all must go wrong: \(counts)")
    let ideal = Double(Self.lines * shards) / nodes.speed
    // Lines are done again, and after every submission a straggler may end last: no more than that.
    #expect(nodes.ended <= 2 * ideal + Double(counts.submissions * Self.lines * 10))
    if shards >= 1_000 {
      print(
        """
        \(shards) shards, \(count) nodes: \(counts.attempts) attempts in \(counts.submissions) submissions, \(counts.killed) killed, \
        \(counts.torn) torn, \(counts.doubles) twice, \(files.count) seen late; virtual time \(nodes.ended), ideal \(ideal); \
        run \(ran), status \(surveyed), merge \(merged)
        """)
    }
  }

  /// Runs every shard once, and those that are thought to be lost once more; of killed ones the scheduler runs half again.
  private func submit(
    _ shards: [Int], _ folder: CampaignFolder, _ job: CountingJob, _ nodes: inout VirtualNodes,
    _ files: inout LateFiles,
    _ counts: inout Counts, _ source: inout RandomSource
  ) async throws {
    var queue = Array(shards.reversed())
    while let shard = queue.popLast() {
      let (time, node) = nodes.next
      try files.show(at: time)
      counts.attempts += 1
      let isKilled = source.chance(1, in: 5)
      let lines = isKilled ? source.integer(in: 0...(Self.lines - 1)) : Self.lines
      let attempt = CountingJob(total: job.total, stopAfter: lines)
      let outcome = try await ShardRun(folder, shard: shard, job: attempt)(threads: 1)
      nodes.work(Double(max(1, lines)))
      let later = nodes.next.time + Double(source.integer(in: 1...60))
      switch outcome {
      case .stopped:
        counts.killed += 1
        for part in try folder.parts(of: shard) {
          if source.chance(1, in: 3) { counts.torn += try tear(part, &source) ? 1 : 0 }
          if source.chance(1, in: 10) {
            // A listing that lags, or a stale read of what was there before.
            let content = try bytes(part)
            let prefix = source.chance(1, in: 2) ? nil : source.integer(in: 0...content.count)
            try files.delay(part, until: later, showing: prefix)
          } else if source.chance(1, in: 4) {
            try skew(part, node)
          }
        }
        if source.chance(1, in: 2) {
          queue.insert(shard, at: source.integer(in: max(0, queue.count - 50)...queue.count))
        }
      case .done(let found, _):
        // A rename that others see late; whoever does not see it runs the shard again.
        let isLate = source.chance(1, in: 20)
        if isLate { try files.delay(folder.recordPath(shard, found: found), until: later) }
        if isLate || source.chance(1, in: 10) {
          counts.doubles += 1
          queue.insert(shard, at: source.integer(in: max(0, queue.count - 50)...queue.count))
        }
      case .wasDone: break
      }
    }
  }

  /// The last line of a growing record is cut off anywhere, or a byte of it is another.
  private func tear(_ path: String, _ source: inout RandomSource) throws -> Bool {
    var content = try bytes(path)
    guard !content.isEmpty else { return false }
    if source.chance(1, in: 2) {
      content = content.prefix(source.integer(in: 0...content.count))
    } else {
      content[source.integer(in: 0...(content.count - 1))] ^= 0x20
    }
    try content.write(to: URL(fileURLWithPath: path))
    return true
  }
}
