// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// One fold's students at every setting.
struct MeasuredFold: Sendable {
  let students: FoldStudents
  let slopes: [Double]
  /// The held-out logits of paired students, setting by setting, candidate by candidate.
  let paired: [[TeacherLogits]]
  /// The same where students learn from rows without a label too, of the candidates that can label them.
  let unlabelled: [[TeacherLogits]]
  /// The seed of its permutations.
  let seed: UInt64
  /// A student near all of a setting's.
  private let references: [SoftmaxStudent]
  private let settings: ClassAdvisor.Settings

  init(_ students: FoldStudents, _ teachers: [ClassTeacher], _ settings: ClassAdvisor.Settings, index: Int) {
    let seed = settings.seed &+ UInt64(1_000 + index)
    var (path, references) = (StudentPath(students.alone), [SoftmaxStudent]())
    paired = settings.grid.map { setting in
      if !settings.isExhaustive {
        // It is near that of the λ before.
        let isFirst = references.count.isMultiple(of: settings.weights.count)
        references.append(students.reference(setting, from: isFirst ? nil : references.last))
      }
      let terms = students.terms(setting, teachers.map { ($0, .paired) }, seed: seed)
      return students.heldOut(
        path.students(setting, terms, isExhaustive: settings.isExhaustive, reference: references.last))
    }
    if let more = students.unlabelled {
      var path = StudentPath(more.alone)
      unlabelled = settings.grid.map { more.distilled($0, along: &path, isExhaustive: settings.isExhaustive) }
    } else {
      unlabelled = []
    }
    (self.students, self.settings, self.seed, self.references) = (students, settings, seed, references)
    slopes = students.slopes(settings.temperatures[0])
  }

  /// The controls of a candidate at a setting: soft labels shuffled within class, and class means.
  ///
  /// Label smoothing says the same of every row: it is its own control.
  func controls(_ teacher: ClassTeacher, _ place: Int) -> [TeacherLogits] {
    if teacher == .smoothing, let own = paired[place].last { return [own, own] }
    let setting = settings.grid[place]
    let terms = students.terms(setting, [(teacher, .shuffled), (teacher, .classMeans)], seed: seed)
    if settings.isExhaustive { return students.heldOut(terms.map(students.alone.trained)) }
    let starts = [references[place], students.alone]
    return students.heldOut(students.alone.distilled(terms, from: terms.map { _ in starts }))
  }
}
