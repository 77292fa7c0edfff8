// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import VerdictCommands
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
  /// The counterexamples as certificates, one of each orbit of the claim's symmetries, smallest first.
  private(set) var counterexamples: [JSONValue] = []
  /// 1 where the command would end with it.
  let status: Int32
  /// What a verification of too few cases asks for.
  private(set) var wish: String?

  init(missing: [Int], text: String, json: JSONValue, isFalse: Bool = false) {
    (self.missing, self.text, self.json, status) = (missing, text, json, isFalse ? 1 : 0)
  }

  init(_ folder: CampaignFolder, job number: Int) throws {
    switch try CampaignTarget(folder.manifest.jobs[number].command) {
    case .hunt(let job):
      let (total, missing) = try folder.merged(job, number: number)
      let finding = HuntFinding(
        hunt: job.hunt, result: job.hunt.result(of: total.whole), elapsed: .zero, wasInterrupted: false)
      self.init(missing: missing, text: finding.text(savedTo: []), json: finding.json, isFalse: !total.finds.isEmpty)
      counterexamples = job.hunt.distinct(total.finds.map(\.instance)).map(\.document)
    case .classHunt(let job):
      let (total, missing) = try folder.merged(job, number: number)
      let finding = ClassHuntFinding(job.hunt, job.hunt.result(of: total.whole), elapsed: .zero, wasInterrupted: false)
      self.init(missing: missing, text: finding.text, json: finding.json, isFalse: !total.finds.isEmpty)
      counterexamples = job.hunt.distinct(total.finds.map(\.model))
    case .exhaustive(let job):
      let (total, missing) = try folder.merged(job, number: number)
      let finding = HuntFinding(job.search, total, below: job.search.space.height + 1, elapsed: .zero)
      self.init(missing: missing, text: finding.text(savedTo: []), json: finding.json, isFalse: total.height != nil)
      counterexamples = finding.certificate.map { [$0.document] } ?? []
    case .verify(let job):
      let (tallies, missing) = try folder.merged(job, number: number)
      let verification = job.verification
      if verification.listed.contains(where: { $0.certificatePath != nil }) { try Fixtures.requireFolder() }
      let reviews = verification.certificateReviews { try readFile(try Fixtures.path($0)) }
      let report = verification.report(of: tallies, certificates: reviews)
      let page = VerifyPage(report: report, elapsed: .zero)
      self.init(missing: missing, text: page.text, json: page.json, isFalse: report.verdict == .somethingFalse)
      wish = report.verdict == .tooFewCases ? page.wish ?? "too few cases" : nil
    case .experiment(let experiment, let seed):
      self = try experiment.result(folder, job: number, seed: seed)
    case .comparison(let job):
      let (answers, missing) = try folder.merged(job, number: number)
      let page = ComparisonPage(job.comparison)
      self.init(missing: missing, text: page.text(answers), json: page.json(answers))
    case .validation(let job, let page):
      let (part, missing) = try folder.merged(job, number: number)
      let answers = job.validation.answers(of: part.table, else: "its shard is missing")
      let report = job.validation.report(answers, conduct: part.conduct)
      self.init(
        missing: missing, text: page.text(report), json: page.json(report), isFalse: missing.isEmpty && !report.passes)
    case .study(let study):
      self = try study.result(folder, job: number)
    }
  }
}
