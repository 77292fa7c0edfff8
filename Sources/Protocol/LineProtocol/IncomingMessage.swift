// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms

/// One line of a program, as far as the protocol goes.
enum IncomingMessage: Equatable {
  /// The answer to start.
  case started(JSONValue)
  /// An answer to the request of this number.
  case answer(sequence: Int, Reply)
  /// An answer whose `seq` is no number, why, and the number that it may be meant to be.
  case stray(String, meant: Int?)
  /// A line that seems to be meant as an answer and is none, why, and the number of the request that it names.
  case malformed(String, meant: Int?)
  /// An object of a kind that the protocol does not have.
  case unknownKind
  /// Whatever else a program may say.
  case notJSON

  init(_ line: [UInt8]) {
    do throws(JSONSyntaxError) { self.init(try JSONValue(parsing: line)) } catch {
      self = IncomingMessage.notJSON(line, error)
    }
  }

  private init(_ value: JSONValue) {
    guard case .object(let members) = value else {
      self = IncomingMessage.attempt(value.excerpt(400), "it is \(value.kind) and must be an object") ?? .notJSON
      return
    }
    guard case .string(let kind)? = value["kind"] else {
      let isStart = value["operations"] != nil && value["seq"] == nil
      if isStart { self = .malformed("it has no kind \"started\"", meant: nil); return }
      let isAnswer = value["seq"] != nil && ["output", "reason", "message"].contains { value[$0] != nil }
      let found = value["kind"].map { "its kind is \($0.excerpt(40))" } ?? "it has no kind"
      let problem = "\(found), where \"result\", \"skipped\" or \"errored\" is due"
      self =
        isAnswer ? .malformed(problem, meant: IncomingMessage.number(in: value["seq"]?.excerpt(40))) : .unknownKind
      return
    }
    func text(_ key: String) -> String {
      if case .string(let text)? = value[key] { text.printable } else { "no reason given" }
    }
    let reply: Reply
    switch kind {
    case "started": self = .started(value); return
    case "result": reply = value["output"].map { .result($0) } ?? .broken("a result without \"output\"")
    case "skipped": reply = .skipped(text("reason"))
    case "errored": reply = .errored(text("message"))
    default:
      let meant = ["result", "skipped", "errored"].first { $0 == kind.lowercased() && members.count > 1 }
      let sequence = IncomingMessage.number(in: value["seq"]?.excerpt(40))
      self =
        meant.map { .malformed("its kind is \"\(kind)\" and must be \"\($0)\"", meant: sequence) } ?? .unknownKind
      return
    }
    self =
      IncomingMessage.sequence(value["seq"]).map { .answer(sequence: $0, reply) }
      ?? .stray(
        IncomingMessage.fault(of: value["seq"]), meant: IncomingMessage.number(in: value["seq"]?.excerpt(40)))
  }

  /// The number that a `seq` is: 3, and 3.0 as languages without whole numbers write it.
  private static func sequence(_ value: JSONValue?) -> Int? {
    guard let value, case .number = value else { return nil }
    return try? JSONReader(value).integer()
  }

  private static func fault(of sequence: JSONValue?) -> String {
    guard let sequence else { return "the answer has none; repeat that of the request" }
    return "\(sequence.excerpt(40)) is \(sequence.kind); write the number of the request alone"
  }

  // MARK: What is no JSON

  /// A result with NaN or an infinity, a bad attempt at an answer, or other talk.
  private static func notJSON(_ line: [UInt8], _ error: JSONSyntaxError) -> IncomingMessage {
    let (text, word) = JSONValue.withoutNonFinite(line)
    if let word, let value = try? JSONValue(parsing: text) {
      switch IncomingMessage(value) {
      case .answer(let sequence, .result): return .answer(sequence: sequence, .notFinite(word))
      case .notJSON: return .notJSON
      case let other: return other
      }
    }
    let beginning = String(decoding: line.prefix(400), as: UTF8.self)
    let shown = "\"\(beginning.printable.prefix(100))\(beginning.count > 100 ? "…" : "")\""
    return attempt(beginning, "\(shown) is no JSON: \(error.problem)") ?? .notJSON
  }

  /// A bad attempt at an answer: a text that names what every answer names, such as a dictionary as Python prints it.
  private static func attempt(_ text: String, _ problem: String) -> IncomingMessage? {
    guard text.contains("kind") else { return nil }
    if text.contains("started"), text.contains("operations") { return .malformed(problem, meant: nil) }
    guard let place = text.range(of: "seq"),
      ["result", "skipped", "errored"].contains(where: { text.contains($0) })
    else { return nil }
    return .malformed(problem, meant: number(in: String(text[place.upperBound...])))
  }

  /// The whole number that a text begins with, but for a few quotes and brackets.
  private static func number(in text: String?) -> Int? {
    guard let text, let start = text.prefix(6).firstIndex(where: \.isNumber) else { return nil }
    return Int(text[start...].prefix { $0.isNumber })
  }
}
