// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures

@Suite struct SignTests {
  private static let texts = [
    "I(t;s) > I(s;y) => helps", "ΔI > ln a => β <= a*exp(-dI)", "2*I(t;s) - 3*I(s;y) < ln(2)/2 => a < 1",
    "R(λ) < R0", "R(1/3) <= R(3)", "λ* <= 1", "window.upper < 2", "window.upper = ∞ or λ* < ∞",
    "curvature*4 > R0 => slope < 0", "I(t;y|x2) < I(t;y)", "corr²(t,s) > 1/3", "corr(t,s) < 1/2",
    "var(t - y) < var(y)", "var(2*t - y|x2) < 2*V", "var(t|s) > ση²", "cov(t,y|s) > 0", "1/(c - G) > 1/σε²",
    "c/(σε² - ση²) < 2", "D > 0 <=> R∞ > R0 - 1/2*slack", "n > p2 + 3 => k < 2", "a^2 > 2*β and k^2 < 1/4",
    "B/V > β^-2", "sqrt(var(t)*A) > G", "V^2 < 4*σε²*ση²", "I(x1;x2) > I(s;y)", "I(x2;t) = I(t;s)",
    "cov(t,y) - cov(s,t) = c", "for some λ > 0: R(λ) < R0", "a*sqrt(var(y)) = sqrt(var(t))", "a > 2*corr(t,y)/a",
    "sqrt(2)*G < c", "1/(c - G)^2 > 0 => helps", "for all z > λ*: z > α*", "for some λ > 0: R(λ) < R0 - best gain/2",
  ]

  /// Quantified ones, and words that are taken apart into cases: each is decided on every problem, but where something in it is
  /// undefined.
  private static let decided = [
    "(for some λ > 0: R(λ) < R0) <=> (for all small λ > 0: R(λ) < R0) <=> helps",
    "for all λ > 0: (R(λ) < R0 <=> λ < window.upper)", "for all λ > 0: R(λ) <= 2*R0", "for some λ > 1: R(λ) < R0",
    "for all α in [0, 1): R(α/(1-α)) = R0 + slope*α + curvature*α^2", "for some z > σε²: z^2 < σε²*var(t|s)",
    "for all α in (0, 1]: R0 + slope*α + curvature*α^2 < R0", "for all z: z^2*ση² - 2*z*c + σε² > 0",
    "for some z: z^2*ση² - 2*z*c + σε² - V < 0", "for all z in [0, 1]: z^2*ση² - 2*z*c + σε² >= V",
    "for all z: (z - 1)^2*B >= 0", "for some z <= 1/2: z^2*B - z*G < 0 and z*G > z^2*B", "for all z < 0: z*c < G",
    "for all small z: z*B + z^2*c > z^3*V or z/(z*c) > 0", "for some z > 0: z*c = σε² and z > 0",
    "for all z in [1, 2]: z*c < 2*σε² and z < 3", "for some z in [1, 2]: c*z - G = 0 or z > 2",
    "for all z > 0: not z*(c - G) = σε² - k*σε²", "for some z: z/(c - G) > 1/σε² and k < 3",
    "for all z > 0: z < ∞ and ∞ > z",
    "best gain < R0/2", "α* < 1/2", "window.upper > λ*", "R∞ < R0 => λ* > 1/2 and α* <= 1",
    "for all λ in (0, 1]: R(λ) < R0", "for some λ in [1/3, 2): R(λ) >= R0", "best gain = 0 <=> α* = 0",
  ]

  /// On random whole-number problems, by the first arithmetic that can tell, each statement says what it says on the
  /// instance, where it is decided at all.
  @Test func screeningAgreesWithEvaluation() throws {
    let conjectures = try (SignTests.texts + SignTests.decided).map { try Conjecture($0) }
    let programs = try conjectures.map { conjecture in
      (conjecture, try #require(conjecture.claim as? ScreenedConjecture, "\(conjecture.text)"))
    }
    var (decider, known, unknown) = (SignDecider(), 0, 0)
    for index in 0..<60 {
      var source = RandomSource(seed: 31, index: UInt64(index))
      let (p1, p2) = (source.integer(in: 1...2), source.integer(in: 1...2))
      let size = p1 + p2 + 1
      var factor = [[Int64]](repeating: [Int64](repeating: 0, count: size), count: size)
      for i in 0..<size {
        for j in 0...i { factor[i][j] = Int64(i == j ? source.integer(in: 1...3) : source.integer(in: -2...2)) }
      }
      var sigma = [Int64](repeating: 0, count: size * size)
      for i in 0..<size {
        for j in 0..<size { sigma[i * size + j] = (0..<size).reduce(0) { $0 + factor[i][$1] * factor[j][$1] } }
      }
      let weights = (0..<p1).map { _ in Int64(source.integer(in: 1...3)) }
      let (n, lambda) = (
        p2 + 2 + source.integer(in: 0...4), (Int64(source.integer(in: 1...5)), Int64(source.integer(in: 1...3)))
      )
      try sigma.withUnsafeBufferPointer { sigma in
        try weights.withUnsafeBufferPointer { weights in
          let problem = IntegerProblem(p1: p1, p2: p2, sigma: sigma, w1: weights, n: n, lambda: lambda)
          guard !problem.isIdle(label: 0), decider.take(problem, needsInputs: true) else { return }
          let facts = Facts(try problem.instance())
          for (conjecture, screened) in programs {
            let formula = conjecture.formula
            let program = SignFormula.implies(screened.program.premise, screened.program.conclusion)
            let found = decider.decide(
              problem, { m throws(Undecided) in try program.holds(m, SignPoint()) },
              { m throws(Undecided) in try program.holds(m, SignPoint()) },
              { m throws(Undecided) in try program.holds(m, SignPoint()) },
              { m throws(Undecided) in try program.holds(m, SignPoint()) })
            let exact = Evaluator(facts).truth(formula).holds
            if found == nil {
              unknown += 1
              if SignTests.decided.contains(conjecture.text) { #expect(exact == nil, "\(conjecture.text)") }
            } else {
              known += 1
              #expect(
                found == exact, "\(conjecture.text) on \(facts.instance.sigma.values), \(weights.map { $0 }), n = \(n)")
            }
            // Each arithmetic by itself, where it can tell.
            for stage in SignDecider.Stage.allCases {
              let own = decider.answer(
                problem, by: stage, { m throws(Undecided) in try program.holds(m, SignPoint()) },
                { m throws(Undecided) in try program.holds(m, SignPoint()) },
                { m throws(Undecided) in try program.holds(m, SignPoint()) },
                { m throws(Undecided) in try program.holds(m, SignPoint()) })
              if let own, let truth = own { #expect(truth == exact, "\(conjecture.text) by \(stage)") }
            }
          }
        }
      }
    }
    #expect(known > 1_000 && unknown < known / 5, "\(known) \(unknown)")
  }

  /// What has no such form is still decided on instances.
  @Test(arguments: [
    "det(x1) > 0*det(x1)", "p1 <= 2 => helps", "min(k, 1) < a", "x1 ⊥ x2 | y => helps", "I(t;s) > 1/10 => helps",
    "sum over j < 2: k > 1", "corr(t,s) + corr(s,y) > 0", "I(t;t) > 0", "I(t - t;s) > 0", "I(s;y|x2) > 0",
  ])
  func othersAreNotScreened(_ text: String) throws { #expect(!(try Conjecture(text).claim is any SignClaim)) }
}
