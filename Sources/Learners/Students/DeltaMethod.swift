// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The law of a statistic of a sample covariance for many rows: the delta method with its first correction.
///
/// Around the population a statistic is g + ΣΓE + ½EHE of the errors E of the covariance in whitened coordinates, whose entries
/// have variance 1/N, on the diagonal 2/N. This gives its bias, variance and skewness, and the Edgeworth expansion (Hall
/// 1992, section 2.3) its distribution up to an error of order 1/N. Derivatives are central differences.
struct DeltaMethod: Sendable {
  /// The population's value.
  let value: Double
  /// N times the bias, and N times the variance.
  let bias, variance: Double
  /// N² times the third cumulant.
  let skewness: Double
  /// What is subtracted from the number of rows to get N.
  let lost: Int

  /// The law of `rule` for samples of `model`.
  init(_ rule: DecisionRule, _ model: DecisionModel) {
    lost = rule.usesResidualsOnly ? model.p2 + 1 : 1
    // Directions of x2: those that matter, and one for all that do not, which have no gradient but a bias each.
    let inputs = rule.usesResidualsOnly ? 0 : min(model.p2, 3)
    let size = inputs + 2
    func statistic(_ error: [[Double]]) -> Double {
      rule.statistic(DeltaMethod.statistics(model, inputs: inputs, error: error))
    }
    let zero = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    let step = 1e-3
    let centre = statistic(zero)
    var gradient = zero
    var (bias, variance) = (0.0, 0.0)
    for i in 0..<size {
      for j in 0...i {
        func moved(_ h: Double) -> Double {
          var error = zero
          (error[i][j], error[j][i]) = (h, h)
          return statistic(error)
        }
        let (up, down) = (moved(step), moved(-step))
        let (slope, curvature) = ((up - down) / (2 * step), (up - 2 * centre + down) / (step * step))
        let spread = i == j ? 2.0 : 1
        let isIdle = { (index: Int) in inputs == 3 && index == 2 }
        let copies = isIdle(i) || isIdle(j) ? Double(model.p2 - 2) : 1
        bias += copies * spread * curvature / 2
        variance += spread * slope * slope
        (gradient[i][j], gradient[j][i]) = (i == j ? slope : slope / 2, i == j ? slope : slope / 2)
      }
    }
    func along(_ h: Double) -> Double { statistic(gradient.map { $0.map { 2 * h * $0 } }) }
    // A step of the size of the others, however long the gradient is.
    let length = max(gradient.joined().map(abs).max() ?? 0, 1e-12)
    let h = step / length
    let curvature = (along(h) - 2 * centre + along(-h)) / (h * h)
    var cube = 0.0
    for i in 0..<size {
      for j in 0..<size { for k in 0..<size { cube += gradient[i][j] * gradient[j][k] * gradient[k][i] } }
    }
    (value, self.bias, self.variance) = (centre, bias, variance)
    skewness = 8 * cube + 3 * curvature
  }

  /// The probability that the statistic of a sample of `rows` rows is above `threshold`.
  func probability(above threshold: Double, rows: Int) -> Double {
    let n = Double(rows - lost)
    guard variance > 0 else { return value > threshold ? 1 : 0 }
    let deviation = (variance / n).squareRoot()
    let z = (threshold - value) / deviation
    let shift = bias / n / deviation
    let skew = skewness / (n * n) / (6 * deviation * deviation * deviation)
    let below = gsl_cdf_ugaussian_P(z) - exp(-z * z / 2) / (2 * Double.pi).squareRoot() * (shift + skew * (z * z - 1))
    return min(1, max(0, 1 - below))
  }

  /// The statistics of the covariance L(1 + E)Lᵀ.
  private static func statistics(_ model: DecisionModel, inputs: Int, error: [[Double]]) -> DecisionStatistics {
    // Cholesky factor A of 1 + E; C = LA.
    let size = inputs + 2
    var a = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for j in 0..<size {
      for i in j..<size {
        let rest = (0..<j).reduce((i == j ? 1 : 0) + error[i][j]) { $0 - a[i][$1] * a[j][$1] }
        a[i][j] = i == j ? rest.squareRoot() : rest / a[j][j]
      }
    }
    let (t, y) = (inputs, inputs + 1)
    func pad(_ m: [Double]) -> [Double] { (0..<inputs).map { $0 < 2 ? m[$0] : 0 } }
    func row(_ m: [Double], _ tt: Double, _ yy: Double) -> [Double] {
      (0..<inputs).map { column in
        zip(m, 0..<inputs).reduce(tt * a[t][column] + yy * a[y][column]) { $0 + $1.0 * a[$1.1][column] }
      }
    }
    let noise = model.noise
    return DecisionStatistics(
      t: row(pad(model.t), noise.tt, 0), y: row(pad(model.y), noise.yt, noise.yy),
      rest: (noise.tt * a[t][t], noise.yt * a[t][t] + noise.yy * a[y][t], noise.yy * a[y][y]))
  }
}
