// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import Distillation
import ExactAlgebra
import ExactJSON

// Parts of the document of schema cch.advise/1 about baselines, rows and several teachers.

extension AdvicePage {
  func json(_ check: HeldOutCheck, _ unit: Rational) -> JSONValue {
    [
      "error_without": json(check.errorWithout, unit), "gain": json(check.gain, unit),
      "standard_error": json(check.standardError, unit), "folds": JSONValue(check.folds),
      "share_distilled": JSONValue(approximate: check.shareDistilled),
    ]
  }

  func tuned(_ c: CandidateAdvice) -> JSONValue {
    let (tuned, promise) = (c.tuned, c.tuned.promise)
    return [
      "helps": .bool(promise.helps), "partial_correlation": json(tuned.correlationGivenLabel),
      "test": tuned.test.map { test in
        [
          "correlation": JSONValue(approximate: test.correlation), "degrees": JSONValue(test.degrees),
          "p_if_not_helping": JSONValue(approximate: test.probabilityIfNotHelping),
          "p_if_helping": JSONValue(approximate: test.probabilityIfHelping),
        ]
      } ?? nil,
      "gain_exact": JSONValue(promise.gain), "gain": json(tuned.gain, unit: c.unit), "share": json(tuned.share),
      "untaught_risk": JSONValue(promise.untaughtRisk), "shrinkage": JSONValue(promise.shrinkage),
      "shrinkage_gain": JSONValue(promise.shrinkageGain),
      "shrinkage_share": tuned.shrinkageShare.map { json($0) } ?? nil,
      "weight_of_label": JSONValue(promise.weights.label), "weight_of_teacher": JSONValue(promise.weights.teacher),
      "held_out": tuned.heldOut.map { json($0, c.unit) } ?? nil,
    ]
  }

  func jointTeacher(_ joint: JointTeacherAdvice, _ c: CandidateAdvice) -> JSONValue {
    [
      "effect_size": json(joint.effectSize), "f": JSONValue(approximate: joint.statistic),
      "degrees": .array([JSONValue(joint.degrees.inputs), JSONValue(joint.degrees.residual)]),
      "p_if_nothing": JSONValue(approximate: joint.probabilityIfNothing), "teacher_rows": JSONValue(joint.teacherRows),
      "best_lambda": json(joint.bestLambda), "gain": json(joint.gain, unit: c.unit), "share": json(joint.share),
    ]
  }

  func pseudoLabels(_ pseudo: PseudoLabelAdvice, _ c: CandidateAdvice) -> JSONValue {
    [
      "rows": JSONValue(pseudo.rows), "threshold": JSONValue(pseudo.threshold),
      "imitation_helps": .bool(pseudo.imitationHelps),
      "p_if_not_helping": JSONValue(approximate: pseudo.probabilityIfNotHelping),
      "p_if_helping": JSONValue(approximate: pseudo.probabilityIfHelping), "best_weight": json(pseudo.bestWeight),
      "gain": json(pseudo.gain, unit: c.unit), "share": json(pseudo.share),
      "imitation_gain": json(pseudo.imitationGain, unit: c.unit),
      "held_out": pseudo.heldOut.map { json($0, c.unit) } ?? nil,
    ]
  }

  func combination(_ best: TeacherCombination) -> JSONValue {
    [
      "weights": .array(best.weights.map { JSONValue(approximate: $0) }), "share": JSONValue(approximate: best.share),
      "best_single": JSONValue(best.bestSingle), "share_of_best_single": JSONValue(approximate: best.shareOfBestSingle),
      "held_out": best.heldOut.map { json($0, advice.candidates[0].unit) } ?? nil,
    ]
  }

  func curves(_ curves: AdviceCurves) -> JSONValue {
    [
      "risk": .array(
        curves.risk.map { point in
          [
            "weight": JSONValue(approximate: point.weight), "plain": json(point.plain),
            "tuned": JSONValue(approximate: point.tuned),
          ]
        }),
      "rows": .array(
        curves.rows.map { point in
          [
            "n": JSONValue(point.rows), "plain": JSONValue(approximate: point.plain),
            "tuned": JSONValue(approximate: point.tuned),
          ]
        }),
    ]
  }

  private func json(_ value: ExtendedRational) -> JSONValue {
    switch value {
    case .finite(let value): JSONValue(value)
    case .infinity: "infinity"
    }
  }
}
