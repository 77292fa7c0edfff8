// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import TestSupport
import Testing

@testable import Students

@Suite struct LeastSquaresTests {
  /// Whole-number samples, whose normal equations are solved exactly in rational arithmetic.
  @Test(arguments: 0..<12) func againstExactNormalEquations(index: Int) throws {
    var source = testSource(index)
    let (p, q) = (source.integer(in: 1...5), source.integer(in: 1...3))
    let n = p + source.integer(in: 1...30)
    let x = RationalMatrix(rows: n, columns: p) { i, j in Rational(source.integer(in: -9...9) + (i == j ? 20 : 0)) }
    let t = source.integers(n, q, in: -9...9)
    let exact = try (x.transposed * x).solve(x.transposed * t)
    let inputs = x.values.joined().map(\.asDouble)
    let targets = t.transposed.values.joined().map(\.asDouble)
    let expected = exact.transposed.values.joined().map(\.asDouble)
    let size = expected.map(abs).max() ?? 0
    for method in [LeastSquares.Method.cholesky, .orthogonal] {
      let fit = try LeastSquares(inputs: inputs, columns: p, targets: targets, method: method)
      #expect(fit.method == method)
      for (a, b) in zip(fit.weights, expected) { #expect(abs(a - b) <= 1e-10 * size) }
    }
  }

  /// The distillation student on the sample is (XᵀX)⁻¹Xᵀ(y + λt)/(1+λ), and no other weights have a smaller objective.
  @Test(arguments: 0..<6) func distillationStudentOnTheSample(index: Int) throws {
    var source = testSource(100 + index)
    let (p, q, n) = (3, 2, 12)
    let x = source.matrix(n, p) + RationalMatrix(rows: n, columns: p) { $0 == $1 ? 10 : 0 }
    let (t, y) = (source.matrix(n, q), source.matrix(n, q))
    let lambda = Rational(index, 3)
    let exact = try (x.transposed * x).solve(x.transposed * ((1 / (1 + lambda)) * (y + lambda * t)))
    let targets = (t.transposed.values + y.transposed.values).joined().map(\.asDouble)
    let sample = try Sample(inputs: x.values.joined().map(\.asDouble), p2: p, targets: targets, q: q)
    let labels = sample.averagedLabels(lambda: lambda.asDouble)
    let weights = try LeastSquares(inputs: sample.inputs, columns: p, targets: labels).weights
    for (a, b) in zip(weights, exact.transposed.values.joined()) { #expect(agree(a, b.asDouble, relative: 1e-10)) }
    let least = sample.objective(weights, lambda: lambda.asDouble)
    for i in weights.indices {
      for step in [-1e-3, 1e-3] {
        var other = weights
        other[i] += step
        #expect(sample.objective(other, lambda: lambda.asDouble) > least)
      }
    }
  }

  /// Nearly dependent inputs: Cholesky's answer is seen to be inaccurate and the orthogonal one is taken.
  @Test func fallsBackWhereTheGramMatrixIsIllConditioned() throws {
    let n = 40
    let inputs = (0..<n).flatMap { row -> [Double] in
      let x = Double(row % 7) - 3
      return [x, x + 1e-6 * Double((row * row) % 11)]
    }
    var targets: [Double] = []
    for row in 0..<n { targets.append(2 * inputs[2 * row] - 3 * inputs[2 * row + 1]) }
    let fit = try LeastSquares(inputs: inputs, columns: 2, targets: targets)
    #expect(fit.method == .orthogonal)
    #expect(abs(fit.weights[0] - 2) < 1e-8 && abs(fit.weights[1] + 3) < 1e-8)
    let poor = try LeastSquares(inputs: inputs, columns: 2, targets: targets, method: .cholesky)
    #expect(poor.reciprocalCondition < LeastSquares.leastGramCondition)
    // Well-conditioned, however badly scaled, stays with Cholesky.
    var scaled: [Double] = []
    for row in 0..<n { scaled += [1e-8 * Double(row % 7 - 3), 1e8 * Double(row % 5 - 2)] }
    #expect(try LeastSquares(inputs: scaled, columns: 2, targets: targets).method == .cholesky)
  }

  @Test func refusesDependentInputsAndFewRows() throws {
    let dependent = (0..<20).flatMap { row -> [Double] in [Double(row), 2 * Double(row), 1] }
    let zeros = (0..<20).flatMap { row -> [Double] in [Double(row), 0] }
    let targets = (0..<20).map { row -> Double in Double(row % 3) }
    for (inputs, columns) in [(dependent, 3), (zeros, 2)] {
      #expect { try LeastSquares(inputs: inputs, columns: columns, targets: targets) } throws: { error in
        guard case .rankDeficient(rows: 20, columns: columns, _) = error as? StudentError else { return false }
        return true
      }
    }
    #expect(throws: StudentError.rankDeficient(rows: 2, columns: 3, reciprocalCondition: 0)) {
      try LeastSquares(inputs: [1, 2, 3, 4, 5, 7], columns: 3, targets: [1, 2])
    }
    #expect(throws: StudentError.notFinite("a target")) {
      try LeastSquares(inputs: [1, 2, 3], columns: 1, targets: [1, .nan, 0])
    }
    #expect(throws: StudentError.notFinite("the student's inputs")) {
      try LeastSquares(inputs: [1, .infinity, 3], columns: 1, targets: [1, 2, 0])
    }
    #expect(throws: StudentError.self) { try LeastSquares(inputs: [1, 2, 3], columns: 2, targets: [1]) }
    #expect(throws: StudentError.self) { try Sample(inputs: [1, 2], p2: 1, targets: [1, 2, 3], q: 1) }
  }
}
