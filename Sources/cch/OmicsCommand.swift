import ArgumentParser
import Datasets
import Experiments

/// `cch experiment omics`.
struct OmicsCommand: AsyncParsableCommand {
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

  @OptionGroup var options: ExperimentOptions

  mutating func run() async throws {
    let folder = try data ?? Fixtures.path("data/acc", or: "name the folder with --data")
    let names = labels.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var experiment = try readingData(advice: "name the folder with --data") {
      try OmicsExperiment(
        names.map { try Dataset.tcga(folder: folder, label: $0, logarithms: ["mrna"]) }, isQuick: options.quick)
    }
    if let repeats = options.repeats { experiment.seedCount = repeats }
    try await runExperiment(experiment, options)
  }
}
