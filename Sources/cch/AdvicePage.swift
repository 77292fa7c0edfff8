import Advice
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText

/// Advice in plain sentences, with a table after them.
struct AdvicePage {
  let advice: Advice
  let file: String
  let seed: UInt64
  let level: Double

  init(_ advice: Advice, file: String, seed: UInt64, level: Double) {
    (self.advice, self.file, self.seed, self.level) = (advice, file, seed, level)
  }

  var text: String {
    let roles = advice.roles
    var text =
      "\(file): \(grouped(advice.rows)) rows\(advice.dropped > 0 ? ", \(grouped(advice.dropped)) with missing values left out" : ""); label: "
      + "\(roles.label), student: \(listed(roles.student, atMost: 120)) · seed \(seed)\n"
    for (index, candidate) in advice.candidates.enumerated() {
      text += "\n" + heading(index) + sentences(candidate).map { "  \($0)\n" }.joined()
    }
    if let share = advice.shareOfFirst {
      text += "\nRanking by expected gain: "
      text += advice.ranking.map { "teacher \($0 + 1)" }.joined(separator: ", ")
      text += String(format: ". The first gains more than the second in %.0f %% of resamples.\n", 100 * share)
    }
    text += "\n" + table.text
    if !advice.warnings.isEmpty {
      text += "\nWhere the model does not fit:\n" + advice.warnings.map { "- \($0.message).\n" }.joined()
    }
    return text
  }

  private func heading(_ index: Int) -> String {
    let columns = listed(advice.candidates[index].columns)
    return advice.candidates.count == 1 ? "Teacher: \(columns)\n" : "Teacher \(index + 1): \(columns)\n"
  }

  private func sentences(_ c: CandidateAdvice) -> [String] {
    var lines: [String] = []
    let range = percent(level)
    lines.append(
      "\(verdict(c)) β = \(rounded(c.beta.estimate, beside: 1)), \(range) interval \(ends(c.beta)); "
        + "distillation helps exactly when β < 1.")
    lines.append(testSentence(c))
    let relation = c.delta.estimate > 0 ? ">" : c.delta.estimate < 0 ? "<" : "="
    lines.append(
      "The CCH says \(c.isPredicted ? "yes" : "no")\(c.isPredicted == c.helps ? "" : ", which is wrong for this fit"): "
        + "I(t;s) − I(s;y) = \(number(c.teacherInformation.estimate)) − \(number(c.labelInformation.estimate)) \(relation) 0 "
        + "nats; interval of the difference \(ends(c.delta)).")
    lines.append(
      c.isCalibrated
        ? "The calibrated criterion ΔI > ln a holds, which alone is enough."
        : "The calibrated criterion ΔI > ln a does not hold; it is enough, not necessary.")
    if c.helps {
      lines.append(
        c.bestLambda.estimate.isInfinite
          ? "The larger λ, the better: let the student imitate the teacher (interval of the best λ \(ends(c.bestLambda)))."
          : "Best λ = \(number(c.bestLambda.estimate)), interval \(ends(c.bestLambda)); helpful are "
            + "0 < λ < \(number(c.windowEnd.estimate)).")
      let share = 100 * c.gain.estimate / c.risk.baselineRisk.asDouble
      lines.append(
        "Expected gain at n = \(grouped(advice.rows)): \(number(c.gain.estimate)) of a risk of "
          + "\(number(c.risk.baselineRisk.asDouble)), that is \(String(format: "%.2g", share)) %.")
    }
    lines.append(heldOutSentence(c))
    lines.append(reliability(c))
    return lines
  }

  private func verdict(_ c: CandidateAdvice) -> String {
    if c.beta.upper < 1 { return "Yes, distil:" }
    if c.beta.lower > 1 { return "No, do not distil:" }
    return c.helps ? "Probably yes, but not beyond doubt:" : "Probably not, but not beyond doubt:"
  }

  private func testSentence(_ c: CandidateAdvice) -> String {
    guard let test = c.test else {
      return "No exact test of β: halves of the rows are too small, or a column does not vary on one."
    }
    let (p, what) =
      test.beta < 1 ? (test.probabilityIfNotHelping, "β ≥ 1") : (test.probabilityIfHelping, "β ≤ 1")
    return "Exact t-test on the half of the rows that the teacher was not fitted on: β = \(number(test.beta)) ± "
      + "\(number(test.standardError)), p \(probability(p)) for \(what) (\(test.degrees) degrees of freedom)."
  }

  private func heldOutSentence(_ c: CandidateAdvice) -> String {
    guard let check = c.heldOut else {
      return "No check on held-out rows: folds are too small, or a column does not vary on some."
    }
    if check.shareDistilled == 0 {
      return "On held-out folds nothing was distilled: no training fold advised a λ above 0."
    }
    let z = check.gain / check.standardError
    let held =
      z > 2 ? "the promise held" : z < -2 ? "the promise did not hold" : "no difference that stands out from chance"
    return "On held-out folds the squared error \(check.gain < 0 ? "rose" : "fell") by \(number(abs(check.gain))) ± "
      + "\(number(check.standardError)) from "
      + "\(number(check.errorWithout)): \(held)."
  }

