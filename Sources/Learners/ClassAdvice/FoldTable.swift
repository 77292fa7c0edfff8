// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// All folds of all repetitions.
struct FoldTable {
  private let folds: [MeasuredFold]
  private let teachers: [ClassTeacher]
  private let settings: ClassAdvisor.Settings
  /// The scores of the student alone, fold by fold.
  private let base: [Scores]
  /// The student's mean score.
  let alone: HeldOutScore
  private let run: PerceptronRun?
  /// The scores of the perceptrons alone, fold by fold.
  private let perceptronBase: [Scores]

  private struct Scores {
    let held: HeldOutScore
    let metrics: ClassificationMetrics?
  }

  init(
    _ folds: [MeasuredFold], _ teachers: [ClassTeacher], _ settings: ClassAdvisor.Settings, _ run: PerceptronRun?
  ) {
    (self.folds, self.teachers, self.settings, self.run) = (folds, teachers, settings, run)
    base = FoldTable.scores(folds, settings, folds.map(\.students.aloneLogits))
    alone = FoldTable.mean(base)
    perceptronBase = run.map { FoldTable.scores(folds, settings, $0.alone, withMetrics: false) } ?? []
  }

  private static func mean(_ scores: [Scores]) -> HeldOutScore {
    HeldOutScore(
      logLoss: scores.reduce(0) { $0 + $1.held.logLoss } / Double(scores.count),
      accuracy: scores.reduce(0) { $0 + $1.held.accuracy } / Double(scores.count))
  }

  /// The perceptrons alone.
  var perceptrons: PerceptronStudents? {
    run.map {
      PerceptronStudents(
        units: $0.settings.hiddenWidths[0], weightDecay: $0.settings.weightDecay, alone: FoldTable.mean(perceptronBase))
    }
  }

  /// The scores of one student a fold, after the temperature that the other folds of the repetition give.
  private static func scores(
    _ folds: [MeasuredFold], _ settings: ClassAdvisor.Settings, _ logits: [TeacherLogits], withMetrics: Bool = true
  ) -> [Scores] {
    var temperature = 1.0
    return folds.indices.map { index in
      let first = index / settings.folds * settings.folds
      let others = (first..<first + settings.folds).filter { $0 != index }
      // Two folds of a repetition have most of their other rows in common, so that their temperatures are near each other.
      if index == first { temperature = 1 }
      temperature =
        FittedTemperature(
          TeacherLogits(checked: others.flatMap { logits[$0].values }, classCount: logits[index].classCount),
          labels: others.flatMap { folds[$0].students.heldOutLabels }, near: temperature
        ).value
      let labels = folds[index].students.heldOutLabels
      return Scores(
        held: HeldOutScore(logits[index], labels: labels, temperature: temperature),
        metrics: withMetrics
          ? try? ClassificationMetrics(
            probabilities: logits[index].softLabels(temperature: temperature).values, labels: labels,
            classes: logits[index].classCount) : nil)
    }
  }

  /// Every candidate.
  func candidates(_ data: ClassData) throws -> [ClassCandidate] {
    try concurrently(teachers.count, threads: settings.threads) { try candidate($0, data) }
  }

  private func candidate(_ place: Int, _ data: ClassData) throws -> ClassCandidate {
    let (teacher, grid) = (teachers[place], settings.grid)
    let scores = grid.indices.map { setting in
      FoldTable.scores(folds, settings, folds.map { $0.paired[setting][place] })
    }
    let choice = choice(scores)
    let chosen = choice.ofFolds
    func metric(_ value: KeyPath<ClassificationMetrics, Double>) throws -> GainEstimate? {
      let values = folds.indices.compactMap { fold in
        scores[chosen[fold]][fold].metrics.flatMap { own in
          base[fold].metrics.map { own[keyPath: value] - $0[keyPath: value] }
        }
      }
      return values.count == folds.count ? try estimate(values) : nil
    }
    let own = folds.indices.map { gain(scores[chosen[$0]], $0) }
    let (shuffled, classMeans) = controls(teacher, chosen)
    let single = single(teacher, data)
    return ClassCandidate(
      teacher: teacher, name: teacher.name(data), setting: grid[choice.ofAll],
      slope: folds.reduce(0) { $0 + $1.slopes[place] } / Double(folds.count), logLoss: try estimate(own),
      accuracy: try estimate(
        folds.indices.map { scores[chosen[$0]][$0].held.accuracy - base[$0].held.accuracy }),
      weightedF1: try metric(\.weightedF1), macroAUC: try metric(\.macroAUC), shuffled: try estimate(shuffled),
      classMeans: try estimate(classMeans),
      beyondShuffled: try estimate(zip(own, shuffled).map { $0 - $1 }), teacherAccuracy: single?.accuracy,
      alignment: single?.alignment, information: single?.information, withinClasses: single?.withinClasses,
      unlabelled: try unlabelled(teacher, beyond: own), perceptron: try perceptron(teacher, chosen, data))
  }

  /// What perceptrons gain at the settings of the folds.
  private func perceptron(_ teacher: ClassTeacher, _ chosen: [Int], _ data: ClassData) throws -> PerceptronGain? {
    guard let run else { return nil }
    func scores(_ treatment: FoldStudents.Treatment) throws -> [Scores] {
      let logits = try folds.indices.map { fold in
        try folds[fold].students.perceptron(
          data, run.settings, (teacher, treatment, settings.grid[chosen[fold]], folds[fold].seed), seed: settings.seed)
      }
      return FoldTable.scores(folds, settings, logits, withMetrics: false)
    }
    let (own, shuffled) = (try scores(.paired), try scores(.shuffled))
    func falls(_ scores: [Scores]) -> [Double] {
      zip(perceptronBase, scores).map { $0.held.logLoss - $1.held.logLoss }
    }
    return PerceptronGain(
      logLoss: try estimate(falls(own)),
      accuracy: try estimate(zip(own, perceptronBase).map { $0.held.accuracy - $1.held.accuracy }),
      shuffled: try estimate(falls(shuffled)),
      beyondShuffled: try estimate(zip(shuffled, own).map { $0.held.logLoss - $1.held.logLoss }))
  }

