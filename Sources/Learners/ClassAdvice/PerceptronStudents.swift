// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation

/// Perceptrons of one hidden layer as students, beside the softmax ones.
///
/// They have no closed form and no steps that come near: each is trained, at the λ and T that the softmax students of other folds choose.
public struct PerceptronStudents: Sendable, Equatable {
  /// Weight decays that are tried, without a teacher.
  public static let weightDecays = [0.001, 0.01, 0.1, 1]

  /// The number of rectified units.
  public let units: Int
  /// The weight decay of AdamW, chosen by cross-validation without a teacher.
  public let weightDecay: Double
  /// The perceptron alone on held-out rows, after one temperature.
  public let alone: HeldOutScore
}

/// What a perceptron student gains from one candidate.
public struct PerceptronGain: Sendable, Equatable {
  /// The gain in log-loss after one temperature, in nats.
  public let logLoss: GainEstimate
  /// The gain in accuracy.
  public let accuracy: GainEstimate
  /// The gain in log-loss of soft labels shuffled within class.
  public let shuffled: GainEstimate
  /// The gain in log-loss beyond that of shuffled soft labels.
  public let beyondShuffled: GainEstimate
}

/// How perceptrons are trained, and those that have no teacher, fold by fold.
struct PerceptronRun: Sendable {
  let settings: ClassifierSettings
  let alone: [TeacherLogits]

  /// Chooses the weight decay on one cut and trains the perceptrons alone.
  init(_ data: ClassData, _ folds: [MeasuredFold], units: Int, perRepetition: Int, threads: Int, seed: UInt64) throws {
    func logits(_ settings: ClassifierSettings, _ folds: [MeasuredFold]) throws -> [TeacherLogits] {
      try concurrently(folds.count, threads: threads) {
        try folds[$0].students.perceptron(data, settings, nil, seed: seed)
      }
    }
    // Few rows make few steps an epoch: 300 at least.
    let steps = max(1, data.rowCount / 32)
    let all = PerceptronStudents.weightDecays.map {
      ClassifierSettings(hiddenWidths: [units], learningRate: 1e-2, weightDecay: $0, epochs: max(10, 300 / steps))
    }
    let first = Array(folds.prefix(perRepetition))
    let losses = try all.map { settings in
      zip(first, try logits(settings, first)).reduce(0) { sum, fold in
        sum + logLosses(fold.1, labels: fold.0.students.heldOutLabels).reduce(0, +)
      }
    }
    settings = all[losses.indices.min { losses[$0] < losses[$1] } ?? 0]
    alone = try logits(settings, folds)
  }
}

extension FoldStudents {
  /// The held-out logits of a perceptron that is trained on the fold's training rows, with the soft labels of a candidate or alone.
  ///
  /// Whoever teaches it, it starts from the same weights and sees the same batches.
  ///
  /// - Throws: `ClassificationError` where training diverges.
  func perceptron(
    _ data: ClassData, _ settings: ClassifierSettings,
    _ taught: (teacher: ClassTeacher, treatment: Treatment, setting: DistillationSetting, seed: UInt64)?, seed: UInt64
  ) throws -> TeacherLogits {
    let held = Set(heldOut)
    let training = try data.student.selecting((0..<data.rowCount).filter { !held.contains($0) })
    let guidance = try taught.map { own in
      let soft = treated(softLabels(own.teacher, own.setting.temperature), (own.teacher, own.treatment), own.seed)
      // Logits whose softmax at T the soft labels are; what has no weight in single precision has none here.
      let logits = soft.values.map { Float(own.setting.temperature * max(log($0), -200)) }
      return try Guidance(logits: logits, weight: own.setting.weight, temperature: own.setting.temperature)
    }
    let student = try Classifier(training: training, guidance: guidance, settings: settings, seed: seed)
    let logits = student.logits(of: WeightDecayChoice.features(heldOut, of: data.student))
    return TeacherLogits(checked: logits.map { Double($0) }, classCount: data.student.classCount)
  }
}
