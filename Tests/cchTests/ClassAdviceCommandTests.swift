// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch advise` where the label is a class, run as users run it.
@Suite struct ClassAdviceCommandTests {
  /// 90 rows of three classes; the teacher's column t knows of a row what the student's column sees in noise.
  private func advise(
    _ options: [String] = [], rows: Int = 90, logits: ((Int, Int) -> String)? = nil,
    label: (Int) -> String = { "class \($0)" }, labelOfRow: ((Int) -> String)? = nil,
    teacher: [String] = ["--teacher", "t0,t1"], group: (Int) -> String = { "g\($0 / 6)" }
  ) throws -> Tool.Result {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["s0,s1,t0,t1,who,y"]
    for row in 0..<rows {
      let (hidden, other) = (row * 7 % 11 - 5, row * 5 % 13 - 6)
      let (c, noise) = (row % 3, row * row % 17 - 8)
      lines.append(
        "\(4 * c + hidden + noise),\(c * c + other),\(4 * c + hidden),\(other - c + noise % 3),\(group(row)),\(labelOfRow?(row) ?? label(c))"
      )
    }
    let (file, teacherFile) = (folder.appendingPathComponent("data.csv"), folder.appendingPathComponent("t.csv"))
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    var arguments = ["advise", file.path, "--student", "s0,s1", "--label", "y", "--seed", "1"] + teacher + options
    if let logits {
      let all = (0..<rows).map { row in (0..<3).map { logits(row, $0) }.joined(separator: ",") }
      try Data((["a,b,c"] + all).joined(separator: "\n").utf8).write(to: teacherFile)
      arguments += ["--teacher-logits", teacherFile.path]
    }
    return try Tool.run(arguments)
  }

  @Test func textsAreClasses() throws {
    let text = try advise()
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(
      text.output.replacing("\n", with: " ").contains("90 rows, 3 classes of y")
        && text.output.contains("label smoothing"))
    #expect(text.output.components(separatedBy: "\n").dropFirst().allSatisfy { $0.count <= 80 })
    let document = try advise(["--json"]).json()
    #expect(document["schema"] == "cch.class-advice/1" && document["classes"]?.elements.count == 3)
    // The view, the same on other rows, the joint teacher, label smoothing.
    #expect(document["candidates"]?.elements.count == 4)
    // The file is another one; all else is the same on any number of threads.
    #expect(try advise(["--json", "--threads", "3"]).json()["candidates"] == document["candidates"])
  }

  @Test func fewWholeNumbersAreClassesUnlessSaidOtherwise() throws {
    #expect(try advise(["--json"], label: { "\($0)" }).json()["schema"] == "cch.class-advice/1")
    #expect(try advise(["--json", "--no-classes"], label: { "\($0)" }).json()["schema"] == "cch.advise/1")
    #expect(try advise(["--json", "--classes"], label: { "\($0).0" }).json()["classes"]?.elements.first == "0")
  }

  /// A teacher from elsewhere, as logits with a masked class and as probabilities; groups.
  @Test func teachersFromElsewhere() throws {
    let document = try advise(
      ["--json", "--group", "who"], logits: { $1 == ($0 + 1) % 3 ? "-inf" : "\($0 * 7 % 11 * $1)" }, teacher: []
    ).json()
    #expect(document["candidates"]?.elements.count == 2)
    let result = try advise(logits: { _, c in ["0.5", "0.25", "0.25"][c] }, teacher: [])
    #expect(result.status == 0 && result.output.contains("t.csv"))
  }

  /// Probabilities in single precision may exceed 1 by a little; one that is none, among rows that add to 1, is a slip and no logit.
  @Test func outputsAreWhatTheyLookLike() throws {
    func probabilities(_ first: [String]) -> (Int, Int) -> String {
      { row, c in row == 0 ? first[c] : ["0.5", "0.25", "0.25"][(c + row) % 3] }
    }
    func outputs(_ result: Tool.Result) throws -> [JSONValue?] {
      try result.json()["candidates"]?.elements.filter { $0["kind"] == "outside" }.map { $0["outputs"] } ?? []
    }
    let slip = probabilities(["1.2", "-0.1", "-0.1"])
    #expect(try outputs(advise(["--json"], logits: probabilities(["1.0000001", "0", "0"]))) == ["probabilities"])
    Tool.expectRefusal(try advise(logits: slip), naming: ["row 1, column 1", "1.2", "between 0 and 1"])
    #expect(try outputs(advise(["--json", "--teacher-outputs", "logits"], logits: slip)) == ["logits"])
    #expect(try outputs(advise(["--json"], logits: { "\($0 % 5 * $1)" })) == ["logits"])
    let zeros = try advise(["--teacher-outputs", "logits"], logits: { _, _ in "0" })
    #expect(zeros.status == 0 && zeros.flat.contains("t.csv as logits"))
    Tool.expectRefusal(try advise(logits: { _, _ in "0" }), naming: ["add to 0"])
    Tool.expectRefusal(try advise(["--teacher-outputs", "logits"]), naming: ["--teacher-outputs", "--teacher-logits"])
  }

