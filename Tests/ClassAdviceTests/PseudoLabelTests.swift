// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Testing

@testable import ClassAdvice

/// Rows that only a teacher labels.
@Suite struct PseudoLabelTests {
  /// One-hot pseudo-labels are labels: the student is that of all rows.
  ///
  /// Soft ones move it, and around it the loss is greater.
  @Test func pseudoLabelsAreTargets() throws {
    let planted = try Planted(rows: 60, columns: 4, seed: 21)
    let all = planted.student
    let (own, rest) = (Array(0..<40), Array(40..<60))
    let labelled = try all.selecting(own)
    let further = rest.flatMap { all.features[4 * $0..<4 * $0 + 4] }
    let soft = SoftLabels.oneHot(rest.map { all.labels[$0] }, classCount: all.classCount)
    let whole = try SoftmaxObjective(all, weightDecay: 0.05).fit()
    let same = try SoftmaxObjective(labelled, further: further, labelled: soft, weightDecay: 0.05).fit()
    let (a, b) = (whole.logits(of: planted.fresh.features).values, same.logits(of: planted.fresh.features).values)
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-7 })
    let words = planted.teacher.selecting(rest).softLabels(temperature: 1)
    let objective = try SoftmaxObjective(labelled, further: further, labelled: words, weightDecay: 0.05)
    let student = objective.fit()
    let least = objective.loss(student.weights, nil)
    for place in [0, 3, 7] {
      for step in [-1e-3, 1e-3] {
        var weights = student.weights
        weights[place] += step
        #expect(objective.loss(weights, nil) > least)
      }
    }
    #expect(zip(a, student.logits(of: planted.fresh.features).values).contains { abs($0 - $1) > 1e-3 })
    #expect(throws: ClassAdviceError.self) {
      try SoftmaxObjective(labelled, further: further, labelled: soft, weightDecay: 0)
    }
  }
}
