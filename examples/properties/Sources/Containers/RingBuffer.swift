// SPDX-License-Identifier: MIT
import Synchronization

/// A queue of at most `capacity` elements.
public final class RingBuffer: Sendable {
  private struct State: ~Copyable {
    var places: [Int]
    var first = 0
    var count = 0
  }

  private let state: Mutex<State>

  /// A buffer without elements.
  public init(capacity: Int) { state = Mutex(State(places: Array(repeating: 0, count: capacity))) }

  /// The number of elements.
  public var count: Int { state.withLock { $0.count } }

  /// Adds an element at the end; false where there is no room.
  public func append(_ element: Int) -> Bool {
    state.withLock { state in
      guard state.count < state.places.count else { return false }
      state.places[(state.first + state.count) % state.places.count] = element
      state.count += 1
      return true
    }
  }

  /// Takes the first element; nil where there is none.
  public func popFirst() -> Int? {
    state.withLock { state in
      guard state.count > 0 else { return nil }
      defer { (state.first, state.count) = ((state.first + 1) % state.places.count, state.count - 1) }
      return state.places[state.first]
    }
  }
}
