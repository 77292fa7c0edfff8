// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import Claims
import ExactAlgebra
import ExactJSON
import Foundation
import Hunting
import Testing

/// Hunts in rounds: shards of a round begin with the best cases of all rounds before it.
@Suite struct RoundsTests {
  /// A claim that one Σ alone violates, and whose margin says how far an instance is from it.
  private struct Planted: Claim {
    let id = "planted"
    let summary = "Σ is not the planted one"
    let statement = ""
    let status = Status.open
    let assumptions: [Assumption] = []
    static let factor = [[3, 0, 0], [-2, 5, 0], [4, 1, 2]]

    private func distance(_ facts: Facts) -> Rational {
      let (sigma, size) = (facts.instance.sigma, Self.factor.count)
      guard sigma.rows == size else { return Rational(1_000 * (1 + abs(sigma.rows - size))) }
      var sum = Rational(0)
      for i in 0..<size {
        for j in 0...i {
          let planted = (0..<size).reduce(0) { $0 + Self.factor[i][$1] * Self.factor[j][$1] }
          sum += (sigma[i, j] - Rational(planted)).magnitude
        }
      }
      return sum
    }

    func premise(_ facts: Facts) -> Bool { true }
    func conclusion(_ facts: Facts) -> Bool { distance(facts).signum > 0 }
    func margin(_ facts: Facts) -> Rational { distance(facts) - Rational(1, 2) }
  }

  private static let cases = 24 * 256

  private func job(_ seed: UInt64) -> HuntJob {
    HuntJob(Hunt(Planted(), seed: seed, walkSteps: 10), cases: Self.cases, blockSize: 256)
  }

  private func campaign(_ scratch: Scratch, _ name: String, rounds: Int, cases: Int = cases, shard: Int = 512) throws
    -> CampaignFolder
  {
    let manifest = Manifest(
      version: "0", program: FileDigest(text: "1-2-3"), inputs: [],
      jobs: [
        .init(command: ["planted"], total: cases, block: 256, shard: shard, chunk: 256, rate: 1, rounds: rounds)
      ])
    return try CampaignFolder(creating: "\(scratch.path)/\(name)", manifest)
  }

  private func run(_ shards: some Sequence<Int>, _ folder: CampaignFolder, _ job: HuntJob) async throws {
    for shard in shards { _ = try await ShardRun(folder, shard: shard, job: job)(threads: 2) }
  }

  private func records(_ folder: CampaignFolder) throws -> [Data] {
    try (0..<folder.manifest.shards).map { try bytes(try #require(folder.record(of: $0)).path) }
  }

  /// The planted counterexample, of which there is one, takes a way of many steps: with rounds it is found, sooner, by the same seed.
  @Test func whatIsRareIsFoundInFewerCasesWithRounds() async throws {
    let (scratch, job) = (try Scratch(), job(1))
    var counts: [Int] = []
    for rounds in [1, 12] {
      let folder = try campaign(scratch, "\(rounds)", rounds: rounds)
      // Up to the first find, which is all that counts here.
      for shard in 0..<folder.manifest.shards where try folder.merged(job, number: 0).total.finds.isEmpty {
        try await run([shard], folder, job)
      }
      let find = try folder.merged(job, number: 0).total.finds.first
      if let find { #expect(find.instance.sigma.rows == Planted.factor.count) }
      counts.append(find.map { $0.index + 1 } ?? Self.cases)
    }
    #expect(2 * counts[1] < counts[0], "\(counts)")
  }

  /// However shards of a round are spread, in whichever order, twice or at the same time: the same bytes.
  @Test func theBytesAreTheSameHoweverShardsAreSpread() async throws {
    let (scratch, job) = (try Scratch(), job(5))
    let (cases, shard) = (6 * 256, 256)
    let folder = try campaign(scratch, "a", rounds: 3, cases: cases, shard: shard)
    #expect(folder.manifest.rounds(of: 0) == [0..<2, 2..<4, 4..<6])
    try await run(0..<6, folder, job)
    let expected = try records(folder)
    let pools = try (0..<2).map { try bytes("\(folder.path)/rounds/0-\($0).json") }
    let (total, missing) = try folder.merged(job, number: 0)
    #expect(total.whole.drawn == cases && missing.isEmpty)
    // A pool says something: without rounds other cases are tried.
    let plain = try campaign(scratch, "plain", rounds: 1, cases: cases, shard: shard)
    try await run(0..<6, plain, job)
    let best = try JSONReader(total.whole.document).required("best").required("value").value
    #expect(try plain.merged(job, number: 0).total.whole.document["best"]?["value"] != best)

    for disturbance in 0..<3 {
      try FileManager.default.moveItem(atPath: folder.path, toPath: "\(folder.path)-\(disturbance)")
      let again = try campaign(scratch, "a", rounds: 3, cases: cases, shard: shard)
      for round in again.manifest.rounds(of: 0) {
        switch disturbance {
        case 0: try await run(round.reversed() + Array(round), again, job)
        case 1:
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await run(round, again, job) } }
            try await group.waitForAll()
          }
        default:
          try await run(round, again, job)
          // A pool that was torn, edited or lost is made again.
          let pool = "\(again.path)/rounds/0-0.json"
          if let text = try? String(contentsOfFile: pool, encoding: .utf8) {
            let edited = text.replacing(/"value": ([0-9])/) { "\"value\": 1\($0.output.1)" }
            #expect(edited != text)
            try edited.write(toFile: pool, atomically: false, encoding: .utf8)
          }
        }
      }
      #expect(try records(again) == expected, "disturbance \(disturbance)")
      if disturbance < 2 { #expect(try (0..<2).map { try bytes("\(again.path)/rounds/0-\($0).json") } == pools) }
    }
  }

  @Test func aRoundWaitsForTheOneBefore() async throws {
    let (scratch, job) = (try Scratch(), job(5))
    let folder = try campaign(scratch, "a", rounds: 3, cases: 6 * 256, shard: 256)
    #expect(try CampaignSurvey(folder).ready == [0, 1] && CampaignSurvey(folder).waiting == [2, 3, 4, 5])
    try await run([1], folder, job)
    for shard in 2..<6 {
      await #expect { try await run([shard], folder, job) } throws: { error in
        (error as? EarlierRoundMissing)?.missing == [0]
          && "\(error)".hasSuffix(
            "shard \(shard) begins with what round 1 found, of which 1 shards are missing: 0; run it when they are done"
          )
      }
    }
    // It left nothing behind, and is no failure.
    let parts = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/parts")
    #expect(parts.filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".failed") }.isEmpty)
    try await run([0, 3], folder, job)
    let survey = try CampaignSurvey(folder)
    #expect(survey.ready == [2] && survey.waiting == [4, 5] && survey.failed.isEmpty && survey.done == 3)
    await #expect(throws: EarlierRoundMissing.self) { try await run([4], folder, job) }
    try await run([2, 5, 4], folder, job)
    #expect(try CampaignSurvey(folder).missing.isEmpty)
  }

