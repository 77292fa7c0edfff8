import ArgumentParser
import Datasets
import Experiments
import Foundation
import PropertyTesting

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
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
    if let repeats, repeats < 2 {
      throw ValidationError("--repeats \(repeats): at least 2 seeds are needed for an interval")
    }
  }
}

/// Carries an experiment out as `options` say and prints what came out: table, JSON document or CSV.
///
/// - Throws: ``UserError`` for bad input, `ExitCode.interrupted` after what was done has been printed.
func runExperiment<E: Experiment>(_ experiment: E, _ options: ExperimentOptions) async throws {
  let seed = options.simulation.seed.choose()
  var record: RunRecord?
  if let path = options.record {
    do { record = try RunRecord(path: path, experiment: experiment, seed: seed) } catch {
      throw UserError(file: path, error)
    }
    if record?.droppedLine == true, !options.output.quiet { noteDroppedLine(path) }
  }
  let runner = ExperimentRunner(experiment, record: record)
  let run = runner.begin()
  let output = options.output
  try await RunSession.with(output, unit: "trials") { session in
    let runs: [Run]
    do {
      runs = try await session.showing(run) {
        try await runner.runs(run, threads: options.simulation.threads.chosen, seed: seed)
      }
    } catch { throw UserError("\(error)") }
    let page = ExperimentPage(
      experiment, runs, report: try experiment.report(runs), seed: seed, isComplete: !run.wasStopped)
    try StandardOutput.write(output.json ? output.text(page.json) : options.csv ? page.csv : page.text)
    if output.json || options.csv { options.simulation.seed.note(seed, output) }
    if run.wasStopped { throw ExitCode.interrupted }
  }
}

/// Says that a record ended within a line.
func noteDroppedLine(_ path: String) {
  StandardError.write("\(path): the last line was incomplete and is dropped; its trial is run again\n")
}

/// What `body` makes of data; a file that is missing or bad is an error that says where data come from.
func readingData<Value>(advice: String, _ options: ExperimentOptions, _ body: () throws -> Value) throws -> Value {
  do { return try options.expansion.reading(body) } catch let error as DataFileError where error.reason == nil {
    throw UserError("\(error); \(advice)")
  } catch let error as UserError { throw error } catch { throw UserError("\(error)") }
}
