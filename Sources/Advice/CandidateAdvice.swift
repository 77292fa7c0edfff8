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

  init(
    _ instance: Instance, columns: [String], index: Int, _ bootstrap: Bootstrap, _ groups: GramGroups, _ roles: Roles,
    level: Double
  ) throws {
    let moments = Moments(instance)
    let teacherInformation: HalfLogarithm
    let labelInformation: HalfLogarithm
    do { labelInformation = try moments.labelInformation() } catch { throw AdviceError.noInformation("student") }
    do { teacherInformation = try moments.teacherInformation() } catch { throw AdviceError.noInformation("teacher") }
    let risk = try Risk(moments, n: instance.n ?? 0, p2: instance.p2)
    let delta = teacherInformation - labelInformation
    let scale = HalfLogarithm(of: moments.scaleSquared)
    (self.columns, self.instance, self.risk) = (columns, instance, risk)
    isPredicted = delta.argument > 1
    isCalibrated = delta.argument > moments.scaleSquared
    helps = moments.helpsForSmallLambda
    let k = risk.k.asDouble
    func interval(_ estimate: Double, _ quantity: (GaussianFit) -> Double) -> Interval {
      bootstrap.interval(teacher: index, estimate: estimate, level: level, quantity)
    }
    self.teacherInformation = interval(teacherInformation.asDouble) { $0.teacherInformation }
    self.labelInformation = interval(labelInformation.asDouble) { $0.labelInformation }
    self.delta = interval(delta.asDouble) { $0.delta }
    calibratedMargin = interval((delta - scale).asDouble) { $0.delta - $0.logScale }
    beta = interval(moments.beta.asDouble) { $0.beta }
    let promise = Promise(risk)
    self.promise = promise
    func interval(_ estimate: Double, _ quantity: (GaussianFit, Double) -> Double) -> Interval {
      bootstrap.promise(teacher: index, estimate: estimate, level: level, quantity)
    }
    windowEnd = interval(promise.windowEnd.asDouble) { $0.windowEnd(k: k, corrections: $1) }
    bestLambda = interval(promise.bestLambda.asDouble) { $0.bestLambda(k: k, corrections: $1) }
    gain = interval(promise.gain.asDouble) { $0.bestGain(k: k, corrections: $1) }
    let (teacher, student) = (roles.places(ofTeacher: index), Array(roles.student.indices))
    test = SharpTest(groups, teacher: teacher, student: student)
    heldOut = HeldOutCheck(groups, teacher: teacher, student: student)
    let study = try? DecisionStudy(instance)
    probabilityOfError = study.flatMap { study in
      instance.n.flatMap { study.exactProbability(.sign, rows: max($0, study.fewestRows)) }
    }
    rowsForSign = study?.rowsNeeded(.sign)
    rowsForInformation = study?.rowsNeeded(.information)
  }
}

extension ExtendedRational {
  fileprivate var asDouble: Double {
    switch self {
    case .finite(let value): value.asDouble
    case .infinity: .infinity
    }
  }
}
