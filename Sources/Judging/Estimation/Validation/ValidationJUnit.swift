// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

extension ValidationReport {
  /// The report as JUnit XML, as CI systems read it: a case a task and a check, and one for what else fails.
  ///
  /// - Parameter subject: the estimator, as the user named it.
  public func junit(_ subject: String) -> String {
    let tasks = scores.map { score -> (name: String, outcome: JUnit.Outcome) in
      let outcome: JUnit.Outcome =
        if !score.isJudged { .skipped("reported, not judged") } else if let failure = score.failure {
          .failed(failure)
        } else if score.unasked > 0 { .errored("not asked") } else { .passed }
      return (score.task.id, outcome)
    }
    let relations = checks.map { check -> (name: String, outcome: JUnit.Outcome) in
      let outcome: JUnit.Outcome =
        switch check.verdict {
        case .passed: .passed
        case .declined(let reason), .notJudged(let reason): .skipped(reason)
        case .failed(let reason): .failed(reason, details: check.meaning)
        }
      return (check.name, outcome)
    }
    // What fails as a whole: a wrong formula that was recognised, a protocol that was not kept, questions never asked.
    let named = Set(tasks.map(\.name) + relations.map(\.name))
    var rest = failures.filter { failure in !named.contains { failure.hasPrefix("\($0): ") } }
    if let unasked { rest.append("\(unasked.count) of \(unasked.total) samples were not asked: \(unasked.reason)") }
    let whole = JUnit.Suite("whole", rest.enumerated().map { (name: "whole-\($0 + 1)", outcome: .failed($1)) })
    return JUnit(subject, [JUnit.Suite("tasks", tasks), JUnit.Suite("checks", relations), whole]).text
  }
}
