// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Estimation
import Foundation
import Testing

/// Metrics and the information of a discrete label, against scikit-learn.
@Suite struct MetricsTests {
  /// What `Reference/reference.py` wrote.
  private struct Reference: Decodable {
    struct Case: Decodable {
      let classes: Int
      let labels: [Int]
      let probabilities: [Double]
      let accuracy, weightedF1, macroAUC, weightedAUC, meanSquaredError: Double
    }

    struct Information: Decodable {
      let labels: [Int]
      let x: [Double]
      let k: Int
      let nats: Double
    }

    let metrics: [Case]
    let informations: [Information]
  }

  private static func reference() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/metrics.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  @Test func valuesAreThoseOfScikitLearn() throws {
    let cases = try Self.reference().metrics
    #expect(cases.count == 5)
    for known in cases {
      let own = try ClassificationMetrics(
        probabilities: known.probabilities, labels: known.labels, classes: known.classes)
      for (value, expected) in [
        (own.accuracy, known.accuracy), (own.weightedF1, known.weightedF1), (own.macroAUC, known.macroAUC),
        (own.weightedAUC, known.weightedAUC), (own.meanSquaredError, known.meanSquaredError),
      ] { #expect(abs(value - expected) < 1e-13) }
    }
    // Both averages of the area matter somewhere, and ties do.
    #expect(cases.contains { abs($0.macroAUC - $0.weightedAUC) > 1e-3 })
  }

  @Test func informationOfADiscreteLabelIsThatOfScikitLearn() throws {
    let cases = try Self.reference().informations
    #expect(cases.count == 3)
    for known in cases {
      let nats = try Ross(k: known.k).estimate(known.x, columns: 1, labels: known.labels).nats
      #expect(abs(nats - known.nats) < 1e-12)
    }
  }

  @Test func areasByHand() {
    // Of 2·3 pairs the positive scores higher in 3 and ties in 2.
    let isPositive = [true, false, true, false, false]
    #expect(areaUnderCurve(scores: [3, 3, 1, 1, 0], isPositive: isPositive) == 4.0 / 6)
    #expect(areaUnderCurve(scores: [7, 7, 7, 7, 7], isPositive: isPositive) == 0.5)
    #expect(areaUnderCurve(scores: [2, 1, 2, 1, 1], isPositive: isPositive) == 1)
    #expect(areaUnderCurve(scores: [0, 1, 0, 1, 1], isPositive: isPositive) == 0)
  }

  @Test func softmaxWithoutOverflow() {
    let third = 1 / 3.0
    #expect(softmax([1000, 1000, -1000, 0, 0, 0], classes: 3) == [0.5, 0.5, 0, third, third, third])
  }

  @Test func refusesWhatCannotBeJudged() throws {
    func refuses(_ expected: ClassificationError, _ probabilities: [Double], _ labels: [Int], _ classes: Int) {
      #expect(throws: expected) {
        try ClassificationMetrics(probabilities: probabilities, labels: labels, classes: classes)
      }
    }
    refuses(.missingClass(1, in: "the rows to judge on"), [1, 0, 1, 0], [0, 0], 2)
    refuses(.labelOutOfRange(row: 1, label: 2, classes: 2), [1, 0, 1, 0], [0, 2], 2)
    refuses(.notFinite(row: 1, column: 0, value: "nan"), [1, 0, .nan, 0], [0, 1], 2)
    refuses(.tooFewRows(0, needed: 2, for: "judging a classifier"), [], [], 2)
    #expect(throws: ClassificationError.self) {
      try ClassificationMetrics(probabilities: [1, 0, 1], labels: [0, 1], classes: 2)
    }
  }
}
