// SPDX-License-Identifier: GPL-3.0-or-later
/// The variances and the covariance of a teacher's output t and a label y before and after conditioning on x2: all that
/// distillation depends on, in any arithmetic.
///
/// For several labels they are sums over the outputs, the traces that the risk is made of. The conditional moments are
/// stored times a positive `factor`, so that whole numbers stay whole: with fraction-free elimination it is det Σ22; by
/// default it is 1. What is computed from them, where it says so, is times `factor` too.
public struct ConditionalMoments<Number: FormulaNumber>: Sendable {
  /// var(t).
  public var varT: Number
  /// cov(t, y).
  public var covTY: Number
  /// var(y).
  public var varY: Number
  /// ση² = var(t | x2), times `factor`.
  public var teacherResidualVariance: Number
  /// c = cov(t, y | x2), times `factor`.
  public var residualCovariance: Number
  /// σε² = var(y | x2), times `factor`.
  public var residualVariance: Number
  /// What the conditional moments are multiplied by; positive.
  public let factor: Number

  /// The moments, where `factor` is positive.
  @inlinable public init(
    varT: Number, covTY: Number, varY: Number, teacherResidualVariance: Number, residualCovariance: Number,
    residualVariance: Number, factor: Number = .whole(1)
  ) {
    (self.varT, self.covTY, self.varY, self.factor) = (varT, covTY, varY, factor)
    self.teacherResidualVariance = teacherResidualVariance
    (self.residualCovariance, self.residualVariance) = (residualCovariance, residualVariance)
  }

  /// The sums of the moments of two groups of outputs, which have one `factor`.
  @inlinable public static func + (a: ConditionalMoments, b: ConditionalMoments) -> ConditionalMoments {
    ConditionalMoments(
      varT: a.varT + b.varT, covTY: a.covTY + b.covTY, varY: a.varY + b.varY,
      teacherResidualVariance: a.teacherResidualVariance + b.teacherResidualVariance,
      residualCovariance: a.residualCovariance + b.residualCovariance,
      residualVariance: a.residualVariance + b.residualVariance, factor: a.factor)
  }

  /// A = var(s), what x2 explains of var(y), times `factor`.
  @inlinable public var varS: Number { varY * factor - residualVariance }

  /// G = cov(t, s), what x2 explains of cov(t, y), times `factor`.
  @inlinable public var covTS: Number { covTY * factor - residualCovariance }

  /// var(vᵀx2), what x2 explains of var(t), times `factor`.
  @inlinable public var explainedTeacherVariance: Number { varT * factor - teacherResidualVariance }

  /// B = (v−w*)ᵀΣ22(v−w*), the variance of vᵀx2 − s: how far the teacher's view of x2 is from the label's, times `factor`.
  @inlinable public var mismatch: Number { explainedTeacherVariance - .whole(2) * covTS + varS }

  /// V = σε² + ση² − 2c = var(t−y | x2) ≥ 0, times `factor`.
  @inlinable public var differenceVariance: Number {
    residualVariance + teacherResidualVariance - .whole(2) * residualCovariance
  }

  /// cov(t, s)·var(y) − cov(t, y)·cov(s, y), which has the sign of corr(t, s | y), times `factor`.
  ///
  /// A tuned student gains exactly where it is positive, at every n; cov(s, y) = var(s).
  @inlinable public var alignmentGivenLabel: Number { covTS * varY - covTY * varS }

  /// The excess risk of the student that mixes the least-squares fits of y and of t with weights a and b, times `factor`
  /// and `unit`: (a−1)²A + 2(a−1)bG + b²var(vᵀx2) + k(a²σε² + 2abc + b²ση²), k = `k`/`unit`.
  ///
  /// Distillation with weight λ is a = 1/(1+λ), b = λ/(1+λ). Only linear means and constant residual covariances are
  /// needed, no Gaussian law.
  @inline(never) @inlinable public func excess(_ a: Number, _ b: Number, k: Number, unit: Number = .whole(1)) -> Number
  {
    let (two, shrinkage) = (Number.whole(2), a - .whole(1))
    let bias = shrinkage * shrinkage * varS + two * shrinkage * b * covTS + b * b * explainedTeacherVariance
    let variance =
      a * a * residualVariance + two * a * b * residualCovariance + b * b * teacherResidualVariance
    return unit * bias + k * variance
  }
}

extension ConditionalMoments where Number: OrderedFormulaNumber {
  /// a² = var(t)/var(y).
  @inlinable public var scaleSquared: Number { varT / varY }

  /// β = c/σε², the coefficient of y in the regression of t on (x2, y): distillation helps exactly when β < 1.
  @inlinable public var beta: Number { residualCovariance / residualVariance }

  /// Whether distillation helps for every sufficiently small λ > 0: c < σε².
  @inlinable public var helpsForSmallLambda: Bool { residualCovariance < residualVariance }

  /// Whether distillation helps a student that may also shrink, at any n: corr(t, s | y) > 0.
  @inlinable public var helpsTuned: Bool { alignmentGivenLabel > .whole(0) }

  /// e^(2I(t;s|y)), of one label; nil where t or s is a function of y, or one of the other given y.
  ///
  /// 1/(1−ρ²) of the covariance of t and s given y.
  @inlinable public var informationGivenLabel: Number? {
    let (covTS, varS) = (covTS / factor, varS / factor)
    let (t, s, both) = (varT - covTY * covTY / varY, varS - varS * varS / varY, covTS - covTY * varS / varY)
    let joint = t * s - both * both
    return joint > .whole(0) ? t * s / joint : nil
  }
}

extension ConditionalMoments where Number: OrderedFormulaNumber {
  /// The number of rows n below which, and only there, R(λ) < R0: p2 + 1 + p2[2(σε²−c) − λ(ση²−σε²)]/(λB).
  ///
  /// Nil for B = 0, where n does not matter. λ > 0.
  @inlinable public func crossover(at lambda: Number, p2: Int) -> Number? {
    guard mismatch > .whole(0) else { return nil }
    return .whole(p2 + 1) + .whole(p2) * noiseSaved(at: lambda) / (lambda * mismatch)
  }

  /// Whether R(λ) < R0, at every n, where B = 0. λ > 0.
  @inlinable public func helpsWithoutMismatch(at lambda: Number) -> Bool { noiseSaved(at: lambda) > .whole(0) }

  /// 2(σε²−c) − λ(ση²−σε²), which has the sign of what λ takes off the noise of the fit.
  @inlinable func noiseSaved(at lambda: Number) -> Number {
    .whole(2) * (residualVariance - residualCovariance) - lambda * (teacherResidualVariance - residualVariance)
  }
}
