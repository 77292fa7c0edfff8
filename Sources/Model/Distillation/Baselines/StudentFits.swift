// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The moments of the fits that students are made of, for a student of p2 inputs.
extension FitMoments where Number == Rational {
  /// E tr Σ22(X2ᵀX2)⁻¹ = p2/(r−p2−1) over r Gaussian rows (inverse-Wishart mean).
  ///
  /// - Precondition: r ≥ p2+2.
  public static func k(rows: Rational, p2: Int) -> Rational { Rational(p2) / (rows - Rational(p2) - 1) }

  /// Least squares on n rows.
  ///
  /// - Precondition: n ≥ p2+2.
  public static func leastSquares(n: Int, p2: Int) -> FitMoments {
    FitMoments(noise: k(rows: Rational(n), p2: p2))
  }

  /// The label fit on n rows and the teacher fit on them and m more, (1−α)ŵ + αv̂.
  ///
  /// Given all rows both are unbiased, and cov(ŵ, v̂) = c·(S of all rows)⁻¹.
  public static func unlabelled(n: Int, m: Int, p2: Int) -> FitMoments {
    let all = k(rows: Rational(n) + Rational(m), p2: p2)
    return FitMoments(labelFitNoise: k(rows: Rational(n), p2: p2), sharedFitNoise: all, teacherFitNoise: all)
  }

  /// The label fit on n rows and the teacher fit on m other ones.
  ///
  /// - Precondition: n, m ≥ p2+2.
  public static func fresh(n: Int, m: Int, p2: Int) -> FitMoments {
    FitMoments(
      labelFitNoise: k(rows: Rational(n), p2: p2), sharedFitNoise: 0,
      teacherFitNoise: k(rows: Rational(m), p2: p2))
  }

  /// Ridge of strength μ on an orthogonal design of n rows, X2ᵀX2 = nΣ22, with the penalty μwᵀΣ22w.
  ///
  /// In coordinates in which Σ22 = 1 it is ordinary ridge: M = X2ᵀ/(n+μ), H = n/(n+μ), tr(MᵀM) = p2n/(n+μ)².
  public static func ridge(_ mu: Rational, n: Int, p2: Int) -> FitMoments {
    let kept = Rational(n) / (Rational(n) + mu)
    return FitMoments(mean: kept, square: kept.squared, noise: kept.squared * Rational(p2, n))
  }

  /// Least squares of minimum norm on n ≤ p2−2 rows, in coordinates in which Σ22 = 1.
  ///
  /// H projects on the n rows: E⟨Hu, w⟩ = E⟨Hu, Hw⟩ = n/p2·⟨u, w⟩, and E tr(X2X2ᵀ)⁻¹ = n/(p2−n−1).
  public static func minimumNorm(n: Int, p2: Int) -> FitMoments {
    FitMoments(mean: Rational(n, p2), square: Rational(n, p2), noise: Rational(n, p2 - n - 1))
  }
}

/// Criteria for students whose risk along λ has no short form.
extension ConditionalMoments where Number == Rational {
  /// Half the slope of the mean risk in λ at 0 where the label term is over n rows, the teacher term over n+m, in one
  /// objective: k_n(c − σε²) − m·σε²·E tr W⁻², with E tr W⁻² = p2(n−1)/((n−p2)(n−p2−1)(n−p2−3)) for W ~ Wishart(n, 1).
  ///
  /// - Precondition: n ≥ p2+4.
  public func halfSlopeOfOneObjective(n: Int, m: Int, p2: Int) -> Rational {
    let rest = Rational(n - p2)
    let square = Rational(p2) * Rational(n - 1) / (rest * (rest - 1) * (rest - 3))
    let noise = FitMoments.k(rows: Rational(n), p2: p2)
    return (noise * (residualCovariance - residualVariance) - Rational(m) * square * residualVariance) / factor
  }
}
