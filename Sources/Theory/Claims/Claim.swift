// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// One statement about distillation in the joint Gaussian model, decidable exactly on every instance.
///
/// A claim says: wherever its assumptions and its premise hold, its conclusion holds. To add one, write a type in a
/// file of its own and enter it in ``allClaims``.
public protocol Claim: ListedClaim {
  /// What must hold before the premise makes sense; all part of the hypothesis.
  var assumptions: [Assumption] { get }
  /// Whether it says that closed forms, or conditions, are the same; false by default.
  ///
  /// Of an identity there are no two numbers that textbook formulas could compare again, so that no certificate can
  /// refute it: its tests compute one side by another way.
  var isIdentity: Bool { get }

  /// What the statement supposes beyond its assumptions.
  ///
  /// - Throws: ``Unmet`` where a quantity in it is not defined.
  func premise(_ facts: Facts) throws(Unmet) -> Bool
  /// What the statement concludes.
  ///
  /// - Throws: ``Unmet`` where a quantity in it is not defined.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool
  /// How far the conclusion is from its boundary: positive where it holds, negative where it fails, 0 on the boundary.
  ///
  /// It has no unit: scaling t and y together does not change it.
  ///
  /// - Throws: ``Unmet`` where a quantity in it is not defined.
  func margin(_ facts: Facts) throws(Unmet) -> Rational
  /// How far the premise is from failing where it is positive, and from holding where it is negative; 1 by default.
  ///
  /// It decides nothing: it leads the search towards instances that the claim speaks of.
  ///
  /// - Throws: ``Unmet`` where a quantity in it is not defined.
  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational
  /// The exact numbers that the premise and the conclusion compare, for certificates; none by default.
  ///
  /// - Throws: ``Unmet`` where a quantity is not defined.
  func quantities(_ facts: Facts) throws(Unmet) -> Quantities
  /// Everything that the claim says about an instance.
  func evaluate(_ facts: Facts) -> ClaimVerdict
  /// A drawn instance in the shape that the premise asks for, so that it need not be waited for; nil, the default, where
  /// it stays as it is.
  ///
  /// - Throws: `InstanceError` where it cannot have that shape.
  func shaped(_ instance: Instance) throws(InstanceError) -> Instance?
}

/// A condition under which the quantities of a claim exist.
///
/// Σ is positive definite in every instance.
public enum Assumption: String, Sendable, CaseIterable {
  /// The teacher predicts something.
  case teacher = "w1 ≠ 0"
  /// The student can predict something.
  case student = "w* ≠ 0"
  /// One label.
  case oneLabel = "q = 1"
  /// Several labels.
  case severalLabels = "q > 1"
  /// Every column of w1 and w* is nonzero: each output has a teacher and a student.
  case everyOutput = "no zero column in w1, w*"
  /// w1 and w* have linearly independent columns, so that the informations are finite.
  case fullRank = "w1, w* of full column rank"
  /// The teacher is the least-squares one.
  case leastSquaresTeacher = "w1 = Σ11⁻¹Σ13"
  /// Enough training rows for a finite expected risk.
  case trainingRows = "n ≥ p2+2"
  /// A distillation weight is given, and it is not 0.
  case positiveLambda = "λ > 0"
  /// x1 is split into two candidate modalities, each with a nonzero least-squares teacher.
  case candidates = "p1a given, both least-squares teachers ≠ 0"
  /// The same, and the two tell equally much of the student, with the right sign.
  case equalCandidates = "p1a given, I(t1;s) = I(t2;s), cov(t1,s), cov(t2,s) > 0"
  /// The teacher has the scale of the best prediction of y by it.
  case calibratedTeacher = "cov(t,y) = var(t)"
  /// Given the label, the modalities are uncorrelated.
  case independentGivenLabel = "Σ12 = Σ13Σ32/var(y)"
  /// The student can do without one of its inputs.
  case severalInputs = "p2 ≥ 2"
  /// A second teacher is given.
  case secondTeacher = "w1b ≠ 0 given"
  /// A number of unlabelled rows is given.
  case unlabelledRows = "unlabelled given"
  /// A strength of ridge is given.
  case ridge = "ridge given"
  /// The rows of a teacher of both modalities are given.
  case teacherRows = "teacher_rows given"
  /// The labelled rows can fit a teacher of both modalities.
  case rowsForBoth = "n ≥ p1+p2+2"
  /// Rows of x2 are given.
  case design = "design given"
  /// The residual moments of each row are given.
  case rowMoments = "design and row_moments given"
  /// The distribution of the estimate of β has a variance and, of an even number of degrees of freedom, a closed form.
  case evenDegrees = "n−p2 even, at least 4"
  /// A second instance is given, which the first is compared with.
  case otherInstance = "two instances, A and B"
  /// Every part has a value: nothing is divided by 0, no image is degenerate.
  ///
  /// Never one of ``Claim/assumptions``: a statement that cannot name its condition throws it.
  case defined = "every part of the statement defined"
}

