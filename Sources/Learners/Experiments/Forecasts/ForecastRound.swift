// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import SeededRuns

/// One cut of the rows: what was gained on test rows, and what every rule had said before.
struct ForecastRound {
  typealias TeacherRows = Transfer.TeacherRows

  private let experiment: ForecastExperiment
  private let truth: Part
  private let folds: [Part]
  private let information: [Int]
  private let labelInformation: [InformationCell]
  private let seed: UInt64

  /// Students and teachers of some rows, judged on others.
  private struct Part {
    let labels: [Int]
    let evaluated: [LabelledRows]
    let alone: [SoftmaxStudent]
    /// The components of the judged rows in every student's view.
    let scores: [[Double]]
    let teacherAccuracy: [TeacherRows: [Double]]
    /// The teachers of every view, by their rows: fitted, with logits of the training rows.
    let teachers: [TeacherRows: [(student: SoftmaxStudent, logits: TeacherLogits)]]

    init(_ experiment: ForecastExperiment, fitting rows: [Int], extra: [Int], judging: [Int]) throws {
      let views = experiment.views.map(\.rows)
      labels = rows.map { views[0].labels[$0] }
      evaluated = try views.map { try $0.selecting(judging) }
      alone = try views.map {
        try SoftmaxObjective($0.selecting(rows), weightDecay: experiment.weightDecay).fit()
      }
      let more = try views.map { view in
        let student = try SoftmaxObjective(view.selecting(rows + extra), weightDecay: experiment.weightDecay).fit()
        return (student, student.logits(of: try view.selecting(rows).features))
      }
      teachers = [.same: alone.map { ($0, $0.trainingLogits) }, .more: more]
      scores = zip(alone, evaluated).map { $0.objective.features.scores(of: $1.features) }
      let held = evaluated
      teacherAccuracy = teachers.mapValues { fitted in
        zip(fitted, held).map { Score($0.student.logits(of: $1.features), labels: $1.labels).accuracy }
      }
    }

    func score(_ student: SoftmaxStudent, view: Int) -> Score {
      Score(student.logits(ofScores: scores[view]), labels: evaluated[view].labels)
    }
  }

  init(_ experiment: ForecastExperiment, _ split: DataSplit, seed: UInt64) throws {
    (self.experiment, self.seed, information) = (experiment, seed, split.information)
    truth = try Part(experiment, fitting: split.training, extra: split.extra, judging: split.test)
    let labels = split.training.map { experiment.views[0].rows.labels[$0] }
    let cut = try ClassFolds(labels: labels, classNames: experiment.classNames, folds: experiment.folds, seed: seed)
    folds = try (0..<cut.count).map { fold in
      try Part(
        experiment, fitting: cut.training(fold).map { split.training[$0] }, extra: split.extra,
        judging: cut.heldOut(fold).map { split.training[$0] })
    }
    let alone = truth.alone
    labelInformation = try experiment.views.indices.map { view in
      guard experiment.hasInformations else { return InformationCell(missing: "not asked for") }
      let rows = try experiment.views[view].rows.selecting(split.information)
      return RepresentationInformation.ofStudentAndLabel(
        alone[view].logits(of: rows.features).values.map { Float($0) }, labels: rows.labels, classes: rows.classCount,
        seed: seed)
    }
  }

  /// What every teacher of a student comes to, for every λ.
  func outcomes(student: Int, _ rows: TeacherRows) throws -> [(teacher: Int, weight: Double, outcomes: [Run.Outcome])] {
    let candidates = experiment.views.indices.filter { $0 != student }
    let informations = try candidates.map { try teacherInformation($0, rows, student: student) }
    var source = RandomSource(seed: seed, index: UInt64(2 * student + (rows == .same ? 0 : 1) + 10))
    let gains = measured(truth, student, rows, candidates, isForecast: false, &source)
    let forecasts = folds.map { measured($0, student, rows, candidates, isForecast: true, &source) }
    return try candidates.indices.flatMap { place in
      try experiment.weights.indices.map { w in
        let gain = gains[place][w]
        func mean(_ value: (Measured) -> Double) -> Double {
          forecasts.reduce(0) { $0 + value($1[place][w]) } / Double(forecasts.count)
        }
        let interval = try GainEstimate(
          forecasts.map { $0[place][w].steps.logLoss }, heldOutShare: 1 / Double(experiment.folds - 1), level: 0.95)
        let cells = RepresentationInformation(
          teacherStudent: informations[place].information, studentLabel: labelInformation[student])
        return (
          candidates[place], experiment.weights[w],
          [
            .init("i_ts", cells.teacherStudent), .init("i_sy", cells.studentLabel), .delta(cells),
            .init("teacher accuracy", gain.teacherAccuracy), .init("student accuracy", gain.aloneAccuracy),
            .init("gain log-loss", gain.trained.logLoss), .init("control gain log-loss", gain.shuffled.logLoss),
            .init("class-mean gain log-loss", gain.classMean.logLoss),
            .init("gain accuracy", gain.trained.accuracy), .init("control gain accuracy", gain.shuffled.accuracy),
            .init("class-mean gain accuracy", gain.classMean.accuracy),
            .init("forecast teacher accuracy", mean(\.teacherAccuracy)),
            .init("forecast student accuracy", mean(\.aloneAccuracy)),
            .init("slope", mean(\.slope)),
            .init("two steps log-loss", mean(\.steps.logLoss)), .init("two steps accuracy", mean(\.steps.accuracy)),
            .init("two steps lower", interval.lower), .init("two steps upper", interval.upper),
            .init("trained log-loss", mean(\.trained.logLoss)), .init("trained accuracy", mean(\.trained.accuracy)),
            .init("shuffled steps log-loss", mean(\.shuffled.logLoss)),
            .init("shuffled steps accuracy", mean(\.shuffled.accuracy)),
            .init("alignment", informations[place].alignment),
          ]
        )
      }
    }
  }

