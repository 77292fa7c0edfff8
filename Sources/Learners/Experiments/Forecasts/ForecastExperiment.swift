// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import Datasets
import SeededRuns

/// What tells beforehand whether a softmax student gains: the CCH, the teacher's accuracy, the slope at λ → 0, a few Newton steps, and training every
/// student, on ordered pairs of the views of a data set.
///
/// Softmax students with weight decay have one minimiser, so nothing is left to seeds but the cut of the rows. Every forecast sees the
/// student's training rows alone (and, as the teacher does, its further rows), by five folds of them with teachers fitted anew; gains are
/// measured on test rows.
public struct ForecastExperiment: AgreementExperiment {
  /// The sizes of the parts.
  public var sizes: PartSizes
  /// The number of seeds.
  public var seedCount: Int
  /// The weight decay μ of teachers and students; nil: each view's is chosen by cross-validation without a teacher.
  public var weightDecay: Double? = 0.01
  /// The distillation weights λ.
  public var weights = [0.01, 0.1, 1]
  /// The temperature T.
  public var temperature = 2.0
  /// Temperatures that are compared, each in trials of its own; none where there is one alone.
  let temperatures: [Double]
  /// The number of folds of the forecasts; no more than there are groups.
  public var folds = 5
  /// Whether the informations of the CCH are estimated, which take most of the time of a small run.
  public var hasInformations = true
  /// Whether log-losses are those at the best temperature of the judged rows, so that a student that is only too sure of itself is not held worse.
  public var isCalibrated = false
  /// What it is called in records and documents.
  public let name: String
  /// What a reader should know of the data.
  public var notes: [String]
  /// The number of groups, such as speakers, that test rows are of and no others.
  let heldOutGroups: Int
  private let dataName: String
  private let digest: Setting
  /// What trials of a seed differ by, as the coupling of pairs.
  private let conditions: [[Setting]]
  private let source: @Sendable (ExperimentTrial, UInt64) throws -> ForecastData

  /// The experiment on data that do not depend on the trial.
  init(
    _ data: ForecastData, name: String, dataName: String, sizes: PartSizes, seedCount: Int, heldOutGroups: Int = 0,
    temperatures: [Double] = [], notes: [String] = []
  ) {
    (self.sizes, self.seedCount, self.name, self.notes) = (sizes, seedCount, name, notes)
    (self.dataName, self.heldOutGroups, self.temperatures) = (dataName, heldOutGroups, temperatures)
    conditions = temperatures.isEmpty ? [[]] : temperatures.map { [Setting("T", $0)] }
    digest = DataDigest.setting { digest in
      for view in data.views { digest.add(view.rows) }
      if let groups = data.groups { digest.add(groups) }
      for (_, features) in (data.further?.features ?? [:]).sorted(by: { $0.key < $1.key }) { digest.add(features) }
    }
    source = { _, _ in data }
  }

  /// The experiment on samples that are paired by their label, in each coupling.
  init(_ pairing: LabelPairing, name: String, dataName: String, sizes: PartSizes, seedCount: Int, notes: [String])
    throws
  {
    (self.sizes, self.seedCount, self.name, self.notes) = (sizes, seedCount, name, notes)
    (self.dataName, heldOutGroups, temperatures) = (dataName, 0, [])
    conditions = LabelPairing.Coupling.allCases.map { [Setting("coupling", $0.rawValue)] }
    let first = try pairing.data(.none, seed: 0)
    digest = DataDigest.setting { digest in for view in first.views { digest.add(view.rows) } }
    source = { trial, seed in
      guard let coupling = LabelPairing.Coupling(rawValue: trial.value(of: "coupling")) else {
        preconditionFailure("a trial has a coupling")
      }
      return try pairing.data(coupling, seed: seed)
    }
  }

  /// The experiment on a data set, cut as ``ViewsExperiment`` cuts it.
  ///
  /// - Throws: as ``ViewsExperiment/init(_:name:isQuick:)``.
  public init(_ data: Dataset, isQuick: Bool) throws {
    let like = try ViewsExperiment(data, isQuick: isQuick)
    self.init(
      ForecastData(
        views: try data.modalities.map { ($0.name, try LabelledRows($0, data.labels)) },
        classNames: data.labels.classes),
      name: "views", dataName: data.name, sizes: like.sizes, seedCount: like.seedCount, notes: like.notes)
  }

