// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import Foundation
import Testing

@Suite struct LineSessionTests {
  private func line(_ text: String) -> LineSession.Event { .line(Array(text.utf8)) }

  @Test func linesGoAndCome() throws {
    let session = try LineSession(shell("while read x; do echo \"got $x\"; done; printf last"))
    for number in 0..<100 {
      session.send("\(number)")
      #expect(session.receive(within: .seconds(20)) == line("got \(number)"))
    }
    #expect(session.termination == nil)
    let end = session.stop(grace: .seconds(20))
    #expect(end.termination == .exited(0) && !end.wasKilled)
  }

  @Test func theRestAfterTheEndIsDelivered() throws {
    let session = try LineSession(shell("echo one; printf 'two\\r\\n'; printf three; exit 5"))
    #expect(session.receive(within: .seconds(20)) == line("one"))
    #expect(session.receive(within: .seconds(20)) == line("two"))
    #expect(session.receive(within: .seconds(20)) == line("three"))
    #expect(session.receive(within: .seconds(20)) == .endOfOutput)
    #expect(soon { session.termination == .exited(5) })
  }

  @Test func silenceEndsAtTheDeadline() throws {
    let session = try LineSession(shell("sleep 1000"))
    #expect(session.receive(within: .milliseconds(50)) == .timeout)
  }

  @Test func aProgramThatNeverReadsCannotStopUs() throws {
    let session = try LineSession(shell("sleep 1000"))
    for _ in 0..<2000 { session.send(String(repeating: "x", count: 1000)) }
    #expect(session.unsentByteCount > 1_000_000)
    #expect(session.receive(within: .milliseconds(50)) == .timeout)
  }

  @Test func muchIsEchoedWithoutDeadlock() throws {
    let session = try LineSession(ForeignCommand(["cat"]))
    let text = String(repeating: "y", count: 999)
    for _ in 0..<3000 { session.send(text) }
    for _ in 0..<3000 { #expect(session.receive(within: .seconds(60)) == line(text)) }
    #expect(!session.stop().wasKilled)
  }

  @Test func aCrashIsSeenWithItsSignal() throws {
    let session = try LineSession(shell("read x; echo dying >&2; kill -ABRT $$"))
    session.send("go")
    #expect(session.receive(within: .seconds(20)) == .endOfOutput)
    #expect(soon { session.termination == .signalled(SIGABRT) })
    #expect(session.errors == "dying\n")
    session.send("more")
    #expect(session.receive(within: .seconds(20)) == .endOfOutput)
  }

  @Test func closedOutputIsSeenThoughTheProgramGoesOn() throws {
    let session = try LineSession(shell("exec >&-; sleep 1000"))
    #expect(session.receive(within: .seconds(20)) == .endOfOutput)
    #expect(session.termination == nil)
  }

  /// In a process of its own, where no other test adds to the peak; the line has 1 GB.
  @Test func aGiantLineIsBoundedInMemory() async {
    await #expect(processExitsWith: .success) {
      // Of this program alone: the peak that getrusage tells begins with that of the process which started it.
      func peakKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        return try #require(status.firstMatch(of: /VmHWM:\s+([0-9]+) kB/).flatMap { Int($0.1) })
      }
      func beginning(_ byte: UInt8) -> LineSession.Event {
        .overlongLine(beginning: [UInt8](repeating: byte, count: 1000))
      }
      let before = try peakKilobytes()
      let giant = "head -c 1000000000 /dev/zero | tr '\\0' a; echo; echo after; yes | tr -d '\\n'"
      let session = try LineSession(shell(giant), lineLimit: 1000)
      #expect(session.receive(within: .seconds(120)) == beginning(97))
      #expect(session.receive(within: .seconds(120)) == .line(Array("after".utf8)))
      #expect(session.receive(within: .seconds(120)) == beginning(121))
      #expect(session.receive(within: .milliseconds(200)) == .timeout, "a line that never ends")
      // `make sanitize` sets it; the address sanitizer keeps up to 256 MB of what was freed.
      let kept = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil ? 0 : 256 << 10
      #expect(try peakKilobytes() - before < 100_000 + kept)
    }
  }

  @Test func aProgramThatIgnoresTheEndIsKilledWithItsGroup() throws {
    let session = try LineSession(shell("trap '' TERM INT HUP; sleep 1000 & echo $!; while :; do sleep 1; done"))
    guard case .line(let bytes) = session.receive(within: .seconds(20)) else {
      Issue.record("no line")
      return
    }
    let grandchild = try #require(pid_t(String(decoding: bytes, as: UTF8.self)))
    let end = session.stop(grace: .milliseconds(200))
    #expect(end.wasKilled && end.termination == .signalled(SIGKILL))
    #expect(soon { !isAlive(grandchild) })
  }

  @Test func stoppingWhatFloodsUsEnds() throws {
    let session = try LineSession(ForeignCommand(["yes"]))
    #expect(session.receive(within: .seconds(20)) == line("y"))
    #expect(session.stop(grace: .milliseconds(100)).wasKilled)
  }

  @Test func theProgramEndsWithItsSession() throws {
    var pid: pid_t = 0
    do {
      let session = try LineSession(shell("echo $$; sleep 1000"))
      if case .line(let bytes) = session.receive(within: .seconds(20)) {
        pid = pid_t(String(decoding: bytes, as: UTF8.self)) ?? 0
      }
      #expect(isAlive(pid))
    }
    #expect(pid != 0 && !isAlive(pid))
  }

  @Test func binaryRubbishIsDeliveredAsItIs() throws {
    let session = try LineSession(shell("printf '\\377\\000\\001\\n\\n'"))
    #expect(session.receive(within: .seconds(20)) == .line([0xFF, 0, 1]))
    #expect(session.receive(within: .seconds(20)) == .line([]))
  }
}
