// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// How well logits tell the classes of rows that they were not fitted on.
public struct HeldOutScore: Sendable, Equatable {
  /// The mean of −log p_label, in nats, at the temperature that was asked for.
  public let logLoss: Double
  /// The share of rows whose largest logit is that of the label.
  public let accuracy: Double

  /// The score of logits of labelled rows.
  ///
  /// - Precondition: there is a row, and a label for every row.
  public init(_ logits: TeacherLogits, labels: [Int], temperature: Double = 1) {
    precondition(!labels.isEmpty && labels.count == logits.rowCount, "every row needs a label")
    let losses = logLosses(logits, labels: labels, temperature: temperature)
    logLoss = losses.reduce(0, +) / Double(labels.count)
    accuracy = ClassAdvice.accuracy(logits, labels: labels)
  }

  init(logLoss: Double, accuracy: Double) { (self.logLoss, self.accuracy) = (logLoss, accuracy) }
}
