// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// Choosing the teacher modality by information: the one that tells more about the student may help less.
struct TeacherRanking: SignClaim {
  let id = "teacher-ranking"
  let summary = "of two modalities, more I(t;s) ⇒ smaller c"
  let statement = """
    Of two least-squares teachers on two candidate modalities, the one with more I(t;s) gives the larger gain −R'(0) \
    near λ = 0, that is the smaller c.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.student, .oneLabel, .candidates]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try order(m) != 0 }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try premise(facts) ? 1 : 0
  }

  /// c of the first − c of the second, each over its scale, has the sign opposite to that of I(t1;s) − I(t2;s).
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let (first, second) = m.candidates else { return true }
    let difference = try
      (first.moments.residualCovariance * second.scale - second.moments.residualCovariance * first.scale).sign()
    return try order(m) >= 0 ? difference < 0 : difference > 0
  }

  /// The sign of I(t1;s) − I(t2;s), that of corr(t1,s)² − corr(t2,s)².
  private func order<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Int {
    guard let (first, second) = m.candidates.map({ ($0.first.moments, $0.second.moments) }) else { return 0 }
    return try (first.covTS * first.covTS * second.varT - second.covTS * second.covTS * first.varT).sign()
  }

  /// (c of the teacher with less information − c of the one with more)/σε².
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (more, less) = try ranked(facts)
    return (less.residualCovariance - more.residualCovariance) / facts.moments.residualVariance
  }

  private func ranked(_ facts: Facts) throws(Unmet) -> (more: Moments, less: Moments) {
    let (first, second) = try facts.candidates()
    return try first.teacherInformation() >= second.teacherInformation()
      ? (first.moments, second.moments) : (second.moments, first.moments)
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let (first, second) = try facts.candidates()
    return Quantities(
      hypothesis: [
        Quantity("e^2I(t1;s)", try first.teacherInformation().argument),
        Quantity("e^2I(t2;s)", try second.teacherInformation().argument),
      ],
      conclusion: [Quantity("c1", first.moments.residualCovariance), Quantity("c2", second.moments.residualCovariance)])
  }
}
