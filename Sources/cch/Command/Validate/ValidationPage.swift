// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Estimation
import ExactJSON
import PlainText
import Statistics

/// A validation as people and scripts read it.
struct ValidationPage {
  let subject: String
  let seed: UInt64
  let family: DistributionFamily

  func header(estimates: Int, threads: Int) -> String {
    "\(subject) · family \(family.rawValue) · \(estimates) estimates · seed \(seed) · \(threads) threads\n"
  }

  func text(_ report: ValidationReport) -> String {
    let palette = Palette(isOn: StandardOutput.isColoured)
    var parts: [String] = []
    if !report.scores.isEmpty { parts.append(scores(report.scores, palette)) }
    if !report.checks.isEmpty { parts.append(checks(report.checks, palette)) }
    if !report.decisions.isEmpty { parts.append(decisions(report.decisions)) }
    if let diagnosis = report.diagnosis { parts.append("Formula: \(diagnosis).\n") }
    parts += report.notes.map { "Note: \($0).\n" } + report.warnings.map { "Warning: \($0).\n" }
    parts.append(verdict(report, palette))
    return parts.joined(separator: "\n")
  }

  private func scores(_ scores: [TaskScore], _ palette: Palette) -> String {
    var table = TextTable([
      ("task", .left), ("rows", .right), ("truth", .right), ("mean", .right), ("bias (95 %)", .left), ("sd", .right),
      ("RMSE (95 %)", .left), ("time", .right), ("result", .left),
    ])
    for score in scores {
      let hasEstimates = !score.estimates.isEmpty
      let areAlike = Set(score.rowCounts).count <= 1
      table.append([
        score.task.id, (areAlike ? "" : "≈ ") + grouped(score.rows), number(score.task.nats),
        hasEstimates ? number(score.mean) : "–", interval(score.bias),
        score.standardDeviation.map { number($0.value) } ?? "–", interval(score.rootMeanSquareError),
        hasEstimates ? timeText(score.seconds) : "–", result(score),
      ])
    }
    table.style = { row, column, text in
      let score = scores[row]
      guard column == 8, score.isJudged else { return text }
      if score.failure != nil { return palette.bad(text) }
      return score.unasked > 0 || score.isUndecided ? text : palette.good(text)
    }
    return table.text
  }

  private func result(_ score: TaskScore) -> String {
    if let failure = score.failure { return "fails: \(shortened(failure))" }
    if score.unasked > 0 { return "not judged: \(score.unasked) of \(score.rowCounts.count) not asked" }
    if score.isUndecided { return "undecided" }
    if score.isJudged { return "passes" }
    return score.problems.first.map { "\(score.problems.count) without: \(shortened($0))" } ?? "reported"
  }

  private func checks(_ checks: [CheckResult], _ palette: Palette) -> String {
    var table = TextTable([("check", .left), ("what is done", .left), ("what is seen", .left), ("result", .left)])
    for check in checks { table.append(check.name, check.action, check.finding, result(check)) }
    table.style = { row, column, text in
      guard column == 3 else { return text }
      if case .notJudged = checks[row].verdict { return text }
      return checks[row].isFailure ? palette.bad(text) : palette.good(text)
    }
    return table.text
  }

  private func result(_ check: CheckResult) -> String {
    switch check.verdict {
    case .passed: "passes"
    case .declined: "declined, which is allowed"
    case .failed: "fails"
    case .notJudged: "not judged"
    }
  }

  private func decisions(_ decisions: [DecisionScore]) -> String {
    var table = TextTable([("decision ΔI > 0", .left), ("ΔI", .right), ("rows", .right), ("right (95 %)", .left)])
    for decision in decisions {
      table.append(decision.name, decimal(decision.difference, 3), grouped(decision.rows), rate(decision))
    }
    return table.text
  }

  private func rate(_ decision: DecisionScore) -> String {
    if decision.trials == 0 { return "–" }
    let interval = WilsonInterval(successes: decision.right, trials: decision.trials)
    return
      "\(decision.right) of \(decision.trials) (\(decimal(100 * interval.lower, 0))–\(decimal(100 * interval.upper, 0)) %)"
  }

