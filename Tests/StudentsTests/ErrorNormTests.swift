// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Gaussian
import Statistics
import Testing

@testable import Students

/// The law of the squared error and the test that rests on it.
@Suite struct ErrorNormTests {
  /// The parts below and above the cut add up to the exact mean p2/(n−p2−1), and where it exists, to the second moment.
  @Test(arguments: [1, 4, 60], [2, 3, 4, 5, 30, 10_000, 9_999_000]) func partsAddUp(inputs: Int, more: Int) {
    let rows = inputs + more
    let norm = ErrorNorm(rows: rows, inputs: inputs)
    let k = Double(inputs) / Double(more - 1)
    #expect(abs(norm.mean + norm.tailMean - k) < 1e-6 * k)
    #expect(norm.tailMean > 0 && norm.tailMean < (more == 2 ? 0.35 : 0.15) * k)
    #expect(norm.cut.isFinite && norm.cut > k && norm.variance.isFinite && norm.variance > 0)
    let share = gsl_cdf_beta_Q(norm.cut / (1 + norm.cut), Double(inputs) / 2, Double(more + 1) / 2)
    #expect(abs(share / ErrorNorm.tailProbability - 1) < 1e-6)
    guard more >= 30 else { return }
    // E r² = p2(p2+2)/((ν−2)(ν−4)), of which the tail is a small part.
    let (p, nu) = (Double(inputs), Double(more + 1))
    let second = p * (p + 2) / ((nu - 2) * (nu - 4))
    #expect(norm.secondMoment < second && norm.secondMoment > 0.9 * second)
  }

  /// The second moment below the cut by integration, where no closed form is at hand, against simulated ratios.
  @Test(arguments: [(1, 3), (3, 5), (4, 7)]) func secondMomentAgainstSimulation(inputs: Int, rows: Int) {
    let norm = ErrorNorm(rows: rows, inputs: inputs)
    let normals = NormalSource(seed: 21)
    var (squares, values) = (RunningMoments(), RunningMoments())
    for _ in 0..<40_000 {
      let r = normals.chiSquared(inputs) / normals.chiSquared(norm.degrees)
      squares.add(r <= norm.cut ? r * r : 0)
      values.add(r <= norm.cut ? r : 0)
    }
    // Bounded by the square of the cut, but skewed: nine standard errors.
    #expect(abs(squares.mean - norm.secondMoment) < 9 * squares.standardError)
    #expect(abs(values.mean - norm.mean) < 9 * values.standardError)
  }

  /// Bennett's bound: never below the exact tail of a sum of coins, and its threshold inverts it.
  @Test func bennettsInequality() {
    let test = MeanTest(variance: 0.25, bound: 0.5)
    for (count, excess) in [(10, 4), (100, 20), (1_000, 60)] {
      let exact = 2 * gsl_cdf_binomial_Q(UInt32(count / 2 + excess - 1), 0.5, UInt32(count))
      let bound = test.probability(ofDistance: Double(excess) / Double(count), replicates: count)
      #expect(bound >= exact && bound < 1)
    }
    for level in [0.1, 1e-6, 1e-12] {
      let distance = test.threshold(level: level, replicates: 500)
      #expect(abs(test.probability(ofDistance: distance, replicates: 500) / level - 1) < 1e-6)
    }
    #expect(test.probability(ofDistance: .nan, replicates: 10) == 0)
    #expect(MeanTest(variance: .infinity, bound: 1).probability(ofDistance: 5, replicates: 10) == 1)
  }
}
