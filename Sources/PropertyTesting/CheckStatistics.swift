/// What a check counted.
public struct CheckStatistics: Mergeable {
  /// The cases in which the property was tried to the end.
  public private(set) var valid = 0
  /// The cases that did not count.
  public private(set) var rejected = 0
  /// What each phase did.
  public private(set) var phases: [Observation.Phase: PhaseStatistics] = [:]
  /// How often each label was given.
  public private(set) var labels: [String: Int] = [:]
  /// The smallest value of each score, and the first case that had it.
  public private(set) var bestScores: [String: BestScore] = [:]
  /// The choices drawn, of all cases together.
  public private(set) var choices = 0
  /// The failing case with the smallest number.
  public private(set) var firstFailure: FailingCase?

  /// What one phase of a check did.
  public struct PhaseStatistics: Sendable, Hashable {
    /// The cases that counted.
    public fileprivate(set) var valid = 0
    /// The cases that did not.
    public fileprivate(set) var rejected = 0
    /// The time that generator and property took, of all threads together.
    public fileprivate(set) var time = Duration.zero
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
  public var time: Duration { phases.values.reduce(.zero) { $0 + $1.time } }

  /// How often `label` was given, and the interval of its probability.
  public func frequency(of label: String) -> (count: Int, interval: WilsonInterval) {
    let count = labels[label] ?? 0
    return (count, WilsonInterval(successes: count, trials: valid))
  }

  mutating func count<Value>(_ execution: Execution<Value>, index: Int, phase: Observation.Phase, time: Duration) {
    phases[phase, default: PhaseStatistics()].time += time
    choices += execution.tape.choices.count
    if execution.status.isRejection {
      rejected += 1
      phases[phase]?.rejected += 1
      return
    }
    valid += 1
    phases[phase]?.valid += 1
    for label in execution.trial.labels { labels[label, default: 0] += 1 }
    for (name, value) in execution.trial.scores where bestScores[name].map({ value < $0.value }) ?? true {
      bestScores[name] = BestScore(value: value, index: index, values: execution.tape.values)
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
    phases.merge(other.phases) {
      PhaseStatistics(valid: $0.valid + $1.valid, rejected: $0.rejected + $1.rejected, time: $0.time + $1.time)
    }
    labels.merge(other.labels, uniquingKeysWith: +)
    bestScores.merge(other.bestScores) { ($0.value, $0.index) <= ($1.value, $1.index) ? $0 : $1 }
    firstFailure = [firstFailure, other.firstFailure].compactMap { $0 }.min { $0.index < $1.index }
  }
}
