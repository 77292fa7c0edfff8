// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import SeededRuns

/// Samples of two sets of the same classes, paired by their label alone, as AV-MNIST pairs images with spoken digits.
///
/// At random, the two halves of a pair are independent given the label *by construction*, whatever either tells about it: I(H1; H2 | Y) = 0, and no
/// teacher gains more than its soft labels shuffled within class, for any learner. Or coupled: within each class the rows that are easy to tell go
/// with easy ones, or with hard ones.
struct LabelPairing: Sendable {
  /// How the rows of a class are paired.
  enum Coupling: String, Sendable, CaseIterable {
    /// The easiest with the hardest.
    case opposed = "−"
    /// At random.
    case none = "0"
    /// The easiest with the easiest.
    case alike = "+"
  }

  /// The views of one set; the first says how easy a row is.
  typealias Views = [(name: String, rows: LabelledRows)]

  private let sides: [Views]
  private let ease: [[Double]]
  private let rowsOfClass: [[[Int]]]
  let classNames: [String]

  /// A pairing of two sets.
  ///
  /// How easy a row is, is the probability of its class by a softmax regression fitted to the other half of the rows (μ = 0.1).
  ///
  /// - Throws: ``ExperimentError/unpairedViews(_:)`` unless both have the same number of classes; what fitting throws.
  init(_ first: Views, _ second: Views, classNames: [String]) throws {
    guard let one = first.first?.rows, let other = second.first?.rows, one.classCount == other.classCount else {
      throw ExperimentError.unpairedViews("sets that are paired by label need the same classes, and a view each")
    }
    (sides, self.classNames) = ([first, second], classNames)
    ease = try [one, other].map { try LabelPairing.ease($0, classNames) }
    rowsOfClass = [one, other].map { rows in
      (0..<rows.classCount).map { label in rows.labels.indices.filter { rows.labels[$0] == label } }
    }
  }

  /// As many pairs of each class as there can be; which rows, and at random which with which, `seed` says.
  ///
  /// - Throws: `ClassificationError`, never for rows that were checked.
  func data(_ coupling: Coupling, seed: UInt64) throws -> ForecastData {
    var source = RandomSource(seed: seed, index: 7)
    var chosen: [[Int]] = [[], []]
    for label in classNames.indices {
      let count = min(rowsOfClass[0][label].count, rowsOfClass[1][label].count)
      var rows = (0..<2).map { Array(rowsOfClass[$0][label].shuffled(using: &source).prefix(count)) }
      if coupling != .none {
        for side in 0..<2 { rows[side].sort { (ease[side][$0], $0) < (ease[side][$1], $1) } }
        if coupling == .opposed { rows[1].reverse() }
      }
      for side in 0..<2 { chosen[side] += rows[side] }
    }
    let views = try (0..<2).map { side in try sides[side].map { ($0.name, try $0.rows.selecting(chosen[side])) } }
    let (a, b) = (Array(views[0].indices), views[1].indices.map { $0 + views[0].count })
    // Two views of one sample are no pair of sets.
    let pairs = a.flatMap { i in b.flatMap { j in [(teacher: i, student: j), (teacher: j, student: i)] } }
    return ForecastData(views: views[0] + views[1], classNames: classNames, pairs: pairs)
  }

  private static func ease(_ rows: LabelledRows, _ classNames: [String]) throws -> [Double] {
    let halves = try ClassFolds(labels: rows.labels, classNames: classNames, folds: 2, seed: 0)
    var ease = [Double](repeating: 0, count: rows.rowCount)
    for half in 0..<2 {
      let (fitted, judged) = (halves.training(half), halves.heldOut(half))
      let student = try SoftmaxObjective(rows.selecting(fitted), weightDecay: 0.1).fit(tolerance: 1e-6)
      let logits = student.logits(of: try rows.selecting(judged).features)
      let soft = logits.softLabels(temperature: 1)
      for (place, row) in judged.enumerated() {
        ease[row] = soft.values[place * rows.classCount + rows.labels[row]]
      }
    }
    return ease
  }
}
