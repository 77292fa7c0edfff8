// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Problems that are made by hand: ties, extremes and degenerate cases.
enum SpecialProblems {
  static var all: [VectorProblem] { ties + extremes + degenerate + fractions }

  @inline(never) private static func problem(
    _ topic: Topic, _ comment: String, _ sigma: [[Rational]], p1: Int = 1, p2: Int = 1, q: Int = 1,
    w1: [[Rational]] = [[1]], n: Int, lambda: Rational = 1, isSafeTie: Bool = false
  ) -> VectorProblem {
    do {
      let instance = try Instance(
        sigma: try RationalMatrix(sigma), p1: p1, p2: p2, q: q, w1: try RationalMatrix(w1), n: n, lambda: lambda)
      return VectorProblem(topic: topic, comment: comment, instance: instance, isSafeTie: isSafeTie)
    } catch { preconditionFailure("\(comment): \(error)") }
  }

  /// Only zeros and powers of two meet in the numbers that decide, so that every order of operations is exact.
  private static var ties: [VectorProblem] {
    let half = Rational(1, 2)
    let small = Rational.powerOfTwo(-24)
    return [
      problem(.tie, "c = σε² = 1", [[2, 0, 1], [0, 1, 1], [1, 1, 2]], n: 4, isSafeTie: true),
      problem(
        .tie, "c = σε² = 4, two inputs of each",
        [[4, 0, 0, 0, 1], [0, 4, 0, 0, 2], [0, 0, 4, 0, 2], [0, 0, 0, 1, 1], [1, 2, 2, 1, 6]], p1: 2, p2: 2,
        w1: [[2], [1]], n: 5, isSafeTie: true),
      problem(
        .tie, "two outputs: tr c = tr σε², output by output different",
        [[8, 0, 0, 2, 0], [0, 8, 0, 0, 1], [0, 0, 1, 1, 1], [2, 0, 1, 2, 1], [0, 1, 1, 1, 3]], p1: 2, q: 2,
        w1: [[1, 0], [0, 1]], n: 4, isSafeTie: true),
      problem(
        .zeroCurvature, "D = 0 with v = w*", [[2, 1, 3 * half], [1, 1, 1], [3 * half, 1, 2]], n: 4, isSafeTie: true),
      problem(
        .imitationTie, "α* = 1 with v = w*", [[3 * half, 1, 3 * half], [1, 1, 1], [3 * half, 1, 2]], n: 4,
        isSafeTie: true),
      problem(.nearTie, "c = σε² − 2⁻²⁴", [[2, 0, 1 - small], [0, 1, 1], [1 - small, 1, 2]], n: 4),
      problem(.nearTie, "c = σε² + 2⁻²⁴", [[2, 0, 1 + small], [0, 1, 1], [1 + small, 1, 2]], n: 4),
    ]
  }

  private static var extremes: [VectorProblem] {
    let (near, nearer) = (1 - Rational.powerOfTwo(-12), 1 - Rational.powerOfTwo(-20))
    let tiny = Rational.powerOfTwo(-16)
    let scalar = ProblemSource.first(600, Shape())
    let pair = ProblemSource.first(601, Shape(p1: 2, p2: 1))
    let wide = ProblemSource.first(602, Shape(p1: 2, p2: 2))
    return [
      problem(
        .illConditioned, "x2 nearly collinear: correlation 1 − 2⁻¹²",
        [[4, 1, 1, 1], [1, 1, near, 1], [1, near, 1, 1], [1, 1, 1, 4]], p2: 2, n: 7),
      problem(
        .illConditioned, "x2 nearly collinear: correlation 1 − 2⁻²⁰",
        [[4, 1, 1, 1], [1, 1, nearer, 1], [1, nearer, 1, 1], [1, 1, 1, 4]], p2: 2, n: 7),
      problem(.faithful, "x2 nearly determines y", [[2, 1, 1], [1, 1, 1], [1, 1, 1 + tiny]], n: 5),
      problem(.faithful, "x2 nearly determines t", [[1 + tiny, 1, 1], [1, 1, 1], [1, 1, 2]], n: 5),
      scaled(.scaled, "all variances near 1e150", scalar, [249, 249, 249]),
      scaled(.scaled, "all variances near 1e-150", scalar, [-249, -249, -249]),
      scaled(.scaled, "the student's input near 1e75", pair, [0, 249, 0]),
      scaled(.scaled, "the student's input near 1e-75", pair, [0, -249, 0]),
      scaled(.scaled, "the label near 1e75, and so the teacher", pair, [249, 0, 249]),
      scaled(.scaled, "the label near 1e-75, and so the teacher", pair, [-249, 0, -249]),
      scaled(.scaled, "two student inputs near 1e30", wide, [100, 100, 100]),
      scaled(.mixedScales, "x1 sixteen times as large, x2 sixteen times as small", wide, [4, -4, 1]),
      VectorProblem(
        topic: .large, comment: "8 teacher inputs, 12 student inputs",
        instance: ProblemSource.first(610, Shape(p1: 8, p2: 12))),
      VectorProblem(
        topic: .large, comment: "3 teacher inputs, 24 student inputs",
        instance: ProblemSource.first(611, Shape(p1: 3, p2: 24))),
    ]
  }

