// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import SeededRuns

/// What perceptron students will gain, by folds of their training rows: from a reference that all teachers of a student share, and by training every one.
///
/// The reference is trained with the class means of the teachers' average soft label, and each teacher's student goes on from there for a fifth of the
/// epochs; what it is compared with, the student alone, goes on as long.
struct PerceptronForecast {
  /// The share of the epochs that a student goes on from the reference.
  static let share = 5

  private let folds: [Fold]

  /// One fold: everything is fitted without its rows.
  private struct Fold {
    let fitted, judged: [LabelledRows]
    let alone: [Classifier]
    /// The student alone that went on for as many epochs as students from the reference do.
    let aloneLonger: [Classifier]
    let teachers: [Transfer.TeacherRows: [(logits: [Float], accuracy: Double)]]
  }

  private let training: ClassifierSettings
  private let weight, temperature: Double
  private let seed: UInt64

  private var further: ClassifierSettings {
    var settings = training
    settings.epochs = max(1, training.epochs / PerceptronForecast.share)
    return settings
  }

  /// Fits teachers and students alone, fold by fold.
  ///
  /// - Throws: `ClassAdviceError` where a class has fewer training rows than folds; `ClassificationError`.
  init(
    _ views: [LabelledRows], classNames: [String], _ split: DataSplit, folds count: Int, training: ClassifierSettings,
    weight: Double, temperature: Double, seed: UInt64
  ) throws {
    (self.training, self.weight, self.temperature, self.seed) = (training, weight, temperature, seed)
    var longer = training
    longer.epochs = max(1, training.epochs / PerceptronForecast.share)
    let cut = try ClassFolds(
      labels: split.training.map { views[0].labels[$0] }, classNames: classNames, folds: count, seed: seed)
    folds = try (0..<cut.count).map { fold in
      let rows = cut.training(fold).map { split.training[$0] }
      let fitted = try views.map { try $0.selecting(rows) }
      let judged = try views.map { try $0.selecting(cut.heldOut(fold).map { split.training[$0] }) }
      let alone = try fitted.map { try Classifier(training: $0, settings: training, seed: seed) }
      var teachers: [Transfer.TeacherRows: [(logits: [Float], accuracy: Double)]] = [:]
      for kind in Transfer.TeacherRows.allCases {
        teachers[kind] = try views.indices.map { index in
          let own = kind == .same ? fitted[index] : try views[index].selecting(rows + split.extra)
          let teacher = try Classifier(training: own, settings: training, seed: seed &+ 1)
          return (teacher.logits(of: fitted[index].features), try teacher.metrics(on: judged[index]).accuracy)
        }
      }
      return Fold(
        fitted: fitted, judged: judged, alone: alone,
        aloneLonger: try zip(fitted, alone).map {
          try Classifier(training: $0, startingFrom: $1, settings: longer, seed: seed &+ 2)
        }, teachers: teachers)
    }
  }

  /// What every teacher of a student is expected to gain, in the order of the views.
  func outcomes(student: Int, _ rows: Transfer.TeacherRows) throws -> [(teacher: Int, outcomes: [Run.Outcome])] {
    let candidates = folds[0].fitted.indices.filter { $0 != student }
    var sums = [[Double]](repeating: [0, 0, 0, 0, 0, 0], count: candidates.count)
    for fold in folds {
      let (own, judged) = (fold.fitted[student], fold.judged[student])
      let (base, longer) = (
        try fold.alone[student].metrics(on: judged), try fold.aloneLonger[student].metrics(on: judged)
      )
      guard let teachers = fold.teachers[rows] else { continue }
      let reference = try Classifier(
        training: own, guidance: reference(candidates.map { teachers[$0].logits }, own), settings: training, seed: seed)
      for (place, candidate) in candidates.enumerated() {
        let guidance = try Guidance(logits: teachers[candidate].logits, weight: weight, temperature: temperature)
        let steps = try Classifier(
          training: own, guidance: guidance, startingFrom: reference, settings: further, seed: seed &+ 2
        ).metrics(on: judged)
        let trained = try Classifier(training: own, guidance: guidance, settings: training, seed: seed)
          .metrics(on: judged)
        let gains = [
          steps.accuracy - longer.accuracy, longer.meanSquaredError - steps.meanSquaredError,
          trained.accuracy - base.accuracy, base.meanSquaredError - trained.meanSquaredError,
          teachers[candidate].accuracy, base.accuracy,
        ]
        for i in gains.indices { sums[place][i] += gains[i] / Double(folds.count) }
      }
    }
    let names = [
      "steps accuracy", "steps MSE", "trained accuracy", "trained MSE", "forecast teacher accuracy",
      "forecast student accuracy",
    ]
    return zip(candidates, sums).map { candidate, sums in (candidate, zip(names, sums).map { .init($0, $1) }) }
  }

  /// Guidance by the class means of the teachers' average soft label.
  private func reference(_ teachers: [[Float]], _ rows: LabelledRows) throws -> Guidance {
    let soft = try teachers.map {
      try TeacherLogits($0.map { Double($0) }, classCount: rows.classCount).softLabels(temperature: temperature)
    }
    let logits = SoftLabels.mean(of: soft).classMeans(rows.labels).logits(temperature: temperature)
    return try Guidance(logits: logits.map { Float($0) }, weight: weight, temperature: temperature)
  }
}
