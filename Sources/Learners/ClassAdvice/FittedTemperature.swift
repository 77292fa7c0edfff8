// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The temperature that gives logits their least log-loss, by which a student that is only too sure of itself is not held worse
/// (Guo and others 2017).
public struct FittedTemperature: Sendable {
  /// The temperature T, between 1/50 and 50: logits are divided by it.
  public let value: Double

  /// The temperature of these rows.
  ///
  /// The log-loss is convex in 1/T, so its derivative changes sign once; bisection finds it to 10⁻⁹.
  ///
  /// - Precondition: there is a label for every row.
  public init(_ logits: TeacherLogits, labels: [Int]) {
    precondition(logits.rowCount == labels.count && !labels.isEmpty, "every row needs a label")
    let k = logits.classCount
    /// The derivative of the log-loss by the inverse temperature: Σ(Σₖ pₖzₖ − z_y).
    func derivative(_ inverse: Double) -> Double {
      let p = softmaxRows(logits.values, classes: k, scale: inverse)
      var sum = 0.0
      for (row, label) in labels.enumerated() {
        let own = logits.values[row * k + label]
        for j in 0..<k where p[row * k + j] > 0 { sum += p[row * k + j] * (logits.values[row * k + j] - own) }
      }
      return sum
    }
    var (low, high) = (log(0.02), log(50.0))
    while high - low > 1e-9 {
      let middle = (low + high) / 2
      if derivative(exp(middle)) < 0 { low = middle } else { high = middle }
    }
    value = exp(-(low + high) / 2)
  }
}

/// The log-loss of every row, −log p_label at a temperature; +∞ where the class of a row is ruled out.
func logLosses(_ logits: TeacherLogits, labels: [Int], temperature: Double = 1) -> [Double] {
  let k = logits.classCount
  return labels.enumerated().map { row, label in
    let own = logits.values[row * k..<(row + 1) * k]
    let greatest = own.max() ?? 0
    let total = own.reduce(0) { $0 + exp(($1 - greatest) / temperature) }
    return log(total) - (own[own.startIndex + label] - greatest) / temperature
  }
}

/// The share of rows whose largest logit, the first of several, is that of the label.
func accuracy(_ logits: TeacherLogits, labels: [Int]) -> Double {
  let k = logits.classCount
  let hits = labels.enumerated().count { row, label in
    var best = 0
    for j in 1..<k where logits.values[row * k + j] > logits.values[row * k + best] { best = j }
    return best == label
  }
  return Double(hits) / Double(labels.count)
}
