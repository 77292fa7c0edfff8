// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// What the teacher promises to a student that may also shrink, and how much of the gain of one that may not is shrinkage.
///
/// Closed forms of the fitted model, exact for the sample, with the noise of its fits taken away as in ``Promise``.
public struct TunedPromise: Sendable, Equatable {
  /// Whether corr(t, s | y) > 0, exactly for the sample: the teacher helps a tuned student, at every n.
  public let helps: Bool
  /// The least risk that a student without a teacher has: it may shrink.
  public let untaughtRisk: Rational
  /// By what factor it shrinks.
  public let shrinkage: Rational
  /// What shrinking alone gains over the student as it is.
  public let shrinkageGain: Rational
  /// What the best weights of the label and of the teacher, the latter not negative, gain over shrinking alone.
  public let gain: Rational
  /// These weights.
  public let weights: Weights
  /// Of the gain of the student that does not shrink the share that shrinking alone brings, at most 1; nil where it gains nothing.
  public let shrinkageShare: Rational?

  /// The weights of the fit of the labels and of the fit of the teacher.
  public struct Weights: Sendable, Equatable {
    /// Of the labels; 1 and 0 is the student as it is.
    public let label: Rational
    /// Of the teacher.
    public let teacher: Rational
  }

  /// The promise of a fitted model.
  ///
  /// - Parameters:
  ///   - sampleK: p2/(r−p2−1) for the r rows of the sample; `risk` is about the rows that are asked for.
  init(_ risk: Risk, sampleK: Rational, inputs p2: Int, plain: Promise) {
    let traces = risk.moments.traces
    let student = LinearStudent(sample: traces, sampleK: sampleK, k: risk.terms.k, inputs: p2)
    helps = traces.helpsTuned
    untaughtRisk = traces.residualVariance + student.untaught
    shrinkage = student.shrinkage
    shrinkageGain = student.asItIs - student.untaught
    gain = student.tunedGain
    let best = student.bestWeights
    weights = Weights(label: best.a, teacher: best.b)
    shrinkageShare = plain.gain.signum > 0 ? min(1, shrinkageGain / plain.gain) : nil
  }
}
