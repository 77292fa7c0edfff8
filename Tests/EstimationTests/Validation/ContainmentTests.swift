// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import ForeignPrograms
import Foundation
import Testing

/// Programs of the file convention that misbehave: each gives one clear line, within its time, and leaves no process.
@Suite struct ContainmentTests {
  /// A misbehaviour, as a script of the shell that is called with FILE DIMX DIMY, and what the line says.
  struct Misbehaviour: Sendable, CustomStringConvertible {
    let description: String
    let script: String
    let says: String
    var timeLimit = Duration.seconds(20)
  }

  static let misbehaviours = [
    Misbehaviour(
      description: "hangs", script: "sleep 1000", says: "not done within 0.2 seconds", timeLimit: .milliseconds(200)),
    Misbehaviour(
      description: "hangs with children and deaf to signals", script: "trap '' TERM INT; sleep 1000 & sleep 1000",
      says: "not done within 0.2 seconds", timeLimit: .milliseconds(200)),
    Misbehaviour(description: "floods its output", script: "exec yes", says: "wrote more than 65536 bytes"),
    Misbehaviour(description: "NaN", script: "echo NaN", says: "\"NaN\", which is not finite"),
    Misbehaviour(description: "infinity", script: "echo -inf", says: "\"-inf\", which is not finite"),
    Misbehaviour(description: "beyond Double", script: "echo 1e999", says: "\"1e999\", which is not finite"),
    Misbehaviour(description: "nothing", script: ":", says: "printed nothing; one number"),
    Misbehaviour(description: "blank lines", script: "echo; echo ' '", says: "printed nothing; one number"),
    Misbehaviour(
      description: "two numbers", script: "echo 0.1; echo 0.2", says: "\"0.1 ⏎ 0.2\", which is not one number"),
    Misbehaviour(description: "a decimal comma", script: "echo 0,83", says: "use a decimal point, whatever the locale"),
    Misbehaviour(description: "a word", script: "echo nought", says: "\"nought\", which is no number"),
    Misbehaviour(description: "a unit", script: "echo 0.83nats", says: "\"0.83nats\", which is no number"),
    Misbehaviour(description: "no text", script: "printf '\\377\\376'", says: "which is no number"),
    Misbehaviour(description: "crashes", script: "kill -SEGV $$", says: "signal 11 (segmentation fault)"),
    Misbehaviour(
      description: "exits with 3", script: "echo 0.4; echo 'no such column' >&2; exit 3",
      says: "exit status 3; its standard error ends: no such column"),
  ]

  private static let sample: PairedSample = {
    do { return try PairedSample(x: [[1], [2.5], [-3]], y: [[0.1, 1], [0, 2], [1e-9, 3]]) } catch {
      fatalError("\(error)")
    }
  }()

  @Test(arguments: misbehaviours) func oneClearLine(_ misbehaviour: Misbehaviour) throws {
    try withFolder { folder in
      let pidFile = folder.appendingPathComponent("pid").path
      let program = ["/bin/sh", "-c", "echo $$ > '\(pidFile)'; \(misbehaviour.script)", "sh"]
      let respondent = FileRespondent(program, timeLimit: misbehaviour.timeLimit, folder: folder)
      let answer = respondent.answer(Self.sample, seed: 1)
      let problem = try #require(answer.problem)
      #expect(problem.contains(misbehaviour.says), "\(problem)")
      #expect(!problem.contains { $0.isNewline } && problem.count < 300)
      #expect(answer.nats == nil && answer.seconds < 15)
      let pid = try #require(pid_t(String(contentsOfFile: pidFile, encoding: .utf8).trimmingCharacters(in: .newlines)))
      // Not even a zombie is left of the program; its children, orphans by then, end as well, and whoever adopts them reaps.
      #expect(kill(pid, 0) != 0)
      #expect(soon { kill(-pid, 0) != 0 })
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pid"])
    }
  }

  @Test func missingAndNotExecutable() throws {
    try withFolder { folder in
      func problem(_ program: String) throws -> String {
        try #require(
          FileRespondent([program], timeLimit: .seconds(20), folder: folder).answer(Self.sample, seed: 1).problem)
      }
      #expect(try problem("/no/such/program").contains("/no/such/program: no such program"))
      #expect(try problem("no-such-program-here").contains("no such program in PATH"))
      let file = folder.appendingPathComponent("plain").path
      try Data("#!/bin/sh\necho 1\n".utf8).write(to: URL(fileURLWithPath: file))
      #expect(try problem(file).contains("lacks the permission; try chmod +x"))
      #expect(try problem(folder.path).contains("it is a folder"))
    }
  }

  /// The program sees the file that the convention promises; that it reads nothing is no fault.
  @Test func theFileIsAsPromised() throws {
    try withFolder { folder in
      func nats(_ script: String) -> Double? {
        FileRespondent(["/bin/sh", "-c", script, "sh", "first"], timeLimit: .seconds(20), folder: folder)
          .answer(Self.sample, seed: 1).nats
      }
      #expect(nats("[ \"$1 $3 $4\" = 'first 1 2' ] && wc -l < \"$2\"") == 4)
      #expect(nats("head -n 1 \"$2\" | grep -qx 'x1,y1,y2' && echo 1") == 1)
      #expect(nats("sed -n 4p \"$2\" | grep -qx -- '-3.0,1e-09,3.0' && echo 1") == 1)
      #expect(nats("exec <&-; echo ' +4.25e-1 '") == 0.425)
      #expect(nats("echo lots of talk >&2; echo -0.01") == -0.01)
    }
  }

  /// A program that breaks on some samples loses these only: the run goes on to its end.
  @Test func theRunGoesOn() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = Validation.Settings()
    (settings.matches, settings.rows, settings.samples) = ({ _ in false }, 50, 3)
    settings.reported = ["1v1-normal-0.75", "multinormal-dense-2-2-0.5", "student-identity-2-2-1"].compactMap(
      EstimationTask.benchmark)
    // It breaks on y of two columns, in another way for each of the two tasks: by chance of the first digit or not.
    let script = "case $3 in 1) echo 0.4;; *) grep -q '^-' \"$1\" && kill -ABRT $$; echo;; esac"
    let validation = Validation(settings)
    let answers = await validation.answers(validation.run(), threads: 2) {
      FileRespondent(["/bin/sh", "-c", script, "sh"], timeLimit: .seconds(20), folder: folder)
    }
    let report = validation.report(answers)
    #expect(report.scores.map(\.estimates.count) == [3, 0, 0])
    #expect(report.scores.map(\.problems.count) == [0, 3, 3])
    #expect(report.scores[1].problems.allSatisfy { $0.contains("signal 6 (abort)") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}

/// Whether `condition` comes to hold within two seconds.
func soon(_ condition: () -> Bool) -> Bool {
  for _ in 0..<200 where !condition() { Thread.sleep(forTimeInterval: 0.01) }
  return condition()
}
