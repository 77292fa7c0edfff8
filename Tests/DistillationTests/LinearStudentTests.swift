// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import TestSupport
import Testing

/// Students that are linear in what they are trained on, against matrices of given rows.
@Suite struct LinearStudentTests {
  /// A problem of one label with integer rows of x2 of full column rank.
  private struct Given {
    let instance: Instance
    let moments: Moments
    let rows: RationalMatrix
    let inputs, optimal, projected: RationalMatrix

    init(_ index: Int) throws {
      var source = testSource(index)
      let (p1, p2) = (source.integer(in: 1...3), source.integer(in: 1...3))
      let sigma = source.positiveDefinite(p1 + p2 + 1)
      let w1 = RationalMatrix.column((0..<p1).map { _ in Rational(source.integer(in: 1...4)) })
      instance = try Instance(sigma: sigma, p1: p1, p2: p2, w1: w1, n: p2 + 3)
      moments = Moments(instance)
      let lower = RationalMatrix(rows: p2, columns: p2) {
        $0 == $1 ? 2 : $0 > $1 ? Rational(source.integer(in: -2...2)) : 0
      }
      let more = source.integers(3, p2)
      rows = RationalMatrix(rows: p2 + 3, columns: p2) { $0 < p2 ? lower[$0, $1] : more[$0 - p2, $1] }
      inputs = sigma.selecting(instance.x2)
      optimal = instance.optimalStudent
      projected = try inputs.solve(sigma.selecting(rows: instance.x2, columns: instance.x1) * w1)
    }

    func product(_ u: RationalMatrix, _ w: RationalMatrix) -> Rational { (u.transposed * inputs * w)[0, 0] }

    /// ‖a·Hw* + b·Hv − w*‖² + tr(MᵀΣ22M)(a²σε² + 2abc + b²ση²).
    func excess(_ fit: RationalMatrix, _ a: Rational, _ b: Rational) -> Rational {
      let hat = fit * rows
      let shift = a * (hat * optimal) + b * (hat * projected) - optimal
      let m = moments
      let spread =
        a.squared * m.residualVariance + 2 * a * b * m.residualCovariance + b.squared * m.teacherResidualVariance
      return product(shift, shift) + (inputs * fit * fit.transposed).trace * spread
    }

    /// The student of a fit M, by the inner products.
    func student(_ fit: RationalMatrix) -> LinearStudent<Rational> {
      let (hat, m) = (fit * rows, moments)
      let (label, teacher) = (hat * optimal, hat * projected)
      let noise = (inputs * fit * fit.transposed).trace
      return LinearStudent(
        atZero: product(optimal, optimal), labelPull: product(label, optimal), teacherPull: product(teacher, optimal),
        labelSquare: product(label, label) + noise * m.residualVariance,
        product: product(label, teacher) + noise * m.residualCovariance,
        teacherSquare: product(teacher, teacher) + noise * m.teacherResidualVariance)
    }
  }

  /// Least squares, ridge that is not orthogonal, and gradient descent stopped after two steps.
  @Test(arguments: 0..<12) func anyLinearFit(index: Int) throws {
    let given = try Given(index)
    let (rows, p2) = (given.rows, given.instance.p2)
    let gram = rows.transposed * rows
    let step = 1 / (2 * gram.trace)
    let fits = [
      try gram.solve(rows.transposed), try (gram + 3 * RationalMatrix.identity(p2)).solve(rows.transposed),
      step * ((2 * RationalMatrix.identity(p2) - step * gram) * rows.transposed),
    ]
    for fit in fits {
      let student = given.student(fit)
      for (a, b) in [(1, 0), (0, 1), (Rational(1, 3), -2), (Rational(-3, 2), Rational(5, 7))] as [(Rational, Rational)]
      {
        #expect(student.excess(a, b) == given.excess(fit, a, b))
      }
      // Nothing near the best weights is better.
      let (a, b) = student.bestSignedWeights
      let best = student.excess(a, b)
      for (da, db) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1)] as [(Rational, Rational)] {
        #expect(student.excess(a + da / 1_000, b + db / 1_000) > best)
      }
      #expect(student.untaught == student.excess(student.shrinkage, 0))
      #expect(student.untaught - best == student.signedTunedGain && student.tunedHelps == (b.signum > 0))
      #expect(student.tunedGain == (b.signum > 0 ? student.signedTunedGain : 0))
      let mixing = student.mixing
      for alpha in [0, Rational(1, 5), 1] as [Rational] { #expect(mixing(alpha) == student.excess(1 - alpha, alpha)) }
      #expect(mixing.gain == mixing.start - mixing(mixing.best))
      let end = mixing.windowEnd ?? 1
      if mixing.helps, end <= 1 { #expect(mixing(end / 2) < mixing.start) }
      if mixing.windowEnd != nil, mixing.helps { #expect(mixing(end) == mixing.start) }
    }
  }

  /// Unlabelled rows: given all rows the noise that label fit and teacher fit share is that of the fit of all.
  @Test(arguments: 0..<8) func fitsOfDifferentRowsShareTheNoiseOfAll(index: Int) throws {
    let given = try Given(index)
    let (all, p2) = (given.rows, given.instance.p2)
    let own = all.selecting(rows: 0..<(p2 + 1), columns: 0..<p2)
    let (first, whole) = (
      try (own.transposed * own).solve(own.transposed), try (all.transposed * all).solve(all.transposed)
    )
    let shared = given.inputs * first * whole.selecting(rows: 0..<p2, columns: 0..<(p2 + 1)).transposed
    #expect(shared.trace == (given.inputs * whole * whole.transposed).trace)
    // In the mean over rows.
    let (n, m) = (p2 + 3, 4)
    let fit = FitMoments.unlabelled(n: n, m: m, p2: p2)
    #expect(
      fit.labelFitNoise == Rational(p2, 2) && fit.sharedFitNoise == Rational(p2, 6)
        && fit.teacherFitNoise == Rational(p2, 6))
  }

