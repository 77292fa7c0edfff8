// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The sharp criterion: distillation helps at all exactly when the teacher over-reacts to the label by less than one
/// for one.
///
/// Three conditions are decided separately: the exact roots of R − R0 for "some λ", its sign near 0+ for "all small λ",
/// and the sign of c − σε².
struct Sharp: SignClaim {
  let id = "sharp"
  let summary = "helps for some λ ⇔ for all small λ ⇔ c < σε²"
  let statement = """
    Distillation lowers the risk for some λ > 0 if and only if it does for all sufficiently small λ > 0, \
    if and only if c < σε².
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .trainingRows]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs of the coefficients of (1+λ)²(R − R0) = λ(a1 + λa2), which come from its values at λ = ±1.
  ///
  /// It is negative for some λ > 0 exactly where a1 < 0 or a2 < 0, and for all small λ > 0 where a1 < 0 or a1 = 0 and
  /// a2 < 0.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (risk, one) = (m.risk, N(whole: 1))
    let (plus, minus) = (risk.riskChange(one, one), risk.riskChange(N(whole: -1), one))
    let (first, sharp) = (try (plus - minus).sign(), try m.label.signOfHelp() < 0)
    if first < 0 { return sharp }
    let second = try (plus + minus).sign()
    return first > 0 ? second >= 0 && !sharp : (second < 0) == sharp
  }

  /// On instances: by the roots of R − R0.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let change = try facts.riskChange()
    let forSomeLambda = try facts.pointsBetweenRoots().contains { sign(of: change, at: $0) < 0 }
    let forSmallLambda = change.signNearZeroPlus < 0
    let sharp = facts.moments.helpsForSmallLambda
    return forSomeLambda == forSmallLambda && forSmallLambda == sharp
  }

  /// ±|1 − β|: the distance from the boundary, negative where the three conditions disagree.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let distance = (1 - facts.moments.beta).magnitude
    return try conclusion(facts) ? distance : -distance
  }
}

/// The sign of `function` at a λ ≥ 0, where risks have no poles.
func sign(of function: RationalFunction, at lambda: Rational) -> Int {
  function.numerator(lambda).signum * function.denominator(lambda).signum
}