  private func verdict(_ report: ValidationReport, _ palette: Palette) -> String {
    guard report.isJudged else { return "Nothing was judged: no task of the gate was chosen.\n" }
    let rate =
      "an estimator within all tolerances fails by chance in at most 1 of \(Int(1 / ValidationReport.falseAlarm)) runs"
    if report.passes {
      let undecided = report.scores.count(where: \.isUndecided)
      let more =
        undecided == 0
        ? ""
        : "Undecided on \(undecided == 1 ? "1 task" : "\(undecided) tasks"): the bias may be beyond what is allowed; more --repeats tell.\n"
      return palette.good("Passes") + ": within tolerance everywhere; \(rate).\n" + more
    }
    let unasked = report.unasked.map { "\($0.count) of \($0.total) samples were not asked: \($0.reason).\n" } ?? ""
    if report.failures.isEmpty { return "No verdict: \(unasked)" }
    return palette.bad("Fails")
      + " for \(report.failures.count == 1 ? "1 reason" : "\(report.failures.count) reasons"); \(rate):\n"
      + report.failures.map { "- \($0)\n" }.joined() + (unasked.isEmpty ? "" : "No verdict on the rest: \(unasked)")
  }

  /// Three decimals, or three digits where the number is too large for that to be read.
  private func number(_ value: Double) -> String {
    abs(value) < 1e6 ? decimal(value, 3) : String(format: "%.3g", value)
  }

  private func interval(_ interval: TaskScore.Interval?) -> String {
    guard let interval else { return "–" }
    return "\(number(interval.value)) (\(number(interval.lower)) … \(number(interval.upper)))"
  }

  private func shortened(_ text: String) -> String { text.count > 80 ? text.prefix(79) + "…" : text }
}

extension ValidationPage {
  func json(_ report: ValidationReport) -> JSONValue {
    [
      "schema": "cch.validate/1", "estimator": .string(subject), "family": .string(family.rawValue),
      "seed": .number(String(seed)), "ok": .bool(report.passes), "judged": .bool(report.isJudged),
      "false_alarm": JSONValue(approximate: ValidationReport.falseAlarm),
      "failures": .array(report.failures.map { .string($0) }), "warnings": .array(report.warnings.map { .string($0) }),
      "notes": .array(report.notes.map { .string($0) }),
      "unasked": report.unasked.map {
        ["count": JSONValue($0.count), "total": JSONValue($0.total), "reason": .string($0.reason)]
      } ?? nil,
      "formula": report.diagnosis.map {
        ["text": .string($0.formula), "deviation": JSONValue(approximate: $0.deviation)]
      }
        ?? nil,
      "tasks": .array(report.scores.map(json)), "checks": .array(report.checks.map(json)),
      "decisions": .array(report.decisions.map(json)),
    ]
  }

  private func json(_ score: TaskScore) -> JSONValue {
    [
      "id": .string(score.task.id), "rows": JSONValue(score.rows),
      "row_counts": .array(score.rowCounts.map { JSONValue($0) }), "truth": JSONValue(approximate: score.task.nats),
      "estimates": .array(score.estimates.map(JSONValue.init(approximate:))),
      "mean": JSONValue(approximate: score.mean), "bias": json(score.bias), "sd": json(score.standardDeviation),
      "rmse": json(score.rootMeanSquareError),
      "seconds": score.estimates.isEmpty ? nil : JSONValue(approximate: score.seconds),
      "problems": .array(score.problems.map { .string($0) }), "judged": .bool(score.isJudged),
      "undecided": .bool(score.isUndecided),
      "ok": !score.isJudged || score.unasked > 0 && score.failure == nil ? nil : .bool(score.failure == nil),
    ]
  }

  private func json(_ interval: TaskScore.Interval?) -> JSONValue {
    guard let interval else { return nil }
    return [
      "value": JSONValue(approximate: interval.value), "lower": JSONValue(approximate: interval.lower),
      "upper": JSONValue(approximate: interval.upper),
    ]
  }

  private func json(_ check: CheckResult) -> JSONValue {
    let (word, reason): (String, JSONValue) =
      switch check.verdict {
      case .passed: ("passed", nil)
      case .declined(let reason): ("declined", .string(reason))
      case .failed(let reason): ("failed", .string(reason))
      case .notJudged(let reason): ("not judged", .string(reason))
      }
    return [
      "name": .string(check.name), "action": .string(check.action), "finding": .string(check.finding),
      "result": .string(word), "reason": reason, "meaning": .string(check.meaning),
    ]
  }

  private func json(_ decision: DecisionScore) -> JSONValue {
    [
      "instance": .string(decision.name), "delta": JSONValue(approximate: decision.difference),
      "rows": JSONValue(decision.rows), "trials": JSONValue(decision.trials), "right": JSONValue(decision.right),
    ]
  }
}
