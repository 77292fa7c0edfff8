// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
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

  /// How trials are carried out.
  var ofTrials: TrialOptions {
    TrialOptions(record: record, isCSV: csv, simulation: simulation, pageOption: pageOption, output: output)
  }

  func validate() throws {
    if let repeats, repeats < 2 {
      throw ValidationError("--repeats \(repeats): at least 2 seeds are needed for an interval")
    }
  }
}

/// What `body` makes of data; a file that is missing or bad is an error that says where data come from.
func readingData<Value>(advice: String, _ options: ExperimentOptions, _ body: () throws -> Value) throws -> Value {
  do { return try options.expansion.reading(body) } catch let error as DataFileError where error.reason == nil {
    throw UserError("\(error); \(advice)")
  } catch let error as UserError { throw error } catch { throw UserError("\(error)") }
}
