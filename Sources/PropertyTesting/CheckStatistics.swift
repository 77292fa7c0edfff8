/// What a check counted.
public struct CheckStatistics: Mergeable {
  /// The cases in which the property was tried to the end.
  public private(set) var valid = 0
  /// The cases that did not count.
  public private(set) var rejected = 0
  /// The cases, of all, that the targeted search made.
  public private(set) var targeted = 0
  /// How often each label was given.
  public private(set) var labels: [String: Int] = [:]
  /// The smallest value of each score, and the first case that had it.
  public private(set) var bestScores: [String: BestScore] = [:]
  /// The choices drawn, of all cases together.
  public private(set) var choices = 0
  /// The time that generator and property took, of all threads together.
  public private(set) var time: Duration = .zero
  /// The failing case with the smallest number.
  private(set) var firstFailure: FailingCase?

  /// The smallest value of a score.
  public struct BestScore: Sendable, Hashable {
    /// The value.
    public let value: Double
    /// The number of the case.
    public let index: Int
    /// The choices of the case.
    public let values: [Int]
  }

  struct FailingCase: Sendable {
    let index: Int
    let values: [Int]
    let failure: Failure
  }

  /// Nothing counted.
  public init() {}

  /// All cases.
  public var cases: Int { valid + rejected }

  /// How often `label` was given, and the interval of its probability.
  public func frequency(of label: String) -> (count: Int, interval: WilsonInterval) {
    let count = labels[label] ?? 0
    return (count, WilsonInterval(successes: count, trials: valid))
  }

  mutating func count<Value>(_ execution: Execution<Value>, index: Int, phase: Observation.Phase, time: Duration) {
    self.time += time
    choices += execution.tape.choices.count
    if phase == .targeted { targeted += 1 }
    if case .rejected = execution.status {
      rejected += 1
      return
    }
    valid += 1
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
    targeted += other.targeted
    choices += other.choices
    time += other.time
    labels.merge(other.labels, uniquingKeysWith: +)
    bestScores.merge(other.bestScores) { ($0.value, $0.index) <= ($1.value, $1.index) ? $0 : $1 }
    firstFailure = [firstFailure, other.firstFailure].compactMap { $0 }.min { $0.index < $1.index }
  }
}
