// SPDX-License-Identifier: MIT

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A test program that this process has started, and how it ended.
///
/// Not Sendable: one thread at a time owns it. Foundation's `Process` knows of an end by a socket that its child holds, and does not know of it for as long as a child that some
/// other thread started in the same moment holds that socket too. This asks the kernel, and hands nothing on.
final class TestProcess {
  private let pid: pid_t
  private var status: Int32?

  /// Starts `program`, which reads nothing and whose errors go to the file `errors`.
  ///
  /// - Throws: `POSIXError` where it cannot be started.
  init(_ program: String, _ arguments: [String], environment: [String: String], errors: String) throws {
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
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // The usual signals: this process may ignore or block some.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #elseif canImport(Glibc)
      TestProcess.closeOthers(&actions)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, program, &actions, &attributes, &words, &variables)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
    self.pid = pid
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

  deinit { end() }

  /// Whether it has not ended.
  var isRunning: Bool {
    guard status == nil else { return false }
    var found: Int32 = 0
    if waitpid(pid, &found, WNOHANG) == pid { status = found }
    return status == nil
  }

  /// How it ended: the name of a signal, or its exit status.
  var ending: String {
    guard let status else { return "still running" }
    let signal = status & 0x7F
    return signal == 0 ? "exit \((status >> 8) & 0xFF)" : String(cString: strsignal(signal))
  }

  /// Ends it at once, where it has not ended.
  func end() {
    guard isRunning else { return }
    kill(pid, SIGKILL)
    var found: Int32 = 0
    while waitpid(pid, &found, 0) == -1, errno == EINTR {}
    status = found
  }
}
