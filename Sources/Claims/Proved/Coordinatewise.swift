import ExactAlgebra

/// The right form of Theorem 1 for several labels: the calibrated criterion in each output.
public struct Coordinatewise: Claim {
  public let id = "coordinatewise"
  public let says = "q > 1: ΔIⱼ > ln aⱼ for every j ⇒ helps for small λ"
  public let statement = """
    For q > 1: if I(tⱼ;sⱼ) − I(sⱼ;yⱼ) > ln aⱼ for every output j, then tr c < tr σε², and distillation lowers the risk \
    for all sufficiently small λ > 0.
    """
  public let status = Status.proved(proof: "Theory: several labels")
  public let assumptions: [Assumption] = [.severalLabels, .everyOutput]

  public func premise(_ facts: Facts) throws(Unmet) -> Bool {
    for output in facts.outputs {
      guard let teacher = try? output.teacherInformation(), let label = try? output.labelInformation() else {
        throw Unmet(assumption: .everyOutput)
      }
      guard isCalibrated(teacher - label, output.scaleSquared) else { return false }
    }
    return true
  }

  public func conclusion(_ facts: Facts) -> Bool { facts.moments.c < facts.moments.residualVariance }

  /// 1 − tr c / tr σε².
  public func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}
