// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import Estimation
import SeededRuns

/// One split of two views of the same rows: a teacher on one view, students on the other, with and without the teacher.
///
/// All students of a split share first weights and batches, so their differences are paired.
struct Transfer {
  /// Which rows a teacher was trained on.
  enum TeacherRows: String, CaseIterable {
    /// The rows that the student is trained on.
    case same
    /// These, and further rows that the student does not have.
    case more
  }

  /// A student that was trained alone, with what is compared with it.
  struct Baseline {
    let settings: ClassifierSettings
    let metrics: ClassificationMetrics
    /// Its logits of the information rows.
    let logits: [Float]
    /// The estimate of I(H2; Y).
    let labelInformation: InformationCell
  }

  /// The metrics by which gains are measured; for errors the gain is what they fall by, so that greater is better for all.
  static var measures: [(name: String, sign: Double, measure: KeyPath<ClassificationMetrics, Double>)] {
    [
      ("accuracy", 1, \.accuracy), ("weighted F1", 1, \.weightedF1), ("macro AUC", 1, \.macroAUC),
      ("weighted AUC", 1, \.weightedAUC), ("MSE", -1, \.meanSquaredError),
    ]
  }

  let teacherView, studentView: LabelledRows
  let split: DataSplit
  let seed: UInt64
  private let training, information, test: LabelledRows

  /// The split that `seed` gives.
  ///
  /// - Throws: ``ExperimentError/unpairedViews(_:)`` where labels disagree; ``ExperimentError/tooFewRows(rows:needed:)``;
  ///   `ClassificationError`.
  init(teacher: LabelledRows, student: LabelledRows, sizes: PartSizes, seed: UInt64) throws {
    guard teacher.labels == student.labels, teacher.classCount == student.classCount else {
      throw ExperimentError.unpairedViews("the two views have different labels; row i of both must be one sample")
    }
    var source = RandomSource(seed: seed, index: 0)
    (teacherView, studentView, self.seed) = (teacher, student, seed)
    split = try DataSplit(student, sizes, using: &source)
    training = try student.selecting(split.training)
    information = try student.selecting(split.information)
    test = try student.selecting(split.test)
  }

  /// A teacher of the first view.
  func teacher(_ rows: TeacherRows, _ settings: ClassifierSettings) throws -> Classifier {
    let positions = rows == .same ? split.training : split.training + split.extra
    return try Classifier(
      training: try teacherView.selecting(positions), settings: settings, seed: stream(1))
  }

  /// A student that is trained alone.
  func baseline(_ settings: ClassifierSettings) throws -> Baseline {
    let student = try Classifier(training: training, settings: settings, seed: stream(2))
    let logits = student.logits(of: information.features)
    return Baseline(
      settings: settings, metrics: try student.metrics(on: test), logits: logits,
      labelInformation: labelInformation(logits))
  }

  /// What a teacher gives to a student: gains, those of the permutation control, and the informations of the CCH.
  func outcomes(
    _ teacher: Classifier, _ baseline: Baseline, weight: Double, temperature: Double,
    informations: RepresentationInformation
  ) throws -> [Run.Outcome] {
    let guidance = try Guidance(
      logits: teacher.logits(of: try teacherView.selecting(split.training).features), weight: weight,
      temperature: temperature)
    var source = RandomSource(seed: seed, index: 3)
    let shuffled = guidance.shuffledWithinClasses(training.labels, using: &source)
    func student(_ guidance: Guidance) throws -> ClassificationMetrics {
      try Classifier(training: training, guidance: guidance, settings: baseline.settings, seed: stream(2))
        .metrics(on: test)
    }
    let (guided, control) = (try student(guidance), try student(shuffled))
    let teacherAccuracy = try teacher.metrics(on: try teacherView.selecting(split.test)).accuracy
    var outcomes: [Run.Outcome] = [
      .init("i_ts", informations.teacherStudent), .init("i_sy", informations.studentLabel),
      .delta(informations), .init("teacher accuracy", teacherAccuracy),
      .init("student accuracy", baseline.metrics.accuracy),
    ]
    for (name, sign, measure) in Transfer.measures {
      let base = baseline.metrics[keyPath: measure]
      outcomes.append(.init("gain \(name)", sign * (guided[keyPath: measure] - base)))
      outcomes.append(.init("control gain \(name)", sign * (control[keyPath: measure] - base)))
    }
    return outcomes
  }

  /// The informations of a teacher and a student that was trained alone, by the estimator that the data ask for.
  func informations(_ teacher: Classifier, _ baseline: Baseline) throws -> RepresentationInformation {
    RepresentationInformation(
      teacherStudent: try teacherInformation(teacher, baseline.logits), studentLabel: baseline.labelInformation)
  }

  /// An estimate of I(H1; H2), from the student's logits of the information rows.
  func teacherInformation(
    _ teacher: Classifier, _ student: [Float], estimator: any MutualInformationEstimator = AutomaticEstimator()
  ) throws -> InformationCell {
    try RepresentationInformation.ofTeacherAndStudent(
      teacher.logits(of: teacherView.selecting(split.information).features), student,
      classes: information.classCount, estimator: estimator, seed: stream(4))
  }

  /// What teacher and student have in common within the classes: an estimate of I(H1; H2 | Y), and the alignment of their logits.
  func withinClasses(_ teacher: Classifier, _ baseline: Baseline) throws -> [Run.Outcome] {
    let logits = teacher.logits(of: try teacherView.selecting(split.information).features)
    let (labels, k) = (information.labels, information.classCount)
    func doubles(_ logits: [Float]) throws -> TeacherLogits {
      try TeacherLogits(logits.map { Double($0) }, classCount: k)
    }
    let alignment = WithinClassAlignment(
      teacher: try doubles(logits), student: try doubles(baseline.logits), strata: labels, permutations: 0, seed: seed)
    let givenLabel = RepresentationInformation.ofTeacherAndStudent(
      logits, baseline.logits, labels: labels, classes: k, seed: stream(4))
    return [.init("i_ts given label", givenLabel), .init("alignment", alignment.r)]
  }

  /// An estimate of I(H2; Y), from the student's logits of the information rows.
  func labelInformation(
    _ student: [Float], estimator: any MutualInformationEstimator = AutomaticEstimator()
  ) -> InformationCell {
    RepresentationInformation.ofStudentAndLabel(
      student, labels: information.labels, classes: information.classCount, estimator: estimator, seed: stream(5))
  }

  /// The seed of one part of the randomness: 1 teachers, 2 students, 4 and 5 estimators.
  func stream(_ index: UInt64) -> UInt64 {
    var source = RandomSource(seed: seed, index: index)
    return source.next()
  }
}

extension Run.Outcome {
  /// ΔI, or which of its informations is missing.
  static func delta(_ informations: RepresentationInformation) -> Run.Outcome {
    guard let difference = informations.difference else {
      let missing = informations.teacherStudent.nats == nil ? "I(H1;H2)" : "I(H2;Y)"
      return Run.Outcome("delta", nil, note: "\(missing) is missing")
    }
    return Run.Outcome("delta", difference)
  }
}

extension ClassifierSettings {
  /// The settings of training as settings of an experiment.
  func settings(of who: String) -> [Setting] {
    [
      Setting("\(who) hidden units", hiddenWidths.map(String.init).joined(separator: "-")),
      Setting("\(who) method", "\(method)"), Setting("\(who) learning rate", learningRate),
      Setting("\(who) batch", batch), Setting("\(who) epochs", epochs),
      Setting("\(who) held-out share", heldOutShare), Setting("\(who) patience", patience),
    ]
  }
}
