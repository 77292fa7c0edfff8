// SPDX-License-Identifier: GPL-3.0-or-later
/// Why an input is no valid question: an implementation has to answer it with `errored`.
public struct Refusal: Error, Hashable, CustomStringConvertible {
  /// The rule that the input breaks.
  public let rule: Rule
  /// The part of the input, what was found and what is needed.
  public let message: String

  /// A refusal by `rule`.
  public init(_ rule: Rule, _ message: String) { (self.rule, self.message) = (rule, message) }

  /// "not_symmetric: sigma: …".
  public var description: String { "\(rule.rawValue): \(message)" }

  /// The rules of valid input.
  public enum Rule: String, CaseIterable, Sendable, Hashable {
    /// A key is missing, or a value is of the wrong type.
    case malformed
    /// A number is no number, NaN or infinite.
    case notFinite = "not_finite"
    /// Sizes disagree, or are below 1.
    case sizes
    /// An index is outside of Σ, twice in a list, or in both lists.
    case index
    /// Σ is not symmetric.
    case notSymmetric = "not_symmetric"
    /// Σ is not positive definite.
    case notPositiveDefinite = "not_positive_definite"
    /// n ≤ p2+1, for pseudo-labels n ≤ p1+p2+1: the expected risk is not finite.
    case illPosed = "ill_posed"
    /// λ < 0.
    case negativeLambda = "negative_lambda"
    /// λ = 0 where a number of rows is asked below which λ helps.
    case zeroLambda = "zero_lambda"
    /// m < 0.
    case negativeUnlabelled = "negative_unlabelled"
    /// μ < 0.
    case negativeRidge = "negative_ridge"
    /// N ≤ p1+p2+1: the expected error of the fitted teacher is not finite.
    case teacherRows = "teacher_rows"
    /// The second teacher is the first.
    case sameTeacher = "same_teacher"
    /// k < 1 or k ≥ the number of rows.
    case neighbours
    /// The columns of `x2` are linearly dependent.
    case dependentColumns = "dependent_columns"
    /// The sample covariance is singular.
    case singularCovariance = "singular_covariance"
    /// w1 = 0, or its columns are linearly dependent: no information of the teacher is defined.
    case degenerateTeacher = "degenerate_teacher"
    /// w* = 0, or its columns are linearly dependent: no information of the student is defined.
    case degenerateStudent = "degenerate_student"
  }
}
