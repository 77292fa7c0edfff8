import ExactJSON

/// One line of a program, as far as the protocol goes.
enum IncomingMessage: Equatable {
  case started(JSONValue)
  case answer(sequence: Int?, Reply)
  case unknownKind
  case notJSON

  init(_ line: [UInt8]) {
    if let value = try? JSONValue(parsing: line) {
      self.init(value)
    } else if case .answer(let sequence?, .result)? = IncomingMessage.withoutNonFinite(line) {
      self = .answer(sequence: sequence, .broken("its output holds a number that is not finite, which is no JSON"))
    } else {
      self = .notJSON
    }
  }

  private init(_ value: JSONValue) {
    guard case .object = value else { self = .notJSON; return }
    let sequence = value["seq"].flatMap { value -> Int? in
      if case .number = value { try? JSONReader(value).integer() } else { nil }
    }
    switch value["kind"] {
    case "started": self = .started(value)
    case "result":
      let reply = value["output"].map { Reply.result($0) } ?? .broken("a result without \"output\"")
      self = .answer(sequence: sequence, reply)
    case "skipped": self = .answer(sequence: sequence, .skipped(IncomingMessage.text(value["reason"])))
    case "errored": self = .answer(sequence: sequence, .errored(IncomingMessage.text(value["message"])))
    default: self = .unknownKind
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    if case .string(let text)? = value { text } else { "no reason given" }
  }

  /// The message with null for the NaN and Infinity that some libraries write.
  private static func withoutNonFinite(_ line: [UInt8]) -> IncomingMessage? {
    guard line.first == UInt8(ascii: "{"), line.count < 1 << 16 else { return nil }
    var text = String(decoding: line, as: UTF8.self)
    for word in ["-Infinity", "Infinity", "-NaN", "NaN", "-nan", "nan", "-inf", "inf"] {
      for opening in [":", ": ", "[", ", ", ","] {
        for closing in ["}", ",", "]", " "] {
          text = text.replacing(opening + word + closing, with: opening + "null" + closing)
        }
      }
    }
    return (try? JSONValue(parsing: text.utf8)).map(IncomingMessage.init)
  }
}
