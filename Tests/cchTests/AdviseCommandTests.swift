// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch advise`, run as users run it.
@Suite struct AdviseCommandTests {
  private static let autompg = "fixtures/data/autompg.csv"

  @Test func advisesOnRealData() throws {
    let arguments = [
      "advise", Self.autompg, "--teacher", "cylinders,displacement,horsepower,weight", "--student", "acceleration",
      "--label", "mpg", "--seed", "1", "--repeats", "200",
    ]
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.flat.contains("Helps in sign, not worth it") && text.flat.contains("Helps: β = 0.6418"))
    #expect(text.flat.contains("The CCH says yes"))
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["schema"] == "cch.advise/1" && document["rows"] == .number("392"))
    let candidate = try #require(document["candidates"]?.elements.first)
    // The exact verdict is that of `cch explain`.
    let explained = try Tool.run(
      "explain", "--data", Self.autompg, "--teacher", "cylinders,displacement,horsepower,weight", "--student",
      "acceleration", "--label", "mpg", "--json"
    ).json()
    #expect(candidate["beta_exact"] == explained["beta"])
    #expect(candidate["helps_for_small_lambda"] == explained["helps_for_small_lambda"])
    #expect(try Tool.run(arguments + ["--json", "--threads", "3"]).json() == document)
  }

  private static let two = [
    "advise", autompg, "--teacher", "displacement,horsepower", "--teacher", "weight", "--student",
    "acceleration,model_year", "--label", "mpg", "--seed", "1", "--repeats", "100",
  ]

  /// Text has at most 80 columns; what it says is what the document says, and what `explain` says of the same rows.
  @Test func answersInTermsOfWhatOneWouldDoAnyway() throws {
    let arguments = Self.two + ["--n", "40", "--unlabelled", Self.autompg]
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    for part in [
      "predictions for n = 40", "Helps in sign, not worth it", "No: it adds nothing to what you would do anyway",
      "All of it is shrinkage", "Fitted to the student's own rows it changes nothing", "392 rows without a label",
      "with pseudo-labels the squared error fell by", "Best combination: 0.29 × teacher 1, −0.1829 × teacher 2",
      "helps below n = 83, and hurts from there on",
    ] { #expect(text.flat.contains(part), "\(part)") }
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["n"] == .number("40") && document["unlabelled"] == .number("392"))
    #expect(document["rows"] == .number("392") && document["combination"]?["best_single"] == .number("0"))
    let first = try #require(document["candidates"]?.elements.first)
    #expect(first["conclusion"]?["verdict"] == "not_worth_it" && first["conclusion"]?["sign"] == "helps")
    #expect(first["instance"]?["n"] == .number("40") && first["pseudo_labels"]?["imitation_helps"] == .bool(true))
    let explained = try Tool.run(
      "explain", "--data", Self.autompg, "--teacher", "displacement,horsepower", "--student",
      "acceleration,model_year", "--label", "mpg", "--n", "40", "--json"
    ).json()
    #expect(first["tuned"]?["helps"] == .bool(explained["students"]?.elements[1]["helps"] == .bool(true)))
    #expect(first["baseline_risk"] == explained["baseline_risk"])
    // What counts as worth it is the user's.
    let generous = try Tool.run(Self.two + ["--worth", "0.0001%", "--json"]).json()
    #expect(generous["candidates"]?.elements[0]["conclusion"]?["size"] != "not_worth_it")
    // A number of rows without a label predicts the same, and has no folds to check.
    let counted = try Tool.run(Self.two + ["--n", "40", "--unlabelled", "392", "--json"]).json()
    let (a, b) = (first["pseudo_labels"], counted["candidates"]?.elements[0]["pseudo_labels"])
    #expect(a?["gain"] == b?["gain"] && b?["held_out"] == .null && a?["held_out"] != .null)
  }

  @Test(arguments: [
    (["--unlabelled", "-3"], "unlabelled -3: must be a file or a number of rows, 0 or more"),
    (["--unlabelled", "no-such.csv"], "--unlabelled \"no-such.csv\": there is no such file"),
    (["--unlabelled", "2.5"], "there is no such file, and it is no number of rows"),
    (["--unlabelled", "fixtures/data/diabetes.csv"], "fixtures/data/diabetes.csv: no column \"acceleration\""),
    (["--n", "3"], "n 3: must be at least p2 + 2 = 4"), (["--n", "-1"], "n -1: must be at least p2 + 2 = 4"),
    (["--n", "many"], "--n"), (["--worth", "2"], "worth 2.0: must be a share of the risk"),
    (["--worth", "nan"], "--worth"), (["--worth", "-1%"], "worth -0.01"),
    (["--classes", "--n", "40"], "--n is about labels that are numbers"),
    (["--classes", "--worth", "2%"], "--worth is about labels that are numbers"),
    (["--teacher", "horsepower,displacement"], "teachers 1 and 3 see the same columns"),
  ])
  func badQuestionsAreNamed(options: [String], message: String) throws {
    Tool.expectRefusal(try Tool.run(Self.two + options), naming: [message])
  }

  /// A number that is missing or no number in the file of rows without a label is named by file, line and column.
  @Test func rowsWithoutLabelAreNamed() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("more.csv")
    for (cell, parts) in [("NaN", ["more.csv: line 3", "\"weight\""]), ("heavy", ["more.csv: line 3", "\"weight\""])] {
      let lines = ["displacement,horsepower,weight,acceleration,model_year", "1,2,3,4,5", "1,2,\(cell),4,5"]
      try Data(lines.joined(separator: "\n").utf8).write(to: file)
      Tool.expectRefusal(try Tool.run(Self.two + ["--unlabelled", file.path]), naming: parts)
    }
  }

  @Test func ranksTeachers() throws {
    let result = try Tool.run(
      "advise", Self.autompg, "--teacher", "cylinders,displacement", "--teacher", "horsepower,weight", "--student",
      "model_year", "--label", "mpg", "--seed", "1", "--repeats", "100")
    #expect(result.status == 0 && result.flat.contains("Ranking by expected gain: teacher 1, teacher 2"))
    #expect(result.flat.contains("The CCH says no, which is wrong for this fit"))
  }

  /// Rows of a, b, s and y; `change` makes of one what is wrong with it.
  private func advise(
    _ options: [String] = [], header: String = "a,b,s,y", rows: Int = 40, _ change: (Int, [String]) -> [String] = { $1 }
  ) throws -> Tool.Result {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("data.csv")
    let lines = (0..<rows).map { row in
      let (a, b, e) = (row * 7 % 11, row * 5 % 13, row * row % 17)
      return change(row, ["\(a)", "\(b)", "\(a + e)", "\(a + b + e * e % 5)"]).joined(separator: ",")
    }
    try Data(([header] + lines).joined(separator: "\n").utf8).write(to: file)
    return try Tool.run(
      ["advise", file.path, "--teacher", "a,b", "--student", "s", "--label", "y", "--seed", "1", "--repeats", "100"]
        + options)
  }

  @Test func badDataAreNamed() throws {
    #expect(try advise().status == 0)
    func refused(_ result: Tool.Result, _ parts: String...) {
      Tool.expectRefusal(result, naming: ["data.csv: "] + parts)
    }
    refused(try advise { $1.dropLast() + ["7"] }, "column \"y\" is constant")
    refused(
      try advise { $1.dropLast() + [$0 == 4 ? "high" : "1"] }, "line 6, column \"y\"", "code two classes as 0 and 1")
    refused(try advise { ["red"] + $1.dropFirst() }, "line 2, column \"a\"", "\"red\" is no number")
    refused(try advise(header: "a,b,b,y"), "two columns are called \"b\"")
    refused(try advise(rows: 4), "4 rows are too few; at least 20", "principal components")
    refused(try advise { $0 == 2 ? $1 + ["1"] : $1 }, "line 4: 5 fields where the header has 4")
    refused(try advise(rows: 0), "0 rows are too few")
    for missing in ["NaN", "", "NA"] {
      refused(try advise { $1.dropLast() + [$0 == 1 ? missing : "\($0)"] }, "line 3, column \"y\"", "--drop-missing")
    }
    refused(try advise(["--drop-missing"]) { $1.dropLast() + ["NA"] }, "40 rows with missing values were left out")
  }

  @Test func missingRowsAreCounted() throws {
    let result = try advise(["--drop-missing"]) { $0 % 10 == 3 ? $1.dropLast() + ["NaN"] : $1 }
    #expect(result.status == 0 && result.flat.contains("36 rows, 4 with missing values left out"))
    #expect(result.flat.contains("4 of 40 rows (10 %) were left out since a value is missing"))
  }

  /// One row of a class: some folds have none.
  @Test func rareClassesAreTold() throws {
    let result = try advise { $1.dropLast() + [$0 == 5 ? "1" : "0"] }
    #expect(result.status == 0 && result.flat.contains("the label takes 2 values only"))
    #expect(result.flat.contains("only 1 row has y = 1, so that some of 10 folds have none"))
  }

  /// `explain --data` and `advise` say the same in any units, and never nan, inf or null for a number.
  @Test(arguments: ["e300", "e-300"]) func unitsDoNotMatter(unit: String) throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let roles = ["--teacher", "a", "--student", "s", "--label", "y"]
    func documents(_ unit: String) throws -> (JSONValue, JSONValue, String) {
      let file = folder.appendingPathComponent("data.csv")
      let lines = (0..<40).map { row in
        "\(row * 7 % 11)\(unit),\(row * 7 % 11 + row * row % 17)\(unit),\(row * 7 % 11 + row * 5 % 13)\(unit)"
      }
      try Data((["a,s,y"] + lines).joined(separator: "\n").utf8).write(to: file)
      let advise = ["advise", file.path, "--seed", "1", "--replicates", "100"] + roles
      let text = try Tool.run(advise)
      #expect(text.status == 0)
      return (
        try Tool.run(advise + ["--json"]).json(),
        try Tool.run(["explain", "--data", file.path, "--json"] + roles).json(),
        text.output
      )
    }
    let (plain, other) = (try documents(""), try documents(unit))
    let (a, b) = (
      try #require(plain.0["candidates"]?.elements.first), try #require(other.0["candidates"]?.elements.first)
    )
    for key in [
      "beta_exact", "beta", "delta", "calibrated_margin", "best_lambda", "window_end", "test", "rows_for_sign",
    ] {
      #expect(a[key] == b[key], "\(key)")
    }
    for key in ["delta", "beta", "scale_squared", "mutual_information"] {
      #expect(plain.1[key] == other.1[key], "\(key)")
    }
    for end in ["estimate", "lower", "upper"] {
      guard case .number = b["gain"]?[end] else {
        Issue.record("gain.\(end)")
        continue
      }
    }
    for word in ["nan", "inf ", "∞"] { #expect(!other.2.contains(word) || plain.2.contains(word)) }
  }

  @Test func compressedTablesAreRead() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try Data(contentsOf: Tool.root.appendingPathComponent("fixtures/data/mfeat/mor.csv.gz"))
    let roles = [
      "--teacher", "mor1,mor2", "--student", "mor4", "--label", "mor6", "--seed", "1", "--repeats", "100",
    ]
    let result = try Tool.run(["advise", "fixtures/data/mfeat/mor.csv.gz"] + roles)
    #expect(result.status == 0 && result.flat.contains("mor.csv.gz: 2,000 rows"))
    let cut = folder.appendingPathComponent("cut.csv.gz")
    try whole.prefix(1000).write(to: cut)
    Tool.expectRefusal(try Tool.run(["advise", cut.path] + roles), naming: ["cut.csv.gz: byte 1000", "end too early"])
  }

  @Test(arguments: [
    (["--teacher", "weight", "--student", "weight", "--label", "mpg"], "in --teacher and in --student"),
    (["--teacher", "weight", "--student", "mpg", "--label", "mpg"], "in --student and in --label"),
    (["--teacher", "weight", "--student", "acceleration", "--label", "mpg,weight"], "--label names 2 columns"),
    (["--teacher", "wieght", "--student", "acceleration", "--label", "mpg"], "no column \"wieght\""),
    (["--teacher", "", "--student", "acceleration", "--label", "mpg"], "--teacher names no column"),
    (["--student", "acceleration", "--label", "mpg"], "--teacher is missing"),
    (["--teacher", "weight", "--student", "acceleration", "--label", "mpg", "--repeats", "3"], "--repeats 3: must be"),
    (
      ["--teacher", "weight", "--student", "acceleration", "--label", "mpg", "--confidence", "2"],
      "--confidence 2.0: must be"
    ),
  ])
  func badInputIsNamed(options: [String], message: String) throws {
    let result = try Tool.run(["advise", Self.autompg] + options)
    Tool.expectRefusal(result, naming: [message])
  }
}
