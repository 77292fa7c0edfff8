// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// All folds of all repetitions.
struct FoldTable {
  private let folds: [MeasuredFold]
  private let teachers: [ClassTeacher]
  private let settings: ClassAdvisor.Settings
  /// The scores of the student alone, fold by fold.
  private let base: [FoldScore]
  /// Those of students at every setting, and of students that learn from rows without a label too.
  private let paired, unlabelled: GridScores
  /// The student's mean score.
  let alone: HeldOutScore
  private let run: PerceptronRun?
  /// The scores of the perceptrons alone, fold by fold.
  private let perceptronBase: [FoldScore]

  /// Measures the students of all candidates.
  init(
    _ given: [MeasuredFold], _ teachers: [ClassTeacher], _ settings: ClassAdvisor.Settings, _ run: PerceptronRun?
  ) throws {
    var folds = given
    (self.teachers, self.settings, self.run) = (teachers, settings, run)
    base = FoldScore.all(folds, settings, folds.map(\.students.aloneLogits))
    alone = FoldTable.mean(base)
    paired = try GridScores(&folds, settings, count: teachers.count, base: base, withMetrics: true) {
      $0.paired($1, of: $2)
    }
    unlabelled = try GridScores(
      &folds, settings, count: folds.first?.students.unlabelled?.candidates.count ?? 0, base: base, withMetrics: false
    ) { $0.unlabelled($1, of: $2) }
    self.folds = folds
    perceptronBase = run.map { FoldScore.all(given, settings, $0.alone, withMetrics: false) } ?? []
  }

