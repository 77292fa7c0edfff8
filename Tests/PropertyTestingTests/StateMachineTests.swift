// SPDX-License-Identifier: GPL-3.0-or-later
import ForAll
import PropertyTesting
import Synchronization
import Testing

/// A queue of at most two elements in a ring of three places; the wrong one has only two, so that full looks empty.
private struct QueueMachine: StateMachine {
  enum Command: Sendable { case put(Int), get, count }

  final class Queue: Sendable {
    private let state: Mutex<(ring: [Int], first: Int, end: Int)>
    init(places: Int) { state = Mutex(([Int](repeating: 0, count: places), 0, 0)) }

    func put(_ value: Int) {
      state.withLock {
        $0.ring[$0.end] = value
        $0.end = ($0.end + 1) % $0.ring.count
      }
    }
    func get() -> Int {
      state.withLock { state in
        defer { state.first = (state.first + 1) % state.ring.count }
        return state.ring[state.first]
      }
    }
    var count: Int { state.withLock { ($0.end - $0.first + $0.ring.count) % $0.ring.count } }
  }

  let places: Int
  var initialModel: [Int] { [] }

  func commands(in model: [Int]) -> Generator<Command> {
    .oneOf(.constant(.count), .constant(.get), Generator.int(in: 0...9).map { .put($0) })
  }
  func isAllowed(_ command: Command, in model: [Int]) -> Bool {
    switch command {
    case .put: model.count < 2
    case .get: !model.isEmpty
    case .count: true
    }
  }
  func predict(_ command: Command, _ model: inout [Int]) -> Int {
    switch command {
    case .put(let value):
      model.append(value)
      return 0
    case .get: return model.removeFirst()
    case .count: return model.count
    }
  }
  func makeSystem() -> Queue { Queue(places: places) }
  func run(_ command: Command, on queue: Queue, earlier: Outcomes<Int>) -> Int {
    switch command {
    case .put(let value):
      queue.put(value)
      return 0
    case .get: return queue.get()
    case .count: return queue.count
    }
  }
}

/// A cache that loads what it has not got.
///
/// While it loads, others may ask for the same: the wrong one loads again.
private struct CacheMachine: StateMachine {
  enum Command: Sendable { case value(Int), forget(Int) }

  actor Cache {
    private let isRight: Bool
    private var values: [Int: Int] = [:]
    private var loading: Set<Int> = []
    private var waiting: [Int: [CheckedContinuation<Int, Never>]] = [:]
    private var loads = 0
    init(isRight: Bool) { self.isRight = isRight }

    private func load() async -> Int {
      loads += 1
      let number = loads
      await Task.yield()
      return number
    }

    func value(_ key: Int) async -> Int {
      if let value = values[key] { return value }
      if isRight, loading.contains(key) {
        return await withCheckedContinuation { waiting[key, default: []].append($0) }
      }
      loading.insert(key)
      let value = await load()
      values[key] = value
      loading.remove(key)
      for other in waiting.removeValue(forKey: key) ?? [] { other.resume(returning: value) }
      return value
    }
  }

  let isRight: Bool
  var initialModel: [Int: Int] { [:] }
  func commands(in model: [Int: Int]) -> Generator<Command> { Generator.int(in: 0...2).map { .value($0) } }
  func predict(_ command: Command, _ model: inout [Int: Int]) -> Int {
    guard case .value(let key) = command else { return 0 }
    let value = model[key] ?? model.count + 1
    model[key] = value
    return value
  }
  func makeSystem() -> Cache { Cache(isRight: isRight) }
  func run(_ command: Command, on cache: Cache, earlier: Outcomes<Int>) async -> Int {
    guard case .value(let key) = command else { return 0 }
    return await cache.value(key)
  }
}

/// Files that are opened and closed by a handle that only the system knows.
struct FilesMachine: StateMachine {
  enum Command: Sendable { case open, close(Int) }
  enum Outcome: Equatable, Sendable { case handle(String), done, unknown }
  struct Model: Sendable { var open: [Int] = [], count = 0 }

  final class Files: Sendable {
    let state = Mutex<(next: Int, open: Set<String>)>((7, []))
  }

  /// Wrong: the fourth handle is that of the first.
  var reusesHandles = false
  var initialModel: Model { Model() }
  func commands(in model: Model) -> Generator<Command> {
    let opening = Generator<Command>.constant(.open)
    return model.open.isEmpty ? opening : .oneOf(opening, Generator<Int>.element(of: model.open).map { .close($0) })
  }
  func predict(_ command: Command, _ model: inout Model) -> Outcome {
    defer { model.count += 1 }
    switch command {
    case .open:
      model.open.append(model.count)
      return .handle("")
    case .close(let place):
      model.open.removeAll { $0 == place }
      return .done
    }
  }
  func isAsPredicted(_ outcome: Outcome, _ predicted: Outcome) -> Bool {
    if case (.handle, .handle) = (outcome, predicted) { true } else { outcome == predicted }
  }
  func makeSystem() -> Files { Files() }
  func run(_ command: Command, on files: Files, earlier: Outcomes<Outcome>) -> Outcome {
    files.state.withLock { state in
      switch command {
      case .open:
        let handle = "file \(reusesHandles ? state.next % 3 : state.next)"
        state.next += 1
        state.open.insert(handle)
        return .handle(handle)
      case .close(let place):
        guard case .handle(let handle)? = earlier[place] else { return .unknown }
        return state.open.remove(handle) == nil ? .unknown : .done
      }
    }
  }
}

