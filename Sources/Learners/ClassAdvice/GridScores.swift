// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// What one student a fold comes to on the fold's rows.
struct FoldScore {
  let held: HeldOutScore
  let metrics: ClassificationMetrics?

  /// The scores of one student a fold, after the temperature that the other folds of the repetition give.
  static func all(
    _ folds: [MeasuredFold], _ settings: ClassAdvisor.Settings, _ logits: [TeacherLogits], withMetrics: Bool = true
  ) -> [FoldScore] {
    var temperature = 1.0
    return folds.indices.map { index in
      let first = index / settings.folds * settings.folds
      let others = (first..<first + settings.folds).filter { $0 != index }
      // Two folds of a repetition have most of their other rows in common, so that their temperatures are near each other.
      if index == first { temperature = 1 }
      temperature =
        FittedTemperature(
          TeacherLogits(checked: others.flatMap { logits[$0].values }, classCount: logits[index].classCount),
          labels: others.flatMap { folds[$0].students.heldOutLabels }, pseudoRows: 1, near: temperature
        ).value
      let labels = folds[index].students.heldOutLabels
      return FoldScore(
        held: HeldOutScore(logits[index], labels: labels, temperature: temperature),
        metrics: withMetrics
          ? try? ClassificationMetrics(
            probabilities: logits[index].softLabels(temperature: temperature).values, labels: labels,
            classes: logits[index].classCount) : nil)
    }
  }
}

/// The scores of every candidate's students along the grid of λ and T, fold by fold.
///
/// Along λ the held-out risk falls to one minimum and rises from there: in the linear Gaussian model exactly, for softmax students in all that we saw.
/// So at a temperature a candidate goes no further than to the first λ at which its gain is less than at the λ before, and less whichever fold
/// is left out; where any choice of folds could still prefer a larger λ it goes on. Of a candidate that does harm from the first that is one λ of four.
struct GridScores {
  /// By setting and candidate; nil where the candidate did not come to the setting.
  private(set) var scores: [[[FoldScore]?]]

  /// Measures the students of `count` candidates, in all folds at once.
  ///
  /// - Parameters:
  ///   - base: the scores of the student alone.
  ///   - measure: the held-out logits of some candidates' students in a fold, at a setting of the grid.
  init(
    _ folds: inout [MeasuredFold], _ settings: ClassAdvisor.Settings, count: Int, base: [FoldScore], withMetrics: Bool,
    _ measure: @Sendable (inout MeasuredFold, _ place: Int, _ chosen: [Int]) -> [TeacherLogits]
  ) throws {
    scores = [[[FoldScore]?]](repeating: [[FoldScore]?](repeating: nil, count: count), count: settings.grid.count)
    var running: [Int] = []
    for place in settings.grid.indices {
      let isFirst = place.isMultiple(of: settings.path.count)
      if isFirst { running = Array(0..<count) }
      if running.isEmpty { continue }
      let (before, chosen) = (folds, running)
      let measured = try concurrently(folds.count, threads: settings.threads) { index in
        var fold = before[index]
        let logits = measure(&fold, place, chosen)
        return (fold: fold, logits: logits)
      }
      folds = measured.map(\.fold)
      let now = folds
      let own = try concurrently(chosen.count, threads: settings.threads) { slot in
        FoldScore.all(now, settings, measured.map { $0.logits[slot] }, withMetrics: withMetrics)
      }
      for (slot, candidate) in chosen.enumerated() { scores[place][candidate] = own[slot] }
      if settings.isExhaustive { continue }
      running.removeAll { candidate in
        let last = isFirst ? base : scores[place - 1][candidate] ?? base
        guard let own = scores[place][candidate] else { return true }
        return !GridScores.rises(zip(last, own).map { $0.held.logLoss - $1.held.logLoss }, folds: settings.folds)
      }
    }
  }

  /// Whether some choice of folds gains more: all of them, or those of a repetition without one.
  static func rises(_ changes: [Double], folds: Int) -> Bool {
    if changes.reduce(0, +) > 0 { return true }
    return stride(from: 0, to: changes.count, by: folds).contains { first in
      let own = changes[first..<first + folds]
      // The sum is largest without the least.
      return own.reduce(0, +) - (own.min() ?? 0) > 0
    }
  }
}
