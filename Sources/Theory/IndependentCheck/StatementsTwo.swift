// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt

/// The claims about other baselines, rows and teachers, each written from its statement alone.
extension Statement {
  /// Those of one label, with a teacher and a student, by the claim's id.
  static let partTwo: [String: Statement] = [
    "signed-cch": signedCCH, "weak-modalities": weakModalities, "calibrate-first": calibrateFirst,
    "conditional-independence": conditionalIndependence, "joint-teacher": jointTeacher,
    "sampled-joint-teacher": sampledJointTeacher, "wrong-decision": wrongDecision, "kd-beats-shrinkage": beatsShrinkage,
    "ols-teacher-helps": olsTeacherHelps, "drop-harmful-teacher": dropHarmfulTeacher, "survives-ridge": survivesRidge,
    "two-informations-decide": twoInformationsDecide, "more-features": moreFeatures, "fresh-is-better": freshIsBetter,
    "average-criterion": averageCriterion,
  ]

  /// A claim about one label and a student, whatever the teacher.
  private static func student(
    _ compare: @escaping @Sendable (inout Comparison, TextbookModel, CertifiedProblem) throws(CertificateError) -> Void
  ) -> Statement {
    Statement(
      assume: { result, m in
        result.suppose(m.q == 1, "q = 1")
        result.suppose(!m.wStar.isZero, "w* ≠ 0")
      }, compare: compare)
  }
}

// MARK: True ones

extension Statement {
  private static let signedCCH = oneLabel { result, m, _ throws(CertificateError) in
    let (information, covTS) = (try result.compareInformations(m), m.covTS.trace)
    result.suppose(information.teacher > information.label, "I(t;s) > I(s;y)")
    result.suppose(covTS > .zero, "cov(t,s) > 0")
    let (covTY, varY) = (m.covTY, m.sigma33.trace)
    result.conclusion = [("cov(t,s)·var(y)", covTS * varY), ("cov(t,y)·cov(s,y)", covTY * m.covS.trace)]
    result.conclusionFails = covTS * varY <= covTY * m.covS.trace
  }

  private static let weakModalities = oneLabel { result, m, _ throws(CertificateError) in
    result.supposeLeastSquares(m)
    let (covTY, varT, varY) = (m.covTY, m.covT.trace, m.sigma33.trace)
    guard varT > .zero else { throw .degenerate }
    result.suppose(.zero <= m.covTS.trace, "cov(t,s) ≥ 0")
    result.suppose(covTY * covTY / (varT * varY) + m.covS.trace / varY < .one, "R1² + R2² < 1")
    result.concludeHelp(m)
  }

  private static let calibrateFirst = oneLabel { result, m, _ throws(CertificateError) in
    let (teacher, label) = try m.informations()
    result.suppose(m.covTY != .zero, "cov(t,y) ≠ 0")
    result.suppose(teacher > label, "I(t;s) > I(s;y)")
    let rescaled = m.covTY / m.covT.trace * m.residualCovariance
    result.conclusion = [("c of the rescaled teacher", rescaled), ("σε²", m.residualVariance)]
    result.conclusionFails = m.residualVariance <= rescaled
  }

  private static let conditionalIndependence = oneLabel { result, m, problem throws(CertificateError) in
    let k = try problem.noise(m.p2)
    let product = m.sigma13 * m.sigma23.transposed
    let scaled = FractionMatrix(m.sigma12.rows.map { row in row.map { $0 * m.sigma33.trace } })
    result.suppose(scaled == product, "Σ12 = Σ13Σ32/var(y)")
    // The least excess over a and b, by the normal equations, and over a alone.
    let (a, g) = (m.covS.trace, m.covTS.trace)
    let (n11, n12) = (a + k * m.residualVariance, g + k * m.residualCovariance)
    let n22 = m.covT.trace - m.teacherResidualVariance + k * m.teacherResidualVariance
    let determinant = n11 * n22 - n12 * n12
    guard determinant != .zero else { throw .degenerate }
    let both = (a * a * n22 - Fraction(2) * a * g * n12 + g * g * n11) / determinant
    result.conclusion = [("least excess", a - both), ("least excess without a teacher", a - a * a / n11)]
    result.conclusionFails = both != a * a / n11
  }

