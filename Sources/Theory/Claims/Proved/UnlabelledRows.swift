// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// Rows that have a teacher but no label: what is needed of the teacher becomes less.
struct UnlabelledRows: SignClaim {
  let id = "unlabelled"
  let summary = "m more unlabelled rows: helps ⇔ β < 1 + m/(n−p2−1); tuned"
  let statement = """
    With m more rows that have a teacher but no label, (1−α)ŵ + αv̂, v̂ over all rows, helps for some α > 0 if and only if for \
    all small ones, if and only if β < 1 + m/(n−p2−1); tuned it gains if and only if Ac(n−p2−1) < Gσε²(n+m−p2−1). As one \
    objective, for n ≥ p2+4, small λ help if and only if β < 1 + m(n−1)/((n−p2)(n−p2−3)).
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .unlabelledRows]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs: the criteria against values of the excess at weights that are tried, times (n−p2−1)(n+m−p2−1) and the factor.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (label, k) = (m.label, N(whole: m.p2))
    let (own, all) = (N(whole: m.n - m.p2 - 1), N(whole: m.n - m.p2 - 1 + (m.unlabelled ?? 0)))
    /// The excess of the weights a/d and b/d, times d².
    func excess(_ a: Int, _ b: Int, _ d: Int) -> N {
      let (a, b, bias) = (N(whole: a), N(whole: b), N(whole: a - d))
      let along =
        bias * bias * label.varS + N(whole: 2) * bias * b * label.covTS + b * b * label.explainedTeacherVariance
      let shared = N(whole: 2) * a * b * label.residualCovariance + b * b * label.teacherResidualVariance
      return own * all * along + k * (all * (a * a * label.residualVariance) + own * shared)
    }
    let start = excess(1, 0, 1)
    if try m.signOfUnlabelledHelp() <= 0 {
      for (b, d) in [(1, 64), (1, 3), (1, 1)] where try (excess(d - b, b, d) - N(whole: d * d) * start).sign() < 0 {
        return false
      }
    }
    if try m.signOfTunedUnlabelledHelp() > 0 { return true }
    // The best without a teacher is A·kσε²/(A(n−p2−1) + kσε²) of A, times what the excess is multiplied by.
    let whole = own * label.varS + k * label.residualVariance
    let best = own * all * (k * (label.varS * label.residualVariance))
    for (a, b, d) in [(1, 1, 1), (0, 1, 1), (2, 1, 2), (1, 3, 4)] {
      if try (excess(a, b, d) * whole - N(whole: d * d) * best).sign() < 0 { return false }
    }
    return true
  }

  /// By the excess of the definition: biases as for the student's own rows, each variance with the noise of its fit.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    let (n, m, p2) = (try facts.rows(), try facts.unlabelledRows(), facts.instance.p2)
    let (own, moments) = (try facts.risk().k, facts.moments.traces)
    let all = FitMoments.k(rows: Rational(n) + Rational(m), p2: p2)
    @inline(never) func excess(_ a: Rational, _ b: Rational) -> Rational {
      moments.excess(a, b, k: 0) + a.squared * own * moments.residualVariance
        + 2 * a * b * all * moments.residualCovariance + b.squared * all * moments.teacherResidualVariance
    }
    let student = LinearStudent(moments, .unlabelled(n: n, m: m, p2: p2))
    for (a, b) in [(1, 0), (0, 1), (1, 1), (2, 3)] as [(Rational, Rational)]
    where student.excess(a, b) != excess(a, b) { return false }
    let rest = Rational(n - p2 - 1)
    let criterion = moments.beta < 1 + Rational(m) / rest
    let curve = student.mixing
    let small = curve.slope.signum < 0 || curve.slope.signum == 0 && curve.curvature.signum < 0
    let some = small || curve.slope + curve.curvature < 0
    let tuned =
      moments.varS * moments.residualCovariance * rest
      < moments.covTS * moments.residualVariance * (rest + Rational(m))
    guard small == criterion, some == criterion, student.tunedHelps == tuned else { return false }
    if n < p2 + 4 { return true }
    let bound = 1 + Rational(m) * Rational(n - 1) / (Rational(n - p2) * Rational(n - p2 - 3))
    return (moments.halfSlopeOfOneObjective(n: n, m: m, p2: p2).signum < 0) == (moments.beta < bound)
  }

  /// ±|1 + m/(n−p2−1) − β|, negative where a form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let rest = Rational(try facts.rows() - facts.instance.p2 - 1)
    let distance = (1 + Rational(try facts.unlabelledRows()) / rest - facts.moments.beta).magnitude
    return try conclusion(facts) ? distance : -max(distance, 1)
  }
}
