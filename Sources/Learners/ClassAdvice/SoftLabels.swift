// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A teacher's logits for rows, from which its soft labels of any temperature follow.
///
/// A logit of −∞ rules its class out. Probabilities p are logits log p.
public struct TeacherLogits: Sendable, Equatable {
  /// The logits, rows × classes, row after row.
  public let values: [Double]
  /// The number of classes.
  public let classCount: Int
  /// What they were given as.
  public private(set) var outputs = Outputs.logits

  /// The number of rows.
  public var rowCount: Int { values.count / classCount }

  /// Logits, checked.
  ///
  /// - Parameters:
  ///   - values: rows × classes, row after row.
  ///   - classCount: the number of classes, at least 2.
  ///   - name: what errors call the teacher.
  /// - Throws: ``ClassAdviceError`` where a number is NaN or +∞ or a row leaves no class.
  /// - Precondition: the numbers make whole rows.
  public init(_ values: [Double], classCount: Int, name: String = "the teacher") throws(ClassAdviceError) {
    precondition(classCount >= 2 && values.count.isMultiple(of: classCount), "logits must make whole rows")
    if let place = values.firstIndex(where: { $0.isNaN || $0 == .infinity }) {
      throw .badLogit(
        teacher: name, row: place / classCount + 1, column: place % classCount + 1, value: "\(values[place])")
    }
    for row in 0..<values.count / classCount
    where values[row * classCount..<(row + 1) * classCount].allSatisfy({ $0 == -.infinity }) {
      throw .everyClassMasked(teacher: name, row: row + 1)
    }
    (self.values, self.classCount) = (values, classCount)
  }

  /// What the numbers of a teacher are.
  public enum Outputs: String, Sendable, CaseIterable {
    /// Logits: any numbers, up to a constant a row.
    case logits
    /// Probabilities.
    case probabilities

    /// What numbers look like, rows × classes: probabilities where all are from 0 to 1, or where half of the rows at least are from 0 to 1 and
    /// add to 1, so that a slip in some row is found and not taken for a logit.
    public static func ofValues(_ values: [Double], classCount: Int) -> Outputs {
      if values.allSatisfy({ $0 >= 0 && $0 <= 1 }) { return .probabilities }
      let rows = stride(from: 0, to: values.count, by: classCount).map { values[$0..<$0 + classCount] }
      let alike = rows.count { row in
        row.allSatisfy { abs($0 - 0.5) <= 0.5 + tolerance } && abs(row.reduce(0, +) - 1) <= tolerance
      }
      return 2 * alike >= rows.count ? .probabilities : .logits
    }
  }

  /// How far single and half precision, and printed decimals, may lead a probability or the sum of a row astray.
  static let tolerance = 1e-3

  /// A teacher's numbers, checked as what they are.
  ///
  /// - Throws: ``ClassAdviceError``.
  /// - Precondition: the numbers make whole rows.
  public init(_ values: [Double], as outputs: Outputs, classCount: Int, name: String = "the teacher")
    throws(ClassAdviceError)
  {
    switch outputs {
    case .logits: try self.init(values, classCount: classCount, name: name)
    case .probabilities: try self.init(probabilities: values, classCount: classCount, name: name)
    }
  }

  /// Probabilities, checked.
  ///
  /// - Parameters:
  ///   - probabilities: rows × classes; each is from 0 to 1 and each row adds to 1, both within 10⁻³, which half precision keeps.
  ///   - classCount: the number of classes, at least 2.
  ///   - name: what errors call the teacher.
  /// - Throws: ``ClassAdviceError`` where a number is no probability or a row does not add to 1.
  /// - Precondition: the numbers make whole rows.
  public init(probabilities: [Double], classCount: Int, name: String = "the teacher") throws(ClassAdviceError) {
    precondition(
      classCount >= 2 && probabilities.count.isMultiple(of: classCount), "probabilities must make whole rows")
    if let place = probabilities.firstIndex(where: { !(abs($0 - 0.5) <= 0.5 + TeacherLogits.tolerance) }) {
      throw .badProbability(
        teacher: name, row: place / classCount + 1, column: place % classCount + 1, value: "\(probabilities[place])")
    }
    for row in 0..<probabilities.count / classCount {
      let sum = probabilities[row * classCount..<(row + 1) * classCount].reduce(0, +)
      if abs(sum - 1) > TeacherLogits.tolerance { throw .notNormalised(teacher: name, row: row + 1, sum: sum) }
    }
    try self.init(probabilities.map { log(max(0, $0)) }, classCount: classCount, name: name)
    outputs = .probabilities
  }

  /// The soft labels softmax(t/T).
  ///
  /// - Precondition: T > 0.
  public func softLabels(temperature: Double) -> SoftLabels {
    precondition(temperature > 0, "a temperature is positive")
    return SoftLabels(softmaxRows(values, classes: classCount, scale: 1 / temperature), classCount: classCount)
  }

