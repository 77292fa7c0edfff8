// SPDX-License-Identifier: MIT

import SeededRuns
import Statistics

/// What a check counted.
public struct CheckStatistics: Mergeable {
  /// The cases in which the property was tried to the end.
  public private(set) var valid = 0
  /// The cases that did not count.
  public private(set) var rejected = 0
  /// What each phase did.
  public var phases: [Observation.Phase: PhaseStatistics] {
    let all = zip([Observation.Phase.stored, .random, .targeted, .guided], [stored, random, targeted, guided])
    return Dictionary(uniqueKeysWithValues: all.filter { $0.1 != PhaseStatistics() })
  }
  /// How often each label was given.
  public private(set) var labels: [String: Int] = [:]
  /// The smallest value of each score, and the first case that had it.
  public private(set) var bestScores: [String: BestScore] = [:]
  /// The smallest value of each record that leads no search, and the first case that had it.
  public private(set) var bestRecords: [String: BestScore] = [:]
  /// The choices drawn, of all cases together.
  public private(set) var choices = 0
  /// The failing case with the smallest number.
  public private(set) var firstFailure: FailingCase?

  /// What differed when a generator was given the same choices again.
  private(set) var difference: String?
  private var stored = PhaseStatistics()
  private var random = PhaseStatistics()
  private var targeted = PhaseStatistics()
  private var guided = PhaseStatistics()

  /// What one phase of a check did.
  public struct PhaseStatistics: Sendable, Hashable {
    /// The cases that counted.
    public fileprivate(set) var valid = 0
    /// The cases that did not.
    public fileprivate(set) var rejected = 0
    /// The time that generator and property took, of all threads together.
    public fileprivate(set) var time = Duration.zero

    fileprivate mutating func add(_ other: PhaseStatistics) {
      (valid, rejected, time) = (valid + other.valid, rejected + other.rejected, time + other.time)
    }
  }

  /// The smallest value of a score.
  public struct BestScore: Sendable, Hashable {
    /// The value.
    public let value: Double
    /// The number of the case.
    public let index: Int
    /// The choices of the case.
    public let values: [Int]
  }

  /// A case in which the property failed.
  public struct FailingCase: Sendable {
    /// Its number.
    public let index: Int
    /// Its choices.
    public let values: [Int]
    let failure: Failure
  }

  /// Nothing counted.
  public init() {}

  /// All cases.
  public var cases: Int { valid + rejected }

  /// The time that generator and property took, of all phases and threads together.
  public var time: Duration { stored.time + random.time + targeted.time + guided.time }

  /// How often `label` was given, and the interval of its probability.
  public func frequency(of label: String) -> (count: Int, interval: WilsonInterval) {
    let count = labels[label] ?? 0
    return (count, WilsonInterval(successes: count, trials: valid))
  }

  mutating func noteDifferences(_ found: String?) { difference = difference ?? found }

  mutating func count<Value>(_ execution: Execution<Value>, index: Int, phase: Observation.Phase, time: Duration) {
    choices += execution.tape.choices.count
    let isRejected = execution.status.isRejection
    let one = PhaseStatistics(valid: isRejected ? 0 : 1, rejected: isRejected ? 1 : 0, time: time)
    switch phase {
    case .stored: stored.add(one)
    case .random: random.add(one)
    case .targeted: targeted.add(one)
    case .guided: guided.add(one)
    }
    (valid, rejected) = (valid + one.valid, rejected + one.rejected)
    if isRejected { return }
    for label in execution.trial.labels { labels[label, default: 0] += 1 }
    for (name, value) in execution.trial.scores where bestScores[name].map({ value < $0.value }) ?? true {
      bestScores[name] = BestScore(value: value, index: index, values: execution.tape.values)
    }
    for (name, value) in execution.trial.records where bestRecords[name].map({ value < $0.value }) ?? true {
      bestRecords[name] = BestScore(value: value, index: index, values: execution.tape.values)
    }
    if let failure = execution.status.failure, firstFailure.map({ index < $0.index }) ?? true {
      firstFailure = FailingCase(index: index, values: execution.tape.values, failure: failure)
    }
  }

  /// Adds what `other` counted.
  public mutating func merge(_ other: CheckStatistics) {
    valid += other.valid
    rejected += other.rejected
    choices += other.choices
    stored.add(other.stored)
    random.add(other.random)
    targeted.add(other.targeted)
    guided.add(other.guided)
    noteDifferences(other.difference)
    labels.merge(other.labels, uniquingKeysWith: +)
    bestScores.merge(other.bestScores) { ($0.value, $0.index) <= ($1.value, $1.index) ? $0 : $1 }
    bestRecords.merge(other.bestRecords) { ($0.value, $0.index) <= ($1.value, $1.index) ? $0 : $1 }
    firstFailure = [firstFailure, other.firstFailure].compactMap { $0 }.min { $0.index < $1.index }
  }
}
