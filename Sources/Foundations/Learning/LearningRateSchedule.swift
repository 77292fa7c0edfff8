// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// How the learning rate η changes over the steps of training.
public indirect enum LearningRateSchedule: Sendable, Equatable {
  /// Always the same rate.
  case constant(Double)
  /// The rate times `factor` after every `period` steps.
  case stepwise(initial: Double, factor: Double, period: Int)
  /// Half a period of a cosine from `initial` to `final` over `steps` steps, then `final` (Loshchilov & Hutter 2017).
  case cosine(initial: Double, final: Double, steps: Int)
  /// A linear rise over `steps` steps to the start of the schedule that follows.
  case warmUp(steps: Int, then: LearningRateSchedule)

  /// The rate of step `step`, counted from 0.
  public func rate(at step: Int) -> Double {
    switch self {
    case .constant(let rate): return rate
    case .stepwise(let initial, let factor, let period): return initial * pow(factor, Double(step / period))
    case .cosine(let initial, let final, let steps):
      guard step < steps else { return final }
      return final + (initial - final) * (1 + cos(.pi * Double(step) / Double(steps))) / 2
    case .warmUp(let steps, let next):
      guard step < steps else { return next.rate(at: step - steps) }
      return next.rate(at: 0) * Double(step + 1) / Double(steps + 1)
    }
  }
}
