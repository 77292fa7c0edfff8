// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import MistakeCatalogue

/// Which member of a family of formulas around Kraskov's estimates equal, number for number.
///
/// Slips such as ψ(n_x) for ψ(n_x + 1), or k − 1 for k, give errors that shrink with n and hide in the tolerances for
/// small n; but they leave a fingerprint, since the estimates equal a formula exactly.
public struct KSGDiagnosis: Sendable, Hashable, CustomStringConvertible {
  /// The formula, in words.
  public let formula: String
  /// By how much it differs from the nearest textbook formula with the same k, in nats on average.
  public let deviation: Double

  /// Whether it is a slip however little it matters here, such as a lost row or a factor.
  let isSlip: Bool

  init(formula: String, deviation: Double, isSlip: Bool = false) {
    (self.formula, self.deviation, self.isSlip) = (formula, deviation, isSlip)
  }

  /// Whether it is a slip, or off by more than a variant is.
  public var isWrong: Bool { isSlip || !deviation.isWithin(0.01) }

  /// One line for people.
  public var description: String {
    isWrong
      ? "every estimate equals \(formula), which is off by \(signed(deviation).drop { $0 == "+" }) nats on average at about 250 rows"
      : "every estimate equals \(formula)"
  }
}

extension Validation {
  /// The formula that the estimates of the small samples equal, if any does.
  func diagnosis(_ answers: Answers) -> KSGDiagnosis? {
    guard settings.family == .any else { return nil }
    var pairs: [(PairedSample, Double)] = []
    for task in tasks.fingerprinted {
      let id = ProbeGroupID.task(.few, task)
      guard let group = groups.first(where: { $0.id == id }), let values = answers.all(id) else { continue }
      for (index, value) in values.enumerated() {
        guard let sample = try? group.sample(index) else { return nil }
        pairs.append((sample, value))
      }
    }
    return pairs.count >= 3 ? KSGFormula.diagnosis(pairs) : nil
  }
}

extension KSGTable {
  /// The values of formulas on `sample`.
  convenience init(_ sample: PairedSample) {
    func columns(_ side: Side) -> [[Double]] {
      let (values, d) = (sample.values(of: side), sample.dimension(of: side))
      return (0..<d).map { column in stride(from: column, to: values.count, by: d).map { values[$0] } }
    }
    self.init(x: columns(.x), y: columns(.y))
  }
}

/// The family of formulas that estimates are compared with.
extension KSGFormula {
  static let neighbours = 1...12

  var isTextbook: Bool {
    metric != .euclidean && kShift == 0
      && (counting == .inside && countShift == 1 && inverseK == nil
        || counting == .rectangle && countShift == 0 && inverseK != nil)
  }

  /// The formula that gives every value, or what the values are in a fixed relation to; nil where there is none.
  static func diagnosis(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
    if let (formula, tables) = match(pairs) {
      return KSGDiagnosis(formula: formula.words, deviation: formula.deviation(tables))
    }
    return withoutOneRow(pairs) ?? affine(pairs) ?? otherRowTerm(pairs) ?? exception(pairs)
  }

  /// The formula that gives every value, textbook ones first, with the tables of the samples; nil where none does.
  static func match(_ pairs: [(sample: PairedSample, value: Double)]) -> (formula: KSGFormula, tables: [KSGTable])? {
    var candidates: [KSGFormula]?
    var tables: [KSGTable] = []
    for (sample, value) in pairs {
      let table = KSGTable(sample)
      tables.append(table)
      candidates = (candidates ?? all).filter { formula in
        // Six digits are what many programs print.
        abs(formula.unit(table.nats(formula)) - value) < 2e-6 * max(1, abs(value))
      }
      if candidates?.isEmpty != false { return nil }
    }
    // Where all is 0, everything that is clipped there would match.
    guard pairs.contains(where: { $0.value != 0 }) else { return nil }
    return candidates?.min { $0.strangeness < $1.strangeness }.map { ($0, tables) }
  }

  /// By how much it differs from the nearest textbook formula with the same k, in nats on average.
  private func deviation(_ tables: [KSGTable]) -> Double {
    // Clipping loses a sign, not the truth: that is told by a warning.
    if unit == .clipped { return 0 }
    let textbooks = KSGFormula.all.filter { $0.isTextbook && $0.unit == .nats && $0.k == k }
    let deviations = textbooks.map { textbook in
      let errors = tables.map { abs(unit($0.nats(self)) - $0.nats(textbook)) }
      // An absolute value is right where it is not wrong.
      let relevant = unit == .absolute ? errors.filter { $0 > 0 } : errors
      return relevant.reduce(0, +) / Double(max(1, relevant.count))
    }
    return deviations.min() ?? 0
  }

  /// 0 for the textbook; more the more differs from it.
  private var strangeness: Int {
    (isTextbook ? 0 : 10) + (unit == .nats ? 0 : [.clipped, .absolute].contains(unit) ? 1 : 5) + abs(kShift)
      + abs(countShift - 1)
      + (metric == .max ? 0 : 1) + (isStandardised ? 1 : 0)
  }

  static let all: [KSGFormula] = {
    var all: [KSGFormula] = []
    for isStandardised in [false, true] {
      for metric in [KSGMetric.max, .euclideanSides, .euclidean] {
        for counting in [Counting.inside, .upTo, .rectangle] {
          for k in neighbours {
            for countShift in -1...2 {
              for kShift in max(-1, 1 - k)...1 {
                for hasInverseK in [false, true] {
                  for unit in Unit.allCases {
                    all.append(
                      KSGFormula(
                        isStandardised: isStandardised, metric: metric, counting: counting, k: k,
                        countShift: countShift, kShift: kShift, inverseK: hasInverseK ? k : nil, unit: unit))
                  }
                }
              }
            }
          }
        }
      }
    }
    return all
  }()

  var words: String {
    func shifted(_ name: String, _ shift: Int) -> String {
      shift == 0 ? name : "\(name) \(shift < 0 ? "−" : "+") \(abs(shift))"
    }
    let counts =
      switch counting {
      case .inside: "counts strictly inside the k-th distance"
      case .upTo: "counts up to the k-th distance"
      case .rectangle, .rectangleInside: "counts up to a radius for each side"
      }
    let unitWords =
      switch unit {
      case .nats: ""
      case .bits: " in bits, not nats"
      case .decimal: " in decimal digits, not nats"
      case .half: ", halved"
      case .double: ", doubled"
      case .clipped: ", clipped at 0"
      case .absolute: " without its sign"
      }
    if isTextbook {
      return
        "KSG-\(counting == .inside ? 1 : 2) with k = \(k)\(isStandardised ? " on standardised data" : "")\(unitWords)"
    }
    return "ψ(\(shifted("k", kShift)))\(inverseK == nil ? "" : " − 1/k") + ψ(n) − ⟨ψ(\(shifted("n_x", countShift))) + "
      + "ψ(\(shifted("n_y", countShift)))⟩ with k = \(k), \(counts)\(metric == .euclidean ? ", Euclidean distances of (x, y)" : "")"
      + "\(isStandardised ? ", standardised data" : "")\(unitWords)"
  }
}
