// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// Claims about classes, in every command that knows claims.
@Suite struct ClassCommandTests {
  private static let certificate = "fixtures/classes/label-smoothing-informs.json"

  @Test func everyCommandKnowsThem() throws {
    let claims = try Tool.run("claims", "--json").json()["claims"]?.elements ?? []
    #expect(claims.suffix(2).map { $0["id"] } == ["soft-labels", "label-smoothing-informs"])
    let check = try Tool.run("check", Self.certificate, "fixtures/certificates/unbounded.json")
    #expect(check.status == 0 && check.output.contains("label-smoothing-informs holds"))
    let explain = try Tool.run("explain", Self.certificate)
    #expect(explain.status == 0 && explain.output.contains("R(α) = 1 − 1·α + 1/2·α²"), "\(explain)")
    #expect(explain.output.contains("0 < α < 2; the best in 0 … 1: 1"))
    #expect(try Tool.run("explain", Self.certificate, "--json").json()["schema"] == "cch.explain.classes/1")
    let verify = try Tool.run("verify", "soft-labels", "--cases", "1000", "--seed", "1")
    #expect(verify.status == 0 && verify.output.contains("finite model of classes"), "\(verify)")
  }

  @Test func huntsEndInAFileAndALine() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("found.json").path
    let hunt = try Tool.run(
      "hunt", "label-smoothing-informs", "--seed", "7", "--cases", "2000", "--out", file, "--json")
    let document = try hunt.json()
    #expect(hunt.status == 1 && document["found"] == true)
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == String(
          contentsOf: Tool.root.appendingPathComponent(Self.certificate), encoding: .utf8))
    guard case .string(let line)? = document["replay"] else { throw CocoaError(.fileReadUnknown) }
    let replay = try Tool.run("replay", line)
    #expect(replay.status == 1 && replay.output.contains("still violates label-smoothing-informs"))
  }

  @Test(arguments: [
    (["explain", certificate, "--n", "5"], "--n: "), (["hunt", "soft-labels", "--exhaustive"], "--exhaustive: "),
    (["check", "fixtures/classes/none.json"], "none.json"),
    (["explain", "fixtures/instances/first.json", "--claim", "soft-labels"], "is a claim about classes"),
    (["hunt", "soft-label"], "did you mean \"soft-labels\"?"),
  ])
  func badInputIsOneError(arguments: [String], message: String) throws {
    let result = try Tool.run(arguments)
    #expect(result.status == 2 && result.errors.hasPrefix("error: ") && result.errors.contains(message), "\(result)")
  }
}
