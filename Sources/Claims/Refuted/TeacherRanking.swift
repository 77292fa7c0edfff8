import Distillation
import ExactAlgebra

/// Choosing the teacher modality by information: the one that tells more about the student may help less.
struct TeacherRanking: Claim {
  let id = "teacher-ranking"
  let says = "of two modalities, more I(t;s) ⇒ smaller c"
  let statement = """
    Of two least-squares teachers on two candidate modalities, the one with more I(t;s) gives the larger gain −R'(0) \
    near λ = 0, that is the smaller c.
    """
  let status = Status.refuted(certificate: "certificates/teacher-ranking.json")
  let assumptions: [Assumption] = [.student, .oneLabel, .candidates]

  func premise(_ facts: Facts) throws(Unmet) -> Bool {
    let (first, second) = try facts.candidates()
    return try first.teacherInformation() != second.teacherInformation()
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try premise(facts) ? 1 : 0
  }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    let (more, less) = try ranked(facts)
    return more.c < less.c
  }

  /// (c of the teacher with less information − c of the one with more)/σε².
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (more, less) = try ranked(facts)
    return (less.c - more.c) / facts.moments.residualVariance
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
      ], conclusion: [Quantity("c1", first.moments.c), Quantity("c2", second.moments.c)])
  }
}
