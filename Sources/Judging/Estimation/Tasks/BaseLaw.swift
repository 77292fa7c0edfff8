// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import ExactAlgebra
import Foundation
import Gaussian
import SeededRuns

/// The distributions that tasks are made from.
enum BaseLaw: Sendable {
  /// N(0, Σ) of the vector (x, y).
  case gaussian(GaussianLaw)
  /// Student's t distribution of (x, y) with whole degrees of freedom and dispersion 1.
  case student(xDimension: Int, yDimension: Int, degrees: Int)
  /// y = x + u with x uniform on (0, 1) and u on (−ε, ε).
  case additiveNoise(epsilon: Rational)
  /// A law with classes, counts or atoms.
  case mixed(MixedLaw)

  var xDimension: Int {
    switch self {
    case .gaussian(let law): law.xDimension
    case .student(let dimension, _, _): dimension
    case .additiveNoise: 1
    case .mixed(let law): law.xDimension
    }
  }

  var yDimension: Int {
    switch self {
    case .gaussian(let law): law.factor.dimension - law.xDimension
    case .student(_, let dimension, _): dimension
    case .additiveNoise, .mixed: 1
    }
  }

  var isGaussian: Bool { if case .gaussian = self { true } else { false } }

  var truth: EstimationTask.Truth {
    switch self {
    case .gaussian(let law): .exact(law.information)
    case .student(let p, let q, let degrees):
      .closedForm(
        "f(\(degrees)) + f(\(degrees + p + q)) − f(\(degrees + p)) − f(\(degrees + q)), f(x) = ln Γ(x/2) − (x/2)ψ(x/2)",
        nats: BaseLaw.studentInformation(p, q, degrees: degrees))
    case .additiveNoise(let epsilon):
      epsilon > Rational(1, 2)
        ? .closedForm("1/(4ε), ε = \(epsilon)", nats: (1 / (4 * epsilon)).asDouble)
        : .closedForm("ε + ln(1/(2ε)), ε = \(epsilon)", nats: epsilon.asDouble - log(2 * epsilon.asDouble))
    case .mixed(let law): .closedForm(law.truth.formula, nats: law.truth.nats)
    }
  }

  /// Arellano-Valle, Contreras-Reyes & Genton (2013).
  ///
  /// Not 0 although x and y are uncorrelated: they share their scale.
  private static func studentInformation(_ p: Int, _ q: Int, degrees: Int) -> Double {
    func f(_ x: Int) -> Double {
      let half = Double(x) / 2
      return lgamma(half) - half * gsl_sf_psi(half)
    }
    return f(degrees) + f(degrees + p + q) - f(degrees + p) - f(degrees + q)
  }

  /// `count` rows of (x, y), one after the other.
  func rows(_ count: Int, seed: UInt64, stream: UInt64) -> [Double] {
    switch self {
    case .mixed(let law): return law.rows(count, seed: seed, stream: stream)
    case .gaussian(let law): return law.factor.rows(count, from: NormalSource(seed: seed, index: stream))
    case .student(let p, let q, let degrees):
      let normals = NormalSource(seed: seed, index: stream)
      return (0..<count).flatMap { _ in
        let row = normals.normals(p + q)
        let scale = (normals.chiSquared(degrees) / Double(degrees)).squareRoot()
        return row.map { $0 / scale }
      }
    case .additiveNoise(let epsilon):
      var bits = RandomSource(seed: seed, index: stream)
      let width = epsilon.asDouble
      return (0..<count).flatMap { _ in
        let x = Double.random(in: 0..<1, using: &bits)
        return [x, x + Double.random(in: -width..<width, using: &bits)]
      }
    }
  }
}

/// A joint Gaussian of (x, y): its exact information and the factor that samples it.
struct GaussianLaw: Sendable {
  let xDimension: Int
  let information: HalfLogarithm
  let factor: CovarianceFactor

  /// N(0, Σ), x the first coordinates.
  ///
  /// - Throws: `GaussianError` where Σ is singular or there is no y.
  init(_ covariance: RationalMatrix, xDimension: Int) throws(GaussianError) {
    self.xDimension = xDimension
    information = try covariance.mutualInformation(Array(0..<xDimension), Array(xDimension..<covariance.rows))
    factor = try CovarianceFactor(covariance)
  }
}
