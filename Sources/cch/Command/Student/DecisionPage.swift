// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText
import Students

/// What a practitioner's decisions came to, as text, JSON and CSV.
struct DecisionPage {
  let report: DecisionSweep.Report
  let seed: UInt64
  /// The number of samples that was asked for.
  let samples: Int

  var text: String {
    var text = """
      How often is a decision on n rows wrong? \(grouped(samples)) samples for every n · seed \(seed)
      In brackets the delta method. ΔI: distil where the estimated ΔI > 0 (the CCH); calibrated: where ΔI > ln a; sign: \
      where ĉ < σ̂ε²; t-test: where β ≥ 1 is rejected at 5 %.

      """
    for entry in report.entries { text += "\n" + section(entry) }
    text += String(
      format: "\nLargest difference between simulation and delta method: %.1f percentage points.\n",
      100 * report.largestDifference)
    return text
      + (report.isOK ? "" : "OUT OF TOLERANCE: the sign of ĉ − σ̂ε² is not wrong as often as it should exactly be.\n")
  }

  private func section(_ entry: DecisionSweep.Entry) -> String {
    let study = entry.study
    var text =
      "\(entry.source): p2 = \(study.instance.p2), 1 − β = \(rounded(study.distance)), so distillation "
      + (study.helps ? "helps for small λ\n" : "never helps\n")
    let names = ["ΔI", "calibrated", "sign", "t-test"]
    var table = TextTable([("n", .right)] + names.map { ($0, .right) } + [("sign, exactly", .right)])
    for outcomes in entry.outcomes {
      let exact = outcomes.compactMap(\.exact).first.map(percent) ?? "–"
      table.append(
        [grouped(outcomes.first?.rows ?? 0)]
          + outcomes.map { "\(percent($0.share)) (\(percent($0.byDeltaMethod)))" } + [exact])
    }
    let needed = DecisionRule.allCases.map { study.rowsNeeded($0).map(grouped) ?? "never" }
    table.append(["below 5 % from n ="] + needed + [""])
    text += table.text
    for (rule, name) in zip(DecisionRule.allCases, names) where study.rowsNeeded(rule) == nil {
      let sign = study.populationSign(rule)
      let says = sign > 0 ? "says distil" : sign < 0 ? "says do not" : "is at its own boundary"
      text += "\(name) \(says) even with all data: wrong here.\n"
    }
    return text
  }

  private func percent(_ share: Double) -> String { percentText(share, small: 1, large: 0) + " %" }

  var json: JSONValue {
    [
      "schema": "cch.student.decision/1", "seed": .number(String(seed)), "ok": .bool(report.isOK),
      "studies": .array(
        report.entries.map { entry in
          [
            "source": .string(entry.source), "instance": entry.study.instance.document,
            "helps_for_small_lambda": .bool(entry.study.helps), "distance": JSONValue(entry.study.distance),
            "rows_needed": .object(
              DecisionRule.allCases.map { rule in
                .init(key: rule.rawValue, value: entry.study.rowsNeeded(rule).map { JSONValue($0) } ?? nil)
              }),
            "decisions": .array(entry.outcomes.joined().map { json($0) }),
          ]
        }),
    ]
  }

  private func json(_ outcome: DecisionStudy.Outcome) -> JSONValue {
    [
      "rule": .string(outcome.rule.rawValue), "n": JSONValue(outcome.rows), "samples": JSONValue(outcome.samples),
      "wrong": JSONValue(outcome.wrong), "share": JSONValue(approximate: outcome.share),
      "standard_error": JSONValue(approximate: outcome.standardError),
      "delta_method": JSONValue(approximate: outcome.byDeltaMethod),
      "exact": outcome.exact.map { JSONValue(approximate: $0) } ?? nil,
    ]
  }

  var csv: String {
    var lines = ["source,distance,helps,n,rule,wrong_share,standard_error,delta_method,exact"]
    for entry in report.entries {
      for outcome in entry.outcomes.joined() {
        lines.append(
          [
            quotedField(entry.source), field(entry.study.distance), String(entry.study.helps),
            String(outcome.rows), outcome.rule.rawValue, field(outcome.share), field(outcome.standardError),
            field(outcome.byDeltaMethod), field(outcome.exact),
          ].joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
