// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Students

/// What simulated students showed at one point of the synthetic experiment, as it is reported and recorded.
public struct SyntheticMeasurement: Sendable, Hashable {
  /// A student at one λ > 0.
  public struct Row: Sendable, Hashable {
    /// How it was trained.
    public let student: String
    /// The distillation weight.
    public let lambda: Rational
    /// The mean change R̂(λ) − R̂(0), its standard error, and the mean risk.
    public let change, standardError, risk: Double
    /// Whether the change has the sign of the exact one; nil where nothing was judged.
    public let sign: SignCheck?
  }

  /// How the students are called that are fitted, not trained.
  public static let leastSquares = "least-squares"

  /// The students, by λ.
  public let rows: [Row]
  /// Which comparisons are out of tolerance, in words.
  public let failures: [String]

  /// What a finished point showed; trained students are called `trained`.
  public init(_ result: SyntheticExperiment.Result, trained: String) {
    rows = [(SyntheticMeasurement.leastSquares, result.leastSquares), (trained, result.trained)].flatMap {
      name, study in
      study.rows.compactMap { row in
        row.change.map { change in
          Row(
            student: name, lambda: row.lambda, change: change.simulated.mean,
            standardError: change.simulated.standardError, risk: row.risk.simulated.mean, sign: row.sign)
        }
      }
    }
    failures =
      result.leastSquares.failures.map { "least squares: \($0)" } + result.trained.failures.map { "\(trained): \($0)" }
  }

  /// As a record has it: a run for each row, then one for each failure.
  var runs: [Run] {
    rows.map { row in
      Run(
        replicate: 0,
        factors: [
          Setting("student", row.student), Setting("λ", row.lambda), Setting("sign", row.sign?.rawValue ?? ""),
        ],
        outcomes: [
          .init("change", row.change), .init("standard error", row.standardError), .init("risk", row.risk),
        ])
    } + failures.map { Run(replicate: 0, factors: [Setting("out of tolerance", $0)], outcomes: []) }
  }

  /// What a record has; nil where its runs are of another kind.
  init?(_ runs: [Run]) {
    var (rows, failures) = ([Row](), [String]())
    for run in runs {
      let factors = run.factors.map(\.value)
      if run.factors.first?.name == "out of tolerance" {
        failures += factors
      } else if factors.count == 3, let lambda = Rational(factors[1]), let change = run["change"],
        let error = run["standard error"], let risk = run["risk"]
      {
        rows.append(
          Row(
            student: factors[0], lambda: lambda, change: change, standardError: error, risk: risk,
            sign: SignCheck(rawValue: factors[2])))
      } else {
        return nil
      }
    }
    (self.rows, self.failures) = (rows, failures)
  }
}
