// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText
import Statistics
import Students

/// What `cch student` found, as text, JSON and CSV.
struct StudentPage {
  let report: RiskSweep.Report
  let seed: UInt64
  let threads: Int

  // MARK: Text

  var text: String {
    let header = "seed \(seed) · \(threads) thread\(threads == 1 ? "" : "s")\n"
    return header + report.entries.map { section($0) }.joined(separator: "\n")
  }

  private func section(_ entry: RiskSweep.Entry) -> String {
    let (study, settings) = (entry.study, entry.study.settings)
    let instance = study.instance
    let count = grouped(entry.result?.replicates ?? 0)
    let n = instance.n.map { grouped($0) } ?? "?"
    var lines =
      "\(entry.source): \(settings.student.name) students, p2 = \(instance.p2), q = \(instance.q), n = \(n); "
      + "\(count) samples, \(settings.sampling == .wishart ? "Wishart draws" : "row by row")\(outside(settings))\n"
    guard let result = entry.result else {
      return lines + (entry.divergence.map { "Failed: \($0)\n" } ?? "")
    }
    lines += table(study, result)
    lines += verdict(study, result)
    return lines
  }

  private func outside(_ settings: StudySettings) -> String {
    if settings.isInModel { return "" }
    var what: [String] = []
    if !settings.student.isInModel { what.append("ridge student") }
    if !settings.law.isInModel { what.append("law \(settings.law.name)") }
    switch settings.teacher {
    case .fixed: break
    case .fittedOnRows(let rows): what.append("teacher fitted on \(rows) rows of its own")
    case .fittedOnStudentRows: what.append("teacher fitted on the student's rows")
    }
    return "\nOutside of the theorem (\(what.joined(separator: ", "))): reported, not judged"
  }

  private func table(_ study: RiskStudy, _ result: StudyResult) -> String {
    var columns: [(String, TextTable.Alignment)] = [
      ("λ", .left), ("R(λ)", .right), ("simulated", .right), ("z", .right), ("R(λ) − R0", .right),
      ("simulated", .right), ("z", .right), ("sign", .left),
    ]
    let (hasGap, hasTest) = (study.settings.student.name != "least-squares", study.settings.testRows > 0)
    if hasGap { columns.append(("above least squares", .right)) }
    if hasTest { columns.append(("on a test set", .right)) }
    var table = TextTable(columns)
    for row in result.rows {
      var cells = [row.lambda.description, rounded(row.risk.exact), meanText(row.risk.simulated), zText(row.risk)]
      if let change = row.change, let sign = row.sign {
        cells += [rounded(change.exact), meanText(change.simulated), zText(change), sign.rawValue]
      } else {
        cells += ["", "", "", ""]
      }
      if hasGap { cells.append(meanText(row.gap, scale: study.risk.baselineRisk.asDouble)) }
      if hasTest { cells.append(meanText(row.test)) }
      table.append(cells)
    }
    for (name, comparison) in [("∞", result.limit), ("slope", result.slope)] {
      guard let comparison else { continue }
      let cells = [name, rounded(comparison.exact), meanText(comparison.simulated), zText(comparison)]
      table.append(cells + Array(repeating: "", count: columns.count - cells.count))
    }
    return table.text
  }

  private func verdict(_ study: RiskStudy, _ result: StudyResult) -> String {
    let exact = study.risk.window == .empty ? "every λ > 0 hurts" : "helpful λ: \(study.risk.window)"
    let signs = result.rows.compactMap(\.sign)
    func count(_ sign: SignCheck) -> Int { signs.filter { $0 == sign }.count }
    var text =
      "Exact verdict: \(exact). Signs of R̂(λ) − R̂(0): \(count(.confirmed)) confirmed, \(count(.contradicted)) "
      + "contradicted, \(count(.undecided)) not significant.\n"
    guard study.settings.isInModel else { return text }
    if let n = study.instance.n, n <= study.instance.p2 + 3 {
      text += "n ≤ p2+3: R̂ has a mean but no variance; its tail beyond a cut is replaced by the tail's exact mean.\n"
    }
    if result.failures.isEmpty {
      let noise = study.risk.moments.residualVariance
      let shares = result.rows.compactMap { row in
        row.risk.detectable.map { $0 / (row.risk.exact - noise).asDouble }
      }
      text += String(
        format:
          "Within tolerance (false alarm below %.1g). A closed form of R(λ) − σε² that is %.2g %% off would show.\n",
        study.settings.level, 100 * (shares.max() ?? .infinity))
    } else {
      text += "OUT OF TOLERANCE: \(result.failures.joined(separator: ", ")).\n"
    }
    return text
  }

