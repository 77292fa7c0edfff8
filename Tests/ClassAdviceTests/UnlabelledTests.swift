// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// Students that learn from rows without a label too.
@Suite struct UnlabelledTests {
  private let planted: Planted
  private let more: [Double]
  private let soft: SoftLabels

  init() throws {
    planted = try Planted(rows: 36, columns: 6, seed: 41)
    let extra = Array(planted.fresh.features.prefix(6 * 60))
    more = extra
    soft = TeacherLogits(
      checked: planted.teacher.values + planted.freshTeacher.values.prefix(3 * 60), classCount: 3
    ).softLabels(temperature: 2)
  }

  /// Without a teacher such rows change nothing, whatever the rotation; also where columns outnumber rows.
  @Test(arguments: [6, 60]) func aloneItIsTheSameStudent(columns: Int) throws {
    let planted = try Planted(rows: 36, columns: columns, seed: 42)
    let extra = Array(planted.fresh.features.prefix(columns * 30))
    let plain = try SoftmaxObjective(planted.student, weightDecay: 0.1).fit()
    let wider = try SoftmaxObjective(planted.student, unlabelled: extra, weightDecay: 0.1)
    #expect(wider.rowCount == 66 && wider.labels.count == 36)
    let (a, b) = (plain.logits(of: planted.fresh.features), wider.fit().logits(of: planted.fresh.features))
    for (own, theirs) in zip(a.values, b.values) { #expect(abs(own - theirs) < 1e-7) }
  }

  /// Value, gradient and curvature against a plain sum: CE over labelled rows, KL over all.
  @Test func theLossIsTheSumOverBothKinds() throws {
    let objective = try SoftmaxObjective(planted.student, unlabelled: more, weightDecay: 0.05)
    let term = DistillationTerm(soft, weight: 0.7, temperature: 2)
    let (w, v) = (planted.numbers(objective.weightCount, stream: 8), planted.numbers(objective.weightCount, stream: 9))
    let logits = objective.products(objective.features.trainingScores, w)
    func logSoftmax(_ row: Int, _ k: Int, _ t: Double) -> Double {
      let z = (0..<3).map { logits[row * 3 + $0] / t }
      return z[k] - log(z.reduce(0) { $0 + exp($1) })
    }
    var expected = 0.05 / 2 * w.dropLast(3).reduce(0) { $0 + $1 * $1 }
    for (row, label) in planted.student.labels.enumerated() { expected -= logSoftmax(row, label, 1) / 36 }
    for row in 0..<96 {
      for k in 0..<3 {
        let p = soft.values[row * 3 + k]
        expected += 0.7 * 4 / 96 * p * (log(p) - logSoftmax(row, k, 2))
      }
    }
    #expect(abs(objective.loss(w, term) - expected) < 1e-12)
    let step = 1e-5
    func point(_ t: Double) -> SoftmaxObjective.Point { objective.point(zip(w, v).map { $0 + t * $1 }, term) }
    let gradient = objective.gradient(point(0), term)
    let slope = zip(gradient, v).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs((point(step).value - point(-step).value) / (2 * step) - slope) < 1e-8)
    let product = objective.curvature(v, point(0), term)
    let (up, down) = (objective.gradient(point(step), term), objective.gradient(point(-step), term))
    for i in product.indices { #expect(abs((up[i] - down[i]) / (2 * step) - product[i]) < 1e-7) }
  }

  /// The slope is the derivative here too.
  @Test func theSlopeIsTheDerivative() throws {
    let alone = try SoftmaxObjective(planted.student, unlabelled: more, weightDecay: 0.05).fit(tolerance: 1e-12)
    let held = try planted.fresh.selecting(60..<300)
    let step = 1e-4
    let risks = [0, step, 2 * step].map { weight in
      let student = alone.objective.fit(
        from: alone, DistillationTerm(soft, weight: weight, temperature: 2), tolerance: 1e-12)
      return HeldOutScore(student.logits(of: held.features), labels: held.labels).logLoss
    }
    let exact = DistillationSlope(alone, heldOut: held)(soft, temperature: 2)
    #expect(abs(exact - (4 * risks[1] - risks[2] - 3 * risks[0]) / (2 * step)) < 1e-3 * abs(exact))
  }

  /// A teacher that knows the hidden cause teaches more with 400 rows without a label than with 15 labelled ones alone.
  ///
  /// A few steps say what training says. Means over four seeds, far apart.
  @Test func moreRowsTeachMore() throws {
    var (labelled, all) = (0.0, 0.0)
    for seed in 0..<4 as Range<UInt64> {
      let planted = try Planted(rows: 15, columns: 6, seed: 50 + seed)
      let held = try planted.fresh.selecting(400..<600)
      let plain = try SoftmaxObjective(planted.student, weightDecay: 0.03).fit()
      let wider = try SoftmaxObjective(
        planted.student, unlabelled: Array(planted.fresh.features.prefix(6 * 400)), weightDecay: 0.03
      ).fit()
      func loss(_ student: SoftmaxStudent) -> Double {
        HeldOutScore(student.logits(of: held.features), labels: held.labels).logLoss
      }
      let own = planted.teacher.softLabels(temperature: 1)
      let soft = TeacherLogits(
        checked: planted.teacher.values + planted.freshTeacher.values.prefix(3 * 400), classCount: 3
      ).softLabels(temperature: 1)
      labelled +=
        loss(plain) - loss(NewtonStepForecast(plain, candidates: [own], weight: 2, temperature: 1).student(of: own))
      let forecast = NewtonStepForecast(wider, candidates: [soft], weight: 2, temperature: 1)
      all += loss(plain) - loss(forecast.student(of: soft))
      #expect(abs(loss(forecast.student(of: soft)) - loss(forecast.trainedStudent(of: soft))) < 5e-3)
    }
    #expect(all > labelled + 0.1)
  }

  /// Hidden labels: every row is on one side, with what its teachers see of it.
  @Test func hiddenRowsKeepTheirViews() throws {
    let view = try LabelledRows(features: planted.teacher.values, labels: planted.student.labels)
    let data = try ClassData(
      student: planted.student, classNames: ["a", "b", "c"], views: [("v", view)],
      outside: [("o", planted.teacher)])
    let split = try data.hidingLabels(of: 15, seed: 1)
    let hidden = try #require(split.unlabelled)
    #expect(split.rowCount == 21 && hidden.count == 15 && hidden.areHidden)
    for label in 0..<3 { #expect(split.student.labels.count { $0 == label } == 7) }
    let seen = split.student.features + hidden.student
    #expect(seen.sorted() == planted.student.features.sorted())
    for row in 0..<15 {
      let place = try #require(
        (0..<36).first { planted.student.features[$0 * 6] == hidden.student[row * 6] })
      #expect(hidden.views[0][row * 3] == view.features[place * 3])
      #expect(hidden.outside[0].values[row * 3] == planted.teacher.values[place * 3])
    }
    for count in [0, 35, 36] { #expect(throws: ClassAdviceError.self) { try data.hidingLabels(of: count, seed: 1) } }
  }

  /// Rows that pair the student's columns with those of others are refused.
  @Test func otherRowCountsAreTyped() {
    #expect(throws: ClassAdviceError.otherRowCount(teacher: "v", rows: 2, needed: 3)) {
      try UnlabelledClassRows(student: [1, 2, 3], columns: 1, views: [("v", [1, 2, 3, 4], 2)])
    }
    #expect(throws: ClassAdviceError.self) { try UnlabelledClassRows(student: [], columns: 1, views: []) }
  }
}
