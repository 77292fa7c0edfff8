// SPDX-License-Identifier: MIT
import Containers
import ForAll
import PropertyTesting
import Testing

/// The buffer should do what an array of limited size does.
struct RingBufferMachine: StateMachine {
  enum Command: Sendable { case append(Int), popFirst, count }
  enum Outcome: Equatable, Sendable { case isAppended(Bool), popped(Int?), count(Int) }

  let capacity: Int
  var initialModel: [Int] { [] }

  func commands(in model: [Int]) -> Generator<Command> {
    .oneOf(.constant(.count), .constant(.popFirst), Generator.int(in: 0...9).map { .append($0) })
  }

  func predict(_ command: Command, _ model: inout [Int]) -> Outcome {
    switch command {
    case .append(let element):
      let hasRoom = model.count < capacity
      if hasRoom { model.append(element) }
      return .isAppended(hasRoom)
    case .popFirst: return .popped(model.isEmpty ? nil : model.removeFirst())
    case .count: return .count(model.count)
    }
  }

  func makeSystem() -> RingBuffer { RingBuffer(capacity: capacity) }

  func run(_ command: Command, on buffer: RingBuffer, earlier: Outcomes<Outcome>) -> Outcome {
    switch command {
    case .append(let element): .isAppended(buffer.append(element))
    case .popFirst: .popped(buffer.popFirst())
    case .count: .count(buffer.count)
    }
  }
}

@Suite(.checks(cases: 500)) struct RingBufferTests {
  @Test func isAnArrayOfLimitedSize() async { await forAllPrograms(of: RingBufferMachine(capacity: 3)) }

  @Test(.checks(cases: 50)) func isLinearizableOnThreads() async {
    await forAllConcurrentPrograms(of: RingBufferMachine(capacity: 2), interleaving: .threads(repetitions: 10))
  }
}
