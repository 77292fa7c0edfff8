// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates
import SeededRuns
import TestSupport
import Testing

/// Problems of several labels and of two candidate teachers.
@Suite struct SeveralOutputsTests {
  /// A random Σ of small whole numbers, with rows repeated now and then so that ties and singular blocks arise.
  private func sigma(_ d: Int, _ source: inout RandomSource) -> [Int64] {
    var factor = (0..<d * d).map { _ in Int64(source.integer(in: -3...3)) }
    if source.chance(1, in: 5) { for j in 0..<d { factor[j] = factor[(d - 1) * d + j] } }
    return (0..<d * d).map { place in
      (0..<d).reduce(place / d == place % d ? 1 : 0) { $0 + factor[place / d * d + $1] * factor[place % d * d + $1] }
    }
  }

  @Test func stagesAgreeOnSeveralLabels() {
    var census = Census()
    for index in 0..<(SignDeciderTests.cases / 2) {
      var source = testSource(index)
      let q = source.integer(in: 2...3)
      let (p1, p2) = (source.integer(in: q...4), source.integer(in: (q - 1)...4))
      var w1 = (0..<(p1 * q)).map { _ in Int64(source.integer(in: -2...2)) }
      for j in 0..<q where w1[(j * p1)..<((j + 1) * p1)].allSatisfy({ $0 == 0 }) { w1[j * p1 + j] = 1 }
      census.check(
        Problem(p1: p1, p2: p2, q: q, n: p2 + 4, sigma: sigma(p1 + p2 + q, &source), w1: w1, lambda: (3, 7)))
    }
    #expect(census.share(.double) > 0.5 && census.share(.integer) > 0.2)
    #expect(census.ties[.rank, default: 0] > 10 && census.ties[.order, default: 0] > 10)
  }

  /// The same against the informations and orders of the instance.
  @Test func signsAreThoseOfTheInstance() throws {
    var (census, finite, ordered) = (Census(), 0, 0)
    for index in 0..<150 {
      var source = testSource(index)
      let (p1, p2, q) = (source.integer(in: 2...4), source.integer(in: 1...4), 2)
      // Labels of a larger scale half of the time: cov(t) ⪯ cov(y) is rare otherwise.
      let (size, scale) = (p1 + p2 + q, Int64(index % 2 == 0 ? 1 : 5))
      let entries = sigma(size, &source).enumerated().map { place, entry in
        [place / size, place % size].reduce(entry) { $1 >= p1 + p2 ? scale * $0 : $0 }
      }
      let w1 = (0..<(p1 * q)).map { $0 % (p1 + 1) == 0 ? Int64(1) : Int64(source.integer(in: -1...1)) }
      let problem = Problem(p1: p1, p2: p2, q: q, n: p2 + 4, sigma: entries, w1: w1, lambda: (3, 7))
      let d = size
      let instance = try Instance(
        sigma: RationalMatrix(rows: d, columns: d) { Rational(Int(entries[$0 * d + $1])) }, p1: p1, p2: p2, q: q,
        w1: RationalMatrix(rows: p1, columns: q) { Rational(Int(w1[$1 * p1 + $0])) }, n: p2 + 4,
        lambda: Rational(3, 7))
      let m = Moments(instance)
      let risk = try Risk(m, n: p2 + 4, p2: p2)
      #expect(census.answer(problem, .help, .flint) == (m.residualCovariance - m.residualVariance).signum)
      #expect(census.answer(problem, .window, .flint) == risk.windowDivisor.signum)
      #expect(census.answer(problem, .riskChange, .flint) == (risk(Rational(3, 7)) - risk.baselineRisk).signum)
      let difference = m.total.selecting(q..<(2 * q)) - m.total.selecting(0..<q)
      #expect(census.answer(problem, .order, .flint) == (difference.isPositiveSemidefinite ? 1 : 0))
      ordered += difference.isPositiveSemidefinite ? 1 : 0
      let informations = try? (m.teacherInformation(), m.labelInformation())
      #expect(census.answer(problem, .rank, .flint) == (informations == nil ? 0 : 1))
      if let (teacher, label) = informations {
        finite += 1
        #expect(census.answer(problem, .vectorDelta, .flint) == ((teacher - label).argument - 1).signum)
      }
    }
    #expect(finite > 50 && finite < 150 && ordered > 3, "\(finite) \(ordered)")
  }

  /// Cramer's weights against the exact solution, and the candidates' c against those of the instances that they make.
  @Test func candidatesAreLeastSquaresTeachers() throws {
    var census = Census()
    for index in 0..<200 {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 2...4), source.integer(in: 1...3))
      let (d, split) = (p1 + p2 + 1, source.integer(in: 1...(p1 - 1)))
      let entries = sigma(d, &source)
      var w1 = [Int64](repeating: 0, count: 3 * p1)
      w1[0] = 1
      let scales = try entries.withUnsafeBufferPointer { entries in
        try w1.withUnsafeMutableBufferPointer { w1 in
          try [(0..<split, p1), (split..<p1, 2 * p1)].map { block, start in
            try #require(
              IntegerProblem.leastSquaresWeights(
                entries, size: d, block: block, label: d - 1,
                into: UnsafeMutableBufferPointer(
                  rebasing: w1[(start + block.lowerBound)..<(start + block.upperBound)])))
          }
        }
      }
      let problem = Problem(
        p1: p1, p2: p2, n: p2 + 3, sigma: entries, w1: w1,
        candidates: IntegerProblem.Candidates(p1a: split, scales: (scales[0], scales[1])))
      census.check(problem)
      let instance = try Instance(
        sigma: RationalMatrix(rows: d, columns: d) { Rational(Int(entries[$0 * d + $1])) }, p1: p1, p2: p2, w1: nil,
        p1a: split)
      let pair = try #require(instance.candidates)
      #expect(
        census.answer(problem, .candidates, .flint)
          == (Moments(pair.first).residualCovariance - Moments(pair.second).residualCovariance).signum)
      for (candidate, start, scale) in [(pair.first, 0, scales[0]), (pair.second, split, scales[1])] {
        for i in 0..<candidate.p1 {
          let weight = w1[(start == 0 ? p1 : 2 * p1) + start + i]
          #expect(Rational(Int(weight)) == Rational(Int(scale)) * candidate.w1[i, 0])
        }
      }
    }
    #expect(census.share(.double) > 0.7 && census.share(.integer) > 0.7)
  }
}
