// SPDX-License-Identifier: GPL-3.0-or-later
/// What a claim compares on one problem: each number by name, and whether the hypothesis holds and the conclusion fails.
struct Comparison {
  var hypothesis: [(String, Fraction)] = []
  var conclusion: [(String, Fraction)] = []
  /// The first part of the hypothesis that does not hold.
  private(set) var hypothesisFailure: String?
  var conclusionFails = false

  mutating func suppose(_ holds: Bool, _ what: String) {
    if !holds, hypothesisFailure == nil { hypothesisFailure = "not \(what)" }
  }

  /// Supposes one label, a teacher and a student that predict something.
  mutating func supposeOneLabel(_ m: TextbookModel) {
    suppose(m.q == 1, "q = 1")
    suppose(!m.w1.isZero, "w1 ≠ 0")
    suppose(!m.wStar.isZero, "w* ≠ 0")
  }

  mutating func supposeLeastSquares(_ m: TextbookModel) {
    suppose(m.w1 == m.leastSquaresTeacher, "w1 = Σ11⁻¹Σ13")
  }

  /// I(t;s) and I(s;y), as parts of the hypothesis.
  mutating func compareInformations(_ m: TextbookModel) throws(CertificateError) -> (teacher: Fraction, label: Fraction)
  {
    let (teacher, label) = try m.informations()
    hypothesis += [("e^2I(t;s)", teacher), ("e^2I(s;y)", label)]
    return (teacher, label)
  }

  /// var(t) and var(y), as parts of the hypothesis.
  mutating func compareScales(_ m: TextbookModel) -> (teacher: Fraction, label: Fraction) {
    let (varT, varY) = (m.covT.trace, m.sigma33.trace)
    hypothesis += [("var(t)", varT), ("var(y)", varY)]
    return (varT, varY)
  }

  /// Concludes that distillation helps for small λ, c < σε², with traces for several labels.
  mutating func concludeHelp(_ m: TextbookModel) {
    conclusion =
      m.q == 1
      ? [("c", m.residualCovariance), ("σε²", m.residualVariance)]
      : [("tr c", m.residualCovariance), ("tr σε²", m.residualVariance)]
    conclusionFails = m.residualVariance <= m.residualCovariance
  }
}

extension TextbookModel {
  /// e^(2I(t;s)) and e^(2I(s;y)).
  ///
  /// - Throws: where one of them is not finite.
  func informations() throws(CertificateError) -> (teacher: Fraction, label: Fraction) {
    guard let teacher = teacherInformation, let label = labelInformation else { throw .degenerate }
    return (teacher, label)
  }
}

extension CertificateError {
  static let degenerate = CertificateError("an information is not finite: w1 or w* lacks full rank")
}