  private static let jointTeacher = student { result, m, problem throws(CertificateError) in
    let (k, full) = (try problem.noise(m.p2), try m.fullResidualVariance())
    let (start, end) = (
      m.residualVariance * (.one + k), m.residualVariance + k * (m.residualVariance - full)
    )
    result.conclusion = [("R0", start), ("R(∞)", end), ("σ1²", full)]
    // Between them the risk is σε² + k[σε² − (2α−α²)σ1²], which falls all the way for σ1² > 0.
    result.conclusionFails = start <= end || full <= .zero || m.residualVariance < full
  }

  private static let sampledJointTeacher = student { result, m, problem throws(CertificateError) in
    let (k, full) = (try problem.noise(m.p2), try m.fullResidualVariance())
    guard let rows = problem.teacherRows, rows >= m.p1 + m.p2 + 2 else {
      throw CertificateError("\"teacher_rows\" is missing or below p1+p2+2")
    }
    let (s, unit) = (m.residualVariance, Fraction(1, .init(rows - m.p1 - m.p2 - 1)))
    let (p1, p2, two) = (Fraction(BigInt(m.p1)), Fraction(BigInt(m.p2)), Fraction(2))
    func risk(_ alpha: Fraction) -> Fraction {
      let (rest, square) = (Fraction.one - alpha, alpha * alpha)
      let (mixed, noisy) = (two * alpha * rest * (s - full), s - full + full * p1 * unit)
      let spread = rest * rest * s + mixed + square * noisy
      return s + square * full * p2 * unit + k * spread
    }
    let noisy = Fraction.one + p1 * unit
    let rate = p2 * unit + k * noisy
    let end = two * k / rate
    let inside = [end / two, end / Fraction(100)]
    result.conclusion = [
      ("R0", risk(.zero)), ("risk at half the window", risk(inside[0])), ("risk at its end", risk(end)),
    ]
    result.conclusionFails = inside.contains { risk(.zero) <= risk($0) } || risk(end) != risk(.zero)
  }

  private static let wrongDecision = oneLabel { result, m, problem throws(CertificateError) in
    guard let n = problem.n, n - m.p2 >= 4, (n - m.p2) % 2 == 0 else {
      throw CertificateError("wrong-decision needs \"n\" with n−p2 even and at least 4")
    }
    let open = Fraction.one - m.residualCovariance / m.residualVariance
    result.suppose(open != .zero, "β ≠ 1")
    let spread = m.teacherResidualVariance - m.residualCovariance * m.residualCovariance / m.residualVariance
    guard open != .zero, spread > .zero else { return }
    let variance = spread / (m.residualVariance * Fraction(.init(n - m.p2 - 2)))
    let bound = variance / (variance + open * open)
    // With cos²θ = h, P = ½(1 − sin θ·(1 + h/2 + (1·3)/(2·4)h² + …)), n−p2 over 2 terms; the square of what must hold.
    let h = spread / (spread + open * open * m.residualVariance)
    var (sum, coefficient, power) = (Fraction.zero, Fraction.one, Fraction.one)
    for j in 1...((n - m.p2) / 2) {
      sum = sum + coefficient * power
      (coefficient, power) = (coefficient * Fraction(.init(2 * j - 1), .init(2 * j)), power * h)
    }
    let (sine, rest) = ((Fraction.one - h) * sum * sum, Fraction.one - Fraction(2) * bound)
    result.conclusion = [("bound", bound), ("(1 − 2P)²", sine)]
    result.conclusionFails = rest > .zero && sine < rest * rest
  }
}

// MARK: False ones

extension Statement {
  private static let beatsShrinkage = oneLabel { result, m, problem throws(CertificateError) in
    let k = try problem.noise(m.p2)
    result.hypothesis = [("c", m.residualCovariance), ("σε²", m.residualVariance)]
    result.suppose(m.residualCovariance < m.residualVariance, "c < σε²")
    let (s, a) = (m.residualVariance, m.covS.trace)
    // a·ŵ has the excess (a−1)²var(s) + a²kσε², least at var(s)/(var(s) + kσε²).
    let shrunk = s + a * k * s / (a + k * s)
    let best = try m.leastRisk(k)
    result.conclusion = [("risk at the best λ", best), ("risk of the best shrinkage", shrunk)]
    result.conclusionFails = shrunk < best
  }

