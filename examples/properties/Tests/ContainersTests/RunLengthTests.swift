// SPDX-License-Identifier: MIT
import Containers
import ForAll
import PropertyTesting
import Testing

@Suite(.checks(cases: 2_000)) struct RunLengthTests {
  /// Few different letters, so that there are runs.
  static let words = Generator<String>.string(of: "abc", count: 0...20).map { Array($0) }

  @Test func runsGiveTheElementsBack() async {
    await forAll(Self.words) { word in
      #expect(elements(of: runs(of: word)) == word)
    }
  }

  @Test(.checks(cases: 2_000, required: ["a long run": 0.05])) func noTwoNeighboursAreEqual() async {
    await forAll(Self.words) { word, trial in
      let found = runs(of: word)
      trial.label("a long run", if: found.contains { $0.count > 2 })
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.element != $1.element })
      #expect(found.allSatisfy { $0.count > 0 })
    }
  }

  @Test func runsOfAConcatenation() async {
    await forAll(Self.words, Self.words) { a, b in
      let together = runs(of: a + b).count
      #expect(together == runs(of: a).count + runs(of: b).count - (a.last != nil && a.last == b.first ? 1 : 0))
    }
  }
}
