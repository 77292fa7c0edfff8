// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Whether the promise held: students trained with and without distillation on some folds and compared on the others.
///
/// Everything, the teacher, its best λ and the students, is fitted on the training folds. Every repeat deals the
/// groups to ten folds anew.
public struct HeldOutCheck: Sendable, Equatable {
  /// The mean square error of the student without distillation, on held-out rows.
  public let errorWithout: Double
  /// How much smaller it is with distillation.
  public let gain: Double
  /// The standard error of the gain, with the correction of Nadeau & Bengio (2003) for folds that share training rows.
  public let standardError: Double
  /// How many folds were held out in all.
  public let folds: Int
  /// The share of folds in which the advised λ was above 0.
  public let shareDistilled: Double

  /// The number of folds in a repeat.
  static let foldCount = 10

  /// Checks one candidate; nil where the training folds are too small or singular.
  init?(_ groups: GramGroups, teacher: [Int], student: [Int], repeats: Int = 4) {
    let (d, label) = (groups.columns, groups.columns - 1)
    var gains: [Double] = []
    var (without, distilled) = (0.0, 0.0)
    for turn in 0..<repeats {
      for fold in 0..<HeldOutCheck.foldCount {
        func isHeldOut(_ group: Int) -> Bool { HeldOutCheck.fold(of: group, turn: turn) == fold }
        let training = groups.moments { !isHeldOut($0) }
        let heldOut = groups.moments(isHeldOut, meansOf: { !isHeldOut($0) })
        let n = Int(training.rows)
        guard heldOut.rows >= 2, n > max(teacher.count, student.count) + 2,
          let fit = GaussianFit(training, teacher: teacher, student: student, label: label),
          let view = training.factor(student)
        else { return nil }
        let k = Double(student.count) / Double(n - student.count - 1)
        let lambda = fit.bestLambda(k: k, corrections: 1)
        func error(_ alpha: Double) -> Double {
          // Targets (1−α)y + αt, t the teacher with an intercept that makes its mean that of y.
          let target = student.map { row in
            (1 - alpha) * training.covariance[row * d + label]
              + alpha * dot(fit.teacher, teacher.map { training.covariance[row * d + $0] })
          }
          let weights = view.solve(target)
          let intercept = training.means[label] - dot(weights, student.map { training.means[$0] })
          return heldOut.meanSquare(weights: weights, at: student, intercept: intercept, label: label)
        }
        let plain = error(0)
        without += plain
        if lambda > 0 { distilled += 1 }
        gains.append(plain - error(lambda.isFinite ? lambda / (1 + lambda) : 1))
      }
    }
    let count = Double(gains.count)
    gain = gains.reduce(0, +) / count
    let mean = gain
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    standardError = (variance * (1 / count + 1 / Double(HeldOutCheck.foldCount - 1))).squareRoot()
    (errorWithout, folds, shareDistilled) = (without / count, gains.count, distilled / count)
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
