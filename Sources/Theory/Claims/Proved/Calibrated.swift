// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 at any scale of the teacher, with the rate at which small λ help.
struct Calibrated: SignClaim {
  let id = "calibrated"
  let summary = "ΔI > ln a ⇒ −R′(0) ≥ 2kσε²(1 − a·e^−ΔI) > 0"
  let statement = """
    If I(t;s) − I(s;y) > ln a with a² = var(t)/var(y), then c < σε², and the risk falls at the rate \
    −R'(0) ≥ 2kσε²(1 − a·exp(−ΔI)).
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try m.label.signOfCalibration() > 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.delta().argument / facts.moments.scaleSquared - 1
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    if try m.label.signOfHelp() >= 0 { return false }
    return try m.label.signOfRate() >= 0
  }

  /// The smaller of 1 − β and a²e^(−2ΔI) − β|β|.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    try min(1 - facts.moments.beta, rateSlack(facts))
  }

  /// Nonnegative exactly where the rate holds: divided by 2kσε² it says 1 − β ≥ 1 − a·e^(−ΔI), that is β ≤ a·e^(−ΔI),
  /// and z ↦ z|z| keeps order and makes both sides rational.
  private func rateSlack(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.oneLabel)
    let beta = facts.moments.beta
    return facts.moments.scaleSquared / (try facts.delta()).argument - beta * beta.magnitude
  }
}
