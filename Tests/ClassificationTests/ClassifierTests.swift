// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns
import Testing

@testable import Classification

/// Training: its gradient, its minimum, its seeds and what it refuses.
@Suite struct ClassifierTests {
  /// Three classes around three points, with noise in further columns; class 2 has fewer rows.
  static func rows(_ count: Int, columns: Int = 5, noise: Float = 0.4, seed: UInt64) throws -> LabelledRows {
    var source = RandomSource(seed: seed, index: 0)
    let labels = (0..<count).map { [0, 1, 0, 1, 2][$0 % 5] }
    let features = labels.flatMap { label in
      (0..<columns).map { ($0 == label ? 1 : 0) + noise * Float.random(in: -1...1, using: &source) }
    }
    return try LabelledRows(singlePrecision: features, labels: labels, classCount: 3)
  }

  /// The gradient of the whole objective with respect to every weight, against central differences.
  @Test(arguments: [[], [4], [4, 3]], [0, 0.8]) func gradientsAgreeWithDifferences(widths: [Int], weight: Double) throws
  {
    let rows = try Self.rows(9, seed: 1)
    var source = RandomSource(seed: 2, index: 0)
    let teacher = (0..<27).map { _ in Float.random(in: -2...2, using: &source) }
    let guidance = weight > 0 ? try Guidance(logits: teacher, weight: weight, temperature: 3) : nil
    let training = ClassifierTraining<Double>(
      rows, guidance: guidance, settings: ClassifierSettings(hiddenWidths: widths), seed: 3)
    _ = training.differentiate(Array(0..<9)[...])
    let gradient = Array(training.model.gradient)
    let parameters = training.model.parameters
    let scale = gradient.map(abs).max() ?? 0
    #expect(scale > 0.01)
    for i in parameters.indices {
      let (kept, step) = (parameters[i], 1e-6)
      parameters[i] = kept + step
      let ahead = training.differentiate(Array(0..<9)[...])
      parameters[i] = kept - step
      let behind = training.differentiate(Array(0..<9)[...])
      parameters[i] = kept
      #expect(abs((ahead - behind) / (2 * step) - gradient[i]) < 1e-7 * scale)
    }
  }

  /// At the end of training, the objective plus penalty has no slope: logistic regression found its one minimum.
  ///
  /// AdamW's decay is no penalty, so it is left out here. The first momentum of a batch of all rows is the gradient itself.
  @Test(arguments: [ClassifierSettings.Method.sgd(momentum: 0.9), .adam]) func reachesTheMinimum(
    method: ClassifierSettings.Method
  ) throws {
    let rows = try Self.rows(60, noise: 1.5, seed: 4)
    let settings = ClassifierSettings(
      hiddenWidths: [], method: method, learningRate: 0.02, weightDecay: 0.05, batch: 60, epochs: 1_500)
    let training = ClassifierTraining<Double>(rows, guidance: nil, settings: settings, seed: 5)
    try training.run()
    _ = training.differentiate(Array(0..<60)[...])
    for (slope, parameter) in zip(training.model.gradient, training.model.parameters) {
      #expect(abs(slope + 0.05 * parameter) < 1e-6)
    }
    #expect(training.model.parameters.contains { abs($0) > 0.3 })
  }

  @Test(arguments: [ClassifierSettings.Method.sgd(momentum: 0.9), .adam, .adamW], [[], [16]]) func learnsAndRepeats(
    method: ClassifierSettings.Method, widths: [Int]
  ) throws {
    let (rows, fresh) = (try Self.rows(80, seed: 6), try Self.rows(100, seed: 7))
    let settings = ClassifierSettings(
      hiddenWidths: widths, method: method, learningRate: 0.02, batch: 16, epochs: 15, heldOutShare: 0.2)
    let first = try Classifier(training: rows, settings: settings, seed: 8)
    #expect(try first.metrics(on: fresh).accuracy > 0.95)
    let again = try Classifier(training: rows, settings: settings, seed: 8)
    #expect(first.logits(of: fresh.features) == again.logits(of: fresh.features))
    let other = try Classifier(training: rows, settings: settings, seed: 9)
    #expect(first.logits(of: fresh.features) != other.logits(of: fresh.features))
  }

