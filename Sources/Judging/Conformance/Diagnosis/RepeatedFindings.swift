// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol
import Oracle
import Vectors

/// Failures of several operations that have one cause: the first is shown in full, the others by their ids.
///
/// A check that is missing in what all operations share is one finding, not one for each of them.
public struct RepeatedFailures {
  /// The failure that stands for all.
  public let first: VectorOutcome
  /// The ids of the others.
  public private(set) var others: [String] = []

  /// What failures have in common that are one finding.
  private enum Cause: Hashable {
    case errored(reason: String, catches: String)
    case refused(Refusal.Rule, catches: String)

    /// Nil for a wrong number, which is a finding of its own.
    init?(_ outcome: VectorOutcome) {
      switch (outcome.verdict, outcome.vector.expected) {
      case (.errored(let reason), _): self = .errored(reason: reason, catches: outcome.vector.catches)
      case (.failed, .refused(let rule)): self = .refused(rule, catches: outcome.vector.catches)
      default: return nil
      }
    }
  }

  /// Groups failures by what their vectors catch and how they came out, in their order; of a wrong number each is its own.
  public static func groups(_ failures: [VectorOutcome]) -> [RepeatedFailures] {
    var groups: [RepeatedFailures] = []
    var places: [Cause: Int] = [:]
    for outcome in failures {
      let cause = Cause(outcome)
      if let cause, let place = places[cause] {
        groups[place].others.append(outcome.vector.id)
        continue
      }
      if let cause { places[cause] = groups.count }
      groups.append(RepeatedFailures(first: outcome))
    }
    return groups
  }
}

/// The likely mistakes of all operations, where one that several of them make is told once.
public struct RepeatedMistakes {
  /// A mistake, how often it was made, and in which operations.
  public struct Mistake {
    /// What is wrong.
    public let text: String
    /// How often it was made.
    public fileprivate(set) var count: Int
    /// The operations.
    public fileprivate(set) var operations: [OracleOperation]
  }

  /// How many operations make a mistake that is told once.
  private static let several = 3
  /// Those of several operations, the commonest first.
  public let shared: [Mistake]

  /// Finds what repeats.
  public init(_ diagnoses: [Diagnosis]) {
    var all: [String: Mistake] = [:]
    for diagnosis in diagnoses {
      for mistake in diagnosis.mistakes {
        all[mistake.text, default: Mistake(text: mistake.text, count: 0, operations: [])].count += mistake.count ?? 1
        all[mistake.text]?.operations.append(diagnosis.operation)
      }
    }
    shared = all.values.filter { $0.operations.count >= RepeatedMistakes.several }
      .sorted { ($1.operations.count, $1.count, $0.text) < ($0.operations.count, $0.count, $1.text) }
  }

  /// The mistakes of one operation that are not told already.
  public func own(of diagnosis: Diagnosis) -> [Diagnosis.Mistake] {
    let told = Set(shared.map(\.text))
    return diagnosis.mistakes.filter { !told.contains($0.text) }
  }
}
