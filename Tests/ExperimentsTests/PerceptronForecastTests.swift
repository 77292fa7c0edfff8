// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import SeededRuns
import Testing

@testable import Experiments

/// Forecasts of what perceptron students gain.
@Suite struct PerceptronForecastTests {
  /// At λ = 0 a reference is the student alone, and what goes on from either is the same, to the bit; at λ = 1 it is not.
  ///
  /// Forecasts see no test row.
  @Test func perceptronsGoOnFromAReference() throws {
    let (first, second) = try TransferTests.views(150)
    func data(_ first: LabelledRows) throws -> Dataset {
      try Dataset(
        "planted",
        modalities: [("a", first), ("b", second)].map { name, rows in
          try Modality(name, features: (0..<4).map(String.init), values: rows.features)
        }, labels: ClassLabels(first.labels))
    }
    func runs(_ first: LabelledRows, weight: Double) throws -> [Run] {
      var experiment = try ViewsExperiment(data(first), isQuick: true)
      (experiment.sizes, experiment.forecastFolds) = (
        PartSizes(training: 40, extra: 40, information: 30, test: 40), 2
      )
      (experiment.training.epochs, experiment.training.hiddenWidths, experiment.weight) = (10, [6], weight)
      return try experiment.runs(of: experiment.trials[0], seed: 8)
    }
    let forecasts = ["steps", "shuffled steps", "trained"].flatMap { ["\($0) accuracy", "\($0) MSE"] }
    for run in try runs(first, weight: 0) { for name in forecasts { #expect(run[name] == 0, "\(name)") } }
    let guided = try runs(first, weight: 1)
    #expect(guided.allSatisfy { $0["steps MSE"] != 0 && $0["trained MSE"] != 0 })
    for run in guided {
      #expect(run["steps MSE"] != run["shuffled steps MSE"] && run["shuffled steps MSE"] != 0)
      #expect(run["alignment"].map { abs($0) <= 1 && $0 != 0 } == true)
    }
    var random = RandomSource(seed: 8, index: 0)
    let split = try DataSplit(first, PartSizes(training: 40, extra: 40, information: 30, test: 40), using: &random)
    var features = first.features
    for row in split.test { for j in 0..<4 { features[4 * row + j] += 1 } }
    let other = try runs(LabelledRows(features: features, labels: first.labels), weight: 1)
    for (run, twin) in zip(guided, other) { for name in forecasts { #expect(run[name] == twin[name]) } }
    #expect(guided.map { $0["teacher accuracy"] } != other.map { $0["teacher accuracy"] })
  }

  /// A joint teacher of all views is one more candidate, that changes nothing for the others; tables count it apart.
  ///
  /// It is the perceptron of the columns side by side, which is trained here once more by itself.
  @Test func aJointTeacherSeesAllViews() throws {
    let (first, second) = try TransferTests.views(150)
    let joint = try LabelledRows(sideBySide: [first, second])
    let sizes = PartSizes(training: 40, extra: 40, information: 30, test: 40)
    let training = ClassifierSettings(hiddenWidths: [6], learningRate: 3e-3, weightDecay: 0.001, epochs: 10)
    let transfer = try Transfer(teacher: joint, student: second, sizes: sizes, seed: 8)
    func outcomes(_ views: [LabelledRows], joint: Int?) throws -> [(teacher: Int, outcomes: [Run.Outcome])] {
      let forecast = try PerceptronForecast(
        views, joint: joint, classNames: ["0", "1", "2"], transfer.split, folds: 2, training: training, weight: 1,
        temperature: 2, seed: 3
      ) { false }
      return try #require(forecast).outcomes(#require(forecast).student(1, training), .more)
    }
    let (with, without) = try (
      outcomes([first, second, joint], joint: 2), outcomes([first, second], joint: nil)
    )
    #expect(with.map(\.teacher) == [0, 2] && without.map(\.teacher) == [0])
    #expect(with[0].outcomes == without[0].outcomes && with[1].outcomes != with[0].outcomes)

    let data = try Dataset(
      "planted",
      modalities: [("a", first), ("b", second)].map { name, rows in
        try Modality(name, features: (0..<4).map(String.init), values: rows.features)
      }, labels: ClassLabels(first.labels))
    var experiment = try ViewsExperiment(data, isQuick: true)
    (experiment.sizes, experiment.training, experiment.seedCount) = (sizes, training, 2)
    let plain = try experiment.runs(of: experiment.trials[0], seed: 8)
    experiment.forecastFolds = 2
    let runs = try experiment.runs(of: experiment.trials[0], seed: 8)
    #expect(plain.count == 4 && !plain.contains(where: \.isOfJointTeacher) && runs.count == 8)
    for run in plain {
      let twin = try #require(runs.first { $0.factors == run.factors })
      #expect(Array(twin.outcomes.prefix(run.outcomes.count)) == run.outcomes)
    }
    let own = try #require(runs.first { $0.factors.map(\.value) == ["more", Run.jointTeacher, "b"] })
    let teacher = try Classifier(
      training: joint.selecting(transfer.split.training + transfer.split.extra), settings: training,
      seed: transfer.stream(1))
    #expect(try own["teacher accuracy"] == teacher.metrics(on: joint.selecting(transfer.split.test)).accuracy)

    let report = try experiment.report(runs + experiment.runs(of: experiment.trials[1], seed: 9))
    #expect(report.agreement.rows.count == 4)
    let tables = report.tables.filter { $0.title.hasPrefix("A joint teacher") }
    #expect(tables.count == 2 && tables.allSatisfy { $0.rows.map { $0[1] } == ["same", "more"] })
  }

  /// Images: gains are those that are measured without forecasts, and the student of every weight decay has forecasts for every blur
  /// and for the teacher of digit and photograph.
  ///
  /// A trial that is told to stop, wherever it is, ends without runs.
  @Test func imagesAreForecast() throws {
    var experiment = try ExperimentTests.images()
    let plain = try ImagesExperiment.blurs.flatMap { blur in
      try experiment.runs(of: ExperimentTrial(replicate: 0, factors: [Setting("blur", Int(blur))]), seed: 8)
        .map { (blur: Int(blur), run: $0) }
    }
    experiment.forecastFolds = 2
    #expect(experiment.name == "images-forecasts" && experiment.trials.count == 2)
    var asked = 0
    let found = try experiment.runs(of: experiment.trials[0], seed: 8) { _ in
      asked += 1
      return false
    }
    let all = try #require(found)
    let runs = all.filter { !$0.isOfJointTeacher }
    #expect(runs.count == plain.count && runs.count == 20 && all.count == 24)
    for (blur, run) in plain {
      let twin = try #require(
        runs.first {
          $0.factors[0] == run.factors[0] && $0.factors[1] == run.factors[1]
            && $0.factors[2] == Setting("teacher", "blur \(blur)")
        })
      #expect(Array(twin.outcomes.prefix(run.outcomes.count)) == run.outcomes)
      #expect(Set(twin.outcomes.map(\.name)).count == run.outcomes.count + 10)
    }
    #expect(Set(runs.map { $0["steps MSE"] }).count == 20 && Set(runs.map { $0["trained MSE"] }).count == 20)
    #expect(Set(runs.map { $0["forecast student accuracy"] }).count <= 2)
    // All digits of a class are the same here: but for rounding, shuffling changes nothing where a teacher sees them alone.
    for run in runs {
      let steps = ["steps MSE", "shuffled steps MSE"].compactMap { run[$0] }
      #expect(steps.count == 2 && abs(steps[0] - steps[1]) < 1e-6)
      #expect(run["alignment"].map { abs($0) <= 1 } == true)
      #expect(run.outcomes.contains { $0.name == "i_ts given label" })
    }
    let joint = all.filter(\.isOfJointTeacher)
    #expect(joint.map { $0.outcomes.map(\.name) } == (0..<4).map { _ in runs[0].outcomes.map(\.name) })
    #expect(joint.allSatisfy { run in run["steps MSE"] != run["shuffled steps MSE"] })
    let (own, side) = (
      try #require(joint.first), try LabelledRows(sideBySide: [experiment.digits, experiment.composites])
    )
    let seen = try Transfer(teacher: side, student: experiment.composites, sizes: experiment.sizes, seed: 8)
    let teacher = try seen.teacher(.same, experiment.training)
    #expect(try own["teacher accuracy"] == teacher.metrics(on: side.selecting(seen.split.test)).accuracy)
    let report = try experiment.report(all + all)
    #expect(report.tables.count == 8 && report.agreement.rows.count == runs.count)
    let tables = report.tables.suffix(2)
    #expect(tables.allSatisfy { $0.title.hasPrefix("A joint teacher") && $0.rows.map { $0[1] } == ["same", "more"] })
    #expect(tables.allSatisfy { $0.rows.allSatisfy { $0[4].hasSuffix("/2") } })
    for last in [1, 2, 3, 5, asked] {
      var left = last
      let stopped = try experiment.runs(of: experiment.trials[0], seed: 8) { _ in
        left -= 1
        return left == 0
      }
      #expect(stopped == nil && left == 0)
    }
    experiment.weight = 0
    for run in try experiment.runs(of: experiment.trials[0], seed: 8) {
      for name in ["steps", "shuffled steps", "trained"] {
        #expect(run["\(name) accuracy"] == 0 && run["\(name) MSE"] == 0)
      }
    }
  }

  /// A training that goes on hardly moves where the learning rate is tiny; one that starts anew is elsewhere.
  @Test func trainingGoesOn() throws {
    let (rows, _) = try TransferTests.views(60)
    var settings = ClassifierSettings(hiddenWidths: [5], learningRate: 0.02, epochs: 8)
    let start = try Classifier(training: rows, settings: settings, seed: 1)
    settings.learningRate = 1e-9
    let on = try Classifier(training: rows, startingFrom: start, settings: settings, seed: 2)
    let anew = try Classifier(training: rows, settings: settings, seed: 2)
    func distance(_ other: Classifier) -> Float {
      zip(start.logits(of: rows.features), other.logits(of: rows.features)).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    #expect(distance(on) < 1e-4 && distance(anew) > 0.1)
  }
}
