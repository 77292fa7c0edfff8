// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation

/// MNIST → MNIST-M: a teacher sees the digit, more or less blurred, and the student the digit on a photograph.
///
/// Teacher and student have the same architecture. A perceptron, as a linear student fails: on a bright background a digit is dark.
public struct ImagesExperiment: AgreementExperiment {
  /// The standard deviations of the teacher's blur, in pixels.
  public static let blurs: [Double] = [0, 1, 2, 4, 8]

  /// The sizes of the parts.
  public var sizes: PartSizes
  /// The weight decays of students.
  public var weightDecays: [Double]
  /// The number of seeds.
  public var seedCount: Int
  /// The distillation weight λ.
  public var weight = 1.0
  /// The temperature T.
  public var temperature = 2.0
  /// How teachers and students are trained.
  public var training: ClassifierSettings
  /// The number of folds by which gains are forecast; nil: they are not.
  ///
  /// A reference is shared by the teachers of all blurs, which are in one trial then. One more teacher sees digit and photograph.
  public var forecastFolds: Int?
  let digits, composites: LabelledRows
  private let side: Int

  /// The experiment on paired images: grey digits and, row by row, the same digits on a background, 0 … 1.
  ///
  /// - Throws: ``ExperimentError`` where images are not square or not paired.
  public init(digits: LabelledRows, composites: LabelledRows, isQuick: Bool) throws(ExperimentError) {
    side = Int(Double(digits.featureCount).squareRoot())
    guard side * side == digits.featureCount else {
      throw .unpairedViews("images of \(digits.featureCount) pixels are not square")
    }
    guard digits.labels == composites.labels else {
      throw .unpairedViews("the digits and the composites have different labels; image i of both must be one digit")
    }
    (self.digits, self.composites) = (digits, composites)
    sizes = PartSizes(training: 500, extra: 2_000, information: 1_000, test: 1_500)
    weightDecays = isQuick ? [0.001, 3] : [0.001, 0.1, 1, 3]
    seedCount = isQuick ? 3 : 10
    training = ClassifierSettings(
      hiddenWidths: [128], method: .adamW, learningRate: 1e-3, weightDecay: 0.001, batch: 32, epochs: 30)
    training.scaling = .common
  }

  /// `images`, and of forecasts another.
  public var name: String { forecastFolds == nil ? "images" : "images-forecasts" }

  /// Sizes, training, λ and T; the blurs and weight decays are factors.
  public var settings: [Setting] {
    sizes.settings + training.settings(of: "network")
      + [
        Setting("weight decays", weightDecays.map(\.description).joined(separator: " ")),
        Setting("λ", weight), Setting("T", temperature),
        TransferNotes.estimators,
      ] + PerceptronForecast.settings(folds: forecastFolds) + [
        DataDigest.setting {
          $0.add(digits)
          $0.add(composites)
        }
      ]
  }

