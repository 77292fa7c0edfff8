// SPDX-License-Identifier: GPL-3.0-or-later
import Quantiles
import Statistics

/// A gain that was measured fold by fold, with an interval that covers.
///
/// Training parts of different folds share rows, so that the variance of folds is smaller than that of a new sample: divided
/// by the number J of folds it gives intervals that are much too short. The variance is (1/J + held out/trained)·s² instead
/// (Nadeau & Bengio 2003), with the quantiles of Student's law of J − 1 degrees of freedom. How often such intervals cover is counted
/// by `cch experiment views --forecasts`.
public struct GainEstimate: Sendable, Equatable {
  /// The mean over folds.
  public let mean: Double
  /// The lower end of the interval.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double

  /// The gain of folds.
  ///
  /// - Parameters:
  ///   - folds: the gain of every fold, of all repetitions.
  ///   - heldOutShare: the number of held-out rows by that of training rows.
  ///   - level: the coverage.
  /// - Throws: `SampleError` for fewer than two.
  public init(_ folds: [Double], heldOutShare: Double, level: Double) throws(SampleError) {
    let plain = try PairedDifference(folds)
    let interval = plain.interval(level: level)
    let factor = (1 + Double(folds.count) * heldOutShare).squareRoot()
    (mean, lower) = (plain.mean, plain.mean - factor * (plain.mean - interval.lower))
    upper = plain.mean + factor * (interval.upper - plain.mean)
  }
}

/// What soft labels of rows without a label come to.
public struct UnlabelledGain: Sendable, Equatable {
  /// The λ and T of the greatest gain on all folds.
  public let setting: DistillationSetting
  /// The gain in log-loss over the student alone, in nats; the setting chosen on other folds.
  public let logLoss: GainEstimate
  /// The gain in accuracy.
  public let accuracy: GainEstimate
  /// The gain in log-loss beyond that of the same teacher on the labelled rows alone.
  public let beyondLabelled: GainEstimate
}
