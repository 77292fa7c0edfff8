// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import Foundation
import Hunting
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures

/// Statements of two instances.
@Suite struct PairTests {
  private static let moreGain =
    "same Σ22, var(y|x2), n and I(t;s).A > I(t;s).B => best gain.A > best gain.B"

  private func pair() throws -> Instance {
    let second = try Instance(
      sigma: RationalMatrix([[1, 0, 1], [0, 1, 1], [1, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[2]]), n: 4)
    return try Instance(
      sigma: RationalMatrix([[2, 1, 2], [1, 1, 1], [2, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 4,
      extras: InstanceExtras(other: second))
  }

  @Test(
    arguments: [
      ("same Σ22, var(y|x2) and n.A > 0 => k.A = k.B", true), ("same Σ11 and n.A > 0 => k.A < k.B", true),
      ("var(t).A < var(t).B", true), ("var(t).A < var(t).A", false), ("not same var(t)", true),
      ("helps.A and not helps.B", nil), ("helps.A", true), ("I(t;s).A > I(t;s).B", true),
      ("p1 = 1 and n.A = 4 => 2*c.A = c.B", true), ("n = 5 and same n => helps.B", true),
      ("for all λ > 0: R(λ).A < R0.A or R(λ).B >= R0.A", true), ("for some λ > 0: R(λ).A = R(λ).B", nil),
      ("(p1 = 1 and not helps).B <=> c.B >= σε².B", true), ("let d = t - y: var(d).A < var(d).B", nil),
    ] as [(String, Bool?)])
  func truths(_ text: String, _ expected: Bool?) throws {
    let conjecture = try Conjecture(text)
    #expect(conjecture.isOfTwo)
    let verdict = conjecture.verdict(Facts(try pair())).holds
    #expect(verdict != nil, "\(text)")
    if let expected { #expect(verdict == expected, "\(text)") }
    #expect(try Conjecture(conjecture.ascii).formula == conjecture.formula)
  }

  /// One instance alone is not enough, and the reason says so.
  @Test func oneIsNotEnough() throws {
    let conjecture = try Conjecture("helps.A => helps.B")
    var extras = try pair().extras
    extras.other = nil
    let verdict = conjecture.verdict(Facts(try pair().with(extras: extras)))
    #expect(verdict.holds == nil && verdict.reason == "needs two instances, A and B")
  }

  /// What a premise says that both have in common shapes what is drawn, and what is drawn stays varied.
  @Test func premisesShapePairs() throws {
    let claim = try Conjecture("same Σ22, var(y|x2), n and p2 <= 2 => k.A = k.B").claim
    let verification = Verification(of: [], seed: 3)
    var (count, held, different) = (0, 0, 0)
    for index in 0..<60 {
      let drawn = try verification.facts(ofCase: index).instance
      guard drawn.q == 1 else { continue }
      let shaped = try #require(try claim.shaped(drawn))
      let again = try #require(try claim.shaped(drawn))
      #expect(shaped == again)
      let facts = Facts(shaped)
      count += 1
      if claim.evaluate(facts).hypothesis { held += 1 }
      if try facts.other().moments.residualCovariance != facts.moments.residualCovariance { different += 1 }
    }
    #expect(held * 10 >= count * 9 && different * 2 > count, "\(held) and \(different) of \(count)")
  }

  /// A hunt finds a counterexample of "more information, more gain", small, and its line and its file bring it back.
  @Test func huntsFindPairs() async throws {
    let claim = try Conjecture(PairTests.moreGain).claim
    let result = await Hunt(claim, seed: 3, walkSteps: 500)(Hunt.run(Budget(cases: 2_000)), threads: 1)
    let instance = try #require(result.instance)
    let other = try #require(instance.extras.other)
    #expect(claim.evaluate(Facts(instance)).isViolation)
    #expect(instance.sigma.rows <= 5 && other.sigma.rows <= 5)
    let entries = (instance.sigma.values + other.sigma.values).joined()
    #expect(entries.allSatisfy { $0.isInteger && $0.magnitude <= 60 }, "\(entries)")
    let line = try ReplayLine(parsing: try #require(result.replay).description)
    let replayed = try Hunt.replay(line, among: [claim])
    #expect(replayed.isViolation && replayed.instance == instance)
    // As a file.
    let document = Certificate(claim: claim, instance: instance).document.pretty
    let read = try ProblemFile(Array(document.utf8)) { try Conjectures.claim(namedOrStated: $0) }
    #expect(read.instance == instance && read.claim?.id == claim.id)
    let text = InstanceText(instance, claim).text
    #expect(text.hasPrefix("A:\n") && text.contains("\nB:\n") && text.contains("best_gain.B"))
  }

  /// Replay lines carry any pair that fits, with extras of both.
  @Test func linesCarryPairs() throws {
    let claim = try Conjecture("m.A < m.B => helps.A").claim
    var second = try #require(try pair().extras.other)
    second = try second.with(extras: InstanceExtras(unlabelled: 7)).with(n: 9, lambda: Rational(1, 3))
    let larger = try Instance(
      sigma: RationalMatrix([[3, 1, 0, 1], [1, Rational(5, 2), 1, 0], [0, 1, 2, 1], [1, 0, 1, 4]]), p1: 2, p2: 1,
      w1: nil, n: 4, extras: InstanceExtras(unlabelled: 2, other: second))
    let line = try #require(Hunt.replayLine(claim, larger))
    let (_, back, _) = try Hunt.replay(ReplayLine(parsing: line.description), among: [claim])
    // Up to the common scale of all entries.
    let scale = Rational(2)
    #expect(back.sigma == scale * larger.sigma && back.w1 == larger.w1)
    let other = try #require(back.extras.other)
    #expect(
      other.sigma == scale * second.sigma && other.w1 == second.w1 && other.n == 9 && other.lambda == Rational(1, 3))
    #expect(other.extras.unlabelled == 7 && back.extras.unlabelled == 2)
  }

  /// A second instance that names a third, and one that is none.
  @Test func wrongPairs() throws {
    let pair = try pair()
    #expect(throws: InstanceError.thirdInstance) {
      try pair.with(extras: InstanceExtras(other: pair))
    }
    let text = """
      {"schema": "cch.instance/1", "p1": 1, "p2": 1, "sigma": [[2,1,2],[1,1,1],[2,1,4]], "w1": [1],
       "other": {"p1": 1, "p2": 1, "sigma": [[1,2,0],[2,1,0],[0,0,1]], "w1": [1]}}
      """
    do {
      _ = try ProblemFile(Array(text.utf8))
      Issue.record("it was read")
    } catch { #expect("\(error)".hasPrefix("other: sigma"), "\(error)") }
    do {
      _ = try ProblemFile(Array(text.replacing("\"w1\": [1]}}", with: "\"w1\": [1], \"schema\": \"x\"}}").utf8))
      Issue.record("it was read")
    } catch { #expect("\(error)".contains("schema"), "\(error)") }
  }
}
