// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Estimation
import SeededRuns
import Testing

@testable import Experiments

/// What experiments with classes share, on small planted data.
@Suite struct TransferTests {
  /// Two views of three classes; the teacher's view is clear, the student's noisy.
  static func views(_ rows: Int = 240) throws -> (teacher: LabelledRows, student: LabelledRows) {
    var source = RandomSource(seed: 5, index: 0)
    let labels = (0..<rows).map { $0 % 3 }
    func view(_ noise: Double) throws -> LabelledRows {
      try LabelledRows(
        features: labels.flatMap { label in
          (0..<4).map { ($0 == label ? 1 : 0) + noise * Double.random(in: -1...1, using: &source) }
        }, labels: labels)
    }
    return (try view(0.5), try view(2))
  }

  private static let sizes = PartSizes(training: 40, extra: 60, information: 60, test: 60)
  private static let settings = ClassifierSettings(hiddenWidths: [8], learningRate: 0.02, epochs: 10)

  /// Against SciPy's `gaussian_filter(mode="reflect")`, in 255ths.
  @Test func blursAsScipyDoes() {
    var image = [Float](repeating: 0, count: 36)
    let other = (0..<36).map { Float($0) / 36 }
    (image[1], image[29], image[14]) = (1, 0.5, 0.8)
    let expected: [(Double, [Float])] = [
      (
        1,
        [
          49, 69, 44, 12, 1, 0, 25, 42, 38, 16, 3, 1, 9, 26, 36, 21, 6, 5, 3, 12, 20, 14, 12, 20, 1, 3, 5, 6, 16, 33, 0,
          0,
          1, 2, 11, 24,
        ]
      ),
      (
        2,
        [
          36, 33, 28, 20, 13, 9, 30, 29, 25, 19, 13, 10, 22, 22, 20, 17, 14, 12, 14, 15, 15, 15, 14, 14, 8, 9, 11, 12,
          14,
          15, 5, 6, 8, 11, 14, 16,
        ]
      ),
    ]
    for (sigma, levels) in expected {
      #expect(GaussianBlur(sigma: sigma, side: 6)(other + image)[36...].map { ($0 * 255).rounded() } == levels)
    }
    #expect(GaussianBlur(sigma: 0, side: 6)(image) == image)
  }

  @Test func partsAreDisjointAndStratified() throws {
    let (teacher, student) = try Self.views()
    let transfer = try Transfer(teacher: teacher, student: student, sizes: Self.sizes, seed: 1)
    let split = transfer.split
    let parts = [split.training, split.extra, split.information, split.test]
    #expect(parts.map(\.count) == [40, 60, 60, 60])
    #expect(Set(parts.joined()).count == 220)
    for part in parts {
      for label in 0..<3 { #expect(abs(part.count { student.labels[$0] == label } - part.count / 3) <= 2) }
    }
    #expect(throws: ExperimentError.tooFewRows(rows: 240, needed: 241)) {
      var sizes = Self.sizes
      sizes.test = 81
      _ = try Transfer(teacher: teacher, student: student, sizes: sizes, seed: 1)
    }
    let other = try LabelledRows(features: student.features, labels: student.labels.map { 2 - $0 })
    #expect(throws: ExperimentError.self) {
      try Transfer(teacher: teacher, student: other, sizes: Self.sizes, seed: 1)
    }
  }

  /// With λ = 0 a teacher changes nothing, in no metric, and neither does its control; with λ > 0 it does.
  @Test func outcomesArePairedDifferences() throws {
    let (first, second) = try Self.views()
    let transfer = try Transfer(teacher: first, student: second, sizes: Self.sizes, seed: 2)
    let (teacher, baseline) = (
      try transfer.teacher(.more, Self.settings), try transfer.baseline(Self.settings)
    )
    let informations = try transfer.informations(teacher, baseline)
    func gains(_ weight: Double) throws -> [Double] {
      let outcomes = try transfer.outcomes(
        teacher, baseline, weight: weight, temperature: 2, informations: informations)
      #expect(outcomes.first { $0.name == "delta" }?.value == informations.difference)
      return outcomes.filter { $0.name.contains("gain") }.compactMap(\.value)
    }
    let (none, some) = (try gains(0), try gains(2))
    #expect(none == [Double](repeating: 0, count: 10))
    #expect(some.count { $0 != 0 } >= 8)
    // Gain, what errors fall by, and the control, each computed here again.
    let rows = try second.selecting(transfer.split.training)
    let logits = teacher.logits(of: try first.selecting(transfer.split.training).features)
    func metrics(_ guidance: Guidance?) throws -> ClassificationMetrics {
      try Classifier(training: rows, guidance: guidance, settings: Self.settings, seed: transfer.stream(2))
        .metrics(on: second.selecting(transfer.split.test))
    }
    let (alone, guided) = (try metrics(nil), try metrics(Guidance(logits: logits, weight: 2, temperature: 2)))
    #expect(alone == baseline.metrics)
    #expect(some[0] == guided.accuracy - alone.accuracy)
    #expect(some[8] == alone.meanSquaredError - guided.meanSquaredError)
    #expect(some[8] != some[9])
    // The teacher of more rows is another one.
    let same = try transfer.teacher(.same, Self.settings)
    #expect(same.logits(of: first.features) != teacher.logits(of: first.features))
  }

  /// A teacher of labels' noise: test rows and information rows must not be what it is trained on.
  @Test func gainsAreMeasuredOnRowsThatNobodySaw() throws {
    var source = RandomSource(seed: 6, index: 0)
    let rows = try LabelledRows(
      features: (0..<960).map { _ in Double.random(in: -1...1, using: &source) },
      labels: (0..<240).map { _ in source.integer(in: 0...2) })
    let transfer = try Transfer(teacher: rows, student: rows, sizes: Self.sizes, seed: 3)
    var settings = ClassifierSettings(hiddenWidths: [64], learningRate: 0.02, weightDecay: 0, epochs: 80)
    settings.batch = 8
    let teacher = try transfer.teacher(.more, settings)
    func accuracy(_ positions: [Int]) throws -> Double {
      try teacher.metrics(on: rows.selecting(positions)).accuracy
    }
    #expect(try accuracy(transfer.split.training) > 0.9 && accuracy(transfer.split.extra) > 0.9)
    // Three classes by chance: 45 of 60 rows or more has a probability below 1e-10 for each part.
    #expect(try accuracy(transfer.split.information) < 0.75 && accuracy(transfer.split.test) < 0.75)
  }
}
