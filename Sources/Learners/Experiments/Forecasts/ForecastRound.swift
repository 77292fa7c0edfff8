// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import SeededRuns

/// One cut of the rows: what was gained on test rows, and what every rule had said before.
struct ForecastRound {
  typealias TeacherRows = Transfer.TeacherRows

  private let experiment: ForecastExperiment
  private let data: ForecastData
  /// The views, then those side by side that a joint teacher sees.
  private let views: [LabelledRows]
  private let truth: ForecastPart
  private let folds: [ForecastPart]
  private let information: [Int]
  private let labelInformation: [InformationCell]
  private let seed: UInt64

  init(_ experiment: ForecastExperiment, _ data: ForecastData, _ split: DataSplit, seed: UInt64) throws {
    (self.experiment, self.data, self.seed, information) = (experiment, data, seed, split.information)
    views = data.views.map(\.rows) + [try LabelledRows(sideBySide: data.joint.map { data.views[$0].rows })]
    let labels = split.training.map { data.views[0].rows.labels[$0] }
    let groups = data.groups.map { all in split.training.map { all[$0] } }
    let cut = try ClassFolds(
      labels: labels, classNames: data.classNames, groups: groups,
      folds: groups.map { min(experiment.folds, Set($0).count) } ?? experiment.folds, seed: seed)
    let decayed = try views.map { rows in
      (
        rows: rows,
        decay: try experiment.weightDecay
          ?? WeightDecayChoice(rows.selecting(split.training), folds: cut).value
      )
    }
    truth = try ForecastPart(
      decayed, fitting: split.training, extra: split.extra, judging: split.test, further: data.further,
      isCalibrated: experiment.isCalibrated)
    folds = try (0..<cut.count).map { fold in
      let judged = cut.heldOut(fold).map { split.training[$0] }
      // Nor does a teacher of more rows know a group that is judged.
      let held = data.groups.map { all in Set(judged.map { all[$0] }) } ?? []
      return try ForecastPart(
        decayed, fitting: cut.training(fold).map { split.training[$0] },
        extra: split.extra.filter { row in data.groups.map { !held.contains($0[row]) } ?? true }, judging: judged,
        further: data.further, isCalibrated: experiment.isCalibrated)
    }
    let alone = truth.alone
    labelInformation = try data.views.indices.map { view in
      guard experiment.hasInformations else { return InformationCell(missing: "not asked for") }
      let rows = try data.views[view].rows.selecting(split.information)
      return RepresentationInformation.ofStudentAndLabel(
        alone[view].logits(of: rows.features).values.map { Float($0) }, labels: rows.labels, classes: rows.classCount,
        seed: seed)
    }
  }

  /// What every teacher of a student, and one that sees all views, comes to, for every λ.
  func outcomes(student: Int, _ rows: TeacherRows) throws -> [(
    teacher: String, weight: Double, outcomes: [Run.Outcome]
  )] {
    let candidates = data.teachers(of: student) + [views.count - 1]
    let informations = try candidates.map { try teacherInformation($0, rows, student: student) }
    let stream = UInt64(2 * student + (rows == .same ? 0 : 1))
    // The joint teacher has a stream of its own, and whether it is there changes nothing for the others.
    var sources = [RandomSource(seed: seed, index: stream + 10), RandomSource(seed: seed, index: stream + 100_000)]
    let gains = try measured(truth, student, rows, candidates, isForecast: false, &sources)
    let forecasts = try folds.map { try measured($0, student, rows, candidates, isForecast: true, &sources) }
    return try candidates.indices.flatMap { place in
      try experiment.weights.indices.map { w in
        let gain = gains[place][w]
        func mean(_ value: (Measured) -> Double) -> Double {
          forecasts.reduce(0) { $0 + value($1[place][w]) } / Double(forecasts.count)
        }
        let interval = try GainEstimate(
          forecasts.map { $0[place][w].steps.logLoss }, heldOutShare: 1 / Double(folds.count - 1), level: 0.95)
        let (candidate, information) = (candidates[place], informations[place])
        let cells = RepresentationInformation(
          teacherStudent: information.information, studentLabel: labelInformation[student])
        let outcomes: [Run.Outcome] = [
          .init("i_ts", cells.teacherStudent), .init("i_sy", cells.studentLabel), .delta(cells),
          .init("i_ts given label", information.givenLabel),
          .init("teacher accuracy", gain.teacherAccuracy), .init("student accuracy", gain.aloneAccuracy),
          .init("gain log-loss", gain.trained.logLoss), .init("control gain log-loss", gain.shuffled.logLoss),
          .init("class-mean gain log-loss", gain.classMean.logLoss),
          .init("gain accuracy", gain.trained.accuracy), .init("control gain accuracy", gain.shuffled.accuracy),
          .init("class-mean gain accuracy", gain.classMean.accuracy),
          .init("forecast teacher accuracy", mean(\.teacherAccuracy)),
          .init("forecast student accuracy", mean(\.aloneAccuracy)),
          .init("slope", mean(\.slope)), .init("first order", mean(\.firstOrder)),
          .init("steps log-loss", mean(\.steps.logLoss)), .init("steps accuracy", mean(\.steps.accuracy)),
          .init("steps lower", interval.lower), .init("steps upper", interval.upper),
          .init("trained log-loss", mean(\.trained.logLoss)), .init("trained accuracy", mean(\.trained.accuracy)),
          .init("shuffled steps log-loss", mean(\.shuffled.logLoss)),
          .init("shuffled steps accuracy", mean(\.shuffled.accuracy)),
          .init("alignment", information.alignment),
        ]
        let further = data.further == nil ? [] : pseudoLabels(gain, forecasts.map { $0[place][w] })
        return (
          candidate < data.views.count ? data.views[candidate].name : Run.jointTeacher,
          experiment.weights[w], outcomes + further
        )
      }
    }
  }

