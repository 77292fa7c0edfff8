// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms

/// The one client of the line protocol: a conversation with a program of somebody else's about lists of requests.
///
/// Whatever the program does, every request gets a reply. Requests are sent ahead of the answers, which may come in any order.
/// When the program ends or hangs with several unanswered, these are asked again one by one, so that exactly the request that
/// ends it is blamed. It belongs to one thread.
public final class LineClient {
  /// What is started.
  public let command: ForeignCommand
  private let limits: ProgramLimits
  /// How the program introduced itself, once it has.
  public private(set) var introduction: Introduction?
  /// What it did that is worth knowing, one line each.
  public private(set) var remarks: [String] = []
  /// What it did against the protocol that is not the fault of one answer: each is a reason to fail.
  public private(set) var breaches: [String] = []
  /// The end of its standard error, once it has ended.
  public private(set) var standardError = ""

  private var session: LineSession?
  private var conversation = Conversation()
  /// Requests that wait, the next one last.
  private var waiting: [Int] = []
  /// How many requests are to be asked one by one, to find the one to blame.
  private var suspects = 0
  private var mostInFlight: Int
  private let begin = ContinuousClock.now
  private var lastProgress = ContinuousClock.now
  private var stopDeadline: ContinuousClock.Instant?
  private var hasAnswered = false
  private var atFirst = FirstBreakdowns()
  /// Why it is of no use, where it broke down whatever it was asked and never answered.
  public private(set) var useless: StartError?
  /// How often it ended by itself, and how the last time.
  public private(set) var (endings, lastEnding) = (0, "")
  private var (breakdowns, groupBreakdowns, hangs, misfits, contradictions) = (0, 0, 0, 0, 0)

  /// A client of the program that `command` starts; it is started by ``start(until:)`` or with the first request.
  public init(_ command: ForeignCommand, limits: ProgramLimits = ProgramLimits()) {
    (self.command, self.limits, mostInFlight) = (command, limits, max(1, limits.mostInFlight))
  }

  deinit { session?.kill() }

  /// What the program wrote that answers nothing.
  public var noise: Noise { conversation.noise }

