// SPDX-License-Identifier: MIT

import SeededRuns

/// How a property is checked.
public struct CheckSettings: Sendable {
  /// How many cases, and for how long.
  public var budget: Budget
  /// The seed of all random choices.
  public var seed: UInt64
  /// The number of threads; the result does not depend on it.
  public var threads: Int
  /// How often the property is tried, at most, to make a failing case simpler.
  public var shrinkBudget: Int
  /// How long a case may take: one that takes longer fails; nil for as long as it likes.
  public var caseLimit: Duration?
  /// The labels that must be frequent enough, and the least share of the cases that they need.
  public var required: [String: Double]
  /// Where failing cases are kept and tried first; nil for nowhere.
  public var store: ExampleStore?
  /// Where running cases are written down, for the case that one ends the process.
  package var caseFile: CaseFile?
  /// What guides the search to cases that reach something new; nil for a search that does not look.
  ///
  /// A guided search runs on one thread. Properties whose cases run elsewhere, because they wait or trap, are not guided.
  public var coverage: (any CoverageProbe)?
  /// Told of every case, on the thread that ran it.
  public var observer: (@Sendable (Observation) -> Void)?

  /// Settings; by default 1,000 cases on one thread.
  public init(
    cases: Int? = 1_000, time: Duration? = nil, seed: UInt64 = 0, threads: Int = 1, shrinkBudget: Int = 10_000,
    caseLimit: Duration? = nil, required: [String: Double] = [:], store: ExampleStore? = nil,
    observer: (@Sendable (Observation) -> Void)? = nil
  ) {
    budget = Budget(cases: cases, time: time)
    (self.seed, self.threads, self.shrinkBudget, self.caseLimit) = (seed, threads, shrinkBudget, caseLimit)
    (self.required, self.store, self.observer) = (required, store, observer)
  }
}
