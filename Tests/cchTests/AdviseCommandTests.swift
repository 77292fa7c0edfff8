import ExactJSON
import Foundation
import Testing

/// `cch advise`, run as users run it.
@Suite struct AdviseCommandTests {
  private static let autompg = "fixtures/data/autompg.csv"

  @Test func advisesOnRealData() throws {
    let arguments = [
      "advise", Self.autompg, "--teacher", "cylinders,displacement,horsepower,weight", "--student", "acceleration",
      "--label", "mpg", "--seed", "1", "--replicates", "200",
    ]
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.contains("Yes, distil: β = 0.6418") && text.output.contains("The CCH says yes"))
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

  @Test func ranksTeachers() throws {
    let result = try Tool.run(
      "advise", Self.autompg, "--teacher", "cylinders,displacement", "--teacher", "horsepower,weight", "--student",
      "model_year", "--label", "mpg", "--seed", "1", "--replicates", "100")
    #expect(result.status == 0 && result.output.contains("Ranking by expected gain: teacher 1, teacher 2"))
    #expect(result.output.contains("The CCH says no, which is wrong for this fit"))
  }

  @Test(arguments: [
    (["--teacher", "weight", "--student", "weight", "--label", "mpg"], "in --teacher and in --student"),
    (["--teacher", "weight", "--student", "mpg", "--label", "mpg"], "in --student and in --label"),
    (["--teacher", "weight", "--student", "acceleration", "--label", "mpg,weight"], "--label names 2 columns"),
    (["--teacher", "wieght", "--student", "acceleration", "--label", "mpg"], "no column \"wieght\""),
    (["--teacher", "", "--student", "acceleration", "--label", "mpg"], "--teacher names no column"),
    (["--student", "acceleration", "--label", "mpg"], "--teacher is missing"),
    (["--teacher", "weight", "--student", "acceleration", "--label", "mpg", "--replicates", "3"], "replicates 3"),
    (["--teacher", "weight", "--student", "acceleration", "--label", "mpg", "--level", "2"], "level 2"),
  ])
  func badInputIsNamed(options: [String], message: String) throws {
    let result = try Tool.run(["advise", Self.autompg] + options)
    Tool.expectRefusal(result, naming: [message])
  }
}
