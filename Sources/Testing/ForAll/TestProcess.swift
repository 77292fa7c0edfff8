// SPDX-License-Identifier: MIT

import Foundation
import Spawning

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A test program that this process has started, and how it ended.
///
/// Not Sendable: one thread at a time owns it.
final class TestProcess {
  private let pid: pid_t
  private var status: WaitStatus?

  /// Starts `program`, which reads nothing and whose errors go to the file `errors`.
  ///
  /// - Throws: `POSIXError` where it cannot be started.
  init(_ program: String, _ arguments: [String], environment: [String: String], errors: String) throws {
    var start = Spawning(
      program, arguments, streams: [.reading("/dev/null"), .writing("/dev/null"), .writing(errors)])
    start.environment = environment
    do { pid = try start.start() } catch { throw POSIXError(POSIXErrorCode(rawValue: error.status) ?? .EINVAL) }
  }

  deinit { end() }

  /// Whether it has not ended.
  var isRunning: Bool {
    guard status == nil else { return false }
    var found: Int32 = 0
    if waitpid(pid, &found, WNOHANG) == pid { status = WaitStatus(found) }
    return status == nil
  }

  /// How it ended: the name of a signal, or its exit status.
  var ending: String {
    guard let status else { return "still running" }
    return status.signal.map { String(cString: strsignal($0)) } ?? "exit \(status.exitStatus)"
  }

  /// Ends it at once, where it has not ended.
  func end() {
    guard isRunning else { return }
    kill(pid, SIGKILL)
    status = .awaited(pid)
  }
}
