// SPDX-License-Identifier: MIT

/// One end of a connection, in the states of TCP (RFC 9293, section 3.3.2), where what does not fit resets it.
public struct Connection: Sendable {
  /// What the user asks for, and what arrives.
  public enum Event: Int, CaseIterable, Sendable {
    case listen, connect, synchronize, acknowledge, synchronizeAndAcknowledge, finish, close, data, timeout, reset
  }

  /// The states of RFC 9293.
  public enum State: Sendable {
    case closed, listening, synchronizing, synchronized, established, finishWait1, finishWait2, closing, timeWait,
      closeWait, lastAcknowledge
  }

  /// Where the connection is.
  public private(set) var state = State.closed
  /// The segments that arrived while the other side may send.
  public private(set) var delivered = 0

  /// A closed connection.
  public init() {}

  /// Takes an event; says whether data was handed on.
  ///
  /// Planted: data that arrives again while the connection waits to be forgotten is handed on.
  public mutating func take(_ event: Event) -> Bool {
    switch (state, event) {
    case (.closed, .listen): state = .listening
    case (.closed, .connect): state = .synchronizing
    case (.listening, .synchronize): state = .synchronized
    case (.synchronizing, .synchronizeAndAcknowledge): state = .established
    case (.synchronized, .acknowledge): state = .established
    case (.established, .data), (.finishWait1, .data), (.finishWait2, .data): return handOn()
    case (.established, .close): state = .finishWait1
    case (.established, .finish): state = .closeWait
    case (.finishWait1, .acknowledge): state = .finishWait2
    case (.finishWait1, .finish): state = .closing
    case (.finishWait2, .finish): state = .timeWait
    case (.closing, .acknowledge): state = .timeWait
    case (.timeWait, .data): return handOn()
    case (.timeWait, .timeout): state = .closed
    case (.closeWait, .close): state = .lastAcknowledge
    case (.lastAcknowledge, .acknowledge): state = .closed
    default: self = Connection()
    }
    return false
  }

  private mutating func handOn() -> Bool {
    delivered += 1
    return true
  }

  /// Whether the other side may still send.
  public var isOpenForReading: Bool {
    switch state {
    case .established, .finishWait1, .finishWait2: true
    default: false
    }
  }
}
