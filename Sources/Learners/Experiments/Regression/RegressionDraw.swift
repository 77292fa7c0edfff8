// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Students

/// One random cut of a task's rows: a teacher on some, students on n others, their errors on a third.
struct RegressionDraw {
  /// The mean squared errors on test rows: of the student alone, and of one for each λ.
  let alone: Double
  let distilled: [Double]
  /// The error for the first λ with a teacher that knows of a row what its label tells, and no more.
  let control: Double
  /// The plug-in estimates of I(t; s) and I(s; y) on the teacher's rows, in nats.
  let teacherInformation, labelInformation: Double

  /// The share of rows that errors are measured on.
  static let testShare = 1.0 / 3

  /// A cut that `generator` gives.
  ///
  /// - Throws: `StudentError` where inputs are dependent in a part, as a column that is constant there.
  init(_ task: RegressionTask, n: Int, lambdas: [Double], using generator: inout some RandomNumberGenerator) throws {
    let order = Array(0..<task.rowCount).shuffled(using: &generator)
    let testCount = Int(RegressionDraw.testShare * Double(task.rowCount))
    let (test, training) = (order[..<testCount], order[testCount..<(testCount + n)])
    let own = order[(testCount + n)...]
    let (p1, p2) = (task.teacher.columns.count, task.student.columns.count)
    func rows(_ values: [Double], _ width: Int, _ part: ArraySlice<Int>) -> [Double] {
      part.flatMap { values[($0 * width)..<(($0 + 1) * width)] }
    }
    func labels(_ part: ArraySlice<Int>) -> [Double] { part.map { task.labels[$0] } }

    let teacher = try LinearFit(inputs: rows(task.teacherInputs, p1, own), columns: p1, targets: [labels(own)])
    func taught(_ part: ArraySlice<Int>) -> [Double] {
      part.map { teacher.prediction(teacher.weights[0], task.teacherInputs[($0 * p1)..<(($0 + 1) * p1)]) }
    }
    let (y, t) = (labels(training), taught(training))
    let shuffled = RegressionDraw.shuffledGivenLabel(t, y, using: &generator)
    let student = try LinearFit(inputs: rows(task.studentInputs, p2, training), columns: p2, targets: [y, t, shuffled])
    func error(_ lambda: Double, target: Int) -> Double {
      let weights = zip(student.weights[0], student.weights[target]).map { ($0 + lambda * $1) / (1 + lambda) }
      return test.reduce(0) { sum, row in
        let prediction = student.prediction(weights, task.studentInputs[(row * p2)..<((row + 1) * p2)])
        return sum + (task.labels[row] - prediction) * (task.labels[row] - prediction)
      } / Double(test.count)
    }
    alone = error(0, target: 1)
    distilled = lambdas.map { error($0, target: 1) }
    control = error(lambdas[0], target: 2)

    let view = try LinearFit(inputs: rows(task.studentInputs, p2, own), columns: p2, targets: [labels(own)])
    let s = own.map { view.prediction(view.weights[0], task.studentInputs[($0 * p2)..<(($0 + 1) * p2)]) }
    func information(_ correlation: Double) -> Double { -0.5 * log1p(-correlation * correlation) }
    teacherInformation = information(correlation(taught(own), s))
    labelInformation = information(correlation(s, labels(own)))
  }

  /// The permutation control: the regression of t on y, with its residuals on other rows.
  ///
  /// What the teacher knows of a row beyond its label is gone; how t varies with and around the label is the same.
  static func shuffledGivenLabel(
    _ t: [Double], _ y: [Double], using generator: inout some RandomNumberGenerator
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
