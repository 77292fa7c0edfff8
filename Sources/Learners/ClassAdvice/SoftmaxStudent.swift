// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE

/// A softmax student, that is multinomial logistic regression with weight decay, fitted.
public struct SoftmaxStudent: Sendable {
  /// What it minimises without a teacher.
  public let objective: SoftmaxObjective
  private let form: Form

  private enum Form {
    /// The weights of the components, then the biases: (r + 1) × K.
    case components([Double])
    case rows(RowWeights)
  }

  init(_ objective: SoftmaxObjective, weights: [Double]) {
    (self.objective, form) = (objective, .components(weights))
  }

  init(_ objective: SoftmaxObjective, rows: RowWeights) { (self.objective, form) = (objective, .rows(rows)) }

  /// The student as a sum of rows; nil where it is one of components.
  var rowWeights: RowWeights? {
    guard case .rows(let own) = form else { return nil }
    return own
  }

  /// The weights of the components, then the biases: (r + 1) × K.
  var weights: [Double] {
    switch form {
    case .components(let weights): return weights
    case .rows(let own):
      let (scores, k, n) = (objective.features.trainingScores, objective.classCount, objective.rowCount)
      var weights = [Double](repeating: 0, count: objective.weightCount)
      cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasTrans, Int32(objective.inputCount), Int32(k), Int32(n), 1, scores,
        Int32(objective.inputCount), own.coefficients, Int32(n), 0, &weights, Int32(k))
      for (j, bias) in own.biases.enumerated() { weights[weights.count - k + j] = bias }
      return weights
    }
  }

  /// The student beyond `b` on the line from `a`, by `t` times the way between them; of the same objective.
  static func line(_ a: SoftmaxStudent, _ b: SoftmaxStudent, beyond t: Double) -> SoftmaxStudent {
    func mix(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $1 + t * ($1 - $0) } }
    switch (a.form, b.form) {
    case (.rows(let p), .rows(let q)):
      let weights = RowWeights(
        coefficients: mix(p.coefficients, q.coefficients), biases: mix(p.biases, q.biases),
        logits: mix(p.logits, q.logits))
      return SoftmaxStudent(b.objective, rows: weights)
    case (.components, _), (_, .components): return SoftmaxStudent(b.objective, weights: mix(a.weights, b.weights))
    }
  }

  /// The logits of rows, rows × K.
  ///
  /// - Precondition: the features make rows of as many columns as the training rows.
  public func logits(of features: [Double]) -> TeacherLogits { logits(of: objective.rows(features)) }

  /// The logits of rows that are prepared.
  func logits(of rows: PreparedRows) -> TeacherLogits {
    switch form {
    case .components: return logits(ofScores: rows.values)
    case .rows(let own):
      let (k, n) = (objective.classCount, objective.rowCount)
      let m = rows.values.count / n
      var logits = (0..<m).flatMap { _ in own.biases }
      if m > 0 {
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(k), Int32(n), 1, rows.values, Int32(n),
          own.coefficients, Int32(n), 1, &logits, Int32(k))
      }
      return TeacherLogits(checked: logits, classCount: k)
    }
  }

  /// The logits of the training rows.
  public var trainingLogits: TeacherLogits {
    switch form {
    case .components: return logits(ofScores: objective.features.trainingScores)
    case .rows(let own):
      let (k, n) = (objective.classCount, objective.rowCount)
      var logits = own.logits
      for i in 0..<n { for j in 0..<k { logits[i * k + j] = own.logits[j * n + i] } }
      return TeacherLogits(checked: logits, classCount: k)
    }
  }

  /// The logits of rows by their components, as ``RotatedFeatures/scores(of:)`` of the student's objective gives them.
  public func logits(ofScores scores: [Double]) -> TeacherLogits {
    TeacherLogits(checked: objective.products(scores, weights), classCount: objective.classCount)
  }
}

extension SoftmaxObjective {
  /// Rows for the logits of many students.
  ///
  /// - Precondition: the features make rows of as many columns as the training rows.
  func rows(_ features: [Double]) -> PreparedRows {
    self.features.prepared(features)
  }
}
