// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Datasets
import Experiments

/// `cch experiment own`.
struct OwnCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "own", abstract: "All ordered pairs of views from your own files: does one help the other?",
    discussion: """
      cch experiment own --view img=img.csv --view txt=feats.npz:text --labels labels.csv

      A view is a table with a header line (as in cch advise), .npy or .npz (FILE:ARRAY), also .gz; one row a sample. Labels are one column (FILE:COLUMN \
      of several) of texts or whole numbers. A tenth of the rows trains students, teachers see the same rows or four tenths more; a \
      quarter each is for informations and for test. 20 rows a class are needed.
      """)

  @Option(
    help: ArgumentHelp("A view of the samples, twice at least: its name and its file.", valueName: "name=file"))
  var view: [String] = []

  @Option(help: ArgumentHelp("The file of the classes.", valueName: "file"))
  var labels: String

  @Option(help: "The column by which the rows of tables are joined; without it row i of every file is one sample.")
  var key: String?

  @Option(parsing: .unconditional, help: "Take only so many rows, at random with the classes in proportion.")
  var rows: Int?

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    var names: [String] = []
    for text in view {
      guard let (name, file) = OwnCommand.parts(text), !name.isEmpty, !file.isEmpty else {
        throw ValidationError("--view \(text): a name and a file are needed, as --view img=img.csv")
      }
      if names.contains(name) { throw ValidationError("--view \(name): two views have this name") }
      names.append(name)
    }
    if names.count < 2 {
      throw ValidationError("--view: a teacher and a student need two views, as --view img=img.csv --view txt=txt.csv")
    }
    if let rows, rows < 2 { throw ValidationError("--rows \(rows): at least 2 rows are needed") }
  }

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let views = view.compactMap(OwnCommand.parts).map { (name: $0, source: DataSource($1)) }
    var experiment = try readingData(advice: "check the names behind --view and --labels", options) {
      let own = try OwnData(views: views, labels: DataSource(labels), key: key)
      let data = try rows.map { try own.dataset.stratifiedSample(rows: $0) } ?? own.dataset
      var experiment = try ViewsExperiment(data, name: "own", isQuick: options.quick)
      experiment.notes = own.notes + experiment.notes
      return experiment
    }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    // Tables and JSON documents have them.
    return PreparedExperiment(experiment, notes: options.csv ? experiment.notes : [])
  }

  private static func parts(_ text: String) -> (name: String, file: String)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
