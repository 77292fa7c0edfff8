// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// One conversation of the protocol with the exact oracle: request lines in, answer lines out.
///
/// Every line gets at most one answer, in order. A line that is no request gets one `errored` answer and the conversation
/// goes on; blank lines are passed over.
public final class OracleSession {
  /// The longest line that is read; a longer one gets one `errored` answer, and its bytes are never kept.
  public static let lineLimit = 64 << 20

  /// Whether `stop` was said: nothing is answered any more.
  public private(set) var isStopped = false

  /// The answers so far; the caller writes them out and calls ``removeAnswers()``.
  public private(set) var answers: [UInt8] = []

  private let version: String
  private let shortcut = ComplementarityShortcut()

  /// A conversation in which the oracle calls itself `cch` of this version.
  public init(version: String) { self.version = version }

  /// Forgets the answers that were written, but keeps their memory for the next ones.
  public func removeAnswers() { answers.removeAll(keepingCapacity: answers.capacity <= 4 << 20) }

  /// Answers one line, without its newline.
  public func take(_ line: UnsafeBufferPointer<UInt8>) {
    if isStopped || shortcut.answer(line, into: &answers) { return }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    do throws(JSONSyntaxError) { answer(try JSONValue(parsing: line)) } catch {
      refuse(seq: .null, "the line is no JSON: \(error)")
    }
  }

  /// Answers a line that was too long to keep.
  public func takeOverlongLine() {
    if !isStopped { refuse(seq: .null, "the line is longer than \(OracleSession.lineLimit >> 20) MB") }
  }

  private func answer(_ request: JSONValue) {
    let seq = request["seq"].flatMap(OracleSession.sequenceNumber) ?? .null
    guard case .object = request else { return refuse(seq: .null, "a request is an object, found \(request.kind)") }
    switch request["kind"] {
    case "start": start(request)
    case "stop": isStopped = true
    case "run": run(request, seq: seq)
    case let kind: refuse(seq: seq, "unknown kind \(kind ?? .null); known: start, run, stop")
    }
  }

  /// A whole number is repeated as it was written.
  private static func sequenceNumber(_ value: JSONValue) -> JSONValue? {
    guard case .number(let text) = value, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) else {
      return nil
    }
    return value
  }

  private func start(_ request: JSONValue) {
    guard request["protocol"] == 1 else {
      return refuse(seq: .null, "protocol \(request["protocol"] ?? .null) is unknown; this is protocol 1")
    }
    say([
      "kind": "started", "protocol": 1, "name": "cch", "version": .string(version),
      "operations": .array(OracleOperation.allCases.map { .string($0.rawValue) }), "exact": true,
    ])
  }

  private func run(_ request: JSONValue, seq: JSONValue) {
    guard seq != .null else { return refuse(seq: .null, "\"seq\" must be a whole number") }
    guard case .string(let name)? = request["operation"], let operation = OracleOperation(rawValue: name) else {
      let names = OracleOperation.allCases.map(\.rawValue).joined(separator: ", ")
      return refuse(seq: seq, "unknown operation \(request["operation"] ?? .null); known: \(names)")
    }
    guard let input = request["input"] else { return refuse(seq: seq, "\"input\" is missing") }
    do throws(Refusal) {
      say(["kind": "result", "seq": seq, "output": try ExactOracle.answer(operation, input: input).document])
    } catch { refuse(seq: seq, "\(error)") }
  }

  private func refuse(seq: JSONValue, _ message: String) {
    let short = message.utf8.count <= 1000 ? message : message.prefix(1000) + "…"
    say(["kind": "errored", "seq": seq, "message": .string(short)])
  }

  private func say(_ answer: JSONValue) {
    answers.append(contentsOf: answer.description.utf8)
    answers.append(0x0A)
  }
}
