// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// What m rows with both modalities and no label would bring: the joint teacher of the labelled rows labels them, and the student learns from
/// all n+m.
///
/// Full imitation helps exactly where f² > p1/(n−p1−p2−1), at any m; mixed with weight α, some α always does. The law of r² decides it from the data, with no
/// other null than that one.
public struct PseudoLabelAdvice: Sendable {
  /// m.
  public let rows: Int
  /// p1/(n−p1−p2−1), what f² has to be above.
  public let threshold: Rational
  /// Whether the estimated f² is above it.
  public let imitationHelps: Bool
  /// The probability of so large a share of var(y | x2), or a larger one, if f² were at the threshold: evidence that imitation helps.
  public let probabilityIfNotHelping: Double
  /// The same of so small a one: evidence that it does not.
  public let probabilityIfHelping: Double
  /// α* = f²/(f² + p1/(n−p1−p2−1)).
  public let bestWeight: Interval
  /// What it gains, in squared units of the label.
  public let gain: Interval
  /// That gain as a share of R0.
  public let share: Interval
  /// What full imitation, α = 1, gains; below 0 where it hurts.
  public let imitationGain: Interval
  /// Students with and without these rows compared on held-out labelled rows; nil where m is a number without rows, or folds are too small.
  public internal(set) var heldOut: HeldOutCheck?

  init(_ advice: JointTeacherAdvice, n: Int, m: Int, unit: Rational, factor: Double) {
    let joint = advice.joint
    rows = m
    threshold = Rational(joint.p1, n - joint.p1 - joint.p2 - 1)
    imitationHelps = joint.effectSize > threshold
    let share = (threshold / (1 + threshold)).asDouble
    probabilityIfHelping = advice.law.probability(below: advice.square, if: share)
    probabilityIfNotHelping = advice.law.probability(above: advice.square, if: share)
    func curve(_ teacher: JointTeacher) -> MixingParabola<Rational> { teacher.pseudoLabels(n: n, m: m) }
    // All of them rise with f².
    func interval(_ value: (JointTeacher) -> Rational) -> Interval {
      func double(_ teacher: JointTeacher) -> Double { value(teacher).asDouble }
      return Interval(
        estimate: double(joint),
        .between(double(advice.ends.lower), double(advice.ends.upper), corrected: double(joint)))
    }
    let threshold = threshold
    bestWeight = interval { $0.effectSize / ($0.effectSize + threshold) }
    gain = interval { curve($0).gain / unit }.scaled(by: factor)
    let risk = joint.residualVariance + curve(joint).start
    self.share = interval { curve($0).gain / risk }
    imitationGain = interval { (curve($0).start - curve($0)(1)) / unit }.scaled(by: factor)
  }
}
