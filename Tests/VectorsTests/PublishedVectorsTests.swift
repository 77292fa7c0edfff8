// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Oracle
import Testing

@testable import Vectors

/// Published vectors never change.
@Suite struct PublishedVectorsTests {
  private static func file(_ comments: [String]) -> VectorFile {
    VectorFile(
      operation: .baselineRisk, version: "1", source: "test", notes: [],
      tests: comments.enumerated().map { index, comment in
        ConformanceVector(
          id: "baseline_risk-00\(index + 1)", comment: comment, flags: [], catches: "", exactOnly: false,
          input: ["n": JSONValue(index)], expected: index == 1 ? .refused(.sizes) : .output([]))
      })
  }

  @Test func whatIsAddedIsFineAndWhatChangesIsNamed() throws {
    let published = PublishedVectorsTests.file(["first", "second"])
    try PublishedVectorsTests.file(["first", "second", "third"]).requireUnchanged(since: published)
    #expect(throws: ChangedVector(id: "baseline_risk-002")) {
      try PublishedVectorsTests.file(["first", "other"]).requireUnchanged(since: published)
    }
    #expect(throws: ChangedVector(id: "baseline_risk-002")) {
      try PublishedVectorsTests.file(["first"]).requireUnchanged(since: published)
    }
    #expect(published.refusals == 1)
  }
}
