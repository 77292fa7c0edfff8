// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Experiments

/// `cch experiment images`.
struct ImagesCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "images",
    abstract: "MNIST → MNIST-M: a teacher of blurred digits, a student of digits on photographs.",
    discussion: """
      Perceptrons of one architecture, 500 rows; blurs of 0, 1, 2, 4 and 8 pixels, several weight decays, teachers trained on \
      the student's rows or on 2,000 more. --forecasts: what tells the gains beforehand, by five folds of the student's rows. \
      Data: 'make data', or --data.
      """)

  @Option(
    help: ArgumentHelp(
      "The folder of mnist-images-idx3-ubyte.gz, mnist-labels-idx1-ubyte.gz and mnistm-images.npy.", valueName: "folder"
    ))
  var data: String?

  @Flag(help: "Also forecasts of every gain: a reference student is trained, and each student goes on from it.")
  var forecasts = false

  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try data ?? Fixtures.path("data/fetched", or: "run 'make data', or name the folder with --data")
    var experiment = try readingData(advice: "run 'make data', or name the folder with --data", options) {
      try ImagesExperiment(folder: folder, isQuick: options.quick)
    }
    if forecasts { experiment.forecastFolds = 5 }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    return PreparedExperiment(experiment)
  }
}