  /// Guidance of weight 0 is none, bit for bit: both trainings see the same weights and batches.
  @Test func guidanceOfNoWeightChangesNothing() throws {
    let rows = try Self.rows(40, seed: 10)
    let plain = try Classifier(training: rows, settings: ClassifierSettings(epochs: 3), seed: 11)
    let guidance = try Guidance(logits: [Float](repeating: 1, count: 120), weight: 0)
    let guided = try Classifier(training: rows, guidance: guidance, settings: ClassifierSettings(epochs: 3), seed: 11)
    #expect(plain.logits(of: rows.features) == guided.logits(of: rows.features))
  }

  /// With labels that features do not tell, held-out rows end training early; without them it goes on and learns by heart.
  @Test func stopsEarly() throws {
    var source = RandomSource(seed: 12, index: 0)
    func noise() throws -> LabelledRows {
      try LabelledRows(
        features: (0..<1_200).map { _ in Double.random(in: -1...1, using: &source) }, labels: (0..<60).map { $0 % 2 })
    }
    let (rows, fresh) = (try noise(), try noise())
    var settings = ClassifierSettings(hiddenWidths: [16], learningRate: 0.02, epochs: 60)
    let long = try Classifier(training: rows, settings: settings, seed: 13)
    settings.heldOutShare = 0.3
    settings.patience = 3
    let short = try Classifier(training: rows, settings: settings, seed: 13)
    // However long it goes on, the weights that did best on held-out rows are the ones that are kept.
    settings.patience = 100
    let patient = try Classifier(training: rows, settings: settings, seed: 13)
    #expect(patient.logits(of: rows.features) == short.logits(of: rows.features))
    #expect(try long.metrics(on: rows).accuracy == 1)
    #expect(try short.metrics(on: rows).accuracy < 0.95)
    #expect(try short.metrics(on: fresh).meanSquaredError < long.metrics(on: fresh).meanSquaredError)
  }

