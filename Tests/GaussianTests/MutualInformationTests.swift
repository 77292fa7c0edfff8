// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian
import SeededRuns
import TestSupport
import Testing

/// A Gaussian of blocks u, w, z with random sizes up to 3.
private struct Case {
  let gaussian: JointGaussian
  let u, w, z: [Int]

  init(_ index: Int) throws {
    var source = testSource(index)
    let sizes = (0..<3).map { _ in source.integer(in: 1...3) }
    let sigma = source.positiveDefinite(sizes.reduce(0, +))
    gaussian = try JointGaussian(covariance: sigma, blocks: ["u": sizes[0], "w": sizes[1], "z": sizes[2]])
    (u, w, z) = (
      try gaussian.coordinates(of: "u"), try gaussian.coordinates(of: "w"), try gaussian.coordinates(of: "z")
    )
  }
}

@Suite struct MutualInformationTests {
  @Test(arguments: 0..<25) func byDeterminantsAndByConditionalVariances(index: Int) throws {
    let c = try Case(index)
    // I(u; w) = Σᵢ ½ ln(var(uᵢ | u before) / var(uᵢ | u before, w)): variances only, no determinant of a block.
    var chain = HalfLogarithm.zero
    for (i, coordinate) in c.u.enumerated() {
      let before = Array(c.u[..<i])
      func variance(given: [Int]) throws -> Rational {
        let rest = (0..<c.gaussian.dimension).filter { !given.contains($0) }
        let place = try #require(rest.firstIndex(of: coordinate))
        return try c.gaussian.conditionalCovariance(given: given)[place, place]
      }
      chain = chain + HalfLogarithm(of: try variance(given: before) / variance(given: before + c.w))
    }
    #expect(try c.gaussian.mutualInformation(c.u, c.w) == chain)
    #expect(try c.gaussian.mutualInformation("u", "w") == chain)
  }

  @Test(arguments: 0..<25) func chainRuleSymmetryAndSign(index: Int) throws {
    let c = try Case(index)
    let g = c.gaussian
    let uw = try g.mutualInformation(c.u, c.w)
    #expect(try g.mutualInformation(c.u, c.w + c.z) == uw + g.mutualInformation(c.u, c.z, given: c.w))
    #expect(try g.mutualInformation(c.w, c.u) == uw)
    #expect(uw >= .zero)
    #expect((uw == .zero) == g.covariance(c.u, c.w).isZero)
    #expect(try g.mutualInformation(c.u, c.w, given: []) == uw)
  }

  @Test func zeroExactlyForAZeroCrossBlock() throws {
    let g = try JointGaussian(
      covariance: try RationalMatrix([[2, 0, 1], [0, 3, 1], [1, 1, 4]]), blocks: ["u": 1, "w": 1, "z": 1])
    #expect(try g.mutualInformation("u", "w") == .zero)
    #expect(try g.mutualInformation([0], [1], given: [2]) > .zero, "conditioning on a common effect couples them")
  }

  @Test(arguments: 0..<25) func invarianceAndDataProcessing(index: Int) throws {
    let c = try Case(index)
    var source = testSource(index, seed: 7)
    let g = c.gaussian
    let uw = try g.mutualInformation(c.u, c.w)
    // Block-diagonal invertible maps and permutations change nothing.
    func embedded(_ block: RationalMatrix, _ coordinates: [Int]) -> RationalMatrix {
      RationalMatrix(rows: block.rows, columns: g.dimension) { i, j in
        coordinates.firstIndex(of: j).map { block[i, $0] } ?? 0
      }
    }
    let (a, b) = (embedded(source.invertible(c.u.count), c.u), embedded(source.invertible(c.w.count), c.w))
    #expect(try g.mutualInformation(image: a, image: b) == uw)
    let order = source.permutation(c.u.count).map { c.u[$0] }
    #expect(try g.mutualInformation(order, c.w) == uw)
    // A linear function of u tells no more than u.
    let row = RationalMatrix(rows: 1, columns: c.u.count) { _, _ in Rational(source.integer(in: 1...3)) }
    #expect(try g.mutualInformation(image: embedded(row, c.u), image: b) <= uw)
    #expect(try g.mutualInformation(Array(c.u.dropLast()) + c.z, c.w) >= g.mutualInformation(c.z, c.w))
  }

  @Test func scalarsAreMinusHalfLogOneMinusSquaredCorrelation() throws {
    let rho = Rational(3, 4)
    let g = try JointGaussian(covariance: try RationalMatrix([[1, rho], [rho, 1]]), blocks: ["u": 1, "w": 1])
    #expect(try g.mutualInformation("u", "w") == HalfLogarithm(of: Rational(16, 7)))
  }

  @Test(arguments: 0..<20) func conditioningAgainstExplicitInverse(index: Int) throws {
    let c = try Case(index)
    let sigma = c.gaussian.covariance
    let rest = c.u + c.w
    let cross = sigma.selecting(rows: rest, columns: c.z)
    let expected = sigma.selecting(rest) - cross * (try sigma.selecting(c.z).inverse()) * cross.transposed
    #expect(try c.gaussian.conditionalCovariance(given: c.z) == expected)
  }
}

