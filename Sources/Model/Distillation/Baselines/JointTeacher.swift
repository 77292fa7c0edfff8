// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The teacher that sees both modalities, t = E[y | x1, x2], and what becomes of it when it is fitted to rows.
///
/// For several labels all is in traces.
public struct JointTeacher: Sendable {
  /// σε² = var(y | x2).
  public let residualVariance: Rational
  /// σ1² = var(y | x1, x2); σε² exactly where x1 adds nothing.
  public let fullResidualVariance: Rational
  /// A = var(s).
  public let varS: Rational
  /// The numbers of its inputs x1 and of the student's, x2.
  public let p1, p2: Int

  /// The joint teacher of an instance, of which `moments` are known.
  public init(_ instance: Instance, _ moments: Moments) {
    (p1, p2) = (instance.p1, instance.p2)
    (residualVariance, varS) = (moments.residualVariance, moments.varS)
    let inputs = p1 + p2
    // Σ is positive definite, so no pivot is zero and the Schur complement exists.
    fullResidualVariance = Elimination(instance.sigma, steps: inputs).schurComplement?.trace ?? residualVariance
  }

  /// The joint teacher of known variances: σε² and A, and Cohen's f² = (σε² − σ1²)/σ1² of x1 beyond x2.
  ///
  /// - Precondition: σε² > 0, f² ≥ 0.
  public init(residualVariance: Rational, varS: Rational, effectSize: Rational, p1: Int, p2: Int) {
    precondition(residualVariance.signum > 0 && effectSize.signum >= 0, "σε² > 0, f² ≥ 0")
    (self.residualVariance, self.varS, self.p1, self.p2) = (residualVariance, varS, p1, p2)
    fullResidualVariance = residualVariance / (1 + effectSize)
  }

  /// σε² − σ1², what x1 adds; not negative.
  public var signal: Rational { residualVariance - fullResidualVariance }

  /// Cohen's f² of x1 beyond x2.
  public var effectSize: Rational { signal / fullResidualVariance }

  /// Its moments with y: it is s and a part that x1 adds, so v = w*, B = 0 and c = ση² = σε²−σ1².
  public var moments: ConditionalMoments<Rational> { moments(mismatch: 0, noise: 0) }

  /// Those of the same teacher fitted by least squares to N other rows, in the mean over them.
  ///
  /// With K = 1/(N−p1−p2−1) its weights on x2 and x1 miss by B = σ1²p2K and σ1²p1K of variance, uncorrelated with y.
  ///
  /// - Precondition: N ≥ p1+p2+2.
  public func sampled(rows: Int) -> ConditionalMoments<Rational> {
    let unit = fullResidualVariance / Rational(rows - p1 - p2 - 1)
    return moments(mismatch: Rational(p2) * unit, noise: Rational(p1) * unit)
  }

  private func moments(mismatch: Rational, noise: Rational) -> ConditionalMoments<Rational> {
    ConditionalMoments(
      varT: varS + mismatch + signal + noise, covTY: varS + signal, varY: varS + residualVariance,
      teacherResidualVariance: signal + noise, residualCovariance: signal, residualVariance: residualVariance)
  }

  /// κ = σ1²p1/(n−p1−p2−1): the noise of its weights on x1 when n rows of labels fitted it.
  ///
  /// - Precondition: n ≥ p1+p2+2.
  public func noise(n: Int) -> Rational { fullResidualVariance * Rational(p1, n - p1 - p2 - 1) }

  /// The excess over σε² of (1−α)ŵ + αv̂, ŵ the label fit on n rows and v̂ the fit of this teacher's predictions on n+m,
  /// itself fitted to the n labelled rows.
  ///
  /// σε²k_n − Δ[(2α−α²)(σε²−σ1²) − α²κ], Δ = k_n − k_{n+m}.
  ///
  /// - Precondition: n ≥ p1+p2+2, m ≥ 0.
  public func pseudoLabels(n: Int, m: Int) -> MixingParabola<Rational> {
    let (own, all) = (
      FitMoments.k(rows: Rational(n), p2: p2), FitMoments.k(rows: Rational(n) + Rational(m), p2: p2)
    )
    let gap = own - all
    return MixingParabola(
      start: residualVariance * own, slope: -2 * gap * signal, curvature: gap * (signal + noise(n: n)))
  }
}
