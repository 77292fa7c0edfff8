// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch student` and `cch experiment synthetic`, run as users run them.
@Suite struct StudentCommandTests {
  private static let first = "fixtures/instances/first.json"

  @Test func comparesWithTheClosedForms() throws {
    let result = try Tool.run("student", Self.first, "--seed", "1", "--repeats", "500", "--n", "12", "--json")
    #expect(result.status == 0 && result.errors.isEmpty)
    let document = try result.json()
    #expect(document["schema"] == "cch.student/1" && document["ok"] == true)
    let study = try #require(document["studies"]?.elements.first)
    #expect(study["in_theorem"] == true && study["helps_for_small_lambda"] == true)
    let rows = try #require(study["rows"]).elements
    #expect(rows.count == 10 && rows[0]["change"] == .null)
    // R0 = σε²(1 + k) with σε² = 3, k = 1/10.
    #expect(rows[0]["lambda"] == "0" && rows[0]["risk"]?["exact"] == "33/10")
    let text = try Tool.run("student", Self.first, "--seed", "1", "--repeats", "500", "--n", "12")
    #expect(text.output.contains("Exact verdict: helpful λ: (0, ∞)") && text.output.contains("Within tolerance"))
  }

  @Test func sameSeedSameOutputForAnyNumberOfThreads() throws {
    func output(_ threads: String, _ seed: String) throws -> String {
      try Tool.run(
        "student", "--seed", seed, "--generate", "2", "--repeats", "200", "--threads", threads, "--json"
      ).output
    }
    let one = try output("1", "5")
    #expect(try one == output("3", "5"))
    #expect(try one != output("1", "6"))
  }

