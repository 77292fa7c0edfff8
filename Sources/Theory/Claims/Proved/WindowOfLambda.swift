// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The closed form of the window of helpful λ, against the exact roots and signs of R(λ) − R0.
struct WindowOfLambda: SignClaim {
  let id = "window"
  let summary = "{λ > 0 : R(λ) < R0} = the closed-form window"
  let statement = """
    The λ > 0 with R(λ) < R0 are exactly: none where c ≥ σε²; else (0, 2k(σε²−c)/D) for D > 0 and (0, ∞) for D ≤ 0, \
    where D = B + k(ση²−σε²).
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .trainingRows]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs, at some λ: whether R(λ) < R0 there, and whether c < σε² and λD < 2k(σε²−c).
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (label, risk) = (m.label, m.risk)
    let (divisor, end) = (risk.windowDivisor, N(whole: 2) * risk.pull)
    return try m.everyProbe { (u, v) throws(Undecided) in
      let isLower = try risk.riskChange(u, v).sign() < 0
      var isInside = try label.signOfHelp() < 0
      if isInside { isInside = try (u * divisor - v * end).sign() < 0 }
      return isLower == isInside
    }
  }

  /// On instances: by the roots of R − R0.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let (change, window) = (try facts.riskChange(), try facts.risk().window)
    if case .open(upTo: .finite(let end)) = window, change.numerator(end).signum != 0 { return false }
    return try facts.pointsBetweenRoots().allSatisfy { (sign(of: change, at: $0) < 0) == window.contains($0) }
  }

  /// The smallest ±|R(λ) − R0|/R0 over one λ in each interval of constant sign; negative where the window is wrong
  /// there.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (risk, isRight) = (try facts.risk(), try conclusion(facts))
    let distances = try facts.pointsBetweenRoots().map { (risk($0) / risk.baselineRisk - 1).magnitude }
    return (isRight ? 1 : -1) * (distances.min() ?? 0)
  }
}
