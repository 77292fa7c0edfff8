// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets

/// Predictions of every row by a classifier that was trained on the other folds.
struct FoldedPredictions {
  /// The logits, rows × classes, in the order of the rows.
  private(set) var logits: [Float]
  let classCount: Int

  /// No predictions yet.
  init(rows: Int, classCount: Int) {
    (logits, self.classCount) = ([Float](repeating: 0, count: rows * classCount), classCount)
  }

  /// Puts the logits of held-out rows into place.
  mutating func set(_ values: [Float], rows: [Int]) {
    for (place, row) in rows.enumerated() {
      for j in 0..<classCount { logits[row * classCount + j] = values[place * classCount + j] }
    }
  }

  /// The logits of these rows, rows × classes.
  func logits(of rows: [Int]) -> [Float] {
    rows.flatMap { logits[$0 * classCount..<($0 + 1) * classCount] }
  }

  /// The probabilities, rows × classes.
  var probabilities: [Double] { softmax(logits, classes: classCount) }
}

/// Rows in folds with the classes in proportion.
struct StratifiedFolds {
  /// The rows of every fold.
  let folds: [[Int]]

  /// Deals the rows to `count` folds.
  ///
  /// - Throws: `DatasetError/classMissing(_:from:)` where a fold, or the rest without it, has no row of a class.
  init(_ labels: ClassLabels, _ rows: LabelledRows, count: Int, using generator: inout some RandomNumberGenerator)
    throws(DatasetError)
  {
    // Class after class, each in random order, dealt out in turn: no fold has two rows more of a class than another.
    let order = rows.stratifiedOrder(using: &generator)
    let byClass = labels.classes.indices.flatMap { label in order.filter { labels.indices[$0] == label } }
    var folds = [[Int]](repeating: [], count: count)
    for (place, row) in byClass.enumerated() { folds[place % count].append(row) }
    for (index, fold) in folds.enumerated() {
      try labels.requireEveryClass(among: fold, of: "fold \(index + 1) of \(count)")
    }
    self.folds = folds.map { $0.sorted() }
  }

  /// The rows outside of a fold.
  func training(without fold: Int) -> [Int] {
    folds.enumerated().flatMap { $0.offset == fold ? [] : $0.element }.sorted()
  }
}

extension StratifiedFolds {
  /// The information given the fold: the mean of what `estimate` finds within each, weighted by rows.
  ///
  /// Every fold has classifiers of its own. Taken together, their outputs would tell the fold, which teacher and student share: an information
  /// of up to ln(folds) that is none of the modalities'.
  func information(_ estimate: ([Int]) -> InformationCell) -> InformationCell {
    var (sum, rows, methods) = (0.0, 0, [String]())
    for fold in folds {
      let cell = estimate(fold)
      guard let nats = cell.nats else {
        return InformationCell(missing: "in a fold of \(fold.count) rows, \(cell.note)")
      }
      sum += nats * Double(fold.count)
      rows += fold.count
      let method = String(cell.note.prefix { $0 != "," })
      if !methods.contains(method) { methods.append(method) }
    }
    return InformationCell(sum / Double(rows), by: methods.sorted().joined(separator: " or ") + " within folds")
  }
}
