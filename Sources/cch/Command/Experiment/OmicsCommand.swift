// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import DataTables
import Datasets
import Experiments

/// `cch experiment omics`.
struct OmicsCommand: ExperimentSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "omics",
    abstract: "TCGA: mRNA, CNV and RPPA of the same patients; direct fusion against fusion and distillation.",
    discussion: """
      By default 45 patients with adrenocortical carcinoma, too few for any effect to be found, and the report says with which \
      power it would be. --cohort brca: mRNA, miRNA and proteins of 150 patients with breast cancer, who are told apart by subtype. --forecasts: softmax \
      students and what tells their gains beforehand; of brca also 70 further patients without proteins, whom a teacher labels. --data names a folder with tables of barcodes, mrna, cnv and rppa (.csv or .tsv, also .gz), and labels.csv \
      with a column 'patient'.
      """)

  @Option(help: ArgumentHelp("The folder of the tables.", valueName: "folder"))
  var data: String?

  /// Patients that come with the project, and how their tables are laid out.
  enum Cohort: String, ExpressibleByArgument, CaseIterable { case acc, brca }

  @Option(help: "The patients: acc, or brca, whose tables are laid out otherwise.")
  var cohort = Cohort.acc

  @Flag(help: "Softmax students, and every rule that forecasts their gains.")
  var forecasts = false

  @Option(help: "The columns of labels.csv to predict, separated by commas.")
  var labels = "advanced_stage,vital_status"

  @Option(
    help: ArgumentHelp(
      "The tables of counts, of which log2(1 + count) is taken: mrna, cnv, rppa, separated by commas, or none.",
      valueName: "tables"))
  var counts = "mrna"

  @Option(help: "What to do where a number is missing: refuse, drop-features or drop-patients.")
  var missing = TCGATable.Missing.refuse

  @Option(help: "What to take of several samples of a patient's tumour: refuse, first or mean.")
  var repeated = TCGATable.Duplicates.refuse

  func validate() throws {
    try forecastOptions.requireForecasts(forecasts)
    for name in logarithms where !["mrna", "cnv", "rppa"].contains(name) {
      throw ValidationError("--counts \(name): the tables are mrna, cnv and rppa; write none for no counts")
    }
  }

  private var logarithms: [String] {
    counts == "none" ? [] : counts.split(separator: ",").map { String($0.filter { $0 != " " }) }
  }

  @OptionGroup var options: ExperimentOptions

  @OptionGroup var forecastOptions: ForecastOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try data ?? Fixtures.path("data/\(cohort)", or: "name the folder with --data")
    if forecasts {
      return forecastOptions.prepared(
        try readingData(advice: "name the folder with --data", options) {
          switch cohort {
          case .brca:
            return try ForecastExperiment(
              patients: Dataset.breastCancer(folder: folder),
              further: Dataset.breastCancerWithoutProtein(folder: folder), isQuick: options.quick)
          case .acc:
            let label = labels.split(separator: ",").first.map(String.init) ?? labels
            return try ForecastExperiment(
              patients: Dataset.tcga(
                folder: folder, label: label, logarithms: logarithms, duplicates: repeated, missing: missing),
              further: nil, isQuick: options.quick)
          }
        }, options)
    }
    var experiment = try readingData(advice: "name the folder with --data", options) {
      if cohort == .brca {
        var experiment = try OmicsExperiment([Dataset.breastCancer(folder: folder)], isQuick: options.quick)
        experiment.notesOnChoices = [
          "Subtypes are defined by mRNA, whose columns were chosen by them: mRNA is the natural teacher, and no teacher of it has news of its own label."
        ]
        return experiment
      }
      let file = DataFile(table: "labels", in: folder)
      let table = try file.table()
      let names = try file.reading { try table.columns(of: ColumnList(labels)) }
      return try OmicsExperiment(
        names.map {
          try Dataset.tcga(folder: folder, label: $0, logarithms: logarithms, duplicates: repeated, missing: missing)
        }, isQuick: options.quick)
    }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    return PreparedExperiment(experiment)
  }
}

extension TCGATable.Missing: ExpressibleByArgument {}
extension TCGATable.Duplicates: ExpressibleByArgument {}
