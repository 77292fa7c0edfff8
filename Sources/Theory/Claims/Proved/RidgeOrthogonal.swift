// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// Ridge on an orthogonal design: its own criterion, and at its best strength that of the tuned student.
///
/// In coordinates in which Σ22 = 1 the design has X2ᵀX2 = n·1 and the penalty is μ|w|²; in any others X2ᵀX2 = nΣ22 and
/// μwᵀΣ22w.
struct RidgeOrthogonal: SignClaim {
  let id = "ridge-orthogonal"
  let summary = "ridge μ: helps ⇔ c < σε² + (μ/p2)(cov(t,s) − var s)"
  let statement = """
    On an orthogonal design, ridge of strength μ on mixed labels helps for small α, and for any, if and only if \
    c < σε² + (μ/p2)(cov(t,s) − var(s)). At the best μ = p2σε²/var(s) that is corr(t,s|y) > 0, and if corr(t,s|y) ≤ 0 no \
    (μ, α) beats the best ridge without a teacher.
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .ridge]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs: where the criterion fails no weight that is tried lowers the excess of μ, and where corr(t,s|y) ≤ 0 none lowers
  /// that of the best ridge without a teacher, A·p2σε²/(An + p2σε²).
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (label, n) = (m.label, N(whole: m.n))
    guard let (u, v) = m.ridge else { return true }
    /// What is left of labels, n/(n+μ), as a fraction.
    let (kept, of) = (n * v, n * v + u)
    /// The excess of the weights rest/(rest+b) and b/(rest+b), times n, (rest+b)² and (nv+u)².
    func excess(_ rest: Int, _ b: Int) -> N {
      let whole = N(whole: rest + b)
      let (a, b, bias) = (kept * N(whole: rest), kept * N(whole: b), kept * N(whole: rest) - of * whole)
      let along =
        bias * bias * label.varS + N(whole: 2) * bias * b * label.covTS + b * b * label.explainedTeacherVariance
      let noise =
        a * a * label.residualVariance + N(whole: 2) * a * b * label.residualCovariance
        + b * b * label.teacherResidualVariance
      return n * along + N(whole: m.p2) * noise
    }
    let weights = [(15, 1), (1, 1), (0, 1)]
    if try m.signOfRidgeHelp() <= 0 {
      let start = excess(1, 0)
      for (rest, b) in weights {
        if try (excess(rest, b) - N(whole: (rest + b) * (rest + b)) * start).sign() < 0 { return false }
      }
    }
    if try label.signOfAlignmentGivenLabel() > 0 { return true }
    let own = N(whole: m.p2) * label.residualVariance
    let (whole, floor) = (n * label.varS + own, n * (of * of) * (label.varS * own))
    for (rest, b) in weights + [(1, 0)] {
      if try (excess(rest, b) * whole - N(whole: (rest + b) * (rest + b)) * floor).sign() < 0 { return false }
    }
    return true
  }

  /// By the excess of weights a = r(1−α), b = rα, r = n/(n+μ), at noise p2/n.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    try facts.require(.student)
    let (n, mu, m, p2) = (try facts.rows(), try facts.ridge(), facts.moments.traces, facts.instance.p2)
    @inline(never) func excess(_ mu: Rational, _ alpha: Rational) -> Rational {
      let kept = Rational(n) / (Rational(n) + mu)
      return m.excess(kept * (1 - alpha), kept * alpha, k: Rational(p2, n))
    }
    let best = Rational(p2) * m.residualVariance / m.varS
    for strength in [mu, best] {
      let curve = LinearStudent(m, .ridge(strength, n: n, p2: p2)).mixing
      // The parabola through three values of the definition.
      let (start, middle, end) = (excess(strength, 0), excess(strength, Rational(1, 2)), excess(strength, 1))
      let curvature = 2 * (start - 2 * middle + end)
      let slope = end - start - curvature
      guard curve.slope == slope, curve.curvature == curvature, curve.start == start, curvature.signum > 0 else {
        return false
      }
      if (slope.signum < 0) != m.helpsUnderRidge(strength, p2: p2) { return false }
    }
    if m.helpsUnderRidge(best, p2: p2) != m.helpsTuned { return false }
    let floor = excess(best, 0)
    let strengths = [mu, best, best / 2, 2 * best, 0]
    if strengths.contains(where: { excess($0, 0) < floor }) { return false }
    let weights = [Rational(1, 16), Rational(1, 2), 1, facts.instance.lambda ?? 2]
    return m.helpsTuned || strengths.allSatisfy { mu in weights.allSatisfy { excess(mu, $0) >= floor } }
  }

  /// ±|σε² + (μ/p2)(cov(t,s) − var(s)) − c|/σε², negative where a form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let m = facts.moments.traces
    let distance = try m.ridgeSlack(facts.ridge(), p2: facts.instance.p2).magnitude / m.residualVariance
    return try conclusion(facts) ? distance : -max(distance, 1)
  }
}

extension ConditionalMoments where Number == Rational {
  /// σε² + (μ/p2)(cov(t,s) − var(s)) − c: ridge of strength μ on an orthogonal design gains where it is positive.
  func ridgeSlack(_ mu: Rational, p2: Int) -> Rational {
    residualVariance + mu / Rational(p2) * (covTS - varS) - residualCovariance
  }

  func helpsUnderRidge(_ mu: Rational, p2: Int) -> Bool { ridgeSlack(mu, p2: p2).signum > 0 }
}
