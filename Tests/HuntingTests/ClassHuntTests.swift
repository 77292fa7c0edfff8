// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import TestSupport
import Testing

@testable import Claims
@testable import Hunting

/// Hunts for counterexamples of claims about classes.
@Suite struct ClassHuntTests {
  private static let certificate = fixtures.appendingPathComponent("classes/label-smoothing-informs.json")

  @Test func theHunterFindsTheSmallestSmoothing() async throws {
    let result = await ClassHunt(LabelSmoothingInforms(), seed: 7)(
      ClassHunt.run(Budget(cases: 2_000)), threads: 2)
    let model = try #require(result.model)
    #expect(LabelSmoothingInforms().evaluate(model).isViolation && result.isLocalMinimum)
    #expect(model.classes == 2 && model.cells.count == 1 && model.cells[0].outcomes.count == 2)
    // It is the one that is kept.
    #expect(try ClassProblemFile(Data(contentsOf: Self.certificate)).model == model)
    let replay = try #require(result.replay)
    #expect(result.path.count == result.shrinks + 1 && result.path.first?.way == .found)
    #expect(result.path.last?.size == result.model?.cells.reduce(0) { $0 + $1.outcomes.count })
    let again = try ClassHunt(LabelSmoothingInforms()).replay(replay)
    #expect(again.model == model && again.isViolation)
    let nothing = await ClassHunt(SoftLabels(), seed: 7)(ClassHunt.run(Budget(cases: 300)), threads: 2)
    #expect(nothing.model == nil && nothing.cases == 300 && nothing.applicable == 300)
  }
}
