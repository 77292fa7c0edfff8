import ExactJSON
import ForeignPrograms

/// A conversation with a program of somebody else's about a list of requests: whatever it does, every request gets a reply.
///
/// Requests are sent ahead of the answers, which may come in any order. When the program ends or hangs with several
/// unanswered, these are asked again one by one, so that exactly the request that ends it is blamed. It belongs to one thread.
final class ProgramRun {
  private let command: ForeignCommand
  private let limits: ProgramLimits
  private var requests: [Request] = []
  private var replies: [Reply?] = []
  private(set) var introduction: Introduction?
  private(set) var noise = Noise()
  private(set) var remarks: [String] = []
  private(set) var errors = ""

  private var session: LineSession?
  /// Requests that wait, the next one last.
  private var waiting: [Int] = []
  /// The requests without answer, by their number in the conversation.
  private var inFlight: [Int: Int] = [:]
  private var lastSequence = 0
  /// How many requests are to be asked one by one, to find the one to blame.
  private var suspects = 0
  private var window: Int
  private let begin = ContinuousClock.now
  private var lastProgress = ContinuousClock.now
  /// Answers with unknown numbers since the last one with a known number.
  private var strays = 0
  private var (breakdowns, groupBreakdowns, hangs) = (0, 0, 0)

  init(_ command: ForeignCommand, limits: ProgramLimits) {
    (self.command, self.limits, window) = (command, limits, max(1, limits.window))
  }

  deinit { session?.kill() }

