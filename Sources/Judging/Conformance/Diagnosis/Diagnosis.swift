// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import LineProtocol
import Oracle

/// What is likely wrong with one operation of an implementation.
public struct Diagnosis: Sendable, Hashable {
  /// The operation.
  public let operation: OracleOperation
  /// How many of its vectors are wrong, of how many that were judged.
  public let wrong, judged: Int
  /// The likely mistakes, each as a clause: "all 17 failures equal the formula with k = p2/n".
  public let mistakes: [Mistake]
  /// The flags of what is wrong with their counts, the commonest first.
  public let flags: [Count]

  /// A likely mistake, and how often it was made.
  public struct Mistake: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let text: String
    /// How often, where the text does not say it.
    public let count: Int?

    init(_ text: String, _ count: Int? = nil) { (self.text, self.count) = (text, count) }

    /// "answered and not refused: λ < 0 (3×)".
    public var description: String { text + (count.map { " (\($0)×)" } ?? "") }
  }

  /// A flag and how many wrong vectors have it, of how many judged ones.
  public struct Count: Sendable, Hashable {
    /// The flag.
    public let flag: String
    /// The counts.
    public let wrong, judged: Int
  }
}

extension ConformanceReport {
  /// One diagnosis for each operation with wrong answers.
  public var diagnoses: [Diagnosis] {
    operations.compactMap { operation in
      let judged = outcomes.filter { $0.operation == operation && $0.verdict.kind != .skipped }
      let wrong = judged.filter(\.verdict.isWrong)
      guard !wrong.isEmpty else { return nil }
      return Diagnosis(
        operation: operation, wrong: wrong.count, judged: judged.count,
        mistakes: FormulaMatch(operation, judged).clauses.map { Diagnosis.Mistake($0) } + refusals(wrong)
          + breakdowns(wrong),
        flags: flagCounts(wrong, judged))
    }
  }

  private func flagCounts(_ wrong: [VectorOutcome], _ judged: [VectorOutcome]) -> [Diagnosis.Count] {
    func counts(_ outcomes: [VectorOutcome]) -> [String: Int] {
      outcomes.flatMap(\.vector.flags).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let all = counts(judged)
    return counts(wrong).map { Diagnosis.Count(flag: $0.key, wrong: $0.value, judged: all[$0.key] ?? 0) }
      // The share tells more than the number: a flag all of whose vectors fail points at the bug.
      .sorted {
        (Double($1.wrong) / Double($1.judged), $1.wrong, $0.flag) < (
          Double($0.wrong) / Double($0.judged), $0.wrong, $1.flag
        )
      }
  }

  /// Invalid inputs that were answered or skipped, by the rule that they break.
  private func refusals(_ wrong: [VectorOutcome]) -> [Diagnosis.Mistake] {
    var (answered, skipped) = ([Refusal.Rule: Int](), [Refusal.Rule: Int]())
    for outcome in wrong {
      guard case .refused(let rule) = outcome.vector.expected else { continue }
      if case .result? = outcome.reply { answered[rule, default: 0] += 1 }
      if case .skipped? = outcome.reply { skipped[rule, default: 0] += 1 }
    }
    let clauses = [("answered", answered), ("skipped", skipped)].flatMap { word, counts in
      Refusal.Rule.allCases.compactMap { rule in
        counts[rule].map { Diagnosis.Mistake("\(word) and not refused: \(rule.inWords)", $0) }
      }
    }
    var refused: [String: Int] = [:]
    for outcome in wrong {
      if case .errored(let message)? = outcome.reply { refused[message, default: 0] += 1 }
    }
    let unduly = refused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2).map { message, count in
      Diagnosis.Mistake("valid input is refused (\(count)×): \(message.prefix(100))")
    }
    return clauses + unduly
  }

  private func breakdowns(_ wrong: [VectorOutcome]) -> [Diagnosis.Mistake] {
    var reasons: [String: Int] = [:]
    for outcome in wrong {
      switch outcome.reply {
      case .broken(let reason)?: reasons[reason, default: 0] += 1
      case .notFinite(let word)?: reasons["\(word) in an output, which is no JSON", default: 0] += 1
      case .notAsked(let reason)?: reasons["not asked, as \(reason)", default: 0] += 1
      default: break
      }
    }
    return reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map {
      Diagnosis.Mistake($0.key, $0.value)
    }
  }
}

extension Refusal.Rule {
  /// The kind of input that the rule is about.
  var inWords: String {
    switch self {
    case .malformed: "input of a wrong shape"
    case .notFinite: "a number that is not finite"
    case .sizes: "sizes that disagree"
    case .index: "an index out of range, twice, or in both lists"
    case .notSymmetric: "Σ that is not symmetric"
    case .notPositiveDefinite: "Σ that is not positive definite"
    case .illPosed: "n ≤ p2+1"
    case .negativeLambda: "λ < 0"
    case .zeroLambda: "λ = 0"
    case .negativeUnlabelled: "m < 0 unlabelled rows"
    case .negativeRidge: "μ < 0"
    case .teacherRows: "N ≤ p1+p2+1 rows of the teacher"
    case .sameTeacher: "a second teacher that is the first"
    case .neighbours: "k < 1 or k ≥ the number of rows"
    case .dependentColumns: "dependent columns in x2"
    case .singularCovariance: "a singular sample covariance"
    case .degenerateTeacher: "w1 = 0 (no information is defined)"
    case .degenerateStudent: "w* = 0 (no information is defined)"
    }
  }
}
