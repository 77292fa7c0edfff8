// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// The programs that this process has started and that run now, each with its process group.
public enum RunningPrograms {
  private struct State {
    var groups = Set<pid_t>()
    var isClosed = false
  }

  private static let state = Mutex(State())
  /// Held while one program is started: between making a pipe and marking it as ours, another thread must not start a program
  /// that inherits it; and a program that is started is listed before anybody ends them all.
  private static let startLock = NSLock()

  /// Kills all of them, and lets none start any more: for a process that is told to end.
  ///
  /// Returns when they are dead.
  public static func endAll() {
    startLock.withLock {
      let groups = state.withLock { state in
        state.isClosed = true
        for group in state.groups { _ = kill(-group, SIGKILL) }
        return state.groups
      }
      for group in groups { waitForDeath(of: group) }
    }
  }

  /// Starts a program by `start`, which gives its process group first, and lists it.
  static func starting<Ends>(_ start: () throws(ForeignProgramError) -> (pid_t, Ends)) throws(ForeignProgramError) -> (
    pid_t, Ends
  ) {
    startLock.lock()
    defer { startLock.unlock() }
    if state.withLock({ $0.isClosed }) { throw .cannotStart("a program", reason: "this process is ending") }
    let started = try start()
    state.withLock { _ = $0.groups.insert(started.0) }
    return started
  }

  /// Strikes off a group that is dead or just killed, before its number can be used again.
  static func remove(_ group: pid_t) { state.withLock { _ = $0.groups.remove(group) } }

  /// Waits until a killed program is dead, at most a second; who started it takes its status.
  private static func waitForDeath(of program: pid_t) {
    var information = siginfo_t()
    for _ in 0..<200 {
      let status = waitid(P_PID, id_t(program), &information, WEXITED | WNOHANG | WNOWAIT)
      if status == -1, errno != EINTR { return }
      if status == 0, information.si_signo != 0 { return }
      usleep(5_000)
    }
  }
}
