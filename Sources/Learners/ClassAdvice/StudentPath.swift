// SPDX-License-Identifier: GPL-3.0-or-later

/// The students of some teachers at settings that came before, from which those of the next setting are near.
struct StudentPath {
  /// The student without a teacher, at λ = 0.
  let alone: SoftmaxStudent
  private var known: [DistillationSetting: [SoftmaxStudent]] = [:]
  private var order: [DistillationSetting] = []

  init(_ alone: SoftmaxStudent) { self.alone = alone }

  /// The students of all teachers at the next setting, which belong to the path from then on.
  ///
  /// - Parameters:
  ///   - terms: what they are distilled with.
  ///   - isExhaustive: whether they are trained to the end, each by itself.
  ///   - reference: a student that is near all of them, for the first setting.
  mutating func students(
    _ setting: DistillationSetting, _ terms: [DistillationTerm], isExhaustive: Bool,
    reference: @autoclosure () -> SoftmaxStudent?
  ) -> [SoftmaxStudent] {
    if terms.isEmpty { return [] }
    if isExhaustive { return terms.map(alone.trained) }
    let starts =
      starts(setting) ?? [[SoftmaxStudent]](repeating: [reference(), alone].compactMap(\.self), count: terms.count)
    let students = alone.distilled(terms, from: starts)
    append(setting, students)
    return students
  }

  /// Adds the students of all teachers at a setting; those of the same λ have served, and go.
  mutating func append(_ setting: DistillationSetting, _ students: [SoftmaxStudent]) {
    for old in order where old.weight == setting.weight { known[old] = nil }
    order.removeAll { $0.weight == setting.weight }
    known[setting] = students
    order.append(setting)
  }

  /// Where the students of a setting may begin, teacher by teacher; nil where nothing came before.
  ///
  /// At the same temperature that is the student before, and where the line through it and the one before that leads to. Were the curvatures of both losses the same,
  /// students would lie on a line, at λ/(1 + λ) of the way. And it is the student of the temperature before at the same λ.
  func starts(_ setting: DistillationSetting) -> [[SoftmaxStudent]]? {
    guard let latest = order.last, let all = known[latest] else { return nil }
    let own = order.filter { $0.temperature == setting.temperature }
    let (last, before) = (own.last, own.dropLast().last)
    let sameWeight = order.last { $0.weight == setting.weight && $0.temperature != setting.temperature }
    return all.indices.map { teacher in
      var starts = [last, sameWeight].compactMap { $0.flatMap { known[$0]?[teacher] } }
      if let last, let student = known[last]?[teacher] {
        let (a, b) = (StudentPath.place(before), StudentPath.place(last))
        if a != b {
          let first = before.flatMap { known[$0]?[teacher] } ?? alone
          starts.append(.line(first, student, beyond: (StudentPath.place(setting) - b) / (b - a)))
        }
      }
      return starts.isEmpty ? [all[teacher]] : starts
    }
  }

  private static func place(_ setting: DistillationSetting?) -> Double {
    setting.map { $0.weight / (1 + $0.weight) } ?? 0
  }
}

extension SoftmaxStudent {
  /// The students that are distilled with these terms, nearly: gains are known to a few thousandths of a nat.
  func distilled(_ terms: [DistillationTerm], from starts: [[SoftmaxStudent]]) -> [SoftmaxStudent] {
    NewtonStepForecast.students(objective, of: terms, from: starts, tolerance: 1e-4)
  }

  /// A distilled student, trained to the end from no start.
  func trained(_ term: DistillationTerm) -> SoftmaxStudent { objective.fit(term, tolerance: 1e-6) }
}
