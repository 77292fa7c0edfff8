// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// One request to a program: an operation and its input.
public struct Request: Sendable, Hashable {
  /// The operation's name in the protocol.
  public let operation: String
  /// The operation's input.
  public let input: JSONValue

  /// A request.
  public init(operation: String, input: JSONValue) { (self.operation, self.input) = (operation, input) }

  /// The line that asks it, with number `sequence`.
  func line(_ sequence: Int) -> String {
    let message: JSONValue = [
      "kind": "run", "seq": JSONValue(sequence), "operation": .string(operation), "input": input,
    ]
    return message.description
  }
}