@Suite struct JointGaussianTests {
  @Test func doublesAreTakenExactly() throws {
    let g = try JointGaussian(covariance: [[1, 0.1], [0.1, 1]], blocks: ["u": 1, "w": 1])
    #expect(g.covariance[0, 1] == (try Rational(exactly: 0.1)) && g.covariance[0, 1] != Rational(1, 10))
  }

  @Test func imagesAndNames() throws {
    var source = testSource(0)
    let sigma = source.positiveDefinite(4)
    let g = try JointGaussian(covariance: sigma, blocks: ["u": 1, "w": 3])
    let map = source.invertible(4).selecting(rows: [0, 2], columns: 0..<4)
    #expect(try g.image(under: map).covariance == map * sigma * map.transposed)
    #expect(try g.coordinates(of: "w") == [1, 2, 3])
  }

  @Test func everyBadInputIsNamed() throws {
    let unit = RationalMatrix.identity(2)
    let g = try JointGaussian(covariance: unit, blocks: ["u": 1, "w": 1])
    func expectError(_ error: GaussianError, _ body: () throws -> Void) { #expect(throws: error) { try body() } }
    expectError(.emptyBlock("u")) { _ = try JointGaussian(covariance: unit, blocks: ["u": 0, "w": 2]) }
    expectError(.sizeMismatch(rows: 2, blocks: ["u 1"])) { _ = try JointGaussian(covariance: unit, blocks: ["u": 1]) }
    expectError(.sizeMismatch(rows: 2, blocks: ["u 1", "w 2"])) {
      _ = try JointGaussian(covariance: unit, blocks: ["u": 1, "w": 2])
    }
    expectError(.invalidEntry(row: 0, column: 1, .notFinite("nan"))) {
      _ = try JointGaussian(covariance: [[1, .nan], [0, 1]], blocks: ["u": 2])
    }
    expectError(.invalidCovariance(.notSymmetric(row: 0, column: 1, upper: 1, lower: 0))) {
      _ = try JointGaussian(covariance: [[1, 1], [0, 1]], blocks: ["u": 2])
    }
    expectError(.invalidCovariance(.notPositiveDefinite(order: 2, minor: -3))) {
      _ = try JointGaussian(covariance: [[1, 2], [2, 1]], blocks: ["u": 2])
    }
    expectError(.invalidCovariance(.ragged(row: 1, count: 1, expected: 2))) {
      _ = try JointGaussian(covariance: [[1, 2], [2]], blocks: ["u": 2])
    }
    expectError(.unknownBlock("v", known: ["u", "w"])) { _ = try g.mutualInformation("u", "v") }
    expectError(.invalidCoordinates("coordinate 0 is named twice")) { _ = try g.mutualInformation([0], [0]) }
    expectError(.invalidCoordinates("coordinate 2 is outside of 0 ..< 2")) { _ = try g.mutualInformation([0], [2]) }
    expectError(.invalidCoordinates("a list of coordinates is empty")) { _ = try g.mutualInformation([0], []) }
    expectError(.mapSize(columns: 3, dimension: 2)) { _ = try g.image(under: .identity(3)) }
    expectError(.degenerateImage) { _ = try g.image(under: RationalMatrix(rows: 2, columns: 2) { _, _ in 1 }) }
    let first = RationalMatrix(rows: 1, columns: 2) { _, j in j == 0 ? 1 : 0 }
    expectError(.degenerateImage) { _ = try g.mutualInformation(image: first, image: first) }
  }
}

@Suite struct GaussianSamplerTests {
  @Test func sameSeedSameRows() throws {
    var source = testSource(3)
    let g = try JointGaussian(covariance: source.positiveDefinite(3), blocks: ["x": 3])
    let rows = try GaussianSampler(g, seed: 9).sample(rows: 10)
    #expect(rows == (try GaussianSampler(g, seed: 9).sample(rows: 10)))
    #expect(rows != (try GaussianSampler(g, seed: 10).sample(rows: 10)))
    #expect(rows.count == 30)
  }

  /// The mean of xᵢxⱼ over n rows has variance (ΣᵢᵢΣⱼⱼ + Σᵢⱼ²)/n; 8 standard errors on 10 entries: false alarm below
  /// 10 · 2Φ(−8) = 1.3e-14 by the central limit theorem.
  @Test func covarianceIsThatOfTheGaussian() throws {
    var source = testSource(4)
    let g = try JointGaussian(covariance: source.positiveDefinite(4), blocks: ["x": 4])
    let (n, x) = (40_000, try GaussianSampler(g, seed: 1).sample(rows: 40_000))
    let sigma = g.covariance
    for i in 0..<4 {
      for j in 0...i {
        let mean = (0..<n).reduce(0.0) { $0 + x[$1 * 4 + i] * x[$1 * 4 + j] } / Double(n)
        let expected = sigma[i, j].asDouble
        let error = ((sigma[i, i] * sigma[j, j] + sigma[i, j].squared).asDouble / Double(n)).squareRoot()
        #expect(abs(mean - expected) < 8 * error)
      }
    }
  }

  @Test func saysWhereDoublesFail() throws {
    let tiny = Rational.powerOfTwo(-200)
    let g = try JointGaussian(covariance: try RationalMatrix([[1, 1], [1, 1 + tiny]]), blocks: ["x": 2])
    #expect(throws: GaussianError.numericallySingular) { try GaussianSampler(g, seed: 1) }
  }
}
