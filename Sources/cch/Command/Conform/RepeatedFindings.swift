// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Conformance
import Oracle
import Vectors

/// Failures of several operations that have one cause: the first is shown in full, the others by their ids.
///
/// A check that is missing in what all operations share is one finding, not one for each of them.
struct RepeatedFailures {
  /// The failure that stands for all.
  let first: VectorOutcome
  /// The ids of the others.
  private(set) var others: [String] = []

  /// Groups failures by what their vectors catch and how they came out, in their order; of a wrong number each is its own.
  static func groups(_ failures: [VectorOutcome]) -> [RepeatedFailures] {
    var groups: [RepeatedFailures] = []
    var places: [String: Int] = [:]
    for outcome in failures {
      if let cause = cause(of: outcome), let place = places[cause] {
        groups[place].others.append(outcome.vector.id)
        continue
      }
      if let cause = cause(of: outcome) { places[cause] = groups.count }
      groups.append(RepeatedFailures(first: outcome))
    }
    return groups
  }

  private static func cause(of outcome: VectorOutcome) -> String? {
    switch (outcome.verdict, outcome.vector.expected) {
    case (.errored(let reason), _): "\(reason)\n\(outcome.vector.catches)"
    case (.failed, .refused(let rule)): "\(rule.rawValue)\n\(outcome.vector.catches)"
    default: nil
    }
  }
}

/// The likely mistakes of all operations, where one that several of them make is told once.
struct RepeatedMistakes {
  /// A mistake, how often it was made, and in which operations.
  struct Mistake {
    let text: String
    var count: Int
    var operations: [OracleOperation]
  }

  /// How many operations make a mistake that is told once.
  private static let several = 3
  /// Those of several operations, the commonest first.
  let shared: [Mistake]

  /// Finds what repeats.
  init(_ diagnoses: [Diagnosis]) {
    var all: [String: Mistake] = [:]
    for diagnosis in diagnoses {
      for clause in diagnosis.mistakes {
        let (text, count) = RepeatedMistakes.parts(of: clause)
        all[text, default: Mistake(text: text, count: 0, operations: [])].count += count
        all[text]?.operations.append(diagnosis.operation)
      }
    }
    shared = all.values.filter { $0.operations.count >= RepeatedMistakes.several }
      .sorted { ($1.operations.count, $1.count, $0.text) < ($0.operations.count, $0.count, $1.text) }
  }

  /// The mistakes of one operation that are not told already.
  func own(of diagnosis: Diagnosis) -> [String] {
    let told = Set(shared.map(\.text))
    return diagnosis.mistakes.filter { !told.contains(RepeatedMistakes.parts(of: $0).text) }
  }

  /// A clause that ends in how often it was: "Σ that is not symmetric (4×)".
  private static func parts(of clause: String) -> (text: String, count: Int) {
    guard let match = clause.wholeMatch(of: /(?s)(.*) \(([0-9]+)×\)/) else { return (clause, 1) }
    return (String(match.1), Int(match.2) ?? 1)
  }
}

/// A text whose numbers of more than 40 digits are cut, as in 123456789012…(150 digits); the JSON documents have all.
func withoutLongNumbers(_ text: String) -> String {
  text.replacing(/[0-9]{41,}/) { match in "\(match.0.prefix(12))…(\(match.0.count) digits)" }
}
