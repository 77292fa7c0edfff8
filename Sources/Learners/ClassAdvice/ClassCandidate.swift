// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// What distilling from one candidate comes to.
public struct ClassCandidate: Sendable {
  /// What may be said of it.
  public enum Verdict: String, Sendable {
    /// The gain and the gain beyond shuffled soft labels are above 0 with their intervals.
    case helps
    /// The gain is above 0 with its interval, that beyond shuffled soft labels is not: it may be mere regularisation.
    case regularises
    /// The gain is below 0 with its interval.
    case hurts
    /// The interval of the gain has 0 in it.
    case unclear
  }

  /// Where the soft labels come from.
  public let teacher: ClassTeacher
  /// What it is called.
  public let name: String
  /// The λ and T of the greatest gain on all folds.
  public let setting: DistillationSetting
  /// The slope of the held-out log-loss by λ at 0, at the first temperature.
  public let slope: Double
  /// The gain in log-loss after one temperature, in nats; the setting chosen on other folds.
  public let logLoss: GainEstimate
  /// The gain in accuracy.
  public let accuracy: GainEstimate
  /// The gain in weighted F1; nil where a fold lacks a class.
  public let weightedF1: GainEstimate?
  /// The gain in macro AUC; nil where a fold lacks a class.
  public let macroAUC: GainEstimate?
  /// The gain in log-loss of soft labels shuffled within class.
  public let shuffled: GainEstimate
  /// The gain in log-loss of class-mean soft labels.
  public let classMeans: GainEstimate
  /// The gain in log-loss beyond that of shuffled soft labels.
  public let beyondShuffled: GainEstimate
  /// The teacher's accuracy on held-out rows; nil where it is not of one view.
  public let teacherAccuracy: Double?
  /// The alignment of logits within class; nil where the teacher is not of one view.
  public let alignment: WithinClassAlignment?
  /// The informations of the CCH; nil where the teacher is not of one view.
  public let information: RepresentationInformation?

  /// What may be said.
  public var verdict: Verdict {
    if logLoss.lower > 0 { return beyondShuffled.lower > 0 ? .helps : .regularises }
    return logLoss.upper < 0 ? .hurts : .unclear
  }
}

/// All folds of all repetitions.
struct FoldTable {
  private let folds: [MeasuredFold]
  private let teachers: [ClassTeacher]
  private let settings: ClassAdvisor.Settings
  /// The scores of the student alone, fold by fold.
  private let base: [Scores]
  /// The student's mean score.
  let alone: HeldOutScore

  private struct Scores {
    let held: HeldOutScore
    let metrics: ClassificationMetrics?
  }

  init(_ folds: [MeasuredFold], _ teachers: [ClassTeacher], _ settings: ClassAdvisor.Settings) {
    (self.folds, self.teachers, self.settings) = (folds, teachers, settings)
    base = FoldTable.scores(folds, settings, folds.map(\.students.aloneLogits))
    alone = HeldOutScore(
      logLoss: base.reduce(0) { $0 + $1.held.logLoss } / Double(base.count),
      accuracy: base.reduce(0) { $0 + $1.held.accuracy } / Double(base.count))
  }

  /// The scores of one student a fold, after the temperature that the other folds of the repetition give.
  private static func scores(
    _ folds: [MeasuredFold], _ settings: ClassAdvisor.Settings, _ logits: [TeacherLogits], withMetrics: Bool = true
  ) -> [Scores] {
    folds.indices.map { index in
      let first = index / settings.folds * settings.folds
      let others = (first..<first + settings.folds).filter { $0 != index }
      let temperature = FittedTemperature(
        TeacherLogits(checked: others.flatMap { logits[$0].values }, classCount: logits[index].classCount),
        labels: others.flatMap { folds[$0].students.heldOutLabels }
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
    func gain(_ setting: Int, _ fold: Int) -> Double { base[fold].held.logLoss - scores[setting][fold].held.logLoss }
    func best(_ among: [Int]) -> Int {
      func sum(_ setting: Int) -> Double { among.reduce(0) { $0 + gain(setting, $1) } }
      return grid.indices.max { sum($0) < sum($1) } ?? 0
    }
    // For every fold the setting that the others of its repetition would choose.
    let chosen = folds.indices.map { fold in
      let first = fold / settings.folds * settings.folds
      return best((first..<first + settings.folds).filter { $0 != fold })
    }
    func control(_ treatment: FoldStudents.Treatment) -> [Double] {
      let logits = folds.indices.map { folds[$0].control(teacher, chosen[$0], treatment) }
      return zip(base, FoldTable.scores(folds, settings, logits, withMetrics: false)).map {
        $0.held.logLoss - $1.held.logLoss
      }
    }
    func estimate(_ values: [Double]) throws -> GainEstimate {
      try GainEstimate(values, heldOutShare: 1 / Double(settings.folds - 1), level: settings.level)
    }
    func metric(_ value: KeyPath<ClassificationMetrics, Double>) throws -> GainEstimate? {
      let values = folds.indices.compactMap { fold in
        scores[chosen[fold]][fold].metrics.flatMap { own in
          base[fold].metrics.map { own[keyPath: value] - $0[keyPath: value] }
        }
      }
      return values.count == folds.count ? try estimate(values) : nil
    }
    let own = folds.indices.map { gain(chosen[$0], $0) }
    let shuffled = control(.shuffled)
    let single = single(teacher, data)
    return ClassCandidate(
      teacher: teacher, name: teacher.name(data), setting: grid[best(Array(folds.indices))],
      slope: folds.reduce(0) { $0 + $1.slopes[place] } / Double(folds.count), logLoss: try estimate(own),
      accuracy: try estimate(
        folds.indices.map { scores[chosen[$0]][$0].held.accuracy - base[$0].held.accuracy }),
      weightedF1: try metric(\.weightedF1), macroAUC: try metric(\.macroAUC), shuffled: try estimate(shuffled),
      classMeans: try estimate(control(.classMeans)),
      beyondShuffled: try estimate(zip(own, shuffled).map { $0 - $1 }), teacherAccuracy: single?.accuracy,
      alignment: single?.alignment, information: single?.information)
  }

  /// What is told by logits of held-out rows, in the first repetition: accuracy, alignment and the informations of the CCH.
  private func single(_ teacher: ClassTeacher, _ data: ClassData) -> (
    accuracy: Double, alignment: WithinClassAlignment, information: RepresentationInformation
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
          }))
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
