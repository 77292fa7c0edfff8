// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import PlainText
import SeededRuns
import Synchronization

/// The time in which a command runs and reports: a signal stops what runs, and its progress is drawn.
///
/// Both end together, however the command ends; the progress is gone before anything else is printed.
package struct RunSession {
  private let interruption = Interruption()
  private let isShown: Bool
  private let unit: String

  /// Calls `body` in a session, which ends with it, also where it throws.
  package static func with<Result>(
    _ output: OutputOptions, unit: String = "cases", _ body: (RunSession) async throws -> Result
  ) async throws -> Result {
    let session = RunSession(isShown: StandardError.isTerminal && !output.quiet, unit: unit)
    defer { session.interruption.end() }
    return try await body(session)
  }

  private init(isShown: Bool, unit: String) { (self.isShown, self.unit) = (isShown, unit) }

  /// From now on it is this run that a signal stops.
  package func follow(_ run: CaseRun) { interruption.follow(run) }

  /// Calls `body`, which carries out several runs one after the other and gives each to `follow` before it begins: a signal
  /// stops it, and its progress is drawn until the next one.
  package func showingEach<Result>(_ body: (_ follow: (CaseRun) -> Void) async throws -> Result) async rethrows
    -> Result
  {
    var display: ProgressDisplay?
    defer { display?.end() }
    return try await body { run in
      display?.end()
      interruption.follow(run)
      display = ProgressDisplay(run, isOn: isShown, unit: unit)
    }
  }

  /// Calls `body`, which carries `run` out: a signal stops it, and its progress is drawn until it is over.
  package func showing<Result>(_ run: CaseRun, _ body: () async throws -> Result) async rethrows -> Result {
    interruption.follow(run)
    let display = ProgressDisplay(run, isOn: isShown, unit: unit)
    defer { display.end() }
    return try await body()
  }

  /// Calls `body` with a way to draw a line of progress over the last one, and takes it away when it is over.
  package func drawing<Result>(_ body: (_ draw: @escaping @Sendable (String) -> Void) async throws -> Result)
    async rethrows
    -> Result
  {
    let isShown = isShown
    defer { if isShown { StandardError.draw("\r\u{1B}[K") } }
    return try await body { text in
      if isShown { StandardError.draw("\r\(text)\u{1B}[K") }
    }
  }
}

/// A line of progress on standard error, redrawn ten times a second until ``end()``.
///
/// On a thread of its own: those of the pool that tasks run on are all busy with the run.
private final class ProgressDisplay: Sendable {
  private let isOn: Bool
  private let isOver = Mutex(false)
  private let ended = DispatchSemaphore(value: 0)

  init(_ run: CaseRun, isOn: Bool, unit: String) {
    self.isOn = isOn
    guard isOn else { return }
    let line = ProgressLine(unit: unit, total: run.casesInAll, limit: run.timeLimit)
    Thread.detachNewThread { [self] in
      repeat {
        isOver.withLock { isOver in
          let text = line.text(done: run.casesDone, part: run.partsDone, after: run.elapsed)
          if !isOver { StandardError.draw("\r\(text)\u{1B}[K") }
        }
      } while ended.wait(timeout: .now() + .milliseconds(100)) == .timedOut
    }
  }

  /// Takes the line away; nothing is drawn afterwards.
  func end() {
    guard isOn else { return }
    isOver.withLock { isOver in
      if !isOver { StandardError.draw("\r\u{1B}[K") }
      isOver = true
    }
    ended.signal()
  }
}
