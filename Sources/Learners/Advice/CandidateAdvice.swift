// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import Students

/// What is known of one candidate teacher: exact values for the sample, intervals, a test and a held-out check.
public struct CandidateAdvice: Sendable {
  /// The columns that it sees.
  public let columns: [String]
  /// The Gaussian model fitted to the sample: its exact covariance, the least-squares teacher, n the number of rows.
  public let instance: Instance
  /// R(λ) of that model.
  public let risk: Risk

  /// Whether the CCH says yes: I(t;s) > I(s;y), exactly for the sample.
  public let isPredicted: Bool
  /// Whether the calibrated criterion holds: ΔI > ln a, exactly for the sample.
  public let isCalibrated: Bool
  /// Whether distillation helps for small λ in the fitted model: β < 1, exactly for the sample.
  public let helps: Bool

  /// I(t;s) in nats.
  public let teacherInformation: Interval
  /// I(s;y) in nats.
  public let labelInformation: Interval
  /// ΔI in nats.
  public let delta: Interval
  /// ΔI − ln a in nats.
  public let calibratedMargin: Interval
  /// β = c/σε².
  public let beta: Interval
  /// The end of the window of helpful λ: 0 where it is empty; with ``Promise``'s correction.
  public let windowEnd: Interval
  /// The best λ: 0 where none helps; with ``Promise``'s correction.
  public let bestLambda: Interval
  /// The expected gain R0 − R(λ*) at n rows, in squared units of the label; with ``Promise``'s correction.
  public let gain: Interval
  /// The corrected closed forms, exactly for the sample.
  public let promise: Promise

  /// The exact test of β < 1; nil where halves of the rows are too small for it.
  public let test: SharpTest?
  /// The check on held-out folds; nil where folds are too small for it.
  public let heldOut: HeldOutCheck?
  /// If the fitted model were the truth: how often the sign of 1 − β̂ on n rows would mislead.
  public let probabilityOfError: Double?
  /// The fewest rows from which on that sign misleads in less than 5 % of samples; nil where no number does.
  public let rowsForSign: Int?
  /// The same for the sign of the estimated ΔI, the CCH's own.
  public let rowsForInformation: Int?

  /// What the teacher does for a student that may also shrink: over what one would do anyway.
  public let tuned: TunedAdvice
  /// Sign, size and held-out folds together.
  public let conclusion: Conclusion
  /// Up to how many rows the advised λ helps; nil where none does.
  public let crossover: Crossover?
  /// What a teacher that sees both modalities would bring; nil where the rows are too few for it.
  public let jointTeacher: JointTeacherAdvice?
  /// What rows without a label would bring; nil where none are given, or where ``jointTeacher`` is.
  public let pseudoLabels: PseudoLabelAdvice?
  /// Curves for pictures.
  public let curves: AdviceCurves

  /// The unit of ``gain`` and of the errors of ``heldOut``, in squared units of the label: 1, but for labels whose squared units
  /// are beyond the range of double precision.
  public let unit: Rational

