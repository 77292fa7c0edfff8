// SPDX-License-Identifier: GPL-3.0-or-later
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

  /// The facts of the second of two instances.
  public func other() throws(Unmet) -> Facts { try given(otherIfGiven, .otherInstance) }

  /// Whether w1 is the least-squares teacher Σ11⁻¹Σ13: its residual y − t is uncorrelated with x1.
  public private(set) lazy var isLeastSquaresTeacher: Bool = {
    let sigma = instance.sigma
    return sigma.selecting(instance.x1) * instance.w1 == sigma.selecting(rows: instance.x1, columns: instance.y)
  }()

  /// What a claim says of the instance, which its conclusion and its margin both ask: decided once.
  func once(_ id: String, _ decide: () throws(Unmet) -> Bool) throws(Unmet) -> Bool {
    if let known = decided[id] { return known }
    let answer = try decide()
    decided[id] = answer
    return answer
  }

  /// Checks one assumption.
  ///
  /// - Throws: ``Unmet`` where it does not hold.
  public func require(_ assumption: Assumption) throws(Unmet) {
    guard holds(assumption) else { throw Unmet(assumption: assumption) }
  }

  /// Whether an assumption holds.
  func holds(_ assumption: Assumption) -> Bool {
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
    case .equalCandidates: areCandidatesEqual
    case .calibratedTeacher: moments.covTY == moments.varT
    case .independentGivenLabel: areIndependentGivenLabel
    case .severalInputs: instance.p2 > 1
    case .secondTeacher: instance.extras.secondTeacher.map { !$0.isZero } ?? false
    case .unlabelledRows: instance.extras.unlabelled != nil
    case .ridge: instance.extras.ridge != nil
    case .teacherRows: instance.extras.teacherRows != nil
    case .rowsForBoth: instance.n.map { $0 - instance.p1 - instance.p2 >= 2 } ?? false
    case .design: instance.extras.design != nil
    case .rowMoments: instance.extras.rowMoments != nil
    case .evenDegrees: instance.n.map { $0 - instance.p2 >= 4 && ($0 - instance.p2) % 2 == 0 } ?? false
    case .otherInstance: instance.extras.other != nil
    case .defined: true
    }
  }

  /// The teacher that sees both modalities.
  public private(set) lazy var jointTeacher = JointTeacher(instance, moments)

  /// The least-squares student as one that is linear in labels and teacher, for the instance's n.
  public func student() throws(Unmet) -> LinearStudent<Rational> {
    guard let studentIfGiven else { throw Unmet(assumption: .trainingRows) }
    return studentIfGiven
  }

  /// The weights on (x1, x2) of the teacher of both modalities, by its normal equations.
  public private(set) lazy var jointTeacherWeights: RationalMatrix? = {
    let inputs = 0..<(instance.p1 + instance.p2)
    return try? instance.sigma.selecting(inputs).solve(instance.sigma.selecting(rows: inputs, columns: instance.y))
  }()

  /// The moments of that teacher by its weights (q = 1).
  private(set) lazy var jointTeacherMoments: ConditionalMoments<Rational>? = jointTeacherWeights.map { weights in
    let (sigma, inputs) = (instance.sigma, 0..<(instance.p1 + instance.p2))
    let cross = sigma.selecting(rows: inputs, columns: instance.y)
    let toX2 = sigma.selecting(rows: instance.x2, columns: inputs) * weights
    let explained = (try? sigma.selecting(instance.x2).solve(toX2)) ?? toX2
    let (varT, covTY) = (
      (weights.transposed * sigma.selecting(inputs) * weights)[0, 0], (weights.transposed * cross)[0, 0]
    )
    let label = sigma.selecting(rows: instance.x2, columns: instance.y)
    return ConditionalMoments(
      varT: varT, covTY: covTY, varY: moments.varY,
      teacherResidualVariance: varT - (explained.transposed * toX2)[0, 0],
      residualCovariance: covTY - (explained.transposed * label)[0, 0], residualVariance: moments.residualVariance)
  }

  /// The moments of the student that lacks the last coordinate of x2.
  public func withoutLastInput() throws(Unmet) -> Moments { try given(withoutLastInputIfGiven, .severalInputs) }
  /// n.
  public func rows() throws(Unmet) -> Int { try given(instance.n, .trainingRows) }
  /// m, the number of unlabelled rows.
  public func unlabelledRows() throws(Unmet) -> Int { try given(instance.extras.unlabelled, .unlabelledRows) }
  /// μ.
  public func ridge() throws(Unmet) -> Rational { try given(instance.extras.ridge, .ridge) }
  /// N, the rows of a teacher of both modalities.
  public func teacherRows() throws(Unmet) -> Int { try given(instance.extras.teacherRows, .teacherRows) }
  /// Least squares on the design (q = 1).
  public func designRows() throws(Unmet) -> DesignRows { try given(designRowsIfGiven, .design) }

  private func given<Value>(_ value: Value?, _ assumption: Assumption) throws(Unmet) -> Value {
    guard let value else { throw Unmet(assumption: assumption) }
    return value
  }

  /// The teachers w1 and w1b at once (q = 1), for the instance's n.
  public func ensemble() throws(Unmet) -> TeacherEnsemble {
    try require(.oneLabel)
    try require(.trainingRows)
    guard let ensembleIfGiven else { throw Unmet(assumption: .secondTeacher) }
    return ensembleIfGiven
  }

  private var decided: [String: Bool] = [:]
  private lazy var otherIfGiven = instance.extras.other.map { Facts($0) }
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
  private lazy var studentIfGiven = instance.n.flatMap { n in
    n < instance.p2 + 2 ? nil : LinearStudent(moments.traces, .leastSquares(n: n, p2: instance.p2))
  }
  private lazy var ensembleIfGiven = instance.extras.secondTeacher.flatMap { second -> TeacherEnsemble? in
    guard let n = instance.n, instance.q == 1, n >= instance.p2 + 2 else { return nil }
    let teachers = RationalMatrix(rows: instance.p1, columns: 2) { [w1 = instance.w1] in
      $1 == 0 ? w1[$0, 0] : second[$0, 0]
    }
    return TeacherEnsemble(instance, teachers: teachers, n: n)
  }
  private lazy var withoutLastInputIfGiven: Moments? = {
    let (i, last) = (instance, instance.p1 + instance.p2 - 1)
    guard i.p2 > 1 else { return nil }
    let sigma = i.sigma.selecting((0..<i.sigma.rows).filter { $0 != last })
    return (try? Instance(sigma: sigma, p1: i.p1, p2: i.p2 - 1, q: i.q, w1: i.w1)).map { Moments($0) }
  }()
  private lazy var designRowsIfGiven = DesignRows(instance, moments)
  private lazy var areCandidatesEqual: Bool = {
    guard instance.q == 1, let (first, second) = candidatesIfGiven.map({ ($0.first.moments, $0.second.moments) }) else {
      return false
    }
    // I(t;s) grows with corr(t,s)², and s is that of both.
    return first.covTS.signum > 0 && second.covTS.signum > 0
      && first.covTS.squared * second.varT == second.covTS.squared * first.varT
  }()
  private lazy var areIndependentGivenLabel: Bool = {
    let sigma = instance.sigma
    guard instance.q == 1 else { return false }
    let (x1, x2, y) = (instance.x1, instance.x2, instance.y)
    return sigma[y.lowerBound, y.lowerBound] * sigma.selecting(rows: x1, columns: x2)
      == sigma.selecting(rows: x1, columns: y) * sigma.selecting(rows: y, columns: x2)
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
