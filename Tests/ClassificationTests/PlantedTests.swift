import Classification
import Estimation
import Foundation
import Gaussian
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
    let teacherLogits, studentLogits: [Float]
    let labels: [Int]

    /// I(H1; H2) and I(H2; Y) on the fresh rows.
    var information: RepresentationInformation {
      get throws {
        RepresentationInformation(
          teacherStudent: try RepresentationInformation.ofTeacherAndStudent(
            teacherLogits, studentLogits, classes: 2, estimator: KSG(), seed: 0),
          studentLabel: try RepresentationInformation.ofStudentAndLabel(
            studentLogits, labels: labels, classes: 2, estimator: KSG(), seed: 0))
      }
    }
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
        var (features, labels, logits) = ([Float](), [Int](), [Float]())
        for _ in 0..<count {
          let z = normals.normal()
          let label = normals.normal() < 1.2 * z ? 1 : 0
          labels.append(label)
          logits += [0, Float(teacher(z, label, normals.normal()))]
          features += (0..<16).map { Float(($0 < 4 ? z : 0) + normals.normal()) }
        }
        return (try LabelledRows(features: features, labels: labels), logits)
      }
      let (training, test) = (try rows(40), try rows(200))
      let guidance = try Guidance(logits: training.teacher, weight: 4)
      func student(_ guidance: Guidance?) throws -> Classifier {
        try Classifier(training: training.rows, guidance: guidance, settings: settings, seed: UInt64(seed))
      }
      var source = testSource(seed)
      let plain = try student(nil)
      let baseline = try plain.metrics(on: test.rows).accuracy
      let guided = try student(guidance).metrics(on: test.rows).accuracy
      let control = try student(guidance.shuffledWithinClasses(training.rows.labels, using: &source))
        .metrics(on: test.rows).accuracy
      return Seed(
        gain: guided - baseline, control: control - baseline, teacherLogits: test.teacher,
        studentLogits: plain.logits(of: test.rows.features), labels: test.rows.labels)
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
  /// Without any gain, p < 1e-6 has that probability.
  @Test func helpsWhereTheTeacherKnowsMore() throws {
    let seeds = try Self.seeds(30) { z, _, _ in 2 * z }
    let gain = try PairedDifference(seeds.map(\.gain))
    #expect(gain.mean > 0.02 && Self.signTest(seeds.map(\.gain)) < 1e-6)
    #expect(Self.signTest(seeds.map { $0.gain - $0.control }) < 1e-4)
  }

  /// A teacher that says the opposite: the student loses.
  @Test func hurtsWhereTheTeacherIsWrong() throws {
    let seeds = try Self.seeds(30) { z, _, _ in -2 * z }
    let gain = try PairedDifference(seeds.map(\.gain))
    #expect(gain.mean < -0.1 && Self.signTest(seeds.map(\.gain)) < 1e-8)
    // The CCH cannot see it: information has no sign.
    let information = try seeds.prefix(8).map { try $0.information.teacherStudent }
    #expect(try PairedDifference(information).mean > 0.05)
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

  /// I(H1; H2) of a teacher that knows z is far from that of one that knows the noise of the label only.
  @Test func informationTellsTeachersApart() throws {
    let knowing = try Self.seeds(8) { z, _, _ in 2 * z }.map { try $0.information }
    let ignorant = try Self.seeds(8) { _, _, noise in noise }.map { try $0.information }
    let more = try PairedDifference(knowing.map(\.teacherStudent))
    let less = try PairedDifference(ignorant.map(\.teacherStudent))
    #expect(more.mean > 0.15 && abs(less.mean) < 0.05)
    #expect(knowing.map(\.studentLabel) == ignorant.map(\.studentLabel))
    #expect(try PairedDifference(knowing.map(\.studentLabel)).mean < log(2))
  }
}