  /// - Parameters:
  ///   - problem: the fitted model and its predictions.
  ///   - labelUnit: what 1 in the groups' label is in the table's.
  init(
    _ problem: CandidateProblem, _ groups: GramGroups, labelUnit: Rational, _ intervals: CandidateIntervals,
    _ settings: Advisor.Settings, unlabelled: (rows: Int, gram: UnlabelledGram?)?
  ) throws {
    let (instance, moments, risk) = (problem.instance, problem.risk.moments, problem.risk)
    let (teacher, student) = (problem.teacher, problem.student)
    let teacherInformation: HalfLogarithm
    let labelInformation: HalfLogarithm
    do { labelInformation = try moments.labelInformation() } catch { throw AdviceError.noInformation("student") }
    do { teacherInformation = try moments.teacherInformation() } catch { throw AdviceError.noInformation("teacher") }
    let delta = teacherInformation - labelInformation
    let scale = HalfLogarithm(of: moments.scaleSquared)
    (columns, self.instance, self.risk) = (problem.columns, instance, risk)
    isPredicted = delta.argument > 1
    isCalibrated = delta.argument > moments.scaleSquared
    helps = moments.helpsForSmallLambda
    self.teacherInformation = Interval(estimate: teacherInformation.asDouble, intervals.teacherInformation)
    self.labelInformation = Interval(estimate: labelInformation.asDouble, intervals.labelInformation)
    self.delta = Interval(estimate: delta.asDouble, intervals.delta)
    calibratedMargin = Interval(estimate: (delta - scale).asDouble, intervals.calibratedMargin)
    beta = Interval(estimate: moments.beta.asDouble, intervals.beta)
    let promise = problem.promise
    self.promise = promise
    windowEnd = Interval(estimate: promise.windowEnd.asDouble, intervals.windowEnd)
    bestLambda = Interval(estimate: promise.bestLambda.asDouble, intervals.bestLambda)
    let square = labelUnit.squared
    let factor: Double
    (unit, factor) = CandidateAdvice.sizes.contains(square.asDouble) ? (1, square.asDouble) : (square, 1)
    squareOfLabelUnit = factor
    gain = Interval(estimate: (promise.gain / square).asDouble, intervals.gain).scaled(by: factor)
    test = SharpTest(groups, teacher: teacher, student: student)
    heldOut = HeldOutCheck(groups, teacher: teacher, student: student)?.scaled(by: factor)
    tuned = TunedAdvice(
      risk, problem.tunedPromise, intervals.baselines, unit: square, factor: factor,
      test: PartialCorrelationTest(groups, teacher: teacher, student: student),
      heldOut: HeldOutCheck(tuned: groups, teacher: teacher, student: student)?.scaled(by: factor))
    conclusion = Conclusion(tuned, worth: settings.worth)
    crossover = Crossover(promise, moments.traces, inputs: instance.p2, intervals.baselines)
    curves = AdviceCurves(
      promise, moments.traces, rows: problem.rows, sampleK: problem.sampleK, inputs: instance.p2, intervals.baselines)
    jointTeacher = JointTeacherAdvice(
      instance, moments, rows: groups.rows, unit: square, factor: factor, level: settings.level)
    var pseudoLabels: PseudoLabelAdvice?
    if let unlabelled, let joint = jointTeacher {
      pseudoLabels = PseudoLabelAdvice(joint, n: problem.rows, m: unlabelled.rows, unit: square, factor: factor)
      pseudoLabels?.heldOut =
        unlabelled.gram
        .flatMap { HeldOutCheck(groups, $0, teacher: teacher, student: student) }?.scaled(by: factor)
    }
    self.pseudoLabels = pseudoLabels
    let study = try? DecisionStudy(instance.inLikeUnits)
    probabilityOfError = study.flatMap { study in
      instance.n.flatMap { study.exactProbability(.sign, rows: max($0, study.fewestRows)) }
    }
    rowsForSign = study?.rowsNeeded(.sign)
    rowsForInformation = study?.rowsNeeded(.information)
  }

  /// What the held-out errors in the groups' units are multiplied by to be in ``unit``.
  let squareOfLabelUnit: Double

  /// Sizes of a squared unit in which double precision has room for what is far smaller and larger.
  private static let sizes = 1e-200...1e200
}

extension Instance {
  /// The same for columns in units in which each has a variance between 1 and 100: powers of ten, so that it stays exact, and
  /// no statement about a least-squares teacher changes but by the label's unit.
  fileprivate var inLikeUnits: Instance {
    get throws {
      let units = sigma.values.indices.map { index in
        let digits = sigma[index, index].scientific(digits: 1).exponent
        return Rational.powerOfTen(-Int((Double(digits) / 2).rounded(.down)))
      }
      let scaled = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { units[$0] * units[$1] * sigma[$0, $1] }
      return try Instance(sigma: scaled, p1: p1, p2: p2, q: q, w1: nil, n: n)
    }
  }
}

/// The fitted model of one candidate, and what it promises to a student of the rows that are asked for.
struct CandidateProblem {
  let columns: [String]
  /// The places of its columns and of the student's.
  let teacher, student: [Int]
  let instance: Instance
  let risk: Risk
  /// n, the rows of the student.
  let rows: Int
  /// p2/(r−p2−1) of the sample's r rows.
  let sampleK: Rational
  let promise: Promise
  let tunedPromise: TunedPromise

  /// - Throws: `InstanceError`.
  init(
    _ sigma: RationalMatrix, columns: [String], teacher: [Int], student: [Int], sampleRows: Int, rows: Int
  ) throws {
    (self.columns, self.teacher, self.student, self.rows) = (columns, teacher, student, rows)
    let p2 = student.count
    instance = try Instance(sigma: sigma, p1: teacher.count, p2: p2, q: 1, w1: nil, n: rows)
    risk = try Risk(Moments(instance), n: rows, p2: p2)
    sampleK = Rational(p2, sampleRows - p2 - 1)
    promise = Promise(risk, sampleK: sampleK)
    tunedPromise = TunedPromise(risk, sampleK: sampleK, inputs: p2, plain: promise)
  }

  /// What its intervals are asked about.
  var asked: Asked { Asked(rows: rows, crossoverLambda: Crossover.lambda(promise)?.asDouble) }
}

extension ExtendedRational {
  fileprivate var asDouble: Double {
    switch self {
    case .finite(let value): value.asDouble
    case .infinity: .infinity
    }
  }
}
