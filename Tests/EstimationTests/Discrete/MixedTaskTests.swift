// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Estimation

/// Tasks with classes, counts and atoms: their truths by a second computation, and estimators that come close to them.
@Suite struct MixedTaskTests {
  private func truth(_ id: String) throws -> Double {
    try #require(EstimationTask.mixed.first { $0.id == id }).nats
  }

  /// H(Y) − E H(Y | x) for classes of normals, by Gauss and Legendre's rule on short intervals.
  @Test func classTruths() throws {
    func information(_ means: [Double], _ weights: [Double]) -> Double {
      let entropy = weights.reduce(0) { $0 - $1 * log($1) }
      return entropy
        - gaussLegendre(from: -18, to: 18, pieces: 360) { x in
          let joint = zip(means, weights).map { $1 * exp(-(x - $0) * (x - $0) / 2) / sqrt(2 * Double.pi) }
          let density = joint.reduce(0, +)
          return joint.reduce(0) { $0 - ($1 > 0 ? $1 * log($1 / density) : 0) }
        }
    }
    let two = information([-1, 1], [0.5, 0.5])
    #expect(try abs(truth("class-normal-2") - two) < 1e-12 && abs(truth("class-normal-2x2") - 2 * two) < 1e-12)
    #expect(try abs(truth("class-normal-3") - information([-3, 0, 2], [0.5, 0.3, 0.2])) < 1e-12)
    #expect(try abs(truth("class-rare") - information([0, 3], [0.97, 0.03])) < 1e-12)
    #expect(try abs(truth("class-independent")) < 1e-12)
    // The bit of a symmetric pair of normals of distance 2, known as the capacity of a binary input in Gaussian noise.
    #expect(abs(two / log(2) - 0.4859) < 1e-4)
  }

  /// Σ over y of ∫ p(x) p(y | x) ln p(y | x)/p(y) dx, the integral by Gauss and Legendre's rule.
  @Test func poissonTruth() throws {
    let p = 0.15
    func likelihood(_ y: Int, _ x: Double) -> Double {
      (1 - p) * exp(Double(y) * log(x) - x - lgamma(Double(y) + 1)) + (y == 0 ? p : 0)
    }
    let sum = (0...70).reduce(0.0) { sum, y in
      let marginal = (1 - p) * pow(2, -Double(y) - 1) + (y == 0 ? p : 0)
      // x = t⁴, so that logarithms at 0 do no harm.
      return sum
        + gaussLegendre(from: 0, to: 3.1, pieces: 400) { t in
          let (x, likelihood) = (t * t * t * t, likelihood(y, t * t * t * t))
          return likelihood > 0 ? 4 * t * t * t * exp(-x) * likelihood * log(likelihood / marginal) : 0
        }
    }
    #expect(try abs(truth("mixed-zero-inflated-poisson") - sum) < 1e-12)
    // Without inflation: 2 ln 2 − γ − Σ ln k 2⁻ᵏ.
    let plain =
      2 * log(2) - 0.577_215_664_901_532_9 - (2...80).reduce(0.0) { $0 + log(Double($1)) * pow(2, -Double($1)) }
    #expect(abs(MixedLaw.zeroInflatedPoisson(zero: 0).truth.nats - plain) < 1e-12)
  }

  /// By entropies of whole tables, and by splitting at the atom.
  @Test func otherTruths() throws {
    func entropy(_ weights: [Double]) -> Double { weights.reduce(0) { $0 - ($1 > 0 ? $1 * log($1) : 0) } }
    let (agree, differ) = (0.7 / 4 + 0.3 / 16, 0.3 / 16)
    let joint = 4 * entropy([agree]) + 12 * entropy([differ])
    #expect(try abs(truth("discrete-channel-4") - (2 * log(4) - joint)) < 1e-12)
    var (pairs, ones) = ([Int: Double](), [Int: Double]())
    for a in 0..<4 {
      for b in 0..<4 {
        ones[a + b, default: 0] += 1 / 16.0
        for c in 0..<4 { pairs[10 * (a + b) + b + c, default: 0] += 1 / 64.0 }
      }
    }
    #expect(
      try abs(truth("discrete-sums-4") - (2 * entropy(Array(ones.values)) - entropy(Array(pairs.values)))) < 1e-12)
    #expect(try abs(truth("discrete-independent")) < 1e-12 && truth("mixed-constant") == 0)
    // h(y) − ln 2, the density of y being a staircase: ¹/₂m on the two ends, ¹/m between.
    let m = 5.0
    #expect(try abs(truth("mixed-uniform-5") - (log(2 * m) / m + (m - 1) / m * log(m) - log(2))) < 1e-12)
    // What tells whether (x, y) is 0 is known from either: H(p) + (1 − p) I of the rest.
    #expect(try abs(truth("mixed-zero-inflated-normal") - (entropy([0.4, 0.6]) + 0.6 * -0.5 * log(1 - 0.64))) < 1e-12)
  }

  /// Estimates at 1,000 rows lie within 6 standard errors of the mean over 8 samples, and 0.02 nats and 3 % for bias: a false alarm has
  /// probability below 1e-6 at 7 degrees of freedom only if each were random; the seeds are fixed.
  @Test(arguments: EstimationTask.mixed.map(\.id)) func estimatesComeClose(_ id: String) throws {
    let task = try #require(EstimationTask.mixed.first { $0.id == id })
    let samples = try (0..<8).map { try task.sample(rows: 1_000, seed: UInt64(40 + $0)) }
    var estimators: [any MutualInformationEstimator] = [MixedKSG(), AutomaticEstimator()]
    if EstimationTask.classes.contains(where: { $0.id == id }) { estimators.append(Ross()) }
    if EstimationTask.discrete.contains(where: { $0.id == id }) { estimators += [Counts(), Ross()] }
    for estimator in estimators {
      let values = try samples.map { try estimator.estimate($0).nats }
      let mean = values.reduce(0, +) / 8
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7
      let allowed = 0.02 + 0.03 * task.nats + 6 * (variance / 8).squareRoot()
      #expect(abs(mean - task.nats) < allowed, "\(estimator.name): \(mean), truth \(task.nats)")
    }
    let sample = samples[0]
    #expect(try sample == task.sample(rows: 1_000, seed: 40) && sample.xDimension == task.xDimension)
  }

  /// Five points on each piece.
  private func gaussLegendre(from: Double, to: Double, pieces: Int, _ f: (Double) -> Double) -> Double {
    let (a, b) = (sqrt(5 - 2 * sqrt(10 / 7.0)) / 3, sqrt(5 + 2 * sqrt(10 / 7.0)) / 3)
    let (wa, wb) = ((322 + 13 * sqrt(70.0)) / 900, (322 - 13 * sqrt(70.0)) / 900)
    let nodes = [(0, 128 / 225.0), (a, wa), (-a, wa), (b, wb), (-b, wb)]
    let half = (to - from) / Double(pieces) / 2
    return (0..<pieces).reduce(0.0) { sum, piece in
      let middle = from + (2 * Double(piece) + 1) * half
      return nodes.reduce(sum) { $0 + half * $1.1 * f(middle + half * $1.0) }
    }
  }
}
