// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// A claim whose premise and conclusion are written once, generic over the number type, and so run in every arithmetic:
/// in Doubles with proved bounds, in 128-bit whole numbers, in Doubles of twice the precision and in rational numbers.
///
/// One generic method `premise<N: SignedScalar>(_ m: ProblemMoments<N>)` fulfils the four requirements, and likewise
/// for the conclusion.
public protocol SignClaim: Claim {
  /// Whether the predicates ask for `ProblemMoments.inputs`; false by default.
  var needsInputs: Bool { get }
  /// The largest p1 and p2 that the premise allows, where it bounds them.
  var largestSizes: (p1: Int, p2: Int) { get }
  /// Whether the predicates say all that the statement says, so that where they hold it does; true by default.
  var isWhollySigns: Bool { get }
  /// Whether the premise holds, under the assumptions.
  func premise(_ m: ProblemMoments<BoundedDouble>) throws(Undecided) -> Bool
  /// The same in whole numbers.
  func premise(_ m: ProblemMoments<CheckedInteger>) throws(Undecided) -> Bool
  /// The same in Doubles of twice the precision.
  func premise(_ m: ProblemMoments<BoundedDoubleDouble>) throws(Undecided) -> Bool
  /// The same in rational numbers.
  func premise(_ m: ProblemMoments<Rational>) throws(Undecided) -> Bool
  /// Whether the conclusion holds, under the assumptions.
  func conclusion(_ m: ProblemMoments<BoundedDouble>) throws(Undecided) -> Bool
  /// The same in whole numbers.
  func conclusion(_ m: ProblemMoments<CheckedInteger>) throws(Undecided) -> Bool
  /// The same in Doubles of twice the precision.
  func conclusion(_ m: ProblemMoments<BoundedDoubleDouble>) throws(Undecided) -> Bool
  /// The same in rational numbers.
  func conclusion(_ m: ProblemMoments<Rational>) throws(Undecided) -> Bool
}

extension SignClaim {
  /// False: few claims are about the modalities themselves.
  public var needsInputs: Bool { false }

  /// No bounds.
  public var largestSizes: (p1: Int, p2: Int) { (.max, .max) }

  /// True: the statement is its predicates.
  public var isWhollySigns: Bool { true }

  /// The premise, in rational numbers.
  public func premise(_ facts: Facts) throws(Unmet) -> Bool {
    try requireShape(facts)
    return decidedExactly { () throws(Undecided) in try premise(facts.predicates) }
  }

  /// The conclusion, in rational numbers.
  public func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try requireShape(facts)
    return decidedExactly { () throws(Undecided) in try conclusion(facts.predicates) }
  }

  /// Checks the assumptions without which the predicates have no meaning.
  private func requireShape(_ facts: Facts) throws(Unmet) {
    for assumption in assumptions where assumption.isAboutShape { try facts.require(assumption) }
  }
}

/// What rational numbers say: they know every sign.
@inline(never) private func decidedExactly(_ predicate: () throws(Undecided) -> Bool) -> Bool {
  do { return try predicate() } catch { preconditionFailure("a rational number has a sign") }
}

extension Assumption {
  /// Whether it says what parts an instance has, rather than what holds of them.
  fileprivate var isAboutShape: Bool {
    switch self {
    case .oneLabel, .trainingRows, .positiveLambda, .candidates, .equalCandidates, .severalInputs, .secondTeacher,
      .unlabelledRows, .ridge, .teacherRows, .rowsForBoth, .design, .rowMoments, .evenDegrees,
      .otherInstance:
      true
    case .teacher, .student, .severalLabels, .everyOutput, .fullRank, .leastSquaresTeacher, .calibratedTeacher,
      .independentGivenLabel, .defined:
      false
    }
  }
}
