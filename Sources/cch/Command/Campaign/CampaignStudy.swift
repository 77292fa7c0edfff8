// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Campaigns
import ExactJSON
import Students

/// Studies of students as a job that machines share.
protocol CampaignStudy {
  /// The samples as a job.
  var job: any CampaignJob { get }
  /// What the shards that are done say.
  func result(_ folder: CampaignFolder, job number: Int) throws -> CampaignResult
}

/// A study, and what is printed of its report.
struct PreparedStudy<Study: SharedStudy>: CampaignStudy {
  let study: Study
  let page: (Study.Report) -> (text: String, json: JSONValue, isOK: Bool)

  var job: any CampaignJob { StudyJob(study) }

  func result(_ folder: CampaignFolder, job number: Int) throws -> CampaignResult {
    let (blocks, missing) = try folder.merged(StudyJob(study), number: number)
    let report: Study.Report
    do { report = try study.report(of: blocks, isComplete: missing.isEmpty) } catch { throw UserError(study: error) }
    let page = page(report)
    return CampaignResult(
      missing: missing, text: page.text, json: page.json, isFalse: missing.isEmpty && !page.isOK)
  }
}

extension StudentCommand {
  /// Trained students beside the closed forms.
  ///
  /// - Throws: ``UserError`` for an instance that cannot be studied.
  func riskSweep(_ problems: [StudyProblem]) throws -> RiskSweep {
    let settings = try settings()
    do { return try RiskSweep(problems, settings, addsOwnWeights: lambdas == nil) } catch {
      throw UserError(study: error)
    }
  }

  /// Students with closed forms of their own, and the number of samples.
  ///
  /// - Throws: ``UserError`` for an instance that cannot be studied.
  func baselineSweep(_ kind: BaselineKind, _ problems: [StudyProblem]) throws -> (BaselineSweep, samples: Int) {
    let settings = try baseline.settings(kind, sampling: sampling, falseAlarm: falseAlarm)
    do {
      let chosen = try problems.map {
        StudyProblem(
          try baseline.instance($0.instance, kind, teacherRows: teacherRows, isDrawn: file == nil, rows: rows),
          source: $0.source)
      }
      let sweep = try BaselineSweep(chosen, rows: kind == .minimumNorm ? rows : nil, settings)
      return (sweep, repeats ?? settings.standardReplicates)
    } catch let error as UserError { throw error } catch { throw UserError(study: error) }
  }

  /// Decisions, the numbers of rows, and the number of samples of each.
  ///
  /// - Throws: ``UserError`` for an instance that cannot be studied.
  func decisionSweep(_ problems: [StudyProblem]) throws -> (DecisionSweep, rows: [Int]?, samples: Int) {
    let rows = try ns.map { try parseWholeList($0, option: "--ns", what: "a number of rows") }
    let distances = try distances.map { try parseList($0, option: "--distances") }
    do { return (try DecisionSweep(problems, distances: distances), rows, repeats ?? 100_000) } catch {
      throw UserError(study: error)
    }
  }

  /// The studies of the line as a job.
  ///
  /// - Throws: ``UserError`` for an instance that cannot be studied.
  func campaignStudy(seed: UInt64) throws -> any CampaignStudy {
    let problems = try problems(seed: seed)
    if let kind = baseline.kind(training.student) {
      let (sweep, samples) = try baselineSweep(kind, problems)
      return PreparedStudy(study: SharedBaselineSweep(sweep, replicates: samples, seed: seed)) { report in
        let page = BaselinePage(report: report, seed: seed)
        return (page.text, page.json, report.isOK)
      }
    }
    if decision {
      let (sweep, rows, samples) = try decisionSweep(problems)
      let study = SharedDecisionSweep(sweep, rows: rows, samples: samples, level: falseAlarm, seed: seed)
      return PreparedStudy(study: study) { report in
        let page = DecisionPage(report: report, seed: seed, samples: samples)
        return (page.text, page.json, report.isOK)
      }
    }
    let study = SharedRiskSweep(try riskSweep(problems), replicates: repeats, seed: seed)
    return PreparedStudy(study: study) { report in
      let page = StudentPage(report: report, seed: seed, threads: 1)
      return (page.text, page.json, report.isOK)
    }
  }
}
