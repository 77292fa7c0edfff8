// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch validate --add`: estimators side by side, run as users run it.
@Suite struct CompareCommandTests {
  /// Says 0.4 whatever it is given.
  private static let constant = "constant=echo 0.4 #"
  private static let quick = ["--tasks", "1v1-normal-0.75", "--rows", "60", "--seed", "5", "--repeats", "3"]

  @Test func estimatesHaveTheColumnsOfBmi() throws {
    let csv = try Tool.run(
      ["validate", "--estimator", "ksg1", "--estimator", "gaussian", "--add", Self.constant, "--csv"] + Self.quick)
    let lines = csv.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(csv.status == 0 && csv.errors.isEmpty, "\(csv)")
    #expect(csv.output.hasPrefix("estimator_id,task_id,n_samples,seed,mi_estimate,mi_true,time_in_seconds,success\n"))
    #expect(lines.count == 10 && lines.allSatisfy { $0.count == 8 })
    #expect(
      lines[3][0] == "constant" && lines[3][1] == "1v1-normal-0.75" && lines[3][4] == "0.4" && lines[3][7] == "True")
    // Sample i is that of seed + i, which anybody can draw.
    #expect(lines[1...].map { $0[3] } == ["5", "5", "5", "6", "6", "6", "7", "7", "7"])
    let sample = try Tool.run("tasks", "sample", "1v1-normal-0.75", "--rows", "60", "--seed", "6")
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("sample.csv")
    try sample.output.write(to: file, atomically: true, encoding: .utf8)
    let own = try Tool.run(
      "estimate", file.path, "--x", "x1", "--y", "y1", "--estimator", "gaussian", "--repeats", "0", "--permutations",
      "0",
      "--simulations", "0", "--csv", "--quiet")
    #expect(own.output.contains("gaussian,\(lines[5][4].prefix(12))"))
  }

  @Test func tablesShowBiasWithItsSign() throws {
    let arguments = ["validate", "--estimator", "gaussian", "--add", Self.constant] + Self.quick
    let text = try Tool.run(arguments)
    // ½ ln 16/7 is 0.413.
    #expect(text.status == 0 && text.output.contains("0.400 ± 0.000 (−0.013)"), "\(text)")
    let latex = try Tool.run(arguments + ["--latex", "--seed", "5"])
    #expect(latex.output.contains("1v1-normal-0.75 & $0.413$ & ") && latex.output.contains("($-0.013$) \\\\"))
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["schema"] == "cch.validate.comparison/1")
    let scores = try #require(document["tasks"]?.elements.first?["scores"]?.elements)
    #expect(scores.count == 2 && scores[1]["estimates"] == .array(Array(repeating: .number("0.4"), count: 3)))
    let other = try Tool.run(arguments + ["--json", "--threads", "1"])
    func timeless(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.contains("\"seconds\"") } }
    #expect(timeless(other.output) == timeless(try Tool.run(arguments + ["--json", "--threads", "4"]).output))
  }

  @Test func recordsAreGoneOnWith() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (record, log) = (folder.appendingPathComponent("r.jsonl"), folder.appendingPathComponent("log").path)
    let command = "counted=echo x >> \(log); echo 0.25 #"
    let arguments = ["validate", "--add", command, "--record", record.path, "--csv"] + Self.quick
    let first = try Tool.run(arguments)
    func asked() throws -> Int { try String(contentsOfFile: log, encoding: .utf8).count / 2 }
    // One call tries whether it can answer at all.
    #expect(try first.status == 0 && asked() == 4, "\(first)")
    let again = try Tool.run(arguments)
    #expect(try again.output == first.output && asked() == 5)
    // A line that a crash cut off is asked again; more samples and estimators go beside what there is.
    var text = try String(contentsOf: record, encoding: .utf8)
    text.removeLast(20)
    try text.write(to: record, atomically: true, encoding: .utf8)
    let more = try Tool.run(arguments.map { $0 == "3" ? "4" : $0 } + ["--estimator", "gaussian"])
    #expect(try more.status == 0 && asked() == 8 && more.output.split(separator: "\n").count == 9)
    let renamed = try Tool.run(arguments.map { $0 == command ? "counted=echo 0.3 #" : $0 })
    #expect(renamed.status == 2 && renamed.errors.contains("counted was"))
    try "a text\n".write(to: record, atomically: true, encoding: .utf8)
    let strange = try Tool.run(arguments)
    #expect(strange.status == 2 && strange.errors.contains("line 1: no JSON"))
    #expect(try String(contentsOf: record, encoding: .utf8) == "a text\n")
  }

  @Test func whatCannotAnswerIsTold() throws {
    let missing = try Tool.run(["validate", "--add", "none=/no/such/program"] + Self.quick)
    #expect(missing.status == 2 && missing.errors.hasPrefix("error: "), "\(missing)")
    let partly = try Tool.run(["validate", "--estimator", "ross", "--estimator", "ksg1", "--csv"] + Self.quick)
    #expect(
      partly.status == 0 && partly.output.contains("ross,1v1-normal-0.75,60,5,,") && partly.output.contains(",False\n"))
  }

  @Test(arguments: [
    (["--add", "echo 1"], "a name and a command are needed"), (["--add", "=echo"], "a name and a command are needed"),
    (["--add", "a="], "a name and a command are needed"),
    (["--add", "a=x", "--add", "a=y"], "a: two estimators have this name"),
    (["--add", "a=x", "--junit", "f"], "--junit: estimators are compared here"), (["--latex"], "nothing to compare"),
    (["--csv"], "name either an estimator"),
    (["--estimator", "ksg1", "--csv", "--latex"], "exclude each other"),
    (["--estimator", "ksg1", "--name", "x"], "--name"),
    (["--estimator", "ksg1", "--latex", "--tasks", "none*"], "no task is left"),
  ])
  func badInputIsOneError(arguments: [String], message: String) throws {
    let result = try Tool.run(["validate"] + arguments)
    #expect(result.status == 2 && result.errors.hasPrefix("error: ") && result.errors.contains(message), "\(result)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  /// Four samples tell little: what passes with room is said to pass, and what may be beyond the bound is undecided.
  @Test func whatMayBeBeyondTheBoundIsUndecided() throws {
    let document = try Tool.run(
      "validate", "--estimator", "ksg1", "--seed", "1", "--tasks", "1v1-*", "--repeats", "3", "--json"
    ).json()
    let tasks = try #require(document["tasks"]?.elements)
    func number(_ value: JSONValue?) -> Double {
      if case .number(let text)? = value { Double(text) ?? .nan } else { .nan }
    }
    for task in tasks {
      let allowed = 0.05 + 0.1 * number(task["truth"])
      let isBeyond = number(task["bias"]?["lower"]) < -allowed || number(task["bias"]?["upper"]) > allowed
      #expect(task["undecided"] == .bool(task["judged"] == true && task["ok"] == true && isBeyond))
    }
  }
}
