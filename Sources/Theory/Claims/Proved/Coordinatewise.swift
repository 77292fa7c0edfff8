// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The right form of Theorem 1 for several labels: the calibrated criterion in each output.
struct Coordinatewise: SignClaim {
  let id = "coordinatewise"
  let summary = "q > 1: ΔIⱼ > ln aⱼ for every j ⇒ helps for small λ"
  let statement = """
    For q > 1: if I(tⱼ;sⱼ) − I(sⱼ;yⱼ) > ln aⱼ for every output j, then tr c < tr σε², and distillation lowers the risk \
    for all sufficiently small λ > 0.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.severalLabels, .everyOutput]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    for j in 0..<m.q where try m.output(j).signOfCalibration() <= 0 { return false }
    return true
  }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    var least: Rational?
    for output in facts.outputs {
      let margin = try delta(output).argument / output.scaleSquared - 1
      least = min(least ?? margin, margin)
    }
    return least ?? 0
  }

  private func delta(_ output: Moments) throws(Unmet) -> HalfLogarithm {
    guard let teacher = try? output.teacherInformation(), let label = try? output.labelInformation() else {
      throw Unmet(assumption: .everyOutput)
    }
    return teacher - label
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  /// 1 − tr c / tr σε².
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}
