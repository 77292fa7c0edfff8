// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Why a student cannot be trained or a study cannot be run.
public enum StudentError: Error, Equatable, CustomStringConvertible {
  /// Fewer rows than the expected risk needs.
  case tooFewRows(n: Int, needed: Int)
  /// The student's inputs are linearly dependent in the sample, in double precision.
  case rankDeficient(rows: Int, columns: Int, reciprocalCondition: Double)
  /// Arrays that do not fit each other.
  case sizeMismatch(String)
  /// A number in the sample is not finite.
  case notFinite(String)
  /// Training left every bound.
  case diverged(step: Int, learningRate: Double)
  /// A setting is outside of what it may be.
  case invalidSetting(name: String, value: String, rule: String)
  /// The covariance cannot be used in double precision.
  case numericallySingular

  /// What is wrong, the rule, and what to do.
  public var description: String {
    switch self {
    case .tooFewRows(let n, let needed): "n is \(n), but at least \(needed) rows are needed here; take more rows"
    case .rankDeficient(let rows, let columns, let condition):
      "the sample of \(rows) rows is rank-deficient: its \(columns) inputs are linearly dependent in double precision "
        + "(reciprocal condition \(condition)); take more rows or drop inputs that others determine"
    case .sizeMismatch(let reason): reason
    case .notFinite(let what): "\(what) holds a number that is not finite; remove such rows"
    case .diverged(let step, let rate):
      "training diverged at step \(step): the learning rate \(String(format: "%.4g", rate)) is too large here; take a smaller one"
    case .invalidSetting(let name, let value, let rule): "\(name) \(value): \(rule)"
    case .numericallySingular:
      "Σ is positive definite, but not in double precision, in which students are trained; rescale the variables"
    }
  }
}
