// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Estimation
import Foundation
import SeededRuns
import Testing

@testable import Experiments

/// The experiments on small data: what they run, that threads change nothing, that numbers are those of their parts.
@Suite struct ExperimentTests {
  /// Images of 6 × 6 with a bright third, and the same on a random background.
  static func images(_ count: Int = 90) throws -> ImagesExperiment {
    var source = RandomSource(seed: 1, index: 0)
    let labels = (0..<count).map { $0 % 3 }
    let digits = labels.flatMap { label in (0..<36).map { $0 / 12 == label ? 0.9 : 0.1 } }
    let composites = digits.map { abs(Double.random(in: 0...1, using: &source) - $0) }
    var experiment = try ImagesExperiment(
      digits: LabelledRows(features: digits, labels: labels),
      composites: LabelledRows(features: composites, labels: labels), isQuick: true)
    experiment.sizes = PartSizes(training: 18, extra: 24, information: 24, test: 24)
    experiment.seedCount = 2
    (experiment.training.hiddenWidths, experiment.training.epochs) = ([6], 6)
    return experiment
  }

  private static func runs<E: Experiment>(_ experiment: E, threads: Int = 2) async throws -> [Run] {
    let runner = ExperimentRunner(experiment)
    return try await runner.runs(runner.begin(), threads: threads, seed: 3)
  }

  /// A trial of views says how far it is, from near 0 to 1, and ends where it is told to; in the end the run has no part left.
  @Test func longTrialsTellHowFarTheyAre() async throws {
    var experiment = try ViewsExperiment(Self.views(["x", "y", "z"], rows: 120), isQuick: true)
    experiment.sizes = PartSizes(training: 18, extra: 24, information: 24, test: 24)
    (experiment.training.hiddenWidths, experiment.training.epochs) = ([6], 2)
    experiment.seedCount = 2
    var told: [Double] = []
    let runs = try experiment.runs(of: experiment.trials[0], seed: 1) { done in
      told.append(done)
      return false
    }
    #expect(try runs == experiment.runs(of: experiment.trials[0], seed: 1) && runs?.count == 12)
    #expect(told.first.map { $0 < 0.05 } == true && told.last == 1 && told == told.sorted() && told.count > 12)
    var asked = 0
    let stopped = try experiment.runs(of: experiment.trials[0], seed: 1) { _ in
      asked += 1
      return asked == 4
    }
    #expect(stopped == nil && asked == 4)
    let runner = ExperimentRunner(experiment)
    let run = runner.begin()
    _ = try await runner.runs(run, threads: 2, seed: 1)
    #expect(run.casesDone == 2 && abs(run.partsDone) < 1e-8)
  }

  @Test func imagesRunEveryConditionOnEverySeed() async throws {
    let experiment = try Self.images()
    let runs = try await Self.runs(experiment)
    #expect(runs == (try await Self.runs(experiment, threads: 1)))
    // 2 seeds × 5 blurs × 2 teachers × 2 weight decays.
    #expect(runs.count == 40)
    let report = try experiment.report(runs)
    #expect(report.agreement.rows.count == 20)
    #expect(
      report.agreement.rows.prefix(5).map { $0.condition.map(\.value) }
        == [0, 1, 2, 4, 8].map { ["same", "0.001", "\($0)"] })
    // Students alone know no teacher: the same for every blur of a seed and weight decay.
    for seed in 0..<2 {
      for decay in ["0.001", "3.0"] {
        let alone = runs.filter { $0.replicate == seed && $0.factors[1].value == decay }
        #expect(alone.count == 10 && Set(alone.map { $0["student accuracy"] }).count == 1)
        #expect(Set(alone.map { $0["i_sy"] }).count == 1)
      }
    }
    // The first condition's gain in accuracy, with its error: half the distance of two seeds.
    let pair = runs.filter { $0.factors.map(\.value) == ["same", "0.001", "0"] }.compactMap { $0["gain accuracy"] }
    let shown = String(format: "%+.2f±%.2f | ", 50 * (pair[0] + pair[1]), 50 * abs(pair[0] - pair[1]))
    #expect(report.tables[0].rows.count == 20 && report.tables[0].rows[0].count == 6)
    #expect(report.tables[0].rows[0][1].hasPrefix(shown.replacingOccurrences(of: "-", with: "−")))
    for run in runs { #expect(run["delta"] == (run["i_ts"] ?? 0) - (run["i_sy"] ?? 0)) }
  }

