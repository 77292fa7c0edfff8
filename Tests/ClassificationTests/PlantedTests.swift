// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Estimation
import Foundation
import Gaussian
import Statistics
import TestSupport
import Testing

/// Data whose answer is known: distillation must help, must hurt, or must do no more than its permutation control.
///
/// A row has a hidden z; its label is 1 with probability 1/(1 + e^(−2z)), the student sees z and noise in 16 columns.
/// The seeds are fixed, so a test holds always or never; the probabilities are over seeds.
@Suite struct PlantedTests {
  private struct Seed {
    let gain: Double
    let control: Double
  }

  private static let settings = ClassifierSettings(
    hiddenWidths: [], learningRate: 0.05, weightDecay: 0, batch: 40, epochs: 40)

  /// Accuracies of a student of 40 rows, guided by `teacher`, minus that of one that is not, on 200 fresh rows.
  ///
  /// - Parameter teacher: the logit of class 1, from z, the label, and a normal number of its own.
  private static func seeds(_ count: Int, teacher: (Double, Int, Double) -> Double) throws -> [Seed] {
    try (0..<count).map { seed in
      let normals = NormalSource(seed: 20_261_126, index: UInt64(seed))
      func rows(_ count: Int) throws -> (rows: LabelledRows, teacher: [Float]) {
        var (features, labels, logits) = ([Double](), [Int](), [Float]())
        for _ in 0..<count {
          let z = normals.normal()
          let label = normals.normal() < 1.2 * z ? 1 : 0
          labels.append(label)
          logits += [0, Float(teacher(z, label, normals.normal()))]
          features += (0..<16).map { ($0 < 4 ? z : 0) + normals.normal() }
        }
        return (try LabelledRows(features: features, labels: labels), logits)
      }
      let (training, test) = (try rows(40), try rows(200))
      let guidance = try Guidance(logits: training.teacher, weight: 4)
      func student(_ guidance: Guidance?) throws -> Classifier {
        try Classifier(training: training.rows, guidance: guidance, settings: settings, seed: UInt64(seed))
      }
      var source = testSource(seed)
      let baseline = try student(nil).metrics(on: test.rows).accuracy
      let guided = try student(guidance).metrics(on: test.rows).accuracy
      let control = try student(guidance.shuffledWithinClasses(training.rows.labels, using: &source))
        .metrics(on: test.rows).accuracy
      return Seed(gain: guided - baseline, control: control - baseline)
    }
  }

  /// Two-sided p-value of the sign test: exact where a difference is as likely positive as negative.
  private static func signTest(_ differences: [Double]) -> Double {
    let (up, down) = (differences.count { $0 > 0 }, differences.count { $0 < 0 })
    let n = Double(up + down)
    var tail = 0.0
    for k in max(up, down)...(up + down) {
      let ways = lgamma(n + 1) - lgamma(Double(k) + 1) - lgamma(n - Double(k) + 1)
      tail += exp(ways - n * log(2))
    }
    return min(1, 2 * tail)
  }

  /// A teacher that knows z: the student gains, and more than with soft labels of other rows of the class.
  ///
  /// Over seeds gains are 0.073 ± 0.042, and 0.1 ± 0.05 beyond the control: a mean of 30 is below 0.03 with probability 1e-8, and without
  /// a gain it is above with less than 1e-4.
  @Test func helpsWhereTheTeacherKnowsMore() throws {
    let seeds = try Self.seeds(30) { z, _, _ in 2 * z }
    #expect(try PairedDifference(seeds.map(\.gain)).mean > 0.03)
    #expect(try PairedDifference(seeds.map(\.gain), minus: seeds.map(\.control)).mean > 0.03)
  }

  /// A teacher that says the opposite: the student loses.
  ///
  /// Over seeds gains are −0.33 ± 0.08: a mean of 30 is above −0.2 with probability below 1e-15.
  @Test func hurtsWhereTheTeacherIsWrong() throws {
    let seeds = try Self.seeds(30) { z, _, _ in -2 * z }
    #expect(try PairedDifference(seeds.map(\.gain)).mean < -0.2)
  }

  /// A teacher that knows the label and no more: rows of a class are exchangeable to it, so that the control does as well.
  ///
  /// Gain and control change places with equal probability, so the sign test is exact: a false alarm has probability below
  /// 1e-8.
  @Test func nothingBeyondTheControlWhereTheTeacherKnowsTheLabelOnly() throws {
    let seeds = try Self.seeds(40) { _, label, noise in (label == 1 ? 1 : -1) + noise }
    #expect(Self.signTest(seeds.map { $0.gain - $0.control }) > 1e-8)
    #expect(seeds.contains { $0.gain != $0.control })
  }

  /// I(H1; H2) of normal logits of correlation ρ is −½ ln(1 − ρ²); the CCH cannot see that a teacher is wrong.
  ///
  /// At 500 rows KSG's standard deviation is below 0.04, so a distance of 0.25 has a probability below 1e-8.
  @Test func informationOfNormalLogits() throws {
    let normals = NormalSource(seed: 20_261_126, index: 1_000)
    let z = normals.normals(500)
    func logits(_ values: [Double]) -> [Float] { values.flatMap { [0, Float($0)] } }
    func information(_ teacher: [Float]) throws -> Double {
      try #require(
        RepresentationInformation.ofTeacherAndStudent(teacher, logits(z), classes: 2, estimator: KSG(), seed: 0).nats)
    }
    let knowing = logits(z.map { 2 * $0 + normals.normal() })
    #expect(abs(try information(knowing) + 0.5 * log(1 - 0.8)) < 0.25)
    #expect(abs(try information(logits(normals.normals(500)))) < 0.25)
    #expect(try information(knowing.map { -$0 }) == information(knowing))
  }
}
