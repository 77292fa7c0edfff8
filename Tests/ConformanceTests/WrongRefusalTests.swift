// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ExactJSON
import ForeignPrograms
import Foundation
import LineProtocol
import Testing
import Vectors

/// Invalid input, answered in every way that there is: only a refusal passes.
@Suite struct WrongRefusalTests {
  private static let source = """
    import json, sys
    mode, nan = sys.argv[1], float("nan")
    for line in sys.stdin:
        m = json.loads(line)
        if m["kind"] == "start":
            print(json.dumps({"kind": "started", "protocol": 1, "name": "t", "operations": ["mutual_information"]}), flush=True)
        if m["kind"] == "stop": break
        if m["kind"] != "run": continue
        seq, refusal = m["seq"], {"kind": "errored", "seq": m["seq"], "message": "no"}
        result = lambda output: {"kind": "result", "seq": seq, "output": output}
        answers = {
            "errored": [refusal], "errored without a message": [{"kind": "errored", "seq": seq}],
            "errored, told twice": [refusal, refusal], "errored, seq 3.0": [refusal | {"seq": float(seq)}],
            "a result": [result({"nats": 0.25})], "a result of 0": [result({"nats": 0})],
            "null output": [result(None)], "null nats": [result({"nats": None})], "no nats": [result({})],
            "no output": [{"kind": "result", "seq": seq}], "NaN": [result({"nats": nan})],
            "minus infinity": [result({"nats": -float("inf")})], "the text nan": [result({"nats": "nan"})],
            "an error in the output": [result({"error": "no"})], "a list": [result([])], "false": [result(False)],
            "skipped": [{"kind": "skipped", "seq": seq, "reason": "sizes"}],
            "refused": [{"kind": "refused", "seq": seq}], "Errored": [refusal | {"kind": "Errored"}],
            "the wrong seq": [refusal | {"seq": seq + 100}], "seq as a text": [refusal | {"seq": str(seq)}],
            "no seq": [{"kind": "errored", "message": "no"}], "null seq": [refusal | {"seq": None}],
            "errored, then a result": [refusal, result({"nats": 0.25})],
            "a result, then errored": [result({"nats": 0.25}), refusal],
            "errored, then skipped": [refusal, {"kind": "skipped", "seq": seq, "reason": "no"}],
            "as Python prints it": [repr(refusal)], "a text": ["error: sizes"], "nothing": [],
        }
        if mode == "ends": sys.exit("no")
        for answer in answers[mode]:
            print(answer if isinstance(answer, str) else json.dumps(answer), flush=True)
    """

  private static let right = ["errored", "errored without a message", "errored, told twice", "errored, seq 3.0"]
  private static let wrong = [
    "a result", "a result of 0", "null output", "null nats", "no nats", "no output", "NaN", "minus infinity",
    "the text nan", "an error in the output", "a list", "false", "skipped", "refused", "Errored", "the wrong seq",
    "seq as a text", "no seq", "null seq", "errored, then a result", "a result, then errored", "errored, then skipped",
    "as Python prints it", "a text", "nothing",
  ]

  private func report(_ mode: String) throws -> ConformanceReport {
    let tests = (1...3).map { number in
      ConformanceVector(
        id: "v\(number)", comment: "sizes", flags: [], catches: "nothing", exactOnly: false,
        input: ["number": JSONValue(number)], expected: .refused(.sizes))
    }
    let suite = VectorSuite([
      VectorFile(operation: .mutualInformation, version: "1", source: "a test", notes: [], tests: tests)
    ])
    var limits = ProgramLimits()
    (limits.answer, limits.correction, limits.mostInFlight) = (.seconds(1), .milliseconds(300), 1)
    return try suite.report(on: ForeignCommand(["python3", "-c", Self.source, mode]), limits: limits)
  }

  @Test(arguments: right) func aRefusalPasses(mode: String) throws {
    let report = try report(mode)
    #expect(report.passes && report.tally.passed == 3, "\(mode): \(report)")
  }

  @Test(arguments: wrong) func nothingElsePasses(mode: String) throws {
    let report = try report(mode)
    // The last answer's contradiction comes when there is nothing left to ask.
    let isLate = mode.contains("then")
    #expect(!report.passes && report.tally.wrong >= (isLate ? 2 : 3), "\(mode): \(report)")
    #expect(report.tally.skipped == 0 && report.tally.wrong + report.breaches.count >= 3)
  }

  @Test func whoEndsWhateverItIsAskedIsNotJudged() {
    #expect { try report("ends") } throws: {
      "\($0)".hasSuffix("ended with exit status 1, whatever it was asked; its standard error ends: no")
    }
  }

  @Test func whoSkipsIsToldWhatToDo() throws {
    let report = try report("skipped")
    #expect("\(report)".contains("expected a refusal (sizes), got skipped: sizes"), "\(report)")
    #expect(
      report.diagnoses[0].mistakes.map(\.description).contains("skipped and not refused: sizes that disagree (3×)"))
  }
}