  private static func views(_ names: [String], rows: Int) throws -> Dataset {
    var source = RandomSource(seed: 2, index: 0)
    let labels = (0..<rows).map { $0 % 2 }
    return try Dataset(
      "small",
      modalities: names.enumerated().map { index, name in
        try Modality(
          name, features: ["a", "b", "c"],
          values: labels.flatMap { label in
            (0..<3).map { _ in Double(label) + Double(1 + index) * Double.random(in: -1...1, using: &source) }
          })
      }, labels: ClassLabels(labels))
  }

  @Test func viewsRunAllOrderedPairs() async throws {
    var experiment = try ViewsExperiment(Self.views(["x", "y", "z"], rows: 120), isQuick: true)
    experiment.seedCount = 2
    #expect(experiment.sizes == PartSizes(training: 12, extra: 48, information: 30, test: 30))
    let runs = try await Self.runs(experiment)
    let pairs = runs.map { $0.factors.dropFirst().map(\.value).joined(separator: ">") }
    #expect(Set(pairs) == ["x>y", "x>z", "y>x", "y>z", "z>x", "z>y"] && runs.count == 24)
    // A pair's numbers are those of the two views alone.
    let run = try #require(runs.first { $0.replicate == 1 && $0.factors.map(\.value) == ["more", "y", "z"] })
    let rows = try ["y", "z"].map { name in
      let data = try Self.views(["x", "y", "z"], rows: 120)
      return try LabelledRows(try data.modality(name), data.labels)
    }
    var source = RandomSource(seed: 3, index: 1)
    let transfer = try Transfer(teacher: rows[0], student: rows[1], sizes: experiment.sizes, seed: source.next())
    let (teacher, baseline) = (
      try transfer.teacher(.more, experiment.training), try transfer.baseline(experiment.training)
    )
    let outcomes = try transfer.outcomes(
      teacher, baseline, weight: 1, temperature: 2, informations: transfer.informations(teacher, baseline))
    #expect(run.outcomes == outcomes)
    #expect(try experiment.report(runs).tables[0].rows.map { $0[0] } == ["x", "y", "z"])
    #expect(throws: ExperimentError.self) { try ViewsExperiment(Self.views(["x"], rows: 120), isQuick: true) }
  }

  @Test func ablationsRunTheGrid() async throws {
    let names = ["fac", "fou", "kar", "mor", "pix", "zer"]
    var experiment = try AblationsExperiment(Self.views(names, rows: 160), isQuick: true)
    (experiment.seedCount, experiment.training.epochs, experiment.training.hiddenWidths) = (2, 3, [4])
    experiment.sizes = PartSizes(training: 20, extra: 0, information: 80, test: 40)
    experiment.estimators = [KSG(.square), GaussianPlugIn()]
    let runs = try await Self.runs(experiment)
    // 2 seeds × 6 pairs × (4 T × 5 λ without noise, and 1 with).
    #expect(runs.count == 2 * 6 * 21)
    for run in runs { #expect(run["i_ts"] == run["i_ts ksg1"] && run["i_sy"] == run["i_sy ksg1"]) }
    let tables = try experiment.report(runs).tables
    #expect(
      tables[0].columns == ["T", "λ = 0.2", "λ = 0.3", "λ = 0.5", "λ = 0.7", "λ = 0.8"] && tables[0].rows.count == 4)
    #expect(tables[1].rows.map { $0[0] } == ["0.0", "2.0"])
    // An estimator ranks as it does itself.
    #expect(tables[3].rows[0][1] == "+1.00" && tables[3].rows[1][2] == "+1.00")
    #expect(throws: DatasetError.self) { try AblationsExperiment(Self.views(["fac"], rows: 160), isQuick: true) }
  }

