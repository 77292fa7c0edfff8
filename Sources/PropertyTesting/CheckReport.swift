/// What a check found.
public struct CheckReport<Value> {
  /// The end of a check.
  public enum Outcome {
    /// The property held in every case that counted.
    case passed
    /// It does not hold: a counterexample.
    case failed(Counterexample<Value>)
    /// The generator throws something other than a ``Rejection``, so that there is no value to show.
    case generatorFails(Failure, replay: ReplayLine)
    /// The same case fails once and does not another time.
    case flaky(first: Failure, second: CaseStatus, replay: ReplayLine)
    /// Nearly all cases were rejected, so that next to nothing was tested.
    case vacuous(valid: Int, rejected: Int)
    /// A label that was required was too rare: even the upper end of its interval is below the share.
    case uncovered(label: String, count: Int, interval: WilsonInterval, required: Double)
  }

  /// The name of the property.
  public let name: String
  /// How it was checked.
  public let settings: CheckSettings
  /// What was counted.
  public let statistics: CheckStatistics
  /// The end.
  public let outcome: Outcome
  /// What could not be read in the example store, or written to it.
  public let storeWarning: String?
  /// How long the search took, without shrinking.
  public internal(set) var searchTime = Duration.zero

  /// The counterexample, where there is one.
  public var counterexample: Counterexample<Value>? {
    if case .failed(let counterexample) = outcome { counterexample } else { nil }
  }

  /// Whether the property held and was tested.
  public var isPass: Bool {
    if case .passed = outcome { true } else { false }
  }

  /// What deserves attention though the property may hold.
  public var warnings: [String] {
    let cases = max(1, statistics.cases)
    let mean = statistics.choices / cases
    let seconds = statistics.time / .seconds(1) / Double(cases)
    return [
      storeWarning,
      2 * statistics.rejected > statistics.valid
        ? "\(statistics.rejected) of \(statistics.cases) cases were rejected: generate valid values by construction"
        : nil,
      mean > 1_000 ? "cases are large: \(mean) choices on average" : nil,
      seconds > 0.1 ? "cases are slow: \(Int(seconds * 1000)) ms on average" : nil,
    ].compactMap { $0 }
  }

  /// The outcome in words, with the replay line where something failed.
  public var message: String {
    switch outcome {
    case .passed: "\(name) held in \(statistics.valid) cases (seed \(settings.seed))"
    case .failed(let found):
      """
      \(name) \(found.failure) for \(found.value)
        \(found.isLocalMinimum ? "simplest that was found" : "not fully simplified: the budget ended"), \
      after \(found.steps) steps and \(found.evaluations) tries\(found.labels.isEmpty ? "" : "; \(found.labels.sorted().joined(separator: ", "))")
        replay: \(found.replay)
      """
    case .generatorFails(let failure, let replay): "\(name): the generator \(failure); replay: \(replay)"
    case .flaky(let first, let second, let replay):
      "\(name) is flaky: the same case first \(first), then \(second.words); replay: \(replay)"
    case .vacuous(let valid, let rejected):
      "\(name) was hardly tested: \(valid) cases counted, \(rejected) were rejected"
    case .uncovered(let label, let count, let interval, let required):
      "\(name): \"\(label)\" held in \(count) of \(statistics.valid) cases, at most \(interval.upper) of all, and \(required) is required"
    }
  }
}

extension CaseStatus {
  fileprivate var words: String {
    switch self {
    case .passed: "holds"
    case .failed(let failure): failure.description
    case .rejected(let reason): "is rejected: \(reason)"
    }
  }
}

/// A value for which a property fails.
public struct Counterexample<Value> {
  /// The value, as simple as the search could make it.
  public let value: Value
  /// How the property fails.
  public let failure: Failure
  /// The number of the case in which a failure was first found; nil for a stored one.
  public let firstCase: Int?
  /// How often the property was tried to make it simple.
  public let evaluations: Int
  /// How often it became simpler.
  public let steps: Int
  /// Whether no single step of any pass makes it simpler.
  public let isLocalMinimum: Bool
  /// What the property classified it as.
  public let labels: Set<String>
  /// The line that brings it back.
  public let replay: ReplayLine

  init?(_ shrunk: Shrunk<Value>, name: String, case index: Int?) {
    guard let value = shrunk.execution.value, let failure = shrunk.execution.status.failure else { return nil }
    (self.value, self.failure, firstCase) = (value, failure, index)
    (evaluations, steps, isLocalMinimum) = (shrunk.evaluations, shrunk.steps, shrunk.isLocalMinimum)
    labels = shrunk.execution.trial.labels
    replay = ReplayLine(name: name, values: shrunk.execution.tape.values)
  }
}
