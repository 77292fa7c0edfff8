// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Learning
import SeededRuns
import Testing

@Suite struct LossTests {
  private let ln2 = Foundation.log(2.0)
  private let ln5 = Foundation.log(5.0)

  private typealias LossFunction = ([Double], UnsafeMutablePointer<Double>?) -> Double

  private func check(_ count: Int, seed: UInt64, _ loss: LossFunction) {
    var source = RandomSource(seed: seed, index: 0)
    let point: [Double] = randomNumbers(count, &source).map { 3 * $0 }
    var gradient = [Double](repeating: .nan, count: count)
    let value = gradient.withMutablePointer { loss(point, $0) }
    #expect(value == loss(point, nil))
    #expect(gradientError(of: gradient, at: point) { loss($0, nil) } < 1e-8)
  }

  @Test func gradientsAgreeWithDifferences() {
    var source = RandomSource(seed: 1, index: 0)
    let target: [Double] = randomNumbers(12, &source)
    let labels = [0, 2, 1, 2]
    check(12, seed: 2) { point, gradient in
      point.withPointer { point in
        target.withPointer { Loss.meanSquaredError(of: point, to: $0, count: 12, weight: 0.7, gradient: gradient) }
      }
    }
    check(12, seed: 3) { point, gradient in
      point.withPointer { point in
        labels.withPointer { Loss.crossEntropy(of: point, labels: $0, rows: 4, classes: 3, gradient: gradient) }
      }
    }
    for (weight, temperature) in [(0.5, 1.0), (0.8, 3.0), (0, 2)] {
      check(12, seed: 4) { point, gradient in
        distillation(point, target, labels, weight: weight, temperature: temperature, gradient: gradient)
      }
    }
  }

  private func distillation(
    _ student: [Double], _ teacher: [Double], _ labels: [Int], weight: Double, temperature: Double,
    gradient: UnsafeMutablePointer<Double>? = nil
  ) -> Double {
    student.withPointer { student in
      teacher.withPointer { teacher in
        labels.withPointer {
          Loss.distillation(
            of: student, teacher: teacher, labels: $0, rows: labels.count,
            classes: 3, weight: weight, temperature: temperature, gradient: gradient)
        }
      }
    }
  }

  private func crossEntropy(_ logits: [Double], _ labels: [Int]) -> Double {
    logits.withPointer { logits in
      labels.withPointer { Loss.crossEntropy(of: logits, labels: $0, rows: labels.count, classes: 3) }
    }
  }

  @Test func valuesByHand() {
    let (output, target) = ([1.0, 2, 3, 4], [1.0, 0, 3, 5])
    let error = output.withPointer { output in
      target.withPointer { Loss.meanSquaredError(of: output, to: $0, count: 4) }
    }
    #expect(error == 1.25)
    // Softmax of (ln 1, ln 2, ln 5): 1/8, 2/8, 5/8.
    let logits = [0, ln2, ln5, ln5, 0, ln2]
    #expect(abs(crossEntropy(logits, [1, 2]) - 2 * ln2) < 1e-14)
    // Teacher 4/8, 2/8, 2/8 at T = 1; at T = 2 the logits double, for the same distributions and four times the weight.
    let teacher = [2 * ln2, ln2, ln2]
    let student = Array(logits.prefix(3))
    let divergence = 0.5 * 2 * ln2 + 0 + 0.25 * (ln2 - ln5)
    let single = distillation(student, teacher, [1], weight: 0.5, temperature: 1)
    #expect(abs(single - 2 * ln2 - 0.5 * divergence) < 1e-14)
    let doubled = student.map { 2 * $0 }
    let double = distillation(doubled, teacher.map { 2 * $0 }, [1], weight: 0.5, temperature: 2)
    #expect(abs(double - crossEntropy(doubled, [1]) - 2 * divergence) < 1e-14)
  }

  @Test func noOverflow() {
    // ln(e^1000 + e^1000 + e^0) = 1000 + ln 2, and the label's logit is 1000.
    #expect(abs(crossEntropy([1000, 1000, 0], [0]) - ln2) < 1e-12)
    #expect(crossEntropy([-1000, 0, -1000], [0]) == 1000)
    #expect([1e308, -1e308].withPointer { Loss.logSumExp($0, count: 2) } == 1e308)
    #expect([Double.nan, Double.nan].withPointer { Loss.logSumExp($0, count: 2) }.isNaN)
    #expect([Double.nan, 1].withPointer { Loss.logSumExp($0, count: 2) }.isNaN)
    #expect([1, Double.nan].withPointer { Loss.logSumExp($0, count: 2) }.isNaN)
  }

  @Test func aStudentLikeItsTeacherPaysForLabelsOnly() {
    let logits = [0.3, -1, 2, 1, 1, -0.5]
    let both = distillation(logits, logits.map { $0 + 5 }, [2, 0], weight: 0.8, temperature: 2)
    #expect(abs(both - crossEntropy(logits, [2, 0])) < 1e-14)
  }
}
