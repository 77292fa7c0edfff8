// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt
import ExactJSON

/// The check of a certificate about classes by the second path: plain fractions, and the risk as its definition says, averaged over every
/// training sample there is, those that differ in the order of their rows at once.
public struct ClassCertificateCheck: Sendable, Equatable {
  /// The claim that the certificate is about.
  public let claim: String
  /// Whether the model refutes it.
  public let holds: Bool
  /// What was found, in one line.
  public let message: String

  /// Checks a certificate.
  ///
  /// - Throws: ``CertificateError`` where the document is none.
  public init(_ document: JSONValue) throws(CertificateError) {
    guard case .string(let claim)? = document["claim"] else { throw CertificateError("the key \"claim\" is missing") }
    guard claim == "label-smoothing-informs" else {
      throw CertificateError("the claim \"\(claim)\" is not one of classes that is false")
    }
    self.claim = claim
    let cells = try ClassCells(document)
    // The risk is a parabola in the weight: three of its values give the slope at 0.
    let values = try [Fraction.zero, Fraction("1/2"), .one].map { weight throws(CertificateError) in
      try cells.risk(weight ?? .zero)
    }
    let (zero, half, one) = (values[0], values[1], values[2])
    let slope = Fraction(4) * half - Fraction(3) * zero - one
    let range = cells.range
    let recorded = ["hypothesis": ("dR/dalpha at 0", slope), "conclusion": ("range of the soft labels", range)]
    for (section, (name, value)) in recorded {
      guard let written = document[section]?[name] else { continue }
      guard ClassCells.fraction(written) == value else {
        (holds, message) = (false, "\(section): \(name) is \(value), not what is written")
        return
      }
    }
    if !(slope < .zero) {
      (holds, message) = (false, "the hypothesis fails: dR/dα at 0 is \(slope), which is not negative")
    } else if range > .zero {
      (holds, message) = (false, "the conclusion holds: soft labels differ by \(range)")
    } else {
      (holds, message) = (true, "dR/dα at 0 is \(slope) < 0, and the soft label is the same everywhere")
    }
  }
}

/// The cells of a document, in plain fractions.
private struct ClassCells {
  typealias Outcome = (probability: Fraction, label: Int, teacher: [Fraction])

  typealias Cell = (weight: Fraction, rows: Int, outcomes: [Outcome])

  let classes: Int
  let cells: [Cell]

  /// The most kinds of training samples, times classes, times the square of the length of their numbers in words, that are averaged
  /// over: a few seconds.
  private static let mostWork = 5_000_000

  init(_ document: JSONValue) throws(CertificateError) {
    guard let classes = ClassCells.whole(document["classes"]), classes >= 1,
      case .array(let list)? = document["cells"], !list.isEmpty
    else { throw CertificateError("classes and cells are needed") }
    self.classes = classes
    var cells: [Cell] = []
    for cell in list {
      guard let weight = cell["weight"].flatMap(ClassCells.fraction), !(weight < .zero),
        let rows = ClassCells.whole(cell["rows"]), rows >= 1, case .array(let outcomes)? = cell["outcomes"]
      else { throw CertificateError("a cell has a weight, rows and outcomes") }
      var read: [Outcome] = []
      for outcome in outcomes {
        guard let probability = outcome["probability"].flatMap(ClassCells.fraction), !(probability < .zero),
          let label = ClassCells.whole(outcome["label"]), (0..<classes).contains(label),
          case .array(let teacher)? = outcome["teacher"], teacher.count == classes
        else { throw CertificateError("an outcome has a probability, a label and a soft label of \(classes) numbers") }
        let soft = teacher.compactMap(ClassCells.fraction)
        guard soft.count == classes, !soft.contains(where: { $0 < .zero }), soft.reduce(.zero, +) == .one else {
          throw CertificateError("a soft label is of numbers that are not negative and add up to 1")
        }
        read.append((probability, label, soft))
      }
      guard read.reduce(Fraction.zero, { $0 + $1.probability }) == .one else {
        throw CertificateError("the probabilities of a cell add up to 1")
      }
      cells.append((weight, rows, read))
    }
    self.cells = cells
  }

  static func fraction(_ value: JSONValue) -> Fraction? {
    switch value {
    case .string(let text), .number(let text): Fraction(text)
    default: nil
    }
  }

