import ExactAlgebra

/// The CCH on the modalities themselves instead of on predictions: x1 may tell much about x2 that has nothing to do with y.
struct RawModality: Claim {
  let id = "raw-modality"
  let says = "I(x1;x2) > I(x2;y), least-squares teacher ⇒ helps"
  let statement = """
    If I(x1;x2) > I(x2;y) and the teacher is the least-squares one, w1 = Σ11⁻¹Σ13, then distillation lowers the risk \
    for all sufficiently small λ > 0.
    """
  let status = Status.refuted(certificate: "certificates/raw-modality.json")
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .leastSquaresTeacher]

  func premise(_ facts: Facts) -> Bool {
    facts.rawInformation > facts.rawLabelInformation
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    facts.rawInformation.argument / facts.rawLabelInformation.argument - 1
  }

  func conclusion(_ facts: Facts) -> Bool { facts.moments.c < facts.moments.residualVariance }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: [
        Quantity("e^2I(x1;x2)", facts.rawInformation.argument),
        Quantity("e^2I(x2;y)", facts.rawLabelInformation.argument),
      ],
      conclusion: [Quantity("c", facts.moments.c), Quantity("σε²", facts.moments.residualVariance)])
  }
}
