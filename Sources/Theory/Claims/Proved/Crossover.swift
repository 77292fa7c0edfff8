// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// At a given weight, distillation helps up to one number of rows, and hurts beyond it.
struct Crossover: SignClaim {
  let id = "crossover"
  let summary = "B > 0: R(λ) < R0 ⇔ n below one closed-form number"
  let statement = """
    If B > 0 and λ > 0, then R(λ) < R0 at n rows if and only if \
    n < p2 + 1 + p2[2(σε²−c) − λ(ση²−σε²)]/(λB): what helps at n rows helps at every smaller number of them.
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .positiveLambda]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.mismatch.sign() > 0 }

  /// At n, and at fewer rows.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let (u, v) = m.lambda else { return true }
    let (label, p2) = (m.label, N(whole: m.p2))
    let pull =
      N(whole: 2) * v * (label.residualVariance - label.residualCovariance)
      - u * (label.teacherResidualVariance - label.residualVariance)
    for n in [m.n, (m.n + m.p2 + 2) / 2, m.p2 + 2] {
      let isBelow = try (p2 * pull - N(whole: n - m.p2 - 1) * u * label.mismatch).sign() > 0
      if try (RiskTerms(label, n: n, p2: m.p2).riskChange(u, v).sign() < 0) != isBelow { return false }
    }
    return true
  }

  /// On instances: at n, at fewer rows, and around the crossover itself.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    let (lambda, end, p2) = (try facts.lambda(), try crossover(facts), facts.instance.p2)
    guard let n = facts.instance.n else { throw Unmet(assumption: .trainingRows) }
    let least = p2 + 2
    let around = end.asDouble.magnitude < 1e9 ? Int(end.asDouble) : n
    let rows = Set([n, (n + least) / 2, least, around - 1, around, around + 1, around + 2].map { max($0, least) })
    return rows.allSatisfy { n in
      guard let risk = try? Risk(facts.moments, n: n, p2: p2) else { return false }
      return (risk(lambda) < risk.baselineRisk) == (Rational(n) < end)
    }
  }

  /// The number of rows below which λ helps.
  private func crossover(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.require(.oneLabel)
    let (m, lambda) = (facts.moments.traces, try facts.lambda())
    guard let end = m.crossover(at: lambda, p2: facts.instance.p2) else { return 0 }
    return end
  }

  /// ±|n − crossover|/n, negative where one of the numbers of rows is on the wrong side.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    guard let n = facts.instance.n else { throw Unmet(assumption: .trainingRows) }
    let distance = ((try crossover(facts) - Rational(n)) / Rational(n)).magnitude
    return try conclusion(facts) ? distance : -distance
  }
}
