// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import Foundation
import PlainText

/// `cch campaign plan`: the folder of a campaign.
struct CampaignPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Make the folder of a campaign: what it is, cut into shards.",
    discussion: """
      SPEC is the line of a hunt, an exhaustive hunt, a verification, an experiment, a study of students, or a judgement or comparison of estimators, in quotes: 'cch hunt converse --cases 1000000000'; or a \
      file NAME.json of several: {"schema": "cch.campaign-spec/1", "commands": ["hunt …", "verify …"]}. The speed of \
      each is measured for a second, and a shard takes about 20 minutes of one processor.
      """)

  @Argument(help: "The command of the campaign, in quotes, or a file of several.")
  var spec: [String] = []

  @Option(help: "The folder; it must be new or empty.")
  var out: String

  @Option(help: "The number of shards of each command.")
  var shards: Int?

  @Option(help: "About how long a shard takes on one thread: 90s, 20m or 1h.", transform: TimeBudget.init(parsing:))
  var shardTime: TimeBudget?

  @Option(
    help: "About how much of a shard is lost where its process is killed: 30s by default.",
    transform: TimeBudget.init(parsing:))
  var saveEvery: TimeBudget?

  @Option(help: "Of hunts: the number of rounds. Shards of a round begin with the best cases of all rounds before it.")
  var rounds = 1

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(1...1_000).contains(rounds) { throw ValidationError("--rounds \(rounds): 1 to 1,000 rounds") }
    if let shards, !(1...10_000_000).contains(shards) {
      throw ValidationError("--shards \(shards): 1 to 10,000,000 shards")
    }
    if shards != nil, shardTime != nil {
      throw ValidationError("--shards and --shard-time both say how large shards are; give one")
    }
  }

  mutating func run() async throws {
    let commands = try CampaignSpecification(spec).commands.map(CampaignTarget.withSeed)
    let targets = try commands.map(CampaignTarget.init)
    var sizes = ShardSizes(shards: shards, rounds: rounds)
    for (target, words) in zip(targets, commands) where rounds > 1 && !target.job.learns {
      throw UserError(
        "--rounds: \"\(words.joined(separator: " "))\" learns nothing from round to round; only hunts by --cases do")
    }
    if let shardTime { sizes.shardTime = shardTime.duration }
    if let saveEvery { sizes.lineTime = saveEvery.duration }
    do {
      var jobs: [Manifest.Job] = []
      for (target, words) in zip(targets, commands) {
        let rate = try await target.job.measuredRate()
        let entry = sizes.entry(of: target.job, command: words, rate: rate)
        guard entry.rounds.count == rounds else {
          throw CampaignError(
            "--rounds \(rounds)",
            "there are but \(entry.shards) shards, for cases are taken \(grouped(entry.block)) at a time; take fewer rounds"
          )
        }
        jobs.append(entry)
      }
      var inputs: [Manifest.Input] = []
      for path in Set(commands.flatMap(CampaignTarget.inputs)).sorted() {
        let path = URL(fileURLWithPath: path).standardizedFileURL.path
        inputs.append(.init(path: path, digest: try FileDigest(ofFile: path)))
      }
      let program = try FileDigest(ofFile: FileDigest.ownProgram)
      let manifest = Manifest(version: CCH.release, program: program, inputs: inputs, jobs: jobs)
      guard manifest.shards <= 10_000_000 else {
        throw CampaignError("--shard-time", "this makes \(grouped(manifest.shards)) shards; at most 10,000,000")
      }
      let made = try Interruption.saving { try CampaignFolder(creating: out, manifest) }
      try StandardOutput.write(output.json ? output.text(manifest.document) : text(made))
    } catch let error as CampaignError { throw UserError("\(error)") }
  }

  private func text(_ folder: CampaignFolder) -> String {
    let manifest = folder.manifest
    let lines = manifest.jobs.map { job -> String in
      let hours = Double(job.total) / job.rate / 3_600
      return
        "  \(job.command.joined(separator: " ")): \(grouped(job.total)) cases in \(grouped(job.shards)) shards of \(grouped(job.shard)), \(job.rounds.count == 1 ? "" : "\(job.rounds.count) rounds, ")\(figure(job.rate)) a second, \(figure(hours)) processor hours\n"
    }
    return """
      \(out): \(grouped(manifest.shards)) shards
      \(lines.joined())Next: cch campaign submit \(out) --engine local|slurm|ray|kubernetes|parallel

      """
  }

  private func figure(_ number: Double) -> String {
    number >= 1_000 ? grouped(Int(number)) : String(format: "%.2g", number)
  }
}
