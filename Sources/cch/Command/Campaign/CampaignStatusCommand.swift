// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Campaigns
import ExactJSON
import Foundation
import PlainText

/// `cch campaign status`: how far a campaign is.
struct CampaignStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how far a campaign is: what is done, runs, was lost or failed; finds so far.",
    discussion: "It reads names and times of files, no records. A shard is lost where its process is gone.")

  @OptionGroup var campaign: CampaignFolderArgument

  @Flag(help: "Say it again every few seconds, until all is done.")
  var watch = false

  @OptionGroup var output: OutputOptions

  mutating func run() async throws {
    let folder = try campaign.open()
    do {
      while true {
        let survey = try CampaignSurvey(folder)
        let page = CampaignStatusPage(folder, survey)
        try output.write(page.json, or: page.text)
        if !watch || survey.missing.isEmpty { return }
        try await Task.sleep(for: .seconds(5))
      }
    } catch let error as CampaignError { throw UserError("\(error)") }
  }
}

/// How far a campaign is, as text and as JSON.
struct CampaignStatusPage {
  let folder: CampaignFolder
  let survey: CampaignSurvey

  init(_ folder: CampaignFolder, _ survey: CampaignSurvey) { (self.folder, self.survey) = (folder, survey) }

  var text: String {
    let share = survey.casesInAll == 0 ? 0 : Double(survey.casesDone) / Double(survey.casesInAll)
    var lines = [
      "\(folder.path): \(grouped(survey.done)) of \(grouped(folder.manifest.shards)) shards done, \(percentText(share, small: 1, large: 1)) % of the cases"
    ]
    func list(_ what: String, _ shards: [Int], _ advice: String = "") {
      if !shards.isEmpty { lines.append("  \(what): \(grouped(shards.count)) (\(listedRuns(shards)))\(advice)") }
    }
    list("with finds", survey.found)
    list("running", survey.running)
    list("waiting for an earlier round", survey.waiting)
    list("lost", survey.lost, "; resume or submit again")
    list("failed", survey.failed.map(\.shard), "; \(survey.failed.first?.reason ?? "")")
    if let left = survey.secondsLeft, left > 0 {
      lines.append("  at the speed of the last hour, \(duration(left)) to go")
    }
    if survey.missing.isEmpty { lines.append("Next: cch campaign merge \(folder.path)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `cch.campaign.status/1`.
  var json: JSONValue {
    func list(_ shards: [Int]) -> JSONValue { .array(shards.map { JSONValue($0) }) }
    return [
      "schema": "cch.campaign.status/1", "shards": JSONValue(folder.manifest.shards), "done": JSONValue(survey.done),
      "missing": JSONValue(survey.missing.count), "found": list(survey.found), "running": list(survey.running),
      "lost": list(survey.lost), "waiting": list(survey.waiting),
      "failed": .array(survey.failed.map { ["shard": JSONValue($0.shard), "reason": .string($0.reason)] }),
      "cases": JSONValue(survey.casesInAll), "cases_done": JSONValue(survey.casesDone),
      "seconds_left": survey.secondsLeft.map { .number(String(format: "%.0f", $0)) } ?? nil,
    ]
  }

  private func duration(_ seconds: Double) -> String {
    seconds < 120
      ? String(format: "%.0f s", seconds)
      : seconds < 7_200 ? String(format: "%.0f min", seconds / 60) : String(format: "%.1f h", seconds / 3_600)
  }
}