  /// Starts the program, if it does not run.
  ///
  /// - Returns: why that fails, or nil.
  func start() -> String? {
    if session != nil { return nil }
    do {
      let session = try LineSession(command, lineLimit: limits.lineLength)
      session.send(#"{"kind":"start","protocol":1}"#)
      let message = try greeting(from: session)
      do { introduction = try Introduction(JSONReader(message)) } catch {
        session.kill()
        return "its answer to start: \(error)"
      }
      self.session = session
      return nil
    } catch let error as Silence {
      return error.reason
    } catch { return "\(error)" }
  }

  private struct Silence: Error { let reason: String }

  private func greeting(from session: LineSession) throws -> JSONValue {
    let deadline = ContinuousClock.now + limits.start
    func silence(_ reason: String) -> Silence {
      session.kill()
      return Silence(reason: reason + standardError(of: session))
    }
    while ContinuousClock.now < deadline {
      switch session.receive(until: deadline) {
      case .line(let bytes):
        let message = IncomingMessage(bytes)
        if case .started(let value) = message { return value }
        count(message)
      case .overlongLine: noise.overlong += 1
      case .endOfOutput: throw silence("before it answered start, \(ending(of: session))")
      case .timeout: break
      }
    }
    throw silence(
      "no answer to start within \(limits.start); an answer is one line, ended by a line break and flushed at once")
  }

  /// Asks `requests`, until `isStopped`.
  ///
  /// - Returns: a reply to each; ``Reply/notAsked(_:)`` where the run ended before.
  func ask(_ requests: [Request], until isStopped: () -> Bool = { false }, progress: (Int) -> Void = { _ in })
    -> [Reply]
  {
    self.requests = requests
    replies = Array(repeating: nil, count: requests.count)
    waiting = Array(requests.indices.reversed())
    while let problem = problem(isStopped) {
      guard problem.isEmpty else {
        giveUp(problem)
        break
      }
      if let session { exchange(with: session) }
      progress(requests.count - waiting.count - inFlight.count)
    }
    return replies.map { $0 ?? .notAsked("the run ended") }
  }

  /// Why the run cannot go on; empty where it can, nil where all is answered.
  private func problem(_ isStopped: () -> Bool) -> String? {
    if waiting.isEmpty && inFlight.isEmpty { return nil }
    if isStopped() { return "the run was interrupted" }
    if let total = limits.total, ContinuousClock.now >= begin + total { return "the run's \(total) were over" }
    if session != nil { return "" }
    if hangs >= limits.hangs { return "it had hung \(counted(hangs, "time"))" }
    if breakdowns > limits.restarts { return "it had broken down \(counted(breakdowns, "time"))" }
    return start().map { "it could not be started again: \($0)" } ?? ""
  }

  /// Tells the program to stop, and ends it if it does not.
  func stop() {
    guard let session else { return }
    session.send(#"{"kind":"stop"}"#)
    if session.stop(grace: limits.stop).wasKilled {
      remarks.append("it had not exited \(limits.stop) after stop and was ended")
    }
    errors = session.errors
    self.session = nil
  }

  private func exchange(with session: LineSession) {
    if inFlight.isEmpty { lastProgress = .now }
    while inFlight.count < (suspects > 0 ? 1 : window), let next = waiting.popLast() {
      if replies[next] != nil { continue }
      lastSequence += 1
      inFlight[lastSequence] = next
      session.send(requests[next].line(lastSequence))
    }
    guard !inFlight.isEmpty else { return }
    let deadline = lastProgress + limits.answer
    switch session.receive(until: min(deadline, .now + .milliseconds(100))) {
    case .line(let bytes): take(IncomingMessage(bytes))
    case .overlongLine: noise.overlong += 1
    case .endOfOutput: return breakDown(session, ending(of: session))
    case .timeout: break
    }
    if !inFlight.isEmpty, strays >= inFlight.count {
      // It has answered as often as it was asked, so there is nothing to wait for.
      for index in inFlight.values { replies[index] = .broken("answered with a seq that no request has") }
      inFlight.removeAll()
      (strays, suspects) = (0, 0)
    } else if !inFlight.isEmpty, ContinuousClock.now >= lastProgress + limits.answer {
      hangs += 1
      breakDown(session, "no answer within \(limits.answer)")
    }
  }

  private func take(_ message: IncomingMessage) {
    guard case .answer(let sequence, let reply) = message else { return count(message) }
    guard let sequence, (1...max(1, lastSequence)).contains(sequence) else {
      noise.unknownSequence += 1
      strays += 1
      return
    }
    guard let index = inFlight.removeValue(forKey: sequence) else {
      noise.repeated += 1
      return
    }
    replies[index] = reply
    lastProgress = .now
    strays = 0
    suspects = max(0, suspects - 1)
  }

  private func count(_ message: IncomingMessage) {
    switch message {
    case .notJSON: noise.notJSON += 1
    default: noise.unknownKind += 1
    }
  }

  /// The program is of no use any more: the request that it was asked alone is to blame, or all are asked again.
  private func breakDown(_ session: LineSession, _ reason: String) {
    session.kill()
    errors = session.errors
    self.session = nil
    breakdowns += 1
    strays = 0
    if inFlight.count == 1, let index = inFlight.values.first {
      replies[index] = .broken(reason + standardError(of: session))
      suspects = max(0, suspects - 1)
    } else {
      let again = inFlight.sorted { $0.key > $1.key }.map(\.value)
      waiting += again
      suspects = again.count
      groupBreakdowns += 1
      // A program that goes on breaking down is asked one by one from now on.
      if groupBreakdowns == 3 { window = 1 }
    }
    inFlight.removeAll()
  }

  private func giveUp(_ reason: String) {
    session?.kill()
    errors = session?.errors ?? errors
    session = nil
    for index in requests.indices where replies[index] == nil { replies[index] = .notAsked(reason) }
    suspects = 0
    remarks.append("not all was asked: \(reason)")
    waiting.removeAll()
    inFlight.removeAll()
  }

  private func ending(of session: LineSession) -> String {
    // Its output may close a moment before it exits.
    let end = session.stop(grace: .milliseconds(300))
    return end.wasKilled ? "it closed its standard output" : "it ended with \(end.termination)"
  }

  private func standardError(of session: LineSession) -> String {
    let last = session.errors.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
    return last.map { "; its standard error ends: \($0.prefix(200))" } ?? ""
  }
}
