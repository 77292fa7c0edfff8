// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch conform`, run as a user runs it.
@Suite struct ConformCommandTests {
  /// A folder with one vector file and a program that answers its numbers, off by one for some.
  private struct Bench {
    let folder: URL

    init(schema: String = "cch.vectors/1") throws {
      folder = try Tool.temporaryFolder()
      let tests = (1...6).map { number -> JSONValue in
        [
          "id": .string("mutual_information-00\(number)"), "comment": "a number", "flags": ["TYPICAL"],
          "catches": "nothing",
          "exact_only": false, "input": ["number": JSONValue(number)],
          "expected": ["output": ["nats": ["value": .string("\(number)"), "tolerance": "1e-9"]]],
        ]
      }
      let file: JSONValue = [
        "schema": .string(schema), "version": "1", "operation": "mutual_information", "source": "a test",
        "notes": ["TYPICAL": ["bug_type": "wrong formula", "description": "an ordinary case"]], "tests": .array(tests),
      ]
      try file.pretty.write(to: path("vectors.json"), atomically: true, encoding: .utf8)
      let program = """
        import json, sys
        wrong = sys.argv[1:]
        for line in sys.stdin:
            request = json.loads(line)
            if request["kind"] == "start":
                print(json.dumps({"kind": "started", "protocol": 1, "name": "mine", "version": "1.0",
                                  "operations": ["mutual_information"]}), flush=True)
            if request["kind"] == "run":
                number = request["input"].get("number", 0)
                print(json.dumps({"kind": "result", "seq": request["seq"],
                                  "output": {"nats": number * (2 if str(number) in wrong else 1)}}), flush=True)
        """
      try program.write(to: path("program.py"), atomically: true, encoding: .utf8)
    }

    func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

    func conform(_ options: [String] = [], wrong: [String] = []) throws -> Tool.Result {
      try Tool.run(
        ["conform", "--vectors", folder.path] + options + ["--", "python3", path("program.py").path] + wrong)
    }
  }

