// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Statistics

/// A simulated mean beside the exact value.
public struct Comparison: Sendable {
  /// The exact value, by the closed form.
  public let exact: Rational
  /// The student's values: in the model, with their heavy tail controlled, so that mean and deviation are finite for every n.
  public let simulated: RunningMoments
  /// An upper bound of the probability that true closed forms give least-squares students so far off; nil outside of the
  /// model.
  public let probability: Double?
  /// The error of the closed form that would have been noticed; nil outside of the model.
  public let detectable: Double?

  /// How many standard errors the simulated mean is above the exact value; nil without a standard error.
  public var z: Double? {
    let error = simulated.standardError
    return error > 0 ? (simulated.mean - exact.asDouble) / error : nil
  }
}

/// What the sign of a simulated change of the risk says about the exact verdict.
public enum SignCheck: String, Sendable {
  /// Significantly of the exact sign.
  case confirmed
  /// Significantly of the other sign.
  case contradicted
  /// Not significantly different from 0, or exactly 0 in truth.
  case undecided
}

/// One distillation weight in the result of a study.
public struct StudyRow: Sendable {
  /// The weight λ.
  public let lambda: Rational
  /// R̂(λ) beside R(λ).
  public let risk: Comparison
  /// R̂(λ) − R̂(0) on the same samples beside R(λ) − R0; nil for λ = 0.
  public let change: Comparison?
  /// What the sign of the change says; nil for λ = 0.
  public let sign: SignCheck?
  /// The mean of R̂(λ) as it is, without control of its tail.
  public let uncorrected: RunningMoments
  /// The student's risk less that of the minimiser on the same sample: 0 for least squares.
  public let gap: RunningMoments
  /// The risk on fresh rows; without values where there was no test set.
  public let test: RunningMoments
}

/// The result of a ``RiskStudy``.
public struct StudyResult: Sendable {
  /// The number of samples.
  public let replicates: Int
  /// One row for each λ.
  public let rows: [StudyRow]
  /// The limit for λ → ∞, where the student imitates the teacher; nil outside of the model.
  public let limit: Comparison?
  /// dR/dλ at 0; nil outside of the model.
  public let slope: Comparison?
  /// Which comparisons are out of tolerance, in words; empty where all is as it should be, or nothing is judged.
  public let failures: [String]

  init(_ study: RiskStudy, _ counts: StudyCounts, controls: Controls?) {
    let n = counts.risk.first?.count ?? 0
    let (risk, lambdas) = (study.risk, study.lambdas)
    // Every figure gets an equal share of the false-alarm probability: risks, changes, limit and slope.
    let level = study.settings.level / Double(2 * lambdas.count + 1)
    func compare(_ exact: Rational, _ shown: RunningMoments, _ judged: RunningMoments, _ control: TailControl?)
      -> Comparison
    {
      let test = control.map { MeanTest(variance: $0.variance, bound: $0.bound) }
      return Comparison(
        exact: exact, simulated: shown,
        probability: test?.probability(ofDistance: judged.mean - exact.asDouble, replicates: n),
        detectable: test?.threshold(level: level, replicates: n))
    }
    let empty = RunningMoments()
    var rows: [StudyRow] = []
    for (i, lambda) in lambdas.enumerated() {
      func at(_ list: [RunningMoments]) -> RunningMoments { list.isEmpty ? empty : list[i] }
      let exactChange = risk(lambda) - risk.baselineRisk
      let change =
        lambda.signum == 0
        ? nil : compare(exactChange, at(counts.change), at(counts.minimumChange), controls?.change[i])
      rows.append(
        StudyRow(
          lambda: lambda,
          risk: compare(risk(lambda), at(counts.risk), at(counts.minimum), controls?.risk[i]), change: change,
          sign: change.map { StudyResult.sign($0, gap: abs(at(counts.gap).mean) + abs(counts.gap.first?.mean ?? 0)) },
          uncorrected: at(counts.uncorrected),
          gap: at(counts.gap), test: at(counts.test)))
    }
    (replicates, self.rows) = (n, rows)
    limit = controls.map { compare(risk.limit, counts.limit, counts.limit, $0.limit) }
    slope = controls.map { compare(risk.slope, counts.slope, counts.slope, $0.slope) }
    failures = StudyResult.failures(rows, limit: limit, slope: slope, level: level, study)
  }

  /// - Parameter gap: how far training by steps left both risks from those of their minimisers.
  private static func sign(_ change: Comparison, gap: Double) -> SignCheck {
    let exact = change.exact.signum
    // In the model by the test's own threshold; outside of it by four standard errors, which is approximate.
    let threshold = change.detectable.map { $0 + gap } ?? 4 * change.simulated.standardError
    guard exact != 0, abs(change.simulated.mean) > threshold else { return .undecided }
    return (change.simulated.mean > 0) == (exact > 0) ? .confirmed : .contradicted
  }

  private static func failures(
    _ rows: [StudyRow], limit: Comparison?, slope: Comparison?, level: Double, _ study: RiskStudy
  ) -> [String] {
    guard study.settings.isInModel else { return [] }
    func isOff(_ comparison: Comparison?) -> Bool { comparison?.probability.map { $0 < level } ?? false }
    var failures: [String] = []
    let noise = study.risk.moments.residualVariance
    for row in rows {
      if isOff(row.risk) { failures.append("R(\(row.lambda))") }
      if isOff(row.change) { failures.append("R(\(row.lambda)) − R0") }
      if row.sign == .contradicted { failures.append("the sign of R(\(row.lambda)) − R0") }
      let excess = (row.risk.exact - noise).asDouble
      if !(row.gap.mean <= study.settings.gapTolerance * excess) {
        failures.append("optimisation gap at λ = \(row.lambda)")
      }
    }
    if isOff(limit) { failures.append("R(∞)") }
    if isOff(slope) { failures.append("slope") }
    return failures
  }
}