  private func reliability(_ c: CandidateAdvice) -> String {
    let sign = c.rowsForSign.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    let information = c.rowsForInformation.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    return "If this fit were the truth, the sign of 1 − β̂ would mislead in less than 5 % of samples \(sign), "
      + "that of the estimated ΔI \(information)."
  }

  private var table: TextTable {
    var table = TextTable(
      [
        ("teacher", .left), ("I(t;s)", .right), ("I(s;y)", .right), ("ΔI", .right), ("ΔI − ln a", .right),
        ("β", .right),
        ("best λ", .right), ("window ends", .right), ("gain", .right),
      ])
    for index in advice.ranking {
      let c = advice.candidates[index]
      let name = advice.candidates.count == 1 ? "" : "\(index + 1)"
      let values = [
        c.teacherInformation, c.labelInformation, c.delta, c.calibratedMargin, c.beta, c.bestLambda, c.windowEnd,
        c.gain,
      ]
      table.append([name] + values.map { number($0.estimate) })
      table.append([percent(level)] + values.map(ends))
    }
    return table
  }

  private func ends(_ interval: Interval) -> String { "\(number(interval.lower)) to \(number(interval.upper))" }

  private func percent(_ level: Double) -> String { String(format: "%g %%", 100 * level) }

  private func probability(_ p: Double) -> String { p < 1e-16 ? "< 1e-16" : String(format: "= %.2g", p) }

  private func number(_ value: Double) -> String { rounded(value) }
}

extension AdvicePage {
  /// The document of schema `cch.advise/1`.
  var json: JSONValue {
    [
      "schema": "cch.advise/1", "file": .string(file), "seed": .number(String(seed)), "rows": JSONValue(advice.rows),
      "dropped": JSONValue(advice.dropped), "label": .string(advice.roles.label),
      "student": strings(advice.roles.student),
      "level": JSONValue(approximate: level), "candidates": .array(advice.candidates.map(json)),
      "ranking": .array(advice.ranking.map { JSONValue($0) }),
      "share_of_first": advice.shareOfFirst.map { JSONValue(approximate: $0) } ?? nil,
      "warnings": .array(
        advice.warnings.map { ["kind": .string($0.kind.rawValue), "message": .string($0.message)] }),
    ]
  }

  private func strings(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }

  private func json(_ c: CandidateAdvice) -> JSONValue {
    [
      "teacher": strings(c.columns), "instance": c.instance.document, "helps_for_small_lambda": .bool(c.helps),
      "cch_predicts": .bool(c.isPredicted), "calibrated": .bool(c.isCalibrated),
      "beta_exact": JSONValue(c.risk.moments.beta), "baseline_risk": JSONValue(c.risk.baselineRisk),
      "best_gain_exact": JSONValue(c.promise.gain), "teacher_information": json(c.teacherInformation),
      "label_information": json(c.labelInformation), "delta": json(c.delta),
      "calibrated_margin": json(c.calibratedMargin), "beta": json(c.beta), "window_end": json(c.windowEnd),
      "best_lambda": json(c.bestLambda), "gain": json(c.gain),
      "test": c.test.map { test in
        [
          "beta": JSONValue(approximate: test.beta), "standard_error": JSONValue(approximate: test.standardError),
          "degrees": JSONValue(test.degrees), "p_if_not_helping": JSONValue(approximate: test.probabilityIfNotHelping),
          "p_if_helping": JSONValue(approximate: test.probabilityIfHelping),
        ]
      } ?? nil,
      "held_out": c.heldOut.map { check in
        [
          "error_without": JSONValue(approximate: check.errorWithout), "gain": JSONValue(approximate: check.gain),
          "standard_error": JSONValue(approximate: check.standardError), "folds": JSONValue(check.folds),
          "share_distilled": JSONValue(approximate: check.shareDistilled),
        ]
      } ?? nil,
      "probability_of_error": c.probabilityOfError.map { JSONValue(approximate: $0) } ?? nil,
      "rows_for_sign": c.rowsForSign.map { JSONValue($0) } ?? nil,
      "rows_for_information": c.rowsForInformation.map { JSONValue($0) } ?? nil,
    ]
  }

  private func json(_ interval: Interval) -> JSONValue {
    func end(_ value: Double) -> JSONValue {
      value.isFinite ? JSONValue(approximate: value) : value.isNaN ? nil : .string(value > 0 ? "infinity" : "-infinity")
    }
    return ["estimate": end(interval.estimate), "lower": end(interval.lower), "upper": end(interval.upper)]
  }
}
