// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import Claims
import ExactJSON
import FileWriting
import Foundation
import PlainText

/// `cch campaign merge`: what one run of the whole would print, and all counterexamples.
struct CampaignMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Print what one run of the whole would print, and all counterexamples, smallest first.",
    discussion: """
      Where all shards are done it also writes DIR/merged: 0.json, 1.json, …, the documents of the commands as they print \
      them with --json, with 0 seconds, and the counterexamples as certificates. Exit status 1 where one was found or a \
      verification fails, else 2 where shards are missing.
      """)

  @OptionGroup var campaign: CampaignFolderArgument
  @OptionGroup var output: OutputOptions

  func run() throws {
    let folder = try campaign.open()
    do {
      let results = try folder.manifest.jobs.indices.map { try CampaignResult(folder, job: $0) }
      let missing = results.flatMap(\.missing)
      let finds = results.flatMap(\.counterexamples)
      if missing.isEmpty { try Interruption.saving { try save(results, finds, folder) } }
      let document: JSONValue = [
        "schema": "cch.campaign.merge/1", "complete": .bool(missing.isEmpty),
        "missing": .array(missing.map { JSONValue($0) }), "results": .array(results.map(\.json)),
        "counterexamples": .array(finds),
      ]
      let lacks =
        missing.isEmpty
        ? "" : "\(missing.count) of \(folder.manifest.shards) shards are missing: \(listedRuns(missing))"
      if output.json {
        try StandardOutput.write(output.text(document))
      } else {
        var text = zip(folder.manifest.jobs, results).map { job, result in
          (results.count > 1 ? "\(job.command.joined(separator: " "))\n" : "") + result.text
        }.joined(separator: "\n")
        if finds.count > 1 {
          text += "\(grouped(finds.count)) counterexamples that differ by more than coordinates"
          text += missing.isEmpty ? ", in \(folder.path)/merged\n" : "\n"
        }
        if !lacks.isEmpty { text += "INCOMPLETE: \(lacks)\n" }
        try StandardOutput.write(text)
      }
      if results.contains(where: { $0.status == 1 }) { throw ExitCode.falseFound }
      if !lacks.isEmpty {
        throw UserError("\(folder.path): \(lacks); 'cch campaign resume \(folder.path)' runs them here")
      }
      if let wish = results.compactMap(\.wish).first { throw UserError(wish) }
    } catch let error as CampaignError { throw UserError("\(error)") } catch let error as OutputFileError {
      throw UserError("\(error)")
    }
  }

  private func save(_ results: [CampaignResult], _ finds: [JSONValue], _ folder: CampaignFolder) throws {
    let path = folder.path + "/merged"
    guard (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil else {
      throw CampaignError(path, "cannot be made: \(String(cString: strerror(errno)))")
    }
    for (number, result) in results.enumerated() {
      try OutputFile("\(path)/\(number).json").write(result.json.pretty + "\n")
    }
    for (number, find) in finds.enumerated() {
      try OutputFile("\(path)/counterexample-\(number).json").write(find.pretty + "\n")
    }
  }
}
