// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// The "only if" of the CCH: distillation helps far more often than the informations say, even with a least-squares
/// teacher.
struct Converse: SignClaim {
  let id = "converse"
  let summary = "helps for small λ ⇒ ΔI > 0 (the CCH's \"only if\")"
  let statement = """
    If distillation lowers the risk for all sufficiently small λ > 0, then I(t;s) > I(s;y).
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    1 - facts.moments.beta
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfDelta() > 0 }

  /// e^(2ΔI) − 1.
  func margin(_ facts: Facts) throws(Unmet) -> Rational { try facts.delta().argument - 1 }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: facts.slopeTerms,
      conclusion: try facts.informationArguments())
  }
}
