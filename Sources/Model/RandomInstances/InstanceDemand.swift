// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// What is asked of instances that are drawn for a claim: their shape, and what is given besides Σ.
///
/// Every way to draw instances for a claim reads this: on a choice tape, where they are made simple, and as problems of whole
/// numbers, which are many.
public struct InstanceDemand: Sendable, Equatable {
  /// What is asked of two candidate modalities.
  public enum Candidates: Sendable, Equatable {
    /// Nothing: x1 is one modality.
    case none
    /// x1 is split into two.
    case two
    /// The two tell equally much of s.
    case equal
  }

  /// How many labels there are.
  public var labels = 1...1
  /// Whether the teacher is the least-squares one.
  public var isLeastSquares = false
  /// The candidate modalities.
  public var candidates = Candidates.none
  /// Whether x1 and x2 share nothing but the label.
  public var isIndependentGivenLabel = false
  /// Whether the student has an input that it can do without.
  public var hasSeveralInputs = false
  /// Whether n is given, whether it is enough for a teacher of both modalities, and whether n−p2 is even.
  public var hasRows = false, hasRowsForBoth = false, hasEvenDegrees = false
  /// Whether λ > 0 is given.
  public var hasPositiveWeight = false
  /// Whether m, μ, the rows of a teacher of both modalities, and a second teacher are given.
  public var hasUnlabelled = false, hasRidge = false, hasTeacherRows = false, hasSecondTeacher = false
  /// Whether rows of x2 are given, and with them their residual moments.
  public var hasDesign = false, hasRowMoments = false
  /// Whether a second instance is given.
  public var hasOther = false
  /// n and λ of every instance, where they are given.
  public var n: Int?, lambda: Rational?
  /// The largest p1 and p2 of problems of whole numbers, where they are bounded.
  public var largestP1 = Int.max, largestP2 = Int.max

  /// Nothing is asked but one label.
  public init() {}

  /// The size of the smallest Σ that there can be: p1, p2 ≥ q.
  public var fewestRows: Int { 3 * labels.lowerBound + (candidates == .none ? 0 : 1) }
}
