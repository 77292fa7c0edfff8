// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import SeededRuns
import TestSupport
import Testing

/// A random instance with p1, p2 ≤ 3, and its blocks.
struct RandomProblem {
  let instance: Instance
  var sigma: RationalMatrix { instance.sigma }

  init(_ index: Int, q: Int? = nil) throws {
    var source = testSource(index)
    let (p1, p2) = (source.integer(in: 1...3), source.integer(in: 1...3))
    let q = q ?? source.integer(in: 1...2)
    let sigma = source.positiveDefinite(p1 + p2 + q)
    let (n, lambda) = (p2 + source.integer(in: 2...9), source.rational().magnitude)
    instance = try Instance(
      sigma: sigma, p1: p1, p2: p2, q: q, w1: source.matrix(p1, q) + RationalMatrix(rows: p1, columns: q) { _, _ in 6 },
      n: n, lambda: lambda)
  }

  func block(_ rows: Range<Int>, _ columns: Range<Int>) -> RationalMatrix {
    sigma.selecting(rows: rows, columns: columns)
  }
}

@Suite struct MomentsTests {
  /// Every moment again, with explicit inverses as the formulas are written.
  @Test(arguments: 0..<40) func againstTheFormulas(index: Int) throws {
    let problem = try RandomProblem(index)
    let (i, m) = (problem.instance, Moments(problem.instance))
    let inverse = try problem.block(i.x2, i.x2).inverse()
    let student = inverse * problem.block(i.x2, i.y)
    let v = inverse * problem.block(i.x2, i.x1) * i.w1
    #expect(i.optimalStudent == student)
    let residual = problem.block(i.y, i.y) - problem.block(i.y, i.x2) * inverse * problem.block(i.x2, i.y)
    let covT = i.w1.transposed * problem.block(i.x1, i.x1) * i.w1
    #expect(m.residualVariance == residual.trace)
    #expect(m.teacherResidualVariance == (covT - v.transposed * problem.block(i.x2, i.x2) * v).trace)
    let c =
      i.w1.transposed * (problem.block(i.x1, i.y) - problem.block(i.x1, i.x2) * inverse * problem.block(i.x2, i.y))
    #expect(m.residualCovariance == c.trace)
    #expect(m.mismatch == ((v - student).transposed * problem.block(i.x2, i.x2) * (v - student)).trace)
    #expect(m.scaleSquared == covT.trace / problem.block(i.y, i.y).trace)
    #expect(m.covTS == (i.w1.transposed * problem.block(i.x1, i.x2) * student).trace)
    #expect(m.varS == (student.transposed * problem.block(i.x2, i.x2) * student).trace)
    #expect(m.beta == c.trace / residual.trace)
    #expect(m.differenceVariance == m.residualVariance + m.teacherResidualVariance - 2 * m.residualCovariance)
    #expect(m.helpsForSmallLambda == (c.trace < residual.trace))
  }

  @Test(arguments: 0..<40) func informationsAgainstLinearImages(index: Int) throws {
    let problem = try RandomProblem(index)
    let (i, m) = (problem.instance, Moments(problem.instance))
    let g = try JointGaussian(covariance: i.sigma, blocks: ["x1": i.p1, "x2": i.p2, "y": i.q])
    let size = g.dimension
    let teacher = RationalMatrix(rows: i.q, columns: size) { j, k in i.x1.contains(k) ? i.w1[k, j] : 0 }
    let student = RationalMatrix(rows: i.q, columns: size) { j, k in
      i.x2.contains(k) ? i.optimalStudent[k - i.p1, j] : 0
    }
    let label = RationalMatrix(rows: i.q, columns: size) { j, k in k == i.y.lowerBound + j ? 1 : 0 }
    if i.q <= i.p2, i.q <= i.p1 {
      #expect(try m.teacherInformation() == g.mutualInformation(image: teacher, image: student))
      #expect(try m.labelInformation() == g.mutualInformation(image: student, image: label))
    } else {
      #expect(throws: GaussianError.degenerateImage) { try m.teacherInformation() }
    }
    // s is sufficient for y: I(x2; y) = I(s; y).
    if i.q <= i.p2 { #expect(try m.labelInformation() == g.mutualInformation("x2", "y")) }
  }

  @Test(arguments: 0..<20) func eachOutputAlone(index: Int) throws {
    let problem = try RandomProblem(index, q: 2)
    let (i, m) = (problem.instance, Moments(problem.instance))
    for j in 0..<2 {
      let kept = Array(i.x1) + Array(i.x2) + [i.y.lowerBound + j]
      let alone = try Instance(
        sigma: i.sigma.selecting(kept), p1: i.p1, p2: i.p2, w1: i.w1.selecting(rows: i.x1, columns: [j]))
      #expect(m.output(j).total == Moments(alone).total && m.output(j).residual == Moments(alone).residual)
    }
    #expect(m.residualCovariance == m.output(0).residualCovariance + m.output(1).residualCovariance)
  }

  @Test(arguments: 0..<30) func metamorphicFacts(index: Int) throws {
    let problem = try RandomProblem(index)
    let i = problem.instance
    var source = testSource(index, seed: 99)
    let before = Moments(i)
    // x1 → A1x1 with w1 → A1⁻ᵀw1, x2 → A2x2: nothing that matters changes.
    let (a1, a2) = (source.invertible(i.p1), source.invertible(i.p2))
    let size = i.sigma.rows
    let map = RationalMatrix(rows: size, columns: size) { row, column in
      switch (row, column) {
      case _ where i.x1.contains(row) && i.x1.contains(column): a1[row, column]
      case _ where i.x2.contains(row) && i.x2.contains(column): a2[row - i.p1, column - i.p1]
      default: row == column ? 1 : 0
      }
    }
    let mapped = try Instance(
      sigma: map * i.sigma * map.transposed, p1: i.p1, p2: i.p2, q: i.q, w1: try a1.transposed.solve(i.w1), n: i.n)
    let after = Moments(mapped)
    #expect(after.total == before.total && after.residual == before.residual)
    // (t, y) → κ(t, y) scales the risk by κ²; y → κy alone leaves the informations.
    let kappa = Rational(source.integer(in: 2...5), 3)
    let scaleY = RationalMatrix(rows: size, columns: size) { $0 != $1 ? 0 : i.y.contains($0) ? kappa : 1 }
    let scaledSigma = scaleY * i.sigma * scaleY
    let scaled = try Instance(sigma: scaledSigma, p1: i.p1, p2: i.p2, q: i.q, w1: kappa * i.w1, n: i.n)
    let n = try #require(i.n)
    let (risk, scaledRisk) = (try Risk(before, n: n, p2: i.p2), try Risk(Moments(scaled), n: n, p2: i.p2))
    for lambda in [0, Rational(1, 3), 2] { #expect(scaledRisk(lambda) == kappa.squared * risk(lambda)) }
    #expect(scaledRisk.window == risk.window && scaledRisk.bestLambda == risk.bestLambda)
    if i.q <= min(i.p1, i.p2) {
      #expect(try after.teacherInformation() == before.teacherInformation())
      let onlyY = Moments(try Instance(sigma: scaledSigma, p1: i.p1, p2: i.p2, q: i.q, w1: i.w1))
      #expect(try onlyY.teacherInformation() == before.teacherInformation())
      #expect(try onlyY.labelInformation() == before.labelInformation())
      let onlyT = Moments(try i.with(w1: kappa * i.w1))
      #expect(try onlyT.teacherInformation() == before.teacherInformation())
    }
  }
}
