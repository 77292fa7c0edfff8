// SPDX-License-Identifier: GPL-3.0-or-later
/// What a teacher says about the rows that a student is trained on, and how much that counts.
///
/// The student minimises the mean of cross-entropy + λT²·KL(softmax(teacher/T) ‖ softmax(student/T)) (Hinton, Vinyals &
/// Dean 2015).
public struct Guidance: Sendable, Equatable {
  /// The teacher's logits, rows × classes, row after row.
  public let logits: [Float]
  /// The distillation weight λ.
  public let weight: Double
  /// The temperature T.
  public let temperature: Double

  /// The teacher's word for every training row.
  ///
  /// - Throws: ``ClassificationError/invalidSetting(name:value:rule:)`` unless λ ≥ 0 and T > 0 are finite.
  public init(logits: [Float], weight: Double, temperature: Double = 1) throws(ClassificationError) {
    if !(weight >= 0 && weight.isFinite) {
      throw .invalidSetting(name: "λ", value: "\(weight)", rule: "must be a number that is not negative")
    }
    if !(temperature > 0 && temperature.isFinite) {
      throw .invalidSetting(name: "temperature", value: "\(temperature)", rule: "must be a positive number")
    }
    (self.logits, self.weight, self.temperature) = (logits, weight, temperature)
  }

  /// The permutation control: every row gets the soft label of a random row of its own class.
  ///
  /// What the teacher knows of a row beyond its class is gone; the distribution of soft labels in every class, and so what
  /// they do as a mere regulariser, is the same. A gain that the control has too is no knowledge of the other modality.
  ///
  /// - Precondition: there is a label for every row of logits.
  public func shuffledWithinClasses(_ labels: [Int], using generator: inout some RandomNumberGenerator) -> Guidance {
    precondition(!labels.isEmpty && logits.count.isMultiple(of: labels.count), "every row needs a label")
    let classes = logits.count / labels.count
    var rowsOfClass: [Int: [Int]] = [:]
    for (row, label) in labels.enumerated() { rowsOfClass[label, default: []].append(row) }
    var shuffled = logits
    for label in rowsOfClass.keys.sorted() {
      guard let rows = rowsOfClass[label] else { continue }
      for (row, source) in zip(rows, rows.shuffled(using: &generator)) {
        for j in 0..<classes { shuffled[row * classes + j] = logits[source * classes + j] }
      }
    }
    return Guidance(valid: shuffled, weight: weight, temperature: temperature)
  }

  private init(valid logits: [Float], weight: Double, temperature: Double) {
    (self.logits, self.weight, self.temperature) = (logits, weight, temperature)
  }
}