  private static let olsTeacherHelps = oneLabel { result, m, _ throws(CertificateError) in
    result.hypothesis = [("cov(t,y) − var(t)", m.covTY - m.covT.trace)]
    result.supposeLeastSquares(m)
    result.concludeHelp(m)
  }

  private static let dropHarmfulTeacher = oneLabel { result, m, problem throws(CertificateError) in
    let k = try problem.noise(m.p2)
    guard let w1b = problem.w1b, !w1b.isZero else { throw CertificateError("\"w1b\" is missing or zero") }
    let second = try m.with(w1: w1b)
    result.hypothesis = [("c of w1b", second.residualCovariance), ("σε²", m.residualVariance)]
    result.suppose(m.residualVariance <= second.residualCovariance, "c of w1b ≥ σε²")
    /// The risk of a student that is trained on (1−b−d)y + bt + du.
    func risk(_ b: Fraction, _ d: Fraction) throws(CertificateError) -> Fraction {
      let mixed = FractionMatrix((0..<m.p1).map { [b * m.w1.rows[$0][0] + d * w1b.rows[$0][0]] })
      let (target, rest) = (try m.with(w1: mixed), Fraction.one - b - d)
      let two = Fraction(2)
      let shift = FractionMatrix(
        zip(target.v.rows, m.wStar.rows).map { [$0[0] - (b + d) * $1[0]] })
      let bias = (shift.transposed * m.sigma22 * shift).trace
      let spread =
        rest * rest * m.residualVariance + two * rest * target.residualCovariance + target.teacherResidualVariance
      return m.residualVariance + bias + k * spread
    }
    let alone = try m.leastRisk(k)
    // The risk is a convex quadratic of (b, d), by six values; its least value on the triangle is at a corner, on an edge or
    // inside.
    let both = try leastOnTriangle { (b, d) throws(CertificateError) in try risk(b, d) }
    result.conclusion = [("best risk with w1 alone", alone), ("best risk with both", both)]
    // Where the least risk is on b + d = 1, others near it with b + d < 1 are below the bar too.
    result.conclusionFails = both < alone
  }

  private static let survivesRidge = oneLabel { result, m, problem throws(CertificateError) in
    guard let n = problem.n, n >= m.p2 + 2, let mu = problem.ridge, .zero <= mu else {
      throw CertificateError("survives-ridge needs \"n\" ≥ p2+2 and \"ridge\" ≥ 0")
    }
    result.hypothesis = [("μ", mu)]
    // ŵ of ridge is r times the least-squares one, r = n/(n+μ), whose noise is p2/n.
    let (r, noise) = (Fraction(.init(n)) / (Fraction(.init(n)) + mu), Fraction(.init(m.p2), .init(n)))
    func excess(_ alpha: Fraction) -> Fraction {
      let rest = Fraction.one - alpha
      let mean = FractionMatrix(
        zip(m.wStar.rows, m.v.rows).map { [r * (rest * $0[0] + alpha * $1[0]) - $0[0]] })
      let spread =
        rest * rest * m.residualVariance + Fraction(2) * rest * alpha * m.residualCovariance
        + alpha * alpha * m.teacherResidualVariance
      return (mean.transposed * m.sigma22 * mean).trace + r * r * noise * spread
    }
    // A parabola has the slope 4f(½) − 3f(0) − f(1) at 0.
    let half = Fraction(1, 2)
    let slope = Fraction(4) * excess(half) - Fraction(3) * excess(.zero) - excess(.one)
    result.conclusion = [("c", m.residualCovariance), ("σε²", m.residualVariance), ("slope of ridge in α", slope)]
    result.conclusionFails = (m.residualCovariance < m.residualVariance) != (slope < .zero)
  }