/// Why a claim says nothing about an instance.
public struct Unmet: Error, Equatable, CustomStringConvertible {
  /// The condition that does not hold.
  public let assumption: Assumption

  /// That `assumption` does not hold.
  public init(assumption: Assumption) { self.assumption = assumption }

  /// "needs n ≥ p2+2".
  public var description: String { "needs \(assumption.rawValue)" }
}

/// What a claim says about one instance.
public struct ClaimVerdict: Sendable, Equatable {
  /// Whether all assumptions and the premise hold.
  public let hypothesis: Bool
  /// Whether the conclusion holds; nil where it is not defined.
  public let conclusion: Bool?
  /// The signed margin of the conclusion; nil where it is not defined.
  public let margin: Rational?
  /// The first assumption that does not hold.
  public let unmet: Assumption?

  /// Whether the instance refutes the claim.
  public var isViolation: Bool { hypothesis && conclusion == false }

  /// What a claim says; `unmet` names the first assumption that does not hold.
  public init(hypothesis: Bool, conclusion: Bool?, margin: Rational?, unmet: Assumption?) {
    (self.hypothesis, self.conclusion, self.margin, self.unmet) = (hypothesis, conclusion, margin, unmet)
  }
}

extension Claim {
  /// False: most claims conclude one thing from another.
  public var isIdentity: Bool { false }

  /// 1: the premise always holds.
  public func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational { 1 }

  /// No numbers.
  public func quantities(_ facts: Facts) throws(Unmet) -> Quantities { Quantities(hypothesis: [], conclusion: []) }

  /// Nil: it stays as it is.
  public func shaped(_ instance: Instance) throws(InstanceError) -> Instance? { nil }

  /// Whether the hypothesis holds: every assumption, then the premise.
  public func hypothesis(_ facts: Facts) -> Bool {
    firstUnmet(facts) == nil && (try? premise(facts)) ?? false
  }

  /// The first assumption that does not hold.
  ///
  /// No error says so: most claims do not speak of most instances.
  private func firstUnmet(_ facts: Facts) -> Assumption? { assumptions.first { !facts.holds($0) } }

  /// Whether the instance refutes the claim, as ``evaluate(_:)`` tells with more.
  public func isViolated(_ facts: Facts) -> Bool { hypothesis(facts) && (try? conclusion(facts)) == false }

  /// Everything that the claim says about an instance.
  public func evaluate(_ facts: Facts) -> ClaimVerdict {
    var (hypothesis, unmet) = (false, firstUnmet(facts))
    if unmet == nil { do { hypothesis = try premise(facts) } catch { unmet = error.assumption } }
    return ClaimVerdict(
      hypothesis: hypothesis, conclusion: try? conclusion(facts), margin: try? margin(facts), unmet: unmet)
  }
}
