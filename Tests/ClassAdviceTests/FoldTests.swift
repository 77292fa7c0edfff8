// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// Folds, temperatures, intervals and the choice of weight decay.
@Suite struct FoldTests {
  @Test func foldsAreStratified() throws {
    let labels = (0..<53).map { $0 % 4 == 0 ? 0 : 1 + $0 % 2 }
    let folds = try ClassFolds(labels: labels, classNames: ["a", "b", "c"], folds: 5, seed: 1)
    for fold in 0..<5 {
      let heldOut = folds.heldOut(fold)
      #expect((10...11).contains(heldOut.count))
      for label in 0..<3 {
        let all = Double(labels.count { $0 == label }) / 5
        #expect(abs(Double(heldOut.count { labels[$0] == label }) - all) <= 1)
      }
      #expect(Set(folds.training(fold) + heldOut) == Set(0..<53))
    }
    let other = try ClassFolds(labels: labels, classNames: ["a", "b", "c"], folds: 5, seed: 2)
    #expect(folds != other)
  }

  @Test func groupsStayTogether() throws {
    let labels = (0..<120).map { $0 % 3 }
    let groups = (0..<120).map { $0 / 10 }
    let folds = try ClassFolds(labels: labels, classNames: ["a", "b", "c"], groups: groups, folds: 4, seed: 1)
    for group in 0..<12 {
      #expect(Set((0..<120).filter { groups[$0] == group }.map { folds.foldOfRow[$0] }).count == 1)
    }
    for fold in 0..<4 { #expect(folds.heldOut(fold).count == 30) }
  }

  @Test func badCutsAreTyped() {
    func refuses(_ expected: ClassAdviceError, _ labels: [Int], _ groups: [Int]?, _ folds: Int) {
      #expect(throws: expected) {
        try ClassFolds(labels: labels, classNames: ["a", "b"], groups: groups, folds: folds, seed: 1)
      }
    }
    refuses(.rareClass("b", rows: 2, folds: 3), [0, 0, 0, 0, 1, 1], nil, 3)
    refuses(.fewGroups(2, folds: 3), [0, 0, 0, 1, 1, 1], [1, 1, 1, 2, 2, 2], 3)
    refuses(.classInFewGroups("b", groups: 1), [0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 4, 4], 3)
    #expect(throws: ClassAdviceError.self) {
      try ClassFolds(labels: [0, 1], classNames: ["a", "b"], folds: 1, seed: 1)
    }
  }

  /// The fitted temperature has the least log-loss of its neighbours, and undoes a scaling of the logits.
  @Test func temperatureIsTheBest() throws {
    let planted = try Planted(rows: 90, columns: 4, seed: 21)
    let labels = planted.student.labels
    let fitted = FittedTemperature(planted.teacher, labels: labels).value
    func loss(_ t: Double) -> Double { HeldOutScore(planted.teacher, labels: labels, temperature: t).logLoss }
    #expect(loss(fitted) < loss(fitted * 1.01) && loss(fitted) < loss(fitted / 1.01))
    let louder = try TeacherLogits(planted.teacher.values.map { 3 * $0 }, classCount: 3)
    #expect(abs(FittedTemperature(louder, labels: labels).value - 3 * fitted) < 1e-6)
    // Wherever the search begins.
    for guess in [0.02, 0.3, 7, 50] {
      #expect(abs(FittedTemperature(planted.teacher, labels: labels, near: guess).value - fitted) < 1e-8 * fitted)
    }
  }

  /// Where every row is told right a row of every class leaves each of two classes half of 1/(n + 1), whatever the margin; a ruled-out class
  /// does not count.
  @Test(arguments: [1.0, 20, 90], [3, 47]) func aPseudoRowLeavesRoomForASlip(margin: Double, rows: Int) throws {
    let logits = try TeacherLogits([Double]((0..<rows).flatMap { _ in [margin, 0, -.infinity] }), classCount: 3)
    let labels = [Int](repeating: 0, count: rows)
    let t = FittedTemperature(logits, labels: labels, pseudoRows: 1).value
    // The temperature is at most 50, so that a large margin stays what it is.
    let wrong = 1 / (1 + exp(margin / t))
    #expect(abs(wrong - 0.5 / Double(rows + 1)) < 1e-6, "\(t)")
  }

  /// The interval of Nadeau and Bengio: t(J − 1) · √((1/J + held out/trained)·s²), by hand for two folds.
  @Test func intervalsAreInflated() throws {
    let gain = try GainEstimate([1, 3], heldOutShare: 1, level: 0.5)
    // s² = 2; the quantile 0.75 of Student's law of one degree is 1.
    #expect(abs(gain.mean - 2) < 1e-12 && abs(gain.upper - 2 - 3.0.squareRoot()) < 1e-9)
    #expect(abs(gain.lower - 2 + 3.0.squareRoot()) < 1e-9)
  }

  /// The choice has the least held-out loss of the whole grid, each student trained from scratch.
  @Test func weightDecayIsTheBest() throws {
    let planted = try Planted(rows: 48, columns: 12, seed: 22)
    let folds = try ClassFolds(labels: planted.student.labels, classNames: ["a", "b", "c"], folds: 3, seed: 1)
    let choice = try WeightDecayChoice(planted.student, folds: folds)
    let losses = try WeightDecayChoice.grid.map { (value: Double) -> Double in
      var sum = 0.0
      for fold in 0..<3 {
        let student = try SoftmaxObjective(planted.student.selecting(folds.training(fold)), weightDecay: value).fit()
        let heldOut = try planted.student.selecting(folds.heldOut(fold))
        let score = HeldOutScore(student.logits(of: heldOut.features), labels: heldOut.labels)
        sum += Double(heldOut.rowCount) * score.logLoss
      }
      return sum / 48
    }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(choice.value == WeightDecayChoice.grid[best] && abs(choice.logLoss - losses[best]) < 1e-4)
    #expect(best > 0 && best < losses.count - 1)
  }
}
