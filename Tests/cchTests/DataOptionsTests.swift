// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// Files and columns as people name them, through the built tool.
@Suite struct DataOptionsTests {
  /// Writes files into a folder of their own and runs `advise` or `explain` in terms of them: `@` stands for the folder.
  private func run(_ files: [String: String], _ arguments: String...) throws -> Tool.Result {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return try Tool.run(arguments.map { $0.replacing("@", with: folder.path) })
  }

  private static let rows = (0..<40).map { row -> [String] in
    let (a, b, e) = (row * 7 % 11, row * 5 % 13, row * row % 17)
    return ["\(a).5", "\(b)", "\(a + e)", "\(a + b + e * e % 5).25"]
  }

  private static func table(
    _ header: [String] = ["a", "b", "s", "y"], separator: String = ",", comma: Bool = false,
    _ columns: Range<Int> = 0..<4, _ change: (Int, [String]) -> [String] = { $1 }
  ) -> String {
    let lines = rows.enumerated().map { row, cells in
      Array(change(row, cells)[columns]).map { comma ? $0.replacing(".", with: ",") : $0 }.joined(separator: separator)
    }
    return ([header.joined(separator: separator)] + lines).joined(separator: "\n") + "\n"
  }

  /// The exact β of the whole table.
  private func beta(_ result: Tool.Result) throws -> JSONValue? {
    #expect(result.status == 0, "\(result.errors)")
    return try result.json()["beta"]
  }

  @Test func onePlaceForAllSpellings() throws {
    let plain = try run(
      ["d.csv": Self.table()], "explain", "--data", "@/d.csv", "--teacher", "a,b", "--student", "s", "--label", "y",
      "--json")
    let expected = try beta(plain)
    #expect(expected != nil && plain.errors.isEmpty)
    let semicolons = try run(
      ["d.csv": Self.table(separator: ";", comma: true)], "explain", "--data", "@/d.csv", "--teacher", " a..b ",
      "--student", "s",
      "--label", "y", "--json")
    #expect(try beta(semicolons) == expected)
    #expect(semicolons.errors.contains("separator ';', decimal comma"))
    let named = try run(
      ["d.csv": Self.table(["\"x, kg\"", "\"x\u{1B}[31m\"", "s", "y"])], "explain", "--data", "@/d.csv", "--teacher",
      "\"x, kg\",x?[31m",
      "--student", "s", "--label", "y", "--json")
    #expect(try beta(named) == expected)
    // Two files, by the order of rows and by a key in another order, as columns and as whole files.
    let (inputs, rest) = (Self.table(["a", "b"], 0..<2), Self.table(["s", "y"], 2..<4))
    let joined = try run(
      ["i.csv": inputs, "r.csv": rest], "explain", "--data", "@/i.csv", "@/r.csv", "--teacher", "@/i.csv", "--student",
      "s",
      "--label", "y", "--json")
    #expect(try beta(joined) == expected)
    func keyed(_ text: String, reversed: Bool) -> String {
      let lines = text.split(separator: "\n").enumerated().map { ($0 == 0 ? "id" : "k\($0)") + ",\($1)" }
      return ([lines[0]] + (reversed ? lines[1...].reversed() : Array(lines[1...]))).joined(separator: "\n")
    }
    let byKey = try run(
      ["i.csv": keyed(inputs, reversed: false), "r.csv": keyed(rest, reversed: true) + "\nlone,1,2"], "explain",
      "--data",
      "@/i.csv", "@/r.csv", "--key", "id", "--teacher", "a,b", "--student", "s", "--label", "y", "--json")
    #expect(try beta(byKey) == expected)
    #expect(byKey.errors.contains("40 rows in all files") && byKey.errors.contains("1 of r.csv"))
  }

  @Test func arraysAreAdvisedOn() throws {
    let npz = "fixtures/formats/views.npz"
    let result = try Tool.run("advise", "--data", npz, "--teacher", "audio", "--student", "text", "--label", "label")
    // Four rows are read, and too few.
    Tool.expectRefusal(result, naming: ["4 rows are too few"])
    let parts = try Tool.run(
      "advise", "--teacher", npz + ":audio", "--student", npz + ":text", "--label", npz + ":label")
    Tool.expectRefusal(parts, naming: ["4 rows are too few"])
    let unequal = try Tool.run(
      "advise", "--teacher", "fixtures/formats/version2.npy", "--student", npz + ":text", "--label", npz + ":label")
    Tool.expectRefusal(unequal, naming: ["has 5 rows and", "--key"])
    Tool.expectRefusal(try Tool.run("advise", "--teacher", "a", "--student", "b", "--label", "c"), naming: ["no data"])
  }

