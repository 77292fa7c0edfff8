// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 with alignment in place of the bound on the scale: pointing the right way is not enough.
struct Aligned: SignClaim {
  let id = "aligned"
  let summary = "ΔI > 0, cov(t,s) > 0 ⇒ helps for small λ"
  let statement = """
    If I(t;s) > I(s;y) and cov(t,s) > 0, then distillation lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    if try m.label.signOfDelta() <= 0 { return false }
    return try m.label.signOfAlignment() > 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    let m = facts.moments
    return min(try facts.delta().argument - 1, m.covTS * m.covTS.magnitude / (m.varT * m.varS))
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: try facts.informationArguments() + [
        Quantity("cov(t,s)", facts.moments.covTS)
      ],
      conclusion: facts.slopeTerms)
  }
}
