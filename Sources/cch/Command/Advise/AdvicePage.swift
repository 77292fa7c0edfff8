// SPDX-License-Identifier: GPL-3.0-or-later
import Advice
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText

/// Advice in plain sentences, with a table after them.
struct AdvicePage {
  let advice: Advisor
  let file: String
  let seed: UInt64
  let level: Double

  init(_ advice: Advisor, file: String, seed: UInt64, level: Double) {
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
    for index in advice.ranking {
      let name = advice.candidates.count == 1 ? "" : "teacher \(index + 1)"
      text += "\n" + table(advice.candidates[index], title: name)
    }
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
    let range = levelText(level)
    lines.append(
      "\(verdict(c)) β = \(rounded(c.beta.estimate, beside: 1)), \(interval(c.beta, range)); "
        + "distillation helps exactly when β < 1.")
    lines.append(testSentence(c))
    let relation = c.delta.estimate > 0 ? ">" : c.delta.estimate < 0 ? "<" : "="
    lines.append(
      "The CCH says \(c.isPredicted ? "yes" : "no")\(c.isPredicted == c.helps ? "" : ", which is wrong for this fit"): "
        + "I(t;s) − I(s;y) = \(number(c.teacherInformation.estimate)) − \(number(c.labelInformation.estimate)) \(relation) 0 "
        + "nats; \(interval(c.delta, "of the difference")).")
    lines.append(
      c.isCalibrated
        ? "The calibrated criterion ΔI > ln a holds, which alone is enough."
        : "The calibrated criterion ΔI > ln a does not hold; it is enough, not necessary.")
    if c.helps {
      lines.append(
        c.bestLambda.estimate.isInfinite
          ? "The larger λ, the better: let the student imitate the teacher (\(interval(c.bestLambda, "of the best λ")))."
          : "Best λ = \(number(c.bestLambda.estimate)), \(interval(c.bestLambda)); helpful are "
            + "0 < λ < \(number(c.windowEnd.estimate)).")
      let share = 100 * (c.promise.gain / c.risk.baselineRisk).asDouble
      lines.append(
        "Expected gain at n = \(grouped(advice.rows)): \(number(c.promise.gain)) of a risk of "
          + "\(number(c.risk.baselineRisk)), that is \(String(format: "%.2g", share)) %.")
    }
    lines.append(heldOutSentence(c))
    lines.append(reliability(c))
    return lines
  }

  private func verdict(_ c: CandidateAdvice) -> String {
    switch c.verdict {
    case .yes: "Yes, distil:"
    case .no: "No, do not distil:"
    case .probablyYes: "Probably yes, but not beyond doubt:"
    case .probablyNo: "Probably not, but not beyond doubt:"
    }
  }

  private func testSentence(_ c: CandidateAdvice) -> String {
    guard let test = c.test else {
      return "No exact test of β: \(AdvicePage.noTest)."
    }
    let (helps, p) = test.evidence
    let what = helps ? "β ≥ 1" : "β ≤ 1"
    return "Exact t-test on the half of the rows that the teacher was not fitted on: β = \(number(test.beta)) ± "
      + "\(number(test.standardError)), p \(probability(p)) for \(what) (\(test.degrees) degrees of freedom)."
  }

  private static let noTest =
    "halves of the rows are too small, or on one of them a column does not vary or depends on others"
  private static let noHeldOut =
    "folds are too small, or without one of them a column does not vary or depends on others"

  private func heldOutSentence(_ c: CandidateAdvice) -> String {
    guard let check = c.heldOut else {
      return "No check on held-out rows: \(AdvicePage.noHeldOut)."
    }
    let held: String
    switch check.finding {
    case .nothingDistilled:
      return "On held-out folds nothing was distilled: no training fold advised a λ above 0."
    case .held: held = "the promise held"
    case .notHeld: held = "the promise did not hold"
    case .undecided: held = "no difference that stands out from chance"
    }
    return
      "On held-out folds the squared error \(check.gain < 0 ? "rose" : "fell") by \(number(abs(check.gain), c.unit)) ± "
      + "\(number(check.standardError, c.unit)) from \(number(check.errorWithout, c.unit)): \(held)."
  }

  private func reliability(_ c: CandidateAdvice) -> String {
    let sign = c.rowsForSign.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    let information = c.rowsForInformation.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    return "If this fit were the truth, the sign of 1 − β̂ would mislead in less than 5 % of samples \(sign), "
      + "that of the estimated ΔI \(information)."
  }

