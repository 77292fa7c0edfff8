// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Classification
import ExactJSON
import Experiments
import Foundation
import PlainText
import Quantiles
import Statistics

/// What an experiment on data found, as text, JSON and CSV.
struct ExperimentPage {
  private let name: String
  private let settings: [Setting]
  private let trialCount: Int
  private let runs: [Run]
  private let report: ExperimentReport
  private let seed: UInt64
  private let isComplete: Bool

  init(_ experiment: any Experiment, _ runs: [Run], report: ExperimentReport, seed: UInt64, isComplete: Bool) {
    (name, settings, trialCount) = (experiment.name, experiment.settings, experiment.trials.count)
    (self.runs, self.report, self.seed, self.isComplete) = (runs, report, seed, isComplete)
  }

  // MARK: Text

  var text: String {
    let table = report.agreement
    let values = settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return """
      \(name): \(grouped(runs.count)) runs · seed \(seed)\(isComplete ? "" : " · interrupted, not all trials were run")
      \(values)

      ΔI = I(H1;H2) − I(H2;Y) in nats, \(table.columns.gain) and, of the permutation control, the same; means over seeds with \
      \(levelText(table.level)) intervals. * where neither interval of ΔI and gain contains 0.

      \(agreementText)
      \(shares.map { "\($0.what): \($0.text)\n" }.joined())
      \(report.tables.map { $0.title + "\n" + text($0) + "\n" }.joined())\(notes.map { "- \($0)\n" }.joined())
      """
  }

  /// How informations came about, and what else there is to know.
  private var notes: [String] { runs.outcomeNotes + report.notes }

  private var agreementText: String {
    let table = report.agreement
    guard let first = table.rows.first else { return "No condition has two seeds yet.\n" }
    var text = TextTable(
      first.condition.map { ($0.name, TextTable.Alignment.right) } + [
        ("ΔI", .right), ("", .left), ("gain", .right), ("", .left), ("control", .right), ("", .left),
        ("CCH says", .left), ("agrees", .left), ("calibrated", .left), ("sharp", .left),
      ])
    func cells(_ difference: PairedDifference?) -> [String] {
      guard let difference else { return ["–", ""] }
      let interval = difference.interval(level: table.level)
      return [decimal(difference.mean, 4), "[\(decimal(interval.lower, 4)), \(decimal(interval.upper, 4))]"]
    }
    for row in table.rows {
      text.append(
        row.condition.map(\.value) + cells(row.delta) + cells(row.gain) + cells(row.control) + [
          word(row.isGainPredicted, yes: "gain", no: "no gain"),
          word(row.agrees, yes: "yes", no: "NO") + (row.isDecided(level: table.level) ? " *" : ""),
          word(row.calibrated, yes: "gain", no: "no promise"), word(row.sharp, yes: "gain", no: "no gain"),
        ])
    }
    return text.text
  }

  private func word(_ criterion: Bool?, yes: String, no: String) -> String { criterion.map { $0 ? yes : no } ?? "–" }

  private func text(_ table: ReportTable) -> String {
    var text = TextTable(table.columns.enumerated().map { ($1, $0 == 0 ? .left : .right) })
    for row in table.rows { text.append(row) }
    return text.text
  }

  /// Every share of agreement that there is.
  private var shares: [(what: String, key: String, share: AgreementTable.Share, text: String)] {
    let table = report.agreement
    return [
      ("The CCH's prediction came true", "cch", table.agreement),
      ("The same where neither interval contains 0", "cch_decided", table.decidedAgreement),
      ("Gain beyond the permutation control, its interval above 0", "beyond_control", table.beyondControl),
      ("The calibrated criterion's promises came true", "calibrated", table.calibratedAgreement),
      ("The sharp criterion's prediction came true", "sharp", table.sharpAgreement),
    ].filter { $0.1.hasPrefix("cch") || $0.2.conditions > 0 }.map { what, key, share in
      let interval = "[\(decimal(share.interval.lower, 2)), \(decimal(share.interval.upper, 2))]"
      return (what, key, share, "\(share.agreements) of \(share.conditions) conditions, binomial interval \(interval)")
    }
  }