  /// A trial for each seed and blur; for each seed where gains are forecast.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in
      forecastFolds == nil
        ? ImagesExperiment.blurs.map { ExperimentTrial(replicate: seed, factors: [Setting("blur", Int($0))]) }
        : [ExperimentTrial(replicate: seed)]
    }
  }

  /// Both teachers of a blur, and the students of every weight decay; where gains are forecast those of all blurs, and of digit and photograph.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    try runs(of: trial, seed: seed) { _ in false } ?? []
  }

  /// The same, which asks after every network or few whether to go on.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?
  {
    let teaching = try teachers(of: trial)
    let transfers = try teaching.map {
      try Transfer(teacher: $0.rows, student: composites, sizes: sizes, seed: seed)
    }
    let baselines = try weightDecays.map { try transfers[0].baseline(settings(weightDecay: $0)) }
    var measured = 0
    func isOver(after more: Int) -> Bool {
      measured += more
      return isStopped(
        Double(measured) / Double(Transfer.TeacherRows.allCases.count * weightDecays.count * teaching.count))
    }
    var forecast: PerceptronForecast?
    if let forecastFolds {
      forecast = try PerceptronForecast(
        teaching.map(\.rows) + [composites], teachers: Array(teaching.indices),
        joint: teaching.firstIndex { $0.factor.value == Run.jointTeacher },
        classNames: (0..<digits.classCount).map(String.init), transfers[0].split, folds: forecastFolds,
        training: training, weight: weight, temperature: temperature, seed: transfers[0].stream(6)
      ) { isOver(after: 0) }
      if forecast == nil { return nil }
    }
    let students = try baselines.compactMap { try forecast?.student(transfers.count, $0.settings) }
    var runs: [Run] = []
    for rows in Transfer.TeacherRows.allCases {
      var forecasts: [[(teacher: Int, outcomes: [Run.Outcome])]] = []
      for student in students {
        if isOver(after: 0) { return nil }
        forecasts.append(try forecast?.outcomes(student, rows) ?? [])
      }
      for (place, transfer) in transfers.enumerated() {
        let teacher = try transfer.teacher(rows, training)
        for (decay, baseline) in baselines.enumerated() {
          var outcomes = try transfer.outcomes(
            teacher, baseline, weight: weight, temperature: temperature,
            informations: transfer.informations(teacher, baseline))
          if !forecasts.isEmpty {
            outcomes += try transfer.withinClasses(teacher, baseline) + forecasts[decay][place].outcomes
          }
          runs.append(
            Run(
              replicate: trial.replicate,
              factors: [
                Setting("teacher labels", rows.rawValue), Setting("weight decay", baseline.settings.weightDecay),
                teaching[place].factor,
              ], outcomes: outcomes))
          if isOver(after: 1) { return nil }
        }
      }
    }
    return runs
  }

  private func settings(weightDecay: Double) -> ClassifierSettings {
    var settings = training
    settings.weightDecay = weightDecay
    return settings
  }

  /// The teachers of a trial: the one of its blur or, where gains are forecast, of all blurs and of digit and photograph side by side.
  private func teachers(of trial: ExperimentTrial) throws -> [(factor: Setting, rows: LabelledRows)] {
    guard forecastFolds != nil else {
      let blur = trial.value(of: "blur")
      return [(Setting("blur", blur), try blurred(by: Double(blur) ?? 0))]
    }
    let joint = try LabelledRows(sideBySide: [digits, composites])
    return try ImagesExperiment.blurs.map { (Setting("teacher", "blur \(Int($0))"), try blurred(by: $0)) }
      + [(Setting("teacher", Run.jointTeacher), joint)]
  }

  private func blurred(by sigma: Double) throws -> LabelledRows {
    let blur = GaussianBlur(sigma: sigma, side: side)
    return try LabelledRows(
      features: blur(digits.features.map { Float($0) }).map { Double($0) }, labels: digits.labels,
      classCount: digits.classCount)
  }

  /// Predictions against gains in accuracy.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let sorted = runs.enumerated().sorted { a, b in
      // By teacher and weight decay first, so that each block of the table is a curve over the blur.
      (order(a.element), a.offset) < (order(b.element), b.offset)
    }
    let runs = sorted.map(\.element)
    return ExperimentReport(
      agreement: try AgreementTable(
        runs.filter { !$0.isOfJointTeacher }, .init(gain: "gain accuracy", control: "control gain accuracy")),
      tables: [try .gainsByMetric(runs)]
        + (forecastFolds == nil ? [] : try ForecastTables.ofPerceptrons(runs, weight: weight)),
      notes: TransferNotes.common + [TransferNotes.fixedBeforehand])
  }

  private func order(_ run: Run) -> Int {
    let labels = Transfer.TeacherRows.allCases.firstIndex { $0.rawValue == run.factors[0].value } ?? 0
    let decay = weightDecays.firstIndex { $0.description == run.factors[1].value } ?? 0
    return labels * weightDecays.count + decay
  }
}
