// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A conversation in lines with a running program, in which nothing that the program does can block or flood us.
///
/// Lines to send are queued and written while we wait for an answer, so a program that never reads cannot stop us. It belongs to
/// one thread; the program ends with it.
public final class LineSession {
  /// What came next from the program.
  public enum Event: Sendable, Hashable {
    /// A line without its line break.
    case line([UInt8])
    /// A line beyond the bound, of which only the beginning was kept.
    case overlongLine(beginning: [UInt8])
    /// Its standard output is closed; the program may still run.
    case endOfOutput
    /// Nothing came before the deadline.
    case timeout
  }

  /// What was started.
  public let command: ForeignCommand
  private let child: ChildProcess
  private var queue: [UInt8] = []
  private var queueStart = 0
  private var lines: LineBuffer
  private var errorTail: BoundedTail

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - lineLimit: the longest line that is kept, in bytes; of a longer one no more than this is ever held.
  ///   - errorLimit: how much of the end of its standard error is kept.
  /// - Throws: ``ForeignProgramError`` where it cannot be started.
  public init(_ command: ForeignCommand, lineLimit: Int = 1 << 20, errorLimit: Int = 1 << 14)
    throws(ForeignProgramError)
  {
    self.command = command
    child = try ChildProcess(command)
    lines = LineBuffer(limit: lineLimit)
    errorTail = BoundedTail(limit: errorLimit)
  }

  /// The end of its standard error so far.
  public var errors: String { errorTail.text }

  /// How the program ended; nil while it runs.
  public var termination: Termination? { child.checkExit() ? child.termination : nil }

  /// The number of bytes that the program has not taken yet.
  public var unsentByteCount: Int { queue.count - queueStart }

  /// Queues a line, to which a line break is added, and sends as much as the program takes now.
  public func send(_ line: some Sequence<UInt8>) {
    guard child.input.isOpen else { return }
    queue.append(contentsOf: line)
    queue.append(UInt8(ascii: "\n"))
    flush()
  }

  /// Queues a line.
  public func send(_ line: String) { send(line.utf8) }

  /// The next line, as soon as there is one, at the latest at `deadline`.
  ///
  /// After the program's end the lines that it left are still delivered, then ``Event/endOfOutput``.
  public func receive(until deadline: ContinuousClock.Instant) -> Event {
    while true {
      if let event = lines.next() { return event }
      if !child.output.isOpen { return lines.rest() ?? .endOfOutput }
      let now = ContinuousClock.now
      let hasEnded = child.checkExit()
      exchange(limit: hasEnded ? .zero : deadline - now)
      if lines.hasLine { continue }
      // All that a program has written before its end is in the pipe; who else may hold the pipe open does not matter.
      if hasEnded { child.output.close() } else if now >= deadline { return .timeout }
    }
  }

  /// The next line, within `limit`.
  public func receive(within limit: Duration) -> Event { receive(until: .now + limit) }

  /// Closes the program's standard input, once what is queued is sent, and waits for its end.
  ///
  /// What it still writes goes to `take`. After `grace` it is killed with its whole process group.
  ///
  /// - Returns: how it ended, and whether it had to be killed.
  @discardableResult
  public func stop(grace: Duration = .seconds(5), take: (Event) -> Void = { _ in }) -> (
    termination: Termination, wasKilled: Bool
  ) {
    stop(until: .now + grace, take: take)
  }

  /// The same with the moment at which it is killed.
  @discardableResult
  public func stop(until deadline: ContinuousClock.Instant, take: (Event) -> Void = { _ in }) -> (
    termination: Termination, wasKilled: Bool
  ) {
    while !child.checkExit(), ContinuousClock.now < deadline {
      closeInput()
      exchange(limit: deadline - .now)
      while let event = lines.next() { take(event) }
    }
    let wasKilled = !child.checkExit()
    if !wasKilled { exchange(limit: .zero) }
    while let event = lines.next() { take(event) }
    child.kill()
    return (child.termination ?? .signalled(SIGKILL), wasKilled)
  }

  /// Closes the program's standard input if all that was queued is sent.
  public func closeInput() {
    if unsentByteCount == 0 { child.input.close() }
  }

  /// Ends the program and its whole process group at once.
  public func kill() { child.kill() }

  /// Moves what can be moved now, after waiting for it at most `limit` (and 20 ms).
  private func exchange(limit: Duration) {
    var waiting: [(PipeEnd, forWriting: Bool)] = [(child.output, false), (child.errors, false)].filter { $0.0.isOpen }
    if child.input.isOpen, unsentByteCount > 0 { waiting.append((child.input, true)) }
    if waiting.isEmpty {
      Thread.sleep(forTimeInterval: limit > .zero ? 0.002 : 0)
      return
    }
    let ready = ChildProcess.poll(waiting, limit: limit)
    if ready.contains(where: { $0 === child.input }) { flush() }
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      // A bounded number of turns at a time, so that a flood cannot outrun the deadline.
      for _ in 0..<64 where !child.errors.read(into: buffer, { errorTail.append($0) }) { break }
      for _ in 0..<64 where !child.output.read(into: buffer, { lines.append($0) }) || lines.isFull { break }
    }
  }

  private func flush() {
    queueStart += queue.withUnsafeBytes { child.input.write(UnsafeRawBufferPointer(rebasing: $0[queueStart...])) }
    if !child.input.isOpen { queueStart = queue.count }
    if queueStart == queue.count {
      queue.removeAll(keepingCapacity: queue.capacity < 1 << 20)
      queueStart = 0
    } else if queueStart > 1 << 20 {
      queue.removeFirst(queueStart)
      queueStart = 0
    }
  }
}
