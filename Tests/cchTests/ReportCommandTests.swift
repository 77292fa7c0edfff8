// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cch report`, and `--html` of the other commands.
@Suite(.serialized) struct ReportCommandTests {
  private static let instance = "fixtures/certificates/fixed-lambda.json"

  /// What `--html` writes is the page that `cch report` makes of what `--json` prints, but for the name of the document.
  @Test func pagesAreTheSameAtOnceAndLater() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (html, document) = (folder.appendingPathComponent("a.html"), folder.appendingPathComponent("a.json"))
    let run = try Tool.run("explain", Self.instance, "--html", html.path, "--json")
    #expect(run.status == 0 && run.errors.isEmpty)
    try Data(run.output.utf8).write(to: document)
    let later = try Tool.run("report", document.path)
    #expect(later.status == 0 && later.output.hasPrefix("<!DOCTYPE html>"))
    let once = try String(contentsOf: html, encoding: .utf8)
    #expect(once.replacing("<bdi>this run</bdi>", with: "<bdi>\(document.path)</bdi>") == later.output)
  }

  @Test func theStateOfTheTheoryHasAPageOfEveryClaim() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Tool.run("report", "--out", folder.path + "/new/theory")
    #expect(run.status == 0 && run.output.isEmpty, "\(run.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/theory")
    let claims = try Tool.run("claims", "--json").json()["claims"]?.elements ?? []
    #expect(files.count == claims.count + 1 && files.contains("index.html") && files.contains("claim-converse.html"))
    let page = try String(contentsOfFile: folder.path + "/new/theory/claim-fixed-lambda.html", encoding: .utf8)
    for text in ["The counterexample", "R0, without a teacher", "What fixed_lambda rests on"] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test(arguments: [
    ("report", ["name files", "--out"]), ("report nothere.json", ["nothere.json: no such file"]),
    ("report --out x --title y", ["--title"]),
    ("report fixtures/instances/first.json", ["first.json", "cch.instance/1"]),
    ("explain \(instance) --html /nonexistent/x.html", ["--html /nonexistent/x.html", "no folder /nonexistent"]),
    ("hunt sharp --cases 10 --html /tmp", ["--html /tmp", "is a directory"]),
  ]) func whatCannotBeIsRefusedAtOnce(line: String, parts: [String]) throws {
    Tool.expectRefusal(try Tool.run(line.split(separator: " ").map(String.init)), naming: parts, line)
  }
}
