// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Datasets
import Experiments

/// `cch experiment views`.
struct ViewsCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "views", abstract: "All ordered pairs of the views of a data set: mfeat's six, or CMU-MOSEI's three.",
    discussion: """
      A tenth of the rows trains students, teachers see the same rows or four tenths more. CMU-MOSEI: --npz names an archive of \
      aligned features, arrays text, vision and audio (samples × steps × features) and labels; the class is the sign of the sentiment. \
      --forecasts: softmax students, and beside the CCH what cross-validation on the training rows says: the slope at λ → 0, a few Newton steps from \
      one reference student, training every student, and the gain beyond soft labels shuffled within class.
      """)

  @Option(
    help: ArgumentHelp("The folder of mfeat's files, fac.csv.gz to zer.csv.gz and labels.csv.gz.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("An archive of aligned features, in the place of mfeat.", valueName: "file"))
  var npz: String?

  @Option(help: "What stands before the names of the arrays, such as train_.")
  var prefix = ""

  @Flag(help: "Take 0 for numbers of the archive that are not finite, and say how many there are.")
  var zeroNotFinite = false

  @Flag(help: "Softmax students, and every rule that forecasts their gains.")
  var forecasts = false

  @Flag(
    help:
      "With --forecasts: perceptrons, as without, in the place of softmax students; a reference is trained, and each student goes on from it."
  )
  var perceptrons = false

  @Flag(help: "With --forecasts: leave out the informations of the CCH, which take most of the time on small machines.")
  var withoutInformations = false

  @Option(parsing: .unconditional, help: "The weight decay of softmax teachers and students (by default 0.01).")
  var weightDecay: Double?

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    if weightDecay != nil, !forecasts {
      throw ValidationError("--weight-decay is about the softmax students of --forecasts, which is missing")
    }
    if perceptrons, !forecasts {
      throw ValidationError("--perceptrons is about --forecasts, which is missing")
    }
    if perceptrons, weightDecay != nil || withoutInformations {
      throw ValidationError("--weight-decay and --without-informations are about softmax students, not --perceptrons")
    }
    if withoutInformations, !forecasts {
      throw ValidationError("--without-informations is about --forecasts, which is missing")
    }
    if let weightDecay, !(weightDecay > 0 && weightDecay.isFinite) {
      throw ValidationError("--weight-decay \(weightDecay): must be a positive number")
    }
    if data != nil, npz != nil { throw ValidationError("--data and --npz exclude each other") }
    if npz == nil, !prefix.isEmpty || zeroNotFinite {
      throw ValidationError("--prefix and --zero-not-finite are about --npz, which is missing")
    }
  }

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    var notes: [String] = []
    func load<E>(_ make: (Dataset) throws -> E) throws -> E {
      try readingData(advice: "name the data with --data or --npz", options) {
        try make(try npz.map { try aligned($0, &notes) } ?? mfeat())
      }
    }
    if forecasts, !perceptrons {
      var experiment = try load { try ForecastExperiment($0, isQuick: options.quick) }
      if let repeats = options.repeats { experiment.seedCount = repeats }
      if let weightDecay { experiment.weightDecay = weightDecay }
      experiment.hasInformations = !withoutInformations
      return PreparedExperiment(experiment, notes: notes + (options.csv ? experiment.notes : []))
    } else {
      var experiment = try load { try ViewsExperiment($0, isQuick: options.quick) }
      if perceptrons { experiment.forecastFolds = 5 }
      if let repeats = options.repeats { experiment.seedCount = repeats }
      return PreparedExperiment(experiment, notes: notes + (options.csv ? experiment.notes : []))
    }
  }

  private func mfeat() throws -> Dataset {
    try Dataset.mfeat(folder: try data ?? Fixtures.path("data/mfeat", or: "name the data with --data or --npz"))
  }

  /// The data, and notes on what was replaced in them.
  private func aligned(_ path: String, _ notes: inout [String]) throws -> Dataset {
    let file = DataFile(path)
    let bytes = try file.bytes()
    return try file.reading {
      let features = try AlignedFeatures(NPZ(bytes), prefix: prefix, notFinite: zeroNotFinite ? .zero : .refuse)
      notes = zip(features.names, features.replaced).filter { $0.1 > 0 }.map { name, count in
        "\(path): \(count) numbers of \(name) are not finite and count as 0"
      }
      return try features.dataset("aligned features")
    }
  }
}

/// `cch experiment ablations`.
struct AblationsCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "ablations",
    abstract: "Temperature, distillation weight, teacher noise and estimator, on pairs of mfeat's views.",
    discussion: """
      T = 1 to 4, λ = 0.2 to 0.8; noise in the teacher's inputs; KSG, MINE, latent MI and the Gaussian plug-in on the same \
      representations: do their rankings of I(H1;H2) and I(H2;Y) agree? --forecasts: softmax students, and what tells their gains beforehand.
      """)

  @Option(
    help: ArgumentHelp("The folder of mfeat's files, fac.csv.gz to zer.csv.gz and labels.csv.gz.", valueName: "folder"))
  var data: String?

  @Flag(help: "Softmax students at T = 1, 2 and 4, and every rule that forecasts their gains.")
  var forecasts = false

  @OptionGroup var forecastOptions: ForecastOptions
  @OptionGroup var options: ExperimentOptions

  func validate() throws { try forecastOptions.requireForecasts(forecasts) }

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try data ?? Fixtures.path("data/mfeat", or: "name the folder with --data")
    if forecasts {
      let experiment = try readingData(advice: "name the folder with --data", options) {
        try ForecastExperiment(ablationsOf: try Dataset.mfeat(folder: folder), isQuick: options.quick)
      }
      return forecastOptions.prepared(experiment, options)
    }
    var experiment = try readingData(advice: "name the folder with --data", options) {
      try AblationsExperiment(try Dataset.mfeat(folder: folder), isQuick: options.quick)
    }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    return PreparedExperiment(experiment)
  }
}
