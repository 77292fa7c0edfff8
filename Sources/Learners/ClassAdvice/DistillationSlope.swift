// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// How the risk on held-out rows begins to change with λ, exactly, for every teacher from one solve.
///
/// With ŵ(λ) the minimiser of L + λT²KL + penalty and R the mean cross-entropy of held-out rows, the implicit function theorem gives
/// dR/dλ = −∇R(ŵ)ᵀH⁻¹∇(T²KL) = (T/n)Σᵢ uᵢᵀ(τᵢ − softmax(zᵢ/T)), where Hv = ∇R(ŵ) and uᵢ = (xᵢ, 1)ᵀv.
/// Nothing in u depends on the teacher. Where λ is not small the sign may be another: see ``NewtonStepForecast``.
public struct DistillationSlope: Sendable {
  /// The sensitivities uᵢ, n × K.
  private let sensitivities: [Double]
  private let student: SoftmaxStudent

  /// The slope at the student that is trained alone.
  ///
  /// - Parameters:
  ///   - student: the minimiser without a teacher.
  ///   - heldOut: rows that it was not trained on.
  public init(_ student: SoftmaxStudent, heldOut: LabelledRows) {
    self.init(student, nil, scores: student.objective.features.scores(of: heldOut.features), labels: heldOut.labels)
  }

  /// The same at the minimiser with a teacher, on components of held-out rows.
  init(_ student: SoftmaxStudent, _ term: DistillationTerm?, scores: [Double], labels: [Int]) {
    let objective = student.objective
    var residuals = softmaxRows(student.logits(ofScores: scores).values, classes: objective.classCount)
    for (row, label) in labels.enumerated() { residuals[row * objective.classCount + label] -= 1 }
    let v = objective.solve(
      objective.backProducts(scores, residuals), at: objective.point(student.weights, term), term, tolerance: 1e-8)
    sensitivities = objective.products(objective.features.trainingScores, v)
    self.student = student
  }

  /// dR/dλ at λ = 0 for a teacher's soft labels of temperature T: negative where distillation begins to help.
  ///
  /// - Precondition: the soft labels are of the training rows.
  public func callAsFunction(_ softLabels: SoftLabels, temperature: Double) -> Double {
    change(from: student.trainingLogits.softLabels(temperature: temperature), to: softLabels, weight: temperature)
  }

  /// dR/dα at α = 0 for label smoothing (1 − α)·one-hot + α/K.
  public var labelSmoothing: Double {
    let objective = student.objective
    let uniform = SoftLabels(
      [Double](repeating: 1 / Double(objective.classCount), count: objective.labels.count * objective.classCount),
      classCount: objective.classCount)
    return change(from: objective.targets, to: uniform, weight: 1)
  }

  /// The first-order change of the risk where the loss gains weight · (1/n)Σ −zᵢᵀ(toᵢ − fromᵢ).
  func change(from: SoftLabels, to: SoftLabels, weight: Double) -> Double {
    precondition(
      to.values.count == from.values.count && to.values.count <= sensitivities.count,
      "soft labels are of the training rows")
    var sum = 0.0
    for i in to.values.indices { sum += sensitivities[i] * (to.values[i] - from.values[i]) }
    return weight * sum / Double(to.rowCount)
  }
}
