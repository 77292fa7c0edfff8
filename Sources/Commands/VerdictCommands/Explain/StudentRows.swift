// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Distillation
import ExactAlgebra
import ExactJSON
import PlainText

/// What distillation does for each student that an instance speaks of, as a table and as JSON.
struct StudentRows {
  private let students: [Student]

  init(_ instance: Instance, _ moments: Moments) { students = Student.all(instance, moments) }

  /// A row a student; empty where n is not given.
  var text: String {
    guard !students.isEmpty else { return "" }
    var table = TextTable([
      ("student and teacher", .left), ("gain over it as it is", .right), ("over the best without a teacher", .right),
      ("", .left),
    ])
    for student in students {
      table.append(
        student.kind.title, rounded(student.gain), rounded(student.gainOverUntaught), StudentRows.note(student))
    }
    return table.text
  }

  private static func note(_ student: Student) -> String {
    if student.helps { return "" }
    return student.isShrinkage ? "shrinkage" : "no gain"
  }

  var json: JSONValue {
    .array(
      students.map { student in
        [
          "student": .string(student.kind.rawValue), "risk_as_it_is": JSONValue(student.asItIs),
          "risk_without_teacher": JSONValue(student.untaught), "risk_with_teacher": JSONValue(student.taught),
          "weight_of_label": JSONValue(student.weights.label), "weight_of_teacher": JSONValue(student.weights.teacher),
          "gain": JSONValue(student.gain), "gain_over_best_without_teacher": JSONValue(student.gainOverUntaught),
          "helps": .bool(student.helps), "is_shrinkage": .bool(student.isShrinkage),
        ]
      })
  }
}

extension Student.Kind {
  /// What a table calls it.
  fileprivate var title: String {
    switch self {
    case .plain: "least squares"
    case .tuned: "tuned"
    case .unlabelled: "with unlabelled rows"
    case .unlabelledTuned: "with unlabelled rows, tuned"
    case .ridge: "ridge, orthogonal design"
    case .jointTeacher: "teacher of both modalities"
    case .jointTeacherTuned: "teacher of both modalities, tuned"
    case .sampledJointTeacher: "teacher of both, fitted to N rows"
    case .pseudoLabels: "teacher of both, fitted to the n rows, on unlabelled ones"
    }
  }
}
