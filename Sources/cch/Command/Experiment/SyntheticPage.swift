// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ExactAlgebra
import ExactJSON
import Experiments
import Foundation
import PlainText
import Students

/// What `cch experiment synthetic` found, as text, JSON and CSV.
struct SyntheticPage {
  let findings: SyntheticFindings
  let seed: UInt64

  private var experiment: SyntheticExperiment { findings.experiment }

  // MARK: Text

  var text: String {
    var text = """
      The synthetic Gaussian regression: n = \(grouped(experiment.rows)), p = \(experiment.inputs), least squares \
      (\(grouped(experiment.replicates)) samples a point) and \(experiment.training.method.rawValue) \
      (\(experiment.trainedReplicates)) · seed \(seed)
      MSE change: R(λ) − R0 in thousandths; exact, then least squares, then trained. Gain over tuned: what the best weights of label \
      and teacher bring beyond the best shrunk student without a teacher, exactly, in thousandths.

      """
    for sweep in SyntheticExperiment.Sweep.allCases {
      let chosen = findings.entries.filter { $0.point.sweep == sweep }
      if !chosen.isEmpty { text += "\n" + title(sweep) + table(chosen) }
    }
    text += "\n" + words
    if let divergence = findings.divergence { text += "Failed: \(divergence)\n" }
    text +=
      findings.failures.isEmpty
      ? String(format: "Simulated students agree with the closed forms (false alarm below %.1g).\n", experiment.level)
      : "OUT OF TOLERANCE: \(findings.failures.joined(separator: "; ")).\n"
    return text
  }

  private func title(_ sweep: SyntheticExperiment.Sweep) -> String {
    switch sweep {
    case .strength: "Teacher from useless to strong: its view γ of x2\n"
    case .noise: "Noise of that variance in the inputs of the teacher of γ = 2\n"
    case .scale: "A factor on the prediction of the teacher of γ = 2\n"
    }
  }

  private func table(_ results: [SyntheticFindings.Entry]) -> String {
    let shown = [Rational(1, 100), Rational(1, 5), Rational(1, 2), Rational(4, 5)].filter {
      experiment.lambdas.contains($0)
    }
    let lambdas = shown.isEmpty ? Array(experiment.lambdas.prefix(4)) : shown
    var table = TextTable(
      [
        ("value", .left), ("ΔI", .right), ("β", .right), ("CCH says", .left), ("exact, small λ", .left),
        ("helpful λ below", .right), ("corr(t,s|y)", .right), ("gain over tuned", .right),
      ] + lambdas.map { ("λ = \($0)", .right) })
    for result in results {
      let point = result.point
      var cells = [
        point.parameter.description, signed(point.delta.asDouble), rounded(point.moments.beta, beside: 1),
        point.predicts ? "helps" : "does not", point.helps ? "helps" : "hurts", windowEnd(point),
        signed(point.correlationGivenLabel), signed(1000 * point.tunedGain.asDouble, digits: 2),
      ]
      for lambda in lambdas {
        func change(_ student: String) -> Double? {
          result.measured.rows.first { $0.lambda == lambda && $0.student == student }?.change
        }
        let values = [
          point.change(lambda).asDouble, change(SyntheticMeasurement.leastSquares),
          change(experiment.training.method.rawValue),
        ]
        cells.append(values.map { $0.map { signed(1000 * $0, digits: 2) } ?? "–" }.joined(separator: " "))
      }
      table.append(cells)
    }
    return table.text
  }

  private func windowEnd(_ point: SyntheticExperiment.Point) -> String {
    guard case .open(let upper) = point.risk.window else { return "none" }
    if case .finite(let end) = upper { return rounded(end) }
    return "∞"
  }

  /// The value with its sign; where the decimals would make a value 0 that is not, two digits of it.
  private func signed(_ value: Double, digits: Int = 3) -> String {
    let text = String(format: "%+.*f", digits, value)
    return withMinus(value != 0 && Double(text) == 0 ? String(format: "%+.1e", value) : text)
  }

  /// Where the CCH's prediction and the exact verdict part.
  private var words: String {
    let (missed, wrong) = (findings.missed, findings.wrong)
    func list(_ points: [SyntheticExperiment.Point]) -> String {
      points.map { "\($0.sweep.rawValue) \($0.parameter)" }.joined(separator: ", ")
    }
    var text =
      "The CCH and the exact verdict for small λ agree at \(findings.agreements) of \(findings.entries.count) points.\n"
    if !missed.isEmpty {
      text += """
        At \(missed.count) the CCH says no and distillation helps all the same (\(list(missed))): ΔI ≤ 0, yet β < 1. \
        Its "only if" is false.

        """
    }
    if !wrong.isEmpty {
      text += """
        At \(wrong.count) the CCH says yes and every λ > 0 hurts (\(list(wrong))): the teacher is so loud that β ≥ 1. \
        Its "if" needs a bound on the teacher's scale.

        """
    }
    let (wins, simulated) = (findings.wins, findings.simulatedWins)
    text += """
      A student that may shrink gains from the teacher at \(findings.tunedGains) points: where corr(t,s|y) > 0. Of the \
      \(wins.count) wins of distillation (points and λ at which the risk falls) \(wins.shrinkage) are shrinkage: shrinking alone, \
      without a teacher, does as well or better. Of \(simulated.count) wins of simulated least squares \(simulated.shrinkage) are.

      """
    for lambda in experiment.lambdas where lambda >= Rational(1, 5) {
      let (fails, gains) = findings.errors(at: lambda)
      text += "At the fixed λ = \(lambda): ΔI > 0 and no gain at \(fails) points, ΔI ≤ 0 and a gain at \(gains).\n"
    }
    return text
  }

