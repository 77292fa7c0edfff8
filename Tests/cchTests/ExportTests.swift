// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch export` as a user runs it.
@Suite(.serialized) struct ExportTests {
  private let certificate = "fixtures/certificates/fixed-lambda.json"

  private func fixture(_ path: String) throws -> String {
    try String(contentsOf: Tool.root.appendingPathComponent(path), encoding: .utf8)
  }

  private func inTemporaryFile(_ text: String, _ body: (String) throws -> Void) throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("problem.json")
    try Data(text.utf8).write(to: file)
    try body(file.path)
  }

  @Test func coqIsTheCommittedFile() throws {
    for (source, module) in [(certificate, "fixed_lambda"), ("fixtures/explain/diabetes.json", "diabetes")] {
      let result = try Tool.run("export", source, "--format", "coq")
      #expect(result.status == 0 && result.errors.isEmpty)
      let committed = try fixture("proofs/generated/\(module).v")
      #expect(result.output == committed)
    }
  }

  @Test func jsonIsCanonical() throws {
    let (canonical, committed) = (try Tool.run("export", certificate, "--format", "json"), try fixture(certificate))
    #expect(canonical.output == committed)
    let instance = try Tool.run("export", "fixtures/instances/first.json", "--format", "json")
    try inTemporaryFile(instance.output) { file in
      let again = try Tool.run("export", file, "--format", "json")
      #expect(again.output == instance.output)
    }
    let document = try Tool.run("export", certificate, "--format", "csv", "--json").json()
    #expect(document["schema"] == "cch.export/1" && document["format"] == "csv")
  }

  @Test func csvHasEveryNumber() throws {
    let lines = try Tool.run("export", certificate, "--format", "csv").output.split(separator: "\n")
    #expect(lines.first == "part,row,column,value")
    for line in [
      "claim,,,fixed-lambda", "n,,,5", "lambda,,,1/2", "sigma,0,1,-1", "sigma,2,2,2", "w1,0,0,1",
      "conclusion: R(λ),,,55/27", "comment,,,\"order x1, x2, y; the window of helpful λ ends below 1/2\"",
    ] { #expect(lines.contains { $0 == line }, "\(line)") }
    #expect(lines.filter { $0.hasPrefix("sigma,") }.count == 9)
  }

  @Test func outWritesAFile() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("x.v")
    let result = try Tool.run("export", certificate, "--format", "coq", "--out", file.path)
    #expect(result.status == 0 && result.output.isEmpty)
    let (written, committed) = (
      try String(contentsOf: file, encoding: .utf8), try fixture("proofs/generated/fixed_lambda.v")
    )
    #expect(written == committed)
    let nowhere = try Tool.run("export", certificate, "--format", "coq", "--out", folder.path + "/no/x.v")
    Tool.expectRefusal(nowhere, naming: ["/no/x.v", "there is no folder"])
  }

  @Test func commentsCannotEscape() throws {
    let text = try fixture("fixtures/instances/first.json").replacing(
      "order x1, x2, y", with: #"*) Axiom a : False. (* \" \n"#)
    try inTemporaryFile(text) { file in
      let result = try Tool.run("export", file, "--format", "coq")
      #expect(result.status == 0 && result.output.contains("* ) Axiom a : False. ( * '"))
    }
  }

  @Test func badInputIsRefused() throws {
    Tool.expectRefusal(try Tool.run("export", certificate), naming: ["--format"])
    Tool.expectRefusal(try Tool.run("export", certificate, "--format", "pdf"), naming: ["pdf", "coq"])
    Tool.expectRefusal(try Tool.run("export", "nowhere.json", "--format", "coq"), naming: ["nowhere.json", "no such"])
    let good = try fixture(certificate)
    for (old, new, parts) in [
      ("\"55/27\"", "\"54/27\"", ["claim", "does not refute fixed-lambda"]),
      ("\"claim\": \"fixed-lambda\"", "\"claim\": \"unbounded\"", ["does not refute unbounded"]),
      ("\"claim\": \"fixed-lambda\"", "\"claim\": \"theorem1\"", ["does not refute theorem1"]),
    ] {
      for format in ["coq", "json", "csv"] {
        try inTemporaryFile(good.replacing(old, with: new)) { file in
          Tool.expectRefusal(try Tool.run("export", file, "--format", format), naming: [file] + parts)
        }
      }
    }
    let many = try fixture("fixtures/instances/first.json").replacing("\"n\": 3", with: "\"n\": 1000000")
    try inTemporaryFile(many) { file in
      Tool.expectRefusal(try Tool.run("export", file, "--format", "coq"), naming: ["n is 1000000", "10000"])
      let table = try Tool.run("export", file, "--format", "csv")
      #expect(table.status == 0)
    }
  }
}
