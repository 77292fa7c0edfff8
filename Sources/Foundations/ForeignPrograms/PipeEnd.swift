// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// One end of a pipe, closed at the latest with its owner.
final class PipeEnd {
  /// The file descriptor; −1 once closed.
  private(set) var descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close() }

  var isOpen: Bool { descriptor >= 0 }

  /// A pipe that no other child inherits, provided that nothing is started meanwhile.
  ///
  /// - Throws: `POSIXError` where there are no file descriptors left.
  static func pair() throws -> (read: PipeEnd, write: PipeEnd) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      _ = fcntl(ends[1], F_SETNOSIGPIPE, 1)
    #endif
    return (try PipeEnd(ends[0]).aboveStandard(), try PipeEnd(ends[1]).aboveStandard())
  }

  /// The same end with a number that is not one of the three standard streams.
  ///
  /// A process that runs with these closed would get them here, and lose them when they are put in place for the child.
  private func aboveStandard() throws -> PipeEnd {
    guard descriptor <= 2 else { return self }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
    return PipeEnd(copy)
  }

  func close() {
    if isOpen { _ = Foundation.close(descriptor) }
    descriptor = -1
  }

  func makeNonBlocking() { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) }

  /// Reads what is there, at most `buffer`, and gives it to `body`; closes at the end of the stream.
  ///
  /// - Returns: whether more may be there now.
  func read(into buffer: UnsafeMutableRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    guard isOpen else { return false }
    let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
    if count > 0 {
      body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      return true
    }
    if count < 0, errno == EINTR { return true }
    if count == 0 || errno != EAGAIN { close() }
    return false
  }

  /// Writes as many of the bytes as the pipe takes now; closes where nobody reads any more.
  ///
  /// - Returns: how many were written.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard isOpen, !bytes.isEmpty else { return 0 }
    let count = withoutBrokenPipeSignal { Foundation.write(descriptor, bytes.baseAddress, bytes.count) }
    if count >= 0 { return count }
    if errno != EAGAIN, errno != EINTR { close() }
    return 0
  }
}

/// Runs `body` such that a write to a pipe without reader fails with EPIPE and does not raise SIGPIPE, whatever the
/// process has chosen to do with that signal.
private func withoutBrokenPipeSignal(_ body: () -> Int) -> Int {
  #if canImport(Darwin)
    return body()  // F_SETNOSIGPIPE is set on the pipe.
  #else
    var (pipeSignal, pending, old) = (sigset_t(), sigset_t(), sigset_t())
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &old)
    let count = body()
    let status = errno
    if count < 0, status == EPIPE, !wasPending {
      var now = timespec()
      _ = sigtimedwait(&pipeSignal, nil, &now)
    }
    pthread_sigmask(SIG_SETMASK, &old, nil)
    errno = status
    return count
  #endif
}
