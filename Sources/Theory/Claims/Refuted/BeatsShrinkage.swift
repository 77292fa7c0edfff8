// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Distillation that helps against the student as it is, and loses to plain shrinkage without any teacher.
struct BeatsShrinkage: SignClaim {
  let id = "kd-beats-shrinkage"
  let summary = "helps ⇒ as good as the best shrunk student a·ŵ"
  let statement = """
    If distillation lowers the risk for all sufficiently small λ > 0, then with the best λ it is at least as good as the best \
    plain shrinkage a·ŵ of the student that has no teacher.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  func premiseMargin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  /// The gain of shrinkage is (kσε²)²/(var s + kσε²), that of distillation pull²/curvature for α* < 1, else
  /// 2·pull − curvature.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (risk, own) = (m.risk, N(whole: m.p2) * m.label.residualVariance)
    let (pull, curvature) = (risk.pull, risk.parabolaCurvature)
    if try pull.sign() <= 0 { return false }
    let whole = N(whole: m.n - m.p2 - 1) * m.label.varS + own
    if try (curvature - pull).sign() > 0 { return try (pull * pull * whole - own * own * curvature).sign() >= 0 }
    return try ((N(whole: 2) * pull - curvature) * whole - own * own).sign() >= 0
  }

  /// (risk of the best shrinkage − risk of the best distillation)/R0.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (student, risk) = (try facts.student(), try facts.risk())
    return (risk.bestGain - (student.asItIs - student.untaught)) / risk.baselineRisk
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let (student, risk) = (try facts.student(), try facts.risk())
    return Quantities(
      hypothesis: facts.slopeTerms,
      conclusion: [
        Quantity("risk at the best λ", risk.baselineRisk - risk.bestGain),
        Quantity("risk of the best shrinkage", facts.moments.residualVariance + student.untaught),
      ])
  }
}
