// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import SeededRuns

/// The weight decays of a student and of the teachers that are trained here.
struct WeightDecays: Sendable {
  let student: Double
  let views: [Double]
  let joint: Double
}

/// One fold: the student alone, the teachers, and any distilled student, all fitted without the fold's rows.
struct FoldStudents: Sendable {
  /// The rows that are held out, and their classes.
  let heldOut: [Int]
  let heldOutLabels: [Int]
  let alone: SoftmaxStudent
  /// The student's logits of the held-out rows.
  let aloneLogits: TeacherLogits
  /// The teachers' logits of the training rows; those that are none of logits are missing.
  private let logits: [ClassTeacher: TeacherLogits]
  /// The logits of single views and outside teachers of the held-out rows.
  let heldOutLogits: [ClassTeacher: TeacherLogits]
  /// Students that learn from rows without a label too; nil where there are none.
  let unlabelled: UnlabelledStudents?
  private let labels: [Int]
  private let heldOutFeatures: [Double]
  private let heldOutRows: PreparedRows
  private let singles: [ClassTeacher]
  private let candidates: [ClassTeacher]

  /// Fits everything but distilled students and the teachers of other rows.
  init(
    _ data: ClassData, joint: LabelledRows?, _ cuts: [ClassFolds], repetition: Int, fold: Int, _ decays: WeightDecays,
    _ otherRows: TeachersOfOtherRows, candidates: [ClassTeacher], mostComponents: Int?
  ) throws {
    let folds = cuts[repetition]
    let training = folds.training(fold)
    heldOut = folds.heldOut(fold)
    heldOutLabels = heldOut.map { data.student.labels[$0] }
    labels = training.map { data.student.labels[$0] }
    self.candidates = candidates
    let rows = try data.student.selecting(training)
    let objective = try SoftmaxObjective(rows, weightDecay: decays.student, mostComponents: mostComponents)
    alone = objective.fit(tolerance: 1e-7)
    let seen = WeightDecayChoice.features(heldOut, of: data.student)
    (heldOutFeatures, heldOutRows) = (seen, objective.rows(seen))
    aloneLogits = alone.logits(of: heldOutRows)
    var (own, held, others) = (
      [ClassTeacher: TeacherLogits](), [ClassTeacher: TeacherLogits](), [ClassTeacher: TeacherLogits]()
    )
    let more = data.unlabelled
    for (index, view) in data.views.enumerated() {
      let objective = try SoftmaxObjective(
        view.rows.selecting(training), weightDecay: decays.views[index], mostComponents: mostComponents)
      let teacher = objective.fit(tolerance: 1e-5)
      own[.view(index)] = teacher.trainingLogits
      held[.view(index)] = teacher.logits(of: WeightDecayChoice.features(heldOut, of: view.rows))
      own[.viewOnOtherRows(index)] = otherRows.logits(view: index, repetition: repetition, fold: fold)
      // No teacher saw the rows without a label: one that saw all training rows judges them.
      if let more {
        others[.view(index)] = teacher.logits(of: more.views[index])
        others[.viewOnOtherRows(index)] = others[.view(index)]
      }
    }
    for (index, teacher) in data.outside.enumerated() {
      own[.outside(index)] = teacher.logits.selecting(training)
      held[.outside(index)] = teacher.logits.selecting(heldOut)
      if let more, index < more.outside.count { others[.outside(index)] = more.outside[index] }
    }
    if let joint {
      own[.joint] = otherRows.logits(view: data.views.count, repetition: repetition, fold: fold)
      if let more {
        let objective = try SoftmaxObjective(
          joint.selecting(training), weightDecay: decays.joint, mostComponents: mostComponents)
        others[.joint] = objective.fit(tolerance: 1e-5).logits(of: more.joint)
      }
    }
    (logits, heldOutLogits) = (own, held)
    unlabelled = try more.map {
      try UnlabelledStudents(
        rows, $0, candidates: UnlabelledStudents.candidates(data), heldOut: seen, labelled: own, unlabelled: others,
        weightDecay: decays.student, mostComponents: mostComponents)
    }
    singles = data.views.indices.map { .viewOnOtherRows($0) } + data.outside.indices.map { .outside($0) }
  }

  /// A candidate's soft labels of the training rows.
  func softLabels(_ teacher: ClassTeacher, _ temperature: Double) -> SoftLabels {
    switch teacher {
    case .ensemble: return .mean(of: singles.map { softLabels($0, temperature) })
    case .view, .viewOnOtherRows, .outside, .joint:
      guard let logits = logits[teacher] else { preconditionFailure("every candidate has logits") }
      return logits.softLabels(temperature: temperature)
    case .smoothing:
      let k = alone.objective.classCount
      return SoftLabels([Double](repeating: 1 / Double(k), count: labels.count * k), classCount: k)
    }
  }

  /// What is done with a teacher's soft labels.
  enum Treatment: Sendable, Hashable {
    case paired, shuffled, classMeans
  }

  /// A student near all candidates' at each setting: the references of ``NewtonStepForecast``, nearly.
  func references(_ settings: [DistillationSetting]) -> [SoftmaxStudent] {
    let terms = settings.map { setting in
      DistillationTerm.reference(
        of: candidates.map { softLabels($0, setting.temperature) }, labels, weight: setting.weight,
        temperature: setting.temperature)
    }
    return alone.distilled(terms, from: terms.map { _ in [alone] })
  }

  /// What students at a setting are distilled with.
  func terms(_ setting: DistillationSetting, _ asked: [(teacher: ClassTeacher, treatment: Treatment)], seed: UInt64)
    -> [DistillationTerm]
  {
    asked.map { one in
      DistillationTerm(
        treated(softLabels(one.teacher, setting.temperature), one, seed), weight: setting.weight,
        temperature: setting.temperature)
    }
  }

  /// The logits of students of the held-out rows.
  func heldOut(_ students: [SoftmaxStudent]) -> [TeacherLogits] { students.map { $0.logits(of: heldOutRows) } }

  /// What is made of a candidate's soft labels.
  func treated(_ own: SoftLabels, _ asked: (teacher: ClassTeacher, treatment: Treatment), _ seed: UInt64)
    -> SoftLabels
  {
    switch asked.treatment {
    case .paired: return own
    case .classMeans: return own.classMeans(labels)
    case .shuffled:
      // The same permutation at every setting, so that settings are compared and not permutations.
      var source = RandomSource(seed: seed, index: UInt64(candidates.firstIndex(of: asked.teacher) ?? 0))
      return own.shuffledWithinClasses(labels, using: &source)
    }
  }

  /// The slope of the held-out log-loss by λ at 0, for a candidate.
  func slopes(_ temperature: Double) -> [Double] {
    let slope = DistillationSlope(
      alone, nil, scores: alone.objective.features.scores(of: heldOutFeatures), labels: heldOutLabels)
    return candidates.map { slope(softLabels($0, temperature), temperature: temperature) }
  }
}

/// One λ and one T.
public struct DistillationSetting: Sendable, Hashable {
  /// λ.
  public let weight: Double
  /// T.
  public let temperature: Double

  /// A setting.
  public init(weight: Double, temperature: Double) { (self.weight, self.temperature) = (weight, temperature) }
}