@Suite(.checks(cases: 1_000, keepsExamples: false)) struct StateMachineTests {
  /// The off-by-one error of a ring: two elements in two places look like none.
  @Test func aFullRingLooksEmpty() async {
    await forAllPrograms(of: QueueMachine(places: 3))
    for seed in 0..<UInt64(5) {
      let wrong = QueueMachine(places: 2)
      let report = await wrong.property("queue", wrong.sequences()).check(CheckSettings(seed: seed))
      #expect(report.counterexample?.value.description == "put(0); put(0); count")
      #expect(report.counterexample?.notes == ["put(0) → 0", "put(0) → 0", "count → 0"])
    }
  }

  /// The race of a cache: two tasks ask for the same value while it is loaded.
  @Test func aCacheLoadsTwice() async {
    await forAllConcurrentPrograms(of: CacheMachine(isRight: true))
    for seed in 0..<UInt64(5) {
      let wrong = CacheMachine(isRight: false)
      let report = await wrong.property("cache", wrong.concurrentPrograms()).check(CheckSettings(seed: seed))
      #expect(report.counterexample?.value.description == "at once: value(0) | value(0)")
      #expect(report.counterexample?.isLocalMinimum == true)
      // One after the other it is right.
      #expect(await wrong.property("sequence", wrong.sequences()).check(CheckSettings(seed: seed)).isPass)
    }
  }

  @Test func commandsUseWhatEarlierOnesGave() async {
    await forAllPrograms(of: FilesMachine())
    let wrong = FilesMachine(reusesHandles: true)
    let report = await wrong.property("files", wrong.sequences()).check()
    let shortest = ["open; open; open; open; close(0); close(3)", "open; open; open; open; close(3); close(0)"]
    #expect(shortest.contains(report.counterexample?.value.description ?? ""), "\(report.message)")
  }

  /// A lock that is taken and given back in two steps, so that another thread comes between.
  private struct Counter: StateMachine {
    final class Cell: Sendable { let value = Atomic<Int>(0) }
    let isAtomic: Bool
    var initialModel: Int { 0 }
    func commands(in model: Int) -> Generator<Bool> { .constant(true) }
    func predict(_ command: Bool, _ model: inout Int) -> Int {
      model += 1
      return model
    }
    func makeSystem() -> Cell { Cell() }
    func run(_ command: Bool, on cell: Cell, earlier: Outcomes<Int>) -> Int {
      if isAtomic { return cell.value.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }
      let old = cell.value.load(ordering: .sequentiallyConsistent)
      for _ in 0..<2_000 { _ = cell.value.load(ordering: .sequentiallyConsistent) }
      cell.value.store(old + 1, ordering: .sequentiallyConsistent)
      return old + 1
    }
  }

  /// Synchronous code changes hands only between threads: there is no turn to choose, and chance must do.
  @Test func threadsFindWhatSchedulesCannot() async {
    let right = Counter(isAtomic: true)
    let passing = await right.property("atomic", right.concurrentPrograms(), .threads(repetitions: 5))
      .check(CheckSettings(cases: 50))
    #expect(passing.isPass)
    let wrong = Counter(isAtomic: false)
    #expect(await wrong.property("turns", wrong.concurrentPrograms()).check(CheckSettings(cases: 200)).isPass)
  }

  /// Orders: what ended before another began comes first, and what overlaps may come either way.
  @Test func stuckProgramsAreNamed() async {
    struct Stuck: StateMachine {
      var initialModel: Int { 0 }
      func commands(in model: Int) -> Generator<Int> { Generator.int(in: 0...9) }
      func predict(_ command: Int, _ model: inout Int) -> Int { command }
      func makeSystem() -> Int { 0 }
      func run(_ command: Int, on system: Int, earlier: Outcomes<Int>) async -> Int {
        if command > 4 { try? await Task.sleep(for: .seconds(3_600)) }
        return command
      }
    }
    let machine = Stuck()
    var settings = CheckSettings(cases: 100)
    settings.shrinkBudget = 20
    let property = machine.property("stuck", machine.sequences(count: 3), limit: .milliseconds(50))
    let report = await property.check(settings)
    #expect(report.message.contains("a deadlock, or a command without end"))
  }
}
