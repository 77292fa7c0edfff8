// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import Gaussian

/// The law of the rules' statistics for samples of one instance, q = 1.
///
/// The statistics do not change under linear maps of x2. In coordinates in which Σ22 = 1, s lies along the first and the
/// rest of vᵀx2 along the second axis, so that only two directions of x2 matter; the others come in by the number of them.
struct DecisionModel: Sendable {
  let p2: Int
  /// The parts of t and y along the first two axes of x2.
  let t, y: [Double]
  /// F, lower triangular, with FFᵀ = cov(t, y | x2).
  let noise: (tt: Double, yt: Double, yy: Double)

  init(_ population: Population) {
    p2 = population.p2
    var columns = population.regression
    population.multiplyTransposed(&columns)
    let (teacher, label) = (columns[..<p2], columns[p2...])
    func dot(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let length = dot(label, label).squareRoot()
    let along = length > 0 ? dot(teacher, label) / length : 0
    let across = zip(teacher, label).reduce(0.0) { sum, pair in
      let rest = pair.0 - (length > 0 ? along / length * pair.1 : 0)
      return sum + rest * rest
    }
    t = [along, p2 > 1 ? across.squareRoot() : 0]
    y = [length, 0]
    let factor = population.noiseFactor
    noise = (factor[0], factor[2], factor[3])
  }

  /// The statistics of the population.
  var population: DecisionStatistics { DecisionStatistics(t: t, y: y, rest: noise) }

  /// The statistics of a sample of `rows` rows less their mean: Bartlett's factor of a Wishart matrix of rows − 1 degrees of
  /// freedom, of which a dozen random numbers matter whatever p2.
  func sample(rows: Int, from normals: NormalSource) -> DecisionStatistics {
    let degrees = rows - 1
    let first = normals.chiSquared(degrees).squareRoot()
    var (low, second) = (0.0, 0.0)
    if p2 > 1 { (low, second) = (normals.normal(), normals.chiSquared(degrees - 1).squareRoot()) }
    func along(_ m: [Double], _ axis: Int) -> Double {
      axis == 0 ? m[0] * first + m[1] * low : m[1] * second
    }
    var (ofT, ofY) = ([Double](), [Double]())
    func append(_ t: Double, _ y: Double, _ g: (Double, Double)) {
      ofT.append(t + noise.tt * g.0)
      ofY.append(y + noise.yt * g.0 + noise.yy * g.1)
    }
    for axis in 0..<min(p2, 2) { append(along(t, axis), along(y, axis), (normals.normal(), normals.normal())) }
    // The noises in the p2 − 2 directions that do not matter: again a Wishart matrix, 2 × 2.
    if p2 > 2 { append(0, 0, (normals.chiSquared(p2 - 2).squareRoot(), normals.normal())) }
    if p2 > 3 { append(0, 0, (0, normals.chiSquared(p2 - 3).squareRoot())) }
    let (a, b, e) = (
      normals.chiSquared(degrees - p2).squareRoot(), normals.normal(), normals.chiSquared(degrees - p2 - 1).squareRoot()
    )
    return DecisionStatistics(
      t: ofT, y: ofY, rest: (noise.tt * a, noise.yt * a + noise.yy * b, noise.yy * e))
  }
}
