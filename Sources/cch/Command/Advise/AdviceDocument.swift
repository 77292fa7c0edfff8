// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import Distillation
import ExactAlgebra
import ExactJSON

extension AdvicePage {
  /// The document of schema `cch.advise/1`.
  var json: JSONValue {
    [
      "schema": "cch.advise/1", "file": .string(file), "seed": .number(String(seed)), "rows": JSONValue(advice.rows),
      "n": JSONValue(advice.askedRows), "unlabelled": advice.unlabelledRows.map { JSONValue($0) } ?? nil,
      "dropped": JSONValue(advice.dropped), "label": .string(advice.roles.label),
      "student": strings(advice.roles.student),
      "level": JSONValue(approximate: level), "candidates": .array(advice.candidates.map(json)),
      "ranking": .array(advice.ranking.map { JSONValue($0) }),
      "share_of_first": advice.shareOfFirst.map { JSONValue(approximate: $0) } ?? nil,
      "combination": advice.combination.map(combination) ?? nil,
      "collinear_teacher": advice.collinearTeacher.map { JSONValue($0) } ?? nil,
      "warnings": .array(
        advice.warnings.map { ["kind": .string($0.kind.rawValue), "message": .string($0.message)] }),
      "residuals": .array(
        advice.residuals.map { plot in
          [
            "name": .string(plot.name), "fitted": .array(plot.points.map { JSONValue(approximate: $0.fitted) }),
            "residual": .array(plot.points.map { JSONValue(approximate: $0.residual) }),
          ]
        }),
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
      "held_out": c.heldOut.map { json($0, c.unit) } ?? nil,
      "probability_of_error": c.probabilityOfError.map { JSONValue(approximate: $0) } ?? nil,
      "rows_for_sign": c.rowsForSign.map { JSONValue($0) } ?? nil,
      "rows_for_information": c.rowsForInformation.map { JSONValue($0) } ?? nil,
      "conclusion": [
        "verdict": .string(c.conclusion.verdict.rawValue), "sign": .string(c.conclusion.sign.rawValue),
        "size": .string(c.conclusion.size.rawValue),
        "held_out": c.conclusion.heldOut.map { .string($0.rawValue) } ?? nil,
        "worth": JSONValue(approximate: c.conclusion.worth),
      ],
      "tuned": tuned(c),
      "crossover": c.crossover.map { ["lambda": JSONValue($0.lambda), "rows": json($0.rows)] } ?? nil,
      "joint_teacher": c.jointTeacher.map { jointTeacher($0, c) } ?? nil,
      "pseudo_labels": c.pseudoLabels.map { pseudoLabels($0, c) } ?? nil, "curves": curves(c.curves),
    ]
  }

  func json(_ interval: Interval, unit: Rational = 1) -> JSONValue {
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
  func json(_ value: Double, _ unit: Rational) -> JSONValue {
    guard unit != 1, let exact = try? Rational(exactly: value) else { return JSONValue(approximate: value) }
    return .number((exact * unit).decimal(digits: 17))
  }
}
