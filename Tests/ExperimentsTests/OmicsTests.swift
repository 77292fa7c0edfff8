// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import SeededRuns
import Testing

@testable import Experiments

/// Few patients seen through several modalities.
@Suite struct OmicsTests {
  /// Two views of noise with no relation to the label, or of the label itself.
  private static func cohort(rows: Int, features: Int, signal: Double, seed: UInt64) throws -> Dataset {
    var source = RandomSource(seed: seed, index: 0)
    let classes = (0..<rows).map { $0 % 2 }
    func view(_ name: String) throws -> Modality {
      try Modality(
        name, features: (0..<features).map(String.init),
        values: classes.flatMap { label in
          (0..<features).map { _ in Double.random(in: -1...1, using: &source) + signal * Double(label) }
        })
    }
    return try Dataset("label", modalities: [view("a"), view("b")], labels: ClassLabels(classes))
  }

  private static func experiment(_ cohort: Dataset) throws -> OmicsExperiment {
    var experiment = try OmicsExperiment([cohort], isQuick: true)
    (experiment.training.epochs, experiment.training.learningRate) = (20, 0.02)
    experiment.training.hiddenWidths = [4]
    return experiment
  }

  /// With λ = 0 a teacher changes nothing, to the bit: gains and discordances are 0, also those of the fusion.
  @Test func withoutWeightNothingChanges() throws {
    var experiment = try Self.experiment(Self.cohort(rows: 20, features: 3, signal: 0.5, seed: 1))
    experiment.weight = 0
    let runs = try experiment.runs(of: experiment.trials[0], seed: 1)
    #expect(runs.map { $0.factors.map(\.value) } == [["label", "a", "b"], ["label", "b", "a"]])
    for run in runs {
      for outcome in run.outcomes where outcome.name.contains("gain") || outcome.name.contains("discordance") {
        #expect(outcome.value == 0, "\(outcome)")
      }
    }
    experiment.weight = 5
    #expect(try experiment.runs(of: experiment.trials[0], seed: 1) != runs)
  }

  /// A record is of its data, and not of others of the same sizes.
  @Test func settingsTellDataApart() throws {
    func settings(_ seed: UInt64) throws -> [Setting] {
      try Self.experiment(Self.cohort(rows: 20, features: 3, signal: 0.5, seed: seed)).settings
    }
    #expect(try settings(1) == settings(1))
    let differing = zip(try settings(1), try settings(2)).filter { $0 != $1 }
    #expect(differing.map(\.0.name) == ["data digest"])
  }

  /// No patient is predicted by a classifier that saw it: noise is told apart no better than by chance.
  ///
  /// A classifier that did see its 60 rows of 30 columns tells nearly all of them. If held-out predictions are right with probability ½
  /// each, 54 of 60 are with probability below 6e-11, for six classifiers below 4e-10.
  @Test func patientsAreHeldOut() throws {
    var experiment = try Self.experiment(Self.cohort(rows: 60, features: 30, signal: 0, seed: 2))
    experiment.training.hiddenWidths = [16]
    let (view, labels) = (experiment.cohorts[0].modalities[0], experiment.cohorts[0].labels)
    let rows = try LabelledRows(view, labels)
    #expect(try Classifier(training: rows, settings: experiment.training, seed: 1).metrics(on: rows).accuracy > 0.9)
    for run in try experiment.runs(of: experiment.trials[0], seed: 3) {
      #expect(try #require(run["student accuracy"]) < 0.9 && #require(run["teacher accuracy"]) < 0.9)
      #expect(try #require(run["early fusion accuracy"]) < 0.9)
    }
  }

  /// What neither of two modalities tells, but both together: the label says whether their signs agree, so that only early fusion is right.
  @Test func earlyFusionSeesBoth() throws {
    var source = RandomSource(seed: 4, index: 0)
    let signs = (0..<160).map { _ in (source.integer(in: 0...1), source.integer(in: 0...1)) }
    func view(_ name: String, _ sign: (Int, Int) -> Int) throws -> Modality {
      try Modality(name, features: ["x"], values: signs.map { Double(2 * sign($0.0, $0.1) - 1) })
    }
    let cohort = try Dataset(
      "signs", modalities: [view("a") { a, _ in a }, view("b") { _, b in b }],
      labels: ClassLabels(signs.map { $0.0 == $0.1 ? 1 : 0 }))
    var experiment = try Self.experiment(cohort)
    (experiment.training.hiddenWidths, experiment.training.epochs) = ([8], 60)
    for run in try experiment.runs(of: experiment.trials[0], seed: 1) {
      #expect(try #require(run["early fusion accuracy"]) > 0.95 && #require(run["fusion accuracy"]) < 0.85)
    }
  }