  /// The gains of one teacher at one λ.
  private struct Measured {
    var slope = 0.0
    var steps = Score.zero
    var trained = Score.zero
    var shuffled = Score.zero
    var classMean = Score.zero
    var teacherAccuracy = 0.0
    var aloneAccuracy = 0.0
  }

  /// Teacher by teacher, λ by λ.
  ///
  /// Where it is a forecast, shuffled students are two steps from the reference too, and there are slopes.
  private func measured(
    _ part: Part, _ student: Int, _ rows: TeacherRows, _ candidates: [Int], isForecast: Bool,
    _ source: inout RandomSource
  ) -> [[Measured]] {
    let (alone, temperature) = (part.alone[student], experiment.temperature)
    let base = part.score(alone, view: student)
    let teachers = candidates.compactMap { part.teachers[rows]?[$0] }
    let soft = teachers.map { $0.logits.softLabels(temperature: temperature) }
    let slope = isForecast ? DistillationSlope(alone, heldOut: part.evaluated[student]) : nil
    let shuffled = soft.map { $0.shuffledWithinClasses(part.labels, using: &source) }
    var all = [[Measured]](repeating: [], count: candidates.count)
    for weight in experiment.weights {
      let forecast = TwoStepForecast(alone, candidates: soft, weight: weight, temperature: temperature)
      for place in candidates.indices {
        var own = Measured()
        func gain(_ fitted: SoftmaxStudent) -> Score { part.score(fitted, view: student).gain(over: base) }
        own.slope = -(slope?(soft[place], temperature: temperature) ?? 0)
        own.trained = gain(forecast.trainedStudent(of: soft[place]))
        if isForecast {
          own.steps = gain(forecast.student(of: soft[place]))
          own.shuffled = gain(forecast.student(of: shuffled[place]))
        } else {
          own.shuffled = gain(forecast.trainedStudent(of: shuffled[place]))
          own.classMean = gain(forecast.trainedStudent(of: soft[place].classMeans(part.labels)))
        }
        own.teacherAccuracy = part.teacherAccuracy[rows]?[candidates[place]] ?? 0
        own.aloneAccuracy = base.accuracy
        all[place].append(own)
      }
    }
    return all
  }

  /// I(H1; H2) and the alignment of logits within classes, on rows that neither was trained on.
  private func teacherInformation(_ teacher: Int, _ rows: TeacherRows, student: Int) throws
    -> (information: InformationCell, alignment: Double)
  {
    guard let fitted = truth.teachers[rows]?[teacher].student else {
      return (InformationCell(missing: "no teacher"), 0)
    }
    let views = experiment.views
    let logits = fitted.logits(of: try views[teacher].rows.selecting(information).features)
    let own = truth.alone[student].logits(of: try views[student].rows.selecting(information).features)
    let alignment = WithinClassAlignment(
      teacher: logits, student: own, strata: information.map { views[student].rows.labels[$0] }, permutations: 0,
      seed: seed)
    guard experiment.hasInformations else { return (InformationCell(missing: "not asked for"), alignment.r) }
    let cell = RepresentationInformation.ofTeacherAndStudent(
      logits.values.map { Float($0) }, own.values.map { Float($0) }, classes: logits.classCount, seed: seed)
    return (cell, alignment.r)
  }
}

/// Log-loss and accuracy, or what they improve by.
private struct Score {
  static let zero = Score(logLoss: 0, accuracy: 0)
  let logLoss: Double
  let accuracy: Double

  private init(logLoss: Double, accuracy: Double) { (self.logLoss, self.accuracy) = (logLoss, accuracy) }

  init(_ logits: TeacherLogits, labels: [Int]) {
    let score = HeldOutScore(logits, labels: labels)
    self.init(logLoss: score.logLoss, accuracy: score.accuracy)
  }

  func gain(over base: Score) -> Score {
    Score(logLoss: base.logLoss - logLoss, accuracy: accuracy - base.accuracy)
  }
}
