import Foundation

/// Which member of a family of formulas around Kraskov's estimates equal, number for number.
///
/// Slips such as ψ(n_x) for ψ(n_x + 1), or k − 1 for k, give errors that shrink with n and hide in the tolerances for
/// small n; but they leave a fingerprint, since the estimates equal a formula exactly.
public struct KSGDiagnosis: Sendable, Hashable, CustomStringConvertible {
  /// The formula, in words.
  public let formula: String
  /// By how much it differs from the nearest textbook formula with the same k, in nats on average.
  public let deviation: Double

  /// Whether it is off by more than rounding matters: a slip, not a variant.
  public var isWrong: Bool { deviation > 0.01 }

  /// One line for people.
  public var description: String {
    isWrong
      ? "every estimate equals \(formula), which is off by \(signed(deviation).drop { $0 == "+" }) nats on average at 250 rows"
      : "every estimate equals \(formula)"
  }
}

extension Validation {
  /// The formula that the estimates of the small samples equal, if any does.
  func diagnosis(_ answers: Answers) -> KSGDiagnosis? {
    guard settings.family == .any else { return nil }
    var pairs: [(PairedSample, Double)] = []
    for task in tasks.consistency {
      let name = Validation.name("few", task)
      guard let group = groups.first(where: { $0.name == name }), let values = answers.all(name) else { continue }
      for (index, value) in values.enumerated() {
        guard let sample = try? group.sample(index) else { return nil }
        pairs.append((sample, value))
      }
    }
    return pairs.count >= 3 ? KSGFormula.match(pairs) : nil
  }
}

/// One formula: which distances, which counts, which constants.
struct KSGFormula: Hashable {
  enum Counting: CaseIterable { case inside, upTo, rectangle }

  let isStandardised: Bool
  let metric: KSGMetric
  let counting: Counting
  let k: Int
  let countShift: Int
  let kShift: Int
  let hasInverseK: Bool
  let unit: Unit

  enum Unit: CaseIterable {
    case nats, bits, decimal, half, double, clipped

    func callAsFunction(_ nats: Double) -> Double {
      switch self {
      case .nats: nats
      case .bits: nats / log(2)
      case .decimal: nats / log(10)
      case .half: nats / 2
      case .double: 2 * nats
      case .clipped: max(0, nats)
      }
    }
  }

  static let neighbours = 1...12

  var isTextbook: Bool {
    metric != .euclidean && kShift == 0
      && (counting == .inside && countShift == 1 && !hasInverseK
        || counting == .rectangle && countShift == 0 && hasInverseK)
  }

  /// The formula that gives every value, textbook ones first; nil where none does.
  static func match(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
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
    // A clipped formula is the plain one where nothing was negative; that is told by the warning.
    guard let formula = candidates?.min(by: { $0.strangeness < $1.strangeness }) else { return nil }
    let textbooks = all.filter { $0.isTextbook && $0.unit == .nats && $0.k == formula.k }
    let deviations = textbooks.map { textbook in
      tables.reduce(0) { $0 + abs(formula.unit($1.nats(formula)) - textbook.unit($1.nats(textbook))) }
        / Double(tables.count)
    }
    return KSGDiagnosis(formula: formula.words, deviation: formula.unit == .clipped ? 0 : deviations.min() ?? 0)
  }

  /// 0 for the textbook; more the more differs from it.
  private var strangeness: Int {
    (isTextbook ? 0 : 10) + (unit == .nats ? 0 : unit == .clipped ? 1 : 5) + abs(kShift) + abs(countShift - 1)
      + (metric == .max ? 0 : 1) + (isStandardised ? 1 : 0)
  }

  private static let all: [KSGFormula] = {
    var all: [KSGFormula] = []
    for isStandardised in [false, true] {
      for metric in KSGMetric.allCases {
        for counting in Counting.allCases {
          for k in neighbours {
            for countShift in -1...2 {
              for kShift in max(-1, 1 - k)...1 {
                for hasInverseK in [false, true] {
                  for unit in Unit.allCases {
                    all.append(
                      KSGFormula(
                        isStandardised: isStandardised, metric: metric, counting: counting, k: k,
                        countShift: countShift, kShift: kShift, hasInverseK: hasInverseK, unit: unit))
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

  private var words: String {
    func shifted(_ name: String, _ shift: Int) -> String {
      shift == 0 ? name : "\(name) \(shift < 0 ? "−" : "+") \(abs(shift))"
    }
    let counts =
      switch counting {
      case .inside: "counts strictly inside the k-th distance"
      case .upTo: "counts up to the k-th distance"
      case .rectangle: "counts up to a radius for each side"
      }
    let unitWords =
      switch unit {
      case .nats: ""
      case .bits: " in bits, not nats"
      case .decimal: " in decimal digits, not nats"
      case .half: ", halved"
      case .double: ", doubled"
      case .clipped: ", clipped at 0"
      }
    if isTextbook {
      return
        "KSG-\(counting == .inside ? 1 : 2) with k = \(k)\(isStandardised ? " on standardised data" : "")\(unitWords)"
    }
    return "ψ(\(shifted("k", kShift)))\(hasInverseK ? " − 1/k" : "") + ψ(n) − ⟨ψ(\(shifted("n_x", countShift))) + "
      + "ψ(\(shifted("n_y", countShift)))⟩ with k = \(k), \(counts)\(metric == .euclidean ? ", Euclidean distances of (x, y)" : "")"
      + "\(isStandardised ? ", standardised data" : "")\(unitWords)"
  }
}