  @Test func roundsAreAPartOfTheManifest() throws {
    let scratch = try Scratch()
    let folder = try campaign(scratch, "a", rounds: 5)
    let manifest = try CampaignFolder(opening: folder.path).manifest
    #expect(manifest == folder.manifest && manifest.jobs[0].rounds == [3, 3, 2, 2, 2])
    #expect((0..<12).map(manifest.round(of:)) == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4])
    #expect(manifest.stages(of: [11, 4, 3, 0]) == [[0], [3, 4], [11]])
    let other = try campaign(scratch, "b", rounds: 4).manifest
    #expect(other.digest != manifest.digest)
    for edit in ["[3, 3, 2, 2, 3]", "[3, 3, 2, 4, 0]", "[12]", "[-1, 13]", "[9223372036854775807, 1]"] {
      let text = manifest.document.description.replacing("[3, 3, 2, 2, 2]", with: edit)
      #expect(text != manifest.document.description)
      #expect(throws: JSONShapeError.self, "\(edit)") {
        try Manifest(document: JSONReader(try JSONValue(parsing: text)))
      }
    }
  }

  @Test func enginesRunRoundAfterRound() throws {
    let scratch = try Scratch()
    let folder = try campaign(scratch, "a", rounds: 3, cases: 6 * 256, shard: 256)
    var options = SubmissionOptions()
    options.largestArray = 2
    let slurm = SlurmEngine.submission(folder, shards: [1, 2, 3, 4, 5], options).commands
    #expect(
      slurm.map { $0.filter { $0.hasPrefix("--dependency") } } == [
        [], ["--dependency=afterany:{0}"], ["--dependency=afterany:{0}"], ["--dependency=afterany:{1}:{2}"],
        ["--dependency=afterany:{1}:{2}"], ["--dependency=afterany:{0}:{1}:{2}:{3}:{4}"],
      ])
    #expect(slurm.dropLast().map { $0.last } == ["0", "1", "2", "3", "4"])
    let parallel = ParallelEngine.submission(folder, shards: [1, 2, 3, 4, 5], options, hasParallel: false)
    #expect(parallel.files.map(\.text) == ["1\n", "2\n3\n", "4\n5\n"] && parallel.commands.count == 3)
    let ray = RayEngine.submission(folder, shards: [1, 2, 3, 4, 5], options, driver: "ray.py")
    #expect(zip(ray.commands, ray.files).allSatisfy { $0.contains($1.path) } && ray.commands.count == 3)
    let kubernetes = KubernetesEngine.submission(folder, shards: [2, 3, 4, 5], options, image: "i", volumeClaim: "v")
    #expect(kubernetes.files[0].text == "2\n3\n" && kubernetes.notes.contains { $0.contains("one round of 2") })
  }
}
