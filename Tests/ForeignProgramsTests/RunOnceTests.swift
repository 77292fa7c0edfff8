// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import Foundation
import Testing

/// A command of the shell.
func shell(_ script: String) throws -> ForeignCommand { try ForeignCommand(["/bin/sh", "-c", script]) }

/// What `body` throws, as the error of the room.
func failure(_ body: () throws -> some Any) -> ForeignProgramError? {
  do { _ = try body() } catch { return error as? ForeignProgramError }
  return nil
}

/// A file in a fresh folder, removed after `body`.
func withFile(_ content: String, executable: Bool, _ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent("program")
  try Data(content.utf8).write(to: file)
  try FileManager.default.setAttributes([.posixPermissions: executable ? 0o755 : 0o644], ofItemAtPath: file.path)
  try body(file.path)
}

/// Whether the process still exists.
func isAlive(_ pid: pid_t) -> Bool { kill(pid, 0) == 0 }

/// Whether `condition` comes to hold within two seconds.
func soon(_ condition: () -> Bool) -> Bool {
  for _ in 0..<200 where !condition() { Thread.sleep(forTimeInterval: 0.01) }
  return condition()
}

@Suite struct RunOnceTests {
  @Test func outputAndErrorsAreCollectedApart() throws {
    let result = try shell("cat; echo warning >&2; echo done").run(input: Array("in\n".utf8), timeLimit: .seconds(20))
    #expect(result.text == "in\ndone\n")
    #expect(result.errors == "warning\n")
  }

  @Test func argumentsArriveUntouched() throws {
    let words = ["/bin/sh", "-c", "printf '%s|' \"$@\"", "sh", "a b", "", "c'd", "$HOME", "ünï"]
    #expect(try ForeignCommand(words).run(timeLimit: .seconds(20)).text == "a b||c'd|$HOME|ünï|")
  }

  #if os(Linux)
    /// What some other thread is about to hand to its own child is none of a program's.
    @Test func descriptorsStayHere() throws {
      // A number that no shell takes for itself.
      let open = fcntl(1, F_DUPFD, 200)
      defer { close(open) }
      #expect(open >= 200 && fcntl(open, F_GETFD) & FD_CLOEXEC == 0)
      let script = "[ -e /proc/$$/fd/2 ] && echo is there; [ -e /proc/$$/fd/\(open) ] && echo held; true"
      #expect(try shell(script).run(timeLimit: .seconds(20)).text == "is there\n")
    }
  #endif

  @Test func aProgramThatIsNotThereIsNamed() throws {
    #expect(
      failure { try ForeignCommand(["no-such-program-here"]).run(timeLimit: .seconds(1)) }
        == .missing("no-such-program-here"))
    #expect(failure { try ForeignCommand(["/no/such"]).run(timeLimit: .seconds(1)) } == .missing("/no/such"))
    #expect(failure { try ForeignCommand([]) } == .emptyCommand)
    #expect(failure { try ForeignCommand(line: "python3 'x") } == .openQuote("python3 'x"))
  }

  @Test func aFileThatCannotBeExecutedSaysWhy() throws {
    func reason(_ path: String) -> String {
      guard case .notExecutable(path, let reason)? = failure({ try ForeignCommand([path]).run(timeLimit: .seconds(1)) })
      else { return "another error" }
      return reason
    }
    try withFile("#!/bin/sh\n", executable: false) { #expect(reason($0).contains("chmod")) }
    try withFile("no program\n", executable: true) { #expect(reason($0).contains("#!")) }
    try withFile("#!/no/interpreter\n", executable: true) { #expect(reason($0).contains("interpreter")) }
    #expect(reason("/tmp").contains("folder"))
  }

  @Test func statusAndSignalAreReported() throws {
    #expect(
      failure { try shell("echo bad >&2; exit 3").run(timeLimit: .seconds(20)) } == .failed(.exited(3), errors: "bad\n")
    )
    #expect(
      failure { try shell("kill -SEGV $$").run(timeLimit: .seconds(20)) } == .failed(.signalled(SIGSEGV), errors: ""))
    #expect("\(ForeignProgramError.failed(.signalled(11), errors: "x\nlast\n"))".hasSuffix("ends: x ⏎ last"))
  }

  @Test func theTimeLimitEndsGrandchildrenToo() throws {
    let script = "sleep 1000 & echo $! >&2; sleep 1000"
    guard case .timeLimit(_, let errors)? = failure({ try shell(script).run(timeLimit: .milliseconds(300)) }) else {
      Issue.record("no time limit")
      return
    }
    let grandchild = try #require(pid_t(errors.trimmingCharacters(in: .newlines)))
    #expect(soon { !isAlive(grandchild) })
  }

  @Test func aGrandchildThatHoldsTheOutputOpenDelaysNothing() throws {
    let result = try shell("sleep 1000 & echo $!").run(timeLimit: .seconds(500))
    let grandchild = try #require(pid_t(result.text.trimmingCharacters(in: .newlines)))
    #expect(soon { !isAlive(grandchild) })
  }

  @Test func aFloodIsCutOff() throws {
    #expect(
      failure { try ForeignCommand(["yes"]).run(timeLimit: .seconds(60), outputLimit: 1000) }
        == .flooded(limit: 1000, errors: ""))
    let noisy = try shell("yes 1234567 | head -c 3000000 >&2; echo end >&2").run(
      timeLimit: .seconds(60), errorLimit: 100)
    #expect(noisy.errors.utf8.count == 100 && noisy.errors.hasSuffix("1234567\nend\n"))
  }

  @Test func inputThatNobodyReadsHurtsNobody() throws {
    let input = [UInt8](repeating: 65, count: 3_000_000)
    #expect(try shell("exec <&-; echo ok").run(input: input, timeLimit: .seconds(20)).text == "ok\n")
    #expect(failure { try shell("sleep 1000").run(input: input, timeLimit: .milliseconds(100)) } != nil)
    #expect(try shell("wc -c").run(input: input, timeLimit: .seconds(20)).text.contains("3000000"))
  }

  @Test func noZombieAndNoDescriptorIsLeft() throws {
    func openDescriptors() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count }
    _ = try shell("true").run(timeLimit: .seconds(20))
    // Other tests open and close files at the same time: a leak of three for each of 50 runs would still show.
    let before = try openDescriptors()
    for _ in 0..<50 {
      let result = try shell("echo $$").run(timeLimit: .seconds(20))
      let pid = try #require(pid_t(result.text.trimmingCharacters(in: .newlines)))
      #expect(!isAlive(pid))
    }
    #expect(try openDescriptors() < before + 100)
  }

  @Test func signalsOfOursDoNotReachTheChild() throws {
    // A process that ignores SIGPIPE, as this tool does, must not hand that on: yes | head would never end.
    let old = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, old) }
    #expect(try shell("yes | head -n 1").run(timeLimit: .seconds(20)).text == "y\n")
    #expect(
      failure { try shell("kill -PIPE $$").run(timeLimit: .seconds(20)) } == .failed(.signalled(SIGPIPE), errors: ""))
  }

  @Test func commandLinesAreCutIntoWords() throws {
    let command = try ForeignCommand(line: #"  python3 "my adapter.py" 'a"b' c\ d "" "#)
    #expect([command.program] + command.arguments == ["python3", "my adapter.py", "a\"b", "c d", ""])
    #expect(try ForeignCommand(line: command.description) == command)
  }
}
