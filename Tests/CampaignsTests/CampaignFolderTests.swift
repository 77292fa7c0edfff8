// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Foundation
import Testing

/// The folder of a campaign: what it is cannot change, and how far it is can be told.
@Suite struct CampaignFolderTests {
  @Test func theManifestIsReadAsItWasWritten() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 1_000)
    #expect(try CampaignFolder(opening: folder.path).manifest == folder.manifest)
  }

  /// Any edit that changes what a reader sees is noticed.
  @Test func anEditedManifestIsRefused() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 1_000)
    let file = folder.path + "/manifest.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let edits = [
      ("\"total\": 1000", "\"total\": 2000"), ("\"shard\": 24", "\"shard\": 48"), ("\"chunk\": 8", "\"chunk\": 4"),
      ("\"count\"", "\"hunt\""), ("1-2-3", "1-2-4"), ("\"rate\": 1", "\"rate\": 2"), ("\"block\": 4", "\"block\": 8"),
    ]
    for (old, new) in edits {
      let edited = text.replacing(old, with: new)
      #expect(edited != text)
      try edited.write(toFile: file, atomically: false, encoding: .utf8)
      #expect(throws: CampaignError.self, "\(new)") { try CampaignFolder(opening: folder.path) }
    }
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    _ = try CampaignFolder(opening: folder.path)
  }

  @Test func twoCampaignsDoNotShareAFolder() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 8)
    #expect { try CampaignFolder(creating: folder.path, folder.manifest) } throws: { "\($0)".contains("already") }
    let other = scratch.path + "/b"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try "mine".write(toFile: other + "/notes.txt", atomically: false, encoding: .utf8)
    #expect { try CampaignFolder(creating: other, folder.manifest) } throws: { "\($0)".contains("not empty") }
    #expect { try CampaignFolder(opening: other) } throws: { "\($0)".contains("no manifest.json") }
  }

  @Test func anotherProgramOrInputIsRefusedByName() throws {
    let scratch = try Scratch()
    let input = scratch.path + "/claims.txt"
    try "one".write(toFile: input, atomically: false, encoding: .utf8)
    let program = try FileDigest(ofFile: input)
    let manifest = Manifest(
      version: "0", program: program, inputs: [.init(path: input, digest: program)],
      jobs: [.init(command: ["count"], total: 8, block: 4, shard: 4, chunk: 4, rate: 1)])
    let folder = try CampaignFolder(creating: scratch.path + "/a", manifest)
    try folder.requireSame(program: program, programPath: "/bin/cch")
    #expect { try folder.requireSame(program: FileDigest(text: "0"), programPath: "/bin/cch") } throws: {
      "\($0)".hasPrefix("/bin/cch: is another build")
    }
    try "two".write(toFile: input, atomically: false, encoding: .utf8)
    #expect { try folder.requireSame(program: program, programPath: "/bin/cch") } throws: {
      "\($0)".hasPrefix(input + ": has changed")
    }
  }

  @Test func statusTellsDoneFoundLostAndMissing() async throws {
    let (scratch, job) = (try Scratch(), CountingJob(total: 240))
    let folder = try scratch.campaign("a", total: 240)
    // The finds are cases 96 and 193, of shards 4 and 8.
    for shard in [0, 4, 8] { _ = try await ShardRun(folder, shard: shard, job: job)(threads: 1) }
    let stopped = try await ShardRun(folder, shard: 2, job: CountingJob(total: 240, stopAfter: 1))(threads: 1)
    #expect(stopped == .stopped(parts: 1, of: 3))
    let survey = try CampaignSurvey(folder)
    #expect(survey.done == 3)
    #expect(survey.found == [4, 8])
    #expect(survey.missing == [1, 2, 3, 5, 6, 7, 9])
    #expect(survey.lost == [2] && survey.running.isEmpty && survey.failed.isEmpty)
    #expect(survey.casesDone == 72 && survey.casesInAll == 240)
    let (total, missing) = try folder.merged(job, number: 0)
    #expect(total.count == 72 && total.finds == [96, 193])
    #expect(missing == survey.missing)
    #expect(listedRuns(missing) == "1–3, 5–7, 9")
  }

  @Test func shardsFanOut() throws {
    let scratch = try Scratch()
    let folder = try scratch.campaign("a", total: 24_000_000)
    #expect(folder.recordPath(999_999, found: true).hasSuffix("/shards/0999/999999.found.jsonl"))
    #expect(folder.manifest.place(of: 999_999).range == 23_999_976..<24_000_000)
  }

  @Test func indicesComeFromTheScheduler() throws {
    for name in ShardIndex.variables { #expect(try ShardIndex.task(in: [name: "7"]) == 7) }
    #expect { try ShardIndex.task(in: [:]) } throws: { "\($0)".contains("SLURM_ARRAY_TASK_ID") }
    #expect { try ShardIndex.task(in: ["PBS_ARRAY_INDEX": "x"]) } throws: { "\($0)".contains("PBS_ARRAY_INDEX") }
    let scratch = try Scratch()
    let list = scratch.path + "/list"
    try "3\n9\n12\n".write(toFile: list, atomically: false, encoding: .utf8)
    #expect(try ShardIndex.shard(2, in: list) == 12)
    #expect { try ShardIndex.shard(3, in: list) } throws: { "\($0)".contains("no line 4") }
  }
}
