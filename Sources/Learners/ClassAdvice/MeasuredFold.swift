// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// One fold's students, setting by setting.
struct MeasuredFold: Sendable {
  let students: FoldStudents
  let slopes: [Double]
  /// The seed of its permutations.
  let seed: UInt64
  private let teachers: [ClassTeacher]
  private let settings: ClassAdvisor.Settings
  private var paths: StudentPaths
  private var unlabelledPaths: StudentPaths?
  /// The held-out logits of label smoothing, by the setting's place.
  private var smoothed: [Int: TeacherLogits] = [:]

  init(_ students: FoldStudents, _ teachers: [ClassTeacher], _ settings: ClassAdvisor.Settings, index: Int) {
    (self.students, self.teachers, self.settings) = (students, teachers, settings)
    seed = settings.seed &+ UInt64(1_000 + index)
    slopes = students.slopes(settings.temperatures[0])
    paths = StudentPaths(students.alone, count: teachers.count)
    unlabelledPaths = students.unlabelled.map { StudentPaths($0.alone, count: $0.candidates.count) }
  }

  /// The held-out logits of the students of some teachers at a setting; settings are asked for in the order of the grid.
  mutating func paired(_ place: Int, of chosen: [Int]) -> [TeacherLogits] {
    let setting = settings.grid[place]
    let terms = students.terms(setting, chosen.map { (teachers[$0], .paired) }, seed: seed)
    let logits = students.heldOut(
      paths.students(
        setting, terms, of: chosen, isExhaustive: settings.isExhaustive, reference: students.reference(setting)))
    for (teacher, own) in zip(chosen, logits) where teachers[teacher] == .smoothing { smoothed[place] = own }
    return logits
  }

  /// The same where students learn from rows without a label too, of the candidates that can label them.
  mutating func unlabelled(_ place: Int, of chosen: [Int]) -> [TeacherLogits] {
    guard let more = students.unlabelled, var paths = unlabelledPaths else { return [] }
    defer { unlabelledPaths = paths }
    return more.distilled(settings.grid[place], of: chosen, along: &paths, isExhaustive: settings.isExhaustive)
  }

  /// The controls of some candidates at a setting that was measured: soft labels shuffled within class, and class means.
  ///
  /// Label smoothing says the same of every row: it is its own control.
  func controls(_ chosen: [Int], _ place: Int) -> [(shuffled: TeacherLogits, classMeans: TeacherLogits)] {
    let setting = settings.grid[place]
    let others = chosen.filter { teachers[$0] != .smoothing || smoothed[place] == nil }.map { teachers[$0] }
    let terms = students.terms(
      setting, others.map { ($0, .shuffled) } + others.map { ($0, .classMeans) }, seed: seed)
    func distilled() -> [SoftmaxStudent] {
      if others.isEmpty { return [] }
      let starts = [students.reference(setting), students.alone]
      return students.alone.distilled(terms, from: terms.map { _ in starts })
    }
    let logits = students.heldOut(settings.isExhaustive ? terms.map(students.alone.trained) : distilled())
    return chosen.compactMap { candidate in
      guard let slot = others.firstIndex(of: teachers[candidate]) else {
        return smoothed[place].map { ($0, $0) }
      }
      return (logits[slot], logits[others.count + slot])
    }
  }
}
