// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PropertyTesting
import RandomInstances
import SeededRuns
import TestSupport
import Testing

@Suite struct CovarianceTests {
  @Test(arguments: CovarianceFamily.allCases) func familiesArePositiveDefinite(family: CovarianceFamily) throws {
    for index in 0..<60 {
      var source = testSource(index)
      let size = source.integer(in: 1...8)
      try family.covariance(size: size, from: &source).requirePositiveDefinite()
    }
  }

  @Test func familiesAreWhatTheySay() {
    var (source, size) = (testSource(1), 6)
    func share(_ family: CovarianceFamily, _ holds: (RationalMatrix) -> Bool) -> Int {
      (0..<50).count { _ in holds(family.covariance(size: size, from: &source)) }
    }
    #expect(share(.independent) { m in (0..<6).allSatisfy { i in (0..<i).allSatisfy { m[i, $0] == 0 } } } == 50)
    #expect(share(.nearSingular) { $0.determinant <= Rational(9 * 9 * 9 * 9 * 9, 1_000) } == 50)
    #expect(
      share(.badlyScaled) { m in
        let diagonal = (0..<6).map { m[$0, $0] }
        return (diagonal.max() ?? 0) > 1_000_000 * (diagonal.min() ?? 0)
      } > 40)
    #expect(share(.integerFactor) { $0.commonDenominator == 1 } == 50)
    size = 2
    #expect(share(.block) { $0[0, 1] == 0 } > 5)
  }

  /// Σ has the blocks that the regressions on x2 say: Σ22, Σ22·[F | w*], and a residual covariance that is the noise.
  @Test(arguments: 0..<20) func regressionsGiveTheirCovariance(index: Int) throws {
    var source = testSource(index)
    let (p1, p2, q) = (source.integer(in: 1...3), source.integer(in: 1...3), source.integer(in: 1...2))
    let form = RegressionForm(
      p1: p1, p2: p2, q: q, inputs: source.positiveDefinite(p2), weights: source.matrix(p2, p1 + q),
      noise: source.positiveDefinite(p1 + q))
    let sigma = form.sigma
    try sigma.requirePositiveDefinite()
    let (x2, rest) = (Array(p1..<(p1 + p2)), Array(0..<p1) + Array((p1 + p2)..<(p1 + p2 + q)))
    #expect(sigma.selecting(x2) == form.inputs)
    let cross = sigma.selecting(rows: x2, columns: rest)
    #expect(try form.inputs.solve(cross) == form.weights)
    #expect(sigma.selecting(rest) - (try cross.transposed * form.inputs.solve(cross)) == form.noise)
  }

  /// Any tape makes a covariance, and the simplest one the identity.
  @Test func tapesMakeCovariances() throws {
    let generator = Generator<RationalMatrix> { tape in
      try tape.covariance(size: 4) { Rational.powerOfTwo($0.rareExponent(upTo: 20)) }
    }
    let property = Property("a covariance", generator) { matrix, _ in
      (try? matrix.requirePositiveDefinite()) != nil
    }
    for index in 0..<200 {
      let tape = ChoiceTape(random: RandomSource(seed: 5, index: UInt64(index)), size: 50)
      let matrix = try #require(property.run(on: tape).value)
      try matrix.requirePositiveDefinite()
    }
    let simplest = property.run(on: ChoiceTape([]))
    #expect(simplest.value == .identity(4))
  }
}
