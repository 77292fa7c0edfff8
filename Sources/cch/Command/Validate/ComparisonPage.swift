// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Estimation
import ExactJSON
import PlainText
import Statistics

/// A comparison of estimators as people, scripts and LaTeX read it.
struct ComparisonPage {
  private let comparison: EstimatorComparison

  init(_ comparison: EstimatorComparison) { self.comparison = comparison }

  private typealias Row = (task: EstimationTask, scores: [ComparedScore])

  private func rows(_ answers: [ComparedAnswer]) -> [Row] {
    comparison.tasks.map { task in (task, comparison.contestants.map { comparison.score($0, task, answers) }) }
  }

  func text(_ answers: [ComparedAnswer]) -> String {
    let rows = rows(answers)
    let totals = comparison.contestants.indices.map { place in ComparedTotal(rows.map { $0.scores[place] }) }
    var table = TextTable(
      [("task", .left), ("truth", .right)] + comparison.contestants.map { ($0.name, .left) })
    for (task, scores) in rows {
      table.append([task.id, decimal(task.nats, 3)] + scores.map(cell))
    }
    table.append(["root mean square error", ""] + totals.map { $0.error.map { decimal($0, 3) } ?? "–" })
    table.append(
      ["without estimate", ""]
        + comparison.contestants.map { contestant in
          "\(answers.count { $0.question.estimator == contestant.name && $0.nats == nil })"
        })
    table.append(["median time", ""] + totals.map { $0.seconds.map { timeText($0) } ?? "–" })
    let head =
      "\(comparison.contestants.count) estimators · \(comparison.tasks.count) tasks · \(grouped(comparison.rows)) rows · "
      + "\(comparison.samples) samples · seed \(comparison.seed)\nmean ± sd (bias) in nats\n\n"
    var reasons: [String] = []
    for contestant in comparison.contestants {
      let problems = answers.filter { $0.question.estimator == contestant.name }.compactMap(\.problem)
      var seen: Set<String> = []
      for problem in problems where seen.insert(problem).inserted && seen.count <= 3 {
        reasons.append("Note: \(contestant.name): \(problem)\n")
      }
    }
    return head + table.text + (reasons.isEmpty ? "" : "\n" + reasons.joined())
  }

  private func cell(_ score: ComparedScore) -> String {
    guard let mean = score.mean, let bias = score.bias else { return "–" }
    let sign = bias >= 0 ? "+" : ""
    return "\(decimal(mean, 3)) ± \(score.deviation.map { decimal($0, 3) } ?? "–") (\(sign)\(decimal(bias, 3)))"
  }

  /// The columns that bmi's results have.
  func csv(_ answers: [ComparedAnswer]) -> String {
    "estimator_id,task_id,n_samples,seed,mi_estimate,mi_true,time_in_seconds,success\n"
      + answers.map { answer in
        let question = answer.question
        return [
          quotedField(question.estimator), quotedField(question.task), "\(question.rows)", "\(question.seed)",
          field(answer.nats), field(answer.truth), field(answer.seconds), answer.nats == nil ? "False" : "True",
        ].joined(separator: ",") + "\n"
      }.joined()
  }

  func latex(_ answers: [ComparedAnswer]) -> String {
    let lines = rows(answers).map { task, scores in
      ([escaped(task.id), "$\(plain(task.nats))$"]
        + scores.map { score in
          guard let mean = score.mean, let bias = score.bias else { return "--" }
          let deviation = score.deviation.map { " \\pm \(plain($0))" } ?? ""
          return "$\(plain(mean))\(deviation)$ ($\(bias >= 0 ? "+" : "")\(plain(bias))$)"
        }).joined(separator: " & ") + " \\\\\n"
    }
    let columns = String(repeating: "l", count: comparison.contestants.count)
    let titles = comparison.contestants.map { escaped($0.name) }.joined(separator: " & ")
    return
      "% mean ± standard deviation (bias) in nats; \(comparison.rows) rows, \(comparison.samples) samples, seed \(comparison.seed)\n"
      + "\\begin{tabular}{lr\(columns)}\n\\hline\ntask & truth & \(titles) \\\\\n\\hline\n" + lines.joined()
      + "\\hline\n\\end{tabular}\n"
  }

  private func plain(_ value: Double) -> String { String(format: "%.3f", value) }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\textbackslash{}"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  func json(_ answers: [ComparedAnswer]) -> JSONValue {
    [
      "schema": "cch.validate.comparison/1", "seed": .number(String(comparison.seed)),
      "rows": JSONValue(comparison.rows),
      "samples": JSONValue(comparison.samples),
      "estimators": .array(
        comparison.contestants.map { ["id": .string($0.name), "command": $0.command.map { .string($0) } ?? nil] }),
      "tasks": .array(
        rows(answers).map { task, scores in
          [
            "id": .string(task.id), "truth": JSONValue(approximate: task.nats),
            "scores": .array(zip(comparison.contestants, scores).map(json)),
          ]
        }),
    ]
  }

  private func json(_ contestant: EstimatorComparison.Contestant, _ score: ComparedScore) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.init(approximate:)) ?? nil }
    return [
      "estimator": .string(contestant.name),
      "estimates": .array(score.estimates.map(JSONValue.init(approximate:))), "mean": number(score.mean),
      "sd": number(score.deviation),
      "bias": score.biasInterval.map {
        ["value": number($0.value), "lower": number($0.lower), "upper": number($0.upper)]
      } ?? nil,
      "rmse": number(score.rootMeanSquareError), "seconds": number(score.seconds),
      "problems": .array(score.problems.map { .string($0) }),
    ]
  }
}
