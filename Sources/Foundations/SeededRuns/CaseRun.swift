// SPDX-License-Identifier: MIT

import Synchronization

/// Counts that can be merged in any order: a commutative monoid.
public protocol Mergeable: Sendable {
  /// Nothing counted.
  init()
  /// Adds what `other` counted.
  mutating func merge(_ other: Self)
}

/// How long a run goes on: a number of cases, a time, whichever ends first.
public struct Budget: Sendable, Hashable {
  /// At most this many cases.
  public var cases: Int?
  /// At most about this long: cases begun are finished.
  public var time: Duration?

  /// A budget; nil means without that limit.
  public init(cases: Int? = nil, time: Duration? = nil) { (self.cases, self.time) = (cases, time) }
}

/// A run of numbered cases over several threads, whose result does not depend on how many there are.
///
/// Threads take blocks of consecutive cases in turn and finish what they take, so the cases that ran are always
/// 0 ..< ``casesTaken`` for a budget of cases; merging is commutative, so the order in which blocks end does not matter.
public final class CaseRun: Sendable {
  private let next: Atomic<Int>
  private let done = Atomic<Int>(0)
  /// Of a case, in 2³² parts: what sums of shares leave is 0.
  private let parts = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  private let isFinished = Atomic<Bool>(false)
  private let budget: Budget
  private let blockSize: Int
  private let first: Int
  private let start = ContinuousClock.now

  /// A run that has not begun.
  ///
  /// Its clock starts now.
  public init(_ budget: Budget, blockSize: Int = 64) {
    (self.budget, self.blockSize, first) = (budget, blockSize, 0)
    next = Atomic(0)
  }

  /// A run of the cases of `range` alone, a part of a longer run: in blocks that are the longer one's.
  ///
  /// - Precondition: the range begins where a block does.
  public init(over range: Range<Int>, blockSize: Int) {
    precondition(range.lowerBound % blockSize == 0, "a part of a run begins where a block does")
    (self.blockSize, first) = (blockSize, range.lowerBound)
    next = Atomic(range.lowerBound)
    budget = Budget(cases: range.upperBound)
  }

  /// The number of cases begun so far, for a progress display.
  public var casesTaken: Int { min(next.load(ordering: .relaxed), budget.cases ?? .max) - first }

  /// The number of cases whose block has ended, for a progress display.
  public var casesDone: Int { done.load(ordering: .relaxed) }

  /// What is done of the cases that are under way, in cases, where they tell by ``addPart(_:)``.
  public var partsDone: Double { Double(parts.load(ordering: .relaxed)) / 4_294_967_296 }

  /// Says that a share more of a case is done, for a progress display; less, where the case has ended and counts as a whole.
  public func addPart(_ share: Double) { parts.wrappingAdd(Int(share * 4_294_967_296), ordering: .relaxed) }

  /// How many cases there are at most; nil where time alone ends the run.
  public var casesInAll: Int? { budget.cases.map { $0 - first } }

  /// How long the run goes on at most; nil where the number of cases alone ends it.
  public var timeLimit: Duration? { budget.time }

  /// How long ago the run was made.
  public var elapsed: Duration { ContinuousClock.now - start }

  /// The share of the budget that is used up, 0 … 1.
  public var progress: Double {
    let byCases = budget.cases.map { Double(casesTaken) / Double(max(1, $0 - first)) } ?? 0
    let byTime = budget.time.map { (ContinuousClock.now - start) / $0 } ?? 0
    return min(1, max(byCases, byTime))
  }

  /// Ends the run after the blocks that are under way; what they counted is kept.
  public func stop() { stopped.store(true, ordering: .relaxed) }

  /// Whether ``stop()`` was called.
  public var wasStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Whether no more cases are to be begun: the run was stopped, or its time is up.
  ///
  /// A block that may take long asks this between its cases; what it counted until then is kept.
  public var isOver: Bool { wasStopped || budget.time.map { elapsed >= $0 } ?? false }

  /// Calls `body` with the index of every case, on `threads` threads, and returns the merged counts.
  ///
  /// - Throws: what `body` throws; the run then ends early.
  public func callAsFunction<Counts: Mergeable>(
    threads: Int, _ body: @escaping @Sendable (_ index: Int, _ counts: inout Counts) throws -> Void
  ) async throws -> Counts {
    try await blocks(threads: threads) { (block, counts: inout Counts) in
      for index in block { try body(index, &counts) }
    }
  }

  /// Calls `body` with every block of consecutive cases, on `threads` threads, and returns the merged counts.
  ///
  /// Blocks are merged in their order. The run stops after the first block whose counts are the `last` ones; what other
  /// threads counted in later blocks is left out, so that the result does not depend on how far they were.
  ///
  /// - Throws: what `body` throws; the run then ends early.
  public func blocks<Counts: Mergeable>(
    threads: Int, last isLast: @escaping @Sendable (Counts) -> Bool = { _ in false },
    _ body: @escaping @Sendable (_ block: Range<Int>, _ counts: inout Counts) throws -> Void
  ) async throws -> Counts {
    let merged = OrderedCounts<Counts>(from: first / blockSize)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<max(1, threads) {
        group.addTask {
          while let block = self.takeBlock() {
            var counts = Counts()
            do { try body(block, &counts) } catch {
              self.stop()
              throw error
            }
            self.done.wrappingAdd(block.count, ordering: .relaxed)
            let isDone = isLast(counts)
            if isDone { self.endEarly() }
            merged.add(counts, of: block.lowerBound / self.blockSize, isLast: isDone)
          }
        }
      }
      try await group.waitForAll()
    }
    return merged.total
  }

  private func endEarly() { isFinished.store(true, ordering: .relaxed) }

  private func takeBlock() -> Range<Int>? {
    if wasStopped || isFinished.load(ordering: .relaxed) { return nil }
    // However short the time, one block is begun.
    if isOver, casesTaken > 0 { return nil }
    let begin = next.wrappingAdd(blockSize, ordering: .relaxed).oldValue
    let end = min(begin + blockSize, budget.cases ?? .max)
    return begin < end ? begin..<end : nil
  }
}

/// Counts of blocks, merged in the order of the blocks whatever the order in which they end.
private final class OrderedCounts<Counts: Mergeable>: Sendable {
  private struct State {
    var total = Counts()
    var waiting: [Int: (counts: Counts, isLast: Bool)] = [:]
    var next: Int?
  }

  private let state: Mutex<State>

  init(from block: Int) { state = Mutex(State(next: block)) }

  var total: Counts { state.withLock { $0.total } }

  func add(_ counts: Counts, of block: Int, isLast: Bool) {
    state.withLock { state in
      state.waiting[block] = (counts, isLast)
      while let index = state.next, let (counts, isLast) = state.waiting.removeValue(forKey: index) {
        state.total.merge(counts)
        state.next = isLast ? nil : index + 1
      }
    }
  }
}
