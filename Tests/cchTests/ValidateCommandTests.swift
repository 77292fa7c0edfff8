import ExactJSON
import Foundation
import Testing

/// `cch tasks` and `cch validate`, run as users run them.
@Suite struct ValidateCommandTests {
  private static let adapter = "examples/estimators/gaussian.c"

  @Test func tasksAreListedShownAndSampled() throws {
    let list = try Tool.run("tasks", "list", "--json").json()
    let ids = list["tasks"]?.elements.map { $0["id"]?.description ?? "" } ?? []
    // The 40 of the published benchmark, and those with classes, counts and atoms.
    #expect(list["schema"] == "cch.tasks/1" && ids.count > 40 && Set(ids).count == ids.count)
    let show = try Tool.run("tasks", "show", "1v1-normal-0.75")
    #expect(show.status == 0 && show.output.contains("I(x; y) = ½ ln 16/7"))
    let csv = try Tool.run("tasks", "sample", "swissroll_x-normal_cdf-1v1-normal-0.75", "--rows", "5", "--seed", "1")
    let lines = csv.output.split(separator: "\n")
    #expect(csv.status == 0 && csv.errors.isEmpty && lines.count == 6 && lines[0] == "x1,x2,y1")
    let again = try Tool.run(
      "tasks", "sample", "swissroll_x-normal_cdf-1v1-normal-0.75", "--rows", "5", "--seed", "1")
    #expect(csv.output == again.output)
    let own = try Tool.run("tasks", "show", "first:t;s", "--instance", "fixtures/instances/first.json", "--json").json()
    #expect(own["tasks"]?.elements.first?["mutual_information"]?["half_log_of"] == "2")
  }

  @Test func aRightEstimatorPasses() throws {
    let arguments = [
      "validate", "--estimator", "gaussian", "--seed", "1", "--instance", "fixtures/instances/first.json", "--json",
    ]
    let result = try Tool.run(arguments)
    #expect(result.status == 0 && result.errors.isEmpty)
    let document = try result.json()
    #expect(document["schema"] == "cch.validate/1" && document["ok"] == true && document["failures"] == .array([]))
    #expect(try #require(document["decisions"]?.elements.first)["right"] == 4)
    // Times differ from run to run, and nothing else, whatever the number of threads.
    func text(_ threads: String) throws -> String {
      try Tool.run(arguments + ["--threads", threads]).output.split(separator: "\n")
        .filter { !$0.contains("\"seconds\"") }.joined()
    }
    #expect(try text("1") == text("3"))
  }

  @Test func wrongProgramsFailWithAReason() throws {
    let constant = try Tool.run(
      "validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--", "/bin/sh", "-c", "echo 0.4")
    #expect(constant.status == 1 && constant.output.contains("independent-1-1: the mean estimate is +0.400"))
    let silent = try Tool.run(
      "validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--json", "--", "/bin/sh", "-c", ":")
    #expect(silent.status == 1)
    #expect(silent.output.contains("it printed nothing; one number, the estimate in nats, is expected"))
    #expect(try silent.json()["ok"] == false)
    #expect(!silent.output.lowercased().contains("nan,"))
  }

  /// The adapter in C, built as its first line says.
  @Test func theAdapterInCPasses() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appendingPathComponent("gaussian").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-o", program, Tool.root.appendingPathComponent(Self.adapter).path, "-lm"]
    try compiler.run()
    compiler.waitUntilExit()
    #expect(compiler.terminationStatus == 0)
    let result = try Tool.run("validate", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--", program)
    #expect(result.status == 0 && result.output.contains("Passes"), "\(result.output)")
  }

  @Test func badUsageIsRefused() throws {
    Tool.expectRefusal(try Tool.run("validate", "--estimator", "ksg3"), naming: ["ksg3", "did you mean ksg"])
    Tool.expectRefusal(try Tool.run("validate"), naming: ["--estimator"])
    Tool.expectRefusal(try Tool.run("validate", "--", "/no/such/program"), naming: ["/no/such/program"])
    Tool.expectRefusal(
      try Tool.run("validate", "--estimator", "ksg1", "--tasks", "xyz*"), naming: ["xyz*", "matches no task"])
    Tool.expectRefusal(try Tool.run("validate", "--estimator", "ksg1", "--repeats", "2"), naming: ["--repeats 2"])
    Tool.expectRefusal(try Tool.run("tasks", "show", "1v1-normal-0.57"), naming: ["no such task", "did you mean"])
    Tool.expectRefusal(try Tool.run("tasks", "sample", "1v1-normal-0.75", "--rows", "1"), naming: ["--rows 1"])
    Tool.expectRefusal(
      try Tool.run("tasks", "list", "--instance", "/no/such.json"), naming: ["/no/such.json"])
  }
}
