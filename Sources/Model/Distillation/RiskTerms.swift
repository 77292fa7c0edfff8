// SPDX-License-Identifier: GPL-3.0-or-later
/// What a student's risk is made of, and the closed forms of all that follows from it, in any arithmetic.
///
/// R(λ) = σε² + [λ²B + k(σε² + 2λc + λ²ση²)]/(1+λ)². The factor k = p2/(n−p2−1) is stored as `k`/`unit`, and what is
/// computed is times `unit`, so that whole numbers stay whole; by default `unit` is 1.
public struct RiskTerms<Number: FormulaNumber>: Sendable {
  /// σε² = var(y | x2).
  public var residualVariance: Number
  /// ση² = var(t | x2).
  public var teacherResidualVariance: Number
  /// c = cov(t, y | x2).
  public var residualCovariance: Number
  /// B, how far the teacher's view of x2 is from the label's.
  public var mismatch: Number
  /// k, times `unit`.
  public var k: Number
  /// What k is multiplied by; positive.
  public let unit: Number

  /// The terms of σε², ση², c and B, and of k = `k`/`unit`.
  @inlinable public init(
    residualVariance: Number, teacherResidualVariance: Number, residualCovariance: Number, mismatch: Number, k: Number,
    unit: Number = .whole(1)
  ) {
    (self.residualVariance, self.teacherResidualVariance) = (residualVariance, teacherResidualVariance)
    (self.residualCovariance, self.mismatch) = (residualCovariance, mismatch)
    (self.k, self.unit) = (k, unit)
  }

  /// The terms of given moments.
  @inlinable public init(_ moments: ConditionalMoments<Number>, k: Number, unit: Number = .whole(1)) {
    self.init(
      residualVariance: moments.residualVariance, teacherResidualVariance: moments.teacherResidualVariance,
      residualCovariance: moments.residualCovariance, mismatch: moments.mismatch, k: k, unit: unit)
  }

  /// The terms of a student of `p2` inputs trained on `n` rows, times n−p2−1.
  ///
  /// - Precondition: n ≥ p2+2.
  @inlinable public init(_ moments: ConditionalMoments<Number>, n: Int, p2: Int) {
    self.init(moments, k: .whole(p2), unit: .whole(n - p2 - 1))
  }

  /// σε² − c: distillation helps where it is positive.
  @inlinable public var slack: Number { residualVariance - residualCovariance }

  /// V = σε² + ση² − 2c = var(t−y | x2) ≥ 0.
  @inlinable public var differenceVariance: Number {
    residualVariance + teacherResidualVariance - .whole(2) * residualCovariance
  }

  /// k(σε² − c), times `unit`: half of how fast the risk falls at λ = 0.
  @inlinable public var pull: Number { k * slack }

  /// D = B + k(ση² − σε²), times `unit`: R(λ) < R0 exactly where λD < 2k(σε² − c).
  @inlinable public var windowDivisor: Number {
    unit * mismatch + k * (teacherResidualVariance - residualVariance)
  }

  /// B + k(ση² − c), times `unit`: λ* = k(σε² − c) over it.
  @inlinable public var bestLambdaDivisor: Number {
    unit * mismatch + k * (teacherResidualVariance - residualCovariance)
  }

  /// B + kV, times `unit`: half the second derivative of the risk in α = λ/(1+λ).
  @inlinable public var parabolaCurvature: Number { unit * mismatch + k * differenceVariance }

  /// (1+λ)²·(R(λ)−R0)·v², times `unit`, at λ = u/v, from the definition of the risk.
  @inlinable public func riskChange(_ u: Number, _ v: Number) -> Number {
    let (own, both) = (u * u, u + v)
    let variance =
      v * v * residualVariance + .whole(2) * u * v * residualCovariance + own * teacherResidualVariance
    return unit * own * mismatch + k * variance - k * both * both * residualVariance
  }
}

extension RiskTerms where Number: OrderedFormulaNumber {
  /// Whether distillation helps for every sufficiently small λ > 0: c < σε².
  @inlinable public var helpsForSmallLambda: Bool { residualCovariance < residualVariance }

  /// The risk at the mixing weight α = λ/(1+λ) ∈ [0, 1]: σε² + α²B + k[(1−α)²σε² + 2α(1−α)c + α²ση²].
  @inlinable public func risk(mixing alpha: Number) -> Number {
    let rest = .whole(1) - alpha
    let variance =
      rest * rest * residualVariance + .whole(2) * rest * alpha * residualCovariance
      + alpha * alpha * teacherResidualVariance
    return residualVariance + alpha * alpha * mismatch + k / unit * variance
  }

  /// R0 = σε²(1+k), the risk without distillation.
  @inlinable public var baselineRisk: Number { residualVariance * (.whole(1) + k / unit) }

  /// dR/dλ at 0 = 2k(c − σε²).
  @inlinable public var slope: Number {
    .whole(2) * (k / unit) * (residualCovariance - residualVariance)
  }

  /// The limit for λ → ∞, where the student imitates the teacher only: σε² + B + kση².
  @inlinable public var limit: Number { residualVariance + mismatch + k / unit * teacherResidualVariance }

  /// The end of the window of helpful λ, 0 where it is empty; nil where it has no end.
  @inlinable public var windowEnd: Number? { quotient(.whole(2) * pull, windowDivisor) }

  /// λ*, where the risk is smallest, 0 where none helps; nil where the larger is always the better.
  @inlinable public var bestLambda: Number? { quotient(pull, bestLambdaDivisor) }

  @inlinable func quotient(_ pull: Number, _ divisor: Number) -> Number? {
    guard helpsForSmallLambda else { return .whole(0) }
    return divisor > .whole(0) ? pull / divisor : nil
  }

  /// α*, where the risk is smallest, clamped to [0, 1]: 0 is no distillation, 1 the limit λ → ∞.
  @inlinable public var bestMixingWeight: Number {
    guard helpsForSmallLambda else { return .whole(0) }
    let (pull, curvature) = (pull, parabolaCurvature)
    return pull < curvature ? pull / curvature : .whole(1)
  }

  /// R0 − R(λ*), the most that distillation can gain; 0 where it cannot help.
  @inlinable public var bestGain: Number {
    let alpha = bestMixingWeight
    return alpha * (.whole(2) * pull - alpha * parabolaCurvature) / unit
  }
}
