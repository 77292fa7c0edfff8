// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// What distillation does for one kind of student, against itself as it is and against every student without a teacher.
public struct Student: Sendable {
  /// How the student is trained, and by which teacher.
  public enum Kind: String, Sendable, CaseIterable {
    /// Least squares on the mixed labels.
    case plain
    /// The same with any weights: it may shrink.
    case tuned
    /// (1−α)ŵ + αv̂, the teacher fit v̂ over the unlabelled rows too.
    case unlabelled
    /// The same with any weights.
    case unlabelledTuned = "unlabelled-tuned"
    /// Ridge of the instance's μ on an orthogonal design, mixed labels.
    case ridge
    /// Least squares by the teacher t = E[y | x1, x2].
    case jointTeacher = "joint-teacher"
    /// The same with any weights.
    case jointTeacherTuned = "joint-teacher-tuned"
    /// The same teacher, fitted to N rows of its own.
    case sampledJointTeacher = "sampled-joint-teacher"
    /// The joint teacher of the student's own rows labels the unlabelled ones.
    case pseudoLabels = "pseudo-labels"
  }

  /// What kind it is.
  public let kind: Kind
  /// Its risk without the teacher, as it is.
  public let asItIs: Rational
  /// The least risk of a fit of the same rows that may shrink and has no teacher.
  public let untaught: Rational
  /// Its risk with the teacher, at its best weights.
  public let taught: Rational
  /// The weights of the label and of the teacher at which it has that risk.
  public let weights: (label: Rational, teacher: Rational)

  /// What the teacher gains over the student as it is; not negative.
  public var gain: Rational { asItIs - taught }
  /// What it gains over the best student that has no teacher; negative where shrinking alone is better.
  public var gainOverUntaught: Rational { untaught - taught }
  /// Whether there is a gain, and all of it could be had by shrinking, without the teacher.
  public var isShrinkage: Bool { gain.signum > 0 && gainOverUntaught.signum <= 0 }
  /// Whether the teacher is worth having: better than every student without one.
  public var helps: Bool { gainOverUntaught.signum > 0 }

  /// A student of risk σε² = `floor` and `fit`, whose weights are tuned or lie on a = 1−α, b = α.
  private init(_ kind: Kind, _ fit: LinearStudent<Rational>, isTuned: Bool, floor: Rational) {
    let (alpha, tuned) = (fit.mixing.best, fit.bestWeights)
    weights = isTuned ? (tuned.a, tuned.b) : (1 - alpha, alpha)
    (self.kind, asItIs, untaught) = (kind, floor + fit.asItIs, floor + fit.untaught)
    taught = floor + fit.excess(weights.label, weights.teacher)
  }

  /// A student with the risk `curve` over the mixing weight.
  private init(_ kind: Kind, _ curve: MixingParabola<Rational>, untaught: Rational, floor: Rational) {
    let alpha = curve.best
    weights = (1 - alpha, alpha)
    (self.kind, asItIs, self.untaught, taught) = (kind, floor + curve.start, floor + untaught, floor + curve(alpha))
  }

  /// Every student that an instance speaks of: those of unlabelled rows, ridge and a fitted joint teacher where m, μ and N
  /// are given, pseudo-labels where the n labelled rows can fit the joint teacher too.
  ///
  /// For several labels risks are sums over the outputs, and so are the moments. Empty where n is not given.
  public static func all(_ instance: Instance, _ moments: Moments) -> [Student] {
    guard let n = instance.n else { return [] }
    let (p2, extras, own) = (instance.p2, instance.extras, moments.traces)
    let (floor, fit) = (own.residualVariance, FitMoments.leastSquares(n: n, p2: instance.p2))
    func student(
      _ kind: Kind, _ moments: ConditionalMoments<Rational>, _ fit: FitMoments<Rational>, isTuned: Bool = false
    ) -> Student {
      Student(kind, LinearStudent(moments, fit), isTuned: isTuned, floor: floor)
    }
    var all = [student(.plain, own, fit), student(.tuned, own, fit, isTuned: true)]
    if let m = extras.unlabelled {
      let more = FitMoments.unlabelled(n: n, m: m, p2: p2)
      all += [student(.unlabelled, own, more), student(.unlabelledTuned, own, more, isTuned: true)]
    }
    if let mu = extras.ridge { all.append(student(.ridge, own, .ridge(mu, n: n, p2: p2))) }
    let joint = JointTeacher(instance, moments)
    all += [
      student(.jointTeacher, joint.moments, fit), student(.jointTeacherTuned, joint.moments, fit, isTuned: true),
    ]
    if let rows = extras.teacherRows { all.append(student(.sampledJointTeacher, joint.sampled(rows: rows), fit)) }
    if let m = extras.unlabelled, n >= instance.p1 + p2 + 2 {
      let untaught = LinearStudent(own, fit).untaught
      all.append(Student(.pseudoLabels, joint.pseudoLabels(n: n, m: m), untaught: untaught, floor: floor))
    }
    return all
  }
}
