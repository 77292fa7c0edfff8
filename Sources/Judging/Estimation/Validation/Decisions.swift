// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

extension Validation {
  /// The samples of t, s and of s, y, from the same rows.
  static func decisionGroups(_ tasks: InstanceTasks, _ settings: Settings) -> [ProbeGroup] {
    @Sendable func sample(_ index: Int) throws(EstimationError) -> (teacher: PairedSample, label: PairedSample) {
      var random = RandomSource(seed: settings.seed, index: UInt64(index))
      return try tasks.sample(rows: gateRows, seed: random.next())
    }
    return [tasks.teacher, tasks.label].map { task in
      let isTeacher = task.id == tasks.teacher.id
      return ProbeGroup(.task(.decision, task), task, rows: gateRows, count: settings.samples) {
        (index) throws(EstimationError) in
        let both = try sample(index)
        return isTeacher ? both.teacher : both.label
      }
    }
  }

  func decisionScore(_ tasks: InstanceTasks, _ answers: Answers) -> DecisionScore {
    let teacher = answers[.task(.decision, tasks.teacher)]
    let label = answers[.task(.decision, tasks.label)]
    let differences = zip(teacher, label).compactMap { pair in pair.0.nats.flatMap { t in pair.1.nats.map { t - $0 } } }
    let isPositive = tasks.difference > .zero
    return DecisionScore(
      name: tasks.name, difference: tasks.difference.asDouble, rows: Validation.gateRows, trials: differences.count,
      right: differences.filter { ($0 > 0) == isPositive }.count)
  }
}
