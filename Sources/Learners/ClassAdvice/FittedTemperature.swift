// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The temperature that gives logits their least log-loss, by which a student that is only too sure of itself is not held worse
/// (Guo and others 2017).
public struct FittedTemperature: Sendable {
  /// The temperature T, between 1/50 and 50: logits are divided by it.
  public let value: Double

  /// The temperature of these rows.
  ///
  /// The log-loss is convex in 1/T, so its derivative changes sign once; Newton's steps, and halves of the bracket where one leaves it, find it to 10⁻⁹.
  ///
  /// Rows without an error have their least log-loss at the smallest T, and then one slip among rows that are judged at it costs tens of
  /// nats. So as many rows may be added as `pseudoRows` says, that are like all others but of every class alike: of n rows that
  /// are told right this leaves a chance of (1 − 1/k)/(n + 1) that the next is not, much as Laplace's rule of succession does.
  ///
  /// - Parameters:
  ///   - pseudoRows: the weight of the rows of every class; 0 for the temperature of the rows alone.
  ///   - guess: where to begin: near the temperature half as many steps are needed.
  /// - Precondition: there is a label for every row; the guess is between 1/50 and 50.
  public init(_ logits: TeacherLogits, labels: [Int], pseudoRows: Double = 0, near guess: Double = 1) {
    precondition(logits.rowCount == labels.count && !labels.isEmpty, "every row needs a label")
    let (k, doubt) = (logits.classCount, pseudoRows / Double(labels.count))
    /// The mean logit of the classes that a row may have, from its label's; 0 where nothing is added.
    let means: [Double] =
      doubt == 0
      ? []
      : labels.enumerated().map { row, label in
        let own = logits.values[row * k..<(row + 1) * k].filter { $0 > -.infinity }
        return own.reduce(0, +) / Double(own.count) - logits.values[row * k + label]
      }
    /// The derivative of the log-loss by the inverse temperature, Σ(Σₖ pₖzₖ − z_y), and the next, the variance of z under p.
    func derivatives(_ inverse: Double) -> (first: Double, second: Double) {
      let p = softmaxRows(logits.values, classes: k, scale: inverse)
      var (sum, curvature) = (0.0, 0.0)
      for (row, label) in labels.enumerated() {
        let own = logits.values[row * k + label]
        var (mean, square) = (0.0, 0.0)
        for j in row * k..<(row + 1) * k where p[j] > 0 {
          let difference = logits.values[j] - own
          mean += p[j] * difference
          square += p[j] * difference * difference
        }
        sum += (1 + doubt) * mean - (doubt == 0 ? 0 : doubt * means[row])
        curvature += (1 + doubt) * (square - mean * mean)
      }
      return (sum, curvature)
    }
    var (low, high, middle) = (log(0.02), log(50.0), -log(guess))
    for round in 1...200 where high - low > 1e-9 {
      let (first, second) = derivatives(exp(middle))
      if first < 0 { low = middle } else { high = middle }
      // The step in the logarithm of 1/T.
      let step = -first / (second * exp(middle))
      if abs(step) < 1e-10 { break }
      let next = middle + step
      // Where logits are far apart steps are short: every fourth time the bracket is halved.
      middle = next > low && next < high && !round.isMultiple(of: 4) ? next : (low + high) / 2
    }
    value = exp(-middle)
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