  /// What further rows bring with a teacher's word for their label, and with the label itself.
  private func pseudoLabels(_ gain: Measured, _ forecasts: [Measured]) -> [Run.Outcome] {
    func outcome(_ name: String, _ value: Double?) -> Run.Outcome {
      value.map { .init(name, $0) } ?? .init(name, nil, note: "further rows lack a view of the two")
    }
    func mean(_ value: (Measured) -> Double?) -> Double? {
      let known = forecasts.compactMap(value)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    return [
      outcome("pseudo-label gain log-loss", gain.pseudo?.logLoss),
      outcome("pseudo-label gain accuracy", gain.pseudo?.accuracy),
      outcome("pseudo-label forecast log-loss", mean { $0.pseudo?.logLoss }),
      outcome("pseudo-label forecast accuracy", mean { $0.pseudo?.accuracy }),
      outcome("further label gain log-loss", gain.labelled?.logLoss),
      outcome("further label gain accuracy", gain.labelled?.accuracy),
    ]
  }

  /// The gains of one teacher at one λ.
  private struct Measured {
    var slope = 0.0
    /// The gain in log-loss, to first order from the reference.
    var firstOrder = 0.0
    var steps = ForecastScore.zero
    var trained = ForecastScore.zero
    var shuffled = ForecastScore.zero
    var classMean = ForecastScore.zero
    var teacherAccuracy = 0.0
    var aloneAccuracy = 0.0
    /// Of further rows with the teacher's word for their label, and with the label; they have no λ.
    var pseudo, labelled: ForecastScore?
  }

  /// Teacher by teacher, λ by λ.
  ///
  /// Where it is a forecast, shuffled students are few steps from the reference too, and there are slopes. The last candidate is the joint teacher,
  /// which has no part in the reference.
  private func measured(
    _ part: ForecastPart, _ student: Int, _ rows: TeacherRows, _ candidates: [Int], isForecast: Bool,
    _ sources: inout [RandomSource]
  ) throws -> [[Measured]] {
    let (alone, temperature) = (part.alone[student], experiment.temperature)
    let base = part.score(alone, view: student)
    let teachers = candidates.compactMap { part.teachers[rows]?[$0] }
    let soft = teachers.map { $0.logits.softLabels(temperature: temperature) }
    let slope = isForecast ? DistillationSlope(alone, heldOut: part.evaluated[student]) : nil
    let shuffled = soft.indices.map {
      soft[$0].shuffledWithinClasses(part.labels, using: &sources[$0 == soft.count - 1 ? 1 : 0])
    }
    let pseudo = try candidates.indices.map { place in
      try part.score(view: student, further: teachers[place].student, seeing: candidates[place])?.gain(over: base)
    }
    let labelled =
      isForecast ? nil : try part.score(view: student, further: nil, seeing: student)?.gain(over: base)
    var all = [[Measured]](repeating: [], count: candidates.count)
    for weight in experiment.weights {
      let forecast = NewtonStepForecast(
        alone, candidates: Array(soft.dropLast()), weight: weight, temperature: temperature)
      func gain(_ fitted: SoftmaxStudent) -> ForecastScore { part.score(fitted, view: student).gain(over: base) }
      let changes = isForecast ? forecast.firstOrderChanges(soft, heldOut: part.evaluated[student]) : []
      let reached = isForecast ? gain(forecast.reference).logLoss : 0
      for place in candidates.indices {
        var own = Measured()
        own.slope = -(slope?(soft[place], temperature: temperature) ?? 0)
        own.trained = gain(forecast.trainedStudent(of: soft[place]))
        if isForecast {
          own.firstOrder = reached - changes[place]
          own.steps = gain(forecast.student(of: soft[place]))
          own.shuffled = gain(forecast.student(of: shuffled[place]))
        } else {
          own.shuffled = gain(forecast.trainedStudent(of: shuffled[place]))
          own.classMean = gain(forecast.trainedStudent(of: soft[place].classMeans(part.labels)))
        }
        own.teacherAccuracy = part.teacherAccuracy[rows]?[candidates[place]] ?? 0
        own.aloneAccuracy = base.accuracy
        (own.pseudo, own.labelled) = (pseudo[place], pseudo[place] == nil ? nil : labelled)
        all[place].append(own)
      }
    }
    return all
  }

  /// I(H1; H2), that given the label, and the alignment of logits within classes, on rows that neither was trained on.
  private func teacherInformation(_ teacher: Int, _ rows: TeacherRows, student: Int) throws
    -> (information: InformationCell, givenLabel: InformationCell, alignment: Double)
  {
    guard let fitted = truth.teachers[rows]?[teacher].student else {
      return (InformationCell(missing: "no teacher"), InformationCell(missing: "no teacher"), 0)
    }
    let logits = fitted.logits(of: try views[teacher].selecting(information).features)
    let own = truth.alone[student].logits(of: try views[student].selecting(information).features)
    let labels = information.map { views[student].labels[$0] }
    let alignment = WithinClassAlignment(teacher: logits, student: own, strata: labels, permutations: 0, seed: seed)
    guard experiment.hasInformations else {
      let missing = InformationCell(missing: "not asked for")
      return (missing, missing, alignment.r)
    }
    let (h1, h2) = (logits.values.map { Float($0) }, own.values.map { Float($0) })
    return (
      RepresentationInformation.ofTeacherAndStudent(h1, h2, classes: logits.classCount, seed: seed),
      RepresentationInformation.ofTeacherAndStudent(h1, h2, labels: labels, classes: logits.classCount, seed: seed),
      alignment.r
    )
  }
}
