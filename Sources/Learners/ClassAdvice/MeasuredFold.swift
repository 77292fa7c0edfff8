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
        setting, terms, of: chosen, isExhaustive: settings.isExhaustive, reference: students.references([setting])[0]))
    for (teacher, own) in zip(chosen, logits) where teachers[teacher] == .smoothing { smoothed[place] = own }
    return logits
  }

  /// The same where students learn from rows without a label too, of the candidates that can label them.
  mutating func unlabelled(_ place: Int, of chosen: [Int]) -> [TeacherLogits] {
    guard let more = students.unlabelled, var paths = unlabelledPaths else { return [] }
    defer { unlabelledPaths = paths }
    return more.distilled(settings.grid[place], of: chosen, along: &paths, isExhaustive: settings.isExhaustive)
  }

  /// What controls are asked of: a setting by its place in the grid, and candidates.
  typealias Asked = (place: Int, candidates: [Int])
  /// The held-out logits of the students of both controls.
  typealias ControlLogits = (shuffled: TeacherLogits, classMeans: TeacherLogits)

  /// The controls of candidates at settings that were measured: soft labels shuffled within class, and class means.
  ///
  /// All steps are taken together. Label smoothing says the same of every row: it is its own control.
  func controls(_ asked: [Asked]) -> [[ControlLogits]] {
    let others = asked.map { one in
      one.candidates.filter { teachers[$0] != .smoothing || smoothed[one.place] == nil }.map { teachers[$0] }
    }
    let terms = zip(asked, others).map { one, others in
      students.terms(
        settings.grid[one.place], others.map { ($0, .shuffled) } + others.map { ($0, .classMeans) }, seed: seed)
    }
    func distilled() -> [SoftmaxStudent] {
      let references = students.references(asked.map { settings.grid[$0.place] })
      let starts = zip(terms, references).flatMap { terms, reference in terms.map { _ in [reference, students.alone] } }
      return students.alone.distilled(terms.flatMap { $0 }, from: starts)
    }
    var logits = students.heldOut(
      settings.isExhaustive ? terms.flatMap { $0.map(students.alone.trained) } : distilled())[...]
    return zip(asked, others).map { one, others in
      let (shuffled, classMeans) = (
        Array(logits.prefix(others.count)), logits.dropFirst(others.count).prefix(others.count)
      )
      logits = logits.dropFirst(2 * others.count)
      return one.candidates.compactMap { candidate in
        guard let slot = others.firstIndex(of: teachers[candidate]) else { return smoothed[one.place].map { ($0, $0) } }
        return (shuffled[slot], classMeans[classMeans.startIndex + slot])
      }
    }
  }
}
