// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// Rows of its own for the teacher term: where the residuals are anti-correlated, the student's own rows are worth more.
struct FreshIsBetter: SignClaim {
  let id = "fresh-is-better"
  let summary = "teacher term on n fresh rows ⇒ at least as good as on the same"
  let statement = """
    With the teacher term on n fresh rows that have no label, the best mixture of label fit and teacher fit is at least as good \
    as the best distillation on the student's own rows.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// The gain on fresh rows is (kσε²)²/(B + k(σε²+ση²)), that on the same rows pull²/curvature for α* < 1, else
  /// 2·pull − curvature.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (risk, label, k) = (m.risk, m.label, N(whole: m.p2))
    let (pull, curvature, own) = (risk.pull, risk.parabolaCurvature, k * label.residualVariance)
    if try pull.sign() <= 0 { return true }
    let fresh =
      N(whole: m.n - m.p2 - 1) * label.mismatch + k * (label.residualVariance + label.teacherResidualVariance)
    if try (curvature - pull).sign() > 0 { return try (own * own * curvature - pull * pull * fresh).sign() >= 0 }
    return try (own * own - (N(whole: 2) * pull - curvature) * fresh).sign() >= 0
  }

  /// (best gain on fresh rows − best gain on the same)/R0.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let risk = try facts.risk()
    return (try fresh(facts).gain - risk.bestGain) / risk.baselineRisk
  }

  private func fresh(_ facts: Facts) throws(Unmet) -> MixingParabola<Rational> {
    let n = try facts.rows()
    return LinearStudent(facts.moments.traces, .fresh(n: n, m: n, p2: facts.instance.p2)).mixing
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let (risk, fresh) = (try facts.risk(), try fresh(facts))
    return Quantities(
      hypothesis: [Quantity("R0", risk.baselineRisk)],
      conclusion: [
        Quantity("best gain on the same rows", risk.bestGain), Quantity("best gain on fresh rows", fresh.gain),
      ])
  }
}