  /// Starts the program, if it does not run, and waits for its introduction until `isStopped`.
  ///
  /// - Throws: ``StartError`` where it cannot be started or does not introduce itself.
  public func start(until isStopped: () -> Bool = { false }) throws(StartError) {
    if session != nil { return }
    let session: LineSession
    do throws(ForeignProgramError) { session = try LineSession(command, lineLimit: limits.lineLength) } catch {
      throw .program(error)
    }
    session.send(#"{"kind":"start","protocol":1}"#)
    do throws(StartError) {
      let message = try greeting(from: session, until: isStopped)
      do throws(JSONShapeError) { introduction = try Introduction(JSONReader(message)) } catch {
        throw StartError.silent(command: "\(command)", reason: "its answer to start: \("\(error)".printable)")
      }
    } catch {
      session.kill()
      standardError = session.errors
      throw error
    }
    self.session = session
  }

  private func greeting(from session: LineSession, until isStopped: () -> Bool) throws(StartError) -> JSONValue {
    var deadline = ContinuousClock.now + limits.start
    var problem =
      "no answer to start within \(limits.start); an answer is one line, ended by a line break and flushed at once"
    // Some say on standard output why they cannot start.
    var talk = ""
    while ContinuousClock.now < deadline {
      if isStopped() { throw .silent(command: "\(command)", reason: "interrupted before it answered start") }
      switch session.receive(until: min(deadline, .now + .milliseconds(100))) {
      case .line(let bytes):
        let message = IncomingMessage(bytes)
        if case .started(let value) = message { return value }
        if case .malformed(let fault, _) = message {
          (problem, deadline) = ("its answer to start: \(fault)", min(deadline, .now + limits.correction))
        }
        if case .notJSON = message {
          talk = (talk + String(decoding: bytes.prefix(400), as: UTF8.self) + "\n").suffix(800).description
        }
        _ = conversation.take(message)
      case .overlongLine: conversation.overlongLine()
      case .endOfOutput:
        throw .ended(
          "\(command)", "before it answered start, \(ending(of: session))", errors: session.errors, output: talk)
      case .timeout: break
      }
    }
    throw .ended("\(command)", problem, errors: session.errors, output: talk)
  }

  /// Asks `requests`, until `isStopped`, which is looked at several times a second.
  ///
  /// - Parameter receive: gets the replies as they come, by the number of the request: one for each, ``Reply/notAsked(_:)``
  ///   where the run ended before; and a second one, which counts, where an answer is contradicted later.
  public func ask(
    _ requests: [Request], until isStopped: () -> Bool = { false }, receive: (_ request: Int, Reply) -> Void
  ) {
    conversation.begin()
    waiting = Array(requests.indices.reversed())
    while let problem = problem(isStopped) {
      guard problem.isEmpty else {
        giveUp(problem, receive)
        break
      }
      if let session { exchange(with: session, requests, receive) }
    }
  }

  /// Asks one request.
  public func ask(_ request: Request, until isStopped: () -> Bool = { false }) -> Reply {
    var reply = Reply.notAsked("the run ended")
    ask([request], until: isStopped) { reply = $1 }
    return reply
  }

  /// Why the run cannot go on; empty where it can, nil where all is answered.
  private func problem(_ isStopped: () -> Bool) -> String? {
    if waiting.isEmpty && conversation.inFlight.isEmpty { return nil }
    if isStopped() { return "the run was interrupted" }
    if let total = limits.total, ContinuousClock.now >= begin + total { return "the run's \(total) were over" }
    if hangs >= (hasAnswered ? limits.hangs : min(limits.hangs, limits.hangsAtFirst)) {
      return "it had hung \(counted(hangs, "time"))"
    }
    if misfits >= limits.misfits * max(1, limits.mostInFlight) {
      return "what it answered was no answer \(counted(misfits, "time")) in a row"
    }
    if let useless { return "\(useless)" }
    if breakdowns > limits.restarts { return "it had broken down \(counted(breakdowns, "time"))" }
    if session != nil { return "" }
    do throws(StartError) { try start(until: isStopped) } catch { return "it could not be started again: \(error)" }
    return ""
  }

  private func exchange(with session: LineSession, _ requests: [Request], _ receive: (Int, Reply) -> Void) {
    if conversation.inFlight.isEmpty { lastProgress = .now }
    while conversation.inFlight.count < (suspects > 0 ? 1 : mostInFlight), let next = waiting.popLast() {
      session.send(requests[next].line(conversation.number(next)))
    }
    let deadline = lastProgress + limits.answer
    switch session.receive(until: min(deadline, .now + .milliseconds(100))) {
    case .line(let bytes): take(IncomingMessage(bytes), receive)
    case .overlongLine: conversation.overlongLine()
    case .endOfOutput:
      (endings, lastEnding) = (endings + 1, ending(of: session))
      standardError = session.errors
      if let request = conversation.inFlight.values.first, conversation.inFlight.count == 1, !hasAnswered {
        atFirst.blame(requests[request])
        let goesOn = atFirst.chooseNext(of: &waiting, in: requests, patience: limits.breakdownsAtFirst)
        if !goesOn { useless = ended("whatever it was asked") }
      }
      return breakDown(session, lastEnding, receive)
    case .timeout: break
    }
    for (request, reply) in conversation.misfits(patience: limits.correction) {
      receive(request, reply)
      misfit()
    }
    if !conversation.inFlight.isEmpty, ContinuousClock.now >= lastProgress + limits.answer {
      hangs += 1
      breakDown(session, "no answer within \(limits.answer)", receive)
    }
  }

  private func take(_ message: IncomingMessage, _ receive: (Int, Reply) -> Void) {
    switch conversation.take(message) {
    case .reply(let request, let reply):
      receive(request, reply)
      if case .stray = message { return misfit() }
      lastProgress = .now
      suspects = max(0, suspects - 1)
      (misfits, hasAnswered) = (0, true)
    case .contradiction(let request): receive(request, .broken("it answered twice, and not the same"))
    case .lateContradiction: contradictions += 1
    case .noise: break
    }
  }

  /// A request was answered by what is no answer.
  private func misfit() {
    lastProgress = .now
    suspects = max(0, suspects - 1)
    misfits += 1
  }

  /// The program is of no use any more: the request that it was asked alone is to blame, or all are asked again.
  private func breakDown(_ session: LineSession, _ reason: String, _ receive: (Int, Reply) -> Void) {
    session.kill()
    standardError = session.errors
    self.session = nil
    breakdowns += 1
    let inFlight = conversation.inFlight
    if inFlight.count == 1, let request = inFlight.values.first {
      receive(request, .broken(reason + ForeignProgramError.quoted(session.errors)))
      suspects = max(0, suspects - 1)
    } else {
      waiting += inFlight.sorted { $0.key > $1.key }.map(\.value)
      suspects = inFlight.count
      groupBreakdowns += 1
      // A program that goes on breaking down is asked one by one from now on.
      if groupBreakdowns == 3 { mostInFlight = 1 }
    }
    conversation.removeAll()
  }

  /// What to say of a program that ended as it did last `always`: "whatever it was asked".
  public func ended(_ always: String) -> StartError {
    .ended("\(command)", "\(lastEnding), \(always)", errors: standardError)
  }

  private func giveUp(_ reason: String, _ receive: (Int, Reply) -> Void) {
    session?.kill()
    standardError = session?.errors ?? standardError
    session = nil
    for request in waiting + conversation.inFlight.values { receive(request, .notAsked(reason)) }
    suspects = 0
    let remark = "not all was asked: \(reason)"
    if remarks.last != remark { remarks.append(remark) }
    waiting.removeAll()
    conversation.removeAll()
  }

  private func ending(of session: LineSession) -> String {
    // Its output may close a moment before it exits.
    let end = session.stop(grace: .milliseconds(300))
    return end.wasKilled ? "it closed its standard output" : "it ended with \(end.termination)"
  }
}

// MARK: The end

extension LineClient {
  /// Tells the program to stop, without waiting for it.
  public func beginToStop() {
    guard let session, stopDeadline == nil else { return }
    session.send(#"{"kind":"stop"}"#)
    session.closeInput()
    stopDeadline = .now + limits.stop
  }

  /// Tells the program to stop, waits for its end and ends it if it does not; what it did wrong is in ``breaches``.
  public func stop() {
    beginToStop()
    guard let session, let deadline = stopDeadline else { return }
    let end = session.stop(until: deadline) { event in
      // It may still answer what it has answered.
      if case .line(let bytes) = event { take(IncomingMessage(bytes)) { _, _ in contradictions += 1 } }
    }
    standardError = session.errors
    self.session = nil
    if end.wasKilled {
      breaches.append("it had not exited \(limits.stop) after stop and was ended; other harnesses would wait for ever")
    } else if end.termination != .exited(0) {
      remarks.append("it ended with \(end.termination) after stop")
    }
    if contradictions > 0 {
      breaches.append("\(counted(contradictions, "request")) got a second answer, which is not the first one")
    }
  }
}
