// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt
import ExactJSON

/// The check of a certificate about classes by the second path: plain fractions, and the risk as its definition says, averaged over every
/// training sample there is.
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

  let classes: Int
  let cells: [(weight: Fraction, rows: Int, outcomes: [Outcome])]

  /// More training samples than these are not averaged over.
  private static let mostSamples = 200_000

  init(_ document: JSONValue) throws(CertificateError) {
    guard let classes = ClassCells.whole(document["classes"]), classes >= 1,
      case .array(let list)? = document["cells"], !list.isEmpty
    else { throw CertificateError("classes and cells are needed") }
    self.classes = classes
    var cells: [(weight: Fraction, rows: Int, outcomes: [Outcome])] = []
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
    for cell in cells {
      var samples = 1
      for _ in 0..<cell.rows {
        samples *= cell.outcomes.count
        guard samples <= ClassCells.mostSamples else {
          throw CertificateError("a cell has more than \(ClassCells.mostSamples) training samples; give it fewer rows")
        }
      }
      let mixed = cell.outcomes.map { outcome in
        (0..<classes).map { k in
          (Fraction.one - alpha) * (k == outcome.label ? .one : .zero) + alpha * outcome.teacher[k]
        }
      }
      for sample in 0..<samples {
        var (rest, probability) = (sample, Fraction.one)
        var student = [Fraction](repeating: .zero, count: classes)
        for _ in 0..<cell.rows {
          let drawn = rest % cell.outcomes.count
          rest /= cell.outcomes.count
          probability = probability * cell.outcomes[drawn].probability
          for k in 0..<classes { student[k] = student[k] + mixed[drawn][k] / Fraction(BigInt(cell.rows)) }
        }
        for fresh in cell.outcomes {
          var error = Fraction.zero
          for k in 0..<classes {
            let difference = student[k] - (k == fresh.label ? .one : .zero)
            error = error + difference * difference
          }
          total = total + cell.weight * probability * fresh.probability * error
        }
      }
    }
    return total
  }
}
