// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import DataTables
import ExactAlgebra

/// Rows with both modalities and no label.
public enum UnlabelledRows: Sendable {
  /// So many of them, that are like the labelled ones.
  case count(Int)
  /// These, with the columns of student and teachers.
  case table(DataTable)

  /// m.
  public var count: Int {
    switch self {
    case .count(let count): count
    case .table(let table): table.rowCount
    }
  }
}

/// The sums of rows without labels, in the origin and the units of the groups of the labelled ones.
struct UnlabelledGram {
  /// The lower triangle of order d + 1, row by row; the label, the last column, is 0.
  let gram: [Double]
  /// m.
  let rows: Int

  /// Reads every column but the last one, the label.
  ///
  /// - Throws: ``AdviceError/unlabelled(_:)`` where a column is missing, empty somewhere or no numbers.
  init(
    _ table: DataTable, labelled: DataTable, columns: [String], centred: [CentredColumn], origins: [Double]
  ) throws {
    let d = columns.count
    rows = table.rowCount
    var values: [[Double]] = []
    for place in 0..<(d - 1) {
      let name = columns[place]
      let first = try labelled.selecting(rows: [0]).numbers(in: name)[0]
      let numbers: [Rational]
      do { numbers = try table.numbers(in: name) } catch { throw AdviceError.unlabelled(error) }
      let (unit, start) = (centred[place].unit, centred[place].values[0] - origins[place])
      values.append(numbers.map { start + (($0 - first) / unit).asDouble })
    }
    var gram = [Double](repeating: 0, count: (d + 1) * (d + 2) / 2)
    var row = [Double](repeating: 1, count: d)
    for index in 0..<table.rowCount {
      for column in 0..<(d - 1) { row[column + 1] = values[column][index] }
      var place = 0
      for i in 0..<d { for j in 0...i { gram[place] += row[i] * row[j]; place += 1 } }
    }
    self.gram = gram
  }

  /// The sums of these rows and of others.
  func adding(_ other: SampleMoments) -> SampleMoments {
    SampleMoments(gram: zip(gram, other.sums).map { $0 + $1 }[...], columns: other.means.count)
  }

  /// The probability of means of the columns at `places` as different as these from the labelled ones', if they were the same:
  /// Hotelling's two-sample test; nil where rows are too few.
  func probabilityOfSameMeans(_ labelled: SampleMoments, _ places: [Int]) -> Double? {
    let (n, m, p) = (labelled.rows, Double(rows), Double(places.count))
    guard rows >= 2, n + m - p - 1 > 0 else { return nil }
    let own = SampleMoments(gram: gram[...], columns: labelled.means.count)
    let pooled = zip(labelled.covariance, own.covariance).map { ((n - 1) * $0 + (m - 1) * $1) / (n + m - 2) }
    guard labelled.provesIndependent(places), let factor = BlockFactor(pooled, columns: own.means.count, places: places)
    else { return nil }
    let difference = places.map { labelled.means[$0] - own.means[$0] }
    let square = n * m / (n + m) * dot(difference, factor.solve(difference))
    guard square.isFinite else { return 0 }
    return gsl_cdf_fdist_Q((n + m - p - 1) / ((n + m - 2) * p) * square, p, n + m - p - 1)
  }
}

extension HeldOutCheck {
  /// Checks pseudo-labels: the joint teacher of the training rows labels these and the unlabelled rows; the student mixes its fit of the labels with
  /// its fit of all pseudo-labels, by the weight that the training rows advise.
  init?(_ groups: GramGroups, _ unlabelled: UnlabelledGram, teacher: [Int], student: [Int]) {
    let (d, label, inputs) = (groups.columns, groups.columns - 1, teacher + student)
    let (p1, p2) = (teacher.count, student.count)
    self.init(groups) { training, heldOut in
      let (n, all) = (Int(training.rows), unlabelled.adding(training))
      let rest = n - 1 - p1 - p2
      guard rest > 2, n >= p1 + p2 + 2, let both = training.factor(inputs), let view = training.factor(student),
        let wide = all.factor(student)
      else { return nil }
      let targets = { (places: [Int]) in places.map { training.covariance[$0 * d + label] } }
      let (joint, own) = (both.solve(targets(inputs)), view.solve(targets(student)))
      let (prediction, label2) = (Combination(inputs, joint), Combination([label], [1]))
      let varY = training.covariance(label2, label2)
      let full = varY - training.covariance(prediction, label2)
      let residual = varY - dot(own, targets(student))
      guard full > 0 else { return nil }
      // f² without bias, and the best weight that follows.
      let effect = max(0, ((residual / full - 1) * Double(rest - 2) - Double(p1)) / Double(n - 1 - p2))
      let alpha = effect / (effect + Double(p1) / Double(n - p1 - p2 - 1))
      let imitated = wide.solve(student.map { all.covariance(Combination([$0], [1]), prediction) })
      let intercept = training.means[label] - training.mean(prediction)
      let ownIntercept = training.means[label] - dot(own, student.map { training.means[$0] })
      let imitatedIntercept =
        intercept + all.mean(prediction) - dot(imitated, student.map { all.means[$0] })
      func error(_ alpha: Double) -> Double {
        heldOut.meanSquare(
          weights: zip(own, imitated).map { (1 - alpha) * $0 + alpha * $1 }, at: student,
          intercept: (1 - alpha) * ownIntercept + alpha * imitatedIntercept, label: label)
      }
      return Fold(without: error(0), with: error(alpha), isDistilled: alpha > 0)
    }
  }
}
