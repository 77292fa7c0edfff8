// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import Datasets
import SeededRuns

/// What tells beforehand whether a softmax student gains: the CCH, the teacher's accuracy, the slope at λ → 0, two Newton steps, and training every
/// student, on all ordered pairs of the views of a data set.
///
/// Softmax students with weight decay have one minimiser, so nothing is left to seeds but the cut of the rows. Every forecast sees the
/// student's training rows alone (and, as the teacher does, its further rows), by five folds of them with teachers fitted anew; gains are
/// measured on test rows.
public struct ForecastExperiment: AgreementExperiment {
  /// The sizes of the parts.
  public var sizes: PartSizes
  /// The number of seeds.
  public var seedCount: Int
  /// The weight decay μ of teachers and students.
  public var weightDecay = 0.01
  /// The distillation weights λ.
  public var weights = [0.01, 0.1, 1]
  /// The temperature T.
  public var temperature = 2.0
  /// The number of folds of the forecasts.
  public var folds = 5
  /// Whether the informations of the CCH are estimated, which take most of the time of a small run.
  public var hasInformations = true
  /// What it is called in records and documents.
  public let name = "views"
  /// What a reader should know of the data.
  public var notes: [String]
  private let dataName: String
  let views: [(name: String, rows: LabelledRows)]
  let classNames: [String]

  /// The experiment on a data set, cut as ``ViewsExperiment`` cuts it.
  ///
  /// - Throws: as ``ViewsExperiment/init(_:name:isQuick:)``.
  public init(_ data: Dataset, isQuick: Bool) throws {
    let like = try ViewsExperiment(data, isQuick: isQuick)
    (sizes, seedCount, notes) = (like.sizes, like.seedCount, like.notes)
    views = try data.modalities.map { ($0.name, try LabelledRows($0, data.labels)) }
    (dataName, classNames) = (data.name, data.labels.classes)
  }

  /// The data, sizes, weight decay, λ and T.
  public var settings: [Setting] {
    [Setting("data", dataName), Setting("views", views.map(\.name).joined(separator: " "))] + sizes.settings
      + [
        Setting("students", "softmax"), Setting("weight decay", weightDecay),
        Setting("λ", weights.map(\.description).joined(separator: " ")), Setting("T", temperature),
        Setting("folds", folds), hasInformations ? TransferNotes.estimators : Setting("informations", "none"),
        DataDigest.setting { digest in for view in views { digest.add(view.rows) } },
      ]
  }

  /// A trial for each seed: its teachers and students alone serve all pairs.
  public var trials: [ExperimentTrial] { (0..<seedCount).map { ExperimentTrial(replicate: $0) } }

  /// All pairs of views, both kinds of teachers, all λ.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    try runs(of: trial, seed: seed, until: { false }) ?? []
  }

  /// The same; a trial takes about a minute, so it asks now and then whether to go on.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: () -> Bool) throws -> [Run]? {
    guard weightDecay > 0, weightDecay.isFinite else {
      throw ExperimentError.invalidSetting(
        name: "weight decay", value: "\(weightDecay)", rule: "must be a positive number")
    }
    var source = RandomSource(seed: seed, index: 0)
    let split = try DataSplit(views[0].rows, sizes, using: &source)
    let round = try ForecastRound(self, split, seed: seed)
    var runs: [Run] = []
    for student in views.indices {
      for rows in Transfer.TeacherRows.allCases {
        if isStopped() { return nil }
        runs += try round.outcomes(student: student, rows).map { teacher, weight, outcomes in
          Run(
            replicate: trial.replicate,
            factors: [
              Setting("λ", weight), Setting("teacher labels", rows.rawValue), Setting("teacher", views[teacher].name),
              Setting("student", views[student].name),
            ], outcomes: outcomes)
        }
      }
    }
    return runs
  }

  /// Predictions against gains in log-loss at the largest λ, and how often every rule told the sign.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let largest = weights.map(\.description).last
    return ExperimentReport(
      agreement: try AgreementTable(
        runs.filter { $0.factors.first?.value == largest },
        .init(gain: "gain log-loss", control: "control gain log-loss")),
      tables: try ForecastTables(runs, weights: weights.map(\.description)).all,
      notes: notes + [
        "Gains in log-loss are in nats. The control has soft labels shuffled within class; a class mean is their mean in every class.",
        "The slope, two steps, training and the teacher's accuracy are cross-validated on the student's \(sizes.training) training rows, with "
          + "\(folds) folds and teachers fitted anew in each; no forecast sees a test row.",
        "H1 and H2 are the logits of the teacher and of the student trained alone, on rows that neither was trained on nor gains are "
          + "measured on. " + TransferNotes.methods,
        TransferNotes.common[1], TransferNotes.common[2],
      ])
  }
}
