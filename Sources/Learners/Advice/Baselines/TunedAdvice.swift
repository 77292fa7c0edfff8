// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation

/// What the teacher does over what one would do anyway: for a student that may also shrink.
public struct TunedAdvice: Sendable {
  /// The closed forms, exactly for the sample.
  public let promise: TunedPromise
  /// corr(t, s | y): a tuned student gains exactly where it is positive.
  public let correlationGivenLabel: Interval
  /// The gain over the best student without a teacher, in squared units of the label.
  public let gain: Interval
  /// That gain as a share of that student's risk.
  public let share: Interval
  /// The share of the untuned student's gain that shrinking alone brings, at most 1; nil where that student gains nothing.
  public let shrinkageShare: Interval?
  /// The exact test of corr(t, s | y) ≤ 0; nil where halves of the rows are too small for it.
  public let test: PartialCorrelationTest?
  /// The check on held-out folds against a student that shrinks; nil where folds are too small for it.
  public let heldOut: HeldOutCheck?

  init(
    _ risk: Risk, _ promise: TunedPromise, _ intervals: BaselineIntervals, unit: Rational, factor: Double,
    test: PartialCorrelationTest?, heldOut: HeldOutCheck?
  ) {
    (self.promise, self.test, self.heldOut) = (promise, test, heldOut)
    let traces = risk.moments.traces
    let (t, s) = (
      traces.varT * traces.varY - traces.covTY.squared, traces.varS * traces.varY - traces.varS.squared
    )
    let aligned = traces.alignmentGivenLabel
    let square = t.signum > 0 && s.signum > 0 ? (aligned.squared / (t * s)).asDouble : 1
    let root = min(1, square.squareRoot())
    correlationGivenLabel = Interval(
      estimate: aligned.signum < 0 ? -root : aligned.signum == 0 ? 0 : root, intervals.correlationGivenLabel)
    gain = Interval(estimate: (promise.gain / unit).asDouble, intervals.tunedGain).scaled(by: factor)
    share = Interval(estimate: (promise.gain / promise.untaughtRisk).asDouble, intervals.tunedShare)
    shrinkageShare = promise.shrinkageShare.map { Interval(estimate: $0.asDouble, intervals.shrinkageShare) }
  }
}

/// Up to how many rows one λ helps.
public struct Crossover: Sendable, Equatable {
  /// λ: the advised one, or 1 where the larger is the better.
  public let lambda: Rational
  /// The number of rows below which it helps, and from which on it hurts; infinite where B = 0.
  public let rows: Interval

  /// Nil where no weight of the teacher helps.
  init?(_ promise: Promise, _ traces: ConditionalMoments<Rational>, inputs p2: Int, _ intervals: BaselineIntervals) {
    guard let lambda = Crossover.lambda(promise) else { return nil }
    self.lambda = lambda
    // The moments with the B of the promise: t less what the sample's fits add to its view of x2.
    var moments = traces
    moments.varT = traces.varT - (traces.mismatch - promise.terms.mismatch)
    let rows = moments.crossover(at: lambda, p2: p2)
    self.rows = Interval(
      estimate: rows.map { max(Rational(p2 + 1), $0).asDouble } ?? .infinity, intervals.crossover)
  }

  /// The λ of a promise.
  static func lambda(_ promise: Promise) -> Rational? {
    switch promise.bestLambda {
    case .infinity: 1
    case .finite(let best): best.signum > 0 ? best : nil
    }
  }
}
