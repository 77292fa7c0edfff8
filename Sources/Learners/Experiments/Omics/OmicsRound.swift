// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import SeededRuns

/// One deal of patients to folds: a teacher and a student of every modality, trained outside of each fold.
struct OmicsRound {
  private let labels: ClassLabels
  private let views: [LabelledRows]
  private let folds: StratifiedFolds
  private let experiment: OmicsExperiment
  private let seed: UInt64
  /// For every modality and fold the classifier that teaches, and its predictions of the held-out patients; a student that is trained alone
  /// starts from other weights.
  private let teachers: [[Classifier]]
  private let teaching, alone: [FoldedPredictions]

  init(_ cohort: Dataset, _ experiment: OmicsExperiment, seed: UInt64) throws {
    labels = cohort.labels
    views = try cohort.modalities.map { try LabelledRows($0, cohort.labels) }
    var source = RandomSource(seed: seed, index: 0)
    folds = try StratifiedFolds(labels, views[0], count: experiment.foldCount, using: &source)
    (self.experiment, self.seed) = (experiment, seed)
    var (teachers, teaching, alone) = ([[Classifier]](), [FoldedPredictions](), [FoldedPredictions]())
    for view in views {
      var own: [Classifier] = []
      var predictions = [1, 2].map { _ in FoldedPredictions(rows: view.rowCount, classCount: view.classCount) }
      for (fold, heldOut) in folds.folds.enumerated() {
        let training = try view.selecting(folds.training(without: fold))
        let features = OmicsRound.features(of: view, heldOut)
        let teacher = try Classifier(
          training: training, settings: experiment.training, seed: OmicsRound.stream(seed, 1, fold))
        let student = try Classifier(
          training: training, settings: experiment.training, seed: OmicsRound.stream(seed, 2, fold))
        predictions[0].set(teacher.logits(of: features), rows: heldOut)
        predictions[1].set(student.logits(of: features), rows: heldOut)
        own.append(teacher)
      }
      teachers.append(own)
      teaching.append(predictions[0])
      alone.append(predictions[1])
    }
    (self.teachers, self.teaching, self.alone) = (teachers, teaching, alone)
  }

  /// What distilling from one modality into another does, to the student and to their fusion.
  func outcomes(teacher: Int, student: Int) throws -> [Run.Outcome] {
    var (guided, control, early) = (alone[student], alone[student], alone[student])
    let both = try LabelledRows(sideBySide: [views[teacher], views[student]])
    for (fold, heldOut) in folds.folds.enumerated() {
      let rows = folds.training(without: fold)
      let training = try views[student].selecting(rows)
      let guidance = try Guidance(
        logits: teachers[teacher][fold].logits(of: OmicsRound.features(of: views[teacher], rows)),
        weight: experiment.weight, temperature: experiment.temperature)
      var source = RandomSource(seed: OmicsRound.stream(seed, 3, fold), index: UInt64(teacher))
      let shuffled = guidance.shuffledWithinClasses(training.labels, using: &source)
      let features = OmicsRound.features(of: views[student], heldOut)
      func logits(_ guidance: Guidance) throws -> [Float] {
        try Classifier(
          training: training, guidance: guidance, settings: experiment.training, seed: OmicsRound.stream(seed, 2, fold)
        ).logits(of: features)
      }
      guided.set(try logits(guidance), rows: heldOut)
      control.set(try logits(shuffled), rows: heldOut)
      let fused = try Classifier(
        training: both.selecting(rows), settings: experiment.training, seed: OmicsRound.stream(seed, 2, fold))
      early.set(fused.logits(of: OmicsRound.features(of: both, heldOut)), rows: heldOut)
    }
    let (classes, stream) = (labels.classes.count, OmicsRound.stream(seed, 4, 0))
    let informations = RepresentationInformation(
      teacherStudent: folds.information { rows in
        RepresentationInformation.ofTeacherAndStudent(
          teaching[teacher].logits(of: rows), alone[student].logits(of: rows), classes: classes, seed: stream)
      },
      studentLabel: folds.information { rows in
        RepresentationInformation.ofStudentAndLabel(
          alone[student].logits(of: rows), labels: rows.map { labels.indices[$0] }, classes: classes, seed: stream)
      })
    let comparison = FusionComparison(
      labels: labels, teacher: teaching[teacher].probabilities, alone: alone[student].probabilities,
      guided: guided.probabilities, control: control.probabilities, early: early.probabilities)
    return [
      .init("i_ts", informations.teacherStudent), .init("i_sy", informations.studentLabel),
      .delta(informations),
    ] + (try comparison.outcomes())
  }

  private static func features(of view: LabelledRows, _ rows: [Int]) -> [Double] {
    rows.flatMap { view.features[($0 * view.featureCount)..<(($0 + 1) * view.featureCount)] }
  }

  /// A seed of its own for every purpose and fold.
  private static func stream(_ seed: UInt64, _ purpose: UInt64, _ fold: Int) -> UInt64 {
    var source = RandomSource(seed: seed, index: purpose << 32 + UInt64(fold))
    return source.next()
  }
}
