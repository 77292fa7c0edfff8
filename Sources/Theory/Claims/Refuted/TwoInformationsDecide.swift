// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// No rule made of I(t;s) and I(s;y) decides, not even with the sign of cov(t,s) known.
struct TwoInformationsDecide: SignClaim {
  let id = "two-informations-decide"
  let summary = "same I(t;s), same I(s;y), cov(t,s) > 0 ⇒ same verdict"
  let statement = """
    Of two least-squares teachers on two candidate modalities with cov(t,s) > 0 and the same I(t;s), and so with the same \
    I(s;y) too, both lower the risk for all sufficiently small λ > 0 or neither does.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.student, .oneLabel, .equalCandidates]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// c − σε² of both, of each times what its teacher is multiplied by.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let (first, second) = m.candidates else { return true }
    func helps(_ candidate: ProblemMoments<N>.Candidate) throws(Undecided) -> Bool {
      try (candidate.moments.residualCovariance - candidate.scale * candidate.moments.residualVariance).sign() < 0
    }
    return try helps(first) == helps(second)
  }

  /// ±the smaller |1 − β| of the two, negative where the verdicts differ.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (first, second) = try facts.candidates()
    let distance = min((1 - first.moments.beta).magnitude, (1 - second.moments.beta).magnitude)
    return try conclusion(facts) ? distance : -distance
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let (first, second) = try facts.candidates()
    return Quantities(
      hypothesis: [
        Quantity("e^2I(t1;s)", try first.teacherInformation().argument),
        Quantity("e^2I(t2;s)", try second.teacherInformation().argument), Quantity("cov(t1,s)", first.moments.covTS),
        Quantity("cov(t2,s)", second.moments.covTS),
      ],
      conclusion: [
        Quantity("c1", first.moments.residualCovariance), Quantity("c2", second.moments.residualCovariance),
        Quantity("σε²", facts.moments.residualVariance),
      ])
  }
}
