// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Estimation
import ExactJSON
import PlainText

/// The information of one's own data as people and scripts read it.
struct EstimatePage {
  private let study: InformationStudy
  private let source: String
  private let dropped: Int
  private let confidence: Double
  private let k: Int
  private let seed: UInt64

  init(_ study: InformationStudy, source: String, dropped: Int, confidence: Double, k: Int, seed: UInt64) {
    (self.study, self.source, self.dropped, self.confidence) = (study, source, dropped, confidence)
    (self.k, self.seed) = (k, seed)
  }

  private var sample: MeasuredSample { study.sample }

  func text(_ findings: [InformationFinding]) -> String {
    let what = sample.given.isEmpty ? "I(x; y)" : "I(x; y | z)"
    var lines = [
      "\(what) in nats · \(source) · \(grouped(sample.count)) rows"
        + (dropped > 0 ? " (\(dropped) left out)" : "") + " · seed \(seed)",
      "x: \(summary(sample.x, sample.natureOfX))", "y: \(summary(sample.y, sample.natureOfY))",
    ]
    if let nature = sample.natureOfGiven { lines.append("z: \(summary(sample.given, nature))") }
    var parts = [lines.map { wrapped($0, hanging: "  ") }.joined()]
    var table = TextTable([
      ("estimator", .left), ("nats", .right), ("\(percentText(confidence, small: 0, large: 0)) % interval", .left),
      ("p", .right), ("if none", .right), ("bias on a Gaussian", .left),
    ])
    for finding in findings where finding.estimate != nil { table.append(row(finding)) }
    if findings.contains(where: { $0.estimate != nil }) { parts.append(table.text) }
    var legend: [String] = []
    if findings.contains(where: { $0.interval != nil }) {
      legend.append("interval: from \(study.halfCount) random halves of the rows, without bias")
    }
    if findings.contains(where: { $0.test != nil }) {
      legend.append("p: of \(study.orderCount) with \(study.orders.description)")
      legend.append("if none: the mean of those")
    }
    if let counterpart = findings.compactMap(\.onGaussian).first {
      legend.append(
        "bias: over \(counterpart.count) Gaussian samples of as many rows and the same correlations, of "
          + "\(decimal(counterpart.truth, 3)) nats")
    }
    if !legend.isEmpty { parts.append(legend.map { wrapped($0, hanging: "  ") }.joined()) }
    let palette = Palette(isOn: StandardOutput.isColoured)
    var remarks = findings.compactMap { finding in
      finding.reason.map { wrapped("\(finding.method): \($0).", hanging: "  ") }
    }
    remarks += findings.flatMap { finding in
      (finding.estimate?.notes ?? []).map { wrapped("Note: \(finding.method): \($0).", hanging: "  ") }
    }
    let warnings = findings.flatMap(\.warnings)
    remarks += warnings.map {
      palette.bad("Warning") + wrapped("Warning: \($0).", hanging: "  ").dropFirst("Warning".count)
    }
    if !remarks.isEmpty { parts.append(remarks.joined()) }
    return parts.joined(separator: "\n")
  }

  private func row(_ finding: InformationFinding) -> [String] {
    let interval = finding.interval.map { "\(decimal($0.value.lower, 3)) … \(decimal($0.value.upper, 3))" }
    let bias = finding.onGaussian.map { "\(decimal($0.bias, 3)) ± \(decimal($0.standardError, 3))" }
    return [
      finding.method, finding.estimate.map { decimal($0.nats, 3) } ?? "–", interval ?? "–",
      finding.test.map { rounded($0.probability, places: 3) } ?? "–", finding.test.map { decimal($0.mean, 3) } ?? "–",
      bias ?? "–",
    ]
  }

  private func rounded(_ probability: Double, places: Int) -> String {
    probability < 0.001 ? "<0.001" : decimal(probability, places)
  }

  private func summary(_ columns: [MeasuredColumn], _ nature: MeasuredSample.Nature) -> String {
    let names = columns.map(\.name)
    let shown = names.count <= 4 ? names.joined(separator: ", ") : "\(names[0]), … \(names[names.count - 1])"
    let words =
      switch nature {
      case .continuous: "measured"
      case .tied: "measured, with values that repeat"
      case .discrete: "\(Set(columns[0].values).count) classes\(columns.count > 1 ? " in the first column" : "")"
      case .mixed: "classes and measurements"
      }
    return "\(shown) (\(columns.count) column\(columns.count == 1 ? "" : "s"), \(words))"
  }

  func csv(_ findings: [InformationFinding]) -> String {
    "estimator,nats,lower,upper,p,mean_if_none,gaussian_truth,gaussian_bias,rows,seed\n"
      + findings.map { finding in
        [
          quotedField(finding.method), field(finding.estimate?.nats), field(finding.interval?.value.lower),
          field(finding.interval?.value.upper), field(finding.test?.probability), field(finding.test?.mean),
          field(finding.onGaussian?.truth), field(finding.onGaussian?.bias), "\(sample.count)", "\(seed)",
        ].joined(separator: ",") + "\n"
      }.joined()
  }

  func json(_ findings: [InformationFinding]) -> JSONValue {
    [
      "schema": "cch.estimate/1", "file": .string(source), "seed": .number(String(seed)),
      "rows": JSONValue(sample.count),
      "dropped": JSONValue(dropped), "x": json(sample.x, sample.natureOfX), "y": json(sample.y, sample.natureOfY),
      "given": sample.natureOfGiven.map { json(sample.given, $0) } ?? nil, "scale": .string(sample.scale.rawValue),
      "k": JSONValue(k), "level": JSONValue(approximate: confidence), "orders": .string(study.orders.word),
      "estimates": .array(findings.map(json)),
    ]
  }

  private func json(_ columns: [MeasuredColumn], _ nature: MeasuredSample.Nature) -> JSONValue {
    [
      "columns": .array(columns.map { ["name": .string($0.name), "kind": .string($0.kind.rawValue)] }),
      "kind": .string(nature.rawValue),
    ]
  }

  private func json(_ finding: InformationFinding) -> JSONValue {
    [
      "estimator": .string(finding.method),
      "nats": finding.estimate.map { JSONValue(approximate: $0.nats) } ?? nil,
      "method": finding.estimate?.method.map { .string($0) } ?? nil,
      "reason": finding.reason.map { .string($0) } ?? nil,
      "interval": finding.interval.map { interval in
        [
          "lower": JSONValue(approximate: interval.value.lower), "upper": JSONValue(approximate: interval.value.upper),
          "halves": JSONValue(interval.halves),
        ]
      } ?? nil,
      "standard_error": (finding.estimate?.standardError).map(JSONValue.init(approximate:)) ?? nil,
      "test": finding.test.map { test in
        [
          "p": JSONValue(approximate: test.probability), "mean": JSONValue(approximate: test.mean),
          "orders": JSONValue(test.count),
        ]
      } ?? nil,
      "gaussian": finding.onGaussian.map { error in
        [
          "truth": JSONValue(approximate: error.truth), "bias": JSONValue(approximate: error.bias),
          "standard_error": JSONValue(approximate: error.standardError),
          "rmse": JSONValue(approximate: error.rootMeanSquare), "samples": JSONValue(error.count),
        ]
      } ?? nil,
      "notes": .array((finding.estimate?.notes ?? []).map { .string($0) }),
      "warnings": .array(finding.warnings.map { .string($0) }),
    ]
  }
}