  /// The gains of both controls at the settings of the folds.
  ///
  /// A fold's temperature is that of the other folds at the same setting, as it is where the soft labels are paired: logits of another λ or T are of another size.
  private func controls(_ teacher: ClassTeacher, _ chosen: [Int]) -> (shuffled: [Double], classMeans: [Double]) {
    var gains = [[Double]](repeating: [Double](repeating: 0, count: folds.count), count: 2)
    for first in stride(from: 0, to: folds.count, by: settings.folds) {
      let own = first..<first + settings.folds
      for setting in Set(chosen[own]).sorted() {
        let logits = own.map { folds[$0].controls(teacher, setting) }
        for place in gains.indices {
          let scores = FoldTable.scores(Array(folds[own]), settings, logits.map { $0[place] }, withMetrics: false)
          for fold in own where chosen[fold] == setting {
            gains[place][fold] = base[fold].held.logLoss - scores[fold - first].held.logLoss
          }
        }
      }
    }
    return (gains[0], gains[1])
  }

  private func estimate(_ values: [Double]) throws -> GainEstimate {
    try GainEstimate(values, heldOutShare: 1 / Double(settings.folds - 1), level: settings.level)
  }

  /// By how much the log-loss of a fold falls.
  private func gain(_ scores: [Scores], _ fold: Int) -> Double {
    base[fold].held.logLoss - scores[fold].held.logLoss
  }

  /// For every fold the setting that the others of its repetition would choose, and the one that all would.
  private func choice(_ scores: [[Scores]]) -> (ofFolds: [Int], ofAll: Int) {
    func best(_ among: [Int]) -> Int {
      func sum(_ setting: Int) -> Double { among.reduce(0) { $0 + gain(scores[setting], $1) } }
      return scores.indices.max { sum($0) < sum($1) } ?? 0
    }
    let ofFolds = folds.indices.map { fold in
      let first = fold / settings.folds * settings.folds
      return best((first..<first + settings.folds).filter { $0 != fold })
    }
    return (ofFolds, best(Array(folds.indices)))
  }

  /// What a teacher's soft labels of rows without a label add to `own`, its gains by the labelled rows, fold by fold.
  private func unlabelled(_ teacher: ClassTeacher, beyond own: [Double]) throws -> UnlabelledGain? {
    guard let place = folds.first?.students.unlabelled?.candidates.firstIndex(of: teacher) else { return nil }
    let scores = settings.grid.indices.map { setting in
      FoldTable.scores(folds, settings, folds.map { $0.unlabelled[setting][place] }, withMetrics: false)
    }
    let choice = choice(scores)
    let chosen = choice.ofFolds
    let gains = folds.indices.map { gain(scores[chosen[$0]], $0) }
    return UnlabelledGain(
      setting: settings.grid[choice.ofAll], logLoss: try estimate(gains),
      accuracy: try estimate(folds.indices.map { scores[chosen[$0]][$0].held.accuracy - base[$0].held.accuracy }),
      beyondLabelled: try estimate(zip(gains, own).map { $0 - $1 }))
  }

  /// What is told by logits of held-out rows, in the first repetition: accuracy, alignment and the informations of the CCH.
  private func single(_ teacher: ClassTeacher, _ data: ClassData) -> (
    accuracy: Double, alignment: WithinClassAlignment, information: RepresentationInformation,
    withinClasses: WithinClassInformation
  )? {
    let own = folds.prefix(settings.folds).map(\.students)
    let logits = own.compactMap { $0.heldOutLogits[teacher] }
    guard logits.count == own.count, let k = logits.first?.classCount else { return nil }
    let labels = own.flatMap(\.heldOutLabels)
    func joined(_ all: [TeacherLogits]) -> TeacherLogits {
      TeacherLogits(checked: all.flatMap(\.values), classCount: k)
    }
    let (theirs, students) = (joined(logits), joined(own.map(\.aloneLogits)))
    let strata = own.enumerated().flatMap { fold, part in part.heldOutLabels.map { fold * k + $0 } }
    return (
      HeldOutScore(theirs, labels: labels).accuracy,
      WithinClassAlignment(teacher: theirs, student: students, strata: strata, seed: settings.seed),
      RepresentationInformation(
        teacherStudent: mean(
          zip(logits, own).map { teacher, part in
            RepresentationInformation.ofTeacherAndStudent(
              teacher.values.map { Float($0) }, part.aloneLogits.values.map { Float($0) }, classes: k,
              seed: settings.seed)
          }),
        studentLabel: mean(
          own.map { part in
            RepresentationInformation.ofStudentAndLabel(
              part.aloneLogits.values.map { Float($0) }, labels: part.heldOutLabels, classes: k, seed: settings.seed)
          })),
      WithinClassInformation(
        teacher: theirs.values.map { Float($0) }, student: students.values.map { Float($0) }, labels: labels,
        classes: k,
        strata: strata, seed: settings.seed)
    )
  }

  /// The mean over folds, each of which has fits of its own; missing where one is.
  private func mean(_ cells: [InformationCell]) -> InformationCell {
    let known = cells.compactMap(\.nats)
    guard known.count == cells.count else {
      return cells.first { $0.nats == nil } ?? InformationCell(missing: "no folds")
    }
    return InformationCell(known.reduce(0, +) / Double(known.count), by: cells[0].note)
  }
}
