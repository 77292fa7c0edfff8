// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import FileWriting
import ForeignPrograms
import Foundation
import SeededRuns
import Synchronization

/// Ends a command at control-C (SIGINT), SIGTERM or SIGHUP: what was found is reported and saved, programs that were started
/// are killed, temporary folders removed, and the exit status says which signal it was.
///
/// A command without a run that can be stopped ends at once; one with a run gets ``grace`` to report, and then ends all the
/// same: what it wrote to a record by then stays.
///
/// A plain signal handler that wakes a thread of its own: it works at once, even where every thread of the pool is busy, and
/// where the shell that started the tool ignores SIGINT for its background jobs. SIGHUP stays ignored, as `nohup` has it.
package final class Interruption {
  /// How long a run may take from the signal to its report.
  ///
  /// A debug build is some ten times as slow.
  private static let grace: Duration = {
    #if DEBUG
      .seconds(20)
    #else
      .milliseconds(850)
    #endif
  }()

  private struct State {
    var signal: Int32?
    var run: CaseRun?
    /// Whether something is followed that can report what it found.
    var isFollowed = false
    var filesInWriting = 0
    var isEnding = false
  }

  private static let state = Mutex(State())
  /// Where the handler, which may do hardly anything, writes the number of the signal.
  private static let wakeup = Atomic<Int32>(-1)

  /// Begins to follow a command that reports what it found when its run is stopped.
  package init() { Interruption.state.withLock { $0.isFollowed = true } }

  /// The same with the command's only run.
  convenience init(of run: CaseRun) {
    self.init()
    follow(run)
  }

  /// From now on it is this run that a signal stops; at once, where there was one already.
  package func follow(_ run: CaseRun) {
    let isOver = Interruption.state.withLock { state in
      state.run = run
      return state.signal != nil
    }
    if isOver { run.stop() }
  }

  /// Ends following: the report is made.
  package func end() {
    Interruption.state.withLock { state in
      state.run = nil
      state.isFollowed = state.signal != nil
    }
  }

  /// The signal that came; nil where none did.
  package static var signal: Int32? { state.withLock { $0.signal } }

  /// Ends the process, the only way out of it: no result is left half written, no program of ours runs on, and no temporary
  /// folder stays, whatever the moment.
  ///
  /// Two threads may come here, that of the command and that of a signal. The first one ends the process; the other waits for
  /// that, so that it cannot end the process before all is cleaned up.
  package static func endProcess(_ end: () -> Never) -> Never {
    let isFirst = state.withLock { state in
      defer { state.isEnding = true }
      return !state.isEnding
    }
    if !isFirst { waitForTheEnd() }
    for _ in 0..<200 where state.withLock({ $0.filesInWriting > 0 }) { usleep(50_000) }
    RunningPrograms.endAll()
    TemporaryFolders.shared.removeAll()
    end()
  }

  /// Waits for ever where the process is ending: what is seen from then on, such as a program that was killed, is no finding.
  package static func stopWhereEnding() {
    if state.withLock({ $0.isEnding }) { waitForTheEnd() }
  }

  private static func waitForTheEnd() -> Never {
    while true { sleep(1) }
  }

  /// Writes a result, which a signal waits for.
  package static func saving<Result>(_ body: () throws -> Result) rethrows -> Result {
    let mayBegin = state.withLock { state in
      if !state.isEnding { state.filesInWriting += 1 }
      return !state.isEnding
    }
    if !mayBegin { waitForTheEnd() }
    defer { state.withLock { $0.filesInWriting -= 1 } }
    return try body()
  }

  /// Sets the handlers, before anything else.
  package static func install() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakeup.store(ends[1], ordering: .releasing)
    let readEnd = ends[0]
    Thread.detachNewThread { watch(readEnd) }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let old = Foundation.signal(number) { number in
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.wakeup.load(ordering: .acquiring), &byte, 1)
        errno = before
      }
      if number == SIGHUP, isIgnored(old) { _ = Foundation.signal(SIGHUP, SIG_IGN) }
    }
  }

  private static func isIgnored(_ handler: sig_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func watch(_ descriptor: Int32) {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) < 1 {}
    let isFollowed = state.withLock { state in
      state.signal = Int32(byte)
      state.run?.stop()
      return state.isFollowed
    }
    // A second signal ends it at once.
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if isFollowed { _ = poll(&entry, 1, Int32(grace / .milliseconds(1))) }
    endProcess { _exit(128 + Int32(byte)) }
  }
}

extension ExitCode {
  /// Something false was found.
  package static let falseFound = ExitCode(1)
  /// Interrupted by the user, after reporting what was found: 128 and the number of the signal, 130 for control-C.
  package static var interrupted: ExitCode { ExitCode(128 + (Interruption.signal ?? SIGINT)) }
  /// Not now, but later: the status EX_TEMPFAIL of sysexits.h.
  package static let later = ExitCode(75)
  /// The reader of standard output has gone, as `head` does: the status that a shell gives for the signal SIGPIPE.
  package static let readerGone = ExitCode(128 + SIGPIPE)
}