  private static func whole(_ value: JSONValue?) -> Int? {
    guard let fraction = value.flatMap(fraction), fraction.denominator == 1 else { return nil }
    return Int(exactly: fraction.numerator)
  }

  /// The largest difference between two soft labels that occur.
  var range: Fraction {
    let possible = cells.flatMap(\.outcomes).filter { $0.probability > .zero }
    var widest = Fraction.zero
    for a in possible {
      for b in possible {
        for k in 0..<classes where a.teacher[k] - b.teacher[k] > widest { widest = a.teacher[k] - b.teacher[k] }
      }
    }
    return widest
  }

  /// The mean over every training sample and fresh label of ‖student − label‖².
  func risk(_ alpha: Fraction) throws(CertificateError) -> Fraction {
    var total = Fraction.zero
    for cell in cells { total = total + cell.weight * (try risk(alpha, cell)) }
    return total
  }

  /// A cell's own risk.
  ///
  /// Training samples that differ in the order of their rows are of one kind: their student is the same.
  private func risk(_ alpha: Fraction, _ cell: Cell) throws(CertificateError) -> Fraction {
    let (outcomes, rows) = (cell.outcomes, Fraction(BigInt(cell.rows)))
    guard ClassCells.isShort(cell, classes) else {
      throw CertificateError(
        "a cell has too many kinds of training samples to average over; give it fewer rows or outcomes, or shorter numbers"
      )
    }
    let mixed = outcomes.map { outcome in
      (0..<classes).map { k in
        ((Fraction.one - alpha) * (k == outcome.label ? .one : .zero) + alpha * outcome.teacher[k]) / rows
      }
    }
    let shares = (0..<classes).map { k in
      outcomes.filter { $0.label == k }.reduce(Fraction.zero) { $0 + $1.probability }
    }
    /// The part of the mean of samples whose first rows are given, and whose other `left` rows are of the outcomes from `first` on.
    func mean(_ first: Int, _ left: Int, _ probability: Fraction, _ student: [Fraction]) -> Fraction {
      if left == 0 {
        var error = Fraction.zero
        for k in 0..<classes {
          let (hit, missed) = (student[k] - .one, student[k])
          error = error + shares[k] * hit * hit + (Fraction.one - shares[k]) * missed * missed
        }
        return probability * error
      }
      var total = Fraction.zero
      for next in first..<outcomes.count {
        // Of the last outcome are all that are left.
        let isLast = next + 1 == outcomes.count
        var ways = Fraction.one
        for drawn in isLast ? left...left : 1...left {
          // As many ways more to place one row more, and its probability.
          ways =
            isLast
            ? outcomes[next].probability.power(left)
            : ways * Fraction(BigInt(left - drawn + 1), BigInt(drawn)) * outcomes[next].probability
          let sum = zip(student, mixed[next]).map { $0 + Fraction(BigInt(drawn)) * $1 }
          total = total + mean(next + 1, left - drawn, probability * ways, sum)
        }
      }
      return total
    }
    return mean(0, cell.rows, .one, [Fraction](repeating: .zero, count: classes))
  }

  /// Whether averaging over a cell's training samples ends soon.
  ///
  /// There are (rows + 1)(rows + 2)…(rows + outcomes − 1)/(outcomes − 1)! kinds of them, and numbers are as long as `rows` of the cell's multiplied.
  private static func isShort(_ cell: Cell, _ classes: Int) -> Bool {
    let numbers = cell.outcomes.flatMap { [$0.probability] + $0.teacher }
    let words = numbers.reduce(1) { max($0, $1.denominator.bitWidth / UInt.bitWidth + 1) }
    let others = cell.outcomes.count - 1
    guard cell.rows <= mostWork else { return false }
    var work = 1
    func grows(by factor: Int, of divisor: Int = 1) -> Bool {
      let (product, overflows) = work.multipliedReportingOverflow(by: factor)
      work = product / divisor
      return !overflows && work <= mostWork
    }
    // Whole after every factor, whichever of the two is counted by.
    let (fewer, more) = (min(others, cell.rows), max(others, cell.rows))
    for i in 0..<fewer where !grows(by: more + i + 1, of: i + 1) { return false }
    return [classes, cell.rows, cell.rows, words, words].allSatisfy { grows(by: $0) }
  }
}
