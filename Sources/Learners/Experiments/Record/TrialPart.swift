// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import SeededRuns

/// A part of an experiment's trials as a document, so that several machines can share them.
extension ExperimentRunner {
  /// A run of the trials of these numbers alone, to pass to ``part(_:threads:seed:)``.
  public func begin(over trials: Range<Int>) -> CaseRun { CaseRun(over: trials, blockSize: 1) }

  /// What the trials of a run gave, as lines of a record: a function of experiment, seed and the trials' numbers.
  ///
  /// - Returns: the part; where `caseRun` was stopped, one that is not whole.
  /// - Throws: what a trial throws, or ``ExperimentError``.
  public func part(_ caseRun: CaseRun, threads: Int, seed: UInt64) async throws -> JSONValue {
    let results = try await results(caseRun, threads: threads, seed: seed)
    if let failure = results.failure { throw failure }
    return [
      "of": RecordLine.header(of: experiment.name, experiment.settings, seed: seed),
      "trials": .array(results.trials.map { RecordLine.json(of: $0.trial.name, $0.runs) }),
    ]
  }
}

/// What the parts of an experiment's trials gave together.
public struct TrialParts: Sendable {
  private var runs: [String: [Run]] = [:]

  /// No part yet.
  public init() {}

  /// Adds a part that ``ExperimentRunner/part(_:threads:seed:)`` made.
  ///
  /// - Throws: ``ExperimentError/otherRecord(name:recorded:asked:)`` where the part is of other data, settings or another seed;
  ///   `JSONShapeError` where it is none.
  public mutating func add(_ part: JSONReader, of experiment: some Experiment, seed: UInt64) throws {
    let header = RecordLine.header(of: experiment.name, experiment.settings, seed: seed)
    try RecordLine.requireSame(try part.required("of").value, as: header)
    for line in try part.required("trials").elements() {
      let (trial, runs) = try RecordLine.trial(line.value)
      self.runs[trial] = runs
    }
  }

  /// The results of the trials that there are, in the order of the experiment.
  public func results(of experiment: some Experiment) -> ExperimentResults {
    ExperimentResults(
      trials: experiment.trials.compactMap { trial in runs[trial.name].map { (trial, $0) } }, failure: nil)
  }
}
