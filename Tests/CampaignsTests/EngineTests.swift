// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import Testing

/// What is submitted to engines.
@Suite struct EngineTests {
  @Test func slurmArraysAreSplitAtTheLargest() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 240)
    var options = SubmissionOptions()
    (options.largestArray, options.limit, options.program) = (5, 3, "/opt/it's/cch")
    options.engineOptions = ["--partition=long"]
    let submission = SlurmEngine.submission(folder, shards: [0, 1, 2, 3, 5, 6, 7, 8, 9], options)
    let arrays = submission.commands.dropLast()
    #expect(arrays.map { $0[2] } == ["--array=0-3%3", "--array=0-3%3", "--array=0-0%3"])
    #expect(arrays.map { $0.last } == ["0", "4", "8"])
    #expect(arrays.allSatisfy { $0.contains("--partition=long") })
    #expect(submission.commands.last?.contains("--dependency=afterany:{0}:{1}:{2}") ?? false)
    #expect(submission.files[0].text == "0\n1\n2\n3\n5\n6\n7\n8\n9\n")
    #expect(submission.files[1].text.contains("'/opt/it'\\''s/cch' campaign run"))
    #expect(SlurmEngine.largestArray(in: "MaxAge = 1\nMaxArraySize            = 1001\n") == 1_001)
  }

  @Test func kubernetesRunsOneIndexAShard() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 240)
    var options = SubmissionOptions()
    options.limit = 4
    let submission = KubernetesEngine.submission(
      folder, shards: [3, 4, 5, 6, 7, 8], options, image: "registry/cch:1", volumeClaim: "night")
    let job = try JSONValue(parsing: submission.files[1].text)
    #expect(job["spec"]?["completions"] == 6 && job["spec"]?["parallelism"] == 4)
    #expect(job["spec"]?["completionMode"] == "Indexed")
  }

  @Test func shardsHaveTheWantedTime() throws {
    let job = CountingJob(total: 1_000_000)
    let sizes = ShardSizes(shardTime: .seconds(100), lineTime: .seconds(10))
    let entry = sizes.entry(of: job, command: ["count"], rate: 99)
    #expect(entry.shard == 9_900 && entry.chunk == 992 && entry.shards == 102)
    #expect(ShardSizes(shards: 7).entry(of: job, command: [], rate: 1).shards == 7)
    // A shard for every round, whatever else is wished.
    for shards in [nil, 1, 7] {
      let entry = ShardSizes(shards: shards, rounds: 5).entry(of: CountingJob(total: 32), command: [], rate: 1e6)
      #expect(entry.rounds.count == 5 && entry.rounds.reduce(0, +) == entry.shards)
    }
    #expect(ShardSizes(shards: 3).entry(of: CountingJob(total: 2), command: [], rate: 1).shards == 1)
  }
}
