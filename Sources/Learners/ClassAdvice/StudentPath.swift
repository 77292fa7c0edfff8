// SPDX-License-Identifier: GPL-3.0-or-later

/// The students of one teacher at settings that came before, from which that of the next setting is near.
struct StudentPath {
  /// The student without a teacher, at λ = 0.
  private let alone: SoftmaxStudent
  private var known: [DistillationSetting: SoftmaxStudent] = [:]
  private var order: [DistillationSetting] = []

  init(_ alone: SoftmaxStudent) { self.alone = alone }

  /// Adds the student at a setting; that of the same λ before has served, and goes.
  mutating func append(_ setting: DistillationSetting, _ student: SoftmaxStudent) {
    for old in order where old.weight == setting.weight { known[old] = nil }
    order.removeAll { $0.weight == setting.weight }
    known[setting] = student
    order.append(setting)
  }

  /// Where the student of a setting may begin; nothing where nothing came before.
  ///
  /// At the same temperature that is the student before, and where the line through it and the one before that leads to. Were the curvatures of both losses the same,
  /// students would lie on a line, at λ/(1 + λ) of the way. And it is the student of the temperature before at the same λ.
  func starts(_ setting: DistillationSetting) -> [SoftmaxStudent] {
    guard let latest = order.last.flatMap({ known[$0] }) else { return [] }
    let own = order.filter { $0.temperature == setting.temperature }
    let sameWeight = order.last { $0.weight == setting.weight && $0.temperature != setting.temperature }
    var starts = [own.last, sameWeight].compactMap { $0.flatMap { known[$0] } }
    if let last = own.last, let student = known[last] {
      let before = own.dropLast().last
      let (a, b) = (StudentPath.place(before), StudentPath.place(last))
      if a != b {
        let first = before.flatMap { known[$0] } ?? alone
        starts.append(.line(first, student, beyond: (StudentPath.place(setting) - b) / (b - a)))
      }
    }
    return starts.isEmpty ? [latest] : starts
  }

  private static func place(_ setting: DistillationSetting?) -> Double {
    setting.map { $0.weight / (1 + $0.weight) } ?? 0
  }
}

/// The paths of several teachers of one student, whose steps are taken together.
struct StudentPaths {
  /// The student without a teacher.
  let alone: SoftmaxStudent
  private var paths: [StudentPath]

  init(_ alone: SoftmaxStudent, count: Int) {
    (self.alone, paths) = (alone, [StudentPath](repeating: StudentPath(alone), count: count))
  }

  /// The students of some of the teachers at the next setting, which belong to their paths from then on.
  ///
  /// - Parameters:
  ///   - terms: what they are distilled with, for each of `places`.
  ///   - isExhaustive: whether they are trained to the end, each by itself.
  ///   - reference: a student that is near all of them, for those that nothing came before.
  mutating func students(
    _ setting: DistillationSetting, _ terms: [DistillationTerm], of places: [Int], isExhaustive: Bool,
    reference: @autoclosure () -> SoftmaxStudent
  ) -> [SoftmaxStudent] {
    if isExhaustive { return terms.map(alone.trained) }
    var starts = places.map { paths[$0].starts(setting) }
    if starts.contains(where: \.isEmpty) {
      let first = [reference(), alone]
      for place in starts.indices where starts[place].isEmpty { starts[place] = first }
    }
    let students = alone.distilled(terms, from: starts)
    for (place, student) in zip(places, students) { paths[place].append(setting, student) }
    return students
  }
}

extension SoftmaxStudent {
  /// The students that are distilled with these terms, nearly: gains are known to a few thousandths of a nat.
  func distilled(_ terms: [DistillationTerm], from starts: [[SoftmaxStudent]]) -> [SoftmaxStudent] {
    NewtonStepForecast.students(objective, of: terms, from: starts, tolerance: 1e-5)
  }

  /// A distilled student, trained to the end from no start.
  func trained(_ term: DistillationTerm) -> SoftmaxStudent { objective.fit(term, tolerance: 1e-6) }
}
