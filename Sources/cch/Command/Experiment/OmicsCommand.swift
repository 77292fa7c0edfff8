// SPDX-License-Identifier: GPL-3.0-or-later
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
      power it would be. --data names a folder with tables of barcodes, mrna, cnv and rppa (.csv or .tsv, also .gz), and labels.csv \
      with a column 'patient'.
      """)

  @Option(help: ArgumentHelp("The folder of the tables.", valueName: "folder"))
  var data: String?

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
    for name in logarithms where !["mrna", "cnv", "rppa"].contains(name) {
      throw ValidationError("--counts \(name): the tables are mrna, cnv and rppa; write none for no counts")
    }
  }

  private var logarithms: [String] {
    counts == "none" ? [] : counts.split(separator: ",").map { String($0.filter { $0 != " " }) }
  }

  @OptionGroup var options: ExperimentOptions

  var trialOptions: TrialOptions { options.ofTrials }

  func prepared() throws -> any RunnableExperiment {
    let folder = try data ?? Fixtures.path("data/acc", or: "name the folder with --data")
    var experiment = try readingData(advice: "name the folder with --data", options) {
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
