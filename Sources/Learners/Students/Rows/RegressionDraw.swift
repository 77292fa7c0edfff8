// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns

/// Rows of data: what a teacher sees of them, what a student sees, and the number that both predict.
public struct PairedRows: Sendable {
  /// x1, row by row.
  public let teacherInputs: [Double]
  /// The number p1 of its columns.
  public let teacherColumns: Int
  /// x2, row by row.
  public let studentInputs: [Double]
  /// The number p2 of its columns.
  public let studentColumns: Int
  /// y, a number a row.
  public let labels: [Double]

  /// Rows of these numbers.
  ///
  /// - Precondition: all are of as many rows.
  public init(
    teacherInputs: [Double], teacherColumns: Int, studentInputs: [Double], studentColumns: Int, labels: [Double]
  ) {
    precondition(
      teacherInputs.count == teacherColumns * labels.count && studentInputs.count == studentColumns * labels.count,
      "inputs and labels are of the same rows")
    (self.teacherInputs, self.teacherColumns, self.labels) = (teacherInputs, teacherColumns, labels)
    (self.studentInputs, self.studentColumns) = (studentInputs, studentColumns)
  }
}

/// One random cut of rows: a teacher on some, students on n others, their errors on a third.
public struct RegressionDraw: Sendable {
  /// The mean squared error of the student alone on test rows.
  public let alone: Double
  /// The same of one student for each λ.
  public let distilled: [Double]
  /// The error for the first λ with a teacher that knows of a row what its label tells, and no more.
  public let control: Double
  /// The plug-in estimates of I(t; s) and I(s; y) on the teacher's rows, in nats.
  public let teacherInformation, labelInformation: Double

  /// The share of rows that errors are measured on.
  public static let testShare = 1.0 / 3

  /// A cut that `generator` gives.
  ///
  /// - Throws: ``StudentError/rankDeficient(rows:columns:reciprocalCondition:)`` where inputs are dependent in a part, as a column that is
  ///   constant there.
  /// - Precondition: there is a λ, and n rows and some for the teacher are left beside those that errors are measured on.
  public init(
    _ all: PairedRows, n: Int, lambdas: [Double], using generator: inout RandomSource
  ) throws(StudentError) {
    let order = Array(all.labels.indices).shuffled(using: &generator)
    let testCount = Int(RegressionDraw.testShare * Double(order.count))
    let (test, training) = (order[..<testCount], order[testCount..<(testCount + n)])
    let own = order[(testCount + n)...]
    let (p1, p2) = (all.teacherColumns, all.studentColumns)
    func rows(_ values: [Double], _ width: Int, _ part: ArraySlice<Int>) -> [Double] {
      part.flatMap { values[($0 * width)..<(($0 + 1) * width)] }
    }
    func labels(_ part: ArraySlice<Int>) -> [Double] { part.map { all.labels[$0] } }

    let teacher = try LinearFit(inputs: rows(all.teacherInputs, p1, own), columns: p1, targets: [labels(own)])
    func taught(_ part: ArraySlice<Int>) -> [Double] {
      part.map { teacher.prediction(teacher.weights[0], all.teacherInputs[($0 * p1)..<(($0 + 1) * p1)]) }
    }
    let (y, t) = (labels(training), taught(training))
    let shuffled = RegressionDraw.shuffledGivenLabel(t, y, using: &generator)
    let student = try LinearFit(inputs: rows(all.studentInputs, p2, training), columns: p2, targets: [y, t, shuffled])
    func error(_ lambda: Double, target: Int) -> Double {
      let weights = zip(student.weights[0], student.weights[target]).map { ($0 + lambda * $1) / (1 + lambda) }
      return test.reduce(0) { sum, row in
        let prediction = student.prediction(weights, all.studentInputs[(row * p2)..<((row + 1) * p2)])
        return sum + (all.labels[row] - prediction) * (all.labels[row] - prediction)
      } / Double(test.count)
    }
    alone = error(0, target: 1)
    distilled = lambdas.map { error($0, target: 1) }
    control = error(lambdas[0], target: 2)

    let view = try LinearFit(inputs: rows(all.studentInputs, p2, own), columns: p2, targets: [labels(own)])
    let s = own.map { view.prediction(view.weights[0], all.studentInputs[($0 * p2)..<(($0 + 1) * p2)]) }
    func information(_ correlation: Double) -> Double { -0.5 * log1p(-correlation * correlation) }
    teacherInformation = information(correlation(taught(own), s))
    labelInformation = information(correlation(s, labels(own)))
  }

  /// The permutation control: the regression of t on y, with its residuals on other rows.
  ///
  /// What the teacher knows of a row beyond its label is gone; how t varies with and around the label is the same.
  static func shuffledGivenLabel(
    _ t: [Double], _ y: [Double], using generator: inout RandomSource
  ) -> [Double] {
    let count = Double(t.count)
    let (meanT, meanY) = (t.reduce(0, +) / count, y.reduce(0, +) / count)
    let squares = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    let products = zip(t, y).reduce(0) { $0 + ($1.0 - meanT) * ($1.1 - meanY) }
    let slope = squares > 0 ? products / squares : 0
    let fitted = y.map { meanT + slope * ($0 - meanY) }
    let residuals = zip(t, fitted).map { $0 - $1 }.shuffled(using: &generator)
    return zip(fitted, residuals).map { $0 + $1 }
  }
}
