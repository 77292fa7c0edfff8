// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets

/// All ordered pairs of the views of a data set: a teacher on one view, a student on another.
///
/// The six views of mfeat stand in for several modalities; any data set of paired views will do.
public struct ViewsExperiment: AgreementExperiment {
  /// The sizes of the parts.
  public var sizes: PartSizes
  /// The number of seeds.
  public var seedCount: Int
  /// The distillation weight λ.
  public var weight = 1.0
  /// The temperature T.
  public var temperature = 2.0
  /// How teachers and students are trained.
  public var training = ClassifierSettings(hiddenWidths: [64], learningRate: 3e-3, weightDecay: 0.001, epochs: 30)
  /// The number of folds by which gains are forecast; nil: they are not.
  public var forecastFolds: Int?
  /// What it is called: `views`, or `own` for a user's own files.
  public let name: String
  /// What a reader should know of the data.
  public var notes: [String]
  private let dataName: String
  private let views: [(name: String, rows: LabelledRows)]
  private let classNames: [String]

  /// The experiment on a data set: a tenth of the rows for training, four tenths more for a teacher of more labels, and a quarter
  /// each for informations and test.
  ///
  /// - Parameters:
  ///   - data: the views and classes.
  ///   - name: what it is called on the command line.
  ///   - isQuick: whether fewer seeds are run.
  /// - Throws: ``ExperimentError`` where there are fewer than two views or 20 rows a class, or a class has fewer than 8 rows, so that some part
  ///   would have none; `ClassificationError`.
  public init(_ data: Dataset, name: String = "views", isQuick: Bool) throws {
    guard data.modalities.count >= 2 else {
      throw ExperimentError.unpairedViews("\(data.name) has one view only; a teacher and a student need two")
    }
    (dataName, self.name, notes) = (data.name, name, data.modalities.flatMap(\.notes))
    classNames = data.labels.classes
    views = try data.modalities.map { ($0.name, try LabelledRows($0, data.labels)) }
    // Two rows of every class to train on.
    let (rows, needed) = (data.rowCount, 20 * data.labels.classes.count)
    guard rows >= needed else { throw ExperimentError.tooFewRows(rows: rows, needed: needed) }
    for (label, count) in zip(data.labels.classes, data.labels.counts) where count < ViewsExperiment.fewestOfClass {
      throw ExperimentError.rareClass(label, rows: count, needed: ViewsExperiment.fewestOfClass)
    }
    sizes = PartSizes(training: rows / 10, extra: 4 * rows / 10, information: rows / 4, test: rows / 4)
    seedCount = isQuick ? 3 : 10
  }

  /// A quarter of them are two, so that information and test rows have one whatever the cut.
  private static let fewestOfClass = 8

  /// The data, sizes, training, λ and T.
  public var settings: [Setting] {
    [Setting("data", dataName), Setting("views", views.map(\.name).joined(separator: " "))] + sizes.settings
      + training.settings(of: "network")
      + [
        Setting("weight decay", training.weightDecay), Setting("λ", weight), Setting("T", temperature),
        TransferNotes.estimators,
      ] + PerceptronForecast.settings(folds: forecastFolds) + [
        DataDigest.setting { digest in for view in views { digest.add(view.rows) } }
      ]
  }

  /// A trial for each seed: its teachers and students alone serve all pairs.
  public var trials: [ExperimentTrial] { (0..<seedCount).map { ExperimentTrial(replicate: $0) } }

  /// All pairs of views; where gains are forecast, for every student also a teacher of all views.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    try runs(of: trial, seed: seed) { _ in false } ?? []
  }

  /// The same, which asks after every student whether to go on.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?
  {
    // Where gains are forecast one more teacher sees all views.
    let teaching =
      try views + (forecastFolds == nil ? [] : [(Run.jointTeacher, LabelledRows(sideBySide: views.map(\.rows)))])
    // A network for every view, then for both kinds of teachers one for each and two for every pair: a student and its control.
    let kinds = Transfer.TeacherRows.allCases
    let networks = views.count + kinds.count * (teaching.count + 2 * views.count * (teaching.count - 1))
    var trained = 0
    func isOver(after more: Int) -> Bool {
      trained += more
      return isStopped(Double(trained) / Double(networks))
    }
    // The split depends on labels and seed alone, so it is the same for every view.
    let own = try teaching.map { try Transfer(teacher: $0.rows, student: $0.rows, sizes: sizes, seed: seed) }
    var baselines: [Transfer.Baseline] = []
    for transfer in own.prefix(views.count) {
      baselines.append(try transfer.baseline(training))
      if isOver(after: 1) { return nil }
    }
    var forecast: PerceptronForecast?
    if let forecastFolds {
      forecast = try PerceptronForecast(
        teaching.map(\.rows), joint: views.count, classNames: classNames, own[0].split, folds: forecastFolds,
        training: training, weight: weight, temperature: temperature, seed: own[0].stream(6)
      ) { isOver(after: 0) }
      if forecast == nil { return nil }
    }
    let students = try views.indices.map { try forecast?.student($0, training) }
    var runs: [Run] = []
    for rows in kinds {
      let teachers = try own.map { try $0.teacher(rows, training) }
      let forecasts = try students.map { student in
        try student.flatMap { try forecast?.outcomes($0, rows) } ?? []
      }
      if isOver(after: teaching.count) { return nil }
      for first in teaching.indices {
        for second in views.indices where second != first {
          let transfer = try Transfer(
            teacher: teaching[first].rows, student: views[second].rows, sizes: sizes, seed: seed)
          var outcomes = try transfer.outcomes(
            teachers[first], baselines[second], weight: weight, temperature: temperature,
            informations: transfer.informations(teachers[first], baselines[second]))
          if let forecast = forecasts[second].first(where: { $0.teacher == first }) {
            outcomes += try transfer.withinClasses(teachers[first], baselines[second]) + forecast.outcomes
          }
          runs.append(
            Run(
              replicate: trial.replicate,
              factors: [
                Setting("teacher labels", rows.rawValue), Setting("teacher", teaching[first].name),
                Setting("student", views[second].name),
              ], outcomes: outcomes))
          if isOver(after: 2) { return nil }
        }
      }
    }
    return runs
  }

  /// Predictions against gains in accuracy, and how the views alone do.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    var alone: [[String]] = []
    for view in views {
      let accuracies = runs.filter { $0.factors[2].value == view.name }.compactMap { $0["student accuracy"] }
      if accuracies.isEmpty { continue }
      alone.append([view.name, percentText(accuracies.reduce(0, +) / Double(accuracies.count))])
    }
    return ExperimentReport(
      agreement: try AgreementTable(
        runs.filter { !$0.isOfJointTeacher }, .init(gain: "gain accuracy", control: "control gain accuracy")),
      tables: [
        ReportTable(title: "Students alone: accuracy", columns: ["view", "accuracy"], rows: alone),
        try .gainsByMetric(runs),
      ]
        + (forecastFolds == nil ? [] : try ForecastTables.ofPerceptrons(runs, weight: weight)),
      notes: notes + TransferNotes.common + [TransferNotes.fixedBeforehand])
  }
}
