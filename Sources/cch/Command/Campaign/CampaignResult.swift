// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Campaigns
import Claims
import Distillation
import ExactJSON

/// What the shards of one command found, as the command itself would print it.
struct CampaignResult {
  let missing: [Int]
  let text: String
  let json: JSONValue
  /// The counterexamples, one of each orbit of the claim's symmetries, smallest first.
  let counterexamples: [Certificate]
  /// 1 where the command would end with it.
  let status: Int32
  /// What a verification of too few cases asks for.
  private(set) var wish: String?

  init(_ folder: CampaignFolder, job number: Int) throws {
    switch try CampaignTarget(folder.manifest.jobs[number].command) {
    case .hunt(let job):
      let (total, missing) = try folder.merged(job, number: number)
      let finding = HuntFinding(
        hunt: job.hunt, result: job.hunt.result(of: total.whole), elapsed: .zero, wasInterrupted: false)
      self.missing = missing
      (text, json) = (finding.text(savedTo: []), finding.json)
      counterexamples = job.hunt.distinct(total.finds.map(\.instance))
      status = total.finds.isEmpty ? 0 : 1
    case .exhaustive(let job):
      let (total, missing) = try folder.merged(job, number: number)
      let finding = HuntFinding(job.search, total, below: job.search.space.height + 1, elapsed: .zero)
      self.missing = missing
      (text, json) = (finding.text(savedTo: []), finding.json)
      counterexamples = finding.certificate.map { [$0] } ?? []
      status = total.height == nil ? 0 : 1
    case .verify(let job):
      let (tallies, missing) = try folder.merged(job, number: number)
      let verification = job.verification
      if verification.listed.contains(where: { $0.certificatePath != nil }) { try Fixtures.requireFolder() }
      let reviews = verification.certificateReviews { try readFile(try Fixtures.path($0)) }
      let report = verification.report(of: tallies, certificates: reviews)
      let page = VerifyPage(report: report, elapsed: .zero)
      self.missing = missing
      (text, json, counterexamples) = (page.text, page.json, [])
      status = report.verdict == .somethingFalse ? 1 : 0
      wish = report.verdict == .tooFewCases ? page.wish ?? "too few cases" : nil
    }
  }
}
