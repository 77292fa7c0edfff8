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

  /// The unit of ``gain`` and of the errors of ``heldOut``, in squared units of the label: 1, but for labels whose squared units
  /// are beyond the range of double precision.
  public let unit: Rational

  /// - Parameter labelUnit: what 1 in the groups' label is in the table's.
  init(
    _ instance: Instance, columns: [String], teacher: [Int], student: [Int], _ groups: GramGroups, labelUnit: Rational,
    _ intervals: CandidateIntervals
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
    self.teacherInformation = Interval(estimate: teacherInformation.asDouble, intervals.teacherInformation)
    self.labelInformation = Interval(estimate: labelInformation.asDouble, intervals.labelInformation)
    self.delta = Interval(estimate: delta.asDouble, intervals.delta)
    calibratedMargin = Interval(estimate: (delta - scale).asDouble, intervals.calibratedMargin)
    beta = Interval(estimate: moments.beta.asDouble, intervals.beta)
    let promise = Promise(risk)
    self.promise = promise
    windowEnd = Interval(estimate: promise.windowEnd.asDouble, intervals.windowEnd)
    bestLambda = Interval(estimate: promise.bestLambda.asDouble, intervals.bestLambda)
    let square = labelUnit.squared
    let factor: Double
    (unit, factor) = CandidateAdvice.sizes.contains(square.asDouble) ? (1, square.asDouble) : (square, 1)
    gain = Interval(estimate: (promise.gain / square).asDouble, intervals.gain).scaled(by: factor)
    test = SharpTest(groups, teacher: teacher, student: student)
    heldOut = HeldOutCheck(groups, teacher: teacher, student: student)?.scaled(by: factor)
    let study = try? DecisionStudy(instance.inLikeUnits)
    probabilityOfError = study.flatMap { study in
      instance.n.flatMap { study.exactProbability(.sign, rows: max($0, study.fewestRows)) }
    }
    rowsForSign = study?.rowsNeeded(.sign)
    rowsForInformation = study?.rowsNeeded(.information)
  }

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

extension ExtendedRational {
  fileprivate var asDouble: Double {
    switch self {
    case .finite(let value): value.asDouble
    case .infinity: .infinity
    }
  }
}