  /// Ridge on four orthogonal rows of two inputs, Σ22 = 1.
  @Test(arguments: [Rational(0), 1, Rational(7, 3)]) func ridgeOnAnOrthogonalDesign(mu: Rational) throws {
    let sigma = try RationalMatrix([
      [3, 1, -1, 1], [1, 1, 0, 1], [-1, 0, 1, Rational(1, 2)], [1, 1, Rational(1, 2), 4],
    ])
    let instance = try Instance(sigma: sigma, p1: 1, p2: 2, w1: .identity(1), n: 4)
    let rows = try RationalMatrix([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    let m = Moments(instance)
    let student = LinearStudent(m.traces, .ridge(mu, n: 4, p2: 2))
    let fit = (1 / (4 + mu)) * rows.transposed
    let projected = sigma.selecting(rows: instance.x2, columns: instance.x1)
    for (a, b) in [(1, 0), (Rational(2, 3), Rational(1, 3)), (0, 1), (1, -2)] as [(Rational, Rational)] {
      let hat = fit * rows
      let shift = a * (hat * instance.optimalStudent) + b * (hat * projected) - instance.optimalStudent
      let spread =
        a.squared * m.residualVariance + 2 * a * b * m.residualCovariance + b.squared * m.teacherResidualVariance
      #expect(student.excess(a, b) == (shift.transposed * shift)[0, 0] + (fit * fit.transposed).trace * spread)
    }
  }

  /// Minimum norm is part one with (B, k) → ((n/p2)B, n/(p2−n−1)) and (1−n/p2)|w*|² in front.
  @Test(arguments: 0..<6) func minimumNormIsPartOneAgain(index: Int) throws {
    let m = try Given(index).moments.traces
    let (n, p2) = (5, 9)
    let student = LinearStudent(m, .minimumNorm(n: n, p2: p2))
    let terms = RiskTerms(
      residualVariance: m.residualVariance, teacherResidualVariance: m.teacherResidualVariance,
      residualCovariance: m.residualCovariance, mismatch: Rational(n, p2) * m.mismatch, k: Rational(n, p2 - n - 1))
    for alpha in [0, Rational(1, 3), 1] as [Rational] {
      let expected = terms.risk(mixing: alpha) + Rational(p2 - n, p2) * m.varS
      #expect(m.residualVariance + student.mixing(alpha) == expected)
    }
  }

  /// I(t;s|y) = I(t;(s,y)) − I(t;y), and its sign is that of the partial covariance.
  @Test(arguments: 0..<12) func informationGivenTheLabel(index: Int) throws {
    let given = try Given(index)
    let (i, m) = (given.instance, given.moments)
    let map = RationalMatrix(rows: i.sigma.rows, columns: 3) { row, column in
      switch column {
      case 0: i.x1.contains(row) ? i.w1[row, 0] : 0
      case 1: i.x2.contains(row) ? given.optimal[row - i.p1, 0] : 0
      default: i.y.contains(row) ? 1 : 0
      }
    }
    let joint = map.transposed * i.sigma * map
    let chain = try joint.mutualInformation([0], [1, 2]) - joint.mutualInformation([0], [2])
    #expect(HalfLogarithm(of: try #require(m.informationGivenLabel)) == chain)
    let partial = joint[0, 1] - joint[0, 2] * joint[1, 2] / joint[2, 2]
    #expect(partial.signum == m.alignmentGivenLabel.signum && m.helpsTuned == (partial.signum > 0))
  }

  /// The rows of an explanation: who gains, and what is shrinkage.
  @Test(arguments: 0..<10) func studentsAgainstTheirParts(index: Int) throws {
    let given = try Given(index)
    let extras = InstanceExtras(unlabelled: 7, ridge: 2, teacherRows: 20)
    let instance = try given.instance.with(extras: extras).with(n: given.instance.p1 + given.instance.p2 + 4)
    let students = Student.all(instance, given.moments)
    #expect(students.map(\.kind) == Student.Kind.allCases)
    let risk = try Risk(given.moments, n: try #require(instance.n), p2: instance.p2)
    #expect(students[0].gain == risk.bestGain && students[0].asItIs == risk.baselineRisk)
    #expect((students[1].gainOverUntaught.signum > 0) == given.moments.helpsTuned)
    for student in students {
      #expect(student.gain.signum >= 0 && student.helps == (student.gainOverUntaught.signum > 0))
      #expect(!(student.helps && student.isShrinkage))
    }
    #expect(students[1].taught <= students[0].taught && students[3].taught <= students[2].taught)
    // More rows of the joint teacher are better, and the limit is the teacher itself.
    let joint = try #require(students.first { $0.kind == .jointTeacher })
    let sampled = try #require(students.first { $0.kind == .sampledJointTeacher })
    #expect(joint.taught < sampled.taught && sampled.gain.signum > 0)
    #expect(
      Student.all(try Instance(sigma: instance.sigma, p1: instance.p1, p2: instance.p2, w1: nil), given.moments).isEmpty
    )
  }
}
