// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Estimation
import Foundation
import Gaussian
import Testing

/// Informations of logits: the estimator that the data ask for, bounds, and reasons.
@Suite struct InformationTests {
  private static let labels = (0..<120).map { $0 % 2 }

  /// Logits that depend on a bit, which is the label in three of four rows.
  private static let bits = labels.enumerated().map { $0 % 8 < 6 ? $1 : 1 - $1 }
  private static func logits(_ values: [Double]) -> [Float] { values.flatMap { [Float(-$0), Float($0)] } }

  @Test func featuresOfFewValuesAreCounted() {
    let student = Self.logits(Self.bits.map { $0 == 1 ? 0.8 : -1.1 })
    // A channel that is right in 3/4: ln 2 − H(1/4).
    let nats = log(2) + 0.75 * log(0.75) + 0.25 * log(0.25)
    for estimator in [KSG(), AutomaticEstimator(), MixedKSG()] as [any MutualInformationEstimator] {
      let cell = RepresentationInformation.ofStudentAndLabel(
        student, labels: Self.labels, classes: 2, estimator: estimator, seed: 1)
      #expect(abs((cell.nats ?? 9) - nats) < 1e-14 && cell.note == "counts")
    }
    let same = RepresentationInformation.ofTeacherAndStudent(student, student, classes: 2, seed: 1)
    #expect(abs((same.nats ?? 9) - log(2)) < 1e-14 && same.note == "counts")
  }

  /// Classes that are told apart without fault have H(Y) = ln 2, and not the 1/n more that Ross's formula says.
  @Test func theEntropyIsTheBound() {
    let student = Self.logits(Self.labels.enumerated().map { Double($1) * 50 + Double($0) / 200 })
    let cell = RepresentationInformation.ofStudentAndLabel(student, labels: Self.labels, classes: 2, seed: 1)
    #expect(abs((cell.nats ?? 9) - log(2)) < 1e-14 && cell.note == "ross, at its bound")
  }

  /// The plug-in takes a one-hot label for Gaussian and says 4.7 nats of at most ln 10: it is not asked.
  @Test func aClassIsNotGaussian() {
    let cell = RepresentationInformation.ofStudentAndLabel(
      Self.logits(Self.bits.map(Double.init)), labels: Self.labels, classes: 2, estimator: GaussianPlugIn(), seed: 1)
    #expect(cell.nats == nil && cell.note.contains("a class is not Gaussian"))
  }

  /// An estimator that says anything: what no information can be is not passed on, and why.
  @Test func impossibleValuesAreNotPassedOn() {
    struct Constant: MutualInformationEstimator {
      let nats: Double
      var name: String { "constant" }
      func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
        try Estimate(nats: nats)
      }
    }
    func label(_ nats: Double) -> InformationCell {
      RepresentationInformation.ofStudentAndLabel(
        Self.logits(Self.bits.map(Double.init)), labels: Self.labels, classes: 2, estimator: Constant(nats: nats),
        seed: 1)
    }
    #expect(label(0.3) == InformationCell(0.3, by: "constant"))
    #expect(label(4.7).nats == nil && label(4.7).note.contains("H(Y), is 0.693 nats"))
    #expect(label(-0.5).nats == nil && label(-0.5).note.contains("the least that an information can be"))
    let bits = Self.logits(Self.bits.map(Double.init))
    let pair = RepresentationInformation.ofTeacherAndStudent(
      bits, bits, classes: 2, estimator: Constant(nats: 2), seed: 1)
    #expect(pair.nats == nil && pair.note.contains("impossible"))
    let missing = RepresentationInformation(teacherStudent: pair, studentLabel: label(0.3))
    #expect(missing.difference == nil)
    #expect(RepresentationInformation(teacherStudent: label(0.4), studentLabel: label(0.3)).difference == 0.4 - 0.3)
  }

  /// MINE and latent MI see one-hot labels and stay within H(Y).
  @Test func neuralEstimatesStayWithinTheEntropy() throws {
    let normals = NormalSource(seed: 9)
    let labels = (0..<300).map { $0 % 3 }
    let student = labels.flatMap { label in (0..<3).map { Float(($0 == label ? 6 : 0) + normals.normal()) } }
    for estimator in [try MINE(steps: 300), try LatentMI(epochs: 40)] as [any MutualInformationEstimator] {
      let cell = RepresentationInformation.ofStudentAndLabel(
        student, labels: labels, classes: 3, estimator: estimator, seed: 2)
      if let nats = cell.nats {
        #expect(nats <= log(3) + 1e-12 && nats > 0.5)
      } else {
        #expect(cell.note.contains("impossible"))
      }
    }
  }
}
