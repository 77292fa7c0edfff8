// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// One data set with few labels: a teacher of both modalities, fitted to them, labels the other rows.
struct PseudoLabels: Claim {
  let id = "pseudo-labels"
  let summary = "imitating it on m more rows helps ⇔ f² > p1/(n−p1−p2−1)"
  let statement = """
    The joint least-squares teacher of the n labelled rows labels m more, and the student is (1−α)ŵ + αv̂, v̂ the fit of its \
    predictions on all. Imitation, α = 1, helps if and only if f² = (σε²−σ1²)/σ1² > p1/(n−p1−p2−1), whatever m; small α \
    always do; the best is α* = f²/(f² + p1/(n−p1−p2−1)), with the gain Δ(σε²−σ1²)α*, Δ = k_n − k_{n+m}.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.oneLabel, .rowsForBoth, .unlabelledRows]
  let isIdentity = true

  /// There are other rows, and x1 adds something to x2.
  func premise(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    return try facts.unlabelledRows() > 0 && facts.jointTeacher.signal.signum > 0
  }

  /// By the parabola through three values of σε²k_n − Δ[(2α−α²)(σε²−σ1²) − α²κ].
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let (joint, n, m) = (facts.jointTeacher, try facts.rows(), try facts.unlabelledRows())
    try facts.require(.rowsForBoth)
    let curve = joint.pseudoLabels(n: n, m: m)
    let gap = FitMoments.k(rows: Rational(n), p2: joint.p2) - FitMoments.k(rows: Rational(n + m), p2: joint.p2)
    @inline(never) func excess(_ alpha: Rational) -> Rational {
      let kept = (2 * alpha - alpha.squared) * joint.signal - alpha.squared * joint.noise(n: n)
      return joint.residualVariance * FitMoments.k(rows: Rational(n), p2: joint.p2) - gap * kept
    }
    let effect = joint.effectSize
    let threshold = Rational(joint.p1, n - joint.p1 - joint.p2 - 1)
    let best = effect / (effect + threshold)
    guard curve(0) == excess(0), curve(1) == excess(1), curve(Rational(1, 2)) == excess(Rational(1, 2)) else {
      return false
    }
    return (excess(1) < excess(0)) == (effect > threshold) && curve.helps && curve.best == best
      && excess(0) - excess(best) == gap * joint.signal * best && excess(best / 2) > excess(best)
      && excess(2 * best) > excess(best)
  }

  /// ±|f² − p1/(n−p1−p2−1)|/(1+f²), negative where a form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (joint, n, holds) = (facts.jointTeacher, try facts.rows(), try conclusion(facts))
    let effect = joint.effectSize
    let distance = (effect - Rational(joint.p1, n - joint.p1 - joint.p2 - 1)).magnitude / (1 + effect)
    return holds ? distance : -max(distance, 1)
  }
}
