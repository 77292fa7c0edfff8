// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// What teachers say of rows that they did not see, where a fold is held out from them too.
///
/// In the training rows of a fold every other fold is judged by a teacher that saw neither of the two. That teacher judges the first fold where the second is held out, so
/// that one fit serves both: F(F − 1)/2 fits for F folds, where a cut within every fold's training rows takes as many as F².
struct TeachersOfOtherRows: Sendable {
  /// By repetition, what a view's teacher without two folds says of all rows of both, in the order of the rows.
  private let judged: [[Pair: TeacherLogits]]
  private let cuts: [ClassFolds]

  private struct Pair: Hashable {
    let view, first, second: Int
  }

  /// Fits the teachers of several views of the same rows.
  ///
  /// - Parameters:
  ///   - views: the views, and the weight decay of each.
  ///   - groups: what the folds do not divide, for the error.
  /// - Throws: ``ClassAdviceError/classInFewGroups(_:groups:)`` where a class is missing from the rows without two folds.
  init(
    _ views: [(rows: LabelledRows, weightDecay: Double)], _ cuts: [ClassFolds], classNames: [String], groups: [Int]?,
    mostComponents: Int?, threads: Int
  ) throws {
    self.cuts = cuts
    let count = cuts.first?.count ?? 0
    let pairs = views.indices.flatMap { view in
      (0..<count).flatMap { a in (a + 1..<count).map { Pair(view: view, first: a, second: $0) } }
    }
    guard let labels = views.first?.rows.labels, !pairs.isEmpty else {
      judged = cuts.map { _ in [:] }
      return
    }
    for cut in cuts {
      for (label, rows) in rowsByClass(labels, classNames.count).enumerated()
      where Set(rows.map { cut.foldOfRow[$0] }).count < 3 {
        throw ClassAdviceError.classInFewGroups(
          classNames[label], groups: Set(rows.map { groups?[$0] ?? $0 }).count)
      }
    }
    let all = try concurrently(cuts.count * pairs.count, threads: threads) { index in
      let (cut, pair) = (cuts[index / pairs.count], pairs[index % pairs.count])
      let (rows, weightDecay) = views[pair.view]
      let isHeld = { (row: Int) in [pair.first, pair.second].contains(cut.foldOfRow[row]) }
      let places = rows.labels.indices
      let objective = try SoftmaxObjective(
        rows.selecting(places.filter { !isHeld($0) }), weightDecay: weightDecay, mostComponents: mostComponents)
      return objective.fit(tolerance: 1e-5)
        .logits(of: WeightDecayChoice.features(places.filter(isHeld), of: rows))
    }
    judged = cuts.indices.map { repetition in
      Dictionary(uniqueKeysWithValues: zip(pairs, all[repetition * pairs.count..<(repetition + 1) * pairs.count]))
    }
  }

  /// The logits of the training rows of a fold, in order.
  func logits(view: Int, repetition: Int, fold: Int) -> TeacherLogits {
    let folds = cuts[repetition].foldOfRow
    var (values, classCount) = ([Double](), 0)
    // How many rows of both folds came before, by the other fold.
    var before = [Int](repeating: 0, count: cuts[repetition].count)
    for own in folds {
      guard own != fold else {
        for other in before.indices { before[other] += 1 }
        continue
      }
      guard let logits = judged[repetition][Pair(view: view, first: min(own, fold), second: max(own, fold))] else {
        preconditionFailure("every pair of folds has a teacher")
      }
      classCount = logits.classCount
      values += logits.values[before[own] * classCount..<(before[own] + 1) * classCount]
      before[own] += 1
    }
    return TeacherLogits(checked: values, classCount: classCount)
  }
}
