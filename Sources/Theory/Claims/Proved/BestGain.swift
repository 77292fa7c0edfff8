// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The closed forms of the best λ and of the best gain, against the parabola through three exact values of the risk.
struct BestGain: SignClaim {
  let id = "gain"
  let summary = "R convex in α; λ* and R0 − R(λ*) as stated"
  let statement = """
    In α = λ/(1+λ) the risk is a strictly convex parabola; its minimum over α ∈ [0, 1] is at \
    α* = k(σε²−c)/(B+kV), clamped, with the gain k²(σε²−c)²/(B+kV) where 0 < α* < 1.
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .trainingRows]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs: the parabola is convex, and at some λ the risk is above R0 where c ≥ σε², falls where α* ≥ 1, and else
  /// is nowhere below the best one.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let risk = m.risk
    let (curvature, pull) = (risk.parabolaCurvature, risk.pull)
    if try curvature.sign() <= 0 { return false }
    let (helps, isBounded) = (try pull.sign() > 0, try (curvature - pull).sign() > 0)
    var last = (change: N(whole: 0), scale: N(whole: 1))
    return try m.everyProbe { (u, v) throws(Undecided) in
      let (change, sum) = (risk.riskChange(u, v), u + v)
      let (scale, before) = (sum * sum, last)
      last = (change, scale)
      if !helps { return try change.sign() > 0 }
      if isBounded { return try (curvature * change + pull * pull * scale).sign() >= 0 }
      return try (change * before.scale - before.change * scale).sign() < 0
    }
  }

  /// On instances: by the parabola itself.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    let risk = try facts.risk()
    return isAsStated(risk, Parabola(risk))
  }

  private func isAsStated(_ risk: Risk, _ parabola: Parabola) -> Bool {
    guard parabola.curvature.signum > 0 else { return false }
    let best = parabola.minimiser
    let bestLambda: ExtendedRational = best == 1 ? .infinity : .finite(best / (1 - best))
    return risk.bestLambda == bestLambda && risk.bestGain == risk.baselineRisk - parabola(best)
  }

  /// ±(B + kV)/R0: the relative curvature, negative where a closed form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let risk = try facts.risk()
    let parabola = Parabola(risk)
    let curvature = parabola.curvature / risk.baselineRisk
    return isAsStated(risk, parabola) ? curvature : -curvature.magnitude
  }
}

/// The parabola through the risk at α = 0, ½ and 1, that is λ = 0, 1 and ∞.
private struct Parabola {
  let start: Rational
  let slope: Rational
  /// Half the second derivative.
  let curvature: Rational

  init(_ risk: Risk) {
    let function = risk.function
    let value = { (lambda: Rational) in function.numerator(lambda) / function.denominator(lambda) }
    let (start, middle, end) = (value(0), value(1), function.limitAtInfinity ?? 0)
    self.start = start
    curvature = 2 * (start - 2 * middle + end)
    slope = end - start - curvature
  }

  func callAsFunction(_ x: Rational) -> Rational { start + x * (slope + x * curvature) }

  /// Where it is smallest on [0, 1], for positive curvature.
  var minimiser: Rational { max(0, min(1, -slope / (2 * curvature))) }
}
