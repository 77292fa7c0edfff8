// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Datasets
import Experiments
import Foundation
import SeededRuns

/// Options of the experiments on data.
struct ExperimentOptions: ParsableArguments {
  @Flag(help: "A small version, of about a minute: fewer seeds and settings.")
  var quick = false

  @Option(help: "How many seeds: splits of the data, first weights and batches; at least 2.")
  var repeats: Int?

  @Option(
    help: ArgumentHelp(
      "Keep every run in this file (JSON Lines) and resume from it: trials that are there are not run again.",
      valueName: "file"))
  var record: String?

  @Flag(help: "Print every run as CSV.")
  var csv = false

  @OptionGroup var expansion: ExpansionOptions
  @OptionGroup var simulation: SimulationOptions
  @OptionGroup var pageOption: PageOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let repeats, repeats < 2 {
      throw ValidationError("--repeats \(repeats): at least 2 seeds are needed for an interval")
    }
  }
}

/// Carries an experiment out as `options` say and prints what came out: table, JSON document or CSV.
///
/// - Throws: ``UserError`` for bad input, `ExitCode.interrupted` after what was done has been printed.
func runExperiment<E: AgreementExperiment>(_ experiment: E, _ options: ExperimentOptions) async throws {
  try await runTrials(
    of: experiment, record: options.record, options.simulation, options.output, isCSV: options.csv
  ) { results, seed, isComplete in
    if let failure = results.failure { throw UserError("\(failure)") }
    let page = ExperimentPage(
      experiment, results.runs, report: try experiment.report(results.runs), seed: seed, isComplete: isComplete)
    try options.pageOption.save(page.json)
    return options.output.json ? options.output.text(page.json) : options.csv ? page.csv : page.text
  }
}

/// Carries the trials of an experiment out, past those in the file `record`, and prints the `page` that is made of them.
///
/// - Throws: ``UserError`` where the record cannot be used, what `page` throws, and `ExitCode.interrupted` after what was done
///   has been printed.
func runTrials<E: Experiment>(
  of experiment: E, record path: String?, _ simulation: SimulationOptions, _ output: OutputOptions, isCSV: Bool,
  page: (_ results: ExperimentResults, _ seed: UInt64, _ isComplete: Bool) throws -> String
) async throws {
  let seed = simulation.seed.choose()
  var record: RunRecord?
  if let path {
    do { record = try RunRecord(path: path, experiment: experiment, seed: seed) } catch {
      throw UserError(file: path, error)
    }
    if record?.droppedLine == true, !output.quiet {
      StandardError.write("\(path): the last line was incomplete and is dropped; its trial is run again\n")
    }
  }
  let runner = ExperimentRunner(experiment, record: record)
  let run = runner.begin()
  try await RunSession.with(output, unit: "trials") { session in
    let results = try await session.showing(run) {
      try await runner.results(run, threads: simulation.threads.chosen, seed: seed)
    }
    try StandardOutput.write(page(results, seed, !run.wasStopped))
    if output.json || isCSV { simulation.seed.note(seed, output) }
    if run.wasStopped { throw ExitCode.interrupted }
  }
}

/// What `body` makes of data; a file that is missing or bad is an error that says where data come from.
func readingData<Value>(advice: String, _ options: ExperimentOptions, _ body: () throws -> Value) throws -> Value {
  do { return try options.expansion.reading(body) } catch let error as DataFileError where error.reason == nil {
    throw UserError("\(error); \(advice)")
  } catch let error as UserError { throw error } catch { throw UserError("\(error)") }
}
