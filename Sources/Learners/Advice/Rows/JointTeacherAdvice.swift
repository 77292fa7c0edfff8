// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation

/// What x1 adds to x2, and what a teacher that sees both modalities would bring.
///
/// f² is estimated without bias, from all rows, and its interval is exact in the Gaussian model; what follows from it is monotone in it, so
/// that the ends of its interval are the ends of theirs, at the estimated σε². Fitted by least squares to the student's own rows, such a teacher
/// changes nothing, whatever λ is.
public struct JointTeacherAdvice: Sendable {
  /// Cohen's f² = (σε² − σ1²)/σ1² of x1 beyond x2: the sample's, without bias and at least 0, and its interval.
  public let effectSize: Interval
  /// The probability of so large an F of x1's coefficients in the regression of y on (x1, x2), or a larger one, if all were 0.
  public let probabilityIfNothing: Double
  /// F of these coefficients.
  public let statistic: Double
  /// Its degrees of freedom: p1, and n−1−p1−p2 for the sample's n rows.
  public let degrees: (inputs: Int, residual: Int)
  /// The expected gain of the best λ where the teacher is fitted to as many other rows, in squared units of the label.
  public let gain: Interval
  /// That gain as a share of R0.
  public let share: Interval
  /// The best λ, which does not depend on f²; infinite where imitation alone is best.
  public let bestLambda: ExtendedRational
  /// The number of other rows that the teacher is taken to be fitted to: that of the student.
  public let teacherRows: Int

  /// The joint teacher at the estimated f² and at the ends of its interval.
  let joint: JointTeacher
  let ends: (lower: JointTeacher, upper: JointTeacher)
  /// The law of the sample's share of var(y | x2) that x1 explains, and this share.
  let law: MultipleCorrelation
  let square: Double

  /// - Parameters:
  ///   - instance: of the sample, whose n is the number of rows that is asked for.
  ///   - rows: of the sample.
  /// - Returns: nil where the rows are too few for the regression on (x1, x2) with an intercept, or the student's for the joint teacher.
  init?(_ instance: Instance, _ moments: Moments, rows: Int, unit: Rational, factor: Double, level: Double) {
    let (p1, p2) = (instance.p1, instance.p2)
    guard let n = instance.n, n >= p1 + p2 + 2, rows >= p1 + p2 + 4 else { return nil }
    let sample = JointTeacher(instance, moments)
    law = MultipleCorrelation(rows: rows, teacherColumns: p1, studentColumns: p2)
    square = (sample.signal / sample.residualVariance).asDouble
    let rest = law.residualDegrees
    // E F = rest/(rest−2)·(1 + νf²/p1), ν = n−1−p2.
    let unbiased = (sample.effectSize * Rational(rest - 2) - Rational(p1)) / Rational(law.degrees)
    let (lower, upper) = law.interval(around: square, level: level)
    func teacher(_ effectSize: Rational) -> JointTeacher {
      JointTeacher(
        residualVariance: sample.residualVariance, varS: sample.varS, effectSize: effectSize, p1: p1, p2: p2)
    }
    func teacher(share: Double) -> JointTeacher {
      teacher((try? Rational(exactly: share / (1 - share))) ?? unbiased)
    }
    let (joint, ends) = (teacher(max(0, unbiased)), (lower: teacher(share: lower), upper: teacher(share: upper)))
    (self.joint, self.ends) = (joint, ends)
    effectSize = Interval(
      estimate: sample.effectSize.asDouble,
      .between(ends.lower.effectSize.asDouble, ends.upper.effectSize.asDouble, corrected: joint.effectSize.asDouble))
    degrees = (p1, rest)
    statistic = (sample.effectSize * Rational(rest, p1)).asDouble
    probabilityIfNothing = law.probability(above: square, if: 0)
    let fit = FitMoments.leastSquares(n: n, p2: p2)
    func curve(_ teacher: JointTeacher) -> MixingParabola<Rational> {
      LinearStudent(teacher.sampled(rows: n), fit).mixing
    }
    let alpha = curve(joint).best
    bestLambda = alpha < 1 ? .finite(alpha / (1 - alpha)) : .infinity
    let risk = sample.residualVariance + curve(joint).start
    // The gain falls as f² rises: the less noise is left in y, the less a teacher can take away.
    func interval(_ scale: Rational) -> Interval {
      func value(_ teacher: JointTeacher) -> Double { (curve(teacher).gain / scale).asDouble }
      return Interval(
        estimate: value(joint), .between(value(ends.upper), value(ends.lower), corrected: value(joint)))
    }
    gain = interval(unit).scaled(by: factor)
    share = interval(risk)
    teacherRows = n
  }
}
