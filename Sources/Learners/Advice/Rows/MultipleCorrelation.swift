// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The exact law of the share of var(y | x2) that x1 explains in a sample, for rows that are random too.
///
/// In the joint Gaussian model, given the inputs, F of the coefficients of x1 in the regression of y on (x1, x2) is non-central, and its
/// non-centrality is f² times a chi-squared of ν = n−1−p2 degrees of freedom (Fisher 1928). So r² is a mixture of Beta laws with
/// negative binomial weights.
struct MultipleCorrelation {
  /// p1, the number of coefficients that are tested.
  let inputs: Int
  /// n−1−p2, and n−1−p1−p2.
  let degrees, residualDegrees: Int

  /// - Precondition: `rows` ≥ p1+p2+2.
  init(rows: Int, teacherColumns p1: Int, studentColumns p2: Int) {
    (inputs, degrees, residualDegrees) = (p1, rows - 1 - p2, rows - 1 - p1 - p2)
  }

  /// P(R² ≤ r² | ρ²), ρ² = f²/(1+f²) < 1; small ones to many digits too.
  func probability(below square: Double, if rho2: Double) -> Double {
    if square <= 0 { return 0 }
    if square >= 1 { return 1 }
    guard rho2 > 0 else { return gsl_cdf_beta_P(square, a, b) }
    let mixture = Mixture(self, square, rho2)
    // Downwards in j: I(a+j) = I(a+j+1) + x^(a+j)(1−x)^b/((a+j)B(a+j, b)), sums of positive numbers only.
    var (sum, j) = (0.0, mixture.last)
    var cumulative = gsl_cdf_beta_P(square, a + j, b)
    var (logWeight, logTerm) = (mixture.logWeight(j), mixture.logTerm(j))
    while true {
      sum += exp(logWeight) * cumulative
      if j <= mixture.first { return min(1, sum) }
      logWeight += log(j) - log(half + j - 1) - log(rho2)
      logTerm += log(a + j) - log(a + j + b - 1) - log(square)
      cumulative = min(1, cumulative + exp(logTerm))
      j -= 1
    }
  }

  /// P(R² ≥ r² | ρ²); small ones to many digits too.
  func probability(above square: Double, if rho2: Double) -> Double {
    if square <= 0 { return 1 }
    if square >= 1 { return 0 }
    guard rho2 > 0 else { return gsl_cdf_beta_Q(square, a, b) }
    let mixture = Mixture(self, square, rho2)
    // Upwards in j: what is taken from I comes to 1 − I.
    var (sum, j) = (0.0, mixture.first)
    var cumulative = gsl_cdf_beta_Q(square, a + j, b)
    var (logWeight, logTerm) = (mixture.logWeight(j), mixture.logTerm(j))
    while true {
      sum += exp(logWeight) * cumulative
      if j >= mixture.last { return min(1, sum) }
      cumulative = min(1, cumulative + exp(logTerm))
      logWeight += log(half + j) - log(j + 1) + log(rho2)
      logTerm += log(a + j + b) - log(a + j + 1) + log(square)
      j += 1
    }
  }

  private var a: Double { Double(inputs) / 2 }
  private var b: Double { Double(residualDegrees) / 2 }
  private var half: Double { Double(degrees) / 2 }

  /// The Beta laws that count, and with which weights.
  private struct Mixture {
    let law: MultipleCorrelation
    let square, rho2: Double
    /// Beyond 12 standard deviations of the negative binomial's mean nothing counts.
    let first, last: Double

    init(_ law: MultipleCorrelation, _ square: Double, _ rho2: Double) {
      let mean = law.half * rho2 / (1 - rho2)
      let width = 12 * (mean / (1 - rho2) + 1).squareRoot() + 40 / (1 - rho2)
      (first, last) = (max(0, (mean - width).rounded(.down)), (mean + width).rounded(.up))
      (self.law, self.square, self.rho2) = (law, square, rho2)
    }

    /// ln of Γ(ν/2+j)/(j!Γ(ν/2))·(1−ρ²)^(ν/2)ρ^(2j).
    func logWeight(_ j: Double) -> Double {
      lgamma(law.half + j) - lgamma(j + 1) - lgamma(law.half) + law.half * log1p(-rho2) + j * log(rho2)
    }

    /// ln of x^(a+j)(1−x)^b/((a+j)B(a+j, b)).
    func logTerm(_ j: Double) -> Double {
      let (a, b) = (law.a + j, law.b)
      return a * log(square) + b * log1p(-square) - log(a) - gsl_sf_lnbeta(a, b)
    }
  }

  /// The ends of the exact interval of ρ² around an observed r², each tail with half of the rest.
  func interval(around square: Double, level: Double) -> (lower: Double, upper: Double) {
    let tail = (1 - level) / 2
    func end(_ target: Double) -> Double {
      // The probability falls as ρ² rises.
      if probability(below: square, if: 0) <= target { return 0 }
      // As ρ² = 1 − e^−u, for ends near 1.
      var (low, high) = (0.0, 1.0)
      while probability(below: square, if: -expm1(-high)) > target, high < 30 { high *= 2 }
      for _ in 0..<50 {
        let middle = (low + high) / 2
        if probability(below: square, if: -expm1(-middle)) > target { low = middle } else { high = middle }
      }
      return -expm1(-(low + high) / 2)
    }
    return (end(1 - tail), end(tail))
  }
}
