extension Property {
  /// Checks the property: stored cases first, then random ones and, where the property gives scores, targeted ones.
  ///
  /// The first failure, by the number of its case, is made as simple as can be. The same seed gives the same report on any
  /// machine and any number of threads, for a budget of cases or where a failure is found; times apart.
  public func check(_ settings: CheckSettings = CheckSettings()) async -> CheckReport<Value> {
    await check(settings, run: CaseRun(settings.budget, blockSize: Property.blockSize))
  }

  /// The same with a run of one's own, to show its progress or to stop it.
  public func check(_ settings: CheckSettings, run: CaseRun) async -> CheckReport<Value> {
    let stored = settings.store?.load(name) ?? (cases: [], warning: nil)
    var replayed = CheckStatistics()
    for line in stored.cases {
      let begin = ContinuousClock.now
      let execution = self.run(on: ChoiceTape(line.values))
      let time = ContinuousClock.now - begin
      replayed.count(execution, index: -1, phase: .stored, time: time)
      observe(settings, execution, index: -1, phase: .stored, time: time)
      guard let failure = execution.status.failure else { continue }
      return conclude(settings, replayed, execution, failure, case: nil, warning: stored.warning)
    }
    let start = ContinuousClock.now
    var statistics: CheckStatistics =
      // The body does not throw.
      (try? await run.blocks(
        threads: settings.threads, last: { (counts: CheckStatistics) in counts.firstFailure != nil }
      ) {
        (block, statistics: inout CheckStatistics) in
        search(block, settings, &statistics)
      }) ?? CheckStatistics()
    let searchTime = ContinuousClock.now - start
    statistics.merge(replayed)
    var report: CheckReport<Value>
    if let found = statistics.firstFailure {
      let execution = self.run(on: ChoiceTape(found.values))
      report = conclude(settings, statistics, execution, found.failure, case: found.index, warning: stored.warning)
    } else {
      report = CheckReport(
        name: name, settings: settings, statistics: statistics, outcome: outcome(statistics, settings),
        storeWarning: stored.warning)
    }
    report.searchTime = searchTime
    return report
  }

  /// Runs the one case of `line` again, and makes it simpler if it still fails.
  public func replay(_ line: ReplayLine, _ settings: CheckSettings = CheckSettings()) -> CheckReport<Value> {
    let execution = run(on: ChoiceTape(line.values))
    var statistics = CheckStatistics()
    statistics.count(execution, index: 0, phase: .stored, time: .zero)
    guard let failure = execution.status.failure else {
      return CheckReport(
        name: name, settings: settings, statistics: statistics, outcome: outcome(statistics, CheckSettings()),
        storeWarning: nil)
    }
    return conclude(settings, statistics, execution, failure, case: nil, warning: nil)
  }

  /// Cases are made and searched in blocks of this many.
  public static var blockSize: Int { 256 }

  /// Searches a block of at most ``blockSize`` cases, up to the first failure: random ones, and in the second half, where scores
  /// differ, changes of the best.
  public func search(_ block: Range<Int>, _ settings: CheckSettings, _ statistics: inout CheckStatistics) {
    var pool = ParetoPool()
    var search = RandomSource(seed: ~settings.seed, index: UInt64(block.lowerBound))
    let clock = ContinuousClock()
    for index in block {
      let start = clock.now
      let isTargeted = !pool.isFlat && index - block.lowerBound >= Property.blockSize / 2
      let tape = isTargeted ? changed(pool, &search) : randomTape(settings.seed, index)
      let execution = run(on: tape)
      let time = clock.now - start
      if !execution.status.isRejection { pool.offer(execution.tape, execution.trial.scores) }
      let phase: Observation.Phase = isTargeted ? .targeted : .random
      statistics.count(execution, index: index, phase: phase, time: time)
      observe(settings, execution, index: index, phase: phase, time: time)
      if execution.status.failure != nil { return }
    }
  }

  /// Small cases come first, then all sizes in turn.
  private func randomTape(_ seed: UInt64, _ index: Int) -> ChoiceTape {
    ChoiceTape(random: RandomSource(seed: seed, index: UInt64(index)), size: 1 + index % 100)
  }

  private func changed(_ pool: ParetoPool, _ search: inout RandomSource) -> ChoiceTape {
    let parent = search.element(of: pool.members).tape
    let donor = search.element(of: pool.members).tape
    let values = parent.mutated(with: donor, &search)
    return ChoiceTape(values, then: RandomSource(seed: search.next(), index: 0))
  }

  private func observe(
    _ settings: CheckSettings, _ execution: Execution<Value>, index: Int, phase: Observation.Phase, time: Duration
  ) {
    settings.observer?(
      Observation(
        property: name, index: index, phase: phase, status: execution.status, labels: execution.trial.labels,
        scores: execution.trial.scores, seconds: time / .seconds(1)))
  }

  private func outcome(_ statistics: CheckStatistics, _ settings: CheckSettings) -> CheckReport<Value>.Outcome {
    if statistics.valid == 0 || statistics.rejected > 9 * statistics.valid {
      return .vacuous(valid: statistics.valid, rejected: statistics.rejected)
    }
    for (label, share) in settings.required.sorted(by: { $0.key < $1.key }) {
      let (count, interval) = statistics.frequency(of: label)
      if interval.upper < share || count == 0 {
        return .uncovered(label: label, count: count, interval: interval, required: share)
      }
    }
    return .passed
  }

  /// Tries the failure once more, and makes it simple.
  private func conclude(
    _ settings: CheckSettings, _ statistics: CheckStatistics, _ execution: Execution<Value>, _ failure: Failure,
    case index: Int?, warning: String?
  ) -> CheckReport<Value> {
    func report(_ outcome: CheckReport<Value>.Outcome, warning: String? = warning) -> CheckReport<Value> {
      CheckReport(
        name: name, settings: settings, statistics: statistics, outcome: outcome, storeWarning: warning)
    }
    let line = ReplayLine(name: name, values: execution.tape.values)
    guard let again = execution.status.failure, again.isLike(failure) else {
      return report(.flaky(first: failure, second: execution.status, replay: line))
    }
    var shrinker = Shrinker(self, execution, failure: failure, budget: settings.shrinkBudget)
    let shrunk = shrinker.run()
    guard let counterexample = Counterexample(shrunk, name: name, case: index) else {
      // The generator itself throws: there is no value to show.
      return report(.generatorFails(failure, replay: line))
    }
    if run(on: ChoiceTape(counterexample.replay.values)).status.failure == nil {
      return report(.flaky(first: counterexample.failure, second: .passed, replay: counterexample.replay))
    }
    do { try settings.store?.save(counterexample.replay) } catch {
      return report(.failed(counterexample), warning: "the example store cannot be written: \(error)")
    }
    return report(.failed(counterexample))
  }
}

extension CaseStatus {
  var isRejection: Bool {
    if case .rejected = self { true } else { false }
  }
}
