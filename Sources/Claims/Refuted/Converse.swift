import ExactAlgebra

/// The "only if" of the CCH: distillation helps far more often than the informations say, even with a least-squares teacher.
public struct Converse: Claim {
  public let id = "converse"
  public let says = "helps for small λ ⇒ ΔI > 0 (the CCH's \"only if\")"
  public let statement = """
    If distillation lowers the risk for all sufficiently small λ > 0, then I(t;s) > I(s;y).
    """
  public let status = Status.refuted(certificate: "certificates/converse.json")
  public let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  public func premise(_ facts: Facts) -> Bool { facts.moments.helpsForSmallLambda }

  public func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try facts.delta() > .zero }

  /// e^(2ΔI) − 1.
  public func margin(_ facts: Facts) throws(Unmet) -> Rational { try facts.delta().argument - 1 }

  public func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    Quantities(
      hypothesis: [Quantity("c", facts.moments.c), Quantity("σε²", facts.moments.residualVariance)],
      conclusion: [
        Quantity("e^2I(t;s)", try facts.teacherInformation().argument),
        Quantity("e^2I(s;y)", try facts.labelInformation().argument),
      ])
  }
}
