// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// Statements in text, in every command that takes them.
@Suite struct ConjectureCommandTests {
  @Test func aStatementIsHuntedAndReplayed() throws {
    let found = try Tool.run("hunt", "teacher = ols => lambda* <= 1", "--seed", "1", "--cases", "2000", "--json")
    let document = try found.json()
    #expect(found.status == 1 && document["found"] == true && document["claim"] == "teacher = ols => best lambda <= 1")
    guard case .string(let line)? = document["replay"] else {
      Issue.record("a replay line")
      return
    }
    #expect(line.hasPrefix("u1:teacher = ols => best lambda <= 1:"))
    let again = try Tool.run("replay", line, "--json")
    #expect(again.status == 1)
    #expect(try again.json()["fails"] == true && again.json()["instance"] == document["instance"])
  }

  /// After nothing was found: what was searched, what to try next, and what Coq would have to prove.
  @Test func nothingFoundIsSaid() throws {
    let result = try Tool.run("hunt", "I(t;s) > I(s;y) and var(t) <= var(y) => helps", "--seed", "1", "--cases", "2000")
    #expect(result.status == 0)
    for part in [
      "nothing found in 2,000 cases", "searched: ", "whole-number problems", "--exhaustive --height",
      "Definition conjecture (R : realFieldType)", "expI_sy S < expI_ts S w1",
      "of the first 128 instances the largest had p1 = 4, p2 = 4, q = 1", "of 16 regions visited",
    ] { #expect(result.output.contains(part), "\(part)\n\(result.output)") }
    let vacuous = try Tool.run("hunt", "beta > 2 and helps => a < 1", "--seed", "1", "--cases", "1000")
    #expect(vacuous.output.contains("VACUOUS"))
    let empty = try Tool.run("hunt", "helps and a < 1 => helps", "--seed", "1", "--cases", "64")
    #expect(empty.output.contains("the conclusion is a part of the premise"))
  }

  @Test func filesOfStatementsAreVerified() throws {
    let file = "fixtures/claims/refuted.claims"
    let result = try Tool.run("verify", "converse", "--claims", file, "--cases", "2000", "--seed", "1", "--json")
    #expect(result.status == 1)
    let claims = try result.json()["claims"]?.elements ?? []
    #expect(claims.count == 1 && claims[0]["id"] == "converse" && claims[0]["outcome"] == "violated")
    let unknown = try Tool.run("verify", "convrse", "--claims", file)
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean \"converse\"?"))
  }

  @Test func aStatementIsExplained() throws {
    let result = try Tool.run(
      "explain", "fixtures/instances/first.json", "--verdict", "--claim", "I(t;s) > I(s;y) => window.upper < 1")
    #expect(result.status == 0 && result.output.contains("does not hold: a counterexample"))
    #expect(result.output.contains("e^2I(t;s) = 2"))
  }

  /// One line, then the place with a caret; exit status 2.
  @Test func errorsShowThePlace() throws {
    let result = try Tool.run("hunt", "I(t;s) > I(s;y) => lamda* < 1")
    #expect(result.status == 2 && result.output.isEmpty)
    let expected = """
      error: column 20: unknown word "lamda"; did you mean "lambda"?
        I(t;s) > I(s;y) => lamda* < 1
                           ^~~~~

      """
    #expect(result.errors == expected)
    #expect(try Tool.run("hunt", "unbonded").errors.contains("did you mean \"unbounded\"?"))
  }

  /// Certificates of statements are checked by the independent path, and what that does not know is said.
  @Test func certificatesOfStatementsAreChecked() throws {
    let file = "fixtures/claims/found/stated-dc7a7570.json"
    let check = try Tool.run("check", file)
    #expect(check.status == 0 && check.output.contains("holds"), "\(check.output)\(check.errors)")
    let outputs = try Tool.run("check", "fixtures/claims/found/stated-f96fb90a.json")
    #expect(outputs.status == 2 && outputs.errors.contains("no quantifiers"), "\(outputs.errors)")
    #expect(try Tool.run("explain", file, "--verdict").status == 0)
  }

  /// A statement for Coq, and why a certificate has no refutation there.
  @Test func statementsAreExported() throws {
    let refused = try Tool.run("export", "fixtures/claims/found/stated-dc7a7570.json", "--format", "coq")
    #expect(
      refused.status == 2 && refused.errors.contains("none of the words of proofs/Statements.v"), "\(refused.errors)")
    let stated = try Tool.run("export", "--claim", "I(t;s) > I(s;y) => helps", "--format", "coq")
    #expect(stated.status == 0 && stated.output.contains("expI_sy S < expI_ts S w1 ->"), "\(stated.output)")
    for wrong in [
      ["--claim", "best gain > R0", "--format", "coq"], ["--claim", "helps", "--format", "csv"], ["--format", "coq"],
      ["--claim", "theorem1", "--format", "coq"], ["--claim", "hepls or k < 1", "--format", "coq"],
    ] {
      let result = try Tool.run(["export"] + wrong)
      #expect(result.status == 2 && result.errors.hasPrefix("error: "), "\(wrong): \(result.errors)")
    }
    // A certificate of two instances is written, read, explained and replayed.
    let pair = "fixtures/claims/found/stated-ca273613.json"
    #expect(try Tool.run("check", pair).output.contains("best_gain.B = 16/7"))
    let text = "same Σ22, n => best gain.A >= best gain.B"
    let explained = try Tool.run("explain", pair, "--brief", "--claim", text)
    #expect(explained.output.contains("does not hold: a counterexample"), "\(explained.output)\(explained.errors)")
  }

  @Test func theVocabularyIsListed() throws {
    let words = try Tool.run("claims", "--words", "--json").json()["words"]?.elements ?? []
    #expect(words.contains { $0["symbol"] == "σε²" && $0["unit"] == "y²" } && words.count > 30)
  }
}

extension ConjectureCommandTests {
  /// The oracle evaluates statements: true, false, undefined, or a refusal that shows the column.
  @Test func theOracleEvaluates() throws {
    func line(_ seq: Int, _ statement: String) -> String {
      "{\"kind\":\"run\",\"seq\":\(seq),\"operation\":\"evaluate\",\"input\":{\"sigma\":[[2,1,1],[1,2,1],[1,1,3]],\"p1\":1,\"p2\":1,"
        + "\"w1\":[1],\"n\":3,\"statement\":\"\(statement)\"}}"
    }
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let statements = ["helps => a < 1", "c = σε²", "1/(k - 1) > 0", "c < lamda", "R(1) < R0"]
    let input = folder.appendingPathComponent("requests")
    let lines = statements.enumerated().map { line($0, $1) + "\n" }.joined()
    try Data(lines.utf8).write(to: input)
    let process = Process()
    let output = Pipe()
    process.executableURL = Tool.executable
    process.arguments = ["oracle"]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = output
    try process.run()
    let answers = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n").map { try? JSONValue(parsing: String($0)) }
    process.waitUntilExit()
    try #require(answers.count == 5)
    #expect(answers[0]?["output"]?["holds"] == true)
    #expect(answers[0]?["output"]?["sides"]?.elements.first == ["name": "c", "value": "1/2"])
    #expect(answers[1]?["output"]?["holds"] == false && answers[1]?["output"]?["premise"] == true)
    #expect(answers[2]?["output"]?["holds"] == .null && answers[2]?["output"]?["reason"] == "a division by 0")
    #expect(answers[3]?["kind"] == "errored")
    guard case .string(let message)? = answers[3]?["message"] else { return }
    #expect(message.contains("column 5") && message.contains("did you mean"))
    #expect(answers[4]?["output"]?["holds"] == true)
  }
}