  // MARK: Data

  var json: JSONValue {
    [
      "schema": "cch.experiment/1", "experiment": .string(name), "seed": .number(String(seed)),
      "complete": .bool(isComplete), "settings": object(settings), "trials": JSONValue(trialCount),
      "level": JSONValue(approximate: report.agreement.level), "gain": .string(report.agreement.columns.gain),
      "conditions": .array(report.agreement.rows.map(json)),
      "agreement": .object(shares.map { .init(key: $0.key, value: json($0.share)) }),
      "tables": .array(
        report.tables.map { table in
          let rows = table.rows.map { row in JSONValue.array(row.map(JSONValue.string)) }
          return [
            "title": .string(table.title), "columns": .array(table.columns.map(JSONValue.string)), "rows": .array(rows),
          ]
        }),
      "notes": .array(notes.map(JSONValue.string)),
      "runs": .array(
        runs.map { run in
          [
            "seed": JSONValue(run.replicate), "factors": object(run.factors),
            "outcomes": .object(
              run.outcomes.map { .init(key: $0.name, value: $0.value.map { JSONValue(approximate: $0) } ?? nil) }),
            "notes": .object(
              run.outcomes.compactMap { outcome in
                outcome.note.map { .init(key: outcome.name, value: .string($0)) }
              }),
          ]
        }),
    ]
  }

  private func json(_ row: AgreementTable.Row) -> JSONValue {
    [
      "factors": object(row.condition), "seeds": JSONValue(row.gain.count), "delta": row.delta.map(json) ?? nil,
      "gain": json(row.gain), "control_gain": row.control.map(json) ?? nil,
      "gain_beyond_control": row.excess.map(json) ?? nil,
      "cch_predicts": row.isGainPredicted.map { .bool($0) } ?? nil, "gains": .bool(row.isGain),
      "agrees": row.agrees.map { .bool($0) } ?? nil,
      "decided": .bool(row.isDecided(level: report.agreement.level)),
      "calibrated": row.calibrated.map { .bool($0) } ?? nil, "sharp": row.sharp.map { .bool($0) } ?? nil,
    ]
  }

  private func json(_ difference: PairedDifference) -> JSONValue {
    let interval = difference.interval(level: report.agreement.level)
    return [
      "mean": JSONValue(approximate: difference.mean),
      "standard_error": JSONValue(approximate: difference.standardError),
      "lower": JSONValue(approximate: interval.lower),
      "upper": JSONValue(approximate: interval.upper),
    ]
  }

  private func json(_ share: AgreementTable.Share) -> JSONValue {
    [
      "agreements": JSONValue(share.agreements), "conditions": JSONValue(share.conditions),
      "lower": JSONValue(approximate: share.interval.lower), "upper": JSONValue(approximate: share.interval.upper),
    ]
  }

  private func object(_ settings: [Setting]) -> JSONValue {
    .object(settings.map { .init(key: $0.name, value: .string($0.value)) })
  }

  /// One line a run; what is missing is an empty field, and the last one says how informations came about or why they are missing.
  var csv: String {
    guard let first = runs.first else { return "seed\n" }
    let hasNotes = runs.contains { $0.outcomes.contains { $0.note != nil } }
    let head = ["seed"] + first.factors.map(\.name) + first.outcomes.map(\.name) + (hasNotes ? ["notes"] : [])
    let lines = runs.map { run in
      [String(run.replicate)] + run.factors.map { quotedField($0.value) }
        + run.outcomes.map { $0.value.map(field) ?? "" } + (hasNotes ? [quotedField(notes(of: run))] : [])
    }
    return ([head.map { $0.replacingOccurrences(of: " ", with: "_") }] + lines)
      .map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private func notes(of run: Run) -> String {
    run.outcomes.compactMap { outcome in outcome.note.map { "\(outcome.name): \($0)" } }.joined(separator: "; ")
  }
}
