// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import SeededRuns
import Testing

@testable import Claims
@testable import Hunting

/// Parts of a hunt or of a verification, written down and merged, are the whole.
@Suite struct PartsTests {
  @Test(arguments: ["converse", "theorem1"]) func partsOfAHuntAreTheWhole(id: String) async throws {
    let (hunt, cases) = (Hunt(try claim(id), seed: 11, walkSteps: 200), 4 * Hunt.blockSize)
    let whole = await hunt(CaseRun(Budget(cases: cases), blockSize: Hunt.blockSize), threads: 2)
    var total = HuntPart()
    for start in stride(from: 0, to: cases, by: Hunt.blockSize) where total.find == nil {
      let part = await hunt.part(CaseRun(over: start..<(start + Hunt.blockSize), blockSize: Hunt.blockSize)).part
      total.merge(try HuntPart(document: JSONReader(JSONValue(parsing: part.document.description))))
    }
    let merged = hunt.result(of: total)
    #expect(merged.cases == whole.cases && merged.applicable == whole.applicable)
    #expect(merged.screened == whole.screened && merged.undefined == whole.undefined)
    #expect(merged.bestMargin == whole.bestMargin && merged.bestMargin != nil)
    #expect(merged.firstCase == whole.firstCase && merged.shrinks == whole.shrinks)
    #expect(merged.instance == whole.instance && merged.replay == whole.replay)
    #expect(merged.isLocalMinimum == whole.isLocalMinimum)
    #expect(merged.path == whole.path && merged.regions == whole.regions && whole.regions.contains { $0 > 0 })
    #expect((merged.instance != nil) == (id == "converse"))
  }

  @Test func partsOfAVerificationAreTheWhole() async throws {
    let verification = Verification(
      of: [try claim("theorem1"), try claim("unbounded")], seed: 3, screenedPerBlock: 64)
    let whole = try await verification.tallies(CaseRun(Budget(cases: 200)), threads: 2)
    var total = Tallies()
    for range in [0..<64, 64..<128, 128..<200] {
      let part = try await verification.tallies(CaseRun(over: range, blockSize: 64), threads: 1)
      total.merge(try Tallies(document: JSONReader(JSONValue(parsing: part.document.description))))
    }
    #expect(total == whole)
    #expect(total.byClaim.allSatisfy { $0.cases == 200 && $0.applicable > 0 })
    #expect(total.screening.cases == 256)
  }

  /// Other coordinates make no other counterexample; another one does.
  @Test func counterexamplesAreToldApartUpToCoordinates() throws {
    func instance(_ entries: [[Int]], p2: Int = 1, w1: Int = 1) throws -> Instance {
      try Instance(
        sigma: RationalMatrix(rows: entries.count, columns: entries.count) { Rational(entries[$0][$1]) }, p1: 1, p2: p2,
        w1: .column([Rational(w1)]))
    }
    let hunt = Hunt(try claim("unbounded"))
    let first = try instance([[3, 2, 0], [2, 3, -1], [0, -1, 1]])
    let turned = try instance([[3, -2, 0], [-2, 3, 1], [0, 1, 1]])
    let scaled = try instance([[6, 4, 0], [4, 6, -2], [0, -2, 2]])
    let stretched = try instance([[3, 4, 0], [4, 12, -2], [0, -2, 1]])
    let other = try instance([[5, 2, 1], [2, 2, -1], [1, -1, 2]])
    for same in [first, turned, scaled, stretched, other] {
      #expect(hunt.claim.evaluate(Facts(same)).isViolation)
    }
    let found = hunt.distinct([scaled, other, turned, first, stretched])
    #expect(found.count == 2)
    #expect(found[0].instance == turned)
    #expect(found[1].instance == other)
  }
}
