// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Foundation

/// A figure of a least-squares student as a function of its estimation error: constant + ⟨linear, U⟩ + tr(quadratic·UᵀU).
///
/// U, p2 × m, holds the errors of the regressions of (t, y) on x2 in coordinates in which x2 and the m = 2q noises are
/// uncorrelated with variance 1. R̂(λ), R̂(λ) − R̂(0), the slope and the limit for λ → ∞ are all of this form.
struct ErrorQuadratic: Sendable {
  /// What does not depend on the error.
  var constant: Double
  /// p2 × m, column by column.
  var linear: [Double]
  /// m × m, symmetric.
  var quadratic: [Double]

  static func + (a: ErrorQuadratic, b: ErrorQuadratic) -> ErrorQuadratic {
    ErrorQuadratic(
      constant: a.constant + b.constant, linear: zip(a.linear, b.linear).map(+),
      quadratic: zip(a.quadratic, b.quadratic).map(+))
  }

  static func * (factor: Double, a: ErrorQuadratic) -> ErrorQuadratic {
    ErrorQuadratic(
      constant: factor * a.constant, linear: a.linear.map { factor * $0 }, quadratic: a.quadratic.map { factor * $0 })
  }
}

/// The excess risk of a least-squares student as a polynomial of the mixing weight α = λ/(1+λ).
///
/// In whitened coordinates label j contributes ‖αbⱼ + U((1−α)fyⱼ + αftⱼ)‖², b = L22ᵀ(v−w*), f the rows of F.
struct ExcessRiskPolynomial: Sendable {
  /// The coefficients of 1, α and α².
  let coefficients: [ErrorQuadratic]

  init(_ population: Population) {
    let (p2, q) = (population.p2, population.q)
    let m = 2 * q
    var gap = (0..<(p2 * q)).map { population.regression[$0] - population.regression[p2 * q + $0] }
    population.multiplyTransposed(&gap)
    let zero = ErrorQuadratic(
      constant: 0, linear: [Double](repeating: 0, count: p2 * m), quadratic: [Double](repeating: 0, count: m * m))
    var coefficients = [zero, zero, zero]
    for j in 0..<q {
      let gap = gap[(j * p2)..<((j + 1) * p2)]
      func row(_ i: Int) -> [Double] { Array(population.noiseFactor[(i * m)..<((i + 1) * m)]) }
      let (start, change) = (row(q + j), zip(row(j), row(q + j)).map(-))
      func outer(_ a: [Double], _ b: [Double]) -> [Double] { a.flatMap { x in b.map { x * $0 } } }
      func linear(_ f: [Double]) -> [Double] { f.flatMap { x in gap.map { 2 * x * $0 } } }
      let terms = [
        ErrorQuadratic(constant: 0, linear: zero.linear, quadratic: outer(start, start)),
        ErrorQuadratic(
          constant: 0, linear: linear(start), quadratic: zip(outer(start, change), outer(change, start)).map(+)),
        ErrorQuadratic(
          constant: gap.reduce(0) { $0 + $1 * $1 }, linear: linear(change), quadratic: outer(change, change)),
      ]
      coefficients = zip(coefficients, terms).map(+)
    }
    self.coefficients = coefficients
  }

  /// The excess risk at α.
  func value(at alpha: Double) -> ErrorQuadratic {
    coefficients[0] + alpha * (coefficients[1] + alpha * coefficients[2])
  }

  /// The excess risk at α less that at 0.
  func change(at alpha: Double) -> ErrorQuadratic { alpha * (coefficients[1] + alpha * coefficients[2]) }

  /// The derivative at α = 0, which is that at λ = 0.
  var slope: ErrorQuadratic { coefficients[1] }
}

/// Takes the heavy tail out of a figure: a control variate whose mean is known exactly.
///
/// Along the axes of the quadratic form the figure is a sum over columns u of U of ℓᵀu + θ‖u‖². The part of columns with
/// ‖u‖² above the cut of ``ErrorNorm`` is taken out, and its exact mean θE[r; r > cut] put in: what is left has the same
/// mean, is bounded, and has a variance below ``variance`` for every n for which the mean exists.
struct TailControl: Sendable {
  /// An upper bound of the variance of the controlled figure.
  let variance: Double
  /// An upper bound of its distance from its mean.
  let bound: Double
  /// The mean of the part that is taken out.
  let tailMean: Double
  private let axes: [(direction: [Double], theta: Double, linear: [Double])]
  private let cut: Double

  init(_ figure: ErrorQuadratic, _ norm: ErrorNorm) {
    let p2 = norm.inputs
    let m = figure.linear.count / p2
    var (directions, thetas) = (figure.quadratic, [Double](repeating: 0, count: m))
    LAPACKE_dsyev(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(m), &directions, Int32(m), &thetas)
    var axes: [(direction: [Double], theta: Double, linear: [Double])] = []
    var (deviation, bound, tail) = (0.0, 0.0, 0.0)
    for k in 0..<m {
      let direction = Array(directions[(k * m)..<((k + 1) * m)])
      let linear = (0..<p2).map { row in
        (0..<m).reduce(0) { $0 + figure.linear[$1 * p2 + row] * direction[$1] }
      }
      let length = linear.reduce(0) { $0 + $1 * $1 }
      // E(ℓᵀu)² = |ℓ|² E r/p2, as u is spherical; it is uncorrelated with r. Columns are dependent: deviations add up.
      deviation += (length * norm.mean / Double(p2) + thetas[k] * thetas[k] * norm.variance).squareRoot()
      bound += (length * norm.cut).squareRoot() + abs(thetas[k]) * norm.cut
      tail += thetas[k] * norm.tailMean
      axes.append((direction, thetas[k], linear))
    }
    (variance, self.bound, tailMean, cut, self.axes) = (deviation * deviation, bound, tail, norm.cut, axes)
  }

  /// What to subtract from the figure of a student whose error is `error` (p2 × m, column by column).
  ///
  /// Its mean is 0.
  func correction(_ error: [Double]) -> Double {
    let m = axes.count
    let p2 = error.count / m
    var removed = 0.0
    for axis in axes {
      var column = [Double](repeating: 0, count: p2)
      cblas_dgemv(
        CblasColMajor, CblasNoTrans, Int32(p2), Int32(m), 1, error, Int32(p2), axis.direction, 1, 0, &column, 1)
      let norm = cblas_ddot(Int32(p2), column, 1, column, 1)
      guard norm > cut else { continue }
      removed += cblas_ddot(Int32(p2), axis.linear, 1, column, 1) + axis.theta * norm
    }
    return removed - tailMean
  }
}
