// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// A rule by which a practitioner decides from data whether to distil.
public enum DecisionRule: String, Sendable, CaseIterable {
  /// The CCH: distil where the estimate of ΔI = I(t;s) − I(s;y) is positive.
  case information
  /// The calibrated criterion: distil where the estimate of ΔI − ln a is positive.
  case calibrated
  /// The sign of the estimate of c − σε²: distil where β̂ < 1.
  case sign
  /// The exact t-test of β < 1 at 5 %: distil where the hypothesis β ≥ 1 is rejected.
  case test

  /// The size of the t-test.
  public static let testLevel = 0.05

  /// Whether the rule looks at the residuals of t and y given x2 only.
  var usesResidualsOnly: Bool { self == .sign || self == .test }

  /// The statistic, which is compared with ``threshold(rows:inputs:)``: above it the rule says distil.
  func statistic(_ s: DecisionStatistics) -> Double {
    switch self {
    case .information: s.delta
    case .calibrated: s.delta - 0.5 * log(s.varT / s.varY)
    case .sign: 1 - s.beta
    // The t-statistic without the root of its degrees of freedom.
    case .test: (1 - s.beta) * (s.residualVariance / s.teacherResidualVarianceGivenLabel).squareRoot()
    }
  }

  /// Above it the statistic says distil, for `rows` rows of `inputs` student inputs and an intercept.
  func threshold(rows: Int, inputs: Int) -> Double {
    guard self == .test else { return 0 }
    let degrees = Double(rows - inputs - 2)
    return gsl_cdf_tdist_Qinv(DecisionRule.testLevel, degrees) / degrees.squareRoot()
  }
}

/// What the rules look at: a (sample or population) covariance of (x2, t, y), by its regression on x2.
struct DecisionStatistics {
  /// Variances of t, y, and of the fitted s; their covariance.
  let varT, varY, varS, covTS: Double
  /// var(t | x2), cov(t, y | x2), var(y | x2).
  let teacherResidualVariance, residualCovariance, residualVariance: Double

  /// Of rows of a factor C with CCᵀ = the covariance: the parts of t and y in directions of x2, and the last 2 × 2 block.
  init(t: [Double], y: [Double], rest: (tt: Double, yt: Double, yy: Double)) {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    teacherResidualVariance = rest.tt * rest.tt
    residualCovariance = rest.tt * rest.yt
    residualVariance = rest.yt * rest.yt + rest.yy * rest.yy
    varS = dot(y, y)
    covTS = dot(t, y)
    varT = dot(t, t) + teacherResidualVariance
    varY = varS + residualVariance
  }

  /// β, the coefficient of y in the regression of t on (x2, y).
  var beta: Double { residualCovariance / residualVariance }

  /// var(t | x2, y).
  var teacherResidualVarianceGivenLabel: Double {
    teacherResidualVariance - residualCovariance * residualCovariance / residualVariance
  }

  /// I(t;s) − I(s;y) in nats.
  var delta: Double {
    0.5 * log(residualVariance / varY) - 0.5 * log1p(-covTS * covTS / (varT * varS))
  }
}
