// SPDX-License-Identifier: GPL-3.0-or-later
/// The quantities of a distillation problem by the formulas as the textbook writes them, with explicit inverses.
struct TextbookModel {
  let sigma11, sigma12, sigma13, sigma22, sigma23, sigma33: FractionMatrix
  let w1: FractionMatrix
  let sigma: FractionMatrix
  let p1, p2, q: Int

  /// w* = Σ22⁻¹Σ23 and v = Σ22⁻¹Σ21w1.
  let wStar, v: FractionMatrix

  init(sigma: FractionMatrix, p1: Int, p2: Int, q: Int, w1: FractionMatrix?) throws(CertificateError) {
    let (one, two, three) = (0..<p1, p1..<(p1 + p2), (p1 + p2)..<(p1 + p2 + q))
    (self.sigma, self.p1, self.p2, self.q) = (sigma, p1, p2, q)
    sigma11 = sigma.block(one, one)
    sigma12 = sigma.block(one, two)
    sigma13 = sigma.block(one, three)
    sigma22 = sigma.block(two, two)
    sigma23 = sigma.block(two, three)
    sigma33 = sigma.block(three, three)
    guard let inverse11 = sigma11.gaussJordan().inverse, let inverse22 = sigma22.gaussJordan().inverse else {
      throw CertificateError("Σ11 or Σ22 is singular")
    }
    leastSquaresTeacher = inverse11 * sigma13
    self.w1 = w1 ?? leastSquaresTeacher
    wStar = inverse22 * sigma23
    v = inverse22 * (sigma12.transposed * self.w1)
  }

  /// Σ11⁻¹Σ13.
  let leastSquaresTeacher: FractionMatrix

  @inline(never) var covT: FractionMatrix { w1.transposed * sigma11 * w1 }
  @inline(never) var covS: FractionMatrix { wStar.transposed * sigma22 * wStar }
  @inline(never) var covTS: FractionMatrix { w1.transposed * sigma12 * wStar }

  /// cov(y | x2), whose trace is σε².
  @inline(never) var covYGivenX2: FractionMatrix { sigma33 - sigma23.transposed * wStar }
  /// cov(t | x2), whose trace is ση².
  @inline(never) var covTGivenX2: FractionMatrix { covT - v.transposed * sigma22 * v }
  /// cov(t, y | x2), whose trace is c.
  @inline(never) var covTYGivenX2: FractionMatrix { w1.transposed * sigma13 - v.transposed * sigma23 }

  /// σε².
  var residualVariance: Fraction { covYGivenX2.trace }
  /// ση².
  var teacherResidualVariance: Fraction { covTGivenX2.trace }
  /// c.
  var residualCovariance: Fraction { covTYGivenX2.trace }

  /// R(λ): σε², plus the squared bias of the student's mean (w* + λv)/(1+λ), plus k times the residual variance of
  /// the label (y + λt)/(1+λ) that it is trained on.
  func risk(_ lambda: Fraction, n: Int) throws(CertificateError) -> Fraction {
    guard n >= p2 + 2 else { throw CertificateError("n = \(n) is below p2 + 2 = \(p2 + 2)") }
    let weight = lambda / (.one + lambda)
    let rest = Fraction.one - weight
    let difference = v - wStar
    let bias = weight * weight * (difference.transposed * sigma22 * difference).trace
    let spread =
      rest * rest * residualVariance + Fraction(2) * rest * weight * residualCovariance
      + weight * weight * teacherResidualVariance
    return residualVariance + bias + Fraction(.init(p2), .init(n - p2 - 1)) * spread
  }

  /// e^(2I(t;s)); nil where the covariance of (t, s) is singular.
  var teacherInformation: Fraction? { TextbookModel.information(covT, covTS, covS) }

  /// e^(2I(s;y)) by the joint covariance of s and y, where cov(s, y) = cov(s).
  var labelInformation: Fraction? { TextbookModel.information(covS, covS, sigma33) }

  /// e^(2I(x1;x2)).
  var rawInformation: Fraction? { TextbookModel.information(sigma11, sigma12, sigma22) }

  /// e^(2I(x2;y)).
  var rawLabelInformation: Fraction? { TextbookModel.information(sigma22, sigma23, sigma33) }

  /// det A · det C / det [[A, B], [Bᵀ, C]].
  private static func information(_ a: FractionMatrix, _ b: FractionMatrix, _ c: FractionMatrix) -> Fraction? {
    let joint = FractionMatrix.symmetric(a, b, c).determinant
    return joint == .zero ? nil : a.determinant * c.determinant / joint
  }

  /// Output `j` alone.
  func output(_ j: Int) throws(CertificateError) -> TextbookModel {
    let kept = Array(0..<(p1 + p2)) + [p1 + p2 + j]
    return try TextbookModel(
      sigma: sigma.keeping(kept), p1: p1, p2: p2, q: 1,
      w1: w1.block(0..<p1, j..<(j + 1)))
  }

  /// The problem with only the coordinates `inputs` of x1, and their least-squares teacher.
  func candidate(_ inputs: Range<Int>) throws(CertificateError) -> TextbookModel {
    let kept = Array(inputs) + Array(p1..<(p1 + p2 + q))
    return try TextbookModel(
      sigma: sigma.keeping(kept), p1: inputs.count, p2: p2, q: q,
      w1: nil)
  }
}
