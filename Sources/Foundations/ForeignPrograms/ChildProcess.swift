// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Spawning

/// A started program in a process group of its own, and our ends of its three streams, which never block.
///
/// When it is over, whatever is left of its group is killed before the group's number can be used again. Not Sendable: one
/// thread owns it.
final class ChildProcess {
  let pid: pid_t
  /// How it ended, once ``checkExit()`` or ``kill()`` has found that it has.
  private(set) var termination: Termination?
  let input, output, errors: PipeEnd

  init(_ command: ForeignCommand) throws(ForeignProgramError) {
    let path = try command.executable()
    let (pid, ends) = try RunningPrograms.starting { () throws(ForeignProgramError) in
      let pipes: [(read: PipeEnd, write: PipeEnd)]
      do { pipes = try (0..<3).map { _ in try PipeEnd.pair() } } catch {
        throw .cannotStart(path, reason: "\(error)")
      }
      let theirs = [pipes[0].read, pipes[1].write, pipes[2].write]
      let pid = try ChildProcess.spawn(path, command, streams: theirs)
      for end in theirs { end.close() }
      return (pid, [pipes[0].write, pipes[1].read, pipes[2].read])
    }
    (self.pid, input, output, errors) = (pid, ends[0], ends[1], ends[2])
    for end in ends { end.makeNonBlocking() }
  }

  deinit { kill() }

  private static func spawn(_ path: String, _ command: ForeignCommand, streams: [PipeEnd]) throws(ForeignProgramError)
    -> pid_t
  {
    var program = Spawning(path, command.arguments, streams: streams.map { .descriptor($0.descriptor) })
    (program.name, program.hasOwnGroup) = (command.program, true)
    do { return try program.start() } catch { throw failure(path, error.status) }
  }

  private static func failure(_ path: String, _ status: Int32) -> ForeignProgramError {
    switch status {
    case ENOEXEC: .notExecutable(path, reason: "it is no program and has no #! line; name its interpreter first")
    case ENOENT: .notExecutable(path, reason: "the interpreter that its first line names is missing")
    case EACCES: .notExecutable(path, reason: "permission denied")
    default: .cannotStart(path, reason: String(cString: strerror(status)))
    }
  }

  /// Whether it has ended; if so, the rest of its process group is killed and it leaves no zombie.
  func checkExit() -> Bool {
    if termination != nil { return true }
    var information = siginfo_t()
    // Looking without reaping keeps the number of the group reserved until the rest of it is dead.
    guard waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0, information.si_signo != 0 else {
      return false
    }
    endGroup()
    return true
  }

  /// Ends the whole process group at once.
  func kill() {
    if termination == nil { endGroup() }
    for end in [input, output, errors] { end.close() }
  }

  private func endGroup() {
    _ = Foundation.kill(-pid, SIGKILL)
    // Struck off before its number can be used again.
    RunningPrograms.remove(pid)
    let status = WaitStatus.awaited(pid)
    termination = status.signal.map { .signalled($0) } ?? .exited(status.exitStatus)
  }

  /// Waits until one of the streams is ready, at most `limit` and at most 20 ms, so that an exit is noticed soon.
  ///
  /// - Returns: the pipe ends that can be read or written without blocking.
  static func poll(_ ends: [(PipeEnd, forWriting: Bool)], limit: Duration) -> [PipeEnd] {
    var entries = ends.map {
      pollfd(fd: $0.descriptor, events: Int16($1 ? POLLOUT : POLLIN), revents: 0)
    }
    let wait = Int32(min(20, max(0, (limit / .milliseconds(1)).rounded(.up))))
    guard Foundation.poll(&entries, nfds_t(entries.count), wait) > 0 else { return [] }
    return zip(ends, entries).filter { $1.revents != 0 }.map(\.0.0)
  }
}
