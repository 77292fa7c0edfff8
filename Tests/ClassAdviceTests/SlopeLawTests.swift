// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// The mean slope over samples against what theory says that it is.
///
/// 100 samples; the mean is compared within 7 of its own standard errors: by Student's law of 99 degrees that is exceeded with probability 3·10⁻¹⁰.
@Suite struct SlopeLawTests {
  private static let samples =
    Int(ProcessInfo.processInfo.environment["CCH_CASES"] ?? "").map { min(max($0, 100), 10_000) } ?? 100

  private static func expectMean(_ values: [Double], is expected: Double, allowance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n * (n - 1))).squareRoot()
    #expect(abs(mean - expected) < 7 * error + allowance, "\(mean) ± \(error), not \(expected)")
  }

  /// Normal numbers by Box and Muller.
  private static func normals(_ count: Int, _ source: inout RandomSource) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &source))).squareRoot()
      let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &source)
      values += [radius * cos(angle), radius * sin(angle)]
    }
    return Array(values.prefix(count))
  }

  /// Labels that are coins: the student's probabilities stay near 1/2, where the softmax student of two classes is the linear one and CE is ln 2 and twice the squared error.
  ///
  /// So the mean slope is 2·2k(c − σε²) of the linear Gaussian model, with σε² = 1/4, k = 1/n + p/(n − p − 2)·(1 + 1/n) for p normal columns and a constant, and
  /// c the covariance of y and T·τ, because near 1/2 the soft label moves by 1/T of what the logit moves. What is left out is of the order of p/n of it.
  @Test(arguments: [(2.0, 0.25), (2, 0.75)]) func nearOneHalfItIsLinear(temperature: Double, follows: Double)
    throws
  {
    let (n, p) = (300, 9)
    let slopes = try (0..<Self.samples).map { seed -> Double in
      var source = RandomSource(seed: UInt64(seed), index: UInt64(10 * temperature + 100 * follows))
      let rows = Self.normals(n * p, &source)
      let labels = (0..<n).map { _ in Int.random(in: 0...1, using: &source) }
      let student = try SoftmaxObjective(LabelledRows(features: rows, labels: labels, classCount: 2), weightDecay: 1e-9)
        .fit(tolerance: 1e-7)
      // Every fresh row with both labels: no chance is left in the coin.
      let fresh = Self.normals(200 * p, &source)
      var twice: [Double] = []
      for start in stride(from: 0, to: fresh.count, by: p) {
        for _ in 0..<2 { twice += fresh[start..<start + p] }
      }
      let heldOut = try LabelledRows(features: twice, labels: (0..<400).map { $0 % 2 }, classCount: 2)
      var soft: [Double] = []
      for label in labels {
        let own = follows * (Double(label) - 0.5)
        soft += [0.5 - own, 0.5 + own]
      }
      let softLabels = SoftLabels(soft, classCount: 2)
      return DistillationSlope(student, heldOut: heldOut)(softLabels, temperature: temperature)
    }
    let (rows, columns) = (Double(n), Double(p))
    let k = 1 / rows + columns / (rows - columns - 2) * (1 + 1 / rows)
    let expected = 2 * 2 * k * (temperature * follows / 4 - 1.0 / 4)
    Self.expectMean(slopes, is: expected, allowance: 2 * columns / rows * abs(expected))
  }

  /// n·E S → tr(H⁻¹Q) − d for a student that is right but for its weights and a teacher whose mean given the student's columns is the truth.
  ///
  /// H is the curvature, Q the covariance of the label's gradient and the soft label's, d the number of free weights. For τ = p + γ(y − p) is Q = γH, so that the limit is
  /// (γ − 1)d: the truth itself, γ = 0, takes d/n nats a λ away, one-hot labels, γ = 1, nothing. What is left out is of the order of d/n of it.
  @Test(arguments: [0, 0.5]) func ofManyRowsItFollowsTheLaw(gamma: Double) throws {
    let (n, p, classes) = (200, 3, 3)
    let d = Double((p + 1) * (classes - 1))
    let slopes = try (0..<Self.samples).map { seed -> Double in
      var source = RandomSource(seed: UInt64(seed), index: UInt64(1_000 + 10 * gamma))
      func draw(_ count: Int) throws -> (rows: LabelledRows, truth: [Double]) {
        let x = Self.normals(count * p, &source)
        var logits: [Double] = []
        for row in 0..<count { logits += [0.5 * x[row * p], 0.5 * x[row * p + 1] - 0.2, -0.3 * x[row * p + 2]] }
        let truth = softmaxRows(logits, classes: 3)
        let labels = (0..<count).map { row in
          let u = Double.random(in: 0..<1, using: &source)
          return u < truth[3 * row] ? 0 : u < truth[3 * row] + truth[3 * row + 1] ? 1 : 2
        }
        return (try LabelledRows(features: x, labels: labels, classCount: 3), truth)
      }
      let (training, fresh) = (try draw(n), try draw(500))
      let student = try SoftmaxObjective(training.rows, weightDecay: 1e-9).fit(tolerance: 1e-7)
      let soft = training.truth.enumerated().map { place, p -> Double in
        let isLabel = training.rows.labels[place / 3] == place % 3
        return p + gamma * ((isLabel ? 1 : 0) - p)
      }
      return Double(n)
        * DistillationSlope(student, heldOut: fresh.rows)(SoftLabels(soft, classCount: 3), temperature: 1)
    }
    Self.expectMean(slopes, is: (gamma - 1) * d, allowance: 2 * d / Double(n) * d)
  }
}
