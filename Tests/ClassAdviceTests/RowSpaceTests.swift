// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Testing

@testable import ClassAdvice

/// Students of many columns, which are fitted in the coefficients of rows, against the same in the weights of components.
@Suite struct RowSpaceTests {
  /// 60 rows of 40 columns, by both ways: asked for its components, an objective has no products.
  private static func both(_ planted: Planted, decay: Double = 0.02) throws -> [SoftmaxObjective] {
    let both = try [nil, 40].map {
      try SoftmaxObjective(planted.student, weightDecay: decay, mostComponents: $0)
    }
    #expect(both[0].features.products != nil && both[1].features.products == nil)
    return both
  }

  private static func expectNear(_ a: TeacherLogits, _ b: TeacherLogits, _ tolerance: Double) {
    #expect(a.values.count == b.values.count && !a.values.isEmpty)
    for (own, other) in zip(a.values, b.values) { #expect(abs(own - other) < tolerance) }
  }

  /// One minimum: the logits of training rows, of fresh ones and by components, with a teacher and without, for several weight decays.
  @Test(arguments: [(1e-3, 0.0), (0.02, 0), (1, 0), (0.02, 0.7), (1e-3, 2)]) func theStudentIsTheSame(
    decay: Double, lambda: Double
  ) throws {
    let planted = try Planted(rows: 60, columns: 40, seed: 41)
    let term = DistillationTerm(planted.teacher.softLabels(temperature: 2), weight: lambda, temperature: 2)
    let students = try Self.both(planted, decay: decay).map { $0.fit(lambda > 0 ? term : nil) }
    Self.expectNear(students[0].trainingLogits, students[1].trainingLogits, 1e-6)
    let fresh = planted.fresh.features
    Self.expectNear(students[0].logits(of: fresh), students[1].logits(of: fresh), 1e-6)
    let scores = students[0].objective.features.scores(of: fresh)
    Self.expectNear(students[0].logits(ofScores: scores), students[1].logits(of: fresh), 1e-6)
    // The gradient is that of the weights too.
    let (objective, own) = (students[0].objective, lambda > 0 ? term : nil)
    let gradient = objective.gradient(objective.point(students[0].weights, own), own)
    #expect(gradient.allSatisfy { abs($0) < 1e-8 })
  }

  /// Weight decays beside which a Cholesky factor of G/n + μI does not exist, or is of μ alone: 40 columns, of rank 40, in 60 rows.
  @Test(arguments: [1e-300, 1e-18, 1e12, 1e300]) func extremeWeightDecaysHaveAnEnd(decay: Double) throws {
    let planted = try Planted(rows: 60, columns: 40, seed: 44)
    let student = try Self.both(planted, decay: decay)[0].fit()
    #expect(student.trainingLogits.values.allSatisfy { $0.isFinite })
    // What is as good as forbidden are the weights: all rows are told the same.
    if decay >= 1 {
      let first = student.trainingLogits.values.prefix(3)
      for (index, logit) in student.trainingLogits.values.enumerated() { #expect(abs(logit - first[index % 3]) < 1e-6) }
    }
  }

  /// The norm at which a fit stops is that of the weights' gradient, and a start is where it begins.
  @Test func itStopsByTheWeightsGradient() throws {
    let planted = try Planted(rows: 60, columns: 40, seed: 42)
    let objective = try Self.both(planted)[0]
    for tolerance in [1e-2, 1e-4] {
      let student = objective.fit(tolerance: tolerance)
      let gradient = objective.gradient(objective.point(student.weights, nil), nil)
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(norm <= tolerance * (1 + 1e-6) && norm > 1e-3 * tolerance)
      let again = objective.fit(from: student, tolerance: tolerance)
      Self.expectNear(again.trainingLogits, student.trainingLogits, 1e-12)
    }
  }

  /// Rows without a label, which the mean of KL counts and that of CE does not.
  @Test func rowsWithoutALabelCountAsMuch() throws {
    let planted = try Planted(rows: 60, columns: 40, seed: 43)
    let count = 15
    let soft = TeacherLogits(
      checked: planted.teacher.values + planted.numbers(3 * count, stream: 6), classCount: 3
    ).softLabels(temperature: 2)
    let unlabelled = planted.numbers(40 * count, stream: 5)
    let students = try [nil, 40].map {
      try SoftmaxObjective(planted.student, unlabelled: unlabelled, weightDecay: 0.02, mostComponents: $0)
        .fit(DistillationTerm(soft, weight: 0.7, temperature: 2))
    }
    #expect(students[0].objective.features.products != nil && students[1].objective.features.products == nil)
    Self.expectNear(students[0].logits(of: unlabelled), students[1].logits(of: unlabelled), 1e-6)
  }

  /// Steps that are taken together are those that are taken alone, and near the trained students.
  @Test func stepsTogetherAreStepsAlone() throws {
    let planted = try Planted(rows: 60, columns: 40, seed: 44)
    let alone = try Self.both(planted)[0].fit()
    let soft = planted.teacher.softLabels(temperature: 2)
    let all = [
      soft, .mean(of: [soft, soft.classMeans(planted.student.labels)]), soft.classMeans(planted.student.labels),
    ]
    let forecast = NewtonStepForecast(alone, candidates: all, weight: 1, temperature: 2)
    let together = forecast.students(of: all, orFrom: all.map { _ in [alone] }, tolerance: 1e-6)
    for (teacher, own) in zip(all, together) {
      let single = forecast.student(of: teacher, orFrom: [alone], tolerance: 1e-6)
      let trained = forecast.trainedStudent(of: teacher)
      let fresh = planted.fresh.features
      Self.expectNear(own.logits(of: fresh), single.logits(of: fresh), 2e-2)
      Self.expectNear(own.logits(of: fresh), trained.logits(of: fresh), 2e-2)
      // What single precision does to directions is in no logit: they are the rows' own.
      Self.expectNear(own.trainingLogits, own.logits(of: planted.student.features), 1e-10)
    }
  }
}
