// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText
import Statistics
import Students

/// What `cch student --student-kind KIND` found about students with closed forms of their own, as text, JSON and CSV.
struct BaselinePage {
  let report: BaselineSweep.Report
  let seed: UInt64

  var text: String { "seed \(seed)\n" + report.entries.map { section($0) }.joined(separator: "\n") }

  private func section(_ entry: BaselineSweep.Entry) -> String {
    let (study, result) = (entry.study, entry.result)
    let (settings, instance) = (study.settings, study.instance)
    let extras = instance.extras
    let parts: [String?] = [
      "p1 = \(instance.p1)", "p2 = \(instance.p2)", "n = \(grouped(study.rows))",
      settings.kind.needsUnlabelled ? extras.unlabelled.map { "m = \(grouped($0))" } : nil,
      settings.kind == .sampledJointTeacher ? extras.teacherRows.map { "N = \(grouped($0))" } : nil,
      settings.kind == .orthogonalRidge ? extras.ridge.map { "μ = \($0)" } : nil,
      settings.residuals == .gaussian ? nil : "residuals \(settings.residuals.name)",
    ]
    var text =
      "\(entry.source): \(settings.kind.rawValue) students, \(parts.compactMap { $0 }.joined(separator: ", ")); "
      + "\(grouped(result.replicates)) samples, \(settings.sampling == .wishart ? "Wishart draws" : "row by row")\n"
    if !settings.isInModel { text += "Outside of the theorem: reported, not judged\n" }
    text += table(study, result)
    let (itself, untaught) = (result.gains.overItself, result.gains.overUntaught)
    text +=
      "The teacher gains \(rounded(itself.exact)) over the student as it is (simulated \(meanText(itself.simulated)))"
    text += " and \(rounded(untaught.exact)) over the best without a teacher (\(meanText(untaught.simulated))).\n"
    if let chosen = result.chosen { text += choice(chosen, settings.folds) }
    if !settings.isInModel { return text }
    return text
      + (result.failures.isEmpty
        ? String(format: "Within tolerance (false alarm below %.1g).\n", settings.level)
        : "OUT OF TOLERANCE: \(result.failures.joined(separator: ", ")).\n")
  }

  private func table(_ study: BaselineStudy, _ result: BaselineResult) -> String {
    var table = TextTable([
      ("a", .right), ("b", .right), ("excess risk", .right), ("simulated", .right), ("z", .right), ("", .left),
    ])
    for (index, (weights, row)) in zip(study.weights, result.rows).enumerated() {
      let note =
        index == 0
        ? "as it is" : index == study.best ? "the best" : index == study.untaught ? "best without a teacher" : ""
      table.append([
        rounded(weights.a), rounded(weights.b), rounded(row.exact), meanText(row.simulated),
        withMinus(String(format: "%+.2f", row.z)), note,
      ])
    }
    return table.text
  }

  private func choice(_ chosen: ChosenWeights, _ folds: Int) -> String {
    var text =
      "Weights chosen by \(folds)-fold cross-validation: excess risk \(meanText(chosen.shrunk)) shrunk without the teacher, "
      + "\(meanText(chosen.mixed)) with the chosen λ, \(meanText(chosen.tuned)) with both weights; the teacher got a weight in "
      + String(format: "%.0f %% of the samples.\n", 100 * chosen.shareTaught)
    if let share = chosen.keptShare {
      text += "Of the gain over the best without a teacher "
      text += share >= 0 ? String(format: "%.0f %% remains.\n", 100 * share) : "nothing remains: choosing costs more.\n"
    }
    return text
  }

  var json: JSONValue {
    [
      "schema": "cch.student.baseline/1", "seed": .number(String(seed)), "ok": .bool(report.isOK),
      "studies": .array(report.entries.map { json($0) }),
    ]
  }

  private func json(_ entry: BaselineSweep.Entry) -> JSONValue {
    let (study, result) = (entry.study, entry.result)
    return [
      "source": .string(entry.source), "instance": study.instance.document,
      "student": .string(study.settings.kind.rawValue), "n": JSONValue(study.rows),
      "sampling": .string(study.settings.sampling.rawValue), "residuals": .string(study.settings.residuals.name),
      "in_theorem": .bool(study.settings.isInModel), "level": JSONValue(approximate: study.settings.level),
      "replicates": JSONValue(result.replicates),
      "weights": .array(
        zip(study.weights, result.rows).enumerated().map { index, pair in
          [
            "a": JSONValue(pair.0.a), "b": JSONValue(pair.0.b), "is_untaught_best": .bool(index == study.untaught),
            "is_best": .bool(index == study.best), "excess": json(pair.1),
          ]
        }),
      "gain_over_itself": json(result.gains.overItself), "gain_over_untaught": json(result.gains.overUntaught),
      "chosen": result.chosen.map { json($0, study.settings.folds) } ?? nil,
      "failures": .array(result.failures.map { .string($0) }),
    ]
  }

  private func json(_ comparison: BaselineComparison) -> JSONValue {
    [
      "exact": JSONValue(comparison.exact), "exact_nearest": JSONValue(approximate: comparison.exact.asDouble),
      "mean": JSONValue(approximate: comparison.simulated.mean),
      "standard_error": JSONValue(approximate: comparison.simulated.standardError),
      "z": JSONValue(approximate: comparison.z), "probability": JSONValue(approximate: comparison.probability),
    ]
  }

  private func json(_ chosen: ChosenWeights, _ folds: Int) -> JSONValue {
    func json(_ moments: RunningMoments) -> JSONValue {
      ["mean": JSONValue(approximate: moments.mean), "standard_error": JSONValue(approximate: moments.standardError)]
    }
    return [
      "folds": JSONValue(folds), "shrunk": json(chosen.shrunk), "mixed": json(chosen.mixed),
      "tuned": json(chosen.tuned),
      "gain": json(chosen.gain), "exact_gain": JSONValue(chosen.exactGain),
      "kept_share": chosen.keptShare.map { JSONValue(approximate: $0) } ?? nil,
      "share_taught": JSONValue(approximate: chosen.shareTaught),
    ]
  }

  /// One line for each pair of weights, then one for each way in which weights are chosen; numbers with all digits.
  var csv: String {
    var lines = ["source,student,n,weights,a,b,exact_excess,mean_excess,standard_error,z,probability"]
    for entry in report.entries {
      let (study, result) = (entry.study, entry.result)
      let start = [quotedField(entry.source), study.settings.kind.rawValue, String(study.rows)]
      for (weights, row) in zip(study.weights, result.rows) {
        let fields = [
          "given", field(weights.a), field(weights.b), field(row.exact), field(row.simulated.mean),
          field(row.simulated.standardError), field(row.z), field(row.probability),
        ]
        lines.append((start + fields).joined(separator: ","))
      }
      guard let chosen = result.chosen else { continue }
      for (name, moments) in [("shrunk", chosen.shrunk), ("mixed", chosen.mixed), ("tuned", chosen.tuned)] {
        let fields = ["chosen-\(name)", "", "", "", field(moments.mean), field(moments.standardError), "", ""]
        lines.append((start + fields).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
