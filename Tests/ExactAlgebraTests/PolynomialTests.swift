// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns
import TestSupport
import Testing

@Suite struct PolynomialTests {
  private func polynomial(_ source: inout RandomSource, degree: Int) -> Polynomial {
    Polynomial((0...degree).map { _ in source.rational(height: 6) })
  }

  @Test(arguments: 0..<40) func ringDivisionAndDerivative(index: Int) {
    var source = testSource(index)
    let (f, g) = (polynomial(&source, degree: 4), polynomial(&source, degree: 2))
    let x = source.rational()
    #expect((f + g)(x) == f(x) + g(x) && (f - g)(x) == f(x) - g(x) && (f * g)(x) == f(x) * g(x))
    #expect((f * g).derivative == f.derivative * g + f * g.derivative)
    if g != .zero {
      let (quotient, remainder) = f.divided(by: g)
      #expect(quotient * g + remainder == f)
      #expect(remainder.degree < g.degree || remainder == .zero)
      #expect((f * g).divided(by: Polynomial.greatestCommonDivisor(f * g, g)).remainder == .zero)
    }
  }

  @Test(arguments: 0..<60) func quadraticRootsAgainstSigns(index: Int) throws {
    var source = testSource(index)
    let f = polynomial(&source, degree: 2)
    guard f != .zero else { return }
    let roots = try f.realRoots()
    for root in roots {
      if let exact = root.asRational { #expect(f(exact) == 0) }
      #expect(root.compare(to: try Rational(exactly: root.asDouble - 1e-6)) > 0)
      #expect(root.compare(to: try Rational(exactly: root.asDouble + 1e-6)) < 0)
    }
    // Where the polynomial changes sign between neighbouring sixths there must be an odd number of roots in between.
    for step in -120..<120 {
      let (low, high) = (Rational(step, 6), Rational(step + 1, 6))
      guard f(low).signum * f(high).signum != 0 else { continue }
      let between = roots.count { $0.compare(to: low) > 0 && $0.compare(to: high) < 0 }
      let simple = roots.count == 2 || f.degree == 1
      if simple { #expect((between % 2 == 1) == (f(low).signum != f(high).signum)) }
    }
  }

  @Test func rootsInSpecialCases() throws {
    #expect(try Polynomial([-2, 0, 1]).realRoots().allSatisfy { $0.asRational == nil })
    #expect(try Polynomial([-4, 0, 1]).realRoots().map(\.asRational) == [-2, 2])
    #expect(try Polynomial([4, -4, 1]).realRoots().map(\.asRational) == [2])
    #expect(try Polynomial([1, 0, 1]).realRoots().isEmpty)
    #expect(try Polynomial([5]).realRoots().isEmpty)
    #expect(throws: AlgebraError.zeroPolynomial) { try Polynomial.zero.realRoots() }
    #expect(throws: AlgebraError.degreeTooHigh(3)) { try Polynomial([1, 0, 0, 1]).realRoots() }
    let root = try Polynomial([-2, 0, 1]).realRoots()[1]
    #expect(
      root.compare(to: Rational(141_421_356, 100_000_000)) > 0
        && root.compare(to: Rational(141_421_357, 100_000_000)) < 0)
    let negative = try Polynomial([-2, 0, 1]).realRoots()[0]
    #expect(negative.compare(to: Rational(-141_421_356, 100_000_000)) < 0 && negative.compare(to: -2) > 0)
  }
}

@Suite struct RationalFunctionTests {
  private func function(_ source: inout RandomSource) -> RationalFunction {
    let numerator = Polynomial((0...3).map { _ in Rational(source.integer(in: -3...3)) })
    return RationalFunction(numerator, over: [Rational(source.integer(in: 1...4)), source.rational(height: 3), 1])
  }

  @Test(arguments: 0..<40) func taylorDerivativeAndSign(index: Int) throws {
    var source = testSource(index)
    let (f, g) = (function(&source), function(&source))
    let series = try f.taylorCoefficients(order: 6)
    let back = Polynomial(series) * f.denominator
    for power in 0...6 { #expect(back[power] == f.numerator[power]) }
    #expect(try f.derivative.taylorCoefficients(order: 3) == (1...4).map { Rational($0) * series[$0] })
    let x = source.rational().magnitude
    if f.denominator(x).signum != 0, g.denominator(x).signum != 0 {
      #expect(try (f + g)(x) == f(x) + g(x))
      #expect(try (f - g)(x) == f(x) - g(x))
      #expect(try (f * g)(x) == f(x) * g(x))
    }
    // Small enough for coefficients of at most 4 in size: the lowest one decides.
    #expect(try f(Rational(1, 1_000_000)).signum == f.signNearZeroPlus)
    #expect(f - f == RationalFunction(.zero))
  }

  @Test func lowestTermsPolesAndLimits() throws {
    let reduced = RationalFunction([-1, 0, 1], over: [-1, 1])
    #expect(reduced == RationalFunction([1, 1]))
    #expect(throws: AlgebraError.pole(at: 2)) { try RationalFunction([1], over: [-2, 1])(2) }
    #expect(throws: AlgebraError.pole(at: 0)) { try RationalFunction([1], over: [0, 1]).taylorCoefficients(order: 1) }
    #expect(RationalFunction([1, 0, 3], over: [1, 2, 4]).limitAtInfinity == Rational(3, 4))
    #expect(RationalFunction([1], over: [0, 1]).limitAtInfinity == 0)
    #expect(RationalFunction([0, 0, 1], over: [1, 1]).limitAtInfinity == nil)
    #expect(RationalFunction([0, -1], over: [0, 0, 1]).signNearZeroPlus == -1)
    #expect(try RationalFunction([-4, 0, 1], over: [-2, 1]).realRoots().map(\.asRational) == [-2])
  }
}
