// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// Theorem 1 for vectors, word for word: one output of tiny scale can carry all of the information.
struct VectorLabel: SignClaim {
  let id = "vector-label"
  let summary = "q > 1: ΔI > 0, cov t ⪯ cov y ⇒ tr c < tr σε²"
  let statement = """
    For q > 1: if I(t;s) > I(s;y) and cov(y) − cov(t) is positive semidefinite, then tr c < tr σε², \
    and distillation lowers the risk for all sufficiently small λ > 0.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.severalLabels, .fullRank]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    if try !m.teacherVariesNoMore() { return false }
    return try m.signOfVectorDelta() > 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try facts.delta().argument - 1
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − tr c / tr σε².
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: try facts.informationArguments(),
      conclusion: [
        Quantity("tr c", facts.moments.residualCovariance), Quantity("tr σε²", facts.moments.residualVariance),
      ])
  }
}
