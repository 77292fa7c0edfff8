// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian
import SeededRuns
import TestSupport
import Testing

@Suite struct RiskTests {
  private static let weights: [Rational] = [0, Rational(1, 10), Rational(1, 2), 1, 2, 17]

  /// R(λ) as bias plus variance of the averaged label (y + λt)/(1+λ), with explicit inverses.
  @Test(arguments: 0..<40) func againstBiasAndVariance(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    let n = try #require(i.n)
    let risk = try Risk(Moments(i), n: n, p2: i.p2)
    let inverse = try problem.block(i.x2, i.x2).inverse()
    let noise = (problem.block(i.y, i.y) - problem.block(i.y, i.x2) * inverse * problem.block(i.x2, i.y)).trace
    for lambda in Self.weights {
      let target = 1 / (1 + lambda)
      // The averaged label m = (y + λt)/(1+λ) as a linear image of (x1, y), its regression on x2 and what is left of it.
      let map = RationalMatrix(rows: i.sigma.rows, columns: i.q) { row, j in
        i.x1.contains(row) ? lambda * target * i.w1[row, j] : row == i.y.lowerBound + j ? target : 0
      }
      let cross = i.sigma.selecting(rows: i.x2, columns: 0..<i.sigma.rows) * map
      let mean = inverse * cross
      let spread = (map.transposed * i.sigma * map - cross.transposed * inverse * cross).trace
      let shift = mean - i.optimalStudent
      let bias = (shift.transposed * problem.block(i.x2, i.x2) * shift).trace
      let expected = noise + bias + Rational(i.p2, n - i.p2 - 1) * spread
      #expect(risk(lambda) == expected)
      #expect(try risk.function(lambda) == expected)
      #expect(risk.inMixingWeight(lambda / (1 + lambda)) == expected)
    }
    #expect(risk.baselineRisk == risk(0))
    #expect(try risk.slope == risk.function.derivative(0))
    #expect(risk.limit == risk.function.limitAtInfinity)
    #expect(try risk.function.taylorCoefficients(order: 1) == [risk.baselineRisk, risk.slope])
  }

