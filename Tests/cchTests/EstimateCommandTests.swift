// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch estimate`, run as users run it.
@Suite struct EstimateCommandTests {
  private static let quick = [
    "--seed", "1", "--repeats", "10", "--permutations", "19", "--simulations", "2", "--rows", "80",
  ]

  @Test func tablesAreEstimatedWithinEightyColumns() throws {
    let arguments = ["estimate", "fixtures/data/autompg.csv", "--x", "weight,horsepower", "--y", "mpg"] + Self.quick
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.output.contains("mixed") && text.output.contains("bias on a Gaussian"))
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["schema"] == "cch.estimate/1" && document["rows"] == 80 && document["given"] == .null)
    let estimates = try #require(document["estimates"]?.elements)
    #expect(estimates.map { $0["estimator"] } == ["mixed", "gaussian"])
    #expect(estimates.allSatisfy { $0["test"]?["p"] == JSONValue(approximate: 0.05) })
    let csv = try Tool.run(arguments + ["--csv"])
    let lines = csv.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("estimator,nats,lower,upper,p") && lines[2].hasPrefix("gaussian,"))
    #expect(
      try Tool.run(arguments + ["--json", "--threads", "1"]).output
        == Tool.run(arguments + ["--json", "--threads", "3"]).output)
  }

  @Test func classesAreRecognisedAndForced() throws {
    func kinds(_ more: String...) throws -> (x: JSONValue?, names: [JSONValue?]) {
      let document = try Tool.run(
        ["estimate", "fixtures/data/autompg.csv", "--x", "cylinders", "--y", "mpg", "--json"] + Self.quick + more
      ).json()
      return (document["x"]?["kind"], document["estimates"]?.elements.map { $0["estimator"] } ?? [])
    }
    #expect(try kinds().x == "discrete")
    #expect(try kinds("--continuous", "cylinders").x == "tied")
    #expect(try kinds("--discrete", "mpg").names == ["counts"])
    let given = try Tool.run(
      ["estimate", "fixtures/data/autompg.csv", "--x", "weight", "--y", "mpg", "--given", "origin", "--json"]
        + Self.quick
    ).json()
    #expect(given["given"]?["kind"] == "discrete" && given["orders"] == "classes")
  }

  @Test(arguments: [
    (["--x", "weight", "--y", "weight"], "named twice"),
    (["--x", "wieght", "--y", "mpg"], "did you mean \"weight\"?"),
    (
      ["--x", "weight", "--y", "mpg", "--discrete", "origin"],
      "--discrete: column \"origin\" is not in --x, --y or --given"
    ),
    (["--x", "weight", "--y", "mpg", "--estimator", "ksg3"], "did you mean ksg1?"),
    (
      ["--x", "weight", "--y", "mpg", "--given", "displacement", "--estimator", "ross"], "where measurements are given"
    ),
    (["--x", "weight", "--y", "name", "--continuous", "name"], "is no number"),
    (["--x", "weight", "--y", "name", "--estimator", "ksg1"], "holds texts"),
    (["--x", "weight", "--y", "mpg", "--k", "0"], "--k 0"),
    (["--x", "weight", "--y", "mpg", "--k", "1000"], "k is 1000"),
    (["--x", "weight", "--y", "mpg", "--permutations", "3"], "--permutations 3"),
    (["--x", "weight", "--y", "mpg", "--confidence", "1"], "--confidence 1"),
    (["--x", "weight", "--y", "mpg", "--impute", "mean"], "--impute"),
    (["--x", "weight", "--y", "mpg", "--csv", "--json"], "exclude each other"),
  ])
  func badInputIsOneError(arguments: [String], message: String) throws {
    let result = try Tool.run(
      ["estimate", "fixtures/data/autompg.csv", "--permutations", "0", "--simulations", "0"] + arguments)
    #expect(result.status == 2 && result.errors.hasPrefix("error: "), "\(result)")
    #expect(result.errors.contains(message) && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }
}
