// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import CommandSupport
import VerdictCommands

/// The command-line tool: it parses, calls the libraries and prints.
@main
struct CCH: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cch",
    abstract: "Decides, exactly, whether distilling from a teacher modality helps a student.",
    discussion: """
      In a joint Gaussian model every quantity of the Cross-modal Complementarity Hypothesis (arXiv 2510.13182) is a \
      rational number or half the logarithm of one. Exit status: 0 as expected, 1 something false was found, 2 bad \
      usage or input, 130 interrupted.
      """,
    version: "cch \(release)",
    subcommands: [
      ClaimsCommand.self, VerifyCommand.self, HuntCommand.self, ReplayCommand.self, ExplainCommand.self,
      CheckCommand.self, ExportCommand.self, TasksCommand.self, ValidateCommand.self, ConformCommand.self,
      OracleCommand.self,
      VectorsCommand.self, StudentCommand.self, AdviseCommand.self, EstimateCommand.self, ExperimentCommand.self,
      CampaignCommand.self, ReportCommand.self,
    ])

  static func main() async {
    await ClaimTexts.$reader.withValue(StatementReader()) { await runProcess() }
  }
}
