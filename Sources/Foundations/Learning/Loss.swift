// SPDX-License-Identifier: GPL-3.0-or-later
/// Losses of batches, each with its gradient with respect to what the network put out.
///
/// All are means over the rows of a batch; outputs are row-major, a row a sample.
public enum Loss {
  /// The mean of the squared differences over all elements, and its gradient where `gradient` is given.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func meanSquaredError<Scalar: LearningScalar>(
    of output: UnsafePointer<Scalar>, to target: UnsafePointer<Scalar>, count: Int, weight: Scalar = 1,
    gradient: UnsafeMutablePointer<Scalar>? = nil
  ) -> Scalar {
    let factor = 2 * weight / Scalar(count)
    var sum: Scalar = 0
    for i in 0..<count {
      let difference = output[i] - target[i]
      sum += difference * difference
      gradient?[i] = factor * difference
    }
    return weight * sum / Scalar(count)
  }

  /// The mean of −ln softmax(output) at the labels, in nats, and its gradient where `gradient` is given.
  ///
  /// - Precondition: every label is one of 0 ..< classes.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func crossEntropy<Scalar: LearningScalar>(
    of logits: UnsafePointer<Scalar>, labels: UnsafePointer<Int>, rows: Int, classes: Int,
    gradient: UnsafeMutablePointer<Scalar>? = nil
  ) -> Scalar {
    var sum: Scalar = 0
    for row in 0..<rows {
      let (logits, label) = (logits + row * classes, labels[row])
      precondition(label >= 0 && label < classes, "a label must be a class, counted from 0")
      let total = logSumExp(logits, count: classes, divisor: 1)
      sum += total - logits[label]
      guard let gradient = gradient.map({ $0 + row * classes }) else { continue }
      for j in 0..<classes { gradient[j] = Scalar.exponential(logits[j] - total) / Scalar(rows) }
      gradient[label] -= 1 / Scalar(rows)
    }
    return sum / Scalar(rows)
  }

  /// The mean of cross-entropy + λT²·KL(softmax(teacher/T) ‖ softmax(student/T)), in nats (Hinton, Vinyals & Dean 2015).
  ///
  /// The factor T² keeps the gradient's size when the temperature T changes.
  ///
  /// - Precondition: every label is one of 0 ..< classes, λ ≥ 0 and T > 0.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func distillation<Scalar: LearningScalar>(
    of student: UnsafePointer<Scalar>, teacher: UnsafePointer<Scalar>, labels: UnsafePointer<Int>, rows: Int,
    classes: Int, weight λ: Scalar, temperature: Scalar, gradient: UnsafeMutablePointer<Scalar>? = nil
  ) -> Scalar {
    precondition(λ >= 0 && temperature > 0, "λ must not be negative, and T must be positive")
    var divergence: Scalar = 0
    let labelLoss = crossEntropy(of: student, labels: labels, rows: rows, classes: classes, gradient: gradient)
    for row in 0..<rows {
      let (student, teacher) = (student + row * classes, teacher + row * classes)
      let studentTotal = logSumExp(student, count: classes, divisor: temperature)
      let teacherTotal = logSumExp(teacher, count: classes, divisor: temperature)
      for j in 0..<classes {
        let (logP, logQ) = (teacher[j] / temperature - teacherTotal, student[j] / temperature - studentTotal)
        let p = Scalar.exponential(logP)
        divergence += p * (logP - logQ)
        gradient?[row * classes + j] += λ * temperature * (Scalar.exponential(logQ) - p) / Scalar(rows)
      }
    }
    return labelLoss + λ * temperature * temperature * divergence / Scalar(rows)
  }

  /// ln Σ exp(values/divisor), without overflow.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func logSumExp<Scalar: LearningScalar>(
    _ values: UnsafePointer<Scalar>, count: Int, divisor: Scalar = 1
  ) -> Scalar {
    var greatest = -Scalar.infinity
    for i in 0..<count where !(values[i] <= greatest) { greatest = values[i] }
    guard greatest.isFinite else { return greatest }
    var sum: Scalar = 0
    for i in 0..<count { sum += Scalar.exponential((values[i] - greatest) / divisor) }
    return greatest / divisor + Scalar.logarithm(sum)
  }
}