  @Test func csvHasALineForEveryWeight() throws {
    let result = try Tool.run(
      "student", Self.first, "--seed", "1", "--repeats", "50", "--lambdas", "1/2,3", "--csv", "--n", "9")
    let lines = result.output.split(separator: "\n")
    #expect(result.status == 0 && lines.count == 4)
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 15 })
    #expect(!result.output.lowercased().contains("nan"))
  }

  /// Divergence is a finding, with its step: exit status 1, and no number that is none.
  @Test(arguments: ["adam", "sgd", "gradient-descent"]) func divergenceIsReported(student: String) throws {
    let arguments = [
      "student", Self.first, "--student-kind", student, "--learning-rate", "1e7", "--n", "30", "--seed", "1",
      "--repeats",
      "3",
    ]
    let text = try Tool.run(arguments)
    #expect(text.status == 1 && text.output.contains("training diverged at step"))
    let json = try Tool.run(arguments + ["--json"])
    #expect(json.status == 1)
    let document = try json.json()
    #expect(document["ok"] == false)
    #expect(try #require(document["studies"]?.elements.first)["diverged"]?["step"] != nil)
    #expect(!json.output.lowercased().contains("nan") && !text.output.lowercased().contains("nan"))
  }

  /// Training that stops too soon is out of tolerance.
  @Test func tooShortATrainingIsOutOfTolerance() throws {
    let result = try Tool.run(
      "student", Self.first, "--student-kind", "gradient-descent", "--epochs", "1", "--learning-rate", "0.01", "--n",
      "30",
      "--seed", "1", "--repeats", "5", "--lambdas", "1/2")
    #expect(result.status == 1 && result.output.contains("OUT OF TOLERANCE") && result.output.contains("gap"))
  }

  @Test func whatIsOutsideOfTheTheoremIsReportedNotJudged() throws {
    for options in [
      ["--law", "student-t:3"], ["--law", "exponential"], ["--law", "nonlinear:2"], ["--student-kind", "ridge"],
      ["--teacher-rows", "5"], ["--same-rows"],
    ] {
      let result = try Tool.run(
        ["student", Self.first, "--n", "20", "--seed", "1", "--repeats", "40", "--lambdas", "1/2"] + options)
      #expect(result.status == 0 && result.output.contains("Outside of the theorem"), "\(options)")
    }
  }

  @Test func decisions() throws {
    let arguments = [
      "student", Self.first, "--decision", "--seed", "2", "--repeats", "4000", "--ns", "20,100", "--distances",
      "1/2,-1/5",
    ]
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.output.contains("below 5 % from n ="))
    #expect(text.output.contains("ΔI says distil even with all data: wrong here."))
    let studies = try #require(try Tool.run(arguments + ["--json"]).json()["studies"]).elements
    #expect(studies.count == 2 && studies[0]["distance"] == "1/2" && studies[1]["distance"] == "-1/5")
    #expect(studies[0]["decisions"]?.elements.count == 8 && studies[1]["rows_needed"]?["information"] == .null)
  }

  @Test func syntheticExperiment() throws {
    let arguments = [
      "experiment", "synthetic", "--n", "60", "--inputs", "4", "--repeats", "30", "--student-kind", "gradient-descent",
      "--trained-repeats", "2", "--epochs", "400", "--lambdas", "1/100,1/2", "--seed", "1",
    ]
    let text = try Tool.run(arguments)
    #expect(text.status == 0, "\(text.output)\(text.errors)")
    #expect(text.output.contains("agree at 10 of 25 points") && text.output.contains("\"only if\" is false"))
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["schema"] == "cch.experiment.synthetic/1" && document["points"]?.elements.count == 25)
    #expect(text.output.contains("corr(t,s|y)") && text.output.contains("are shrinkage"))
    #expect(document["wins"]?["count"] != nil && document["points"]?.elements[0]["correlation_given_label"] != nil)
    #expect(try Tool.run(arguments + ["--csv"]).output.contains("strength,"))
  }

  /// Students with closed forms of their own, as text, JSON and CSV; the false alarm is below 1e-6.
  @Test func studentsWithFormsOfTheirOwn() throws {
    let arguments = ["student", Self.first, "--student-kind", "tuned", "--n", "20", "--seed", "1", "--repeats", "300"]
    let text = try Tool.run(arguments)
    #expect(text.status == 0 && text.output.contains("Within tolerance"), "\(text.output)\(text.errors)")
    #expect(text.output.contains("best without a teacher") && text.output.contains("chosen by 5-fold cross-validation"))
    let document = try Tool.run(arguments + ["--json"]).json()
    #expect(document["schema"] == "cch.student.baseline/1" && document["ok"] == true)
    let study = try #require(document["studies"]?.elements.first)
    // As it is: kσε² with σε² = 3, k = 1/18.
    #expect(study["weights"]?.elements.first?["excess"]?["exact"] == "1/6")
    let lines = try Tool.run(arguments + ["--csv"]).output.split(separator: "\n")
    #expect(lines.count == 10 && lines[7].contains("chosen-shrunk"))
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html")
    for kind in ["unlabelled", "pseudo-labels", "joint-teacher", "sampled-joint-teacher", "orthogonal-ridge"] {
      let drawn = try Tool.run(
        "student", "--student-kind", kind, "--generate", "1", "--seed", "2", "--repeats", "200", "--residuals",
        "gaussian", "--html", page.path)
      #expect(drawn.status == 0 && drawn.output.contains(kind), "\(drawn.output)\(drawn.errors)")
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.contains("best without a teacher") && html.contains(kind))
    }
    func refuses(_ arguments: String..., naming parts: [String]) throws {
      Tool.expectRefusal(
        try Tool.run(["student", Self.first] + arguments), naming: parts, arguments.joined(separator: " "))
    }
    try refuses("--student-kind", "unlabelled", "--n", "20", naming: ["--unlabelled", "not given"])
    try refuses("--student-kind", "tuned", "--n", "9", naming: ["--n 9", "p2+10"])
    try refuses(
      "--student-kind", "tuned", "--n", "20", "--residuals", "cauchy", naming: ["--residuals cauchy", "skewed"])
    try refuses("--student-kind", "tuned", "--n", "20", "--folds", "1", naming: ["--folds 1"])
    try refuses("--student-kind", "adam", "--unlabelled", "3", naming: ["--unlabelled", "pseudo-labels"])
    try refuses("--student-kind", "unlabelled", "--n", "20", "--unlabelled", "-1", naming: ["-1"])
  }

  @Test func refusals() throws {
    func refuses(_ arguments: String..., naming parts: [String]) throws {
      Tool.expectRefusal(try Tool.run(["student"] + arguments), naming: parts, arguments.joined(separator: " "))
    }
    try refuses(Self.first, "--n", "2", naming: [Self.first, "n ≥ p2+2"])
    try refuses(Self.first, "--lambdas", "0.1,-1", naming: ["--lambdas -1", "negative"])
    try refuses(Self.first, "--lambdas", "0.1,,1", naming: ["--lambdas"])
    try refuses(Self.first, "--lambdas", "nan", naming: ["--lambdas", "nan"])
    try refuses(Self.first, "--repeats", "0", naming: ["--repeats 0"])
    try refuses(Self.first, "--repeats", "-5", naming: ["--repeats -5"])
    try refuses(Self.first, "--student-kind", "forest", naming: ["--student-kind forest", "adam"])
    try refuses(Self.first, "--student-kind", "adam", "--learning-rate", "0", naming: ["--learning-rate 0"])
    try refuses(Self.first, "--student-kind", "adam", "--learning-rate", "nan", naming: ["--learning-rate nan"])
    try refuses(Self.first, "--student-kind", "adam", "--batch", "0", naming: ["--batch 0"])
    try refuses(Self.first, "--student-kind", "adam", "--epochs", "0", naming: ["--epochs 0"])
    try refuses(Self.first, "--student-kind", "sgd", "--momentum", "1", naming: ["--momentum 1"])
    try refuses(Self.first, "--student-kind", "sgd", "--weight-decay", "-1", naming: ["--weight-decay -1"])
    try refuses(Self.first, "--student-kind", "sgd", "--decay", "linear", naming: ["--decay linear", "cosine"])
    try refuses(Self.first, "--law", "cauchy", naming: ["--law cauchy", "student-t"])
    try refuses(Self.first, "--law", "student-t:2", naming: ["--law student-t:2", "at least 3"])
    try refuses(Self.first, "--teacher-rows", "0", naming: ["--teacher-rows 0"])
    try refuses(Self.first, "--teacher-rows", "5", "--same-rows", naming: ["--teacher-rows", "--same-rows"])
    try refuses(Self.first, "--test-rows", "-1", naming: ["--test-rows -1"])
    try refuses(Self.first, "--test-rows", "9", "--sampling", "wishart", naming: ["--sampling wishart"])
    try refuses(Self.first, "--false-alarm", "0", naming: ["--false-alarm 0"])
    try refuses(Self.first, "--csv", "--json", naming: ["--csv", "--json"])
    try refuses(Self.first, "--ns", "50", naming: ["--decision"])
    try refuses(Self.first, "--decision", "--ns", "3", naming: ["--ns 3", "p2+3"])
    try refuses(Self.first, "--decision", "--ns", "5.5", naming: ["--ns 11/2", "whole"])
    try refuses(Self.first, "--decision", "--distances", "1", naming: ["--distances 1"])
    try refuses("no-such.json", naming: ["no-such.json", "no such file"])
    try refuses("--generate", "0", naming: ["--generate 0"])
    Tool.expectRefusal(try Tool.run("experiment", "synthetic", "--inputs", "10"), naming: ["--inputs 10", "square"])
    Tool.expectRefusal(try Tool.run("experiment", "sinthetic"), naming: ["sinthetic"])
  }

  /// A sample that double precision sees as rank-deficient: Σ is positive definite by 10⁻³⁰ only.
  @Test func refusesSamplesThatAreDependentInDoublePrecision() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("thin.json").path
    for thin in [
      "1000000000000000000000000000001/1000000000000000000000000000000", "10000000000000001/10000000000000000",
    ] {
      let text = """
        {"schema": "cch.instance/1", "p1": 1, "p2": 2, "n": 20, "w1": ["1"], "sigma":
         [["1","0","0","0"],["0","1","1","1/2"],["0","1","\(thin)","1/2"],["0","1/2","1/2","1"]]}
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      for sampling in ["rows", "wishart"] {
        Tool.expectRefusal(
          try Tool.run("student", file, "--sampling", sampling, "--repeats", "5"),
          naming: [file, "double precision"])
      }
    }
  }
}