  /// The excess risk of any mixture a·ŵ + b·v̂ of the two fits, as the bias of its mean plus the variance of the label
  /// a·y + b·t that it is the fit of; and on the line a = 1 − α, b = α, the risk.
  @Test(arguments: 0..<20) func excessAgainstBiasAndVariance(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    let risk = try Risk(Moments(i), n: try #require(i.n), p2: i.p2)
    let inverse = try problem.block(i.x2, i.x2).inverse()
    for (a, b) in [(1, 0), (0, 1), (Rational(1, 3), -2), (Rational(-3, 2), Rational(5, 7))] as [(Rational, Rational)] {
      let map = RationalMatrix(rows: i.sigma.rows, columns: i.q) { row, j in
        i.x1.contains(row) ? b * i.w1[row, j] : row == i.y.lowerBound + j ? a : 0
      }
      let cross = i.sigma.selecting(rows: i.x2, columns: 0..<i.sigma.rows) * map
      let shift = inverse * cross - i.optimalStudent
      let bias = (shift.transposed * problem.block(i.x2, i.x2) * shift).trace
      let spread = (map.transposed * i.sigma * map - cross.transposed * inverse * cross).trace
      #expect(risk.moments.traces.excess(a, b, k: risk.k) == bias + risk.k * spread)
      let (k, unit) = (Rational(i.p2), Rational(try #require(i.n) - i.p2 - 1))
      #expect(risk.moments.traces.excess(a, b, k: k, unit: unit) == unit * (bias + risk.k * spread))
    }
    for alpha in [0, Rational(1, 4), 1] as [Rational] {
      let excess = risk.moments.traces.excess(1 - alpha, alpha, k: risk.k)
      #expect(risk.inMixingWeight(alpha) == risk.residualVariance + excess)
    }
  }

  @Test(arguments: 0..<60) func windowAgainstSignsOnBothSidesOfItsEnd(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    let risk = try Risk(Moments(i), n: try #require(i.n), p2: i.p2)
    func helps(_ lambda: Rational) throws -> Bool { try risk.function(lambda) < risk.baselineRisk }
    let tiny = Rational(1, 1_000_000_000)
    switch risk.window {
    case .empty:
      for lambda in [tiny, Rational(1, 2), 1, 10, 1_000_000] { #expect(try !helps(lambda)) }
    case .open(upTo: .infinity):
      for lambda in [tiny, Rational(1, 2), 1, 10, 1_000_000] { #expect(try helps(lambda)) }
    case .open(upTo: .finite(let end)):
      #expect(try risk.function(end) == risk.baselineRisk)
      for share in [tiny, Rational(1, 2), 1 - tiny] { #expect(try helps(share * end)) }
      for share in [1, 1 + tiny, 2, 1000] { #expect(try !helps(share * end)) }
    }
    for lambda in Self.weights.dropFirst() { #expect(try risk.window.contains(lambda) == helps(lambda)) }
    #expect(!risk.window.contains(0) && !risk.window.contains(-1))
  }

  @Test(arguments: 0..<60) func bestLambdaBeatsItsNeighbours(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    let risk = try Risk(Moments(i), n: try #require(i.n), p2: i.p2)
    let best = risk.bestMixingWeight
    let least = risk.inMixingWeight(best)
    #expect(risk.bestGain == risk.baselineRisk - least)
    for step in 0...20 { #expect(risk.inMixingWeight(Rational(step, 20)) >= least) }
    switch risk.bestLambda {
    case .infinity: #expect(best == 1 && least == risk.limit)
    case .finite(let lambda):
      #expect(risk(lambda) == least)
      if lambda.signum > 0 { #expect(try risk.function.derivative(lambda) == 0) }
    }
    #expect(risk.inMixingWeight[2] == risk.moments.mismatch + risk.k * risk.moments.differenceVariance)
    #expect(risk.inMixingWeight[2].signum > 0)
  }

  /// Every kind of window and of best λ, so that no branch above is reached by luck alone.
  @Test func everyCaseOccurs() throws {
    func risk(_ rows: [[Rational]], n: Int) throws -> Risk {
      let i = try Instance(sigma: RationalMatrix(rows), p1: 1, p2: 1, w1: .identity(1), n: n)
      return try Risk(Moments(i), n: n, p2: 1)
    }
    // c = 0, ση² = 1, σε² = 1, B = 1: D = B.
    let finite = try risk([[1, 0, 0], [0, 1, -1], [0, -1, 2]], n: 3)
    #expect(finite.window == .open(upTo: .finite(2)) && finite.bestLambda == .finite(Rational(1, 2)))
    // The teacher is s and a little of the label's noise, c = ση²: imitating it is best.
    let little = Rational(101, 100)
    let copy = try risk([[little, 1, little], [1, 1, 1], [little, 1, 2]], n: 3)
    #expect(copy.window == .open(upTo: .infinity) && copy.bestLambda == .infinity)
    // The teacher is twice the label's noise.
    let harmful = try risk([[5, 0, 2], [0, 1, 1], [2, 1, 2]], n: 3)
    #expect(harmful.window == .empty && harmful.bestLambda == .finite(0) && harmful.bestGain == 0)
    // c = σε² exactly.
    let tie = try risk([[3, -2, 0], [-2, 3, 1], [0, 1, 1]], n: 3)
    #expect(tie.slope == 0 && tie.window == .empty && tie.bestLambda == .finite(0))
    // D = 0 exactly: B = k(σε² − ση²), here 0 = 0 with v = w*, ση² = σε².
    let flat = try risk([[2, 1, 1], [1, 1, 1], [1, 1, 2]], n: 5)
    #expect(flat.windowDivisor == 0 && flat.window == .open(upTo: .infinity))
  }

  @Test(arguments: [(1, 2), (1, 1), (1, -5), (4, 5)]) func refusesTooFewRows(p2: Int, n: Int) throws {
    let m = try RandomProblem(0).instance
    #expect(throws: InstanceError.illPosed(n: n, p2: p2)) { try Risk(Moments(m), n: n, p2: p2) }
  }

  /// Every closed form in Doubles is the exact one up to rounding, and times n−p2−1 the same multiple of it.
  @Test(arguments: 0..<20) func arithmeticsAgree(index: Int) throws {
    let i = try RandomProblem(index).instance
    let n = try #require(i.n)
    let risk = try Risk(Moments(i), n: n, p2: i.p2)
    let exact = risk.terms
    let rounded = RiskTerms(
      residualVariance: exact.residualVariance.asDouble,
      teacherResidualVariance: exact.teacherResidualVariance.asDouble,
      residualCovariance: exact.residualCovariance.asDouble, mismatch: exact.mismatch.asDouble, k: exact.k.asDouble)
    let scaled = RiskTerms(risk.moments.traces, n: n, p2: i.p2)
    func check(
      _ own: KeyPath<RiskTerms<Rational>, Rational>, _ double: KeyPath<RiskTerms<Double>, Double>,
      isScaled: Bool = false
    ) {
      #expect(agree(rounded[keyPath: double], exact[keyPath: own].asDouble, relative: 1e-9))
      #expect(scaled[keyPath: own] == (isScaled ? scaled.unit : 1) * exact[keyPath: own])
    }
    check(\.pull, \.pull, isScaled: true)
    check(\.windowDivisor, \.windowDivisor, isScaled: true)
    check(\.bestLambdaDivisor, \.bestLambdaDivisor, isScaled: true)
    check(\.parabolaCurvature, \.parabolaCurvature, isScaled: true)
    check(\.baselineRisk, \.baselineRisk)
    check(\.slope, \.slope)
    check(\.limit, \.limit)
    check(\.bestMixingWeight, \.bestMixingWeight)
    check(\.bestGain, \.bestGain)
    for lambda in Self.weights {
      let alpha = lambda / (1 + lambda)
      #expect(agree(rounded.risk(mixing: alpha.asDouble), risk(lambda).asDouble, relative: 1e-12))
      #expect(scaled.risk(mixing: alpha) == risk(lambda))
      #expect(
        scaled.riskChange(lambda, 1) == scaled.unit * (1 + lambda).squared * (risk(lambda) - risk.baselineRisk))
    }
    #expect((rounded.windowEnd == nil) == (exact.windowEnd == nil) && scaled.windowEnd == exact.windowEnd)
    #expect((rounded.bestLambda == nil) == (exact.bestLambda == nil) && scaled.bestLambda == exact.bestLambda)
  }
}

@Suite struct MonteCarloTests {
  /// R(λ) against simulated training sets: n rows, the least-squares student by LAPACK, its population risk.
  ///
  /// 4,000 independent data sets for each λ; the mean of 4,000 draws is within 7 of its own standard errors of the truth
  /// but for a probability below 2Φ(−7) = 2.6e-12 by the central limit theorem, four λ: below 1.1e-11. n − p2 = 16 leaves
  /// the risk enough moments for it.
  @Test func riskOfSimulatedStudents() throws {
    var source = testSource(12)
    let (p1, p2, n, replicates) = (3, 4, 20, 4_000)
    let sigma = source.positiveDefinite(p1 + p2 + 1)
    let w1 = source.matrix(p1, 1)
    let instance = try Instance(sigma: sigma, p1: p1, p2: p2, w1: w1, n: n)
    let risk = try Risk(Moments(instance), n: n, p2: p2)
    let sampler = try GaussianSampler(
      JointGaussian(covariance: sigma, blocks: ["x1": p1, "x2": p2, "y": 1]), seed: 2_026)
    let weights = w1.values.joined().map(\.asDouble)
    let best = instance.optimalStudent.values.joined().map(\.asDouble)
    let sigma22 = sigma.selecting(instance.x2).values.map { $0.map(\.asDouble) }
    let noise = risk.moments.residualVariance.asDouble
    let lambdas = [0, 0.1, 0.5, 2]
    var (sums, squares) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for _ in 0..<replicates {
      let rows = sampler.sample(rows: n)
      let x2 = (0..<n).flatMap { row in (0..<p2).map { rows[row * 8 + p1 + $0] } }
      for (position, lambda) in lambdas.enumerated() {
        var target = (0..<n).map { row -> Double in
          let t = (0..<p1).reduce(0.0) { $0 + weights[$1] * rows[row * 8 + $1] }
          return (rows[row * 8 + 7] + lambda * t) / (1 + lambda)
        }
        var design = x2
        let status = LAPACKE_dgels(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "N")), Int32(n), Int32(p2), 1, &design, Int32(p2), &target, 1)
        #expect(status == 0)
        let error = (0..<p2).map { target[$0] - best[$0] }
        var value = noise
        for i in 0..<p2 { for j in 0..<p2 { value += error[i] * sigma22[i][j] * error[j] } }
        sums[position] += value
        squares[position] += value * value
      }
    }
    for (position, lambda) in lambdas.enumerated() {
      let mean = sums[position] / Double(replicates)
      let error = ((squares[position] / Double(replicates) - mean * mean) / Double(replicates)).squareRoot()
      let exact = risk(try Rational(exactly: lambda)).asDouble
      #expect(abs(mean - exact) < 7 * error, "λ = \(lambda): simulated \(mean) ± \(error), exact \(exact)")
      // The standard error is small enough to see a wrong k = p2/n or k = p2/(n−p2).
      #expect(error < 0.02 * (exact - noise))
    }
  }
}
