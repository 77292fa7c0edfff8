// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ClassAdvice
import Classification
import ExactJSON

extension ClassAdvicePage {
  /// The document of schema `cch.class-advice/1`.
  var json: JSONValue {
    let data = advice.data
    return [
      "schema": "cch.class-advice/1", "file": .string(file), "seed": .number(String(settings.seed)),
      "rows": JSONValue(advice.rowsBefore), "rows_looked_at": JSONValue(data.rowCount), "dropped": JSONValue(dropped),
      "label": .string(label), "classes": .array(data.classNames.map { .string($0) }),
      "student_columns": JSONValue(data.student.featureCount), "level": JSONValue(approximate: settings.level),
      "folds": JSONValue(settings.folds), "repeats": JSONValue(settings.repeats),
      "weight_decay": JSONValue(approximate: advice.weightDecay),
      "student": [
        "accuracy": JSONValue(approximate: advice.alone.accuracy),
        "log_loss": JSONValue(approximate: advice.alone.logLoss),
      ],
      "exhaustive": .bool(settings.isExhaustive),
      "unlabelled": data.unlabelled.map { ["rows": JSONValue($0.count), "hidden": .bool($0.areHidden)] } ?? nil,
      "perceptron": advice.perceptron.map {
        [
          "units": JSONValue($0.units), "weight_decay": JSONValue(approximate: $0.weightDecay),
          "accuracy": JSONValue(approximate: $0.alone.accuracy), "log_loss": JSONValue(approximate: $0.alone.logLoss),
        ]
      } ?? nil, "recommended": advice.recommended.map { .string($0.name) } ?? nil,
      "candidates": .array(advice.candidates.map(json)),
    ]
  }

  private func json(_ c: ClassCandidate) -> JSONValue {
    [
      "teacher": .string(c.name), "kind": .string(kind(c.teacher)),
      "outputs": outputs(c.teacher).map { .string($0.rawValue) } ?? nil, "verdict": .string(c.verdict.rawValue),
      "lambda": JSONValue(approximate: c.setting.weight), "temperature": JSONValue(approximate: c.setting.temperature),
      "slope": JSONValue(approximate: c.slope), "gain_log_loss": json(c.logLoss), "gain_accuracy": json(c.accuracy),
      "gain_weighted_f1": c.weightedF1.map(json) ?? nil, "gain_macro_auc": c.macroAUC.map(json) ?? nil,
      "shuffled_gain_log_loss": json(c.shuffled), "class_mean_gain_log_loss": json(c.classMeans),
      "gain_beyond_shuffled": json(c.beyondShuffled),
      "teacher_accuracy": c.teacherAccuracy.map { JSONValue(approximate: $0) } ?? nil,
      "alignment": c.alignment.map {
        ["r": JSONValue(approximate: $0.r), "p": JSONValue(approximate: $0.probability)]
      } ?? nil,
      "information": c.information.map {
        ["teacher_student": json($0.teacherStudent), "student_label": json($0.studentLabel)]
      } ?? nil, "information_within_classes": c.withinClasses.map(json) ?? nil,
      "unlabelled": c.unlabelled.map(json) ?? nil, "perceptron": c.perceptron.map(json) ?? nil,
    ]
  }

  private func json(_ information: WithinClassInformation) -> JSONValue {
    [
      "nats": information.estimate.nats.map { JSONValue(approximate: $0) } ?? nil,
      "note": .string(information.estimate.note),
      "by_chance": information.byChance.map { JSONValue(approximate: $0) } ?? nil,
      "p": information.probability.map { JSONValue(approximate: $0) } ?? nil,
    ]
  }

  private func json(_ gain: UnlabelledGain) -> JSONValue {
    [
      "lambda": JSONValue(approximate: gain.setting.weight),
      "temperature": JSONValue(approximate: gain.setting.temperature), "gain_log_loss": json(gain.logLoss),
      "gain_accuracy": json(gain.accuracy), "gain_beyond_labelled": json(gain.beyondLabelled),
    ]
  }

  private func json(_ gain: PerceptronGain) -> JSONValue {
    [
      "gain_log_loss": json(gain.logLoss), "gain_accuracy": json(gain.accuracy),
      "shuffled_gain_log_loss": json(gain.shuffled), "gain_beyond_shuffled": json(gain.beyondShuffled),
    ]
  }

  private func json(_ cell: InformationCell) -> JSONValue {
    ["nats": cell.nats.map { JSONValue(approximate: $0) } ?? nil, "note": .string(cell.note)]
  }

  private func json(_ gain: GainEstimate) -> JSONValue {
    [
      "mean": JSONValue(approximate: gain.mean), "lower": JSONValue(approximate: gain.lower),
      "upper": JSONValue(approximate: gain.upper),
    ]
  }

  private func outputs(_ teacher: ClassTeacher) -> TeacherLogits.Outputs? {
    if case .outside(let place) = teacher { advice.data.outside[place].logits.outputs } else { nil }
  }

  private func kind(_ teacher: ClassTeacher) -> String {
    switch teacher {
    case .view: "view"
    case .viewOnOtherRows: "view_on_other_rows"
    case .outside: "outside"
    case .joint: "joint"
    case .ensemble: "ensemble"
    case .smoothing: "label_smoothing"
    }
  }
}
