// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 at a fixed λ in place of "all sufficiently small λ": the window can end below it.
struct FixedLambda: SignClaim {
  let id = "fixed-lambda"
  let summary = "ΔI > 0, var t ≤ var y ⇒ R(λ) < R0 at the given λ"
  let statement = """
    If I(t;s) > I(s;y) and var(t) ≤ var(y), then R(λ) < R0 at the instance's own λ > 0.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .positiveLambda]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try Theorem1().premise(m) }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try Theorem1().premiseMargin(facts)
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let lambda = m.lambda else { return true }
    return try m.risk.riskChange(lambda.u, lambda.v).sign() < 0
  }

  /// (R0 − R(λ))/R0.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let risk = try facts.risk()
    return 1 - risk(try facts.lambda()) / risk.baselineRisk
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: try facts.informationArguments() + [
        Quantity("var(t)", facts.moments.varT),
        Quantity("var(y)", facts.moments.varY),
      ],
      conclusion: [
        Quantity("R(λ)", try facts.risk()(try facts.lambda())), Quantity("R0", try facts.risk().baselineRisk),
      ])
  }
}
