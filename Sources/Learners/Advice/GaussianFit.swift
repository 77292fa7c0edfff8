// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import Foundation

/// What the closed forms say of one covariance in double precision, for a least-squares teacher.
///
/// The point values of an advice come from exact arithmetic; these serve its resamples.
struct GaussianFit {
  /// The weights of the teacher on its columns, w1 = Σ11⁻¹Σ13.
  let teacher: [Double]
  /// var t, var y, var s and cov(t, s).
  let varT, varY, varS, covTS: Double
  /// var(t | x2), cov(t, y | x2), var(y | x2).
  let teacherResidualVariance, residualCovariance, residualVariance: Double
  /// B, how far the teacher's view of x2 is from the label's, of the sample.
  let mismatch: Double
  /// var(vᵀx2), what x2 explains of t, and cov(t, y).
  let teacherVariance, covTY: Double

  /// The fit to a sample; nil where its columns are not surely independent, or one side tells nothing of the other.
  init?(_ sample: SampleMoments, teacher: [Int], student: [Int], label: Int) {
    let (covariance, d) = (sample.covariance, sample.means.count)
    guard let inputs = sample.factor(teacher) else { return nil }
    self.init(
      sample, teacher: teacher, weights: inputs.solve(teacher.map { covariance[$0 * d + label] }), student: student,
      label: label)
    // All that a least-squares teacher explains of the label is its own variance.
    guard varT > sample.share(ofRounding: teacher.count + 2) * varY else { return nil }
  }

  /// The same for given weights of the teacher.
  init?(_ sample: SampleMoments, teacher: [Int], weights: [Double], student: [Int], label: Int) {
    let (covariance, d) = (sample.covariance, sample.means.count)
    guard sample.provesIndependent(student + [label]),
      let view = BlockFactor(covariance, columns: d, places: student)
    else { return nil }
    func withTeacher(_ column: Int) -> Double {
      zip(weights, teacher).reduce(0) { $0 + $1.0 * covariance[$1.1 * d + column] }
    }
    let t = view.forward(student.map(withTeacher))
    let y = view.forward(student.map { covariance[$0 * d + label] })
    self.teacher = weights
    varT = zip(weights, teacher).reduce(0) { $0 + $1.0 * withTeacher($1.1) }
    varY = covariance[label * d + label]
    (varS, covTS) = (dot(y, y), dot(t, y))
    (teacherVariance, covTY) = (dot(t, t), withTeacher(label))
    teacherResidualVariance = varT - dot(t, t)
    (residualCovariance, residualVariance) = (withTeacher(label) - covTS, varY - varS)
    mismatch = zip(t, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // Shares below what rounding may add are not known at all.
    let noise = sample.share(ofRounding: teacher.count + student.count + 2)
    let size = zip(weights, teacher).reduce(0) { $0 + abs($1.0) * sample.size(of: $1.1) }
    guard varT > noise * size * size, varS > noise * varY, residualVariance > noise * varY,
      teacherResidualVariance > noise * varT,
      abs(covTS) < (1 - noise) * (varT * varS).squareRoot()
    else { return nil }
  }

  /// I(t; s) in nats.
  var teacherInformation: Double { -0.5 * log1p(-covTS * covTS / (varT * varS)) }
  /// I(s; y) in nats.
  var labelInformation: Double { -0.5 * log(residualVariance / varY) }
  /// ΔI = I(t; s) − I(s; y).
  var delta: Double { teacherInformation - labelInformation }
  /// ln a, a² = var t / var y.
  var logScale: Double { 0.5 * log(varT / varY) }
  /// corr(t, s | y); cov(s, y) = var(s).
  var correlationGivenLabel: Double {
    let (t, s) = (varT - covTY * covTY / varY, varS - varS * varS / varY)
    return max(-1, min(1, (covTS - covTY * varS / varY) / (t * s).squareRoot()))
  }
  /// The moments in the form of the closed forms.
  var moments: ConditionalMoments<Double> {
    ConditionalMoments(
      varT: varT, covTY: covTY, varY: varY, teacherResidualVariance: teacherResidualVariance,
      residualCovariance: residualCovariance, residualVariance: residualVariance)
  }
  /// β = c/σε².
  var beta: Double { residualCovariance / residualVariance }
  /// V = var(t−y | x2).
  var differenceVariance: Double { max(0, residualVariance + teacherResidualVariance - 2 * residualCovariance) }

  /// What window, best λ and gain are made of, with B less `surplus`·V.
  ///
  /// A sample's own B exceeds the population's by kV on average, k that of the sample: it is what a regression on x2 explains of t − y, noise of
  /// that variance included. A resample's exceeds it by twice that.
  func terms(k: Double, surplus: Double) -> RiskTerms<Double> {
    RiskTerms(
      residualVariance: residualVariance, teacherResidualVariance: teacherResidualVariance,
      residualCovariance: residualCovariance, mismatch: max(0, mismatch - surplus * differenceVariance), k: k)
  }

  /// The end of the window of helpful λ: 0 where it is empty.
  func windowEnd(k: Double, surplus: Double = 0) -> Double { terms(k: k, surplus: surplus).windowEnd ?? .infinity }

  /// The best λ: 0 where none helps.
  func bestLambda(k: Double, surplus: Double = 0) -> Double { terms(k: k, surplus: surplus).bestLambda ?? .infinity }

  /// R0 − R(λ*), the most that distillation gains.
  func bestGain(k: Double, surplus: Double = 0) -> Double { terms(k: k, surplus: surplus).bestGain }
}
