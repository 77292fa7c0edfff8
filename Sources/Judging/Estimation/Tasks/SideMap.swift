// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// A one-to-one, smooth map of one side, which keeps every mutual information.
enum SideMap: Sendable {
  /// Φ(z), in every coordinate: uniform from normal.
  case normalCDF
  /// x·|x|^½, in every coordinate.
  case halfCube
  /// asinh x, in every coordinate.
  case asinh
  /// x + Σ aₖ sin(bₖx + cₖ), increasing, in every coordinate.
  case wiggly([(amplitude: Double, frequency: Double, phase: Double)])
  /// The quantiles of a mixture of two unit normals: bimodal from normal, in every coordinate.
  case bimodal(weight: Double, low: Double, high: Double)
  /// The plane spiral (t cos t, t sin t)/21, t = 3π/2·(1 + 2u), of one number u in (0, 1).
  case swissRoll
  /// A rotation of the plane of two coordinates by the angle speed·‖x‖².
  case spiral(plane: (Int, Int), speed: Double)

  /// The number of coordinates that `dimension` become.
  func dimension(of dimension: Int) -> Int { if case .swissRoll = self { 2 } else { dimension } }

  func callAsFunction(_ x: [Double]) -> [Double] {
    switch self {
    case .normalCDF: return x.map { gsl_cdf_ugaussian_P($0) }
    case .halfCube: return x.map { $0 * abs($0).squareRoot() }
    case .asinh: return x.map { Foundation.asinh($0) }
    case .wiggly(let waves):
      return x.map { x in waves.reduce(x) { $0 + $1.amplitude * sin($1.frequency * x + $1.phase) } }
    case .bimodal(let weight, let low, let high):
      return x.map { NormalMixture(weight: weight, low: low, high: high).quantile(ofNormal: $0) }
    case .swissRoll:
      let t = 1.5 * Double.pi * (1 + 2 * x[0])
      return [t * cos(t) / 21, t * sin(t) / 21]
    case .spiral((let i, let j), let speed):
      let angle = speed * x.reduce(0) { $0 + $1 * $1 }
      var rotated = x
      rotated[i] = cos(angle) * x[i] - sin(angle) * x[j]
      rotated[j] = sin(angle) * x[i] + cos(angle) * x[j]
      return rotated
    }
  }
}

/// The mixture weight·N(low, 1) + (1 − weight)·N(high, 1).
private struct NormalMixture {
  let weight: Double
  let low: Double
  let high: Double

  /// The x with F(x) = Φ(z), by bisection down to neighbouring numbers.
  ///
  /// F lies between Φ(x − high) and Φ(x − low), so x lies between z + low and z + high. Above the median the upper tails
  /// are compared, which keep their digits.
  func quantile(ofNormal z: Double) -> Double {
    let tail = z < 0 ? gsl_cdf_ugaussian_P : gsl_cdf_ugaussian_Q
    let target = tail(z)
    var (a, b) = (z + low, z + high)
    while true {
      let middle = a + (b - a) / 2
      guard a < middle, middle < b else { return middle }
      let value = weight * tail(middle - low) + (1 - weight) * tail(middle - high)
      if (value < target) == (z < 0) { a = middle } else { b = middle }
    }
  }
}
