// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Datasets
import Experiments

/// Options of the experiments that forecast the gains of softmax students.
struct ForecastOptions: ParsableArguments {
  @Flag(help: "Leave out the informations of the CCH, which take most of the time on small machines.")
  var withoutInformations = false

  @Flag(help: "Take every log-loss at the temperature of the judged rows that makes it least.")
  var calibrated = false

  @Option(
    parsing: .unconditional,
    help: "The weight decay of softmax teachers and students (by default chosen by cross-validation without a teacher)."
  )
  var weightDecay: Double?

  func validate() throws {
    if let weightDecay, !(weightDecay > 0 && weightDecay.isFinite) {
      throw ValidationError("--weight-decay \(weightDecay): must be a positive number")
    }
  }

  /// Refuses these options where forecasts, which they are about, are not asked for.
  func requireForecasts(_ areAsked: Bool) throws {
    if !areAsked, weightDecay != nil || withoutInformations || calibrated {
      throw ValidationError(
        "--weight-decay, --calibrated and --without-informations are about --forecasts, which is missing")
    }
  }

  /// An experiment as these options and `options` say.
  func prepared(_ experiment: ForecastExperiment, _ options: ExperimentOptions) -> any RunnableExperiment {
    var experiment = experiment
    if let repeats = options.repeats { experiment.seedCount = repeats }
    if let weightDecay { experiment.weightDecay = weightDecay }
    (experiment.hasInformations, experiment.isCalibrated) = (!withoutInformations, calibrated)
    return PreparedExperiment(experiment)
  }
}

/// `cch experiment spoken`.
struct SpokenCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "spoken",
    abstract: "Spectra and prosody of the same spoken digits, judged on speakers that nobody heard.",
    discussion: """
      Softmax students, each view the teacher of the other, 200 rows or 1,000 for the teacher, of four speakers; informations and test are \
      of two others. Beside the CCH every rule that forecasts gains by cross-validation over the four.
      """)

  @Option(
    help: ArgumentHelp("The folder of logmel.csv.gz, prosody.csv.gz and labels.csv.gz.", valueName: "folder"))
  var data: String?

  @OptionGroup var forecasts: ForecastOptions
  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try data ?? Fixtures.path("data/fsdd", or: "name the folder with --data")
    let experiment = try readingData(advice: "name the folder with --data", options) {
      let (recordings, speakers) = try Dataset.spokenDigits(folder: folder)
      return try ForecastExperiment(spoken: recordings, speakers: speakers, isQuick: options.quick)
    }
    return forecasts.prepared(experiment, options)
  }
}

/// `cch experiment av-digits`.
struct AVDigitsCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "av-digits",
    abstract: "Images of digits and spoken ones, paired by their label alone: views independent given the class.",
    discussion: """
      As the well-known AV-MNIST is made. Predicted: I(H1;H2|Y) = 0, and no gain beyond soft labels shuffled within class, whatever ΔI says. Beside it \
      the same samples coupled within each digit, easy with easy (+) and easy with hard (−). Images: 'make data', or --images.
      """)

  @Option(
    help: ArgumentHelp(
      "The folder of mnist-images-idx3-ubyte.gz and mnist-labels-idx1-ubyte.gz.", valueName: "folder"))
  var images: String?

  @Option(
    help: ArgumentHelp(
      "The folder of the recordings: logmel.csv.gz, prosody.csv.gz and labels.csv.gz.", valueName: "folder"))
  var data: String?

  @OptionGroup var forecasts: ForecastOptions
  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try images ?? Fixtures.path("data/fetched", or: "run 'make data', or name the folder with --images")
    let recordings = try data ?? Fixtures.path("data/fsdd", or: "name the folder with --data")
    let experiment = try readingData(advice: "run 'make data', or name the folders with --images and --data", options) {
      let (view, labels) = try Dataset.greyDigits(folder: folder)
      return try ForecastExperiment(
        images: view, of: labels, recordings: Dataset.spokenDigits(folder: recordings).recordings,
        isQuick: options.quick)
    }
    return forecasts.prepared(experiment, options)
  }
}

/// `cch experiment halves`.
struct HalvesCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "halves", abstract: "The halves of images of digits, each the teacher of its other half.",
    discussion: """
      Left and right, upper and lower half of 5,000 digits; softmax students of 200 rows, teachers of the same or 1,000. Images: \
      'make data', or --images.
      """)

  @Option(
    help: ArgumentHelp(
      "The folder of mnist-images-idx3-ubyte.gz and mnist-labels-idx1-ubyte.gz.", valueName: "folder"))
  var images: String?

  @OptionGroup var forecasts: ForecastOptions
  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try images ?? Fixtures.path("data/fetched", or: "run 'make data', or name the folder with --images")
    let experiment = try readingData(advice: "run 'make data', or name the folder with --images", options) {
      let (view, labels) = try Dataset.greyDigits(folder: folder)
      return try ForecastExperiment(halvesOf: view, of: labels, isQuick: options.quick)
    }
    return forecasts.prepared(experiment, options)
  }
}
