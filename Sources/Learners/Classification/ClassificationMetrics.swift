// SPDX-License-Identifier: GPL-3.0-or-later
/// How well predicted probabilities agree with labels, each as scikit-learn defines it.
public struct ClassificationMetrics: Sendable, Equatable {
  /// The share of rows whose most probable class (the first of several) is the label: `accuracy_score`.
  public let accuracy: Double
  /// The mean of the classes' F1 = 2TP/(2TP + FP + FN), 0 for 0/0, weighted by the rows of a class: `f1_score(average=
  /// "weighted", zero_division=0)`.
  public let weightedF1: Double
  /// The mean of the classes' areas under the curve, each class against the rest: `roc_auc_score(multi_class="ovr",
  /// average="macro")`.
  public let macroAUC: Double
  /// The same, weighted by the rows of a class: `average="weighted"`.
  public let weightedAUC: Double
  /// The mean over rows and classes of the squared difference of the probability from 1 at the label and 0 elsewhere:
  /// `mean_squared_error` of one-hot labels.
  public let meanSquaredError: Double

  /// The metrics of probabilities, rows × classes.
  ///
  /// - Throws: ``ClassificationError`` where sizes disagree, there are no rows, a number is not finite, a label is no class,
  ///   or a class has no row, so that its area is not defined.
  public init(probabilities: [Double], labels: [Int], classes: Int) throws(ClassificationError) {
    guard !labels.isEmpty else { throw .tooFewRows(0, needed: classes, for: "judging a classifier") }
    guard classes >= 2, probabilities.count == labels.count * classes else {
      throw .sizeMismatch(
        "\(probabilities.count) probabilities for \(labels.count) rows of \(classes) classes; each row needs one a class"
      )
    }
    if let position = probabilities.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: position / classes, column: position % classes, value: "\(probabilities[position])")
    }
    if let row = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw .labelOutOfRange(row: row, label: labels[row], classes: classes)
    }
    var supports = [Int](repeating: 0, count: classes)
    for label in labels { supports[label] += 1 }
    if let missing = supports.firstIndex(of: 0) { throw .missingClass(missing, in: "the rows to judge on") }

    var (hits, predictions, squares) = ([Int](repeating: 0, count: classes), [Int](repeating: 0, count: classes), 0.0)
    for (row, label) in labels.enumerated() {
      let own = probabilities[row * classes..<(row + 1) * classes]
      var predicted = 0
      for (j, probability) in own.enumerated() {
        if probability > own[own.startIndex + predicted] { predicted = j }
        let difference = probability - (j == label ? 1 : 0)
        squares += difference * difference
      }
      predictions[predicted] += 1
      if predicted == label { hits[label] += 1 }
    }
    let rows = Double(labels.count)
    let shares = supports.map { Double($0) / rows }
    func weighted(_ values: [Double]) -> Double { zip(shares, values).reduce(0) { $0 + $1.0 * $1.1 } }
    // The support is positive, so the denominator is too: 2TP + FP + FN = predictions + support.
    let scores = (0..<classes).map { 2 * Double(hits[$0]) / Double(predictions[$0] + supports[$0]) }
    let areas = (0..<classes).map { label in
      areaUnderCurve(
        scores: labels.indices.map { probabilities[$0 * classes + label] }, isPositive: labels.map { $0 == label })
    }
    accuracy = Double(hits.reduce(0, +)) / rows
    weightedF1 = weighted(scores)
    macroAUC = areas.reduce(0, +) / Double(classes)
    weightedAUC = weighted(areas)
    meanSquaredError = squares / (rows * Double(classes))
  }

  /// The metrics of logits, through the softmax.
  ///
  /// - Throws: as ``init(probabilities:labels:classes:)``.
  public init(logits: [Float], labels: [Int], classes: Int) throws(ClassificationError) {
    guard classes >= 2, logits.count == labels.count * classes else {
      throw .sizeMismatch("\(logits.count) logits for \(labels.count) rows of \(classes) classes")
    }
    try self.init(probabilities: softmax(logits, classes: classes), labels: labels, classes: classes)
  }
}

/// The probability that a positive row scores higher than a negative one, ties counted half: the area under the receiver
/// operating characteristic (Hanley & McNeil 1982), through ranks.
///
/// - Precondition: there are rows of both kinds, and no score is NaN.
public func areaUnderCurve(scores: [Double], isPositive: [Bool]) -> Double {
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var (positives, rankSum, first) = (0, 0.0, 0)
  while first < order.count {
    var end = first
    var tiedPositives = 0
    while end < order.count, scores[order[end]] == scores[order[first]] {
      if isPositive[order[end]] { tiedPositives += 1 }
      end += 1
    }
    // Ranks from 1; rows that tie share the mean of theirs.
    rankSum += Double(tiedPositives) * Double(first + 1 + end) / 2
    positives += tiedPositives
    first = end
  }
  let (p, n) = (Double(positives), Double(scores.count - positives))
  precondition(p > 0 && n > 0, "an area needs rows of both kinds")
  return (rankSum - p * (p + 1) / 2) / (p * n)
}
