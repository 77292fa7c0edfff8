// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Several teachers: their mean is never worse than the mean of their risks, and the best weights have a closed form.
///
/// Against models of their own, whose one teacher is the mixture.
struct Ensemble: UnconditionalClaim {
  let id = "ensemble"
  let summary = "R(λ;t) convex in t; best weights of two teachers, their gain"
  let statement = """
    The risk is convex in the teacher, so the mean of two teachers is never worse than their mean risk. Of the labels \
    (1−Σb)y + Σbⱼtⱼ the best weights, of either sign, are b = (B̄+kV̄)⁻¹k(σε²1−c), with the gain \
    k²(σε²1−c)ᵀ(B̄+kV̄)⁻¹(σε²1−c).
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .secondTeacher]
  let isIdentity = true

  func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let (ensemble, risk) = (try facts.ensemble(), try facts.risk())
    guard let best = ensemble.bestWeights, let gain = ensemble.bestGain else { return false }
    let mixture = try mixture(facts, best)
    let total = best[0] + best[1]
    let value = facts.moments.residualVariance + mixture.excess(1 - total, 1, k: risk.k)
    if risk.baselineRisk - value != gain { return false }
    // A convex quadratic is least where no step to either side, along both weights and their sum, is lower.
    for step in [[Rational(1), 0], [0, 1], [1, 1], [1, -1]] {
      for sign in [Rational(1), -1] where ensemble.risk(zip(best, step).map { $0 + sign * $1 }) <= value {
        return false
      }
    }
    let lambda = facts.instance.lambda ?? Rational(1, 2)
    let alpha = lambda / (1 + lambda)
    let half = Rational(1, 2)
    let terms = RiskTerms(try self.mixture(facts, [half, half]), k: risk.k)
    let both = ensemble.moments.map { RiskTerms($0, k: risk.k).risk(mixing: alpha) }
    return terms.risk(mixing: alpha) <= half * (both[0] + both[1])
  }

  /// The moments of the teacher b1·t1 + b2·t2, from Σ.
  private func mixture(_ facts: Facts, _ b: [Rational]) throws(Unmet) -> ConditionalMoments<Rational> {
    let instance = facts.instance
    guard let second = instance.extras.secondTeacher,
      let mixed = try? instance.with(extras: InstanceExtras()).with(w1: b[0] * instance.w1 + b[1] * second)
    else { throw Unmet(assumption: .secondTeacher) }
    return Moments(mixed).traces
  }

  /// ±(best gain)/R0, negative where a form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (ensemble, holds) = (try facts.ensemble(), try conclusion(facts))
    let gain = (ensemble.bestGain ?? 0) / ensemble.baselineRisk
    return holds ? gain : -max(gain, 1)
  }
}
