// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import ExactJSON
import ForeignPrograms
import Foundation
import PlainText

/// `cch campaign submit`: what is missing, to an engine.
struct CampaignSubmitCommand: AsyncParsableCommand {
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case local, slurm, ray, kubernetes, parallel
  }

  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Have an engine run what is missing of a campaign; with --go it is done, else shown.",
    discussion: """
      slurm: arrays of tasks, and a job that merges after them. ray: python/campaign_ray.py. kubernetes: an Indexed Job. \
      parallel: GNU parallel, or xargs where it is missing. local: processes of this machine.
      """)

  @OptionGroup var campaign: CampaignFolderArgument

  @Option(help: "Who runs it: local, slurm, ray, kubernetes or parallel.")
  var engine: Engine

  @Flag(help: "Do it; without, only say what would be done.")
  var go = false

  @Option(help: "How many tasks may run at a time.")
  var limit: Int?

  @Option(help: "Processors of each task.")
  var taskThreads = 1

  @Option(
    name: .customLong("option"), parsing: .unconditionalSingleValue,
    help: "A word for the engine, such as the option of sbatch that names a partition; may be given several times.")
  var engineOptions: [String] = []

  @Option(help: "With slurm: the size of the largest array plus one; by default what 'scontrol show config' says.")
  var maxArraySize: Int?

  @Option(help: "With kubernetes: the image that has the program.")
  var image: String?

  @Option(help: "With kubernetes: the claim of the volume that the folder is on.")
  var volumeClaim: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1 task must run") }
    if !(1...1_024).contains(taskThreads) { throw ValidationError("--task-threads \(taskThreads): 1 to 1024") }
    if let maxArraySize, maxArraySize < 2 { throw ValidationError("--max-array-size \(maxArraySize): at least 2") }
  }

  mutating func run() async throws {
    let folder = try campaign.openToRun()
    if engine == .local, go { return try await runHere(folder, limit: limit, output) }
    do {
      let missing = try CampaignSurvey(folder).missing
      if missing.isEmpty { throw CampaignError(folder.path, "all shards are done; 'cch campaign merge' merges them") }
      let submission = try submission(folder, missing)
      let printed = go ? try submission.carryOut() : []
      try StandardOutput.write(output.json ? output.text(json(submission, printed)) : text(submission, printed))
    } catch let error as CampaignError { throw UserError("\(error)") }
  }

  private func submission(_ folder: CampaignFolder, _ missing: [Int]) throws -> Submission {
    var options = SubmissionOptions()
    (options.limit, options.threads, options.engineOptions) = (limit, taskThreads, engineOptions)
    switch engine {
    case .local:
      var submission = Submission()
      submission.commands = [
        [options.program, "campaign", "resume", folder.path] + (limit.map { ["--limit", "\($0)"] } ?? [])
      ]
      submission.notes = ["\(grouped(missing.count)) shards in processes of this machine"]
      return submission
    case .slurm:
      options.largestArray = maxArraySize ?? CampaignSubmitCommand.largestArray() ?? options.largestArray
      return SlurmEngine.submission(folder, shards: missing, options)
    case .parallel:
      let hasParallel = (try? ForeignCommand(["parallel"]).executable()) != nil
      return ParallelEngine.submission(folder, shards: missing, options, hasParallel: hasParallel)
    case .ray:
      return RayEngine.submission(folder, shards: missing, options, driver: try rayDriver())
    case .kubernetes:
      guard let image, let volumeClaim else {
        throw UserError(
          "--engine kubernetes: give --image, which has the program, and --volume-claim, whose volume has the folder")
      }
      return KubernetesEngine.submission(folder, shards: missing, options, image: image, volumeClaim: volumeClaim)
    }
  }

  private func rayDriver() throws -> String {
    let driver = URL(fileURLWithPath: try Fixtures.path("../python/campaign_ray.py")).standardizedFileURL.path
    guard FileManager.default.fileExists(atPath: driver) else {
      throw UserError("\(driver): no such file; set CCH_FIXTURES to the project's folder 'fixtures'")
    }
    return driver
  }

  private static func largestArray() -> Int? {
    guard let output = try? ForeignCommand(["scontrol", "show", "config"]).run(timeLimit: .seconds(20)) else {
      return nil
    }
    return SlurmEngine.largestArray(in: output.text)
  }

  private func text(_ submission: Submission, _ printed: [String]) -> String {
    var lines = submission.files.map { "file: \($0.path)" } + submission.lines.map { "run:  \($0)" }
    lines += submission.notes.map { "note: \($0)" }
    if go { lines += printed.filter { !$0.isEmpty } } else { lines.append("Nothing was done; --go does it.") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `cch.campaign.submit/1`.
  private func json(_ submission: Submission, _ printed: [String]) -> JSONValue {
    [
      "schema": "cch.campaign.submit/1", "engine": .string(engine.rawValue), "done": .bool(go),
      "files": .array(submission.files.map { ["path": .string($0.path), "text": .string($0.text)] }),
      "commands": .array(submission.commands.map { .array($0.map { .string($0) }) }),
      "notes": .array(submission.notes.map { .string($0) }), "printed": .array(printed.map { .string($0) }),
    ]
  }
}
