// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The student's expected risk as an exact function of the distillation weight λ, or of α = λ/(1+λ).
///
/// The student minimises Σ(yᵢ − wᵀx2ᵢ)² + λΣ(wᵀx2ᵢ − tᵢ)² over n rows; the risk is its expected squared error on a fresh
/// row, over the training rows too. R(λ) = σε² + [λ²B + k(σε² + 2λc + λ²ση²)]/(1+λ)² with k = p2/(n−p2−1).
/// k = p2/(n−p2−1) is the expectation of tr Σ22(X2ᵀX2)⁻¹ (inverse-Wishart mean). The properties of ``RiskTerms`` are
/// properties of the risk too.
@dynamicMemberLookup
public struct Risk: Sendable {
  /// The moments that the risk is made of.
  public let moments: Moments
  /// Its terms.
  public let terms: RiskTerms<Rational>

  /// The risk of a student of `p2` inputs trained on `n` rows.
  ///
  /// - Throws: ``InstanceError/illPosed(n:p2:)`` for n ≤ p2+1.
  public init(_ moments: Moments, n: Int, p2: Int) throws(InstanceError) {
    guard n >= p2 + 2 else { throw .illPosed(n: n, p2: p2) }
    self.moments = moments
    terms = RiskTerms(moments.traces, k: Rational(p2, n - p2 - 1))
  }

  /// A property of the terms.
  public subscript<Value>(dynamicMember property: KeyPath<RiskTerms<Rational>, Value>) -> Value {
    terms[keyPath: property]
  }

  /// R as a function of λ ≥ 0.
  public var function: RationalFunction {
    let r = terms
    let variance = Polynomial([r.residualVariance, 2 * r.residualCovariance, r.teacherResidualVariance])
    let mixed = Polynomial([0, 0, r.mismatch]) + Polynomial([r.k]) * variance
    return RationalFunction([r.residualVariance]) + RationalFunction(mixed, over: [1, 2, 1])
  }

  /// R as a polynomial of the mixing weight α = λ/(1+λ) ∈ [0, 1): a convex parabola.
  public var inMixingWeight: Polynomial {
    let r = terms
    let (label, teacher): (Polynomial, Polynomial) = ([1, -1], [0, 1])
    let variance =
      label * label * [r.residualVariance] + label * teacher * [2 * r.residualCovariance]
      + teacher * teacher * [r.teacherResidualVariance]
    return [r.residualVariance] + [0, 0, r.mismatch] + [r.k] * variance
  }

  /// R(λ).
  ///
  /// - Precondition: λ ≥ 0.
  public func callAsFunction(_ lambda: Rational) -> Rational {
    precondition(lambda.signum >= 0, "λ ≥ 0")
    return terms.risk(mixing: lambda / (1 + lambda))
  }

  /// The λ > 0 with R(λ) < R0: an open interval from 0, or none.
  public var window: Window {
    terms.helpsForSmallLambda ? .open(upTo: ExtendedRational(terms.windowEnd)) : .empty
  }

  /// λ*, where the risk is smallest.
  public var bestLambda: ExtendedRational { ExtendedRational(terms.bestLambda) }
}

/// A rational number, or infinity.
public enum ExtendedRational: Sendable, Hashable, CustomStringConvertible {
  /// A number.
  case finite(Rational)
  /// Larger than every number.
  case infinity

  /// A number; infinity for nil.
  public init(_ value: Rational?) { self = value.map(ExtendedRational.finite) ?? .infinity }

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
