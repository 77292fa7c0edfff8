import ExactAlgebra

/// The student's expected risk as an exact function of the distillation weight λ, or of α = λ/(1+λ).
///
/// The student minimises Σ(yᵢ − wᵀx2ᵢ)² + λΣ(wᵀx2ᵢ − tᵢ)² over n rows; the risk is its expected squared error on a fresh
/// row, over the training rows too. R(λ) = σε² + [λ²B + k(σε² + 2λc + λ²ση²)]/(1+λ)² with k = p2/(n−p2−1).
public struct Risk: Sendable {
  /// The moments that the risk is made of.
  public let moments: Moments
  /// k = p2/(n−p2−1), the expectation of tr Σ22(X2ᵀX2)⁻¹ (inverse-Wishart mean).
  public let k: Rational

  /// The risk of a student of `p2` inputs trained on `n` rows.
  ///
  /// - Throws: ``InstanceError/illPosed(n:p2:)`` for n ≤ p2+1.
  public init(_ moments: Moments, n: Int, p2: Int) throws(InstanceError) {
    guard n >= p2 + 2 else { throw .illPosed(n: n, p2: p2) }
    self.moments = moments
    k = Rational(p2, n - p2 - 1)
  }

  /// R as a function of λ ≥ 0.
  public var function: RationalFunction {
    let m = moments
    let variance = Polynomial([m.residualVariance, 2 * m.c, m.teacherResidualVariance])
    let mixed = Polynomial([0, 0, m.mismatch]) + Polynomial([k]) * variance
    return RationalFunction([m.residualVariance]) + RationalFunction(mixed, over: [1, 2, 1])
  }

  /// R as a polynomial of the mixing weight α = λ/(1+λ) ∈ [0, 1): a convex parabola.
  public var inMixingWeight: Polynomial {
    let m = moments
    let (label, teacher): (Polynomial, Polynomial) = ([1, -1], [0, 1])
    let variance =
      label * label * [m.residualVariance] + label * teacher * [2 * m.c] + teacher * teacher * [
        m.teacherResidualVariance
      ]
    return [m.residualVariance] + [0, 0, m.mismatch] + [k] * variance
  }

  /// R(λ).
  ///
  /// - Precondition: λ ≥ 0.
  public func callAsFunction(_ lambda: Rational) -> Rational {
    precondition(lambda.signum >= 0, "λ ≥ 0")
    return inMixingWeight(lambda / (1 + lambda))
  }

  /// R0 = R(0) = σε²(1+k), the risk without distillation.
  public var baseline: Rational { moments.residualVariance * (1 + k) }

  /// dR/dλ at 0 = 2k(c − σε²).
  public var slope: Rational { 2 * k * (moments.c - moments.residualVariance) }

  /// The limit for λ → ∞, where the student imitates the teacher only: σε² + B + kση².
  public var limit: Rational {
    moments.residualVariance + moments.mismatch + k * moments.teacherResidualVariance
  }

  /// D = B + k(ση² − σε²): R(λ) < R0 exactly where λD < 2k(σε² − c).
  public var curvatureTerm: Rational {
    moments.mismatch + k * (moments.teacherResidualVariance - moments.residualVariance)
  }

  /// The λ > 0 with R(λ) < R0: an open interval from 0, or none.
  public var window: Window {
    guard moments.helpsForSmallLambda else { return .empty }
    return curvatureTerm.signum > 0 ? .open(upTo: .finite(-slope / curvatureTerm)) : .open(upTo: .infinity)
  }

  /// λ*, where the risk is smallest.
  public var bestLambda: ExtendedRational {
    let weight = bestMixingWeight
    return weight == 1 ? .infinity : .finite(weight / (1 - weight))
  }

  /// α*, where the risk is smallest, clamped to [0, 1]: 0 is no distillation, 1 the limit λ → ∞.
  public var bestMixingWeight: Rational {
    let free = k * (moments.residualVariance - moments.c) / (moments.mismatch + k * moments.residualDisagreement)
    return max(0, min(1, free))
  }

  /// R0 − R(λ*), the most that distillation can gain; 0 where it cannot help.
  public var bestGain: Rational {
    let weight = bestMixingWeight
    if weight.signum == 0 { return 0 }
    if weight == 1 { return baseline - limit }
    return (k * (moments.residualVariance - moments.c)).squared
      / (moments.mismatch + k * moments.residualDisagreement)
  }
}

/// A rational number, or infinity.
public enum ExtendedRational: Sendable, Hashable, CustomStringConvertible {
  /// A number.
  case finite(Rational)
  /// Larger than every number.
  case infinity

  /// The number, or "infinity".
  public var description: String {
    switch self {
    case .finite(let value): value.description
    case .infinity: "infinity"
    }
  }
}

/// The set of λ > 0 for which distillation lowers the risk.
public enum Window: Sendable, Hashable, CustomStringConvertible {
  /// Distillation never helps.
  case empty
  /// It helps exactly for 0 < λ < the upper end.
  case open(upTo: ExtendedRational)

  /// Whether λ lies in the window.
  public func contains(_ lambda: Rational) -> Bool {
    guard case .open(let upper) = self, lambda.signum > 0 else { return false }
    switch upper {
    case .finite(let end): return lambda < end
    case .infinity: return true
    }
  }

  /// "empty" or "(0, 3/2)".
  public var description: String {
    switch self {
    case .empty: "empty"
    case .open(let upper): "(0, \(upper == .infinity ? "∞" : upper.description))"
    }
  }
}
