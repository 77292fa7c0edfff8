// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch tasks` and `cch validate`, run as users run them.
@Suite struct ValidateCommandTests {
  private static let adapter = "examples/estimators/gaussian.c"

  @Test func tasksAreListedShownAndSampled() throws {
    let list = try Tool.run("tasks", "list", "--json").json()
    let ids = list["tasks"]?.elements.map { $0["id"]?.description ?? "" } ?? []
    // The 40 of the published benchmark, and those with classes, counts and atoms.
    #expect(list["schema"] == "cch.tasks/1" && ids.count > 40 && Set(ids).count == ids.count)
    let show = try Tool.run("tasks", "show", "1v1-normal-0.75")
    #expect(show.status == 0 && show.output.contains("I(x; y) = ½ ln 16/7"))
    let csv = try Tool.run("tasks", "sample", "swissroll_x-normal_cdf-1v1-normal-0.75", "--rows", "5", "--seed", "1")
    let lines = csv.output.split(separator: "\n")
    #expect(csv.status == 0 && csv.errors.isEmpty && lines.count == 6 && lines[0] == "x1,x2,y1")
    let again = try Tool.run(
      "tasks", "sample", "swissroll_x-normal_cdf-1v1-normal-0.75", "--rows", "5", "--seed", "1")
    #expect(csv.output == again.output)
    let own = try Tool.run("tasks", "show", "first:t;s", "--instance", "fixtures/instances/first.json", "--json").json()
    #expect(own["tasks"]?.elements.first?["mutual_information"]?["half_log_of"] == "2")
  }

  @Test func aRightEstimatorPasses() throws {
    let arguments = [
      "validate", "--estimator", "gaussian", "--seed", "1", "--instance", "fixtures/instances/first.json", "--json",
    ]
    let result = try Tool.run(arguments)
    #expect(result.status == 0 && result.errors.isEmpty)
    let document = try result.json()
    #expect(document["schema"] == "cch.validate/1" && document["ok"] == true && document["failures"] == .array([]))
    #expect(try #require(document["decisions"]?.elements.first)["right"] == 4)
    // Times differ from run to run, and nothing else, whatever the number of threads.
    func text(_ threads: String) throws -> String {
      try Tool.run(arguments + ["--threads", threads]).output.split(separator: "\n")
        .filter { !$0.contains("\"seconds\"") }.joined()
    }
    #expect(try text("1") == text("3"))
  }

  @Test func wrongProgramsFailWithAReason() throws {
    let constant = try Tool.run(
      "validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--", "/bin/sh", "-c", "echo 0.4")
    #expect(constant.status == 1 && constant.output.contains("independent-1-1: the mean estimate is +0.400"))
    let silent = try Tool.run(
      "validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--json", "--", "/bin/sh", "-c", ":")
    #expect(silent.status == 1)
    #expect(silent.output.contains("it printed nothing; one number, the estimate in nats, is expected"))
    #expect(try silent.json()["ok"] == false)
    #expect(!silent.output.lowercased().contains("nan,"))
  }

