// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import SeededRuns

/// What perceptron students will gain, by folds of their training rows: from a reference that all teachers of a student share, and by training every one.
///
/// The reference is trained with the class means of the teachers' average soft label, and each teacher's student goes on from there for a fifth of the
/// epochs; what it is compared with, the student alone, goes on as long, and so does one with the soft labels shuffled within class.
struct PerceptronForecast {
  /// The share of the epochs that a student goes on from the reference.
  static let share = 5

  /// A student of one view, and how it is trained.
  struct Student {
    let view: Int
    let settings: ClassifierSettings
    /// Its metrics alone, fold by fold, and those after it went on for as many epochs as students from the reference do.
    fileprivate let alone, aloneLonger: [ClassificationMetrics]
  }

  /// One fold: everything is fitted without its rows.
  private struct Fold {
    let fitted, judged: [LabelledRows]
    let teachers: [Transfer.TeacherRows: [Int: (logits: [Float], accuracy: Double)]]
  }

  /// What an experiment says of its forecasts; nothing where there are none.
  static func settings(folds: Int?) -> [Setting] {
    folds.map {
      [
        Setting("forecast folds", $0), Setting("forecasts", "steps, shuffled steps, training"),
        Setting("joint teacher", Run.jointTeacher),
      ]
    } ?? []
  }

  private let folds: [Fold]
  private let teachers: [Int]
  private let joint: Int?
  private let weight, temperature: Double
  private let seed: UInt64

  /// Fits teachers, fold by fold.
  ///
  /// - Parameters:
  ///   - views: the views of students and teachers.
  ///   - teachers: those that teach; nil for all.
  ///   - joint: a teacher that has no part in references, so that whether it is there changes nothing for the others.
  ///   - training: how teachers are trained.
  ///   - isStopped: asked before every fold; where it says yes there is no forecast.
  /// - Throws: `ClassAdviceError` where a class has fewer training rows than folds; `ClassificationError`.
  init?(
    _ views: [LabelledRows], teachers: [Int]? = nil, joint: Int? = nil, classNames: [String], _ split: DataSplit,
    folds count: Int, training: ClassifierSettings, weight: Double, temperature: Double, seed: UInt64,
    until isStopped: () -> Bool
  ) throws {
    (self.teachers, self.joint) = (teachers ?? Array(views.indices), joint)
    (self.weight, self.temperature, self.seed) = (weight, temperature, seed)
    let cut = try ClassFolds(
      labels: split.training.map { views[0].labels[$0] }, classNames: classNames, folds: count, seed: seed)
    var folds: [Fold] = []
    for fold in 0..<cut.count {
      if isStopped() { return nil }
      let rows = cut.training(fold).map { split.training[$0] }
      let fitted = try views.map { try $0.selecting(rows) }
      let judged = try views.map { try $0.selecting(cut.heldOut(fold).map { split.training[$0] }) }
      var all: [Transfer.TeacherRows: [Int: (logits: [Float], accuracy: Double)]] = [:]
      for kind in Transfer.TeacherRows.allCases {
        for index in self.teachers {
          let own = kind == .same ? fitted[index] : try views[index].selecting(rows + split.extra)
          let teacher = try Classifier(training: own, settings: training, seed: seed &+ 1)
          all[kind, default: [:]][index] = (
            teacher.logits(of: fitted[index].features), try teacher.metrics(on: judged[index]).accuracy
          )
        }
      }
      folds.append(Fold(fitted: fitted, judged: judged, teachers: all))
    }
    self.folds = folds
  }

  /// A student alone, fold by fold.
  func student(_ view: Int, _ settings: ClassifierSettings) throws -> Student {
    let longer = PerceptronForecast.further(settings)
    var (alone, aloneLonger) = ([ClassificationMetrics](), [ClassificationMetrics]())
    for fold in folds {
      let own = fold.fitted[view]
      let student = try Classifier(training: own, settings: settings, seed: seed)
      alone.append(try student.metrics(on: fold.judged[view]))
      aloneLonger.append(
        try Classifier(training: own, startingFrom: student, settings: longer, seed: seed &+ 2)
          .metrics(on: fold.judged[view]))
    }
    return Student(view: view, settings: settings, alone: alone, aloneLonger: aloneLonger)
  }

  private static func further(_ training: ClassifierSettings) -> ClassifierSettings {
    var settings = training
    settings.epochs = max(1, training.epochs / share)
    return settings
  }

  /// What every teacher of a student is expected to gain, in the order of the views.
  func outcomes(_ student: Student, _ rows: Transfer.TeacherRows) throws -> [(teacher: Int, outcomes: [Run.Outcome])] {
    let candidates = teachers.filter { $0 != student.view }
    let (training, further) = (student.settings, PerceptronForecast.further(student.settings))
    var sums = [[Double]](repeating: [0, 0, 0, 0, 0, 0, 0, 0], count: candidates.count)
    for (number, fold) in folds.enumerated() {
      let (own, judged) = (fold.fitted[student.view], fold.judged[student.view])
      let (base, longer) = (student.alone[number], student.aloneLonger[number])
      let fitted = fold.teachers[rows] ?? [:]
      let averaged = candidates.filter { $0 != joint }.compactMap { fitted[$0]?.logits }
      let reference = try Classifier(
        training: own, guidance: reference(averaged, own), settings: training, seed: seed)
      for (place, teacher) in candidates.compactMap({ fitted[$0] }).enumerated() {
        let guidance = try Guidance(logits: teacher.logits, weight: weight, temperature: temperature)
        func goingOn(_ guidance: Guidance) throws -> ClassificationMetrics {
          try Classifier(
            training: own, guidance: guidance, startingFrom: reference, settings: further, seed: seed &+ 2
          ).metrics(on: judged)
        }
        // The same permutation for every teacher, so that teachers are compared and not permutations.
        var source = RandomSource(seed: seed, index: UInt64(number))
        let steps = try goingOn(guidance)
        let shuffled = try goingOn(guidance.shuffledWithinClasses(own.labels, using: &source))
        let trained = try Classifier(training: own, guidance: guidance, settings: training, seed: seed)
          .metrics(on: judged)
        let gains = [
          steps.accuracy - longer.accuracy, longer.meanSquaredError - steps.meanSquaredError,
          shuffled.accuracy - longer.accuracy, longer.meanSquaredError - shuffled.meanSquaredError,
          trained.accuracy - base.accuracy, base.meanSquaredError - trained.meanSquaredError,
          teacher.accuracy, base.accuracy,
        ]
        for i in gains.indices { sums[place][i] += gains[i] / Double(folds.count) }
      }
    }
    let names = [
      "steps accuracy", "steps MSE", "shuffled steps accuracy", "shuffled steps MSE", "trained accuracy", "trained MSE",
      "forecast teacher accuracy",
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
