import SeededRuns

/// Carries the trials of an experiment out, over several threads, past those that are recorded already.
public struct ExperimentRunner<E: Experiment>: Sendable {
  private let experiment: E
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
    let (experiment, record, trials) = (experiment, record, experiment.trials)
    let done: TrialRuns = try await caseRun(threads: threads) { index, done in
      let trial = trials[index]
      if let recorded = record?.runs(of: trial) {
        done.runs.append((index, recorded))
        return
      }
      // The seed of a replicate, not of a trial: trials of a replicate are paired.
      var source = RandomSource(seed: seed, index: UInt64(trial.replicate))
      let runs = try experiment.runs(of: trial, seed: source.next())
      for run in runs {
        if let outcome = run.outcomes.first(where: { $0.value?.isFinite == false }) {
          throw ExperimentError.notFinite(outcome: outcome.name, trial: trial.name)
        }
      }
      try record?.add(runs, of: trial)
      done.runs.append((index, runs))
    }
    return done.runs.sorted { $0.index < $1.index }.flatMap(\.runs)
  }
}

private struct TrialRuns: Mergeable {
  var runs: [(index: Int, runs: [Run])] = []
  mutating func merge(_ other: TrialRuns) { runs += other.runs }
}
