// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import ExactJSON
import Experiments

/// A subcommand of `cch experiment`: it reads its data, and all the rest is the same for all, here and in campaigns.
protocol ExperimentSubcommand: AsyncParsableCommand {
  /// How trials are carried out and printed.
  var trialOptions: TrialOptions { get }

  /// The experiment on its data.
  ///
  /// - Throws: ``UserError`` where data are missing or bad.
  func prepared() throws -> any RunnableExperiment
}

extension ExperimentSubcommand {
  mutating func run() async throws { try await prepared().run(trialOptions) }
}

/// How the trials of an experiment are carried out, and what is printed of them.
struct TrialOptions {
  let record: String?
  let isCSV: Bool
  let simulation: SimulationOptions
  let pageOption: PageOption
  let output: OutputOptions
}

/// What is printed of an experiment.
struct ExperimentOutput {
  let json: JSONValue
  let csv: () throws -> String
  let text: () throws -> String
  /// Whether closed forms were out of tolerance.
  var isFalse = false

  init(_ page: ExperimentPage) { (json, csv, text) = (page.json, { page.csv }, { page.text }) }

  init(_ page: SyntheticPage) throws {
    (json, csv, text, isFalse) = (try page.json, { try page.csv }, { page.text }, !page.findings.isOK)
  }
}

/// An experiment that can be carried out at once or as a campaign.
protocol RunnableExperiment {
  /// Carries all trials out and prints what came out.
  func run(_ options: TrialOptions) async throws
  /// The trials as a job that machines share.
  func job(seed: UInt64) -> any CampaignJob
  /// What the shards of that job that are done say.
  func result(_ folder: CampaignFolder, job number: Int, seed: UInt64) throws -> CampaignResult
}

/// An experiment on its data, and what is printed of its results.
struct PreparedExperiment<E: Experiment>: RunnableExperiment {
  let experiment: E
  /// What is said on standard error before it begins.
  var notes: [String] = []
  let output: (_ results: ExperimentResults, _ seed: UInt64, _ isComplete: Bool) throws -> ExperimentOutput

  /// Carries the trials out, past those in the record.
  ///
  /// - Throws: ``UserError`` where the record cannot be used, what `output` throws, `ExitCode.interrupted` after what was done has
  ///   been printed, and `ExitCode.falseFound`.
  func run(_ options: TrialOptions) async throws {
    let (simulation, output) = (options.simulation, options.output)
    if !output.quiet { StandardError.note(notes) }
    let seed = simulation.seed.choose()
    let runner = ExperimentRunner(experiment, record: try record(options, seed: seed))
    let run = runner.begin()
    try await RunSession.with(output, unit: "trials") { session in
      let results = try await session.showing(run) {
        try await runner.results(run, threads: simulation.threads.chosen, seed: seed)
      }
      let found = try self.output(results, seed, !run.wasStopped)
      try options.pageOption.save(found.json)
      try output.write(found.json, csv: options.isCSV ? found.csv() : nil, or: found.text())
      if output.json || options.isCSV { simulation.seed.note(seed, output) }
      if run.wasStopped { throw ExitCode.interrupted }
      if found.isFalse { throw ExitCode.falseFound }
    }
  }

  private func record(_ options: TrialOptions, seed: UInt64) throws -> RunRecord? {
    guard let path = options.record else { return nil }
    let record: RunRecord
    do { record = try RunRecord(path: path, experiment: experiment, seed: seed) } catch {
      throw UserError(file: path, error)
    }
    if record.droppedLine, !options.output.quiet {
      StandardError.write("\(path): the last line was incomplete and is dropped; its trial is run again\n")
    }
    return record
  }

  func job(seed: UInt64) -> any CampaignJob { ExperimentJob(experiment, seed: seed) }

  func result(_ folder: CampaignFolder, job number: Int, seed: UInt64) throws -> CampaignResult {
    let (parts, missing) = try folder.merged(ExperimentJob(experiment, seed: seed), number: number)
    let found = try output(parts.results(of: experiment), seed, missing.isEmpty)
    return CampaignResult(missing: missing, text: try found.text(), json: found.json, isFalse: found.isFalse)
  }
}

extension PreparedExperiment where E: AgreementExperiment {
  /// An experiment whose runs say whether predictions came true.
  init(_ experiment: E, notes: [String] = []) {
    self.init(experiment: experiment, notes: notes) { results, seed, isComplete in
      if let failure = results.failure { throw UserError("\(failure)") }
      return ExperimentOutput(
        ExperimentPage(
          experiment, results.runs, report: try experiment.report(results.runs), seed: seed, isComplete: isComplete))
    }
  }
}
