// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Testing

@testable import ClassAdvice

/// Students of one setting as the starts of the next.
@Suite struct StudentPathTests {
  private let planted: Planted
  private let alone: SoftmaxStudent

  init() throws {
    planted = try Planted(rows: 60, columns: 40, seed: 45)
    alone = try SoftmaxObjective(planted.student, weightDecay: 0.02).fit()
  }

  private func term(_ setting: DistillationSetting) -> DistillationTerm {
    DistillationTerm(
      planted.teacher.softLabels(temperature: setting.temperature), weight: setting.weight,
      temperature: setting.temperature)
  }

  /// How much the loss at a setting is above its minimum.
  private func excess(_ student: SoftmaxStudent, _ setting: DistillationSetting) -> Double {
    func loss(_ student: SoftmaxStudent) -> Double {
      student.objective.point(student.weights, term(setting)).value
    }
    return loss(student) - loss(alone.objective.fit(term(setting)))
  }

  @Test func aLineGoesThroughBoth() throws {
    let other = alone.objective.fit(term(.init(weight: 1, temperature: 2)))
    let logits = [alone, other].map(\.trainingLogits.values)
    for (t, expected) in [(0.0, logits[1]), (-1, logits[0])] {
      let values = SoftmaxStudent.line(alone, other, beyond: t).trainingLogits.values
      for (own, value) in zip(values, expected) { #expect(abs(own - value) < 1e-12) }
    }
    let beyond = SoftmaxStudent.line(alone, other, beyond: 1)
    for (i, own) in beyond.trainingLogits.values.enumerated() {
      #expect(abs(own - 2 * logits[1][i] + logits[0][i]) < 1e-12)
    }
    // Weights and logits belong together.
    let fresh = planted.student.features
    for (own, value) in zip(beyond.logits(of: fresh).values, beyond.trainingLogits.values) {
      #expect(abs(own - value) < 1e-9)
    }
  }

  /// Each start is nearer than the one that is known without it.
  @Test func startsAreNear() throws {
    var path = StudentPath(alone)
    let first = DistillationSetting(weight: 0.1, temperature: 2)
    #expect(path.starts(first).isEmpty)
    path.append(first, alone.objective.fit(term(first)))
    for weight in [0.2, 0.5, 1] {
      let setting = DistillationSetting(weight: weight, temperature: 2)
      let starts = path.starts(setting).map { excess($0, setting) }
      // The student before, and the line.
      #expect(starts.count == 2 && starts[1] < starts[0] && starts[0] < excess(alone, setting), "\(starts)")
      path.append(setting, alone.objective.fit(term(setting)))
    }
    // A new temperature begins at the same λ of the one before; after it there are three.
    let next = DistillationSetting(weight: 0.5, temperature: 4)
    let starts = path.starts(next)
    #expect(starts.count == 1 && excess(starts[0], next) < 0.5 * excess(alone, next))
    path.append(next, alone.objective.fit(term(next)))
    #expect(path.starts(.init(weight: 1, temperature: 4)).count == 3)
    // The same λ of the temperature before is not kept; the same setting twice divides nothing by 0.
    #expect(path.starts(.init(weight: 0.5, temperature: 8)).count == 1)
    path.append(next, alone.objective.fit(term(next)))
    let again = path.starts(.init(weight: 1, temperature: 4))
    #expect(again.allSatisfy { $0.trainingLogits.values.allSatisfy(\.isFinite) })
  }
}