  private static func mean(_ scores: [FoldScore]) -> HeldOutScore {
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

  /// Every candidate.
  func candidates(_ data: ClassData) throws -> [ClassCandidate] {
    let choices = teachers.indices.map { place in choice(paired.scores.map { $0[place] }) }
    let controls = try controls(choices.map(\.ofFolds))
    return try concurrently(teachers.count, threads: settings.threads) {
      try candidate($0, choices[$0], controls[$0], data)
    }
  }

  /// Settings by their places in the grid: for every fold the one that others choose, and the one that all do.
  private typealias Choice = (ofFolds: [Int], ofAll: Int)
  /// The gains of both controls, fold by fold.
  private typealias Controls = (shuffled: [Double], classMeans: [Double])

  private func candidate(_ place: Int, _ choice: Choice, _ controls: Controls, _ data: ClassData) throws
    -> ClassCandidate
  {
    let (teacher, chosen) = (teachers[place], choice.ofFolds)
    let own = folds.indices.compactMap { fold in paired.scores[chosen[fold]][place]?[fold] }
    func metric(_ value: KeyPath<ClassificationMetrics, Double>) throws -> GainEstimate? {
      let values = folds.indices.compactMap { fold in
        own[fold].metrics.flatMap { own in base[fold].metrics.map { own[keyPath: value] - $0[keyPath: value] } }
      }
      return values.count == folds.count ? try estimate(values) : nil
    }
    let gains = gains(own)
    let single = single(teacher, data)
    return ClassCandidate(
      teacher: teacher, name: teacher.name(data), setting: settings.grid[choice.ofAll],
      slope: folds.reduce(0) { $0 + $1.slopes[place] } / Double(folds.count), logLoss: try estimate(gains),
      accuracy: try estimate(
        zip(own, base).map { $0.held.accuracy - $1.held.accuracy }), weightedF1: try metric(\.weightedF1),
      macroAUC: try metric(\.macroAUC), shuffled: try estimate(controls.shuffled),
      classMeans: try estimate(controls.classMeans),
      beyondShuffled: try estimate(zip(gains, controls.shuffled).map { $0 - $1 }), teacherAccuracy: single?.accuracy,
      alignment: single?.alignment, information: single?.information, withinClasses: single?.withinClasses,
      unlabelled: try unlabelled(teacher, beyond: gains), perceptron: try perceptron(teacher, chosen, data))
  }

  /// What perceptrons gain at the settings of the folds.
  private func perceptron(_ teacher: ClassTeacher, _ chosen: [Int], _ data: ClassData) throws -> PerceptronGain? {
    guard let run else { return nil }
    func scores(_ treatment: FoldStudents.Treatment) throws -> [FoldScore] {
      let logits = try folds.indices.map { fold in
        try folds[fold].students.perceptron(
          data, run.settings, (teacher, treatment, settings.grid[chosen[fold]], folds[fold].seed), seed: settings.seed)
      }
      return FoldScore.all(folds, settings, logits, withMetrics: false)
    }
    let (own, shuffled) = (try scores(.paired), try scores(.shuffled))
    func falls(_ scores: [FoldScore]) -> [Double] {
      zip(perceptronBase, scores).map { $0.held.logLoss - $1.held.logLoss }
    }
    return PerceptronGain(
      logLoss: try estimate(falls(own)),
      accuracy: try estimate(zip(own, perceptronBase).map { $0.held.accuracy - $1.held.accuracy }),
      shuffled: try estimate(falls(shuffled)),
      beyondShuffled: try estimate(zip(shuffled, own).map { $0.held.logLoss - $1.held.logLoss }))
  }

  /// The gains of every candidate's controls at the settings of its folds.
  ///
  /// A fold's temperature is that of the other folds at the same setting, as it is where the soft labels are paired: logits of another λ or T are of another size.
  /// So what one fold of a repetition chose is asked of all its folds.
  private func controls(_ chosen: [[Int]]) throws -> [Controls] {
    let none = [Double](repeating: 0, count: folds.count)
    var gains = [Controls](repeating: (none, none), count: teachers.count)
    let asked = stride(from: 0, to: folds.count, by: settings.folds).map { first in
      let own = chosen.map { $0[first..<first + settings.folds] }
      return Set(own.joined()).sorted().map { place in
        (place: place, candidates: teachers.indices.filter { own[$0].contains(place) })
      }
    }
    let logits = try concurrently(folds.count, threads: settings.threads) {
      folds[$0].controls(asked[$0 / settings.folds])
    }
    for (repetition, asked) in asked.enumerated() {
      let own = repetition * settings.folds..<(repetition + 1) * settings.folds
      for (part, one) in asked.enumerated() {
        let scores = try concurrently(one.candidates.count, threads: settings.threads) { slot in
          func scores(_ control: KeyPath<MeasuredFold.ControlLogits, TeacherLogits>) -> [FoldScore] {
            FoldScore.all(
              Array(folds[own]), settings, own.map { logits[$0][part][slot][keyPath: control] }, withMetrics: false)
          }
          return (shuffled: scores(\.shuffled), classMeans: scores(\.classMeans))
        }
        for (candidate, score) in zip(one.candidates, scores) {
          for (place, fold) in own.enumerated() where chosen[candidate][fold] == one.place {
            gains[candidate].shuffled[fold] = base[fold].held.logLoss - score.shuffled[place].held.logLoss
            gains[candidate].classMeans[fold] = base[fold].held.logLoss - score.classMeans[place].held.logLoss
          }
        }
      }
    }
    return gains
  }

  private func estimate(_ values: [Double]) throws -> GainEstimate {
    try GainEstimate(values, heldOutShare: 1 / Double(settings.folds - 1), level: settings.level)
  }

  /// By how much the log-loss of every fold falls.
  private func gains(_ scores: [FoldScore]) -> [Double] { zip(base, scores).map { $0.held.logLoss - $1.held.logLoss } }

  /// For every fold the setting that the others of its repetition would choose, and the one that all would, of those that were measured.
  private func choice(_ scores: [[FoldScore]?]) -> Choice {
    let known = scores.enumerated().compactMap { place, own in own.map { (place: place, gains: gains($0)) } }
    func best(_ among: [Int]) -> Int {
      let sums = known.map { setting in among.reduce(0) { $0 + setting.gains[$1] } }
      return sums.indices.max { sums[$0] < sums[$1] }.map { known[$0].place } ?? 0
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
    let scores = unlabelled.scores.map { $0[place] }
    let choice = choice(scores)
    let chosen = folds.indices.compactMap { fold in scores[choice.ofFolds[fold]]?[fold] }
    let gains = gains(chosen)
    return UnlabelledGain(
      setting: settings.grid[choice.ofAll], logLoss: try estimate(gains),
      accuracy: try estimate(zip(chosen, base).map { $0.held.accuracy - $1.held.accuracy }),
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
