// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// What the gate allows, and how sure it is before it fails an estimator.
struct Tolerances: Sendable {
  /// The probability that an estimator which is within every tolerance fails by chance, all tests together.
  static let falseAlarm = 1e-3
  /// The share of one test.
  let level: Double

  /// Tolerances for so many tests together.
  init(tests: Int) { level = Tolerances.falseAlarm / Double(max(1, tests)) }

  /// The bias that is allowed on an easy task of 1,000 rows: 0.05 nats and a tenth of the information.
  static func bias(_ information: Double) -> Double { 0.05 + 0.1 * information }
  /// How many times more is allowed near 250 rows, where a consistent estimator may still be far off, but not anywhere.
  static let fewRowsFactor = 4.0
  /// How far below 0 a mean estimate may be where noise was added or what tells left out.
  static let negative = 0.15
  /// The root mean square error that is allowed over the easy tasks.
  static let error = 0.15
  /// Errors below this need not shrink with n.
  static let smallError = 0.05
  /// What must be left at most of a larger error when n grows by a factor of 16.
  static let shrinkage = 0.7

  /// How far a mean of `count` numbers of estimated standard deviation may be off by chance: Student's t.
  func excess(deviation: Double, count: Int, degrees: Int) -> Double {
    deviation / Double(count).squareRoot() * gsl_cdf_tdist_Qinv(level, Double(degrees))
  }

  /// How many times larger than the other a mean square of `degrees` may be by chance: Fisher's F.
  func ratio(degrees: Int, over others: Int) -> Double { gsl_cdf_fdist_Qinv(level, Double(degrees), Double(others)) }

  /// How large the mean of `count` squares of standard normals may be by chance.
  func meanSquare(_ count: Int) -> Double { gsl_cdf_chisq_Qinv(level, Double(count)) / Double(count) }
}