  /// Where all other folds are told right one slip costs a few nats, and the log-loss stays below that of knowing nothing.
  @Test func aSlipIsNoCatastrophe() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("slip.csv")
    let lines = (0..<60).map { row -> String in
      let (c, named) = (row % 3, row == 7 ? "c" : ["a", "b", "c"][row % 3])
      return
        "\(c == 0 ? 60 : row * 7 % 11),\(c == 1 ? 60 : row * 5 % 13),\(c == 2 ? 60 : row * 3 % 7),\(row % 5 + c),\(named)"
    }
    try Data((["s0,s1,s2,t,y"] + lines).joined(separator: "\n").utf8).write(to: file)
    let document = try Tool.run([
      "advise", file.path, "--student", "s*", "--teacher", "t", "--label", "y", "--seed", "1", "--json",
    ]).json()
    func number(_ name: String) -> Double {
      if case .number(let text)? = document["student"]?[name] { Double(text) ?? .nan } else { .nan }
    }
    #expect(number("accuracy") > 0.9 && number("log_loss") < log(3), "\(number("log_loss"))")
  }

  /// A label that says that there is none is no class; a label of many whole numbers is named.
  @Test(arguments: ["NA", "", "nan", "?"]) func missingLabels(text: String) throws {
    let label: (Int) -> String = { $0 < 6 ? text : ["a", "b", "c"][$0 % 3] }
    Tool.expectRefusal(try advise(labelOfRow: label), naming: ["line 2", "column \"y\"", "--drop-missing"])
    let dropped = try advise(["--drop-missing", "--json"], labelOfRow: label).json()
    #expect(dropped["dropped"] == 6 && dropped["classes"]?.elements.count == 3)
    let numbers = try advise(labelOfRow: { "\($0 % 12)" })
    #expect(
      numbers.status == 0 && numbers.errors.contains("12 different whole numbers")
        && numbers.errors.contains("--classes"))
  }

  /// Rows without a label, from the table and from a file; a page.
  @Test func moreOfIt() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (more, page) = (folder.appendingPathComponent("more.csv"), folder.appendingPathComponent("page.html"))
    let rows = (0..<12).map { "\($0 % 5),\($0 % 7),\($0 % 4),\($0 % 3)" }
    try Data((["s0,s1,t0,t1"] + rows).joined(separator: "\n").utf8).write(to: more)
    let result = try advise([
      "--json", "--folds", "3", "--unlabelled", more.path, "--html", page.path,
    ])
    let document = try result.json()
    #expect(document["unlabelled"]?["rows"] == 12)
    let candidates = try #require(document["candidates"]?.elements)
    for candidate in candidates {
      #expect((candidate["unlabelled"] == JSONValue.null) == (candidate["kind"] == "label_smoothing"))
      #expect(candidate["perceptron"] == JSONValue.null)
    }
    // The same rows in two files, a view each.
    let parts = ["s", "t"].map { folder.appendingPathComponent("\($0).csv") }
    for (part, columns) in zip(parts, [0..<2, 2..<4]) {
      let own = (["s0,s1,t0,t1"] + rows).map { $0.split(separator: ",")[columns].joined(separator: ",") }
      try Data(own.joined(separator: "\n").utf8).write(to: part)
    }
    let both = ["--json", "--folds", "3", "--unlabelled", parts[1].path, "--unlabelled", parts[0].path]
    #expect(try advise(both).json()["candidates"] == document["candidates"])
    Tool.expectRefusal(try advise(["--unlabelled", parts[0].path]), naming: ["s.csv", "no column \"t0\""])
    Tool.expectRefusal(
      try advise(["--unlabelled", "20", "--unlabelled", parts[0].path]), naming: ["\"20\"", "by itself"])
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("Rows without a label") && html.contains("Gain beyond soft labels shuffled"))
    let text = try advise(["--folds", "3", "--unlabelled", "30"])
    #expect(
      text.output.contains("60 rows")
        && text.output.replacing("\n", with: " ").contains("labels of 30 rows were hidden"))
  }

  @Test func badInputIsNamed() throws {
    func refused(_ result: Tool.Result, _ parts: String...) { Tool.expectRefusal(result, naming: parts) }
    refused(try advise(label: { _ in "one" }), "data.csv", "one")
    refused(
      try advise(label: { $0 == 0 ? "x" : "y\($0)" }, teacher: ["--teacher", "s0,s1"]), "--teacher s0,s1", "student")
    refused(try advise(["--classes"], label: { "\($0).5" }), "data.csv", "neither text nor a whole number")
    refused(try advise(["--folds", "40"]), "class 0", "40 folds")
    refused(try advise(["--group", "who"], group: { _ in "all" }), "1 groups", "5 folds")
    refused(try advise(logits: { _, _ in "0.2" }), "--teacher-logits", "row 1", "add to")
    refused(try advise(logits: { row, _ in row == 4 ? "-inf" : "1.5" }), "row 5", "−∞")
    refused(try advise(logits: { row, c in row == 4 && c == 1 ? "nan" : "1.5" }), "row 5, column 2", "nan")
    refused(try advise(["--no-classes", "--group", "who"]), "--group")
    refused(try advise(["--unlabelled", "no.csv"]), "--unlabelled", "no such file")
    refused(try advise(["--unlabelled", "89"]), "unlabelled rows 89", "leave 2")
    refused(try advise(["--unlabelled", "85"]), "class 0", "5 folds")
    refused(try advise(["--repeats", "300"]), "--repeats", "numbers")
    refused(try advise(teacher: ["--teacher", "s1,s0"]), "--teacher s1,s0", "student")
    refused(try advise(teacher: ["--teacher", "t0,t1", "--teacher", "t1,t0"]), "t1,t0", "the same teacher")
    refused(try advise(teacher: ["--teacher", "t0", "--teacher", "t0"]), "t0", "given twice")
    refused(try advise(["--perceptron", "0"]), "--perceptron 0", "at least 1")
    refused(try advise(["--no-classes", "--perceptron", "8"]), "--perceptron")
  }
}
