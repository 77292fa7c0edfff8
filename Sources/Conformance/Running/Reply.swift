import ExactJSON

/// What a program made of one request.
public enum Reply: Sendable, Hashable {
  /// The operation's output.
  case result(JSONValue)
  /// It does not do this, and why.
  case skipped(String)
  /// It refuses the input, and why.
  case errored(String)
  /// It gave no usable answer: it crashed, hung, or wrote something that is none.
  case broken(String)
  /// It was not asked, and why: the run ended before.
  case notAsked(String)
}

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
