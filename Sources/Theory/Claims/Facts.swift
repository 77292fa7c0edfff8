import Distillation
import ExactAlgebra
import ExactPredicates
import Gaussian

/// The exact quantities of one instance that claims are made of, each computed once, when first asked for.
///
/// It belongs to one thread. Quantities that an instance may lack throw ``Unmet``.
public final class Facts {
  /// The instance.
  public let instance: Instance

  /// The facts of `instance`.
  public init(_ instance: Instance) { self.instance = instance }

  /// The covariance of (t, y) before and after conditioning on x2.
  public private(set) lazy var moments = Moments(instance)

  /// The moments of each output alone.
  public private(set) lazy var outputs = (0..<instance.q).map { moments.output($0) }

  /// I(t; s).
  public func teacherInformation() throws(Unmet) -> HalfLogarithm { try defined(teacherInformationIfFinite) }

  /// I(s; y) = I(x2; y).
  public func labelInformation() throws(Unmet) -> HalfLogarithm { try defined(labelInformationIfFinite) }

  /// ΔI = I(t; s) − I(s; y), whose sign is the prediction of the CCH.
  public func delta() throws(Unmet) -> HalfLogarithm {
    try teacherInformation() - labelInformation()
  }

  /// What the predicates of claims are made of, in rational numbers.
  private(set) lazy var predicates: ProblemMoments<Rational> = {
    let candidates = instance.q == 1 ? candidatesIfGiven : nil
    return ProblemMoments(
      moments, instance,
      candidates: candidates.map { [($0.first.moments, Rational(1)), ($0.second.moments, Rational(1))] })
  }()

  /// I(x1; x2).
  public private(set) lazy var rawInformation = information(instance.x1, instance.x2)

  /// I(x2; y), by the determinants of Σ.
  public private(set) lazy var rawLabelInformation = information(instance.x2, instance.y)

  /// The risk R(λ) for the instance's n.
  public func risk() throws(Unmet) -> Risk {
    guard let riskIfGiven else { throw Unmet(assumption: .trainingRows) }
    return riskIfGiven
  }

  /// R(λ) − R0 as a function of λ, for the instance's n.
  public func riskChange() throws(Unmet) -> RationalFunction {
    guard let riskChangeIfGiven else { throw Unmet(assumption: .trainingRows) }
    return riskChangeIfGiven
  }

  /// One λ > 0 in each interval on which R(λ) − R0 keeps its sign: before its positive root, if it has one, and after
  /// it.
  ///
  /// R − R0 vanishes at 0, so it has at most one positive root, and that root is rational.
  public func pointsBetweenRoots() throws(Unmet) -> [Rational] {
    _ = try riskChange()
    return pointsBetweenRootsIfGiven
  }

  /// The instance's distillation weight, where it is given and positive.
  public func lambda() throws(Unmet) -> Rational {
    guard let lambda = instance.lambda, lambda.signum > 0 else { throw Unmet(assumption: .positiveLambda) }
    return lambda
  }

  /// The facts of the two candidate teachers of a split x1.
  public func candidates() throws(Unmet) -> (first: Facts, second: Facts) {
    guard let candidatesIfGiven else { throw Unmet(assumption: .candidates) }
    return candidatesIfGiven
  }

  /// Whether w1 is the least-squares teacher Σ11⁻¹Σ13: its residual y − t is uncorrelated with x1.
  public private(set) lazy var isLeastSquaresTeacher: Bool = {
    let sigma = instance.sigma
    return sigma.selecting(instance.x1) * instance.w1 == sigma.selecting(rows: instance.x1, columns: instance.y)
  }()

  /// Checks one assumption.
  ///
  /// - Throws: ``Unmet`` where it does not hold.
  public func require(_ assumption: Assumption) throws(Unmet) {
    guard holds(assumption) else { throw Unmet(assumption: assumption) }
  }

  private func holds(_ assumption: Assumption) -> Bool {
    switch assumption {
    case .teacher: !instance.w1.isZero
    case .student: !instance.optimalStudentIsZero
    case .oneLabel: instance.q == 1
    case .severalLabels: instance.q > 1
    case .everyOutput: outputs.allSatisfy { $0.varT.signum > 0 && $0.varS.signum > 0 }
    case .fullRank: teacherInformationIfFinite != nil && labelInformationIfFinite != nil
    case .leastSquaresTeacher: isLeastSquaresTeacher
    case .trainingRows: riskIfGiven != nil
    case .positiveLambda: instance.lambda.map { $0.signum > 0 } ?? false
    case .candidates: candidatesIfGiven != nil
    case .defined: true
    }
  }

  private lazy var teacherInformationIfFinite = try? moments.teacherInformation()
  private lazy var labelInformationIfFinite = try? moments.labelInformation()
  private lazy var riskIfGiven = instance.n.flatMap { try? Risk(moments, n: $0, p2: instance.p2) }
  private lazy var riskChangeIfGiven = riskIfGiven.map { $0.function - RationalFunction([$0.baselineRisk]) }
  private lazy var pointsBetweenRootsIfGiven: [Rational] = {
    let roots = ((try? riskChangeIfGiven?.realRoots()) ?? []).compactMap(\.asRational).filter { $0.signum > 0 }
    guard let last = roots.last else { return [1] }
    let starts = [Rational(0)] + roots.dropLast()
    return zip(starts, roots).map { ($0 + $1) / 2 } + [2 * last]
  }()
  private lazy var candidatesIfGiven: (first: Facts, second: Facts)? = {
    guard let (first, second) = instance.candidates, !first.w1.isZero, !second.w1.isZero else { return nil }
    return (Facts(first), Facts(second))
  }()

  private func defined(_ information: HalfLogarithm?) throws(Unmet) -> HalfLogarithm {
    guard let information else { throw Unmet(assumption: .fullRank) }
    return information
  }

  /// I(u; w) of two disjoint blocks of a positive definite Σ, which is always finite.
  private func information(_ u: Range<Int>, _ w: Range<Int>) -> HalfLogarithm {
    (try? instance.sigma.mutualInformation(Array(u), Array(w))) ?? .zero
  }
}