  // MARK: JSON and CSV

  var json: JSONValue {
    [
      "schema": "cch.student/1", "seed": .number(String(seed)), "ok": .bool(report.isOK),
      "studies": .array(report.entries.map { json($0) }),
    ]
  }

  private func json(_ entry: RiskSweep.Entry) -> JSONValue {
    let (study, settings) = (entry.study, entry.study.settings)
    var members: [(String, JSONValue)] = [
      ("source", .string(entry.source)), ("instance", study.instance.document),
      ("student", .string(settings.student.name)), ("sampling", .string(settings.sampling.rawValue)),
      ("law", .string(settings.law.name)), ("in_theorem", .bool(settings.isInModel)),
      ("level", JSONValue(approximate: settings.level)),
      ("helps_for_small_lambda", .bool(study.risk.moments.helpsForSmallLambda)),
      ("window", .string(study.risk.window.description)),
    ]
    if case .diverged(let step, let rate) = entry.divergence {
      members.append(("diverged", ["step": JSONValue(step), "learning_rate": JSONValue(approximate: rate)]))
    }
    if let result = entry.result {
      members += [
        ("replicates", JSONValue(result.replicates)), ("rows", .array(result.rows.map { json($0) })),
        ("limit", result.limit.map { json($0) } ?? nil), ("slope", result.slope.map { json($0) } ?? nil),
        ("failures", .array(result.failures.map { .string($0) })),
      ]
    }
    return .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
  }

  private func json(_ row: StudyRow) -> JSONValue {
    [
      "lambda": JSONValue(row.lambda), "risk": json(row.risk), "change": row.change.map { json($0) } ?? nil,
      "sign": row.sign.map { .string($0.rawValue) } ?? nil, "uncorrected": json(row.uncorrected),
      "above_least_squares": json(row.gap), "test_set": row.test.count > 0 ? json(row.test) : nil,
    ]
  }

  private func json(_ comparison: Comparison) -> JSONValue {
    [
      "exact": JSONValue(comparison.exact), "exact_nearest": JSONValue(approximate: comparison.exact.asDouble),
      "mean": JSONValue(approximate: comparison.simulated.mean),
      "standard_error": JSONValue(approximate: comparison.simulated.standardError),
      "z": comparison.z.map { JSONValue(approximate: $0) } ?? nil,
      "probability": comparison.probability.map { JSONValue(approximate: $0) } ?? nil,
      "detectable": comparison.detectable.map { JSONValue(approximate: $0) } ?? nil,
    ]
  }

  private func json(_ moments: RunningMoments) -> JSONValue {
    ["mean": JSONValue(approximate: moments.mean), "standard_error": JSONValue(approximate: moments.standardError)]
  }

  /// One line a distillation weight; numbers with all digits.
  var csv: String {
    var lines = [
      "source,student,n,lambda,exact_risk,mean_risk,risk_standard_error,risk_z,exact_change,mean_change,"
        + "change_standard_error,change_z,sign,above_least_squares,test_set"
    ]
    for entry in report.entries {
      for row in entry.result?.rows ?? [] {
        let fields: [String] = [
          quotedField(entry.source), entry.study.settings.student.name, entry.study.instance.n.map(String.init) ?? "",
          field(row.lambda), field(row.risk.exact), field(row.risk.simulated.mean),
          field(row.risk.simulated.standardError), field(row.risk.z), field(row.change?.exact),
          field(row.change?.simulated.mean), field(row.change?.simulated.standardError), field(row.change?.z),
          row.sign?.rawValue ?? "", field(row.gap.mean), field(row.test.count > 0 ? row.test.mean : nil),
        ]
        lines.append(fields.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A mean and its standard error, to the digits that count; 0 where it is but rounding of numbers of the size of `scale`.
func meanText(_ moments: RunningMoments, scale: Double = 0) -> String {
  let error = moments.standardError
  guard moments.count > 0, moments.mean.isFinite, error.isFinite else { return "–" }
  if abs(moments.mean) + error <= 1e-13 * scale { return "0" }
  if error == 0 { return rounded(moments.mean) }
  let exponent = Int(floor(log10(error)))
  if exponent >= 4 || exponent < -7 {
    return withMinus(String(format: "%.4g ± %.1g", moments.mean, error))
  }
  let digits = max(0, 1 - exponent)
  return withMinus(String(format: "%.*f ± %.*f", digits, moments.mean, digits, error))
}

/// A z-score to two decimals.
func zText(_ comparison: Comparison) -> String {
  comparison.z.map { withMinus(String(format: "%+.2f", $0)) } ?? "–"
}
