// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
@testable import ExactPredicates
import Foundation
import SeededRuns
import TestSupport
import Testing

@Suite struct SignDeciderTests {
  /// More for a deeper run: `CCH_CASES`.
  static let cases = ProcessInfo.processInfo.environment["CCH_CASES"].flatMap(Int.init) ?? 1_000

  /// Random integer factors, some scaled up and moved by a unit or two: near-ties and nearly singular Σ of large
  /// numbers.
  @Test(arguments: [1, 1_000_000]) func stagesAgree(scale: Int64) {
    var census = Census()
    for index in 0..<SignDeciderTests.cases {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 1...4), source.integer(in: 1...4))
      let d = p1 + p2 + 1
      var factor = (0..<d * d).map { _ in Int64(source.integer(in: -4...4)) }
      // A row that repeats another: singular, and nearly so after the move.
      if source.chance(1, in: 4) { for j in 0..<d { factor[j] = factor[(d - 1) * d + j] } }
      var sigma = [Int64](repeating: 0, count: d * d)
      for i in 0..<d {
        for j in 0...i {
          let product = (0..<d).reduce(Int64(0)) { $0 + factor[i * d + $1] * factor[j * d + $1] }
          let moved = scale * product + (scale > 1 ? Int64(source.integer(in: -1...2)) : 0)
          (sigma[i * d + j], sigma[j * d + i]) = (moved, moved)
        }
      }
      var w1 = (0..<p1).map { _ in Int64(source.integer(in: -3...3)) }
      if w1.allSatisfy({ $0 == 0 }) { w1[p1 - 1] = 1 }
      let problem = Problem(p1: p1, p2: p2, n: p2 + 2 + source.integer(in: 0...5), sigma: sigma, w1: w1)
      census.check(problem.withExtras(&source))
    }
    #expect(census.definite * 2 > SignDeciderTests.cases)
    #expect(census.share(.double) > 0.5)
    // Large numbers soon have no room in 128 bits.
    #expect(census.share(.integer) > (scale == 1 ? 0.9 : 0.01) && (scale == 1 || census.share(.integer) < 0.9))
  }

  /// Every Σ of order 3 with entries up to 2: exact ties of all kinds, which the first stage must not decide wrongly.
  @Test func tiesAreNeverDecidedWrongly() {
    var census = Census()
    let values = -2...2
    for a in Int64(1)...2 {
      for b in Int64(1)...2 {
        for c in Int64(1)...2 {
          for (d, e, f) in values.flatMap({ d in values.flatMap { e in values.map { (Int64(d), Int64(e), Int64($0)) } }
          }) {
            for w in [Int64(1), -2] {
              census.check(
                Problem(
                  p1: 1, p2: 1, n: 3 + 2 * Int(a - 1), sigma: [a, d, e, d, b, f, e, f, c], w1: [w], second: [w + 1],
                  unlabelled: w == 1 ? Int(b) : 0, ridge: (1, 1)))
            }
          }
        }
      }
    }
    #expect(census.definite > 100)
    for question in Question.allCases
    where question.isAboutSeveral != true && ![.window, .candidates, .riskChange, .pair].contains(question) {
      #expect(census.ties[question, default: 0] > 1, "\(question): \(census.ties[question, default: 0])")
    }
    // The integers always fit here; no ball of numbers knows a tie.
    #expect(census.share(.integer) == 1)
  }

  /// The boundary of each predicate, where one unit decides.
  @Test func oneUnitDecides() {
    var decider = SignDecider()
    let big: Int64 = 1 << 50
    for move in Int64(-1)...1 {
      // c − σε² = cov(t−y, y | x2) with x2 independent of the rest: cov(t, y) − var(y).
      let help = Problem(p1: 1, p2: 1, n: 3, sigma: [4 * big, 0, big + move, 0, 1, 0, big + move, 0, big], w1: [1])
      #expect(help.withProblem { decider($0) }.help == move.signum())
      let scale = Problem(p1: 1, p2: 1, n: 3, sigma: [big + move, 1, 0, 1, 1, 1, 0, 1, big], w1: [1])
      #expect(scale.withProblem { decider($0) }.scale == move.signum())
      // det = big·big − (big + move)²: definite only below.
      let singular = Problem(
        p1: 1, p2: 1, n: 3, sigma: [big, 0, 0, 0, big, big + move, 0, big + move, big], w1: [1])
      #expect(singular.withProblem { decider($0) }.isPositiveDefinite == (move < 0))
    }
    #expect(decider.decided[0] < 9, "a filter cannot tell units of 2⁵⁰ apart after a product")
  }

  /// Large matrices that are nearly singular in their last coordinate: all pivots but the last are certain.
  @Test func lastMinorsAreDeterminants() {
    var decider = SignDecider()
    for move in Int64(-1)...1 {
      let (p1, p2) = (6, 5)
      let d = p1 + p2 + 1
      var sigma = [Int64](repeating: 0, count: d * d)
      for i in 0..<d { sigma[i * d + i] = Int64(3 + i) << 46 }
      for (i, j) in [(0, p1), (p1, d - 1), (0, d - 1)] {
        (sigma[i * d + j], sigma[j * d + i]) = (1 << 46, 1 << 46)
      }
      // The last coordinate of x1 is the one before it, but for one unit.
      for j in 0..<d { sigma[5 * d + j] = sigma[4 * d + j] }
      for j in 0..<d { sigma[j * d + 5] = sigma[j * d + 4] }
      sigma[5 * d + 5] += move
      let problem = Problem(p1: p1, p2: p2, n: 9, sigma: sigma, w1: [1, 0, 0, 0, 0, 0])
      let signs = problem.withProblem { decider($0) }
      #expect(signs.isPositiveDefinite == (move > 0))
      if signs.isPositiveDefinite {
        let truth = problem.withProblem {
          decider.answer(
            $0, by: .flint, { _ in .notPositiveDefinite }, { _ in .notPositiveDefinite }, { _ in .notPositiveDefinite },
            { m throws(Undecided) in try m.label.signs(n: 9, p2: 5) })
        }
        #expect(signs == truth)
      }
    }
    // Definiteness was decided by determinants; the signs, where it holds, in Doubles.
    #expect(decider.decided == [1, 0, 0, 0])
  }

  /// A tie of large numbers, moved by one unit: rounding alone would decide these wrongly about every other time.
  @Test func nearTiesAreLeftToWholeNumbers() {
    var (census, undecided) = (Census(), 0)
    for index in 0..<SignDeciderTests.cases / 3 {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 1...3), source.integer(in: 1...4))
      let d = p1 + p2 + 1
      var factor = (0..<d * d).map { _ in Int64(source.integer(in: -3...3)) }
      // x1[0] = y + noise that nothing else sees: c = σε², and with a second one like y: a = 1, ΔI = 0.
      let isExchangeable = source.chance(1, in: 3)
      for j in 0..<d { factor[j] = j == 0 ? 0 : factor[(d - 1) * d + j] }
      for i in 1..<d { factor[i * d] = 0 }
      factor[0] = 2
      if isExchangeable { factor[(d - 1) * d] = 2 }
      let unit = Int64(1) << Int64(source.integer(in: 40...52))
      var sigma = [Int64](repeating: 0, count: d * d)
      for i in 0..<d {
        for j in 0..<d { sigma[i * d + j] = unit * (0..<d).reduce(0) { $0 + factor[i * d + $1] * factor[j * d + $1] } }
        sigma[i * d + i] += unit / 2
      }
      if !isExchangeable {
        sigma[d - 1] += unit / 2
        sigma[(d - 1) * d] += unit / 2
      }
      let (i, j) = (source.integer(in: 0...(d - 1)), source.integer(in: 0...(d - 1)))
      let move = Int64(source.integer(in: -1...1))
      sigma[i * d + j] += move
      if i != j { sigma[j * d + i] += move }
      let weights = [1] + [Int64](repeating: 0, count: p1 - 1)
      let problem = Problem(p1: p1, p2: p2, n: p2 + 3, sigma: sigma, w1: weights).withExtras(&source)
      census.check(problem)
      if census.answer(problem, .help, .double) == nil { undecided += 1 }
    }
    #expect(census.definite * 2 > SignDeciderTests.cases / 3, "\(census.definite)")
    #expect(undecided * 20 > SignDeciderTests.cases / 3, "\(undecided)")
    // Only ties need whole numbers of any size.
    let ties = Double(census.ties.values.reduce(0, +)) / Double(census.asked)
    #expect(census.share(.doubleDouble) > 0.97 * (1 - ties), "\(census.share(.doubleDouble)), ties \(ties)")
  }

  @Test func extremesDoNotTrap() {
    var decider = SignDecider()
    for extreme in [Int64.max, Int64.min, 1 << 62] {
      let sigma = [Int64](repeating: extreme, count: 16)
      let problem = Problem(p1: 2, p2: 1, n: 3, sigma: sigma, w1: [extreme, extreme])
      #expect(problem.withProblem { decider($0) } == .notPositiveDefinite)
      let diagonal: [Int64] = (0..<16).map { $0 % 5 == 0 ? Int64.max : 0 }
      let independent = Problem(p1: 2, p2: 1, n: 3, sigma: diagonal, w1: [extreme, 1])
      #expect(independent.withProblem { decider($0) }.scale == 1)
    }
  }

  /// The signs against the risk and the informations themselves.
  @Test func signsAreThoseOfTheInstance() throws {
    var decider = SignDecider()
    for index in 0..<300 {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 1...3), source.integer(in: 1...3))
      let d = p1 + p2 + 1
      let factor = source.integers(d, d)
      let sigma = factor * factor.transposed + .identity(d)
      let w1 = RationalMatrix(rows: p1, columns: 1) { i, _ in Rational(i + 1) }
      let instance = try Instance(sigma: sigma, p1: p1, p2: p2, w1: w1, n: p2 + 3)
      let entries = sigma.values.joined().compactMap { $0.asInt.map(Int64.init) }
      let problem = Problem(p1: p1, p2: p2, n: p2 + 3, sigma: entries, w1: (1...p1).map { Int64($0) })
      let signs = problem.withProblem { decider($0) }
      let (m, risk) = (Moments(instance), try Risk(Moments(instance), n: p2 + 3, p2: p2))
      #expect(signs.isPositiveDefinite)
      #expect(signs.help == (m.residualCovariance - m.residualVariance).signum && signs.help == risk.slope.signum)
      #expect(signs.scale == (m.scaleSquared - 1).signum)
      #expect(signs.windowSign == risk.windowDivisor.signum)
      var census = Census()
      #expect(census.answer(problem, .alignment, .flint) == m.covTS.signum)
      let change = risk(Rational(1, 2)) - risk.baselineRisk
      #expect(census.answer(problem, .riskChange, .flint) == change.signum)
      let (raw, rawLabel) = (
        try sigma.mutualInformation(Array(0..<p1), Array(instance.x2)),
        try sigma.mutualInformation(Array(instance.x2), Array(instance.y))
      )
      #expect(census.answer(problem, .inputs, .flint) == (raw - rawLabel).argument.comparedWithOne)
      if let teacher = try? m.teacherInformation(), let label = try? m.labelInformation() {
        let delta = (teacher - label).argument
        #expect(signs.delta == delta.comparedWithOne)
        #expect(census.answer(problem, .calibration, .flint) == (delta - m.scaleSquared).signum)
        #expect(census.answer(problem, .rate, .flint) == (m.scaleSquared / delta - m.beta * m.beta.magnitude).signum)
      }
    }
  }

  /// The signs about students that shrink, have unlabelled rows, ridge or a second teacher, against the closed forms.
  @Test func signsOfStudentsAreThoseOfTheInstance() throws {
    var (census, seen) = (Census(), [Question: Set<Int>]())
    for index in 0..<200 {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 1...3), source.integer(in: 1...3))
      let (d, n) = (p1 + p2 + 1, p2 + 2 + source.integer(in: 0...4))
      let factor = source.integers(d, d)
      let sigma = factor * factor.transposed + .identity(d)
      let problem = Problem(
        p1: p1, p2: p2, n: n, sigma: sigma.values.joined().compactMap { $0.asInt.map(Int64.init) },
        w1: (1...p1).map { Int64($0) }
      ).withExtras(&source)
      let instance = try problem.withProblem { problem in Result { try problem.instance() } }.get()
      let (m, mu) = (Moments(instance).traces, try #require(instance.extras.ridge))
      let more = try #require(instance.extras.unlabelled)
      let unlabelled = LinearStudent(m, .unlabelled(n: n, m: more, p2: p2))
      var expected: [Question: Int] = [
        .tuned: LinearStudent(m, .leastSquares(n: n, p2: p2)).teacherSlack.signum,
        .unlabelled: -unlabelled.mixing.slope.signum, .unlabelledTuned: unlabelled.teacherSlack.signum,
        .oneObjective: n < p2 + 4 ? 9 : -m.halfSlopeOfOneObjective(n: n, m: more, p2: p2).signum,
        .ridge: -LinearStudent(m, .ridge(mu, n: n, p2: p2)).mixing.slope.signum,
      ]
      if let second = instance.extras.secondTeacher {
        let both = RationalMatrix(rows: p1, columns: 2) { $1 == 0 ? instance.w1[$0, 0] : second[$0, 0] }
        let ensemble = TeacherEnsemble(instance, teachers: both, n: n)
        let best = try #require(ensemble.bestWeights)
        // How much a thousandth of the second brings, from the best weight of the first.
        let first = max(0, min(1, ensemble.pull[0, 0] / ensemble.form[0, 0]))
        let step = Rational(1, 1_000_000)
        let moved = [first < 1 ? first : first - step, step]
        let gain = ensemble.risk([first, 0]) - ensemble.risk(moved)
        (expected[.firstWeight], expected[.secondWeight]) = (best[0].signum, best[1].signum)
        (expected[.pair], expected[.secondAdds]) = (ensemble.form.determinant.signum, gain.signum)
      } else {
        for question in [Question.firstWeight, .secondWeight, .pair, .secondAdds] { expected[question] = 9 }
      }
      for (question, sign) in expected {
        #expect(census.answer(problem, question, .flint) == sign, "\(question): \(problem)")
        seen[question, default: []].insert(sign)
      }
    }
    for (question, signs) in seen where question != .pair {
      #expect(signs.isSuperset(of: [-1, 1]), "\(question): \(signs)")
    }
  }
}

extension Rational {
  /// The sign of its logarithm.
  fileprivate var comparedWithOne: Int { (self - 1).signum }
}