  @Test func whatIsPlantedIsSeen() throws {
    let experiment = try Self.experiment(Self.cohort(rows: 40, features: 3, signal: 4, seed: 3))
    let runs = try (0..<2).flatMap { try experiment.runs(of: experiment.trials[$0], seed: UInt64($0)) }
    for run in runs { #expect(try #require(run["fusion accuracy"]) == 1 && #require(run["i_sy"]) > 0.3) }
    let report = try experiment.report(runs)
    #expect(report.agreement.rows.count == 2 && report.tables.map(\.rows.count) == [2, 2])
    #expect(report.notes[0].hasPrefix("No effect is detectable at this size: a gain of 0.035"))
  }

  /// Four patients by hand, of classes 0, 0, 1, 1, each with the probability of class 1.
  ///
  /// The teacher is right on all but the first; the student alone on the first and third, with the teacher on all but the third, with
  /// the control on the first. A tie counts for the first class.
  @Test func fusionByHand() throws {
    func both(_ ones: [Double]) -> [Double] { ones.flatMap { [1 - $0, $0] } }
    let labels = try ClassLabels([0, 0, 1, 1])
    let comparison = FusionComparison(
      labels: labels, teacher: both([0.5625, 0.0625, 0.5625, 0.75]), alone: both([0.25, 0.75, 0.5625, 0.375]),
      guided: both([0.125, 0.25, 0.4375, 0.625]), control: both([0.25, 0.75, 0.25, 0.25]),
      early: both([0.25, 0.25, 0.75, 0.25]))
    let outcomes = Dictionary(uniqueKeysWithValues: try comparison.outcomes().map { ($0.name, $0.value) })
    #expect(outcomes["teacher accuracy"] == 0.75 && outcomes["student accuracy"] == 0.5)
    #expect(outcomes["gain accuracy"] == 0.25 && outcomes["control gain accuracy"] == -0.25)
    #expect(outcomes["discordance"] == 0.75 && outcomes["early fusion accuracy"] == 0.75)
    // Fused with the student alone: .40625, .40625, .5625, .5625; with the distilled one: .34375, .15625, .5, .6875.
    #expect(outcomes["fusion accuracy"] == 1 && outcomes["fusion gain accuracy"] == -0.25)
    #expect(outcomes["fusion discordance"] == 0.25 && outcomes["fusion gain AUC"] == 0)
    // The pairs of a 0 and a 1 that are in order: alone .25 < .5625, .25 < .375, of four; distilled all.
    #expect(outcomes["gain AUC"] == 0.5)
  }

  @Test func foldsAreStratified() throws {
    let names = (0..<45).map { $0 < 27 ? "early" : "late" }
    let labels = try ClassLabels(names)
    let rows = try LabelledRows(features: (0..<45).map { Double($0) }, labels: labels.indices)
    var source = RandomSource(seed: 1, index: 0)
    let folds = try StratifiedFolds(labels, rows, count: 5, using: &source)
    #expect(folds.folds.joined().sorted() == Array(0..<45))
    #expect(folds.folds.allSatisfy { fold in (3...4).contains(fold.count { $0 >= 27 }) })
    #expect(Set(folds.training(without: 2)).isDisjoint(with: folds.folds[2]) && folds.training(without: 2).count == 36)
    let rare = try ClassLabels((0..<45).map { $0 < 3 ? "rare" : "usual" })
    let rareRows = try LabelledRows(features: rows.features, labels: rare.indices)
    #expect(throws: DatasetError.self) { try StratifiedFolds(rare, rareRows, count: 5, using: &source) }
  }

  /// By the sum over all outcomes (both right, one, the other) of a small number of samples.
  @Test(arguments: [(10, 0.4, 0.1), (14, 0.7, -0.5), (9, 1, 0.3), (12, 0.2, 0.2)])
  func powerIsThatOfAllOutcomes(samples: Int, discordance: Double, gain: Double) {
    func choose(_ n: Int, _ k: Int) -> Double { (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) } }
    func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * base } }
    let (first, second) = ((discordance + gain) / 2, (discordance - gain) / 2)
    var expected = 0.0
    for a in 0...samples {
      for b in 0...(samples - a) {
        let few = min(a, b)
        let tail = (0...few).reduce(0) { $0 + choose(a + b, $1) } * power(0.5, a + b)
        guard 2 * tail <= 0.05 else { continue }
        expected +=
          choose(samples, a) * choose(samples - a, b) * power(first, a) * power(second, b)
          * power(1 - discordance, samples - a - b)
      }
    }
    let test = McNemarPower(discordance: discordance)
    #expect(abs(test.power(gain: gain, samples: samples) - expected) < 1e-12)
  }

  @Test func sizesAreFound() throws {
    let test = McNemarPower(discordance: 0.2)
    // Exact tests keep their level.
    for samples in [5, 20, 45, 300] { #expect(test.power(gain: 0, samples: samples) <= 0.05) }
    let needed = test.samplesNeeded(power: 0.8, gain: 0.1)
    #expect(test.power(gain: 0.1, samples: needed) >= 0.8)
    #expect(test.power(gain: 0.1, samples: needed * 9 / 10) < 0.8)
    let gain = try #require(test.detectableGain(power: 0.8, samples: 300))
    #expect(test.power(gain: gain, samples: 300) >= 0.8 && test.power(gain: gain - 0.002, samples: 300) < 0.8)
    #expect(McNemarPower(discordance: 0.05).detectableGain(power: 0.8, samples: 45) == nil)
  }

  @Test func unfitDataAreRefused() throws {
    let cohort = try Self.cohort(rows: 20, features: 2, signal: 0, seed: 4)
    let single = try Dataset("label", modalities: [cohort.modalities[0]], labels: cohort.labels)
    #expect(throws: ExperimentError.self) { try OmicsExperiment([single], isQuick: true) }
    #expect(throws: ExperimentError.self) { try OmicsExperiment([], isQuick: true) }
  }
}
