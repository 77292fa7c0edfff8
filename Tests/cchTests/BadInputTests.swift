// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Every row of the table of bad input, through the built tool.
@Suite(.serialized) struct BadInputTests {
  private static let sigma = #"[["1","1/2","1/4"],["1/2","1","1/2"],["1/4","1/2","1"]]"#

  /// An instance file with some members replaced or left out.
  private static func instance(_ changes: [String: String] = [:], without left: String? = nil) -> String {
    let usual = [
      "schema": "\"cch.instance/1\"", "p1": "1", "p2": "1", "q": "1", "n": "20", "lambda": "\"1/2\"",
      "sigma": sigma, "w1": "[\"1\"]",
    ]
    let members = usual.merging(changes) { $1 }.filter { $0.key != left }.sorted { $0.key < $1.key }
    return "{" + members.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  static let table: [(String, String, [String])] = [
    ("not square", instance(["sigma": #"[["1","0","0"],["0","1","0"]]"#]), ["sigma is 2×3"]),
    ("ragged", instance(["sigma": #"[["1","0","0"],["0","1"],["0","0","1"]]"#]), ["sigma", "row 1", "2 entries"]),
    (
      "not symmetric", instance(["sigma": #"[["1","1/2","0"],["1/3","1","0"],["0","0","1"]]"#]),
      ["sigma", "[0][1] is 1/2", "[1][0] is 1/3"]
    ),
    (
      "indefinite", instance(["sigma": #"[["1","2","0"],["2","1","0"],["0","0","1"]]"#]),
      ["sigma", "leading minor of order 2 is -3"]
    ),
    (
      "semidefinite", instance(["sigma": #"[["1","1","0"],["1","1","0"],["0","0","1"]]"#]),
      ["leading minor of order 2 is 0"]
    ),
    ("wrong size", instance(["p2": "2"]), ["sigma is 3×3", "p2 = 2"]),
    ("w1 too long", instance(["w1": #"["1","2"]"#]), ["w1 is 2×1"]),
    ("w1 empty", instance(["w1": "[]"]), ["w1"]),
    ("w1 zero", instance(["w1": #"["0"]"#]), ["w1 is zero"]),
    ("w1 missing", instance(without: "w1"), ["\"w1\" is missing"]),
    ("w* zero", instance(["sigma": #"[["1","1/2","1/4"],["1/2","1","0"],["1/4","0","1"]]"#]), ["w* = 0"]),
    ("n small", instance(["n": "2"]), ["n is 2", "n ≥ p2+2 = 3"]),
    ("n negative", instance(["n": "-5"]), ["n is -5"]),
    ("n fraction", instance(["n": "20.5"]), ["n: ", "whole number"]),
    ("n huge", instance(["n": "1e30"]), ["n: ", "whole number"]),
    ("λ negative", instance(["lambda": "\"-1/2\""]), ["lambda is -1/2"]),
    ("NaN", instance(["lambda": "NaN"]), ["line 1, column"]),
    ("NaN text", instance(["lambda": "\"NaN\""]), ["lambda: \"NaN\" is no number"]),
    ("infinity", instance(["lambda": "\"Infinity\""]), ["lambda: \"Infinity\" is no number"]),
    ("1/0", instance(["lambda": "\"1/0\""]), ["lambda: \"1/0\" has denominator 0"]),
    ("empty number", instance(["lambda": "\"\""]), ["lambda: an empty text is no number"]),
    ("1e999999999", instance(["lambda": "\"1e999999999\""]), ["lambda", "exponent"]),
    ("1e999999999 bare", instance(["lambda": "1e999999999"]), ["lambda", "exponent"]),
    (
      "100,000 digits", instance(["lambda": "\"\(String(repeating: "9", count: 100_000))\""]),
      ["lambda: a number of 100000 digits"]
    ),
    (
      "entry is a word", instance(["sigma": #"[["1","x","0"],["x","1","0"],["0","0","1"]]"#]), ["sigma[0][1]", "\"x\""]
    ),
    (
      "entry is null", instance(["sigma": #"[["1",null,"0"],["0","1","0"],["0","0","1"]]"#]),
      ["sigma[0][1]", "found null"]
    ),
    ("malformed", "{\"schema\": \"cch.instance/1\",\n  \"p1\": 1,,\n}", ["line 2, column 11"]),
    ("truncated", "{\"schema\": ", ["line 1, column 12"]),
    ("empty file", "", ["line 1, column 1"]),
    ("array", "[]", ["expected an object"]),
    ("no schema", instance(without: "schema"), ["\"schema\" is missing"]),
    (
      "unknown schema", instance(["schema": "\"cch.instance/2\""]),
      ["unknown schema \"cch.instance/2\"", "cch.instance/1"]
    ),
    ("unknown key", instance(["sgima": "1"]), ["unknown key \"sgima\"", "\"sigma\""]),
    ("key twice", "{\"schema\": \"cch.instance/1\", \"n\": 1, \"n\": 2}", ["\"n\" is there twice"]),
    ("p zero", instance(["p1": "0"]), ["p1 is 0"]),
    ("p negative", instance(["p2": "-1"]), ["p2 is -1"]),
    ("p enormous", instance(["p1": "9223372036854775807"]), ["sigma is 3×3"]),
    ("p1a too large", instance(["p1a": "1"]), ["p1a is 1"]),
    (
      "unknown claim", instance(["schema": "\"cch.certificate/1\"", "claim": "\"unbouded\""]),
      ["claim", "\"unbounded\""]
    ),
    ("certificate without claim", instance(["schema": "\"cch.certificate/1\""]), ["\"claim\" is missing"]),
    (
      "bad recorded value",
      instance(["schema": "\"cch.certificate/1\"", "claim": "\"converse\"", "hypothesis": #"{"c": "x"}"#]),
      ["hypothesis.c", "\"x\""]
    ),
    ("deep", String(repeating: "[", count: 100_000), ["nested more than 64 deep"]),
  ]

  @Test(arguments: table.indices) func instancesAreRefused(row: Int) throws {
    let (name, text, parts) = Self.table[row]
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("bad.json")
    try Data(text.utf8).write(to: file)
    for command in ["explain", "check"] {
      // Instances without a claim are refused by check for that reason; explain judges the numbers.
      let result = try Tool.run(command, file.path)
      // A certificate with a zero teacher is read and does not hold; only explain needs it to be informative.
      if command == "check", name == "w1 zero" || name == "w* zero" {
        Tool.expectRefusal(result, naming: [file.path, "schema"], name)
      } else {
        Tool.expectRefusal(result, naming: [file.path] + parts, name)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["bad.json"])
  }

  @Test func theBaseInstanceIsFine() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("good.json")
    try Data(Self.instance().utf8).write(to: file)
    #expect(try Tool.run("explain", file.path).status == 0)
    Tool.expectRefusal(try Tool.run("check", file.path), naming: ["an instance, where a certificate"])
    Tool.expectRefusal(try Tool.run("explain", file.path, "--n", "2"), naming: ["n is 2"])
    Tool.expectRefusal(try Tool.run("explain", file.path, "--lambda", "x"), naming: ["--lambda", "\"x\" is no number"])
    Tool.expectRefusal(try Tool.run("explain", file.path, "--lambda=-1"), naming: ["--lambda -1", "lambda is -1"])
  }

  @Test func filesThatCannotBeRead() throws {
    for command in ["explain", "check"] {
      Tool.expectRefusal(try Tool.run(command, "/no/such/file.json"), naming: ["/no/such/file.json: no such file"])
      Tool.expectRefusal(try Tool.run(command, "/tmp"), naming: ["/tmp: is a directory"])
      Tool.expectRefusal(try Tool.run(command, "a\nb"), naming: ["no such file"])
    }
    // One bad file among good ones: nothing is judged.
    let good = "fixtures/certificates/converse.json"
    Tool.expectRefusal(try Tool.run("check", good, "/no/such/file.json"), naming: ["no such file"])
  }

  static let tables: [(String, String, [String], [String])] = [
    ("missing column", "a,b,y\n1,2,3\n", ["a", "c", "y"], ["no column \"c\"", "a, b, y"]),
    ("ragged row", "a,b,y\n1,2,3\n1,2\n", ["a", "b", "y"], ["line 3", "2 fields"]),
    ("empty cell", "a,b,y\n1,2,3\n1,,3\n", ["a", "b", "y"], ["line 3", "\"b\"", "empty"]),
    ("not numeric", "a,b,y\n1,2,3\n1,two,3\n", ["a", "b", "y"], ["line 3", "\"b\"", "\"two\""]),
    ("too few rows", "a,b,y\n1,2,3\n2,1,5\n", ["a", "b", "y"], ["2 rows", "4 are needed"]),
    ("constant", "a,b,y\n1,2,3\n2,2,5\n3,2,1\n4,2,2\n", ["a", "b", "y"], ["\"b\" is constant"]),
    ("twice", "a,b,y\n1,2,3\n2,3,5\n3,2,1\n4,1,2\n", ["a", "a", "y"], ["\"a\" is named twice"]),
    ("collinear", "a,b,y\n1,2,3\n2,4,5\n3,6,1\n4,8,2\n", ["a", "b", "y"], ["not positive definite"]),
    ("empty", "", ["a", "b", "y"], ["empty"]),
    ("open quote", "a,b,y\n\"1,2,3\n", ["a", "b", "y"], ["line 2", "quote"]),
    ("empty name", "a,b,y\n1,2,3\n", ["a,", "b", "y"], ["no column \"\""]),
  ]

  @Test(arguments: tables.indices) func tablesAreRefused(row: Int) throws {
    let (name, text, columns, parts) = Self.tables[row]
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("bad.csv")
    try Data(text.utf8).write(to: file)
    let result = try Tool.run(
      "explain", "--data", file.path, "--teacher", columns[0], "--student", columns[1], "--label", columns[2])
    Tool.expectRefusal(result, naming: [file.path] + parts, name)
  }

  @Test func usageErrors() throws {
    Tool.expectRefusal(try Tool.run("verify", "theorem2"), naming: ["unknown claim \"theorem2\"", "\"theorem1\""])
    Tool.expectRefusal(try Tool.run("verify", "--cases", "0"), naming: ["--cases 0"])
    Tool.expectRefusal(try Tool.run("verify", "--time", "30"), naming: ["--time 30", "30s", "500ms", "10m", "2h"])
    Tool.expectRefusal(try Tool.run("verify", "--time", "-3s"), naming: ["--time -3s", "positive"])
    Tool.expectRefusal(try Tool.run("verify", "--threads", "0"), naming: ["--threads 0"])
    Tool.expectRefusal(try Tool.run("verify", "--seed", "-1"), naming: ["--seed -1", "must not be negative"])
    Tool.expectRefusal(try Tool.run("verify", "--sede", "1"), naming: ["--sede"])
    Tool.expectRefusal(try Tool.run("explain"), naming: ["--data"])
    Tool.expectRefusal(try Tool.run("explain", "x.json", "--data", "y.csv"), naming: ["--data"])
    Tool.expectRefusal(try Tool.run("explain", "--data", "y.csv"), naming: ["--teacher"])
    Tool.expectRefusal(try Tool.run("explain", "x.json", "--label", "y"), naming: ["--label"])
    Tool.expectRefusal(try Tool.run("hunt", "theorem"), naming: ["unknown claim \"theorem\""])
    Tool.expectRefusal(try Tool.run("hunt", "converse", "--out", "/no/such/folder/x"), naming: ["/no/such/folder/x"])
    Tool.expectRefusal(try Tool.run("hunt", "converse", "--out", "/tmp"), naming: ["/tmp", "directory"])
    Tool.expectRefusal(try Tool.run("hunt", "converse", "--n", "2"), naming: ["--n 2", "p2+2"])
    Tool.expectRefusal(try Tool.run("hunt", "fixed-lambda", "--lambda", "0"), naming: ["--lambda 0", "positive"])
    Tool.expectRefusal(try Tool.run("hunt", "vector-label", "--exhaustive"), naming: ["--exhaustive", "vector-label"])
    Tool.expectRefusal(try Tool.run("hunt", "converse", "--height", "0", "--exhaustive"), naming: ["--height 0"])
    Tool.expectRefusal(try Tool.run("hunt", "converse", "--exhaustive", "--time", "1s"), naming: ["--time", "--cases"])
    Tool.expectRefusal(try Tool.run("replay", "u9:converse:AA:0"), naming: ["replay line", "version \"u9\""])
    Tool.expectRefusal(try Tool.run("replay", "u1:converse:AA:00000000"), naming: ["replay line", "checksum"])
    // The line of a claim that a package of its own defines, with a right checksum.
    Tool.expectRefusal(
      try Tool.run("replay", "u1:own:AA:08f1bca1"), naming: ["\"own\"", "package of its own"])
    Tool.expectRefusal(try Tool.run("check"), naming: ["files"])
    Tool.expectRefusal(try Tool.run("chekc", "x"), naming: ["chekc"])
  }

  @Test func closedOrFullOutputIsNoTrap() throws {
    func shell(_ line: String) throws -> (Int32, String) {
      let (process, errors) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", line, Tool.executable.path]
      process.currentDirectoryURL = Tool.root
      process.standardError = errors
      try process.run()
      let text = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
    for command in [
      "claims", "claims --json", "verify --cases 100 --quiet", "check fixtures/certificates/converse.json", "--help",
    ] {
      for target in [">&-", ">/dev/full"] {
        let (status, errors) = try shell("exec \"$0\" \(command) \(target)")
        #expect(status == 2, "\(command) \(target)")
        #expect(
          errors.hasPrefix("error: standard output") && errors.filter { $0 == "\n" }.count == 1,
          "\(command) \(target): \(errors)")
      }
      let (status, errors) = try shell("{ sleep 0.2; \"$0\" \(command); echo $? >&2; } | true")
      // As for a tool that the signal SIGPIPE ends, and without a word.
      #expect(status == 0 && errors == "141\n", "\(command): \(errors)")
    }
  }
}