  /// The adapter in C, built as its first line says.
  @Test func theAdapterInCPasses() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appendingPathComponent("gaussian").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-o", program, Tool.root.appendingPathComponent(Self.adapter).path, "-lm"]
    try compiler.run()
    compiler.waitUntilExit()
    #expect(compiler.terminationStatus == 0)
    let result = try Tool.run("validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--", program)
    #expect(result.status == 0 && result.output.contains("Passes"), "\(result.output)")
  }

  /// A right estimator of one column a side in plain Python, whose answers are written in the way that its argument names.
  private static let program = """
    import json, math, sys
    way = sys.argv[1]
    for line in sys.stdin:
        m = json.loads(line)
        if m["kind"] == "start":
            print(json.dumps({"kind": "started", "protocol": 1, "name": "m", "operations": ["estimate"]}), flush=True)
        if m["kind"] != "run": continue
        x, y = ([row[0] for row in m["input"][key]] for key in "xy")
        n = len(x)
        mean = lambda a: sum(a) / n
        cov = lambda a, b: mean([p * q for p, q in zip(a, b)])
        x, y = ([a - centre for a in side] for side, centre in [(x, mean(x)), (y, mean(y))])
        value, seq = repr(-math.log(1 - cov(x, y) ** 2 / cov(x, x) / cov(y, y)) / 2), str(m["seq"])
        if way == "seq-float": seq += ".0"
        if way == "seq-array": seq = "[" + seq + "]"
        if way == "seq-text": seq = '"' + seq + '"'
        if way == "minus-infinity": value = "-Infinity"
        if way == "null": value = "null"
        if way == "overflow" or way == "overflow at 4000" and n == 4000: value = "1e400"
        text = '{"kind": "result", "seq": %s, "output": {"nats": %s}}' % (seq, value)
        print(text.replace('"', "'") if way == "python" else text, flush=True)
    if way == "deaf": sys.stdin.close(); import time; time.sleep(1000)
    """

  private func validate(_ way: String, _ options: String...) throws -> Tool.Result {
    try Tool.run(
      [
        "validate", "--protocol", "lines", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--samples",
        "3",
      ]
        + options + ["--", "python3", "-c", Self.program, way])
  }

  @Test(arguments: ["right", "seq-float"]) func rightProgramsPass(way: String) throws {
    let result = try validate(way)
    #expect(result.status == 0 && result.output.contains("Passes"), "\(result.output)")
  }

  /// What is wrong with the answers is told, at once, and there is no verdict where there is no estimate.
  ///
  /// The first request is the trial whether it can answer at all.
  @Test(arguments: [
    ("seq-array", "with a seq that no request has: [2] is an array", 1),
    ("seq-text", "with a seq that no request has: \"2\" is a string", 1), ("python", "is no JSON: expected a key", 1),
    ("minus-infinity", "-Infinity, which is not finite", 86), ("null", "null, which is not finite", 86),
    ("overflow", "1e400, which is not finite", 86),
  ]) func wrongLinesAreTold(way: String, says: String, asked: Int) throws {
    let start = ContinuousClock.now
    let result = try validate(way, "--json", "--threads", "1", "--time-limit", "5m")
    // No answer is waited for until its time is up, however busy the machine is.
    #expect(result.status == 1 && ContinuousClock.now - start < .seconds(300))
    let document = try result.json()
    #expect(
      document["failures"]?.elements.first?.description.contains(says.replacing("\"", with: "\\\"")) == true,
      "\(result.output)")
    let accuracy = document["checks"]?.elements.first { $0["name"] == "accuracy" }
    #expect(
      accuracy?["result"] == "not judged" && accuracy?["finding"] == "no estimate", "\(String(describing: accuracy))")
    #expect(document["tasks"]?.elements.allSatisfy { $0["mean"] == .null && $0["seconds"] == .null } == true)
    #expect((document["unasked"] == .null) == (asked > 1), "\(String(describing: document["unasked"]))")
  }

  @Test func oneSizeThatOverflowsFails() throws {
    let result = try validate("overflow at 4000")
    #expect(result.status == 1 && result.output.contains("1e400, which is not finite"), "\(result.output)")
    #expect(result.output.contains("no estimate") && !result.output.lowercased().contains("inf "), "\(result.output)")
  }

  @Test func whoDoesNotExitFails() throws {
    let result = try validate("deaf")
    #expect(
      result.status == 1 && result.output.contains("it had not exited 5.0 seconds after stop"), "\(result.output)")
  }

  /// What cannot start, or ends with an error whatever it is asked, is bad usage: one line with its standard error, at once.
  @Test(arguments: ["file", "lines"]) func whatCannotStartIsRefused(way: String) throws {
    // It introduces itself, and ends with every sample.
    let started = #"{"kind":"started","protocol":1,"name":"x","version":"1","operations":["estimate"]}"#
    let dies = "echo '\(started)'; read x; [ $# = 0 ] && read x; echo 'I cannot' >&2; exit 1"
    let cases: [([String], [String])] = [
      (["python3", "/no/such.py"], ["exit status 2", "can't open file '/no/such.py'"]),
      (["sh", "-c", "printf '\\033[1mlost\\n' >&2; exit 7"], ["exit status 7", "\\u{1b}[1mlost"]),
      (["sh", "-c", "kill -SEGV $$"], ["signal 11 (segmentation fault)"]),
      (["/no/such"], ["/no/such: no such program"]),
      (["sh", "-c", dies], ["exit status 1", way == "lines" ? "whatever the sample" : "", "I cannot"]),
    ]
    let start = ContinuousClock.now
    for (command, parts) in cases {
      let parts = parts.filter { !$0.isEmpty }
      let result = try Tool.run(["validate", "--protocol", way, "--seed", "1", "--"] + command)
      Tool.expectRefusal(result, naming: parts, "\(command)")
      #expect(result.errors.utf8.count < 600)
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// A program that breaks on some samples only is judged, not refused.
  @Test func whoBreaksLaterFails() throws {
    let script = "[ $(wc -l < \"$1\") -gt 2000 ] && { echo 'out of memory' >&2; exit 3; }; echo 0.2"
    let result = try Tool.run(
      "validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--", "/bin/sh", "-c", script, "sh")
    #expect(result.status == 1 && result.output.contains("exit status 3; its standard error ends: out of memory"))
  }

  @Test func badUsageIsRefused() throws {
    Tool.expectRefusal(try Tool.run("validate", "--estimator", "ksg3"), naming: ["ksg3", "did you mean ksg"])
    Tool.expectRefusal(try Tool.run("validate"), naming: ["--estimator"])
    Tool.expectRefusal(try Tool.run("validate", "--", "/no/such/program"), naming: ["/no/such/program"])
    Tool.expectRefusal(
      try Tool.run("validate", "--estimator", "ksg1", "--tasks", "xyz*"), naming: ["xyz*", "matches no task"])
    Tool.expectRefusal(try Tool.run("validate", "--estimator", "ksg1", "--repeats", "2"), naming: ["--repeats 2"])
    Tool.expectRefusal(try Tool.run("tasks", "show", "1v1-normal-0.57"), naming: ["no such task", "did you mean"])
    Tool.expectRefusal(try Tool.run("tasks", "sample", "1v1-normal-0.75", "--rows", "1"), naming: ["--rows 1"])
    Tool.expectRefusal(
      try Tool.run("tasks", "list", "--instance", "/no/such.json"), naming: ["/no/such.json"])
  }
}
