// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import PlainText
import SeededRuns

/// The time in which a command runs and reports: a signal stops what runs, and its progress is drawn.
///
/// Both end together, however the command ends; the progress is gone before anything else is printed.
struct RunSession {
  private let interruption = Interruption()
  private let isShown: Bool
  private let unit: String

  /// Calls `body` in a session, which ends with it, also where it throws.
  static func with<Result>(
    _ output: OutputOptions, unit: String = "cases", _ body: (RunSession) async throws -> Result
  ) async throws -> Result {
    let session = RunSession(isShown: StandardError.isTerminal && !output.quiet, unit: unit)
    defer { session.interruption.end() }
    return try await body(session)
  }

  private init(isShown: Bool, unit: String) { (self.isShown, self.unit) = (isShown, unit) }

  /// From now on it is this run that a signal stops.
  func follow(_ run: CaseRun) { interruption.follow(run) }

  /// Calls `body`, which carries out several runs one after the other and gives each to `follow` before it begins: a signal
  /// stops it, and its progress is drawn until the next one.
  func showingEach<Result>(_ body: (_ follow: (CaseRun) -> Void) async throws -> Result) async rethrows -> Result {
    var display: ProgressDisplay?
    defer { display?.end() }
    return try await body { run in
      display?.end()
      interruption.follow(run)
      display = ProgressDisplay(run, isOn: isShown, unit: unit)
    }
  }

  /// Calls `body`, which carries `run` out: a signal stops it, and its progress is drawn until it is over.
  func showing<Result>(_ run: CaseRun, _ body: () async throws -> Result) async rethrows -> Result {
    interruption.follow(run)
    let display = ProgressDisplay(run, isOn: isShown, unit: unit)
    defer { display.end() }
    return try await body()
  }

  /// Calls `body` with a way to draw a line of progress over the last one, and takes it away when it is over.
  func drawing<Result>(_ body: (_ draw: @escaping @Sendable (String) -> Void) async throws -> Result) async rethrows
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
private final class ProgressDisplay {
  private let timer: (any DispatchSourceTimer)?

  init(_ run: CaseRun, isOn: Bool, unit: String) {
    timer = isOn ? DispatchSource.makeTimerSource(queue: .global()) : nil
    timer?.schedule(deadline: .now(), repeating: .milliseconds(100))
    let line = ProgressLine(unit: unit, total: run.casesInAll, limit: run.timeLimit)
    timer?.setEventHandler {
      StandardError.draw("\r\(line.text(done: run.casesDone, after: run.elapsed))\u{1B}[K")
    }
    timer?.activate()
  }

  func end() {
    guard let timer else { return }
    timer.cancel()
    StandardError.draw("\r\u{1B}[K")
  }
}
