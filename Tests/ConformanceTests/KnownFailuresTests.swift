// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ExactJSON
import Oracle
import Testing
import Vectors

/// Lists of vectors that are known to fail, badges, and suites without a flag.
@Suite struct KnownFailuresTests {
  private static let suite = VectorSuite([
    VectorFile(
      operation: .distillationRisk, version: "7", source: "a test", notes: [],
      tests: (1...4).map { number in
        ConformanceVector(
          id: "kd_risk-00\(number)", comment: "c", flags: [number == 4 ? "SCALE" : "SIGN"], catches: "a mistake in it",
          exactOnly: false,
          input: ["number": JSONValue(number)], expected: .refused(.sizes))
      })
  ])

  /// Refuses all but these numbers, as it should all.
  private func report(answering numbers: Set<Int>, of suite: VectorSuite = suite) -> ConformanceReport {
    suite.report(
      on: ClosureImplementation("mine", operations: [.distillationRisk]) { _, input in
        if let number = (1...4).first(where: { input["number"] == JSONValue($0) }), numbers.contains(number) {
          return ["risk": 1]
        }
        throw Refused()
      })
  }

  private struct Refused: Error, CustomStringConvertible {
    let description = "sizes that disagree"
  }

  @Test func whatIsKnownIsNoNews() throws {
    let known = try KnownFailures(parsing: "# why\n\nkd_risk-002   # since March\n kd_risk-003\nkd_risk-009\n")
    let same = known.difference(to: report(answering: [2, 3]))
    #expect(same.isEmpty && same.unasked == ["kd_risk-009"])
    let worse = known.difference(to: report(answering: [1, 2, 3]))
    #expect(!worse.isEmpty && worse.unexpectedFailures == ["kd_risk-001"] && worse.unexpectedPasses == [])
    let better = known.difference(to: report(answering: [3]))
    #expect(!better.isEmpty && better.unexpectedPasses == ["kd_risk-002"])
    let renewed = KnownFailures(report(answering: [3, 1]))
    #expect(try KnownFailures(parsing: renewed.text) == renewed && renewed.ids == ["kd_risk-001", "kd_risk-003"])
  }

  @Test(arguments: [("kd_risk-002\nkd_risk-002", "twice"), ("a\nnot an id", "line 2")])
  func listsAreReadStrictly(text: String, part: String) {
    let error = #expect(throws: KnownFailuresError.self) { try KnownFailures(parsing: text) }
    #expect(error.map { $0.description.contains(part) } == true)
  }

  @Test func badgesSayHowMany() {
    #expect(
      report(answering: []).badge
        == ["schemaVersion": 1, "label": "cch vectors 7", "message": "4 of 4", "color": "brightgreen"])
    #expect(report(answering: [2]).badge["color"] == "red" && report(answering: [2]).badge["message"] == "3 of 4")
  }

  @Test func flagsAreLeftOut() {
    let less = Self.suite.without(flags: ["SCALE"])
    #expect(less.count == 3 && less.digest != Self.suite.digest && less.version == "7")
    #expect(report(answering: [4], of: less).passes && !report(answering: [4]).passes)
    #expect(report(answering: [], of: less).suiteDigest == less.digest)
  }
}
