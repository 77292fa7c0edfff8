// SPDX-License-Identifier: MIT

import SeededRuns

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
    var property = self
    property.caseLimit = settings.caseLimit
    guard blocks else { return await property.checked(settings, run) }
    let thread = SearchThread()
    defer { thread.finish() }
    let prepared = property
    return await withTaskExecutorPreference(thread) { await prepared.checked(settings, run) }
  }

  /// Calls `body` with the same property, whose cases are written down while they run.
  private func recorded<Result>(_ settings: CheckSettings, _ body: (Property) -> Result) -> Result {
    guard let file = settings.caseFile,
      let slot = file.slot(name, store: settings.store?.folder, limit: settings.caseLimit)
    else { return body(self) }
    defer { file.giveBack(slot) }
    var property = self
    property.slot = slot
    return body(property)
  }

  private func checked(_ settings: CheckSettings, _ run: CaseRun) async -> CheckReport<Value> {
    var conclusion = Conclusion(self, settings)
    if let found = recorded(settings, { $0.replayStored(&conclusion) }) { return found }
    // What other processes or tasks reach is not seen here.
    let guide = ask == nil && !blocks ? settings.coverage.map { CoverageGuide($0) } : nil
    let start = ContinuousClock.now
    let found: CheckStatistics =
      // The body does not throw.
      (try? await run.blocks(
        threads: guide == nil ? settings.threads : 1, last: { (counts: CheckStatistics) in counts.firstFailure != nil }
      ) {
        (block, statistics: inout CheckStatistics) in
        recorded(settings) { $0.search(block, settings, &statistics, guide) }
      }) ?? CheckStatistics()
    let searchTime = ContinuousClock.now - start
    conclusion.statistics.merge(found)
    conclusion.coverage = guide?.summary ?? settings.coverage.map { _ in CoverageSummary(places: 0, kept: 0) }
    var report = recorded(settings) { property in
      conclusion.property = property
      return conclusion.report()
    }
    report.searchTime = searchTime
    return report
  }

  /// Tries the stored cases; those that pass again, or are no longer made, are forgotten.
  private func replayStored(_ conclusion: inout Conclusion<Value>) -> CheckReport<Value>? {
    conclusion.property = self
    let settings = conclusion.settings
    guard let store = settings.store else { return nil }
    let stored = store.load(name)
    conclusion.storeWarning = stored.warning
    var (passing, failing) = ([ReplayLine](), [Execution<Value>]())
    for line in stored.cases {
      let begin = ContinuousClock.now
      let execution = self.run(on: ChoiceTape(line.values))
      let time = ContinuousClock.now - begin
      conclusion.statistics.count(execution, index: -1, phase: .stored, time: time)
      observe(settings, execution, index: -1, phase: .stored, time: time)
      if execution.status.failure == nil { passing.append(line) } else { failing.append(execution) }
    }
    // A store that cannot be written is no reason to fail: where something must be kept, a warning says so.
    if store.forgets, !passing.isEmpty || stored.warning != nil { try? store.remove(passing, of: name) }
    guard let first = failing.first, let failure = first.status.failure else { return nil }
    let report = conclusion.report(first, failure, case: nil, besides: failing.dropFirst())
    if let found = report.counterexample {
      // Simpler forms are kept instead.
      let simple = ([found] + report.others).map(\.replay)
      let old = failing.map { ReplayLine(name: name, values: $0.tape.values) }.filter { !simple.contains($0) }
      if !old.isEmpty { try? store.remove(old, of: name) }
    }
    return report
  }

  /// Runs the one case of `line` again, and makes it simpler if it still fails.
  ///
  /// A line of another generator, such as an earlier version of this one, does not fit: where its case does not fail, the
  /// outcome is ``CheckReport/Outcome-swift.enum/stale(replay:drawn:)``.
  public func replay(_ line: ReplayLine, _ settings: CheckSettings = CheckSettings()) -> CheckReport<Value> {
    var property = self
    property.caseLimit = settings.caseLimit
    return property.recorded(settings) { $0.replayed(line, settings) }
  }

  private func replayed(_ line: ReplayLine, _ settings: CheckSettings) -> CheckReport<Value> {
    let execution = run(on: ChoiceTape(line.values))
    var conclusion = Conclusion(self, settings)
    conclusion.statistics.count(execution, index: 0, phase: .stored, time: .zero)
    if let failure = execution.status.failure { return conclusion.report(execution, failure, case: nil) }
    return execution.tape.values == line.values
      ? conclusion.ending(conclusion.outcome(requiring: [:]))
      : conclusion.ending(.stale(replay: line, drawn: execution.tape.values))
  }

  /// Cases are made and searched in blocks of this many.
  public static var blockSize: Int { 256 }

  /// Cases to begin a search with, of these choices in their order; without those that fail or do not count.
  public func startingCases(_ choices: [[Int]]) -> [StartingCase] {
    choices.map { run(on: ChoiceTape($0)) }.filter { $0.status == .passed }
      .map { StartingCase(tape: $0.tape, scores: $0.trial.scores) }
  }

  /// Searches a block of at most ``blockSize`` cases, up to the first failure: random ones, and in the second half, where scores
  /// differ, changes of the best.
  ///
  /// - Parameter starts: cases of an earlier search, the most promising one first. The block begins with one of them, the first or
  ///   any, and after a quarter of random cases it changes this one and what is better.
  public func search(
    _ block: Range<Int>, _ settings: CheckSettings, _ statistics: inout CheckStatistics,
    from starts: [StartingCase] = []
  ) {
    search(block, settings, &statistics, from: starts, nil)
  }

  /// The same where, with a guide, three of four cases change one that reached something new.
  func search(
    _ block: Range<Int>, _ settings: CheckSettings, _ statistics: inout CheckStatistics,
    from starts: [StartingCase] = [],
    _ guide: CoverageGuide?
  ) {
    var pool = ParetoPool()
    var search = RandomSource(seed: ~settings.seed, index: UInt64(block.lowerBound))
    if let first = starts.first {
      let start = search.integer(in: 0...1) == 0 ? first : search.element(of: starts)
      pool.offer(start.tape, start.scores)
    }
    let random = Property.blockSize / (starts.isEmpty ? 2 : 4)
    let clock = ContinuousClock()
    var end = clock.now
    for index in block {
      let start = end
      let isTargeted = !pool.isFlat && index - block.lowerBound >= random
      let guided = isTargeted || index % 4 == 0 ? nil : guide?.change(&search)
      let tape = isTargeted ? changed(pool, &search) : guided ?? randomTape(settings.seed, index)
      let execution = guide?.watch { run(on: tape) } ?? run(on: tape)
      end = clock.now
      let time = end - start
      if index == block.lowerBound { statistics.noteDifferences(differences(execution)) }
      if !execution.status.isRejection { pool.offer(execution.tape, execution.trial.scores) }
      let phase: Observation.Phase = isTargeted ? .targeted : guided == nil ? .random : .guided
      statistics.count(execution, index: index, phase: phase, time: time)
      observe(settings, execution, index: index, phase: phase, time: time)
      if execution.status.failure != nil { return }
    }
  }

  /// Small cases come first, then all sizes in turn.
  func randomTape(_ seed: UInt64, _ index: Int) -> ChoiceTape {
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
        scores: execution.trial.scores, seconds: time / .seconds(1),
        representation: execution.value.map { String(describing: $0) } ?? ""))
  }
}

/// A case of an earlier search that another one begins with.
public struct StartingCase: Sendable {
  let tape: ChoiceTape
  let scores: [String: Double]
}

extension CaseStatus {
  var isRejection: Bool {
    if case .rejected = self { true } else { false }
  }
}
