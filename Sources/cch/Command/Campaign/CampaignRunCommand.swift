// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import ExactJSON
import FileWriting
import Foundation
import PlainText
import SeededRuns

/// `cch campaign run`: one shard.
struct CampaignRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry one shard out, from where it was left.",
    discussion: """
      Without --shard it is the number that a scheduler gives: \(ShardIndex.variables.joined(separator: ", ")). A shard \
      that is done stays as it is. Exit status 0 when the shard is done, whatever was found in it; 75, for 'later', where \
      it is of a round before which shards are missing.
      """)

  @OptionGroup var campaign: CampaignFolderArgument

  @Option(help: "The number of the shard, from 0.")
  var shard: Int?

  @Option(help: "A file with the number of a shard on each line: the task's number is that of a line, from 0.")
  var list: String?

  @Option(help: "With --list: is added to the task's number.")
  var offset = 0

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if shard != nil, list != nil { throw ValidationError("--shard and --list both say which shard; give one") }
  }

  mutating func run() async throws {
    let folder = try campaign.openToRun()
    do {
      let number = try chosenShard()
      try folder.requireShard(number)
      let target = try CampaignTarget(folder.manifest.jobs[folder.manifest.place(of: number).job].command)
      try await carryOut(target.job, folder, number)
    } catch let error as EarlierRoundMissing {
      StandardError.write(errorLine("\(error)"))
      throw ExitCode.later
    } catch let error as CampaignError { throw UserError("\(error)") } catch let error as OutputFileError {
      throw UserError("\(error)")
    }
  }

  private func chosenShard() throws(CampaignError) -> Int {
    if let shard { return shard }
    let task = try ShardIndex.task()
    guard let list else { return task + offset }
    return try ShardIndex.shard(task + offset, in: list)
  }

  private func carryOut(_ job: some CampaignJob, _ folder: CampaignFolder, _ number: Int) async throws {
    let run = try ShardRun(folder, shard: number, job: job)
    let threads = threads.chosen
    try await RunSession.with(output) { session in
      let outcome = try await session.showingEach { follow in try await run(threads: threads, follow: follow) }
      let (words, state, found): (String, String, Bool)
      switch outcome {
      case .done(let finds, let resumed):
        (state, found) = ("done", finds)
        words = resumed > 0 ? "done; \(grouped(resumed)) lines were there already" : "done"
      case .wasDone(let finds): (words, state, found) = ("was done already", "done", finds)
      case .stopped(let parts, let all):
        (words, state, found) = (
          "stopped after \(grouped(parts)) of \(grouped(all)) lines, which are kept", "stopped", false
        )
      }
      let document: JSONValue = [
        "schema": "cch.campaign.run/1", "shard": JSONValue(number), "state": .string(state), "found": .bool(found),
      ]
      if output.json {
        try StandardOutput.write(output.text(document))
      } else if !output.quiet {
        try StandardOutput.write("shard \(number): \(words)\(found ? "; it has finds" : "")\n")
      }
      if state == "stopped" { throw ExitCode.interrupted }
    }
  }
}

/// `cch campaign resume`: what is missing, on this machine.
struct CampaignResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Carry out what is missing of a campaign, on this machine.",
    discussion: "The same as 'cch campaign submit DIR --engine local --go'. Exit status 2 where a shard fails.")

  @OptionGroup var campaign: CampaignFolderArgument

  @Option(help: "How many processes run at a time; by default one for each processor.")
  var limit: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit, !(1...1_024).contains(limit) { throw ValidationError("--limit \(limit): 1 to 1024 processes") }
  }

  mutating func run() async throws { try await runHere(try campaign.openToRun(), limit: limit, output) }
}

/// Runs the shards that are missing in processes of this machine.
///
/// - Throws: ``UserError`` where shards fail, `ExitCode` where a signal came.
func runHere(_ folder: CampaignFolder, limit: Int?, _ output: OutputOptions) async throws {
  do {
    var survey = try CampaignSurvey(folder)
    let engine = LocalEngine(
      program: FileDigest.ownProgram, processes: limit ?? ProcessInfo.processInfo.activeProcessorCount)
    let stop = CaseRun(Budget())
    try await RunSession.with(output) { session in
      session.follow(stop)
      // Round after round.
      while !survey.ready.isEmpty {
        let (ready, before) = (survey.ready, survey.done)
        let failures = await session.drawing { draw in
          engine.run(ready, of: folder, until: { stop.wasStopped }) { over in
            draw("\(grouped(over)) of \(grouped(ready.count)) shards")
          }
        }
        if stop.wasStopped { throw ExitCode.interrupted }
        if let first = failures.first {
          throw CampaignError(
            folder.path,
            "\(failures.count) shards failed: \(listedRuns(failures.map(\.shard))); shard \(first.shard): \(first.reason)"
          )
        }
        survey = try CampaignSurvey(folder)
        if survey.done == before { break }
      }
      let page = CampaignStatusPage(folder, survey)
      try output.write(page.json, or: page.text)
    }
  } catch let error as CampaignError { throw UserError("\(error)") }
}