  private static let twoInformationsDecide = student { result, m, problem throws(CertificateError) in
    guard let p1a = problem.p1a, (1..<m.p1).contains(p1a) else {
      throw CertificateError("two-informations-decide needs \"p1a\" in 1 ..< p1")
    }
    let (first, second) = (try m.candidate(0..<p1a), try m.candidate(p1a..<m.p1))
    guard !first.w1.isZero, !second.w1.isZero, let one = first.teacherInformation, let two = second.teacherInformation
    else { throw .degenerate }
    result.hypothesis = [
      ("e^2I(t1;s)", one), ("e^2I(t2;s)", two), ("cov(t1,s)", first.covTS.trace), ("cov(t2,s)", second.covTS.trace),
    ]
    result.suppose(one == two, "I(t1;s) = I(t2;s)")
    result.suppose(first.covTS.trace > .zero && second.covTS.trace > .zero, "cov(t1,s), cov(t2,s) > 0")
    let (c1, c2, s) = (first.residualCovariance, second.residualCovariance, m.residualVariance)
    result.conclusion = [("c1", c1), ("c2", c2), ("σε²", s)]
    result.conclusionFails = (c1 < s) != (c2 < s)
  }

  private static let moreFeatures = oneLabel { result, m, _ throws(CertificateError) in
    result.suppose(m.p2 > 1, "p2 ≥ 2")
    guard m.p2 > 1 else { return }
    let kept = (0..<m.sigma.height).filter { $0 != m.p1 + m.p2 - 1 }
    let fewer = try TextbookModel(
      sigma: FractionMatrix(kept.map { row in kept.map { m.sigma.rows[row][$0] } }), p1: m.p1, p2: m.p2 - 1, q: 1,
      w1: m.w1)
    result.hypothesis = [("c without it", fewer.residualCovariance), ("σε² without it", fewer.residualVariance)]
    result.suppose(!fewer.wStar.isZero, "w* ≠ 0 without it")
    result.suppose(fewer.residualCovariance < fewer.residualVariance, "c < σε² without it")
    result.concludeHelp(m)
  }

  private static let freshIsBetter = oneLabel { result, m, problem throws(CertificateError) in
    let k = try problem.noise(m.p2)
    let start = m.residualVariance * (.one + k)
    let difference = m.v - m.wStar
    let mismatch = (difference.transposed * m.sigma22 * difference).trace
    // α²B + k[(1−α)²σε² + α²ση²] is least at kσε²/(B + k(σε²+ση²)) < 1.
    let pull = k * m.residualVariance
    let fresh = pull * pull / (mismatch + k * (m.residualVariance + m.teacherResidualVariance))
    result.hypothesis = [("R0", start)]
    let own = start - (try m.leastRisk(k))
    result.conclusion = [("best gain on the same rows", own), ("best gain on fresh rows", fresh)]
    result.conclusionFails = fresh < own
  }

  private static let averageCriterion = Statement(
    assume: { $0.suppose($1.q == 1, "q = 1") },
    compare: { result, m, problem throws(CertificateError) in
      guard let design = problem.design, design.width == m.p2, let rows = problem.rowMoments,
        rows.count == design.height
      else { throw CertificateError("average-criterion needs \"design\" and \"row_moments\" of as many rows") }
      guard rows.allSatisfy({ $0.y > .zero && $0.ty * $0.ty <= $0.y * $0.t }) else {
        throw CertificateError("row_moments are those of no distribution")
      }
      guard let inverse = (design.transposed * design).gaussJordan().inverse else {
        throw CertificateError("the design has not full column rank")
      }
      let weights = design * inverse
      let leverages = weights * m.sigma22 * weights.transposed
      var (mean, slope) = (Fraction.zero, Fraction.zero)
      for (i, row) in rows.enumerated() {
        mean = mean + (row.ty - row.y) / Fraction(.init(rows.count))
        slope = slope + leverages.rows[i][i] * (row.ty - row.y)
      }
      result.hypothesis = [("mean of c − σε²", mean)]
      result.suppose(mean < .zero, "mean of c − σε² < 0")
      result.conclusion = [("sum of ℓ(c − σε²)", slope)]
      result.conclusionFails = .zero <= slope
    })
}
