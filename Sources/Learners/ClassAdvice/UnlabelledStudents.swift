// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// Students of one fold that teachers also teach on rows without a label.
///
/// A teacher that was fitted to the fold's training rows labels the others: its soft labels are pseudo-labels (Lee 2013; Hinton and others 2015). The loss
/// is the mean of CE over labelled rows and λT² times the mean of KL over all rows.
struct UnlabelledStudents: Sendable {
  /// The teachers that can tell of rows without a label.
  let candidates: [ClassTeacher]
  let alone: SoftmaxStudent
  private let heldOut: PreparedRows
  private let labelled, unlabelled: [ClassTeacher: TeacherLogits]

  /// The candidates of the data that can label; label smoothing says the same of every row and is none.
  static func candidates(_ data: ClassData) -> [ClassTeacher] {
    guard let rows = data.unlabelled else { return [] }
    let knowsOutside = rows.outside.count == data.outside.count
    return ClassTeacher.all(data).filter { teacher in
      switch teacher {
      case .view, .viewOnOtherRows, .joint: true
      case .outside, .ensemble: knowsOutside
      case .smoothing: false
      }
    }
  }

  /// - Parameters:
  ///   - training: the labelled rows of the fold.
  ///   - heldOut: the student's columns of held-out rows.
  ///   - labelled: the teachers' logits of the training rows.
  ///   - unlabelled: their logits of the rows without a label.
  init(
    _ training: LabelledRows, _ rows: UnlabelledClassRows, candidates: [ClassTeacher], heldOut: [Double],
    labelled: [ClassTeacher: TeacherLogits], unlabelled: [ClassTeacher: TeacherLogits], weightDecay: Double,
    mostComponents: Int?
  ) throws(ClassAdviceError) {
    let objective = try SoftmaxObjective(
      training, unlabelled: rows.student, weightDecay: weightDecay, mostComponents: mostComponents)
    alone = objective.fit(tolerance: 1e-7)
    self.heldOut = objective.rows(heldOut)
    (self.candidates, self.labelled, self.unlabelled) = (candidates, labelled, unlabelled)
  }

  private func softLabels(_ teacher: ClassTeacher, _ temperature: Double) -> SoftLabels {
    guard teacher != .ensemble else {
      return .mean(of: candidates.filter(\.isSingleOnOtherRows).map { softLabels($0, temperature) })
    }
    guard let own = labelled[teacher], let others = unlabelled[teacher] else {
      preconditionFailure("every candidate has logits of all rows")
    }
    return TeacherLogits(checked: own.values + others.values, classCount: own.classCount)
      .softLabels(temperature: temperature)
  }

  /// The students of some candidates at one setting.
  ///
  /// - Parameter paths: what they were at settings before, to which they are added.
  func distilled(
    _ setting: DistillationSetting, of chosen: [Int], along paths: inout StudentPaths, isExhaustive: Bool
  ) -> [TeacherLogits] {
    let terms = chosen.map {
      DistillationTerm(
        softLabels(candidates[$0], setting.temperature), weight: setting.weight, temperature: setting.temperature)
    }
    let students = paths.students(
      setting, terms, of: chosen, isExhaustive: isExhaustive,
      reference: NewtonStepForecast(
        alone, candidates: terms.map(\.softLabels), weight: setting.weight, temperature: setting.temperature
      ).reference)
    return students.map { $0.logits(of: heldOut) }
  }
}
