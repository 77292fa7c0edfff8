// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import ForAll

/// The process of a test that may trap: how it ends is seen, and what others hand to their children it does not hold.
@Suite struct TestProcessTests {
  private func said(by script: String, _ environment: [String: String] = [:]) throws -> (ending: String, said: String) {
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: errors) }
    let process = try TestProcess("/bin/sh", ["-c", script], environment: environment, errors: errors.path)
    while process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
    return (process.ending, try String(contentsOf: errors, encoding: .utf8))
  }

  @Test func endingsAreNamed() throws {
    #expect(try said(by: "exit 3").ending == "exit 3")
    #expect(try said(by: "kill -ILL $$").ending == "Illegal instruction")
    #expect(try said(by: "read line; echo $WORD $? >&2", ["WORD": "a = b"]) == ("exit 0", "a = b 1\n"))
  }

  @Test func whatRunsIsEnded() throws {
    let process = try TestProcess("/bin/sh", ["-c", "sleep 600"], environment: [:], errors: "/dev/null")
    #expect(process.isRunning && process.ending == "still running")
    process.end()
    #expect(!process.isRunning && process.ending == "Killed")
  }

  @Test func whatIsNoProgramIsAnError() {
    #expect(throws: POSIXError(.ENOENT)) {
      try TestProcess("/no/such/program", [], environment: [:], errors: "/dev/null")
    }
  }

  #if os(Linux)
    /// What stands open here, handed on, would keep open what some other thread waits to see closed.
    @Test func descriptorsStayHere() throws {
      // A number that no shell takes for itself.
      let open = fcntl(1, F_DUPFD, 200)
      defer { close(open) }
      #expect(open >= 200 && fcntl(open, F_GETFD) & FD_CLOEXEC == 0)
      let script = "[ -e /proc/$$/fd/2 ] && echo is there >&2; [ -e /proc/$$/fd/\(open) ] && echo held >&2; true"
      #expect(try said(by: script).said == "is there\n")
    }
  #endif
}
