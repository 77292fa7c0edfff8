// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// The CCH on the modalities themselves instead of on predictions: x1 may tell much about x2 that has nothing to do
/// with y.
struct RawModality: SignClaim {
  let id = "raw-modality"
  let summary = "I(x1;x2) > I(x2;y), least-squares teacher ⇒ helps"
  let statement = """
    If I(x1;x2) > I(x2;y) and the teacher is the least-squares one, w1 = Σ11⁻¹Σ13, then distillation lowers the risk \
    for all sufficiently small λ > 0.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .leastSquaresTeacher]

  let needsInputs = true

  /// e^(2I(x1;x2)) = det Σ11/det(Σ11 − Σ12Σ22⁻¹Σ21) and e^(2I(x2;y)) = var(y)/σε².
  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let inputs = m.inputs else { return false }
    return try (inputs.own * m.label.residualVariance - inputs.givenX2 * m.label.varY).sign() > 0
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    facts.rawInformation.argument / facts.rawLabelInformation.argument - 1
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − β.
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: [
        Quantity("e^2I(x1;x2)", facts.rawInformation.argument),
        Quantity("e^2I(x2;y)", facts.rawLabelInformation.argument),
      ],
      conclusion: facts.slopeTerms)
  }
}
