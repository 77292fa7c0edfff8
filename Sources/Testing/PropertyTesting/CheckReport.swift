// SPDX-License-Identifier: MIT

import Statistics

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
    /// A replay line that the generator does not follow any more, so that its case is gone: these choices were drawn instead.
    case stale(replay: ReplayLine, drawn: [Int])
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
  /// Failures of other kinds that were met while the first was made simple, each as simple as could be.
  public let others: [Counterexample<Value>]
  /// What could not be read in the example store, or written to it.
  public let storeWarning: String?
  /// How far a search came that was guided by what its cases reach.
  public let coverage: CoverageSummary?
  /// How long the search took, without shrinking.
  public internal(set) var searchTime = Duration.zero
  private let notices: [String]

  init(
    name: String, settings: CheckSettings, statistics: CheckStatistics, outcome: Outcome,
    others: [Counterexample<Value>],
    storeWarning: String?, coverage: CoverageSummary?, notices: [String]
  ) {
    (self.name, self.settings, self.statistics, self.outcome) = (name, settings, statistics, outcome)
    (self.others, self.storeWarning, self.coverage, self.notices) = (others, storeWarning, coverage, notices)
  }

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
    let named = notices.isEmpty ? [statistics.difference].compactMap { $0 } : notices
    return named
      + [
        storeWarning, staleness,
        coverage?.places == 0
          ? "the search was not guided: no case reached code that is compiled with counters on the thread of the case"
          : nil,
        2 * statistics.rejected > statistics.valid
          ? "\(statistics.rejected) of \(statistics.cases) cases were rejected: generate valid values by construction"
          : nil,
        mean > 1_000 ? "cases are large: \(mean) choices on average" : nil,
        seconds > 0.1 ? "cases are slow: \(Int(seconds * 1000)) ms on average" : nil,
      ].compactMap { $0 }
  }

  private var staleness: String? {
    guard case .stale(_, let drawn) = outcome else { return nil }
    return "the replay line is of another generator, perhaps an earlier version of this one: its case is gone, "
      + "and what was tried instead are the choices \(drawn.prefix(20))"
  }

  /// The outcome in words, with the replay line where something failed.
  public var message: String {
    switch outcome {
    case .passed: "\(name) held in \(statistics.valid) cases (seed \(settings.seed))"
    case .failed(let found): ([found.message(name)] + others.map { $0.message(name) }).joined(separator: "\n")
    case .generatorFails(let failure, let replay): "\(name): the generator \(failure); replay: \(replay)"
    case .flaky(let first, let second, let replay):
      "\(name) is flaky: the same case first \(first), then \(second.words); replay: \(replay)"
    case .stale(let replay, _): "\(name) was not tested: the replay line does not fit its generator: \(replay)"
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
  public var steps: Int { trail.count }
  /// The choices of each simpler case on the way from the one that was found to this one, which is the last.
  public let trail: [[Int]]
  /// What each way of making it simple did, in the order of their first turns.
  public let passes: [ShrinkPassStatistics]
  /// Whether no single step of any pass makes it simpler.
  public let isLocalMinimum: Bool
  /// What the property classified it as.
  public let labels: Set<String>
  /// What the property noted, by ``Trial/note(_:)``.
  public let notes: [String]
  /// The line that brings it back.
  public let replay: ReplayLine

  /// The case of `shrunk` as `reported`, a run of it with notes, has it.
  init?(_ shrunk: Shrunk<Value>, _ property: Property<Value>, _ reported: Execution<Value>, case index: Int?) {
    // Made anew: the property may have changed an object that it was given.
    guard let value = try? property.generate(from: ChoiceTape(shrunk.execution.tape.values)).0.get(),
      shrunk.execution.value != nil, let failure = shrunk.execution.status.failure
    else { return nil }
    (self.value, self.failure, firstCase) = (value, failure, index)
    (evaluations, trail, passes) = (shrunk.evaluations, shrunk.trail, shrunk.passes)
    isLocalMinimum = shrunk.isLocalMinimum
    (labels, notes) = (shrunk.execution.trial.labels, reported.trial.notes)
    replay = ReplayLine(name: property.name, values: shrunk.execution.tape.values)
  }

  /// The failure in words, with the value, the notes and the replay line.
  func message(_ name: String) -> String { "\(name) \(failure) for \(details)" }

  /// The value, the notes, how it was found, and the replay line.
  public var details: String {
    """
    \(value)\(notes.map { "\n  note: \($0)" }.joined())
      \(isLocalMinimum ? "simplest that was found" : "not fully simplified: the budget ended"), \
    after \(steps) steps and \(evaluations) tries\(labels.isEmpty ? "" : "; \(labels.sorted().joined(separator: ", "))")
      replay: \(replay)
    """
  }
}
