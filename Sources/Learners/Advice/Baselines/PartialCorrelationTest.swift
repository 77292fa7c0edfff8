// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The exact test of corr(t, s | y) ≤ 0: the ordinary one of a partial correlation, of two predictions given the label.
///
/// Teacher and student are fitted on one half of the rows, so that on the other t and s are fixed linear functions of the inputs. There,
/// in the Gaussian model, r√ν/√(1−r²) is Student-t with ν = rows − 3 degrees of freedom if corr(t, s | y) = 0. The null is about *these* two
/// predictions; the interval of ``TunedAdvice/correlationGivenLabel`` is about those of the population.
public struct PartialCorrelationTest: Sendable, Equatable {
  /// The partial correlation r on the tested rows.
  public let correlation: Double
  /// The degrees of freedom.
  public let degrees: Int
  /// The probability of so large an r, or a larger one, if corr(t, s | y) were 0: evidence that the teacher helps.
  public let probabilityIfNotHelping: Double
  /// The probability of so small an r, or a smaller one, if it were 0: evidence that it does not.
  public let probabilityIfHelping: Double

  /// The weights that the other half gives to teacher and student.
  let weights: (teacher: [Double], student: [Double])

  /// Whether both say the same.
  public static func == (a: PartialCorrelationTest, b: PartialCorrelationTest) -> Bool {
    a.correlation == b.correlation && a.degrees == b.degrees
  }

  /// The test of one candidate; nil where a half is too small or singular.
  init?(_ groups: GramGroups, teacher: [Int], student: [Int]) {
    let (d, label) = (groups.columns, groups.columns - 1)
    let fitted = groups.moments { $0.isMultiple(of: 2) }
    let tested = groups.moments { !$0.isMultiple(of: 2) }
    degrees = Int(tested.rows) - 3
    guard degrees > 0, Int(fitted.rows) > max(teacher.count, student.count) + 1,
      let inputs = fitted.factor(teacher), let view = fitted.factor(student)
    else { return nil }
    weights = (
      inputs.solve(teacher.map { fitted.covariance[$0 * d + label] }),
      view.solve(student.map { fitted.covariance[$0 * d + label] })
    )
    let (t, s, y) = (
      Combination(teacher, weights.teacher), Combination(student, weights.student), Combination([label], [1])
    )
    let varY = tested.covariance(y, y)
    guard varY > 0 else { return nil }
    let noise = tested.share(ofRounding: teacher.count + student.count + 2)
    func residual(_ a: Combination, _ b: Combination) -> Double {
      tested.covariance(a, b) - tested.covariance(a, y) * tested.covariance(b, y) / varY
    }
    let (varT, varS) = (residual(t, t), residual(s, s))
    guard varT > noise * tested.size(of: t), varS > noise * tested.size(of: s) else { return nil }
    correlation = residual(t, s) / (varT * varS).squareRoot()
    guard abs(correlation) < 1 - noise else { return nil }
    let nu = Double(degrees)
    let statistic = correlation * (nu / (1 - correlation * correlation)).squareRoot()
    probabilityIfNotHelping = gsl_cdf_tdist_Q(statistic, nu)
    probabilityIfHelping = gsl_cdf_tdist_P(statistic, nu)
  }
}

/// A linear function of columns.
struct Combination {
  let places: [Int]
  let weights: [Double]

  init(_ places: [Int], _ weights: [Double]) { (self.places, self.weights) = (places, weights) }
}

extension SampleMoments {
  /// The covariance of two linear functions.
  func covariance(_ a: Combination, _ b: Combination) -> Double {
    let d = means.count
    var sum = 0.0
    for (u, i) in zip(a.weights, a.places) {
      for (w, j) in zip(b.weights, b.places) { sum += u * w * covariance[i * d + j] }
    }
    return sum
  }

  /// A bound of the mean square of a linear function, to which the rounding of its variance is relative.
  func size(of a: Combination) -> Double {
    let root = zip(a.weights, a.places).reduce(0) { $0 + abs($1.0) * size(of: $1.1) }
    return root * root
  }

  /// The mean of a linear function.
  func mean(_ a: Combination) -> Double { zip(a.weights, a.places).reduce(0) { $0 + $1.0 * means[$1.1] } }
}
