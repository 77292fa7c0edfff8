// SPDX-License-Identifier: MIT
import SeededRuns

/// A failing case made as simple as the passes of the shrinker can make it.
public struct Shrunk<Value> {
  /// The simplest failing case that was found.
  public let execution: Execution<Value>
  /// How often the property was tried.
  public let evaluations: Int
  /// How often a simpler failing case was found.
  public var steps: Int { trail.count }
  /// The choices of each simpler failing case, in the order in which they were found.
  public let trail: [[Int]]
  /// What each pass did that had its turn, in the order of their first.
  public let passes: [ShrinkPassStatistics]
  /// Whether no pass finds anything simpler; false where the budget ended first.
  ///
  /// Simpler cases that no single step of a pass reaches may exist.
  public let isLocalMinimum: Bool
}

/// Makes a failing tape simpler, step by step, while the property goes on failing in the same way.
///
/// Tapes are ordered by their length, then by the ranks of their choices from the first on. A candidate is tried only if
/// the tape that it really makes is simpler than the best one and was not tried before: so shrinking ends, and it is
/// deterministic. Where a candidate is too short for its generator, simplest values follow.
struct Shrinker<Value> {
  let property: Property<Value>
  let failure: Failure
  let budget: Int
  private(set) var best: Execution<Value>
  private(set) var evaluations = 0
  var steps: Int { trail.count }
  private var trail: [[Int]] = []
  private var statistics: [ShrinkPassStatistics] = []
  /// The first case of each failure of another kind.
  private(set) var otherFailures: [CheckStatistics.FailingCase] = []
  private var tried: Set<[Int]> = []
  /// Digests of the candidates so far.
  ///
  /// One that was refused, since it is not simpler or does not fail, always is: most of what the last rounds propose need
  /// not even be generated.
  private var proposed: Set<UInt64> = []

  /// A shrinker of `execution`, which failed with `failure`, that tries the property at most `budget` times.
  init(_ property: Property<Value>, _ execution: Execution<Value>, failure: Failure, budget: Int) {
    (self.property, self.failure, self.budget, best) = (property, failure, budget, execution)
  }

  var isExhausted: Bool { evaluations >= budget }
  var tape: ChoiceTape { best.tape }

  /// Runs all passes until none finds anything.
  ///
  /// In rounds, so that two passes that undo each other's progress cannot keep the others from their turn; the costly
  /// passes only where a round of the others finds nothing.
  mutating func run() -> Shrunk<Value> {
    repeat {
      var before = -1
      while steps > before, !isExhausted {
        before = steps
        for pass in Shrinker.passes { run(pass) }
      }
    } while findsMore() && !isExhausted
    return Shrunk(
      execution: best, evaluations: evaluations, trail: trail, passes: statistics, isLocalMinimum: !isExhausted)
  }

  /// Runs the costly passes until one finds something.
  private mutating func findsMore() -> Bool {
    let before = steps
    return Shrinker.costlyPasses.contains { pass in
      run(pass)
      return steps > before
    }
  }

  private mutating func run(_ pass: ShrinkPass<Value>) {
    let before = (evaluations, steps, tape.choices.count)
    pass.run(&self)
    let place = statistics.firstIndex { $0.name == pass.name } ?? statistics.count
    if place == statistics.count { statistics.append(ShrinkPassStatistics(pass.name)) }
    statistics[place].calls += 1
    statistics[place].evaluations += evaluations - before.0
    statistics[place].steps += steps - before.1
    statistics[place].deletions += before.2 - tape.choices.count
  }

  /// Tries the tape that begins with `values`.
  ///
  /// - Returns: whether it is simpler and fails too; it is then the best one.
  mutating func consider(_ values: [Int]) -> Bool {
    guard !isExhausted, proposed.insert(RandomSource.digest(of: values)).inserted else { return false }
    // What grows longer than the best one is not simpler: its generator need not go on.
    let candidate = ChoiceTape(values, longest: best.tape.choices.count)
    if property.ask != nil {
      let trap = property.trapInGenerator(candidate)
      if trap != nil || failure.isInGenerator { return consider(trap) }
    }
    let (generated, tape) = property.generate(from: candidate)
    guard !tape.isTooLarge, tape.isSimpler(than: best.tape), tried.insert(tape.values).inserted else { return false }
    evaluations += 1
    if case .failure(let error) = generated, error is Rejection { return false }
    let execution = property.run(tape, generated)
    guard let failure = execution.status.failure else { return false }
    guard failure.isLike(self.failure) else {
      noteOther(failure, tape.values)
      return false
    }
    best = execution
    trail.append(execution.tape.values)
    return true
  }

  /// The same where the generator ended the process of the case, or should.
  private mutating func consider(_ trap: CaseAnswer?) -> Bool {
    evaluations += 1
    guard let trap, let failure = trap.failure else { return false }
    let execution = property.execution(trap)
    guard failure.isLike(self.failure) else {
      noteOther(failure, trap.values)
      return false
    }
    guard execution.tape.isSimpler(than: best.tape), tried.insert(trap.values).inserted else { return false }
    best = execution
    trail.append(trap.values)
    return true
  }

  private mutating func noteOther(_ failure: Failure?, _ values: [Int]) {
    guard let failure, !otherFailures.contains(where: { $0.failure.isLike(failure) }) else { return }
    otherFailures.append(.init(index: -1, values: values, failure: failure))
  }

  /// The shape of the tape that `values` make, without trying the property; up to one choice more than the best one has.
  ///
  /// Empty where the generator traps on them.
  func shape(_ values: [Int]) -> [ClosedRange<Int>] {
    let candidate = ChoiceTape(values, longest: tape.choices.count + 1)
    return property.trapInGenerator(candidate) == nil ? property.generate(from: candidate).1.choices.map(\.range) : []
  }

  /// About the largest n for which `holds` is true for 1 … n, by trying 1, 2, 4, 8, … and bisecting.
  mutating func largest(_ holds: (inout Shrinker, UInt) -> Bool) -> UInt {
    guard holds(&self, 1) else { return 0 }
    var (good, bad) = (UInt(1), UInt(2))
    while holds(&self, bad) {
      good = bad
      let (twice, overflow) = bad.multipliedReportingOverflow(by: 2)
      if overflow { return good }
      bad = twice
    }
    while bad - good > 1 {
      let middle = good + (bad - good) / 2
      if holds(&self, middle) { good = middle } else { bad = middle }
    }
    return good
  }
}
