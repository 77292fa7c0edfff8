// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Estimation

@Suite struct DonskerVaradhanTests {
  private func scores(_ count: Int, seed: UInt64) -> [Double] {
    var source = RandomSource(seed: seed, index: 0)
    return (0..<count).map { _ in 3 * source.unit() - 1 }
  }

  /// The bound of n pairs and n products, as it stands in the paper.
  private func bound(_ scores: [Double]) -> Double {
    let n = scores.count / 2
    return scores[..<n].reduce(0, +) / Double(n) - log(scores[n...].map(exp).reduce(0, +) / Double(n))
  }

  private func gradient(_ scores: [Double], average: inout MovingLogMean) -> [Double] {
    var gradient = [Double](repeating: .nan, count: scores.count)
    scores.withUnsafeBufferPointer { scores in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let scores = scores.baseAddress, let start = gradient.baseAddress else { return }
        DonskerVaradhan.gradient(of: scores, count: gradient.count / 2, average: &average, into: start)
      }
    }
    return gradient
  }

  @Test func gradientAgreesWithDifferences() {
    let point = scores(14, seed: 1)
    // Without a memory the average is the batch's mean, and the gradient that of the bound.
    var average = MovingLogMean(decay: 0)
    for (i, slope) in gradient(point, average: &average).enumerated() {
      var (ahead, behind) = (point, point)
      ahead[i] += 1e-6
      behind[i] -= 1e-6
      #expect(abs(slope + (bound(ahead) - bound(behind)) / 2e-6) < 1e-9)
    }
  }

  @Test func gradientIsDividedByTheAverage() {
    // Means of e^T 2, then 6, decay ½: the second average is (½·2 + 6)/(½ + 1) = 14/3.
    var average = MovingLogMean(decay: 0.5)
    _ = gradient([0, log(2.0)], average: &average)
    let second = gradient([0, log(6.0)], average: &average)
    #expect(abs(second[1] - 6 / (14.0 / 3)) < 1e-14 && second[0] == -1)
  }

  @Test func movingAverageIsCorrectedForItsStart() {
    var average = MovingLogMean(decay: 0.99)
    #expect(abs(average.update(3) - 3) < 1e-12)
    var (sum, weight) = (0.01 * exp(3.0), 0.01)
    for (step, value) in scores(200, seed: 2).enumerated() {
      sum = 0.99 * sum + 0.01 * exp(value)
      weight = 1 - pow(0.99, Double(step + 2))
      #expect(abs(average.update(value) - log(sum / weight)) < 1e-10)
    }
    // e^2000 overflows; its logarithm does not.
    var large = MovingLogMean(decay: 0.5)
    _ = large.update(2000)
    #expect(abs(large.update(2000) - 2000) < 1e-9)
  }

  @Test func heldOutBoundAgreesWithLoops() {
    let (n, shifts) = (9, [1, 3, 4])
    let pairs = scores(n, seed: 3)
    let products = shifts.map { (shift: $0, scores: scores(n, seed: UInt64(10 + $0))) }
    let found = HeldOutBound(pairs: pairs, products: products)
    let all = products.flatMap { $0.scores.map(exp) }
    let mean = all.reduce(0, +) / Double(all.count)
    #expect(abs(found.nats - (pairs.reduce(0, +) / Double(n) - log(mean))) < 1e-12)
    // Influence of an observation: leave it out of both sums, in the limit of small weights.
    let epsilon = 1e-6
    let influences = (0..<n).map { left in
      func bound(_ shift: Double) -> Double {
        let weights = (0..<n).map { 1 + ($0 == left ? shift : 0) }
        let total = weights.reduce(0, +)
        let top = (0..<n).reduce(0) { $0 + weights[$1] * pairs[$1] } / total
        var (bottom, mass) = (0.0, 0.0)
        for (shift, scores) in products {
          for i in 0..<n {
            let weight = weights[i] * weights[(i + shift) % n]
            bottom += weight * exp(scores[i])
            mass += weight
          }
        }
        return top - log(bottom / mass)
      }
      return (bound(epsilon) - bound(-epsilon)) / (2 * epsilon) * Double(n)
    }
    let variance = influences.reduce(0) { $0 + $1 * $1 } / Double(n - 1) / Double(n)
    #expect(abs(found.standardError - variance.squareRoot()) < 1e-6)
    // A constant added to T changes nothing, even where e^T overflows.
    let raised = HeldOutBound(
      pairs: pairs.map { $0 + 2000 }, products: products.map { ($0.shift, $0.scores.map { $0 + 2000 }) })
    #expect(abs(raised.nats - found.nats) < 1e-9)
  }
}

extension RandomSource {
  /// A uniform number of (0, 1).
  mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A standard normal number (Box & Muller).
  mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }
}
