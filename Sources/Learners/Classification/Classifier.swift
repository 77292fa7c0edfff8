// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Learning

/// A trained classifier: multinomial logistic regression or a multilayer perceptron, with the scaling of its inputs.
///
/// Teachers and students are the same type; a student is one that was trained with guidance.
public struct Classifier: Sendable {
  /// The number of columns that it reads.
  public let featureCount: Int
  /// The number of classes that it tells apart.
  public let classCount: Int
  private let network: MultilayerPerceptron
  private let parameters: [Float]
  private let scaling: FeatureScaling

  /// Trains a classifier on `rows`, guided by a teacher where there is one.
  ///
  /// Inputs are scaled as the settings say. Weights and the order of rows come from `seed` alone: two
  /// trainings of one seed, one of them guided, start from the same weights and see the same batches.
  /// With `start` the weights and the scaling are its own, and the training goes on from there.
  ///
  /// - Precondition: `start` has as many columns and classes, and its network these settings.
  /// - Throws: ``ClassificationError`` where a setting is out of range, the teacher's logits are not rows × classes or not
  ///   finite, a part for early stopping would be empty, or training diverges.
  public init(
    training rows: LabelledRows, guidance: Guidance? = nil, startingFrom start: Classifier? = nil,
    settings: ClassifierSettings, seed: UInt64
  ) throws(ClassificationError) {
    try settings.validate()
    if let guidance {
      let classes = rows.classCount
      guard guidance.logits.count == rows.rowCount * classes else {
        throw .sizeMismatch(
          "the teacher gives \(guidance.logits.count) logits for \(rows.rowCount) rows of \(classes) classes; it must "
            + "give one for each row and class")
      }
      if let position = guidance.logits.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(
          row: position / classes, column: position % classes, value: "\(guidance.logits[position]) (teacher)")
      }
    }
    scaling =
      start?.scaling
      ?? FeatureScaling(of: rows.features, columns: rows.featureCount, isCommon: settings.scaling == .common)
    (featureCount, classCount) = (rows.featureCount, rows.classCount)
    let scaled = try LabelledRows(features: scaling(rows.features), labels: rows.labels, classCount: rows.classCount)
    let training = ClassifierTraining<Float>(scaled, guidance: guidance, settings: settings, seed: seed)
    if let start {
      precondition(start.parameters.count == training.model.count, "training goes on with the same network")
      for (place, value) in start.parameters.enumerated() { training.model.parameters[place] = value }
    }
    try training.run()
    network = settings.network(inputs: featureCount, classes: classCount)
    parameters = Array(training.model.parameters)
  }

  /// The logits of rows, rows × classes: what stands before the softmax.
  ///
  /// - Precondition: the features make rows of ``featureCount``.
  public func logits(of features: [Double]) -> [Float] {
    precondition(features.count.isMultiple(of: featureCount), "features must make whole rows")
    let (inputs, rows) = (scaling(features).map { Float($0) }, features.count / featureCount)
    guard rows > 0 else { return [] }
    let pass = PerceptronPass<Float>(network, capacity: min(rows, 256))
    var logits: [Float] = []
    logits.reserveCapacity(rows * classCount)
    parameters.withUnsafeBufferPointer { parameters in
      inputs.withUnsafeBufferPointer { inputs in
        guard let parameters = parameters.baseAddress, let inputs = inputs.baseAddress else { return }
        for first in stride(from: 0, to: rows, by: pass.capacity) {
          let count = min(pass.capacity, rows - first)
          pass.forward(parameters, input: inputs + first * featureCount, rows: count)
          logits += UnsafeBufferPointer(start: pass.output, count: count * classCount)
        }
      }
    }
    return logits
  }

  /// The metrics of its predictions on `rows`.
  ///
  /// - Throws: ``ClassificationError`` as ``ClassificationMetrics/init(logits:labels:classes:)``, and where the rows have not
  ///   as many columns and classes.
  public func metrics(on rows: LabelledRows) throws(ClassificationError) -> ClassificationMetrics {
    guard rows.featureCount == featureCount, rows.classCount == classCount else {
      throw .sizeMismatch(
        "rows of \(rows.featureCount) columns and \(rows.classCount) classes for a classifier of \(featureCount) "
          + "columns and \(classCount) classes")
    }
    return try ClassificationMetrics(logits: logits(of: rows.features), labels: rows.labels, classes: classCount)
  }
}

/// The softmax of every row of logits, in double precision.
///
/// - Precondition: `classes` divides the number of logits.
public func softmax(_ logits: [Float], classes: Int) -> [Double] {
  precondition(classes > 0 && logits.count.isMultiple(of: classes), "logits must make whole rows")
  var probabilities = logits.map { Double($0) }
  for start in stride(from: 0, to: logits.count, by: classes) {
    let row = start..<start + classes
    let greatest = probabilities[row].max() ?? 0
    var total = 0.0
    for i in row {
      probabilities[i] = exp(probabilities[i] - greatest)
      total += probabilities[i]
    }
    for i in row { probabilities[i] /= total }
  }
  return probabilities
}
