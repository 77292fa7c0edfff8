// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import Testing

/// Numbers that are shown contradict neither the verdict nor the document.
@Suite(.serialized) struct NumberTests {
  /// p1 = p2 = q = 1 with c = β and σε² = 1: Σ11 = 1, x2 independent of x1, teacher w1 = β.
  private func instance(beta: String, scale: String = "1", folder: URL) throws -> String {
    let (b, s) = (try Rational(parsing: beta), try Rational(parsing: scale))
    // var(y | x2) = s²; cov(t, y | x2) = w1 Σ13 = b s², with Σ13 = s²/2 and w1 = 2b.
    let document: JSONValue = [
      "schema": "cch.instance/1", "p1": 1, "p2": 1, "q": 1, "n": 20, "lambda": "1/2",
      "sigma": .array([
        .array([JSONValue(s * s), "0", JSONValue(s * s / 2)]), .array(["0", JSONValue(s * s), JSONValue(s * s / 3)]),
        .array([JSONValue(s * s / 2), JSONValue(s * s / 3), JSONValue(s * s * Rational(10, 9))]),
      ]), "w1": .array([JSONValue(2 * b)]),
    ]
    let file = folder.appendingPathComponent("\(UUID().uuidString).json")
    try Data(document.description.utf8).write(to: file)
    return file.path
  }

  @Test func aVerdictIsNeverContradicted() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for beta in [
      "1", "1/2", "29999999/30000000", "30000001/30000000", "0.99995", "1.00004", "1e-400", "1e400", "-1e400",
      "-1e-400",
      "1.5e308", "2e308", "4e-324",
    ] {
      let exact = try Rational(parsing: beta)
      let file = try instance(beta: beta, folder: folder)
      let output = try Tool.run("explain", file, "--verdict").output
      let match = try #require(output.firstMatch(of: /β = c\/σε² = (.*) (<|≥) 1,/), "\(output)")
      #expect((match.2 == "<") == (exact < 1), "\(beta): \(output)")
      let shown = try value(String(match.1))
      // On the same side of 1 and of 0, and to four digits the same.
      #expect((shown - 1).signum == (exact - 1).signum && shown.signum == exact.signum, "\(beta): \(output)")
      #expect((shown - exact).magnitude * 1_000 <= exact.magnitude, "\(beta): \(output)")
      let full = try Tool.run("explain", file).output
      for word in ["inf", "nan", " = 0 ", "  0  "] where exact.signum != 0 {
        let lines = full.split(separator: "\n").filter { $0.contains("β") || $0.contains("c = cov") }
        #expect(!lines.contains { $0.contains(word) }, "\(beta): \(lines)")
      }
    }
  }

  /// "1 − 3.3e−08" as a number.
  private func value(_ text: String) throws -> Rational {
    let plain = text.replacing("−", with: "-")
    if let match = plain.wholeMatch(of: /1 (-|\+) (.*)/) {
      let difference = try Rational(parsing: String(match.2))
      return match.1 == "-" ? 1 - difference : 1 + difference
    }
    return try Rational(parsing: plain)
  }

  @Test func unitsThatAreLoudOrQuietAreShown() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for scale in ["1e200", "1e-200"] {
      let output = try Tool.run("explain", try instance(beta: "1/2", scale: scale, folder: folder)).output
      let powers = scale == "1e200" ? ["e+399", "e+400"] : ["e−400", "e−401"]
      for name in ["σε² = var(y|x2)", "c = cov(t,y|x2)", "R0 = R(0)"] {
        let line = try #require(output.split(separator: "\n").first { $0.hasPrefix(name) }, "\(output)")
        #expect(powers.contains { line.contains($0) }, "\(line)")
      }
    }
  }

  @Test func briefDocumentsEncloseLongNumbers() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try instance(beta: "0." + String(repeating: "9", count: 60), folder: folder)
    let (long, brief) = (try Tool.run("explain", file, "--json"), try Tool.run("explain", file, "--json", "--brief"))
    #expect(long.status == 0 && brief.status == 0 && brief.output.count < long.output.count)
    let (exact, short) = (try long.json(), try brief.json())
    guard case .string(let text)? = exact["beta"], let ends = short["beta"]?["between"]?.elements, ends.count == 2,
      case .string(let lower) = ends[0], case .string(let upper) = ends[1]
    else {
      Issue.record("\(short["beta"] ?? .null)")
      return
    }
    let value = try Rational(parsing: text)
    let (below, above) = (try Rational(parsing: lower), try Rational(parsing: upper))
    #expect(below < value && value < above && above == 1)
    // Short numbers, keys and decimals of informations are as in the long document.
    for key in ["schema", "residual_variance", "k", "helps_for_small_lambda"] { #expect(exact[key] == short[key]) }
    #expect(exact["delta"]?["nats"] == short["delta"]?["nats"])
    let verdict = try Tool.run("explain", file, "--verdict").output
    #expect(try Tool.run("explain", file, "--brief").output == verdict)
  }
}
