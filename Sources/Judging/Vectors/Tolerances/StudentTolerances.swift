// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// First-order error bounds of the risk of any linear student, and of what tuning gains.
///
/// A program may sum the excess from any of its forms: as a bias and a spread, or as the coefficients of a quadratic function of
/// (a, b), whose terms cancel. So the rounding of every term of the longest form counts, beside what the errors of the moments do.
struct StudentTolerances {
  let moments: ConditionalMoments<Rational>
  let fit: FitMoments<Rational>
  let errors: MomentErrors

  private static let unit = RoundingUnit.of(dimension: 2)

  private var student: LinearStudent<Rational> { LinearStudent(moments, fit) }

  /// The error of σε² + the excess of the weights a and b.
  func risk(_ a: Rational, _ b: Rational) -> Rational { errors.residualVariance + excess(a, b) }

  /// The error of the excess of the weights a and b.
  func excess(_ a: Rational, _ b: Rational) -> Rational {
    let (label, teacher) = (fit.mean * a, (fit.mean * b).magnitude)
    let bias =
      (label - 1).squared * errors.residualVariance + 2 * (label - 1).magnitude * teacher * errors.residualCovariance
      + teacher.squared * errors.teacherResidualVariance
    let spread =
      a.squared * fit.labelFitNoise * errors.residualVariance
      + 2 * (a * b).magnitude * fit.sharedFitNoise * errors.residualCovariance
      + b.squared * fit.teacherFitNoise * errors.teacherResidualVariance
    // B is formed from v − w*, of whose parts none is small where the two are alike.
    let mismatch = teacher.squared * errors.mismatch
    return bias + spread + mismatch + StudentTolerances.unit * terms(a, b)
  }

  /// The sum of the sizes of all terms.
  private func terms(_ a: Rational, _ b: Rational) -> Rational {
    let s = student
    let (x, y) = (a.magnitude, b.magnitude)
    return s.atZero + 2 * (x * s.labelPull + y * s.teacherPull.magnitude) + x.squared * s.labelSquare
      + 2 * x * y * s.product.magnitude + y.squared * s.teacherSquare
  }

  /// The error of teacherPull·labelSquare − labelPull·product for plain least squares, which has the sign of corr(t, s | y).
  private var slack: Rational {
    let (s, k) = (student, fit.labelFitNoise)
    let (label, both) = (errors.residualVariance, errors.residualCovariance)
    return s.teacherPull.magnitude * (1 + k) * label + s.labelSquare * both + s.labelPull * (1 + k) * both
      + s.product.magnitude * label
  }

  /// Whether the sign of corr(t, s | y) is safe, whether a program computes it with n or without.
  var decidesTuned: Bool {
    let m = moments
    let plain =
      2 * ((m.covTS.magnitude + m.covTY.magnitude) * errors.residualVariance + 2 * m.varY * errors.residualCovariance)
    return student.teacherSlack.magnitude > RiskTolerances.safety * slack
      && m.alignmentGivenLabel.magnitude > RiskTolerances.safety * plain
  }

  /// The error of what tuning gains, by its closed form or as a difference of two least risks.
  var tunedGain: Rational {
    let (s, k) = (student, fit.labelFitNoise)
    let shrunk = excess(s.shrinkage, 0)
    let noise = StudentTolerances.unit * moments.residualVariance
    guard s.determinant.signum > 0 else { return shrunk + noise }
    let best = s.bestWeights
    let determinant =
      (1 + k)
      * (s.labelSquare * errors.teacherResidualVariance + s.teacherSquare * errors.residualVariance
        + 2 * s.product.magnitude * errors.residualCovariance)
    let scale = s.labelSquare * s.determinant
    // The weights by any solution of the two equations: their errors change the risk to second order, so they are left out.
    let closed =
      (2 * s.teacherSlack.magnitude + slack) * slack / scale
      + s.signedTunedGain * ((1 + k) * errors.residualVariance / s.labelSquare + determinant / s.determinant)
    return shrunk + excess(best.a, best.b) + noise + closed
  }
}

/// First-order error bounds of what the joint teacher does.
struct JointTeacherTolerances {
  let teacher: JointTeacher
  let errors: MomentErrors
  /// The error of σ1² = var(y | x1, x2).
  let full: Rational

  init(_ instance: Instance, _ moments: Moments, _ errors: MomentErrors) {
    (teacher, self.errors) = (JointTeacher(instance, moments), errors)
    full = MomentErrors.ofFullResidualVariance(instance)
  }

  private var signal: Rational { full + errors.residualVariance }

  /// The error of the risk at α of a student of noise `k`, the teacher fitted to `rows` rows of its own or known.
  ///
  /// A program may treat it as any teacher: then B, which is 0, and ση² have errors of the sizes of its weights.
  func risk(_ alpha: Rational, k: Rational, rows: Int?) -> Rational {
    let rest = 1 - alpha
    let fitted = rows.map { Rational(1, $0 - teacher.p1 - teacher.p2 - 1) } ?? 0
    let weights = Rational(teacher.p2) + k * Rational(teacher.p1)
    return errors.residualVariance * (1 + k * rest.squared) + (2 * alpha * rest + alpha.squared) * k * signal
      + alpha.squared * (4 * signal + weights * fitted * full)
      + RoundingUnit.of(dimension: 2) * alpha.squared * teacher.varS
  }

  /// The error of the risk at α of pseudo-labels; the gap of the two noises is a difference too.
  func pseudoLabels(_ alpha: Rational, n: Int, m: Int) -> Rational {
    let own = FitMoments.k(rows: Rational(n), p2: teacher.p2)
    let gap = own - FitMoments.k(rows: Rational(n + m), p2: teacher.p2)
    let pull = 2 * alpha - alpha.squared
    let fitted = Rational(teacher.p1, n - teacher.p1 - teacher.p2 - 1)
    return errors.residualVariance * (1 + own) + gap * (pull * signal + alpha.squared * fitted * full)
      + RoundingUnit.of(dimension: 2) * own * (pull * teacher.signal + alpha.squared * teacher.noise(n: n))
      + RoundingUnit.of(dimension: 2) * (teacher.residualVariance * (1 + own))
  }
}
