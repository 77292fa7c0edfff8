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

  /// `images`.
  public var name: String { "images" }

  /// Sizes, training, λ and T; the blurs and weight decays are factors.
  public var settings: [Setting] {
    sizes.settings + training.settings(of: "network")
      + [
        Setting("weight decays", weightDecays.map(\.description).joined(separator: " ")),
        Setting("λ", weight), Setting("T", temperature),
        TransferNotes.estimators,
        DataDigest.setting {
          $0.add(digits)
          $0.add(composites)
        },
      ]
  }

  /// A trial for each seed and blur.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in
      ImagesExperiment.blurs.map { ExperimentTrial(replicate: seed, factors: [Setting("blur", Int($0))]) }
    }
  }

  /// Both teachers of a blur, and the students of every weight decay.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    let blur = GaussianBlur(sigma: Double(trial.value(of: "blur")) ?? 0, side: side)
    let blurred = try LabelledRows(
      features: blur(digits.features.map { Float($0) }).map { Double($0) }, labels: digits.labels,
      classCount: digits.classCount)
    let transfer = try Transfer(teacher: blurred, student: composites, sizes: sizes, seed: seed)
    let baselines = try weightDecays.map { decay in
      var settings = training
      settings.weightDecay = decay
      return try transfer.baseline(settings)
    }
    return try Transfer.TeacherRows.allCases.flatMap { rows in
      let teacher = try transfer.teacher(rows, training)
      return try baselines.map { baseline in
        Run(
          replicate: trial.replicate,
          factors: [
            Setting("teacher labels", rows.rawValue), Setting("weight decay", baseline.settings.weightDecay),
            Setting("blur", trial.value(of: "blur")),
          ],
          outcomes: try transfer.outcomes(
            teacher, baseline, weight: weight, temperature: temperature,
            informations: transfer.informations(teacher, baseline)))
      }
    }
  }

  /// Predictions against gains in accuracy.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let sorted = runs.enumerated().sorted { a, b in
      // By teacher and weight decay first, so that each block of the table is a curve over the blur.
      (order(a.element), a.offset) < (order(b.element), b.offset)
    }
    let runs = sorted.map(\.element)
    return ExperimentReport(
      agreement: try AgreementTable(runs, .init(gain: "gain accuracy", control: "control gain accuracy")),
      tables: [try .gainsByMetric(runs)], notes: TransferNotes.common + [TransferNotes.fixedBeforehand])
  }

  private func order(_ run: Run) -> Int {
    let labels = Transfer.TeacherRows.allCases.firstIndex { $0.rawValue == run.factors[0].value } ?? 0
    let decay = weightDecays.firstIndex { $0.description == run.factors[1].value } ?? 0
    return labels * weightDecays.count + decay
  }
}