  /// The problem with x1, x2 and y multiplied by these powers of two; the teacher predicts on the scale of y.
  @inline(never) private static func scaled(_ topic: Topic, _ comment: String, _ base: Instance, _ exponents: [Int])
    -> VectorProblem
  {
    let all =
      Array(repeating: exponents[0], count: base.p1) + Array(repeating: exponents[1], count: base.p2)
      + Array(repeating: exponents[2], count: base.q)
    let sigma = RationalMatrix(rows: all.count, columns: all.count) {
      base.sigma[$0, $1] * Rational.powerOfTwo(all[$0] + all[$1])
    }
    let w1 = Rational.powerOfTwo(exponents[2] - exponents[0]) * base.w1
    do {
      let instance = try Instance(
        sigma: sigma, p1: base.p1, p2: base.p2, q: base.q, w1: w1, n: base.n, lambda: base.lambda)
      return VectorProblem(topic: topic, comment: comment, instance: instance)
    } catch { preconditionFailure("\(comment): \(error)") }
  }

  private static var degenerate: [VectorProblem] {
    [
      problem(
        .aligned, "v = w*: the teacher sees what the label is",
        [[9, 2, 1, 5], [2, 2, 1, 2], [1, 1, 3, 1], [5, 2, 1, 7]], p2: 2, n: 9),
      problem(.unrelatedViews, "x1 and x2 independent: v = 0", [[2, 0, 1], [0, 4, 2], [1, 2, 3]], n: 6),
      problem(
        .unrelatedViews, "x1 and y independent given nothing: Σ13 = 0",
        [[3, 1, 1, 0], [1, 4, 1, 2], [1, 1, 2, 1], [0, 2, 1, 5]], p2: 2, w1: [[2]], n: 8),
      problem(.silentTeacher, "w1 = 0", [[2, 1, 1], [1, 4, 2], [1, 2, 3]], w1: [[0]], n: 6, lambda: Rational(1, 2)),
      problem(
        .silentTeacher, "w1 = 0, three student inputs, two teacher inputs",
        [
          [3, 1, 1, 0, 1], [1, 4, 1, 1, 0], [1, 1, 5, 1, 2], [0, 1, 1, 3, 1], [1, 0, 2, 1, 6],
        ], p1: 2, p2: 2, w1: [[0], [0]], n: 9, lambda: 2),
      problem(.blindStudent, "Σ23 = 0: w* = 0", [[2, 1, 1], [1, 4, 0], [1, 0, 3]], n: 6, lambda: Rational(1, 2)),
    ]
  }

  private static var fractions: [VectorProblem] {
    let third = Rational(1, 3)
    var problems: [VectorProblem] = []
    for (index, shape) in [Shape(), Shape(p1: 2, p2: 3), Shape(p1: 2, p2: 2, q: 2)].enumerated() {
      let base = ProblemSource.first(700 + index, shape)
      let factors = (0..<base.sigma.rows).map { third + Rational(1, $0 + 5) }
      let sigma = RationalMatrix(rows: base.sigma.rows, columns: base.sigma.rows) {
        factors[$0] * factors[$1] * base.sigma[$0, $1]
      }
      guard
        let instance = try? Instance(
          sigma: sigma, p1: base.p1, p2: base.p2, q: base.q, w1: third * base.w1, n: base.n, lambda: Rational(2, 7))
      else { continue }
      problems.append(VectorProblem(topic: .fractions, comment: "fractions", instance: instance, isExactOnly: true))
      // Scaled so that c = σε² exactly.
      let moments = Moments(instance)
      if let tied = try? instance.with(w1: (moments.residualVariance / moments.residualCovariance) * instance.w1) {
        problems.append(VectorProblem(topic: .tie, comment: "c = σε² in fractions", instance: tied, isExactOnly: true))
      }
    }
    var tied = problem(
      .informationTie, "(t, x2) and (x2, y) have the same law, so ΔI = 0",
      [[2, 1, third, 1], [1, 2, 1, 1], [third, 1, 3, third], [1, 1, third, 2]], p2: 2, n: 6)
    tied.isExactOnly = true
    return problems + [tied]
  }
}
