// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Distillation
import ExactAlgebra
import Gaussian
import TestSupport
import Testing

@testable import Students

/// The standardized estimation errors of many least-squares students, drawn in one of both ways.
private func errors(_ instance: Instance, by sampling: StudySettings.Sampling, count: Int, seed: UInt64) throws
  -> [[Double]]
{
  let n = try #require(instance.n)
  let source = try ReplicateSource(instance, n: n, lambdas: [1], StudySettings(sampling: sampling))
  return try (0..<count).map { index in
    let regression = try #require(try source.replicate(seed: seed, index: index).regression)
    return source.population.standardizedError(of: regression)
  }
}

/// The largest distance of the distribution function of `values` from `cdf` (Kolmogorov's statistic).
private func distance(_ values: [Double], from cdf: (Double) -> Double) -> Double {
  let n = Double(values.count)
  return values.sorted().enumerated().reduce(0.0) { largest, item in
    let expected = cdf(item.element)
    return max(largest, expected - Double(item.offset) / n, Double(item.offset + 1) / n - expected)
  }
}

@Suite struct SamplingTests {
  private static let count = 3_000
  /// By the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant a distribution function of N values is
  /// farther than √(ln(2/δ)/2N) from its own with probability at most δ, here 1e-11.
  private static let limit = (26.03 / Double(2 * count)).squareRoot()

  /// Both ways of sampling give the exact law of the student's error.
  ///
  /// Each coordinate is Student-t with ν = n − p2 + 1 degrees of freedom over √ν, and the squared norm a ratio of chi-squared
  /// numbers. 24 statistics at 1e-11: false alarm below 2.4e-10.
  @Test(arguments: [(2, 5), (4, 9), (3, 40)]) func bothWaysGiveTheExactLaw(p2: Int, n: Int) throws {
    var source = testSource(31 + n)
    let instance = try Instance(
      sigma: source.positiveDefinite(2 + p2 + 1), p1: 2, p2: p2, w1: .column([1, -2]), n: n)
    let degrees = Double(n - p2 + 1)
    for sampling in StudySettings.Sampling.allCases {
      let errors = try errors(instance, by: sampling, count: Self.count, seed: UInt64(n))
      for column in 0..<2 {
        let first = errors.map { $0[column * p2] * degrees.squareRoot() }
        #expect(distance(first) { gsl_cdf_tdist_P($0, degrees) } < Self.limit, "\(sampling)")
        let norms = errors.map { $0[(column * p2)..<((column + 1) * p2)].reduce(0) { $0 + $1 * $1 } }
        let law = distance(norms) { gsl_cdf_beta_P($0 / (1 + $0), Double(p2) / 2, degrees / 2) }
        #expect(law < Self.limit, "\(sampling)")
      }
    }
  }

  /// The same distribution of ŵ(λ) and of its risk by rows and by Wishart draws, q = 2: two-sample Kolmogorov distances
  /// below twice the one-sample limit, 5 statistics: false alarm below 1e-10.
  @Test func bothWaysAgreeForTwoLabels() throws {
    var source = testSource(77)
    let (p2, n) = (3, 8)
    let instance = try Instance(
      sigma: source.positiveDefinite(2 + p2 + 2), p1: 2, p2: p2, q: 2, w1: source.invertible(2), n: n)
    let samples = try StudySettings.Sampling.allCases.map { sampling in
      let students = try ReplicateSource(instance, n: n, lambdas: [Rational(1, 2)], StudySettings(sampling: sampling))
      return try (0..<Self.count).map { index -> [Double] in
        let weights = try students.replicate(seed: 5, index: index).students[0]
        return [
          weights[0], weights[p2 - 1], weights[p2], weights[2 * p2 - 1], students.population.excessRisk(of: weights),
        ]
      }
    }
    for statistic in 0..<5 {
      let (a, b) = (samples[0].map { $0[statistic] }, samples[1].map { $0[statistic] }.sorted())
      let step = distance(a) { value in
        var (low, high) = (0, b.count)
        while low < high {
          let middle = (low + high) / 2
          if b[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(b.count)
      }
      #expect(step < 2 * Self.limit)
    }
  }

  /// A wrong number of degrees of freedom would be seen.
  @Test func aWrongLawIsSeen() throws {
    let errors = try errors(try RandomStudent.instance(n: 9), by: .wishart, count: Self.count, seed: 1)
    let norms = errors.map { $0[..<4].reduce(0) { $0 + $1 * $1 } }
    for degrees in [4.0, 8] {
      #expect(distance(norms) { gsl_cdf_beta_P($0 / (1 + $0), 2, degrees / 2) } > Self.limit)
    }
    #expect(distance(norms) { gsl_cdf_beta_P($0 / (1 + $0), 2, 3) } < Self.limit)
  }

  @Test func sameStreamSameSample() throws {
    let instance = try RandomStudent.instance(n: 12)
    let population = try Population(instance)
    let rows = population.factor.rows(20, from: NormalSource(seed: 3, index: 4))
    #expect(rows == population.factor.rows(20, from: NormalSource(seed: 3, index: 4)))
    #expect(rows != population.factor.rows(20, from: NormalSource(seed: 3, index: 5)))
    #expect(rows != population.factor.rows(20, from: NormalSource(seed: 4, index: 4)))
  }

  /// Population quantities in double precision against the exact ones.
  @Test(arguments: 0..<10) func populationAgainstExactMoments(index: Int) throws {
    var source = testSource(500 + index)
    let q = 1 + index % 2
    let (p1, p2) = (source.integer(in: q...4), source.integer(in: 1...5))
    let sigma = source.positiveDefinite(p1 + p2 + q)
    let instance = try Instance(
      sigma: sigma, p1: p1, p2: p2, q: q,
      w1: source.matrix(p1, q) + RationalMatrix(rows: p1, columns: q) { $0 == $1 ? 7 : 0 })
    let population = try Population(instance)
    let moments = Moments(instance)
    #expect(agree(population.residualVariance, moments.residualVariance.asDouble, relative: 1e-10))
    let best = instance.optimalStudent.transposed.values.joined().map(\.asDouble)
    for (a, b) in zip(population.optimalStudent, best) { #expect(abs(a - b) < 1e-10 * (1 + abs(b))) }
    let weights = source.matrix(p2, q)
    let gap = weights - instance.optimalStudent
    let excess = (gap.transposed * sigma.selecting(instance.x2) * gap).trace.asDouble
    let flat = weights.transposed.values.joined().map(\.asDouble)
    #expect(agree(population.excessRisk(of: flat), excess, relative: 1e-9))
  }
}

/// Instances for tests.
enum RandomStudent {
  /// p1 = 2, p2 = 4, q = 1.
  static func instance(n: Int, index: Int = 0) throws -> Instance {
    var source = testSource(900 + index)
    return try Instance(sigma: source.positiveDefinite(7), p1: 2, p2: 4, w1: .column([1, -1]), n: n)
  }
}