  /// The logits of the rows at `positions`, in this order.
  public func selecting(_ positions: [Int]) -> TeacherLogits {
    var own = TeacherLogits(checked: rows(positions, of: values, width: classCount), classCount: classCount)
    own.outputs = outputs
    return own
  }

  init(checked values: [Double], classCount: Int) { (self.values, self.classCount) = (values, classCount) }
}

/// A distribution over the classes for every row: what a student is to imitate.
public struct SoftLabels: Sendable, Equatable {
  /// The probabilities, rows × classes, row after row.
  public let values: [Double]
  /// The number of classes.
  public let classCount: Int

  /// The number of rows.
  public var rowCount: Int { values.count / classCount }

  init(_ values: [Double], classCount: Int) { (self.values, self.classCount) = (values, classCount) }

  /// The labels themselves, one-hot.
  init(labels: [Int], classCount: Int) {
    var values = [Double](repeating: 0, count: labels.count * classCount)
    for (row, label) in labels.enumerated() { values[row * classCount + label] = 1 }
    self.init(values, classCount: classCount)
  }

  /// The labels themselves, one-hot.
  ///
  /// - Precondition: labels are of 0 ..< `classCount`.
  public static func oneHot(_ labels: [Int], classCount: Int) -> SoftLabels {
    SoftLabels(labels: labels, classCount: classCount)
  }

  /// The mean of several teachers' soft labels: that of an ensemble.
  ///
  /// - Precondition: there is one at least, and all have as many rows and classes.
  public static func mean(of all: [SoftLabels]) -> SoftLabels {
    var sum = [Double](repeating: 0, count: all[0].values.count)
    for labels in all {
      precondition(labels.values.count == sum.count, "an ensemble's teachers have the same rows")
      for i in sum.indices { sum[i] += labels.values[i] }
    }
    return SoftLabels(sum.map { $0 / Double(all.count) }, classCount: all[0].classCount)
  }

  /// Logits of which these are the soft labels: T·log p.
  public func logits(temperature: Double) -> [Double] { values.map { temperature * log(max($0, 1e-30)) } }

  /// The permutation control: every row gets the soft label of a random row of its own class.
  ///
  /// What the teacher knows of a row beyond its class is gone; how its soft labels are spread in every class, and so what they
  /// do as a mere regulariser, is the same. Shuffled soft labels that are shuffled again have the same law.
  ///
  /// - Precondition: there is a label for every row.
  public func shuffledWithinClasses(_ labels: [Int], using generator: inout some RandomNumberGenerator) -> SoftLabels {
    precondition(labels.count == rowCount, "every row needs a label")
    var shuffled = values
    for own in rowsByClass(labels, classCount) {
      for (row, source) in zip(own, own.shuffled(using: &generator)) {
        for j in 0..<classCount { shuffled[row * classCount + j] = values[source * classCount + j] }
      }
    }
    return SoftLabels(shuffled, classCount: classCount)
  }

  /// The class-mean control: every row gets the mean soft label of its class, a function of the label alone.
  ///
  /// - Parameter labels: those of the first rows; later rows have none and keep their soft label.
  /// - Precondition: there are no more labels than rows.
  public func classMeans(_ labels: [Int]) -> SoftLabels {
    precondition(labels.count <= rowCount, "every label needs a row")
    var means = values
    for own in rowsByClass(labels, classCount) where !own.isEmpty {
      for j in 0..<classCount {
        let mean = own.reduce(0) { $0 + values[$1 * classCount + j] } / Double(own.count)
        for row in own { means[row * classCount + j] = mean }
      }
    }
    return SoftLabels(means, classCount: classCount)
  }
}

/// The rows of every class, in order.
func rowsByClass(_ labels: [Int], _ classCount: Int) -> [[Int]] {
  var rows = [[Int]](repeating: [], count: classCount)
  for (row, label) in labels.enumerated() { rows[label].append(row) }
  return rows
}

/// These rows of numbers that lie row after row.
func rows(_ positions: [Int], of values: [Double], width: Int) -> [Double] {
  var chosen: [Double] = []
  chosen.reserveCapacity(positions.count * width)
  for row in positions { chosen += values[row * width..<(row + 1) * width] }
  return chosen
}

/// softmax(scale · row) of every row.
func softmaxRows(_ logits: [Double], classes: Int, scale: Double = 1) -> [Double] {
  var probabilities = logits
  probabilities.withUnsafeMutableBufferPointer { p in
    for start in stride(from: 0, to: p.count, by: classes) {
      var greatest = -Double.infinity
      for i in start..<start + classes { greatest = max(greatest, p[i]) }
      var total = 0.0
      for i in start..<start + classes {
        let e = exp(scale * (p[i] - greatest))
        p[i] = e
        total += e
      }
      for i in start..<start + classes { p[i] /= total }
    }
  }
  return probabilities
}
