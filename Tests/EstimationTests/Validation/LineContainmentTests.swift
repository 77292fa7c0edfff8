// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import ForeignPrograms
import Foundation
import LineProtocol
import Testing

/// Programs of the JSON Lines protocol that misbehave: one line each, and the next sample is asked of a fresh process.
@Suite struct LineContainmentTests {
  /// A misbehaviour on the first request, as a script of the shell, and what the line says.
  struct Misbehaviour: Sendable, CustomStringConvertible {
    let description: String
    let script: String
    let says: String
    var timeLimit = Duration.seconds(20)
  }

  static let misbehaviours = [
    Misbehaviour(
      description: "never answers", script: "sleep 1000", says: "no answer within 0.3 seconds",
      timeLimit: .milliseconds(300)),
    Misbehaviour(
      description: "floods with lines", script: "exec yes '{}'", says: "no answer within 0.3 seconds",
      timeLimit: .milliseconds(300)),
    Misbehaviour(
      description: "floods without a line break", script: "exec tr '\\0' a < /dev/zero",
      says: "no answer within 0.3 seconds", timeLimit: .milliseconds(300)),
    Misbehaviour(
      description: "answers another request",
      script: "echo '{\"kind\":\"result\",\"seq\":9,\"output\":{\"nats\":1}}'",
      says: "answered with a seq that no request has: 9"),
    Misbehaviour(description: "crashes", script: "kill -SEGV $$", says: "signal 11 (segmentation fault)"),
    Misbehaviour(description: "ends", script: "exit 0", says: "ended with exit status 0"),
    Misbehaviour(
      description: "exits with 4", script: "echo oops >&2; exit 4", says: "exit status 4; its standard error ends: oops"
    ),
    Misbehaviour(
      description: "NaN", script: "echo '{\"kind\":\"result\",\"seq\":1,\"output\":{\"nats\":NaN}}'",
      says: "it answered NaN, which is not finite"),
    Misbehaviour(
      description: "no value", script: "echo '{\"kind\":\"result\",\"seq\":1,\"output\":{}}'",
      says: "a result without output.nats"),
    Misbehaviour(
      description: "a decimal comma", script: "echo '{\"kind\":\"result\",\"seq\":1,\"output\":{\"nats\":\"0,83\"}}'",
      says: "it answered \"0,83\", which is no number; use a decimal point"),
    Misbehaviour(
      description: "skips", script: "echo '{\"kind\":\"skipped\",\"seq\":1,\"reason\":\"not for me\"}'",
      says: "not for me"),
    Misbehaviour(
      description: "declines", script: "echo '{\"kind\":\"errored\",\"seq\":1,\"message\":\"too few\"}'",
      says: "too few"),
  ]

  private static let greeting =
    #"echo '{"kind":"started","protocol":1,"name":"t","version":"1","operations":["estimate"],"exact":false}'"#

  @Test(arguments: misbehaviours) func oneClearLineThenAnAnswer(_ misbehaviour: Misbehaviour) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Misbehaves until there is a file "again", whatever the process; then it answers with the number of the request.
    let script = """
      echo $$ > '\(folder.path)/pid'; read line; \(Self.greeting)
      while read line; do
        if [ -e '\(folder.path)/again' ]; then
          seq=${line#*\\"seq\\":}; seq=${seq%%,*}
          echo 'some talk'; echo "{\\"kind\\":\\"result\\",\\"seq\\":$seq,\\"output\\":{\\"nats\\":0.25}}"
        else touch '\(folder.path)/again'; \(misbehaviour.script); fi
      done
      """
    let sample = try PairedSample(x: [[1], [2], [4]], y: [[1], [0], [3]])
    var respondent: LineRespondent? = LineRespondent(
      try ForeignCommand(["/bin/sh", "-c", script]), timeLimit: misbehaviour.timeLimit)
    let first = respondent?.answer(sample, seed: 1)
    let problem = try #require(first?.problem)
    #expect(problem.contains(misbehaviour.says), "\(problem)")
    #expect(!problem.contains { $0.isNewline } && problem.count < 300)
    #expect(respondent?.answer(sample, seed: 2).nats == 0.25)
    let pid = try #require(
      pid_t(String(contentsOfFile: folder.path + "/pid", encoding: .utf8).trimmingCharacters(in: .newlines)))
    respondent = nil
    #expect(kill(pid, 0) != 0)
    #expect(soon { kill(-pid, 0) != 0 })
  }

  @Test func strangersAreNamed() throws {
    let sample = try PairedSample(x: [[1], [2], [4]], y: [[1], [0], [3]])
    func problem(_ words: [String], _ limit: Duration = .seconds(20)) throws -> String {
      let respondent = LineRespondent(try ForeignCommand(words), timeLimit: .seconds(20), startLimit: limit)
      let error = try #require(throws: StartError.self) { try respondent.prepare(trials: [sample], until: { false }) }
      // What is asked all the same gives the same reason.
      #expect(respondent.answer(sample, seed: 1).problem == "\(error)")
      return "\(error)"
    }
    #expect(try problem(["/no/such"]).contains("no such program"))
    #expect(try problem(["/bin/sh", "-c", "sleep 1000"], .milliseconds(200)).contains("no answer to start within"))
    #expect(try problem(["/bin/sh", "-c", "exit 2"]).contains("exit status 2"))
    let other = Self.greeting.replacingOccurrences(of: "estimate", with: "kd_risk")
    #expect(try problem(["/bin/sh", "-c", "\(other); sleep 1000"]).contains("lists none of the operations estimate"))
  }
}
