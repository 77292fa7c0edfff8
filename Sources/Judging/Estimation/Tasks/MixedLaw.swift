// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import Gaussian
import SeededRuns

/// Distributions with classes, counts or atoms whose mutual information is known to 1e-12.
enum MixedLaw: Sendable {
  /// x uniform on 0 … m − 1, y = x + a uniform number of (0, 2) (Gao and others 2017).
  case uniformPlusNoise(values: Int)
  /// y a class, in each of which x is normal with variance 1, the same for every column but for independent noise.
  ///
  /// With two columns the class is a pair of classes, each told by one column.
  case classes(means: [Double], weights: [Double], columns: Int)
  /// (x, y) = (0, 0) with probability `zero`, else bivariate normal with means 5 and variances 1.
  case zeroInflatedNormal(zero: Double, correlation: Double)
  /// x exponential, y = 0 with probability `zero`, else Poisson with mean x.
  case zeroInflatedPoisson(zero: Double)
  /// x uniform on 0 … m − 1, y = x with probability `kept`, else uniform on the same.
  case channel(values: Int, kept: Double)
  /// x = a + b, y = b + c with a, b, c uniform on 0 … m − 1.
  case sums(values: Int)
  /// x = 5, y normal.
  case constant

  var xDimension: Int { if case .classes(_, _, let columns) = self { columns } else { 1 } }

  /// The formula, and its value in nats.
  var truth: (formula: String, nats: Double) {
    switch self {
    case .uniformPlusNoise(let m):
      ("ln \(m) − \(m - 1)/\(m)·ln 2", log(Double(m)) - Double(m - 1) / Double(m) * log(2))
    case .classes(let means, let weights, let columns):
      (
        "\(columns == 1 ? "" : "\(columns)·")(h(x) − ½ ln 2πe), x a mixture of normals",
        Double(columns) * MixedLaw.classInformation(means, weights)
      )
    case .zeroInflatedNormal(let p, let rho):
      (
        "H(p) − (1 − p)/2·ln(1 − ρ²), p = \(p), ρ = \(rho)",
        -p * log(p) - (1 - p) * log(1 - p) - (1 - p) / 2 * log(1 - rho * rho)
      )
    case .zeroInflatedPoisson(let p):
      ("Σ over y of ∫ p(x, y) ln p(y | x)/p(y) dx, p = \(p)", MixedLaw.poissonInformation(p))
    case .channel, .sums: ("Σ p(x, y) ln p(x, y)/(p(x) p(y))", MixedLaw.information(cells))
    case .constant: ("0", 0)
    }
  }

  /// I = h(x) − ½ ln 2πe for variance 1 in every class, by the trapezoidal rule, which converges exponentially here.
  private static func classInformation(_ means: [Double], _ weights: [Double]) -> Double {
    let (step, from, to) = (1 / 32.0, (means.min() ?? 0) - 14, (means.max() ?? 0) + 14)
    var entropy = CompensatedSum()
    for i in 0...Int((to - from) / step) {
      let x = from + Double(i) * step
      var density = 0.0
      for (mean, weight) in zip(means, weights) { density += weight * exp(-(mean - x) * (mean - x) / 2) }
      density /= (2 * Double.pi).squareRoot()
      if density > 0 { entropy.add(-step * density * log(density)) }
    }
    return entropy.value - 0.5 * (1 + log(2 * .pi))
  }

  /// With q = 1 − p: y = 0 gives ∫ₚ¹ v ln v dv/q − P(0) ln P(0); y ≥ 1 gives q2⁻ʸ⁻¹[−(y + 1)/2 + y(ψ(y + 1) − ln 2) − ln y! + (y + 1) ln 2].
  private static func poissonInformation(_ p: Double) -> Double {
    let q = 1 - p
    let zero = p + q / 2
    var sum = CompensatedSum()
    let logarithmic = p == 0 ? 0 : p * p * log(p) / 2
    sum.add((p * p / 4 - 0.25 - logarithmic) / q - zero * log(zero))
    for y in 1...80 {
      let n = Double(y)
      let meanLogarithm = gsl_sf_psi(n + 1) - log(2)
      let logRatio: Double = n * meanLogarithm - (n + 1) / 2 - lgamma(n + 1) + (n + 1) * log(2)
      sum.add(q * pow(2, -n - 1) * logRatio)
    }
    return sum.value
  }

  /// The probabilities of the pairs of whole numbers.
  private var cells: [[Double]] {
    switch self {
    case .channel(let m, let kept):
      (0..<m).map { x in (0..<m).map { ($0 == x ? kept : 0) / Double(m) + (1 - kept) / Double(m * m) } }
    case .sums(let m):
      (0...2 * m - 2).map { x in
        (0...2 * m - 2).map { y in
          let ways = (0..<m).count { (0..<m).contains(x - $0) && (0..<m).contains(y - $0) }
          return Double(ways) / Double(m * m * m)
        }
      }
    default: []
    }
  }

  private static func information(_ cells: [[Double]]) -> Double {
    let ofX = cells.map { $0.reduce(0, +) }
    let ofY = (cells.first ?? []).indices.map { y in cells.reduce(0) { $0 + $1[y] } }
    var sum = CompensatedSum()
    for (x, row) in cells.enumerated() {
      for (y, p) in row.enumerated() where p > 0 { sum.add(p * log(p / (ofX[x] * ofY[y]))) }
    }
    return sum.value
  }

  /// `count` rows of (x, y), one after the other.
  func rows(_ count: Int, seed: UInt64, stream: UInt64) -> [Double] {
    var bits = RandomSource(seed: seed, index: stream)
    let normals = NormalSource(seed: seed, index: stream ^ 0x5A5A)
    func uniform() -> Double { Double.random(in: 0..<1, using: &bits) }
    return (0..<count).flatMap { _ -> [Double] in
      switch self {
      case .uniformPlusNoise(let m):
        let x = Double(bits.integer(in: 0...m - 1))
        return [x, x + 2 * uniform()]
      case .classes(let means, let weights, let columns):
        let own = (0..<columns).map { _ in MixedLaw.place(of: uniform(), in: weights) }
        return own.map { means[$0] + normals.normal() } + [own.reduce(0) { $0 * Double(means.count) + Double($1) }]
      case .zeroInflatedNormal(let p, let rho):
        let (isZero, x, noise) = (uniform() < p, normals.normal(), normals.normal())
        return isZero ? [0, 0] : [5 + x, 5 + rho * x + (1 - rho * rho).squareRoot() * noise]
      case .zeroInflatedPoisson(let p):
        let (x, isZero) = (-log(1 - uniform()), uniform() < p)
        // The number of exponential waiting times that fit into x.
        var (events, time) = (0, -log(1 - uniform()))
        while time < x {
          events += 1
          time -= log(1 - uniform())
        }
        return [x, isZero ? 0 : Double(events)]
      case .channel(let m, let kept):
        let (x, isKept, other) = (bits.integer(in: 0...m - 1), uniform() < kept, bits.integer(in: 0...m - 1))
        return [Double(x), Double(isKept ? x : other)]
      case .sums(let m):
        let (a, b, c) = (bits.integer(in: 0...m - 1), bits.integer(in: 0...m - 1), bits.integer(in: 0...m - 1))
        return [Double(a + b), Double(b + c)]
      case .constant: return [5, normals.normal()]
      }
    }
  }

  private static func place(of u: Double, in weights: [Double]) -> Int {
    var sum = 0.0
    for (place, weight) in weights.enumerated().dropLast() {
      sum += weight
      if u < sum { return place }
    }
    return weights.count - 1
  }
}
