import ExactJSON
import ForeignPrograms

/// A program that speaks JSON Lines: one process answers many samples.
///
/// It is started with the first sample, and again after a failure. Of the operations that it lists, `estimate` (`x`, `y`,
/// `seed`) is asked for, else `ksg` (`k` 3, `variant` 1), else `gaussian_plugin` (`correction` "none").
public final class LineRespondent: Respondent {
  private let command: ForeignCommand
  private let timeLimit: Duration
  private var conversation: (session: LineSession, operation: String)?
  private var sequence = 0

  /// A respondent that starts `command`.
  public init(_ command: ForeignCommand, timeLimit: Duration) { (self.command, self.timeLimit) = (command, timeLimit) }

  deinit {
    conversation?.session.send(#"{"kind":"stop"}"#)
    conversation?.session.stop()
  }

  /// Sends the sample and waits for the answer with its number.
  public func answer(_ sample: PairedSample, seed: UInt64) -> Answer {
    let start = ContinuousClock.now
    let outcome: Answer.Outcome
    do throws(Silence) {
      if conversation == nil { conversation = try greeted() }
      guard let (session, operation) = conversation else { throw Silence(reason: "it could not be started") }
      sequence += 1
      let request: JSONValue = [
        "kind": "run", "seq": JSONValue(sequence), "operation": .string(operation),
        "input": LineRespondent.input(sample, operation: operation, seed: seed),
      ]
      session.send(request.description)
      outcome = try reply(from: session)
    } catch {
      conversation?.session.kill()
      conversation = nil
      outcome = .failed(error.reason)
    }
    return Answer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// Why there will be no answer.
  private struct Silence: Error { let reason: String }

  private static let operations = ["estimate", "ksg", "gaussian_plugin"]

  private static func input(_ sample: PairedSample, operation: String, seed: UInt64) -> JSONValue {
    func rows(_ side: Side) -> JSONValue {
      let (values, d) = (sample.values(of: side), sample.dimension(of: side))
      return .array(
        (0..<sample.count).map { row in .array(values[row * d..<(row + 1) * d].map(JSONValue.init(approximate:))) })
    }
    let extra: [JSONValue.Member] =
      switch operation {
      case "ksg": [.init(key: "k", value: 3), .init(key: "variant", value: 1)]
      case "gaussian_plugin": [.init(key: "correction", value: "none")]
      default: [.init(key: "seed", value: .number(String(seed & (1 << 53 - 1))))]
      }
    return .object([.init(key: "x", value: rows(.x)), .init(key: "y", value: rows(.y))] + extra)
  }

  /// Starts the program and agrees on an operation.
  private func greeted() throws(Silence) -> (session: LineSession, operation: String) {
    let session: LineSession
    do { session = try LineSession(command) } catch { throw Silence(reason: "\(error)") }
    session.send(#"{"kind":"start","protocol":1}"#)
    let started = try message(from: session) { $0["kind"] == "started" }
    guard case .array(let listed)? = started["operations"],
      let operation = LineRespondent.operations.first(where: { listed.contains(.string($0)) })
    else {
      session.kill()
      throw Silence(
        reason:
          "it lists none of the operations \(LineRespondent.operations.joined(separator: ", ")) in its \"started\"")
    }
    return (session, operation)
  }

  private func reply(from session: LineSession) throws(Silence) -> Answer.Outcome {
    let number = JSONValue(sequence)
    let reply = try message(from: session) { message in
      message["seq"] == number && ["result", "skipped", "errored"].contains(message["kind"])
    }
    let reader = JSONReader(reply)
    switch reply["kind"] {
    case "result":
      guard let nats = reader.member("output")?.member("nats") else { return .failed("a result without output.nats") }
      do { return .nats(try nats.rational().asDouble) } catch { return .failed("\(error)") }
    case "skipped": return .declined((try? reader.required("reason").string()) ?? "skipped without a reason")
    default: return .declined((try? reader.required("message").string()) ?? "an error without a message")
    }
  }

  /// The next message of interest; other lines are passed over.
  private func message(from session: LineSession, where isOfInterest: (JSONValue) -> Bool) throws(Silence) -> JSONValue
  {
    let deadline = ContinuousClock.now + timeLimit
    while true {
      // A flood of lines is always ready, so that waiting for one is not enough to notice the deadline.
      switch ContinuousClock.now < deadline ? session.receive(until: deadline) : .timeout {
      case .line(let bytes):
        if let message = try? JSONValue(parsing: bytes) {
          if isOfInterest(message) { return message }
        } else if let word = LineRespondent.nonFinite(in: bytes) {
          throw Silence(reason: "its answer holds \(word), which is not finite and no JSON")
        }
      case .overlongLine: continue
      case .endOfOutput:
        let ending = session.stop(grace: .zero).termination
        throw Silence(reason: "\(ForeignProgramError.failed(ending, errors: session.errors))")
      case .timeout: throw Silence(reason: "\(ForeignProgramError.timeLimit(timeLimit, errors: session.errors))")
      }
    }
  }

  /// NaN or Infinity in what looks like an object: some JSON libraries write that, and waiting on would not help.
  private static func nonFinite(in line: [UInt8]) -> String? {
    guard line.first == UInt8(ascii: "{") else { return nil }
    let text = String(decoding: line, as: UTF8.self)
    return ["NaN", "nan", "Infinity", "inf"].first {
      text.contains(": \($0)") || text.contains(":\($0)") || text.contains(":-\($0)")
    }
  }
}
