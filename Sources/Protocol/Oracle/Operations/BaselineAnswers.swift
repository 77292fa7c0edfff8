// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// What a teacher does for students that do more than plain least squares on the same rows, and for other teachers.
///
/// For several labels all is in sums over them, as the risk is, with the same weights for every label.
extension ExactOracle {
  /// Whether some weights a and b > 0 of label and teacher are better than every a alone: cov(t,s)·var(y) > cov(t,y)·var(s).
  static func tunedVerdict(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let moments = Moments(try question.instance(of: .tunedHelps))
    return OracleAnswer([.init(.helps, .bool(moments.helpsTuned))])
  }

  /// What the best a and b ≥ 0 gain over the best a alone.
  static func tunedGain(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let instance = try question.instance(of: .tunedGain)
    let fit = FitMoments.leastSquares(n: instance.n ?? 0, p2: instance.p2)
    let student = LinearStudent(Moments(instance).traces, fit)
    return OracleAnswer([.init(.gain, .rational(student.tunedGain))])
  }

  /// The risk of (1−α)ŵ + αv̂, the teacher's fit v̂ over n+m rows.
  static func unlabelledRisk(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let instance = try question.instance(of: .unlabelledRisk)
    let fit = FitMoments.unlabelled(n: instance.n ?? 0, m: instance.extras.unlabelled ?? 0, p2: instance.p2)
    return try risk(question, Moments(instance).traces, fit)
  }

  /// The risk of ridge μ on the mixed labels, where X2ᵀX2 = nΣ22.
  static func ridgeRisk(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let instance = try question.instance(of: .ridgeRisk)
    let fit = FitMoments.ridge(instance.extras.ridge ?? 0, n: instance.n ?? 0, p2: instance.p2)
    return try risk(question, Moments(instance).traces, fit)
  }

  /// The risk of least squares by t = E[y | x1, x2], or by its fit to `teacher_rows` rows of its own.
  static func jointTeacherRisk(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let instance = try question.instance(of: .jointTeacherRisk)
    let teacher = JointTeacher(instance, Moments(instance))
    let moments = instance.extras.teacherRows.map { teacher.sampled(rows: $0) } ?? teacher.moments
    return try risk(question, moments, .leastSquares(n: instance.n ?? 0, p2: instance.p2))
  }

  /// The risk of (1−α)ŵ + αv̂, where the joint teacher fitted to the n labelled rows labels n+m.
  static func pseudoLabelRisk(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let lambda = try question.lambda()
    let instance = try question.instance(of: .pseudoLabelRisk)
    let (n, inputs) = (instance.n ?? 0, instance.p1 + instance.p2)
    guard n >= inputs + 2 else {
      throw Refusal(
        .illPosed,
        "n is \(n), but p1 = \(instance.p1) and p2 = \(instance.p2) need n ≥ p1+p2+2 = \(inputs + 2): the joint teacher is "
          + "fitted to the labelled rows, and with fewer its expected error is not finite")
    }
    let teacher = JointTeacher(instance, Moments(instance))
    let excess = teacher.pseudoLabels(n: n, m: instance.extras.unlabelled ?? 0)(lambda / (1 + lambda))
    return OracleAnswer([.init(.risk, .rational(teacher.residualVariance + excess))])
  }

  private static func risk(
    _ question: OracleInput, _ moments: ConditionalMoments<Rational>, _ fit: FitMoments<Rational>
  ) throws(Refusal) -> OracleAnswer {
    let lambda = try question.lambda()
    let excess = LinearStudent(moments, fit).mixing(lambda / (1 + lambda))
    return OracleAnswer([.init(.risk, .rational(moments.residualVariance + excess))])
  }

  /// The best weights of two teachers, of either sign, where the label has the rest; and what they gain over R0.
  static func ensembleWeights(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let instance = try question.instance(of: .ensembleWeights)
    let ensemble = TeacherEnsemble(
      instance, [instance.w1] + [instance.extras.secondTeacher].compactMap { $0 }, n: instance.n ?? 0)
    // Σ is positive definite, so only equal teachers leave the weights open.
    guard let weights = ensemble.bestWeights, let gain = ensemble.bestGain else {
      throw Refusal(.sameTeacher, "one teacher is a combination of the others, so the weights are not determined")
    }
    return OracleAnswer([.init(.weights, .vector(weights)), .init(.gain, .rational(gain))])
  }

  /// The number of rows below which, and only there, R(λ) < R0; `null` where λ helps at every n, `empty` where B = 0 and at none.
  static func crossover(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let lambda = try question.lambda()
    guard lambda.signum > 0 else { throw Refusal(.zeroLambda, "lambda is 0 and must be larger: λ = 0 changes nothing") }
    let instance = try question.instance(of: .crossover)
    let moments = Moments(instance).traces
    if let rows = moments.crossover(at: lambda, p2: instance.p2) {
      return OracleAnswer([.init(.rows, .rational(rows))])
    }
    return OracleAnswer([
      moments.helpsWithoutMismatch(at: lambda) ? .init(.rows, .infinite) : .init(.empty, .bool(true))
    ]
    )
  }
}
