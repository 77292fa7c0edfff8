// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// What the tool says where a command line is wrong, and where its output goes nowhere.
@Suite(.serialized) struct MessageTests {
  private static let instance = "fixtures/certificates/fixed-lambda.json"

  /// A command line, and what its one error line must say.
  static let lines: [(line: String, parts: [String])] = [
    // Values that begin with a dash reach the option, whose rule is said.
    ("explain \(instance) --n -5", ["--n -5", "n ≥ p2+2"]),
    ("explain \(instance) --lambda -1", ["--lambda -1", "must not be negative"]),
    ("explain \(instance) --lambda -1e400", ["--lambda -1e400", "must not be negative"]),
    ("verify --cases -5", ["--cases -5", "at least 1"]),
    ("verify --threads -2", ["--threads -2", "1 to 1024"]),
    ("verify --seed -1", ["--seed -1", "must not be negative", "cch help verify"]),
    ("verify --seed 18446744073709551616", ["--seed 18446744073709551616", "too large"]),
    ("verify --cases 1.5", ["--cases 1.5", "whole number"]),
    ("verify --cases many", ["--cases many", "a number is needed"]),
    ("hunt converse --height -1", ["--height -1", "1 to 1000"]),
    ("conform --random -3 -- true", ["--random -3"]),
    ("validate --max-dimension -1 --estimator ksg1", ["--max-dimension -1"]),
    ("experiment regression --repeats -2", ["--repeats -2", "at least 2"]),
    // Units of times.
    ("verify --time 30", ["--time 30", "30s", "500ms", "10m", "2h"]),
    ("verify --time 30sec", ["--time 30sec", "500ms"]), ("verify --time -1s", ["--time -1s", "positive"]),
    ("conform --time-limit 5 -- true", ["--time-limit 5", "500ms"]),
    ("validate --time-limit x --estimator ksg1", ["--time-limit x", "500ms"]),
    // What begins with a dash is no help.
    ("explain -dash.json", ["-dash.json", "./-dash.json"]), ("check -hello.json", ["-hello.json", "./-hello.json"]),
    ("check \(instance) -vh", ["-vh"]), ("export -q-.json --format csv", ["-q-.json"]),
    // An unknown option is named though another one is missing, and the hint names the command.
    ("explain --verdit", ["--verdit", "--verdict", "'cch help explain'"]),
    ("advise data.csv --studnet a", ["--studnet", "--student", "'cch help advise'"]),
    ("check --josn", ["--josn", "--json", "'cch help check'"]),
    ("experiment regression --quik", ["--quik", "--quick", "'cch help experiment regression'"]),
    ("tasks sample --row 5", ["--row", "--rows", "'cch help tasks sample'"]),
    ("verify --seed --json", ["--seed", "value is missing"]), ("verify --seed", ["--seed", "value is missing"]),
    ("--json claims", ["--json", "'cch help'"]), ("help verfy", ["verfy", "verify"]),
    ("help experiment regresion", ["regresion", "regression"]),
  ]

  @Test(arguments: lines.indices) func theLineSaysTheRule(row: Int) throws {
    let (line, parts) = Self.lines[row]
    Tool.expectRefusal(try Tool.run(line.split(separator: " ").map(String.init)), naming: parts, line)
  }

  @Test func noErrorIsLongOrObeyedByATerminal() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let long = String(repeating: "k", count: 2_000_000)
    let keys = [
      long, "a\u{1B}[2J", "a\u{9B}31m", "a\u{7F}", "a\u{202E}b", "a\u{2066}",
      "é" + String(repeating: "\u{202E}", count: 5_000),
    ]
    for (number, key) in keys.enumerated() {
      let file = folder.appendingPathComponent("\(number).json")
      try Data("{\"schema\": \"cch.instance/1\", \"\(key.replacing("\u{1B}", with: "\\u001b"))\": 1}".utf8).write(
        to: file)
      let result = try Tool.run("explain", file.path)
      Tool.expectRefusal(result, naming: [file.path, "unknown key"], "key \(number)")
      #expect(result.errors.utf8.count <= 500, "key \(number): \(result.errors.utf8.count)")
      let scalars = result.errors.dropLast().unicodeScalars
      #expect(
        !scalars.contains { $0.properties.generalCategory == .control || $0.properties.isBidiControl }, "key \(number)")
    }
    // A file and an argument as well.
    for name in ["no\u{1B}[31mfile.json", "\u{202E}gpj.exe", String(repeating: "n", count: 5_000)] {
      let result = try Tool.run("explain", name)
      Tool.expectRefusal(result, naming: [])
      #expect(result.errors.utf8.count <= 500)
      #expect(!result.errors.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.properties.isBidiControl })
    }
  }

  /// Names from files are harmless on standard output too.
  @Test func noNameIsObeyedOnStandardOutput() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a\u{1B}]0;title\u{7}.json")
    let text = try String(contentsOf: Tool.root.appendingPathComponent(Self.instance), encoding: .utf8)
    try Data(text.utf8).write(to: file)
    for arguments in [["explain", file.path], ["explain", file.path, "--json"], ["check", file.path]] {
      let result = try Tool.run(arguments)
      #expect(result.status == 0 && !result.output.isEmpty)
      #expect(!result.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" }, "\(arguments)")
    }
    #expect(try Tool.run("explain", file.path, "--json").json()["source"] == .string(file.path))
  }

  @Test func oldSpellingsWorkWithANote() throws {
    let result = try Tool.run("tasks", "sample", "1v1-normal-0.75", "--size", "3", "--seed", "1")
    #expect(result.status == 0 && result.output.split(separator: "\n").count == 4)
    #expect(result.errors == "note: --size is now called --rows; the old spelling goes in the release after this one\n")
    // An error names what was typed, in one line.
    Tool.expectRefusal(try Tool.run("tasks", "sample", "1v1-normal-0.75", "--size", "1"), naming: ["--size 1"])
    let now = try Tool.run("tasks", "sample", "1v1-normal-0.75", "--rows", "3", "--seed", "1")
    #expect(now.output == result.output && now.errors.isEmpty)
    let quiet = try Tool.run("tasks", "sample", "1v1-normal-0.75", "--size=3", "--seed", "1", "--quiet")
    #expect(quiet.output == result.output && quiet.errors.isEmpty)
  }

  @Test func missingFixturesNameTheVariable() throws {
    let environment = ["CCH_FIXTURES": "/nonexistent"]
    for line in [
      "experiment images --quick", "experiment views --quick", "experiment ablations --quick",
      "experiment omics --quick",
      "experiment regression --quick", "conform -- true", "hunt converse --save --cases 10",
      "verify unbounded --cases 10",
    ] {
      let result = try Tool.run(line.split(separator: " ").map(String.init), environment: environment)
      Tool.expectRefusal(result, naming: ["/nonexistent", "CCH_FIXTURES"], line)
    }
  }

  @Test func helpShowsDefaultsAsTheyAreTyped() throws {
    for command in try Commands.all() {
      let result = try Tool.run(["help"] + command.path)
      #expect(result.status == 0 && !result.output.contains("TimeBudget") && !result.output.contains("Optional("))
    }
    let help = try Tool.run("help", "conform").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(help.contains("10s, which is the default"))
  }
}