  // MARK: Data of the figure

  var json: JSONValue {
    get throws {
      [
        "schema": "cch.experiment.synthetic/1", "experiment": "synthetic", "seed": .number(String(seed)),
        "ok": .bool(findings.isOK), "n": JSONValue(experiment.rows),
        "p": JSONValue(experiment.inputs), "wins": json(findings.wins), "simulated_wins": json(findings.simulatedWins),
        "tuned_gains": JSONValue(findings.tunedGains), "failures": .array(findings.failures.map { .string($0) }),
        "diverged": findings.divergence.map { .string($0.description) } ?? nil,
        "points": .array(
          findings.entries.map { result in
            .object(members(result.point) + [.init(key: "students", value: .array(students(result.measured)))])
          }),
        "curve": .array(
          try SyntheticExperiment.Sweep.allCases.flatMap { sweep in
            try sweep.curve.map { .object(members(try experiment.point(sweep, $0))) }
          }),
      ]
    }
  }

  private func json(_ wins: (count: Int, shrinkage: Int)) -> JSONValue {
    ["count": JSONValue(wins.count), "shrinkage": JSONValue(wins.shrinkage)]
  }

  private func members(_ point: SyntheticExperiment.Point) -> [JSONValue.Member] {
    let values: [(String, JSONValue)] = [
      ("sweep", .string(point.sweep.rawValue)), ("parameter", JSONValue(point.parameter)),
      ("i_ts", JSONValue(approximate: point.teacherInformation.asDouble)),
      ("i_sy", JSONValue(approximate: point.labelInformation.asDouble)),
      ("delta", JSONValue(approximate: point.delta.asDouble)), ("beta", JSONValue(point.moments.beta)),
      ("cch_predicts", .bool(point.predicts)), ("helps_for_small_lambda", .bool(point.helps)),
      ("window", .string(point.risk.window.description)), ("baseline_risk", JSONValue(point.risk.baselineRisk)),
      ("correlation_given_label", JSONValue(approximate: point.correlationGivenLabel)),
      ("tuned_gain", JSONValue(approximate: point.tunedGain.asDouble)),
      ("untaught_risk", JSONValue(approximate: point.untaughtRisk.asDouble)),
      (
        "exact_change",
        .object(
          experiment.lambdas.map { lambda in
            .init(key: lambda.description, value: JSONValue(approximate: point.change(lambda).asDouble))
          })
      ),
    ]
    return values.map { .init(key: $0.0, value: $0.1) }
  }

  private func students(_ measured: SyntheticMeasurement) -> [JSONValue] {
    measured.rows.map { row in
      [
        "student": .string(row.student), "lambda": JSONValue(row.lambda), "change": JSONValue(approximate: row.change),
        "standard_error": JSONValue(approximate: row.standardError), "risk": JSONValue(approximate: row.risk),
        "sign": row.sign.map { .string($0.rawValue) } ?? nil,
      ]
    }
  }

  /// One line for each sweep, value, λ and student; the exact curve is the student called "exact".
  var csv: String {
    get throws {
      var lines = [
        "sweep,parameter,delta_nats,beta,cch_predicts,helps_for_small_lambda,lambda,student,risk_change,standard_error,"
          + "correlation_given_label,tuned_gain"
      ]
      func line(
        _ point: SyntheticExperiment.Point, _ lambda: Rational, _ student: String, _ change: Double, _ error: Double?
      ) {
        lines.append(
          [
            point.sweep.rawValue, field(point.parameter), field(point.delta.asDouble),
            field(point.moments.beta), String(point.predicts), String(point.helps), field(lambda),
            student, field(change), field(error), field(point.correlationGivenLabel), field(point.tunedGain.asDouble),
          ].joined(separator: ","))
      }
      for sweep in SyntheticExperiment.Sweep.allCases {
        for parameter in sweep.curve {
          let point = try experiment.point(sweep, parameter)
          for lambda in experiment.lambdas { line(point, lambda, "exact", point.change(lambda).asDouble, nil) }
        }
      }
      for result in findings.entries {
        for row in result.measured.rows { line(result.point, row.lambda, row.student, row.change, row.standardError) }
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }
}
