// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// Carries the trials of an experiment out, over several threads, past those that are recorded already.
public struct ExperimentRunner<E: Experiment>: Sendable {
  let experiment: E
  private let record: RunRecord?

  /// A runner that reads and writes `record` where there is one.
  public init(_ experiment: E, record: RunRecord? = nil) { (self.experiment, self.record) = (experiment, record) }

  /// A run to pass to ``runs(_:threads:seed:)``: it counts trials, and stopping it ends the experiment after the trials
  /// that are under way.
  public func begin() -> CaseRun { CaseRun(Budget(cases: experiment.trials.count), blockSize: 1) }

  /// The runs of all trials, in the order of the trials; of those that were done where `caseRun` was stopped.
  ///
  /// Trial by trial they depend on `seed` alone, so neither threads nor interruptions change them.
  ///
  /// - Throws: what a trial throws, or ``ExperimentError``.
  public func runs(_ caseRun: CaseRun, threads: Int, seed: UInt64) async throws -> [Run] {
    let results = try await results(caseRun, threads: threads, seed: seed)
    if let failure = results.failure { throw failure }
    return results.runs
  }

  /// The same trial by trial; where a trial throws, those before it, and its error.
  ///
  /// - Throws: never but for an error of the run itself.
  public func results(_ caseRun: CaseRun, threads: Int, seed: UInt64) async throws -> ExperimentResults {
    let (experiment, record, trials) = (experiment, record, experiment.trials)
    let done: TrialRuns = try await caseRun.blocks(threads: threads, last: { $0.failure != nil }) { block, done in
      for index in block {
        let trial = trials[index]
        do {
          if let runs = try record?.runs(of: trial)
            ?? ExperimentRunner.carryOut(trial, of: experiment, record, seed: seed, caseRun)
          {
            done.trials.append((index, runs))
          }
        } catch { done.failure = error }
      }
    }
    return ExperimentResults(
      trials: done.trials.sorted { $0.index < $1.index }.map { (trials[$0.index], $0.runs) }, failure: done.failure)
  }

  /// The runs of a trial, which are recorded; nil where it was stopped before its end.
  private static func carryOut(
    _ trial: ExperimentTrial, of experiment: E, _ record: RunRecord?, seed: UInt64, _ caseRun: CaseRun
  ) throws -> [Run]? {
    var source = RandomSource(seed: seed, index: experiment.stream(of: trial))
    var told = 0.0
    // From its end on the trial counts as a whole.
    defer { caseRun.addPart(-told) }
    func isStopped(_ done: Double) -> Bool {
      let next = max(told, min(1, done))
      caseRun.addPart(next - told)
      told = next
      return caseRun.wasStopped
    }
    guard let runs = try experiment.runs(of: trial, seed: source.next(), until: isStopped) else { return nil }
    for run in runs {
      if let outcome = run.outcomes.first(where: { $0.value?.isFinite == false }) {
        throw ExperimentError.notFinite(outcome: outcome.name, trial: trial.name)
      }
    }
    try record?.add(runs, of: trial)
    return runs
  }
}

/// What the trials of an experiment gave.
public struct ExperimentResults: Sendable {
  /// The trials that were done, in order, with their runs.
  public let trials: [(trial: ExperimentTrial, runs: [Run])]
  /// Why the trial after these ended the experiment; nil where none did.
  public let failure: (any Error)?

  /// All runs, in the order of the trials.
  public var runs: [Run] { trials.flatMap(\.runs) }
}

private struct TrialRuns: Mergeable {
  var trials: [(index: Int, runs: [Run])] = []
  var failure: (any Error)?

  mutating func merge(_ other: TrialRuns) {
    trials += other.trials
    failure = failure ?? other.failure
  }
}
