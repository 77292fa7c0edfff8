// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Oracle

extension Assessment {
  /// The tolerances of the operations on tuned students, further rows and other teachers.
  static func baselineTolerances(_ operation: OracleOperation, _ question: OracleInput, _ answer: OracleAnswer)
    throws(Refusal)
    -> (tolerances: [OutputName: [Rational]], decides: Bool)
  {
    let instance = try question.instance(of: operation)
    let (moments, errors) = (Moments(instance), MomentErrors(instance))
    let (n, p2, extras) = (instance.n ?? instance.p2 + 2, instance.p2, instance.extras)
    func student(_ fit: FitMoments<Rational>) -> StudentTolerances {
      StudentTolerances(moments: moments.traces, fit: fit, errors: errors)
    }
    func alpha() throws(Refusal) -> Rational {
      let lambda = try question.lambda()
      return lambda / (1 + lambda)
    }
    func risk(_ fit: FitMoments<Rational>) throws(Refusal) -> (tolerances: [OutputName: [Rational]], decides: Bool) {
      let alpha = try alpha()
      return ([.risk: [student(fit).risk(1 - alpha, alpha)]], true)
    }
    let plain = FitMoments.leastSquares(n: n, p2: p2)
    switch operation {
    case .tunedHelps: return ([:], student(plain).decidesTuned)
    case .tunedGain: return ([.gain: [student(plain).tunedGain]], true)
    case .unlabelledRisk: return try risk(.unlabelled(n: n, m: extras.unlabelled ?? 0, p2: p2))
    case .ridgeRisk: return try risk(.ridge(extras.ridge ?? 0, n: n, p2: p2))
    case .jointTeacherRisk:
      let bounds = JointTeacherTolerances(instance, moments, errors)
      return ([.risk: [bounds.risk(try alpha(), k: plain.labelFitNoise, rows: extras.teacherRows)]], true)
    case .pseudoLabelRisk:
      let bounds = JointTeacherTolerances(instance, moments, errors)
      return ([.risk: [bounds.pseudoLabels(try alpha(), n: n, m: extras.unlabelled ?? 0)]], true)
    case .ensembleWeights:
      let bounds = EnsembleTolerances(instance, n: n)
      return ([.weights: bounds.weights, .gain: [bounds.gain]], true)
    default:
      let bounds = CrossoverTolerances(moments.traces, errors, lambda: try question.lambda(), p2: p2)
      guard case .rational? = answer[.rows] else { return ([:], false) }
      return ([.rows: [bounds.rows]], bounds.decides)
    }
  }
}

/// First-order error bounds of the best weights of several teachers: of Fb = g, solved in any way, by an explicit inverse too.
struct EnsembleTolerances {
  /// The error of each weight.
  let weights: [Rational]
  /// The error of what they gain, as bᵀg or as a difference of risks.
  let gain: Rational

  init(_ instance: Instance, n: Int) {
    let teachers = [instance.w1] + [instance.extras.secondTeacher].compactMap { $0 }
    let (ensemble, errors) = (
      TeacherEnsemble(instance, teachers, n: n), MomentErrors(instance, teachers: teachers)
    )
    let (k, unit, all) = (
      Rational(instance.p2, n - instance.p2 - 1), RoundingUnit.of(dimension: 2), Array(teachers.indices)
    )
    let pull = all.map { k * (errors.trace(nil, nil) + errors.trace($0, nil)) }
    // Of the covariances of tᵢ−y and tⱼ−y, explained and not.
    let form = all.map { i in
      all.map { j in
        (1 + k) * (errors.trace(i, j) + errors.trace(i, nil) + errors.trace(j, nil) + errors.trace(nil, nil))
      }
    }
    guard let inverse = try? ensemble.form.inverse(), let best = ensemble.bestWeights, let most = ensemble.bestGain
    else {
      (weights, gain) = (all.map { _ in 0 }, 0)
      return
    }
    let g = all.map { ensemble.pull[$0, 0].magnitude }
    // |F⁻¹||g|, which is at least |b|.
    let size = all.map { i in all.reduce(0) { $0 + inverse[i, $1].magnitude * g[$1] } }
    let residual = all.map { i in
      all.reduce(pull[i]) { $0 + (form[i][$1] + unit * ensemble.form[i, $1].magnitude) * size[$1] }
    }
    let ofWeights = all.map { i in all.reduce(Rational.zero) { $0 + inverse[i, $1].magnitude * residual[$1] } }
    let direct = all.reduce(Rational.zero) { $0 + ofWeights[$1] * g[$1] + size[$1] * (pull[$1] + unit * g[$1]) }
    // R0 − R(b), with b as computed: the error of b counts to second order only.
    let (b, risk) = (best.map(\.magnitude), ensemble.baselineRisk)
    let quadratic = all.reduce(Rational.zero) { sum, i in
      all.reduce(sum) { $0 + b[i] * b[$1] * (form[i][$1] + unit * ensemble.form[i, $1].magnitude) }
    }
    let linear = 2 * all.reduce(Rational.zero) { $0 + b[$1] * (pull[$1] + unit * g[$1]) }
    (weights, gain) = (ofWeights, direct + quadratic + linear + unit * (risk + most))
  }
}

/// The first-order error bound of the number of rows below which λ helps.
struct CrossoverTolerances {
  private let moments: ConditionalMoments<Rational>
  private let errors: MomentErrors
  private let lambda: Rational
  private let p2: Int

  init(_ moments: ConditionalMoments<Rational>, _ errors: MomentErrors, lambda: Rational, p2: Int) {
    (self.moments, self.errors, self.lambda, self.p2) = (moments, errors, lambda, p2)
  }

  /// Whether B > 0 is safe.
  var decides: Bool { moments.mismatch > RiskTolerances.safety * errors.mismatch }

  /// The error of p2 + 1 + p2[2(σε²−c) − λ(ση²−σε²)]/(λB), B > 0.
  var rows: Rational {
    guard let rows = moments.crossover(at: lambda, p2: p2) else { return 0 }
    let divisor = lambda * moments.mismatch
    let pull =
      2 * (errors.residualVariance + errors.residualCovariance)
      + lambda * (errors.teacherResidualVariance + errors.residualVariance)
    let quotient = (rows - Rational(p2 + 1)).magnitude
    return Rational(p2) * pull / divisor + quotient * errors.mismatch / moments.mismatch
      + RoundingUnit.of(dimension: 2) * (quotient + Rational(p2 + 1))
  }
}
