// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Estimation
import ExactAlgebra
import Foundation
import Gaussian
import Testing

/// The plug-in estimator against its exact law; all together raise a false alarm with probability below 1e-7.
@Suite struct PlugInLawTests {
  static let shapes = [(n: 5, p1: 1, p2: 1), (9, 2, 3), (12, 4, 4), (30, 1, 5)]

  /// Estimates from `count` independent samples of n rows of N(0, Σ).
  private func estimates(
    _ correction: GaussianPlugIn.Correction, _ covariance: RationalMatrix, p1: Int, n: Int, count: Int, seed: UInt64
  ) throws -> [Double] {
    let factor = try CovarianceFactor(covariance)
    let (normals, d) = (NormalSource(seed: seed), covariance.rows)
    return try (0..<count).map { _ in
      let rows = factor.rows(n, from: normals)
      let x = (0..<n).flatMap { rows[$0 * d..<$0 * d + p1] }
      let y = (0..<n).flatMap { rows[$0 * d + p1..<($0 + 1) * d] }
      return try GaussianPlugIn(correction: correction).estimate(
        PairedSample(x: x, xDimension: p1, y: y, yDimension: d - p1)
      ).nats
    }
  }

  /// At independence e^−2Î is Wilks's Λ, a product of independent Beta((n−p1−i)/2, p1/2), i = 1 … p2.
  ///
  /// So Var Î is
  /// ¼ Σ [ψ′((n−p1−i)/2) − ψ′((n−i)/2)], and the corrected mean is 0. 3,000 samples and 6.5 deviations: the tails of ln Λ
  /// are exponential, so that beyond lies less than 1e-9.
  @Test(arguments: shapes) func correctedIsUnbiasedAtIndependence(_ n: Int, _ p1: Int, _ p2: Int) throws {
    let values = try estimates(.digamma, .identity(p1 + p2), p1: p1, n: n, count: 3_000, seed: UInt64(n))
    let variance = (1...p2).reduce(0) { sum, i in
      sum + (gsl_sf_psi_1(Double(n - p1 - i) / 2) - gsl_sf_psi_1(Double(n - i) / 2)) / 4
    }
    #expect(abs(values.reduce(0, +) / 3_000) < 6.5 * (variance / 3_000).squareRoot())
    // The relative deviation of a variance from 3,000 values of kurtosis below 9 is below √(8/3000) = 0.052.
    let spread = values.reduce(0) { $0 + $1 * $1 } / 3_000
    #expect(abs(spread / variance - 1) < 7 * 0.052)
  }

  /// The whole law for p2 = 1, where e^−2Î is one Beta.
  ///
  /// Dvoretzky, Kiefer & Wolfowitz, with Massart's constant: the
  /// distance is beyond ε with probability at most 2e^(−2·2000·ε²) = 4.5e-9 for every true distribution.
  @Test(arguments: [(5, 1), (12, 3)]) func plainHasItsLaw(_ n: Int, _ p1: Int) throws {
    let values = try estimates(.none, .identity(p1 + 1), p1: p1, n: n, count: 2_000, seed: 11).sorted()
    let distance = values.enumerated().reduce(0.0) { distance, value in
      let law = gsl_cdf_beta_Q(exp(-2 * value.element), Double(n - p1 - 1) / 2, Double(p1) / 2)
      return max(distance, abs(law - Double(value.offset) / 2_000), abs(law - Double(value.offset + 1) / 2_000))
    }
    #expect(distance < 0.0705)
  }

  /// Under any joint Gaussian, here of correlations from −4/5 to 9/10; 7 estimated deviations of 3,000 values.
  @Test(arguments: shapes) func correctedIsUnbiased(_ n: Int, _ p1: Int, _ p2: Int) throws {
    let covariance = RationalMatrix(rows: p1 + p2, columns: p1 + p2) { i, j in
      i == j
        ? 1 : abs(i - j) == p1 ? (min(i, j) == 0 ? Rational(9, 10) : Rational(-4, 5)) / Rational(p2 > p1 ? 2 : 1) : 0
    }
    let truth = try covariance.mutualInformation(Array(0..<p1), Array(p1..<p1 + p2)).asDouble
    let values = try estimates(.digamma, covariance, p1: p1, n: n, count: 3_000, seed: 7 + UInt64(n))
    let mean = values.reduce(0, +) / 3_000
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2_999).squareRoot()
    #expect(truth > 0.1 && abs(mean - truth) < 7 * deviation / 3_000.0.squareRoot())
  }
}
