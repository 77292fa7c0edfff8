// SPDX-License-Identifier: MIT
import Containers
import ForAll
import PropertyTesting
import Synchronization
import Testing

/// Every load gives another number: who sees two numbers for one key has seen two loads.
struct CacheMachine: StateMachine {
  struct Command: Sendable, CustomStringConvertible {
    let key: Int
    var description: String { "value(\(key))" }
  }

  var initialModel: [Int: Int] { [:] }
  func commands(in model: [Int: Int]) -> Generator<Command> { Generator.int(in: 0...2).map { Command(key: $0) } }

  func predict(_ command: Command, _ model: inout [Int: Int]) -> Int {
    let value = model[command.key] ?? model.count + 1
    model[command.key] = value
    return value
  }

  func makeSystem() -> Cache {
    let loads = Mutex(0)
    return Cache { _ in
      let number = loads.withLock { loads in
        loads += 1
        return loads
      }
      await Task.yield()
      return number
    }
  }

  func run(_ command: Command, on cache: Cache, earlier: Outcomes<Int>) async -> Int { await cache.value(command.key) }
}

@Suite(.checks(cases: 500)) struct CacheTests {
  @Test func loadsEachValueOnceWhateverTheOrder() async { await forAllConcurrentPrograms(of: CacheMachine()) }
}