  /// Every pair with every noise at every temperature, and each is what an experiment of that temperature alone says.
  @Test func ablationsOfForecastsCompareTemperatures() throws {
    let data = try Self.views(["fac", "fou", "kar", "mor", "pix", "zer"], rows: 160)
    func shortened(_ experiment: ForecastExperiment) -> ForecastExperiment {
      var own = experiment
      (own.seedCount, own.weights, own.hasInformations, own.weightDecay) = (1, [1], false, 0.1)
      own.sizes = PartSizes(training: 40, extra: 40, information: 20, test: 60)
      return own
    }
    let experiment = shortened(try ForecastExperiment(ablationsOf: data, isQuick: true))
    var plain = shortened(try ForecastExperiment(data, isQuick: true))
    #expect(experiment.trials.map { $0.value(of: "T") } == ["1.0", "4.0"])
    func value(_ runs: [Run], _ name: String, teacher: String, student: String) -> Double? {
      let wanted = [("teacher", teacher), ("student", student), ("teacher labels", "more")].map { Setting($0, $1) }
      return runs.first { run in wanted.allSatisfy(run.factors.contains) }?[name]
    }
    for trial in experiment.trials {
      let runs = try experiment.runs(of: trial, seed: 3)
      // 2 kinds of teacher rows × (6 pairs × 2 noises, and a joint teacher for each of 6 students).
      #expect(runs.count == 2 * 18 && runs.allSatisfy { $0.factors.contains(trial.factors[0]) })
      plain.temperature = try #require(Double(trial.value(of: "T")))
      let single = try plain.runs(of: plain.trials[0], seed: 3)
      for (teacher, student) in AblationsExperiment.pairs + [(Run.jointTeacher, "fac")] {
        for name in ["gain log-loss", "teacher accuracy"] {
          let own = try #require(value(runs, name, teacher: teacher, student: student))
          #expect(abs(own - (try #require(value(single, name, teacher: teacher, student: student)))) < 1e-4)
        }
      }
      // Noise of twice a column's deviation is heard.
      let noisy = try AblationsExperiment.pairs.map { teacher, student in
        try #require(value(runs, "teacher accuracy", teacher: "\(teacher) + noise 2.0", student: student))
          - (try #require(value(runs, "teacher accuracy", teacher: teacher, student: student)))
      }
      #expect(noisy.reduce(0, +) < 0)
    }
  }

  @Test func kendallByHand() {
    #expect(kendallTau([1, 2, 3], [10, 20, 30]) == 1)
    #expect(kendallTau([1, 2, 3], [3, 2, 1]) == -1)
    // Of 6 pairs 4 are ordered alike, 1 differently, 1 ties.
    #expect(kendallTau([1, 2, 3, 4], [1, 3, 2, 3]) == 0.5)
    #expect(kendallTau([1], [1]).isNaN)
  }

  /// Two digits of 2 × 2 in IDX, composites as an array of NumPy: bytes to 0 … 1, colours to grey.
  @Test func imagesAreReadFromFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    func npy(_ shape: String, _ bytes: [UInt8]) -> [UInt8] {
      let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(shape)), }"
      let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
      return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + bytes
    }
    func big(_ numbers: [Int]) -> [UInt8] { numbers.flatMap { [0, 0, 0, UInt8($0)] } }
    let files = ImagesExperiment.files
    try write([0, 0, 8, 3] + big([2, 2, 2]) + [0, 51, 102, 255, 255, 0, 0, 0], files.digits)
    try write([0, 0, 8, 1] + big([2]) + [1, 0], files.labels)
    try write(
      npy("2, 2, 2, 3", [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255] + Array(repeating: 0, count: 12)),
      files.composites)
    let experiment = try ImagesExperiment(folder: folder.path, isQuick: true)
    #expect(experiment.digits.features == [0, 0.2, 0.4, 1, 1, 0, 0, 0] && experiment.digits.labels == [1, 0])
    for (grey, expected) in zip(experiment.composites.features, [0.299, 0.587, 0.114, 1, 0, 0, 0, 0]) {
      #expect(abs(grey - expected) < 1e-6)
    }
    try write(npy("2, 2, 3, 2", [UInt8](repeating: 0, count: 24)), files.composites)
    #expect(throws: ExperimentError.self) { try ImagesExperiment(folder: folder.path, isQuick: true) }
    try write([0, 0, 8, 1] + big([3]) + [1, 0, 0], files.labels)
    #expect(throws: ExperimentError.self) { try ImagesExperiment(folder: folder.path, isQuick: true) }
    try FileManager.default.removeItem(at: folder.appendingPathComponent(files.digits))
    #expect(throws: DataFileError.self) { try ImagesExperiment(folder: folder.path, isQuick: true) }
  }

  @Test func refusesImagesThatDoNotFit() throws {
    let rows = try LabelledRows(features: [Double](repeating: 0, count: 24), labels: [0, 1])
    #expect(throws: ExperimentError.unpairedViews("images of 12 pixels are not square")) {
      try ImagesExperiment(digits: rows, composites: rows, isQuick: true)
    }
  }
}
