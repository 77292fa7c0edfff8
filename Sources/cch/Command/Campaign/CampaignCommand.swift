// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns

/// `cch campaign`: commands of hours, on many machines.
struct CampaignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract:
      "Cut a long hunt, verification, experiment, study or judgement into shards, run them anywhere, merge the results.",
    discussion: """
      'plan' makes a folder; 'run' carries one shard out, on any machine that has the folder; 'submit' has Slurm, Ray, \
      Kubernetes, GNU parallel or this machine run what is missing; 'merge' prints what one run of the whole would print.
      """,
    subcommands: [
      CampaignPlanCommand.self, CampaignRunCommand.self, CampaignResumeCommand.self, CampaignStatusCommand.self,
      CampaignMergeCommand.self, CampaignSubmitCommand.self,
    ])
}

/// The folder of a campaign, as commands name it.
struct CampaignFolderArgument: ParsableArguments {
  @Argument(help: "The folder of the campaign.", completion: .directory)
  var folder: String

  /// The campaign.
  ///
  /// - Throws: ``UserError`` where it is none.
  func open() throws -> CampaignFolder {
    do { return try CampaignFolder(opening: folder) } catch { throw UserError("\(error)") }
  }

  /// The same, checked that this is the program that planned it.
  ///
  /// - Throws: ``UserError`` that names what is another.
  func openToRun() throws -> CampaignFolder {
    let folder = try open()
    do {
      let program = FileDigest.ownProgram
      try folder.requireSame(program: try FileDigest(ofFile: program), programPath: program)
    } catch { throw UserError("\(error)") }
    return folder
  }
}