  @Test func aRightProgramPasses() throws {
    let result = try Bench().conform()
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.contains("All 6 vectors pass."), "\(result.output)")
  }

  @Test func failuresAreShownWithTheLikelyMistake() throws {
    let result = try Bench().conform(wrong: ["2", "5"])
    #expect(result.status == 1)
    for part in [
      "mutual_information-002 failed: a number", "nats expected: 2", "got: 4", "difference: 2e+09 tolerances",
      "every wrong answer (2) equals twice the right one", "TYPICAL (2 of 6)", "2 of 6 vectors are wrong.",
    ] {
      #expect(result.output.contains(part), "\(part): \(result.output)")
    }
  }

  @Test func theDocumentHasAll() throws {
    let result = try Bench().conform(["--json"], wrong: ["2"])
    #expect(result.status == 1)
    let document = try result.json()
    #expect(document["schema"] == "cch.conform/1" && document["ok"] == false && document["version"] == "1.0")
    #expect(document["total"] == ["passed": 5, "failed": 1, "skipped": 0, "errored": 0])
    guard case .array(let failures)? = document["failures"] else { throw JSONShapeError(path: "", problem: "none") }
    #expect(failures.first?["id"] == "mutual_information-002" && failures.first?["got"] == ["nats": 4])
  }

  @Test func releasesAreCompared() throws {
    let bench = try Bench()
    let record = bench.path("record.txt").path
    #expect(try bench.conform(["--record", record], wrong: ["2"]).status == 1)
    let result = try bench.conform(["--against", record, "--junit", bench.path("j.xml").path], wrong: ["3"])
    #expect(result.output.contains("newly failing (1): mutual_information-003"), "\(result.output)")
    #expect(result.output.contains("newly passing (1): mutual_information-002"), "\(result.output)")
    let junit = try String(contentsOf: bench.path("j.xml"), encoding: .utf8)
    #expect(junit.contains("<testsuite name=\"mutual_information\" tests=\"6\" failures=\"1\""))
    #expect(try bench.conform(["--against", record], wrong: ["2"]).output.contains("no change"))
  }

  /// What is known to fail keeps the status 0, until it passes; an earlier release does so until something is worse.
  @Test func continuousIntegrationIsGuarded() throws {
    let bench = try Bench()
    let (list, badge) = (bench.path("known.txt").path, bench.path("badge.txt").path)
    let record = bench.path("record.txt").path
    #expect(
      try bench.conform(["--write-xfails", list, "--badge", badge, "--record", record], wrong: ["2", "5"]).status == 1)
    #expect(try String(contentsOfFile: badge, encoding: .utf8).contains("4 of 6"))
    let same = try bench.conform(["--xfails", list, "--against", record], wrong: ["2", "5"])
    #expect(same.status == 0 && same.output.contains("none that was not so before"), "\(same)")
    let better = try bench.conform(["--xfails", list], wrong: ["5"])
    #expect(better.status == 1 && better.output.contains("1 are listed and pass: mutual_information-002"), "\(better)")
    #expect(better.output.contains("--write-xfails"))
    #expect(try bench.conform(["--against", record], wrong: ["5"]).status == 0)
    #expect(try bench.conform(["--against", record], wrong: ["2", "5", "6"]).status == 1)
    #expect(try bench.conform(["--xfails", list], wrong: ["1", "2", "5"]).status == 1)
    let document = try bench.conform(["--xfails", list, "--json"], wrong: ["5"]).json()
    #expect(document["ok"] == false && document["suite"]?["version"] == "1")
    Tool.expectRefusal(try bench.conform(["--skip-flag", "TYPICALLY"]), naming: ["--skip-flag", "TYPICAL?"])
    Tool.expectRefusal(try bench.conform(["--xfails", "/nowhere"]), naming: ["/nowhere"])
  }

  @Test func randomCasesFindWhatTheVectorsMiss() throws {
    let result = try Bench().conform(["--random", "5", "--seed", "1"])
    #expect(result.status == 1)
    for part in [
      "random cases (--seed 1): 5 asked", "made smaller in", "as a vector: {\"id\": \"random-1-",
      "but random cases fail",
    ] {
      #expect(result.output.contains(part), "\(part): \(result.output)")
    }
  }

  @Test func badInputIsRefusedBeforeAnythingRuns() throws {
    let bench = try Bench()
    Tool.expectRefusal(try Tool.run("conform"), naming: ["--"])
    let missing = try Tool.run(["conform", "--vectors", bench.folder.path, "--", "no-such-program-here"])
    Tool.expectRefusal(missing, naming: ["no-such-program-here", "no such program"])
    Tool.expectRefusal(
      try bench.conform(["--only", "mutual_informtion"]),
      naming: ["mutual_informtion", "did you mean mutual_information?"])
    Tool.expectRefusal(try bench.conform(["--only", "ksg"]), naming: ["--only ksg"])
    for option in ["--junit", "--record"] {
      let path = bench.path("no/such/folder/file").path
      Tool.expectRefusal(try bench.conform([option, path]), naming: [option, path])
      Tool.expectRefusal(try bench.conform([option, bench.folder.path]), naming: [option, "folder"])
    }
    Tool.expectRefusal(try bench.conform(["--against", "/no/such/file"]), naming: ["/no/such/file"])
    Tool.expectRefusal(
      try bench.conform(["--against", bench.path("vectors.json").path]), naming: ["vectors.json", "schema"])
    Tool.expectRefusal(try bench.conform(["--random", "0"]), naming: ["--random 0"])
    Tool.expectRefusal(try Tool.run(["conform", "--vectors", "/no/such", "--", "true"]), naming: ["/no/such"])
  }

  @Test func newerAndDamagedVectorsAreRefused() throws {
    let newer = try Bench(schema: "cch.vectors/2")
    Tool.expectRefusal(try newer.conform(), naming: ["vectors.json", "cch.vectors/2", "newer"])
    let bench = try Bench()
    let damaged = bench.path("b.json")
    let text = try String(contentsOf: bench.path("vectors.json"), encoding: .utf8)
    try String(text.prefix(text.count / 2)).write(to: damaged, atomically: true, encoding: .utf8)
    Tool.expectRefusal(try bench.conform(), naming: ["b.json", "line"])
    // The same id in two files.
    try text.write(to: damaged, atomically: true, encoding: .utf8)
    Tool.expectRefusal(try bench.conform(), naming: ["mutual_information-001", "also in"])
  }

  /// What cannot start, or ends before it is asked anything, is bad usage: one line with its standard error, nothing written.
  @Test func aProgramThatDoesNotSpeakIsRefused() throws {
    let bench = try Bench()
    let record = bench.path("record.json").path
    let cases: [([String], [String])] = [
      (["true"], ["true: before it answered start", "exit status 0"]),
      (["python3", "/no/such.py"], ["python3 /no/such.py", "exit status 2", "can't open file '/no/such.py'"]),
      (["sh", "-c", "printf '\\033[1mlost\\n' >&2; exit 7"], ["exit status 7", "\\u{1b}[1mlost"]),
      (["sh", "-c", "kill -ABRT $$"], ["signal 6 (abort)"]),
    ]
    let start = ContinuousClock.now
    for (command, parts) in cases {
      let result = try Tool.run(["conform", "--vectors", bench.folder.path, "--record", record, "--"] + command)
      Tool.expectRefusal(result, naming: parts)
      #expect(result.errors.utf8.count < 600)
    }
    #expect(ContinuousClock.now - start < .seconds(20), "at once, not after a time limit")
    #expect(!FileManager.default.fileExists(atPath: record))
  }

  /// A program that looks at no input makes one mistake, not one for each operation; numbers of 150 digits are for the document.
  @Test func whatRepeatsIsToldOnce() throws {
    let bench = try Bench()
    let program = """
      import json, sys
      for line in sys.stdin:
          request = json.loads(line)
          if request["kind"] == "start":
              print(json.dumps({"kind": "started", "protocol": 1, "name": "mine", "version": "1.0", "exact": True, "operations":
                                ["baseline_risk", "kd_risk", "ridge_risk", "risk_slope"]}), flush=True)
          if request["kind"] == "run":
              print(json.dumps({"kind": "result", "seq": request["seq"], "output": {"risk": "1", "slope": "1"}}), flush=True)
      """
    try program.write(to: bench.path("blind.py"), atomically: true, encoding: .utf8)
    let options = ["baseline_risk", "kd_risk", "ridge_risk", "risk_slope"].flatMap { ["--only", $0] }
    func run(_ more: [String]) throws -> Tool.Result {
      try Tool.run(["conform", "--show", "400"] + more + options + ["--", "python3", bench.path("blind.py").path])
    }
    let (page, document) = (try run([]).output, try run(["--json"]).json())
    // The same sums from the document, where each operation has its own.
    let clause = "answered and not refused: Σ that is not symmetric"
    let counts = (document["diagnoses"]?.elements ?? []).flatMap { $0["mistakes"]?.elements ?? [] }
      .compactMap { mistake -> Int? in
        guard case .string(let text) = mistake, let match = text.wholeMatch(of: /(.*) \((\d+)×\)/) else { return nil }
        return match.1 == clause ? Int(match.2) : nil
      }
    #expect(counts.count == 4)
    let told = "  \(clause) (\(counts.reduce(0, +))× in 4 operations: baseline_risk, kd_risk, ridge_risk, risk_slope)\n"
    #expect(page.contains(told) && page.components(separatedBy: clause).count == 2, "\(told)")
    // Every wrong refusal is there, in full or by its id.
    let failures = document["failures"]?.elements ?? []
    for failure in failures {
      guard case .string(let id)? = failure["id"] else { continue }
      #expect(page.contains(id), "\(id)")
    }
    let likewise = page.components(separatedBy: "\n  likewise: ").count - 1
    #expect(likewise > 5 && page.components(separatedBy: "catches: ").count - 1 < failures.count)
    let long = /[0-9]{41,}/
    #expect(!page.contains(long) && page.contains(/[0-9]{12}…\([0-9]+ digits\)/) && document.pretty.contains(long))
  }

  @Test func anInterruptedRunReportsWhatItHas() throws {
    let bench = try Bench()
    let result = try Tool.run(
      ["conform", "--vectors", bench.folder.path, "--", "sh", "-c", "read x; echo '\(started)'; sleep 100"],
      afterStart: { process in
        Thread.sleep(forTimeInterval: 1.5)
        process.interrupt()
      })
    #expect(result.status == 130 && result.output.contains("interrupted"), "\(result.output)")
  }

  private let started =
    #"{"kind":"started","protocol":1,"name":"slow","version":"1","operations":["mutual_information"]}"#
}
