// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

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
    #if canImport(Darwin)
      var (actions, attributes) = (posix_spawn_file_actions_t?.none, posix_spawnattr_t?.none)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, end) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end.descriptor, Int32(number))
    }
    #if canImport(Glibc)
      // What some other thread is about to hand to its own child is none of this one's.
      ChildProcess.closeOthers(&actions)
    #endif
    // A process group of its own, and the usual signals: we may ignore or block some.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var arguments = ([command.program] + command.arguments).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    var status = posix_spawn(&pid, path, &actions, &attributes, &arguments, environ)
    // A file that was written just now is busy while another thread's child, not yet on its way, holds it open.
    for _ in 0..<100 where status == ETXTBSY {
      usleep(10_000)
      status = posix_spawn(&pid, path, &actions, &attributes, &arguments, environ)
    }
    guard status == 0 else { throw failure(path, status) }
    return pid
  }

  #if canImport(Glibc)
    /// Has a child close all but its three streams, as far as the C library can.
    private static func closeOthers(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) {
      // Its module leaves the function out, and versions before 2.34 lack it: asked for by name, with the type that its manual gives.
      typealias Close = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
      guard let function = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
      _ = unsafeBitCast(function, to: Close.self)(actions, 3)
    }
  #endif

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
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7F
    termination = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
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
