// SPDX-License-Identifier: MIT

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a program is started: by the kernel's own call, with three streams and nothing else of ours.
///
/// Foundation's `Process` learns of an end by a socket that its child holds, and does not learn of it for as long as a child that some other
/// thread started in the same moment holds that socket too.
package struct Spawning {
  /// One of the first three streams of a program.
  package enum Stream {
    /// A descriptor of ours.
    case descriptor(Int32)
    /// A file that is read.
    case reading(String)
    /// A file that is written anew.
    case writing(String)
  }

  /// The error number of the system where a program could not be started.
  package struct Failure: Error, Equatable {
    /// The number, such as ENOENT or EACCES.
    package let status: Int32
  }

  /// The path of the program, and what follows it.
  package let path: String, arguments: [String]
  /// What the program is called in its own arguments; its path by default.
  package var name: String
  /// The variables of its environment; nil for ours.
  package var environment: [String: String]?
  /// Whether it is the first of a process group of its own.
  package var hasOwnGroup = false
  /// Its standard input, output and error.
  package let streams: [Stream]

  /// A program with its streams.
  package init(_ path: String, _ arguments: [String], streams: [Stream]) {
    (self.path, self.arguments, self.streams, name) = (path, arguments, streams, path)
  }

  /// Starts it.
  ///
  /// - Returns: the number of its process.
  package func start() throws(Failure) -> pid_t {
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
    for (number, stream) in zip(Int32(0)..., streams) {
      switch stream {
      case .descriptor(let own): posix_spawn_file_actions_adddup2(&actions, own, number)
      case .reading(let file): posix_spawn_file_actions_addopen(&actions, number, file, O_RDONLY, 0)
      case .writing(let file):
        posix_spawn_file_actions_addopen(&actions, number, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      }
    }
    // The usual signals: this process may ignore or block some.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    if hasOwnGroup {
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= Int32(POSIX_SPAWN_SETPGROUP)
    }
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #elseif canImport(Glibc)
      Spawning.closeOthers(&actions)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words = ([name] + arguments).map { strdup($0) } + [nil]
    var variables = (environment ?? [:]).map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    var status = Int32(0)
    // A file that was written just now is busy while another thread's child, not yet on its way, holds it open.
    for attempt in 0...100 {
      status =
        environment == nil
        ? posix_spawn(&pid, path, &actions, &attributes, &words, environ)
        : posix_spawn(&pid, path, &actions, &attributes, &words, &variables)
      if status != ETXTBSY || attempt == 100 { break }
      usleep(10_000)
    }
    guard status == 0 else { throw Failure(status: status) }
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
}

/// How a process ended, as the system tells it.
package struct WaitStatus: Sendable {
  /// The signal that ended it; nil where it exited by itself.
  package let signal: Int32?
  /// The status that it exited with.
  package let exitStatus: Int32

  /// What `waitpid` wrote.
  package init(_ status: Int32) {
    signal = status & 0x7F == 0 ? nil : status & 0x7F
    exitStatus = (status >> 8) & 0xFF
  }

  /// Waits for the end of a child of ours.
  package static func awaited(_ pid: pid_t) -> WaitStatus {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    return WaitStatus(status)
  }
}
