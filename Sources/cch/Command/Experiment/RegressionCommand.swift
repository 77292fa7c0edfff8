// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ArgumentParser
import Experiments
import DataTables

/// `cch experiment regression`.
struct RegressionCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "regression",
    abstract: "Auto MPG and diabetes: exact verdicts against least-squares students trained on few rows.",
    discussion: """
      Each view of a data set is the teacher of each other one. The verdicts are exact for the covariance of all rows; students \
      are trained on p2 + 6 to p2 + 48 rows, and errors measured on rows that neither they nor the teacher saw.
      """)

  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    var settings = Advisor.Settings()
    settings.replicates = options.quick ? 200 : 1_000
    settings.seed = options.simulation.seed.seed ?? settings.seed
    func tasks(_ name: String, _ make: (DataTable, Advisor.Settings) throws -> [RegressionTask]) throws
      -> [RegressionTask]
    {
      let path = try Fixtures.path("data/\(name).csv")
      let table = try readTable(path)
      do { return try make(table, settings) } catch { throw UserError(file: path, error) }
    }
    let all =
      try tasks("autompg") { try RegressionTask.autoMPG($0, settings: $1) }
      + tasks("diabetes") { try RegressionTask.diabetes($0, settings: $1) }
    var experiment: RegressionExperiment
    do { experiment = try RegressionExperiment(all, isQuick: options.quick) } catch { throw UserError("\(error)") }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    return PreparedExperiment(experiment)
  }
}