  @Test func pipesAndStandardInput() throws {
    func shell(_ line: String) throws -> (Int32, String) {
      let (process, output) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", line, Tool.executable.path]
      process.currentDirectoryURL = Tool.root
      process.standardOutput = output
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
    let certificate = "fixtures/certificates/converse.json"
    for line in [
      "cat \(certificate) | \"$0\" check -", "\"$0\" check /dev/stdin < \(certificate)",
      "\"$0\" check <(cat \(certificate))",
    ] {
      let (status, text) = try shell(line)
      #expect(status == 0 && text.contains("holds"), "\(line): \(text)")
    }
    let table = "fixtures/data/autompg.csv"
    let roles = "--teacher weight,horsepower --student acceleration --label mpg --json"
    let expected = try shell("\"$0\" explain --data \(table) \(roles)")
    let piped = try shell("cat \(table) | \"$0\" explain --data - \(roles)")
    #expect(expected.0 == 0 && piped.0 == 0)
    #expect(try JSONValue(parsing: piped.1)["beta"] == JSONValue(parsing: expected.1)["beta"])
  }

  @Test func missingNumbersAreMeans() throws {
    let holes = Self.table { $0 % 8 == 1 ? ["NULL"] + $1.dropFirst() : $1 }
    let there = Self.rows.enumerated().filter { $0.offset % 8 != 1 }.compactMap { Double($0.element[0]) }
    // 35 numbers: a mean with denominator 70.
    let mean = "\(Int(2 * there.reduce(0, +)))/70"
    let filled = Self.table { $0 % 8 == 1 ? [mean] + $1.dropFirst() : $1 }
    let roles = ["--teacher", "a,b", "--student", "s", "--label", "y"]
    func explain(_ text: String, _ options: String...) throws -> Tool.Result {
      let folder = try Tool.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appendingPathComponent("d.csv")
      try Data(text.utf8).write(to: file)
      return try Tool.run(["explain", "--data", file.path] + roles + options)
    }
    let imputed = try explain(holes, "--impute", "mean", "--json")
    #expect(try beta(imputed) == beta(explain(filled, "--json")))
    #expect(imputed.errors.contains("means stand for missing numbers of a"))
    Tool.expectRefusal(try explain(holes), naming: ["line 3, column \"a\"", "--drop-missing", "--impute mean"])
    Tool.expectRefusal(try explain(holes, "--impute", "mean", "--drop-missing"), naming: ["exclude each other"])
    let advised = try run(
      ["d.csv": holes], "advise", "@/d.csv", "--teacher", "a,b", "--student", "s", "--label", "y", "--impute", "mean",
      "--seed", "1",
      "--replicates", "100")
    #expect(
      advised.status == 0
        && advised.flat.contains("5 missing numbers count as the mean of the column's others (a: 5)"))
  }

  /// Nothing that a file or a name holds steers the terminal, and no error is longer than 500 bytes.
  @Test func errorsAreShortAndHarmless() throws {
    let long = String(repeating: "x", count: 300_000)
    let results = [
      try run(
        ["d.csv": "a\u{1B}[31m,b\u{202E},\u{9B}c\n1,2,3\n"], "explain", "--data", "@/d.csv", "--teacher", "q",
        "--student", "b", "--label", "c"),
      try run(
        ["d.csv": "\(long),b\n1,2\n"], "explain", "--data", "@/d.csv", "--teacher", "q", "--student", "b", "--label",
        "b"),
      try run(
        ["d.csv": "a,b\n\(long),2\n"], "explain", "--data", "@/d.csv", "--teacher", "a", "--student", "b", "--label",
        "b"),
      try run(["d.json": "{\"\(long)\": 1, \"schema\": \"cch.instance/1\"}"], "explain", "@/d.json"),
      try run(
        ["d.json": "{\"k\u{1B}[2J\u{7F}\u{9B}\u{202E}\": 1, \"schema\": \"cch.instance/1\"}"], "explain", "@/d.json"),
      try Tool.run("explain", "/no/such/\u{1B}[31m" + String(long.prefix(3000))),
      try Tool.run("explain", "x", "--\(long.prefix(3000))"),
    ]
    for result in results {
      Tool.expectRefusal(result, naming: [])
      #expect(result.errors.utf8.count <= 500)
      #expect(
        !result.errors.dropLast().unicodeScalars.contains {
          [.control, .format].contains($0.properties.generalCategory)
        })
    }
  }

  /// What was found of the spelling is told with a result, never before an error.
  @Test func anErrorIsOneLine() throws {
    let file = ["d.csv": "a;b;c\n1,5;2,5;1\n2,5;1,5;1\n3,5;4,5;1\n1,5;7,5;1\n"]
    let constant = try run(file, "explain", "--data", "@/d.csv", "--teacher", "a", "--student", "b", "--label", "c")
    Tool.expectRefusal(constant, naming: ["d.csv: column \"c\" is constant"])
    let few = try run(file, "advise", "@/d.csv", "--teacher", "a", "--student", "b", "--label", "c")
    Tool.expectRefusal(few, naming: ["d.csv: 4 rows are too few"])
  }

  @Test func whatIsCompressedIsBounded() throws {
    let roles = ["--teacher", "mor1,mor2", "--student", "mor4", "--label", "mor6"]
    let table = ["explain", "--data", "fixtures/data/mfeat/mor.csv.gz"] + roles
    Tool.expectRefusal(
      try Tool.run(table + ["--expand-limit", "20KB"]), naming: ["mor.csv.gz", "20000 bytes", "--expand-limit"])
    #expect(try Tool.run(table + ["--expand-limit", "1MiB", "--verdict"]).status == 0)
    Tool.expectRefusal(try Tool.run(table + ["--expand-limit", "many"]), naming: ["--expand-limit"])
  }
}