  @Test func scalingForgetsTheUnits() throws {
    let rows = try Self.rows(40, seed: 14)
    // Powers of two, so that only rounding of the mean differs.
    let moved = try LabelledRows(features: rows.features.map { 1024 * $0 + 8 }, labels: rows.labels)
    let settings = ClassifierSettings(epochs: 5)
    let (a, b) = (
      try Classifier(training: rows, settings: settings, seed: 1),
      try Classifier(training: moved, settings: settings, seed: 1)
    )
    for (x, y) in zip(a.logits(of: rows.features), b.logits(of: moved.features)) { #expect(abs(x - y) < 1e-3) }
    // A column that does not vary tells nothing, wherever it is elsewhere.
    #expect(FeatureScaling(of: [3, 1, 3, 5], columns: 2)([3, 1, 4, 3]) == [0, -1, 0, 0])
    // As one column: mean 3, variance 2.
    let common = FeatureScaling(of: [3, 1, 3, 5], columns: 2, isCommon: true)([3, 1, 4, 5])
    for (value, expected) in zip(common, [0, -2, 1, 2] as [Double]) {
      #expect(abs(value - expected / 2.0.squareRoot()) < 1e-15)
    }
    var pixels = settings
    pixels.scaling = .common
    let other = try Classifier(training: rows, settings: pixels, seed: 1)
    #expect(other.logits(of: rows.features) != a.logits(of: rows.features))
  }

  /// Any unit and offset that Doubles hold, subnormal numbers and a column beyond single precision among them.
  @Test func scalingKeepsEveryDigit() {
    let values = (0..<30).map { Double($0 * 17 % 31) / 32 }
    let scaled = FeatureScaling(of: values, columns: 1)(values)
    #expect(abs(scaled.reduce(0, +)) < 1e-13 && abs(scaled.reduce(0) { $0 + $1 * $1 } - 30) < 1e-12)
    for map: (Double) -> Double in [
      { $0 * 0x1p1020 }, { $0 * 0x1p-1060 }, { $0 + 0x1p40 }, { $0 - 0x1p47 }, { ($0 + 0x1p30) * 0x1p900 },
    ] {
      let moved = values.map(map)
      for (x, y) in zip(scaled, FeatureScaling(of: moved, columns: 1)(moved)) { #expect(abs(x - y) < 1e-13) }
    }
    // Constant columns of any size, and a row that is out of all bounds.
    for value: Double in [0, 1e300, -1e-300, 1e16] {
      #expect(FeatureScaling(of: [value, value], columns: 1)([value, 7]) == [0, 0])
    }
    #expect(FeatureScaling(of: [0, 1e-300], columns: 1)([1e300, -1e300]) == [1e6, -1e6])
  }

  @Test func stratifiedBeginningsHoldClassesInProportion() throws {
    let rows = try Self.rows(50, seed: 15)
    var source = RandomSource(seed: 16, index: 0)
    let order = rows.stratifiedOrder(using: &source)
    #expect(order.sorted() == Array(0..<50))
    for end in 1...50 {
      for (label, share) in [(0, 0.4), (1, 0.4), (2, 0.2)] {
        let count = order[..<end].count { rows.labels[$0] == label }
        #expect(abs(Double(count) - share * Double(end)) <= 2)
      }
    }
    #expect(order != rows.stratifiedOrder(using: &source))
  }

  @Test func shufflingKeepsEveryClassAndItsSoftLabels() throws {
    let labels = (0..<30).map { [0, 1, 2][$0 % 3] }
    let guidance = try Guidance(logits: (0..<90).map { Float($0) }, weight: 0.5, temperature: 2)
    var source = RandomSource(seed: 17, index: 0)
    let shuffled = guidance.shuffledWithinClasses(labels, using: &source)
    #expect(shuffled.weight == 0.5 && shuffled.temperature == 2 && shuffled.logits != guidance.logits)
    for label in 0..<3 {
      func softLabels(_ guidance: Guidance) -> [[Float]] {
        labels.indices.filter { labels[$0] == label }.map { Array(guidance.logits[3 * $0..<3 * $0 + 3]) }
      }
      #expect(softLabels(shuffled).sorted { $0[0] < $1[0] } == softLabels(guidance))
    }
  }

  @Test func refusesBadInput() throws {
    func refuses(_ expected: ClassificationError, _ body: () throws -> Void) {
      #expect(throws: expected, performing: body)
    }
    refuses(.singleClass(1, in: "the labels")) { _ = try LabelledRows(features: [1, 2], labels: [1, 1]) }
    refuses(.tooFewRows(0, needed: 2, for: "a classification")) { _ = try LabelledRows(features: [], labels: []) }
    refuses(.labelOutOfRange(row: 0, label: -1, classes: 2)) {
      _ = try LabelledRows(features: [1, 2], labels: [-1, 1], classCount: 2)
    }
    refuses(.notFinite(row: 1, column: 0, value: "inf")) {
      _ = try LabelledRows(features: [1, .infinity], labels: [0, 1])
    }
    #expect(throws: ClassificationError.self) { try LabelledRows(features: [1, 2, 3], labels: [0, 1]) }
    let rows = try Self.rows(20, seed: 18)
    #expect(throws: ClassificationError.self) { try rows.selecting([0, 2]) }
    var settings = ClassifierSettings()
    settings.learningRate = 0
    refuses(.invalidSetting(name: "learning rate", value: "0.0", rule: "must be a positive number")) {
      _ = try Classifier(training: rows, settings: settings, seed: 1)
    }
    refuses(.invalidSetting(name: "temperature", value: "0.0", rule: "must be a positive number")) {
      _ = try Guidance(logits: [], weight: 1, temperature: 0)
    }
    let short = try Guidance(logits: [1, 2], weight: 1)
    #expect(throws: ClassificationError.self) {
      try Classifier(training: rows, guidance: short, settings: .init(), seed: 1)
    }
    let wild = ClassifierSettings(method: .sgd(momentum: 0), learningRate: 1e30)
    #expect(throws: ClassificationError.self) { try Classifier(training: rows, settings: wild, seed: 1) }
  }
}
