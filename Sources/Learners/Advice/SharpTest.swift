// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The exact t-test of β < 1, the coefficient of y in the regression of t on (x2, y) with an intercept.
///
/// In the Gaussian model, for a teacher whose weights do not come from the tested rows, (β̂ − β)/se is Student-t with
/// n − p2 − 2 degrees of freedom. So the teacher is fitted on one half of the rows and β tested on the other.
public struct SharpTest: Sendable, Equatable {
  /// β̂ on the tested rows.
  public let beta: Double
  /// Its standard error.
  public let standardError: Double
  /// The degrees of freedom.
  public let degrees: Int
  /// The probability of so small a β̂, or a smaller one, if β were 1: evidence that distillation helps.
  public let probabilityIfNotHelping: Double
  /// The probability of so large a β̂, or a larger one, if β were 1: evidence that it does not.
  public let probabilityIfHelping: Double

  /// The weights that the untested half gives the teacher.
  let weights: [Double]

  /// The test of one candidate; nil where a half is too small or singular.
  init?(_ groups: GramGroups, teacher: [Int], student: [Int]) {
    let label = groups.columns - 1
    let fitted = groups.moments { $0.isMultiple(of: 2) }
    let tested = groups.moments { !$0.isMultiple(of: 2) }
    degrees = Int(tested.rows) - student.count - 2
    guard degrees > 0, Int(fitted.rows) > teacher.count + 1,
      let own = GaussianFit(fitted, teacher: teacher, student: student, label: label),
      let fit = GaussianFit(tested, teacher: teacher, weights: own.teacher, student: student, label: label)
    else { return nil }
    (beta, weights) = (fit.beta, own.teacher)
    let unexplained =
      fit.teacherResidualVariance - fit.residualCovariance * fit.residualCovariance / fit.residualVariance
    // Of a teacher that the label and the student's inputs determine nothing is left to test.
    guard unexplained > tested.share(ofRounding: student.count + 3) * fit.teacherResidualVariance else { return nil }
    standardError = (unexplained / fit.residualVariance / Double(degrees)).squareRoot()
    let statistic = (beta - 1) / standardError
    probabilityIfNotHelping = gsl_cdf_tdist_P(statistic, Double(degrees))
    probabilityIfHelping = gsl_cdf_tdist_Q(statistic, Double(degrees))
  }
}
