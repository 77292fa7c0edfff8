// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import ExactAlgebra
import Experiments
import Students

/// `cch experiment NAME`: the paper's experiments.
struct ExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment", abstract: "Run one of the paper's experiments against what is exactly true.",
    subcommands: [
      OwnCommand.self, SyntheticCommand.self, ImagesCommand.self, ViewsCommand.self, OmicsCommand.self,
      RegressionCommand.self, AblationsCommand.self, SpokenCommand.self, AVDigitsCommand.self, HalvesCommand.self,
    ])
}

/// `cch experiment synthetic`.
struct SyntheticCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic",
    abstract: "The synthetic Gaussian regression: teachers from useless to strong, noisy, and loud.",
    discussion: """
      n = 10,000 rows, p = 100 inputs; least-squares students and students trained by Adam; the change of the mean squared \
      error against no distillation, beside the exact one and the prediction of the CCH. --csv prints the data of the figure, \
      the exact curve included. Exit status 1 where the closed forms are out of tolerance.
      """)

  @Flag(help: "A small version: n = 1,000, p = 25, fewer samples.")
  var quick = false

  @Option(name: .customLong("n"), parsing: .unconditional, help: "The number of training rows.")
  var rows: Int?

  @Option(parsing: .unconditional, help: "The number of inputs p, a square.")
  var inputs: Int?

  @Option(parsing: .unconditional, help: "The distillation weights, as 0.2,1/2.")
  var lambdas: String?

  @Option(parsing: .unconditional, help: "The number of samples that least squares is fitted on, at every point.")
  var repeats: Int?

  @Option(parsing: .unconditional, help: "The number of samples that students are trained on by steps, at every point.")
  var trainedRepeats: Int?

  @Option(
    help: ArgumentHelp(
      "Keep every point in this file (JSON Lines) and resume from it: points that are there are not simulated again.",
      valueName: "file"))
  var record: String?

  @Flag(help: "Print the data of the figure as CSV.")
  var csv = false

  @OptionGroup var training: TrainingOptions
  @OptionGroup var simulation: SimulationOptions
  @OptionGroup var pageOption: PageOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
  }

  var trialOptions: TrialOptions {
    TrialOptions(record: record, isCSV: csv, simulation: simulation, pageOption: pageOption, output: output)
  }

  func prepared() throws -> any RunnableExperiment {
    let experiment = try experiment()
    return PreparedExperiment(experiment: experiment) { results, seed, _ in
      let findings: SyntheticFindings
      do { findings = try SyntheticFindings(experiment, results) } catch { throw UserError(study: error) }
      return try ExperimentOutput(SyntheticPage(findings: findings, seed: seed))
    }
  }

  private func experiment() throws -> SyntheticExperiment {
    var options = training
    if options.student == "least-squares" { options.student = "adam" }
    // With many inputs and rows a smaller rate than usual comes close enough to the minimiser.
    if options.student == "adam", options.learningRate == nil { options.learningRate = 0.003 }
    guard case .trained(let training) = try options.kind() else {
      throw UserError(
        "--student-kind \(options.student): here it is how students are trained: adam, sgd or gradient-descent")
    }
    do {
      return try SyntheticExperiment(
        rows: rows ?? (quick ? 1_000 : 10_000), inputs: inputs ?? (quick ? 25 : 100),
        lambdas: lambdas.map { try parseList($0, option: "--lambdas") } ?? SyntheticExperiment.standardLambdas,
        replicates: repeats ?? (quick ? 400 : 2_000), trainedReplicates: trainedRepeats ?? (quick ? 2 : 3),
        training: training)
    } catch let error as UserError { throw error } catch { throw UserError(study: error) }
  }
}
