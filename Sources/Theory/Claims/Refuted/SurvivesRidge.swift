// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The verdict of least squares need not be that of ridge.
struct SurvivesRidge: SignClaim {
  let id = "survives-ridge"
  let summary = "c < σε² decides under ridge too (orthogonal design)"
  let statement = """
    On an orthogonal design, X2ᵀX2 = nΣ22, distillation helps ridge of any strength μ ≥ 0 for all sufficiently small α > 0 if \
    and only if c < σε², as it does least squares.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .ridge]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try (m.signOfRidgeHelp() > 0) == (m.label.signOfHelp() < 0)
  }

  private func curve(_ facts: Facts) throws(Unmet) -> MixingParabola<Rational> {
    let (n, mu) = (try facts.rows(), try facts.ridge())
    return LinearStudent(facts.moments.traces, .ridge(mu, n: n, p2: facts.instance.p2)).mixing
  }

  /// ±the smaller distance of the two criteria from their boundaries, over σε²; negative where the verdicts differ.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let m = facts.moments.traces
    let slacks = [1 - m.beta, try m.ridgeSlack(facts.ridge(), p2: facts.instance.p2) / m.residualVariance]
    let distance = slacks.map(\.magnitude).min() ?? 0
    return try conclusion(facts) ? distance : -distance
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: [Quantity("μ", try facts.ridge())],
      conclusion: [
        Quantity("c", facts.moments.residualCovariance), Quantity("σε²", facts.moments.residualVariance),
        Quantity("slope of ridge in α", try curve(facts).slope),
      ])
  }
}
