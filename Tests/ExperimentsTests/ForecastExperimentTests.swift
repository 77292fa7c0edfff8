// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import Datasets
import Foundation
import SeededRuns
import Testing

@testable import Experiments

/// Forecasts of gains on small planted data: what is fitted to what, how rows are paired, what is counted.
@Suite struct ForecastExperimentTests {
  /// Rows of two classes whose first column tells the class as clearly as `clarity` of the row says.
  private static func rows(_ clarity: [Double], seed: UInt64) throws -> LabelledRows {
    var source = RandomSource(seed: seed, index: 0)
    let labels = clarity.indices.map { $0 % 2 }
    return try LabelledRows(
      features: labels.indices.flatMap { row in
        [clarity[row] * Double(2 * labels[row] - 1), Double.random(in: -0.1...0.1, using: &source)]
      }, labels: labels)
  }

  /// Partners are of one class; within it the easiest goes with the easiest (+), with the hardest (−), or with anyone (0).
  ///
  /// Ease is planted, so the order of partners is known. At coupling 0 40 rows of a class are in one of 40! orders: a rank correlation
  /// beyond 0.8 has probability below 1e-9.
  @Test(arguments: LabelPairing.Coupling.allCases) func pairsAreCoupled(_ coupling: LabelPairing.Coupling) throws {
    let clarity = (0..<80).map { 0.2 + Double($0 * 37 % 80) / 40 }
    let other = (0..<90).map { 0.2 + Double($0 * 41 % 90) / 40 }
    let pairing = try LabelPairing(
      [("a", Self.rows(clarity, seed: 1))], [("b", Self.rows(other, seed: 2)), ("c", Self.rows(other, seed: 3))],
      classNames: ["0", "1"])
    let data = try pairing.data(coupling, seed: 5)
    #expect(data.views.map(\.name) == ["a", "b", "c"])
    #expect(data.views.allSatisfy { $0.rows.labels == data.views[0].rows.labels && $0.rows.rowCount == 80 })
    // Views of one set are no pair.
    #expect(Set(data.pairs.map { "\($0.teacher)>\($0.student)" }) == ["0>1", "1>0", "0>2", "2>0"])
    for label in 0..<2 {
      let rows = data.views[0].rows.labels.indices.filter { data.views[0].rows.labels[$0] == label }
      func ranks(_ view: Int) -> [Double] {
        let ease = rows.map { abs(data.views[view].rows.features[2 * $0]) }
        return ease.map { value in Double(ease.count { $0 < value }) }
      }
      let (a, b) = (ranks(0), ranks(1))
      let middle = Double(rows.count - 1) / 2
      let product = zip(a, b).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) }
      let correlation = product / a.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
      switch coupling {
      case .alike: #expect(correlation > 0.95)
      case .opposed: #expect(correlation < -0.95)
      case .none: #expect(abs(correlation) < 0.8)
      }
    }
    #expect(try pairing.data(coupling, seed: 6).views[1].rows != data.views[1].rows)
    #expect(throws: ExperimentError.self) { try LabelPairing([], [("b", Self.rows(other, seed: 2))], classNames: []) }
  }

  /// Groups are divided by no cut; where those that are drawn have too few rows it is an error.
  @Test func groupsAreHeldOut() throws {
    let rows = try Self.rows([Double](repeating: 1, count: 120), seed: 4)
    let groups = (0..<120).map { $0 / 20 }
    var source = RandomSource(seed: 1, index: 0)
    let sizes = PartSizes(training: 30, extra: 40, information: 15, test: 20)
    let split = try DataSplit(rows, sizes, groups: groups, heldOut: 2, using: &source)
    let parts = [split.training, split.extra, split.information, split.test]
    #expect(parts.map(\.count) == [30, 40, 15, 20] && Set(parts.joined()).count == 105)
    let (fitted, judged) = (
      Set((parts[0] + parts[1]).map { groups[$0] }), Set((parts[2] + parts[3]).map { groups[$0] })
    )
    #expect(fitted.isDisjoint(with: judged) && judged.count == 2)
    for part in parts { #expect(abs(part.count { rows.labels[$0] == 0 } - part.count / 2) <= 1) }
    #expect(throws: ExperimentError.tooFewRows(rows: 40, needed: 41)) {
      let larger = PartSizes(training: 30, extra: 40, information: 15, test: 26)
      _ = try DataSplit(rows, larger, groups: groups, heldOut: 2, using: &source)
    }
  }

  /// Speakers call things as they like: a column for each speaker and word, and which word means what he alone knows.
  ///
  /// Who heard a speaker tells all of his words; who did not has no column for him and takes all for one class, right for half of the rows. Forecasts hold
  /// speakers out, also of the rows that only a teacher has.
  @Test func forecastsHoldGroupsOut() throws {
    let speakers = 24
    var (features, labels, groups) = ([Double](), [Int](), [Int]())
    for row in 0..<20 * speakers {
      let (speaker, word) = (row / 20, row % 2)
      features += (0..<2 * speakers).map { $0 == 2 * speaker + word ? 1 : 0 }
      labels.append(speaker % 3 == 0 ? word : 1 - word)
      groups.append(speaker)
    }
    let view = try LabelledRows(features: features, labels: labels)
    func accuracies(_ groups: [Int]) throws -> [Double] {
      var experiment = ForecastExperiment(
        ForecastData(views: [("a", view), ("b", view)], classNames: ["0", "1"], groups: groups), name: "test",
        dataName: "test", sizes: PartSizes(training: 120, extra: 200, information: 20, test: 80), seedCount: 2,
        heldOutGroups: Set(groups).count / 3)
      (experiment.weights, experiment.hasInformations, experiment.folds) = ([1], false, 4)
      let runs = try experiment.runs(of: experiment.trials[0], seed: 3)
      return runs.filter { $0.factors[1].value == "more" }.compactMap { $0["forecast teacher accuracy"] }
    }
    #expect(try accuracies(groups).allSatisfy { abs($0 - 0.5) < 0.1 })
    // Groups that are none: every teacher heard everyone.
    #expect(try accuracies((0..<480).map { $0 / 2 % 240 }).allSatisfy { $0 > 0.95 })
  }

  private static func experiment(_ data: ForecastData) -> ForecastExperiment {
    var experiment = ForecastExperiment(
      data, name: "test", dataName: "test", sizes: PartSizes(training: 40, extra: 40, information: 30, test: 40),
      seedCount: 2)
    (experiment.weights, experiment.weightDecay) = ([0.1, 1], nil)
    return experiment
  }

  /// No forecast sees a test row, and every gain does: of rows that are changed only those that are not fitted to matter.
  @Test func noForecastSeesATestRow() throws {
    let (first, second) = try TransferTests.views(150)
    let data = ForecastData(views: [("a", first), ("b", second)], classNames: ["0", "1", "2"])
    let experiment = Self.experiment(data)
    let runs = try experiment.runs(of: experiment.trials[0], seed: 8)
    var random = RandomSource(seed: 8, index: 0)
    let split = try DataSplit(first, experiment.sizes, using: &random)
    func changed(_ rows: LabelledRows) throws -> LabelledRows {
      var features = rows.features
      for row in split.test { for j in 0..<4 { features[4 * row + j] = -features[4 * row + j] } }
      return try LabelledRows(features: features, labels: rows.labels)
    }
    let other = Self.experiment(
      ForecastData(views: [("a", try changed(first)), ("b", try changed(second))], classNames: data.classNames))
    let again = try other.runs(of: other.trials[0], seed: 8)
    let gains = ["gain log-loss", "control gain log-loss", "class-mean gain log-loss", "student accuracy"]
    let forecasts = [
      "slope", "steps log-loss", "trained log-loss", "shuffled steps log-loss", "delta", "alignment",
    ]
    for (run, twin) in zip(runs, again) {
      for name in gains { #expect(run[name] != twin[name], "\(name)") }
      for name in forecasts { #expect(run[name] == twin[name] && run[name] != nil, "\(name)") }
    }
  }

  /// After one temperature the log-loss is that of the probabilities that are best scaled: accuracies are the same, log-losses are not, and gains at the
  /// first λ are those of the least over a grid of temperatures.
  @Test func logLossesAfterOneTemperature() throws {
    let (first, second) = try TransferTests.views(150)
    let data = ForecastData(views: [("a", first), ("b", second)], classNames: ["0", "1", "2"])
    var experiment = Self.experiment(data)
    (experiment.weightDecay, experiment.hasInformations) = (0.01, false)
    let plain = try experiment.runs(of: experiment.trials[0], seed: 8)
    experiment.isCalibrated = true
    let scaled = try experiment.runs(of: experiment.trials[0], seed: 8)
    for (run, twin) in zip(plain, scaled) {
      #expect(run["gain accuracy"] == twin["gain accuracy"] && run["gain log-loss"] != twin["gain log-loss"])
    }
    var random = RandomSource(seed: 8, index: 0)
    let split = try DataSplit(first, experiment.sizes, using: &random)
    let (rows, test) = (try second.selecting(split.training), try second.selecting(split.test))
    let alone = try SoftmaxObjective(rows, weightDecay: 0.01).fit()
    let teacher = try SoftmaxObjective(first.selecting(split.training), weightDecay: 0.01).fit()
    let distilled = alone.objective.fit(
      DistillationTerm(teacher.trainingLogits.softLabels(temperature: 2), weight: 0.1, temperature: 2))
    func least(_ student: SoftmaxStudent) -> Double {
      let logits = student.logits(of: test.features)
      let temperatures = (0...4_000).map { 0.2 * exp(Double($0) / 1_000) }
      return temperatures.map { HeldOutScore(logits, labels: test.labels, temperature: $0).logLoss }.min() ?? .nan
    }
    let run = try #require(scaled.first { $0.factors.map(\.value) == ["0.1", "same", "a", "b"] })
    #expect(try abs(#require(run["gain log-loss"]) - (least(alone) - least(distilled))) < 1e-5)
  }

  /// A joint teacher of all views is one more candidate, that changes nothing for the others; tables count it apart.
  @Test func jointTeachersAreCountedApart() throws {
    let (first, second) = try TransferTests.views(150)
    let experiment = Self.experiment(ForecastData(views: [("a", first), ("b", second)], classNames: ["0", "1", "2"]))
    let runs = try experiment.trials.flatMap { try experiment.runs(of: $0, seed: UInt64($0.replicate)) }
    // 2 seeds × 2 students × 2 kinds of rows × 2 teachers × 2 λ.
    #expect(runs.count == 32 && runs.count(where: \.isOfJointTeacher) == 16)
    let report = try experiment.report(runs)
    #expect(report.agreement.rows.count == 4)
    #expect(report.tables[0].rows.allSatisfy { row in row.dropFirst().allSatisfy { $0.contains("/4 [") } })
    let joint = try #require(report.tables.first { $0.title.hasPrefix("A joint teacher") })
    // Two λ, each with teachers of the same and of more rows; two students.
    #expect(joint.rows.map { $0[0] } == ["0.1", "0.1", "1.0", "1.0"])
    let own = runs.filter { $0.isOfJointTeacher && $0.factors[0].value == "1.0" && $0.factors[1].value == "more" }
    let mean = own.compactMap { $0["gain log-loss"] }.reduce(0, +) / Double(own.count)
    #expect(own.count == 4 && joint.rows[3][2] == numberText("%+.4f", mean))
  }

  /// 4 × 4 pixels become 2 × 2 means, and these halves.
  @Test func imagesAreHalved() throws {
    let image = (0..<16).map(Double.init)
    let images = try Modality("image", features: (0..<16).map(String.init), values: image + image.map { 2 * $0 })
    let parts = try ImageParts(images, ClassLabels([0, 1]))
    #expect(try parts.pooled.features == [2.5, 4.5, 10.5, 12.5, 5, 9, 21, 25])
    let halves = try parts.halves()
    #expect(halves.map(\.name) == ["left", "right", "upper", "lower"])
    #expect(halves[0].rows.features == [2.5, 10.5, 5, 21] && halves[1].rows.features == [4.5, 12.5, 9, 25])
    #expect(halves[2].rows.features == [2.5, 4.5, 5, 9] && halves[3].rows.features == [10.5, 12.5, 21, 25])
    #expect(throws: ExperimentError.self) {
      let odd = try Modality(
        "odd", features: (0..<9).map(String.init), values: Array(image.prefix(9) + image.prefix(9)))
      _ = try ImageParts(odd, ClassLabels([0, 1]))
    }
  }

  /// Further rows that a perfect teacher labels gain as their labels do; a teacher that knows nothing gains less.
  @Test func pseudoLabelsAreTheTeachers() throws {
    let (first, second) = try TransferTests.views(210)
    let sharp = try LabelledRows(features: first.features.map { 40 * $0 }, labels: first.labels)
    let further = (150..<210).map { $0 }
    let views = try [sharp, second].map { try $0.selecting(0..<150) }
    let own = FurtherRows(
      features: [
        0: further.flatMap { sharp.features[4 * $0..<4 * $0 + 4] },
        1: further.flatMap { second.features[4 * $0..<4 * $0 + 4] },
      ], labels: further.map { first.labels[$0] })
    let experiment = Self.experiment(
      ForecastData(views: [("a", views[0]), ("b", views[1])], classNames: ["0", "1", "2"], further: own))
    let runs = try experiment.runs(of: experiment.trials[0], seed: 2)
    let run = try #require(runs.first { Array($0.factors.map(\.value).dropFirst()) == ["more", "a", "b"] })
    let (pseudo, labelled) = (run["pseudo-label gain log-loss"], run["further label gain log-loss"])
    #expect(try abs(#require(pseudo) - #require(labelled)) < 0.1 && #require(labelled) > 0)
    // A joint teacher sees what further rows lack.
    #expect(try runs.allSatisfy { $0.isOfJointTeacher == ($0["pseudo-label gain log-loss"] == nil) })
    let table = try #require(experiment.report(runs + runs).tables.last)
    #expect(table.title.hasPrefix("Further rows") && table.rows.count == 4)
  }
}