  /// Every quantity of a candidate with its interval, and why one has none.
  private func table(_ c: CandidateAdvice, title: String) -> String {
    var table = TextTable([
      (title, .left), ("this sample", .right), ("bias removed", .right), ("\(levelText(level)) interval", .right),
    ])
    var reasons: [(reason: String, names: [String])] = []
    for (name, interval, unit) in [
      ("I(t;s)", c.teacherInformation, 1), ("I(s;y)", c.labelInformation, 1), ("ΔI", c.delta, 1),
      ("ΔI − ln a", c.calibratedMargin, 1), ("β", c.beta, 1), ("best λ", c.bestLambda, 1),
      ("window ends", c.windowEnd, 1), ("gain", c.gain, c.unit),
    ] {
      table.append(
        name, number(interval.estimate, unit), interval.corrected.map { number($0, unit) } ?? "–",
        interval.ends.map { ends($0, unit) } ?? "not computable")
      guard let reason = interval.reason else { continue }
      if let index = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[index].names.append(name)
      } else {
        reasons.append((reason, [name]))
      }
    }
    return table.text
      + reasons.map { "No interval of \($0.names.joined(separator: ", ")): \($0.reason).\n" }.joined()
  }

  private func ends(_ ends: Interval.Ends, _ unit: Rational = 1) -> String {
    "\(number(ends.lower, unit)) to \(number(ends.upper, unit))"
  }

  /// An interval as part of a sentence.
  private func interval(_ interval: Interval, _ what: String = "") -> String {
    let name = what.hasPrefix("of") ? "interval \(what)" : what.isEmpty ? "interval" : "\(what) interval"
    return interval.ends.map { "\(name) \(ends($0))" } ?? "\(name) not computable"
  }

  private func probability(_ p: Double) -> String { p < 1e-16 ? "< 1e-16" : String(format: "= %.2g", p) }

  private func number(_ value: Rational) -> String { rounded(value) }

  private func number(_ value: Double, _ unit: Rational) -> String {
    guard unit != 1, let exact = try? Rational(exactly: value) else { return number(value) }
    return number(exact * unit)
  }

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
    var reasons: [(String, String)] = []
    if c.test == nil { reasons.append(("test_not_computable", AdvicePage.noTest)) }
    if c.heldOut == nil { reasons.append(("held_out_not_computable", AdvicePage.noHeldOut)) }
    return .object(
      document(c).map { .init(key: $0.key, value: $0.value) } + reasons.map { .init(key: $0.0, value: .string($0.1)) })
  }

  private func document(_ c: CandidateAdvice) -> KeyValuePairs<String, JSONValue> {
    [
      "teacher": strings(c.columns), "instance": c.instance.document, "helps_for_small_lambda": .bool(c.helps),
      "cch_predicts": .bool(c.isPredicted), "calibrated": .bool(c.isCalibrated),
      "beta_exact": JSONValue(c.risk.moments.beta), "baseline_risk": JSONValue(c.risk.baselineRisk),
      "best_gain_exact": JSONValue(c.promise.gain), "teacher_information": json(c.teacherInformation),
      "label_information": json(c.labelInformation), "delta": json(c.delta),
      "calibrated_margin": json(c.calibratedMargin), "beta": json(c.beta), "window_end": json(c.windowEnd),
      "best_lambda": json(c.bestLambda), "gain": json(c.gain, unit: c.unit),
      "test": c.test.map { test in
        [
          "beta": JSONValue(approximate: test.beta), "standard_error": JSONValue(approximate: test.standardError),
          "degrees": JSONValue(test.degrees), "p_if_not_helping": JSONValue(approximate: test.probabilityIfNotHelping),
          "p_if_helping": JSONValue(approximate: test.probabilityIfHelping),
        ]
      } ?? nil,
      "held_out": c.heldOut.map { check in
        [
          "error_without": json(check.errorWithout, c.unit), "gain": json(check.gain, c.unit),
          "standard_error": json(check.standardError, c.unit), "folds": JSONValue(check.folds),
          "share_distilled": JSONValue(approximate: check.shareDistilled),
        ]
      } ?? nil,
      "probability_of_error": c.probabilityOfError.map { JSONValue(approximate: $0) } ?? nil,
      "rows_for_sign": c.rowsForSign.map { JSONValue($0) } ?? nil,
      "rows_for_information": c.rowsForInformation.map { JSONValue($0) } ?? nil,
    ]
  }

  private func json(_ interval: Interval, unit: Rational = 1) -> JSONValue {
    func value(_ value: Double) -> JSONValue {
      value.isFinite ? json(value, unit) : .string(value > 0 ? "infinity" : "-infinity")
    }
    var members: [(String, JSONValue)] = [("estimate", value(interval.estimate))]
    if let corrected = interval.corrected { members.append(("corrected", value(corrected))) }
    if let ends = interval.ends { members += [("lower", value(ends.lower)), ("upper", value(ends.upper))] }
    if let reason = interval.reason { members.append(("not_computable", .string(reason))) }
    return .object(members.map { .init(key: $0.0, value: $0.1) })
  }

  /// A finite number, whatever its size in the unit.
  private func json(_ value: Double, _ unit: Rational) -> JSONValue {
    guard unit != 1, let exact = try? Rational(exactly: value) else { return JSONValue(approximate: value) }
    return .number((exact * unit).decimal(digits: 17))
  }
}