  /// The data, sizes, weight decay, λ and T.
  public var settings: [Setting] {
    [Setting("data", dataName)] + sizes.settings
      + (heldOutGroups > 0 ? [Setting("held-out groups", heldOutGroups)] : [])
      + [
        Setting("students", "softmax"),
        Setting("weight decay", weightDecay.map(\.description) ?? "chosen without a teacher"),
        Setting("λ", weights.map(\.description).joined(separator: " ")),
        Setting("T", (temperatures.isEmpty ? [temperature] : temperatures).map(\.description).joined(separator: " ")),
        Setting("folds", folds), hasInformations ? TransferNotes.estimators : Setting("informations", "none"),
      ] + (isCalibrated ? [Setting("log-loss", "at the best temperature")] : []) + [digest]
  }

  /// A trial for each seed, and coupling where there are several: its teachers and students alone serve all pairs.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in conditions.map { ExperimentTrial(replicate: seed, factors: $0) } }
  }

  /// All pairs of views, both kinds of teachers, all λ.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    try runs(of: trial, seed: seed) { _ in false } ?? []
  }

  /// The same; a trial takes about a minute, so it asks now and then whether to go on.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?
  {
    if let weightDecay, !(weightDecay > 0 && weightDecay.isFinite) {
      throw ExperimentError.invalidSetting(
        name: "weight decay", value: "\(weightDecay)", rule: "must be a positive number")
    }
    let data = try source(trial, seed)
    var random = RandomSource(seed: seed, index: 0)
    let rows = data.views[0].rows
    let split =
      try data.groups.map {
        try DataSplit(rows, sizes, groups: $0, heldOut: heldOutGroups, using: &random)
      } ?? DataSplit(rows, sizes, using: &random)
    var own = self
    if !temperatures.isEmpty, let temperature = Double(trial.value(of: "T")) { own.temperature = temperature }
    let round = try ForecastRound(own, data, split, seed: seed)
    var runs: [Run] = []
    let kinds = Transfer.TeacherRows.allCases
    for student in data.views.indices where !data.teachers(of: student).isEmpty {
      for (place, rows) in kinds.enumerated() {
        // What serves all pairs comes first, and is about one more.
        let done = Double(1 + student * kinds.count + place) / Double(1 + data.views.count * kinds.count)
        if isStopped(done) { return nil }
        runs += try round.outcomes(student: student, rows).map { teacher, weight, outcomes in
          Run(
            replicate: trial.replicate,
            factors: [
              Setting("λ", weight), Setting("teacher labels", rows.rawValue), Setting("teacher", teacher),
              Setting("student", data.views[student].name),
            ] + trial.factors, outcomes: outcomes)
        }
      }
    }
    return runs
  }

  private static let calibration =
    "Every log-loss is that at the temperature of the judged rows that makes it least: one number a student, so that being too sure of oneself counts for nothing."

  /// Predictions against gains in log-loss at the largest λ, and how often every rule told the sign.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let largest = weights.map(\.description).last
    return ExperimentReport(
      agreement: try AgreementTable(
        runs.filter { $0.factors.first?.value == largest && !$0.isOfJointTeacher },
        .init(gain: "gain log-loss", control: "control gain log-loss")),
      tables: try ForecastTables(runs, weights: weights.map(\.description)).all,
      notes: notes + (isCalibrated ? [Self.calibration] : []) + [
        "Gains in log-loss are in nats. The control has soft labels shuffled within class; a class mean is their mean in every class.",
        "The slope, Newton steps, training and the teacher's accuracy are cross-validated on the student's \(sizes.training) training rows, "
          + "with teachers fitted anew in each fold; no forecast sees a test row.",
        "H1 and H2 are the logits of the teacher and of the student trained alone, on rows that neither was trained on nor gains are "
          + "measured on. " + TransferNotes.methods + " I(H1;H2|Y) is the mean of the same within the classes.",
        TransferNotes.common[1], TransferNotes.common[2],
      ])
  }
}
