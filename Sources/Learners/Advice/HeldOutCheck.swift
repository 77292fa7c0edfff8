// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// Whether a promise held: two students trained on some folds and compared on the others.
///
/// Everything, teachers, their best weights and the students, is fitted on the training folds. Every repeat deals the
/// groups to ten folds anew.
public struct HeldOutCheck: Sendable, Equatable {
  /// The mean square error, on held-out rows, of the student without what is judged.
  public let errorWithout: Double
  /// How much smaller it is with that.
  public let gain: Double
  /// The standard error of the gain, with the correction of Nadeau & Bengio (2003) for folds that share training rows.
  public let standardError: Double
  /// How many folds were held out in all.
  public let folds: Int
  /// The share of folds in which the advised weight was above 0.
  public let shareDistilled: Double

  /// The number of folds in a repeat.
  static let foldCount = 10

  /// What one fold says: the errors of the two students, and whether they differ.
  struct Fold {
    let without, with: Double
    let isDistilled: Bool
  }

  /// A check by `judge`, which gets the training folds and the held-out one; nil where it cannot be done on some fold.
  ///
  /// Where numbers are missing, the means of the training folds stand for them in both.
  init?(
    _ groups: GramGroups, repeats: Int = 4, judge: (_ training: SampleMoments, _ heldOut: SampleMoments) -> Fold?
  ) {
    var gains: [Double] = []
    var (without, distilled) = (0.0, 0.0)
    for turn in 0..<repeats {
      for fold in 0..<HeldOutCheck.foldCount {
        func isHeldOut(_ group: Int) -> Bool { HeldOutCheck.fold(of: group, turn: turn) == fold }
        let training = groups.moments { !isHeldOut($0) }
        let heldOut = groups.moments(isHeldOut, meansOf: { !isHeldOut($0) })
        guard heldOut.rows >= 2, let fold = judge(training, heldOut) else { return nil }
        without += fold.without
        if fold.isDistilled { distilled += 1 }
        gains.append(fold.without - fold.with)
      }
    }
    let count = Double(gains.count)
    gain = gains.reduce(0, +) / count
    let mean = gain
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    standardError = (variance * (1 / count + 1 / Double(HeldOutCheck.foldCount - 1))).squareRoot()
    (errorWithout, folds, shareDistilled) = (without / count, gains.count, distilled / count)
  }

  /// Checks one candidate for a student as it is; nil where the training folds are too small or singular.
  init?(_ groups: GramGroups, teacher: [Int], student: [Int]) {
    self.init(groups) { training, heldOut in
      guard let fold = TrainingFold(training, teacher: teacher, student: student, label: groups.columns - 1) else {
        return nil
      }
      let lambda = fold.fit.bestLambda(k: fold.k, surplus: fold.k)
      let alpha = lambda.isFinite ? lambda / (1 + lambda) : 1
      return Fold(
        without: fold.error(1, 0, on: heldOut), with: fold.error(1 - alpha, alpha, on: heldOut), isDistilled: lambda > 0
      )
    }
  }

  /// Checks one candidate for a student that may shrink, against one that shrinks and has no teacher.
  init?(tuned groups: GramGroups, teacher: [Int], student: [Int]) {
    self.init(groups) { training, heldOut in
      guard let fold = TrainingFold(training, teacher: teacher, student: student, label: groups.columns - 1) else {
        return nil
      }
      let model = LinearStudent(sample: fold.fit.moments, sampleK: fold.k, k: fold.k, inputs: student.count)
      let best = model.bestWeights
      let without = fold.error(model.shrinkage, 0, on: heldOut)
      // With one input the fits of label and teacher are multiples of each other, and the best weights give the shrunk student itself.
      guard best.b > 0, student.count > 1 else { return Fold(without: without, with: without, isDistilled: false) }
      return Fold(without: without, with: fold.error(best.a, best.b, on: heldOut), isDistilled: true)
    }
  }

  private init(_ check: HeldOutCheck, factor: Double) {
    (errorWithout, gain) = (check.errorWithout * factor, check.gain * factor)
    standardError = check.standardError * factor
    (folds, shareDistilled) = (check.folds, check.shareDistilled)
  }

  /// The same for a label in other units.
  func scaled(by factor: Double) -> HeldOutCheck { HeldOutCheck(self, factor: factor) }

  /// Group 10a + b is in fold b + turn·a modulo 10: other groups come together in every turn.
  private static func fold(of group: Int, turn: Int) -> Int { (group + turn * (group / foldCount)) % foldCount }
}

/// What the training folds say of one candidate.
struct TrainingFold {
  let fit: GaussianFit
  /// p2/(n−p2−1) of the training rows.
  let k: Double
  private let training: SampleMoments
  private let student: [Int]
  private let label: Int
  /// The student's fits of the label and of the teacher.
  private let weights: (label: [Double], teacher: [Double])

  /// Nil where the training folds are too small or singular.
  init?(_ training: SampleMoments, teacher: [Int], student: [Int], label: Int) {
    let (n, d) = (Int(training.rows), training.means.count)
    guard n > max(teacher.count, student.count) + 2,
      let fit = GaussianFit(training, teacher: teacher, student: student, label: label),
      let view = training.factor(student)
    else { return nil }
    k = Double(student.count) / Double(n - student.count - 1)
    weights = (
      view.solve(student.map { training.covariance[$0 * d + label] }),
      view.solve(student.map { row in dot(fit.teacher, teacher.map { training.covariance[row * d + $0] }) })
    )
    (self.fit, self.training, self.student, self.label) = (fit, training, student, label)
  }

  /// The mean square error of the student that mixes its fits of label and teacher with weights a and b.
  ///
  /// The teacher has an intercept that makes its mean that of y, and so has the student.
  func error(_ a: Double, _ b: Double, on heldOut: SampleMoments) -> Double {
    let mixed = zip(weights.label, weights.teacher).map { a * $0 + b * $1 }
    let intercept = training.means[label] - dot(mixed, student.map { training.means[$0] })
    return heldOut.meanSquare(weights: mixed, at: student, intercept: intercept, label: label)
  }
}
