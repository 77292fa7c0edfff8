// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import PlainText

/// The further tables of the ablations.
struct AblationTables {
  private let runs: [Run]
  private let estimators: [String]

  init(_ runs: [Run], estimators: [String]) { (self.runs, self.estimators) = (runs, estimators) }

  /// Gains over T and λ, over noise, and the agreement of estimators.
  var all: [ReportTable] {
    get throws { [gains, noise, values, rankings("i_ts"), rankings("i_sy"), signs] }
  }

  private func factor(_ run: Run, _ name: String) -> String { run.factors.first { $0.name == name }?.value ?? "" }

  private func distinct(_ values: [String]) -> [String] {
    values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func mean(_ runs: [Run], _ outcome: String) -> Double {
    let known = runs.compactMap { $0[outcome] }
    return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
  }

  /// The mean gain over pairs and seeds for every T and λ, without noise.
  private var gains: ReportTable {
    let clean = runs.filter { factor($0, "noise") == "0.0" }
    let (weights, temperatures) = (
      distinct(clean.map { factor($0, "λ") }), distinct(clean.map { factor($0, "T") })
    )
    return ReportTable(
      title: "Mean gain in accuracy over pairs and seeds, points", columns: ["T"] + weights.map { "λ = \($0)" },
      rows: temperatures.map { temperature in
        [temperature]
          + weights.map { weight in
            let cell = clean.filter { factor($0, "T") == temperature && factor($0, "λ") == weight }
            return signed(100 * mean(cell, "gain accuracy"), 2)
          }
      })
  }

  /// The runs at the T and λ under which noise is varied.
  private var standard: [Run] {
    let standard = AblationsExperiment.standard
    return runs.filter {
      factor($0, "T") == "\(Int(standard.temperature))" && factor($0, "λ") == "\(standard.weight)"
    }
  }

  private var noise: ReportTable {
    ReportTable(
      title: "Noise in the teacher's inputs, means over pairs and seeds",
      columns: ["noise", "teacher accuracy", "ΔI", "gain, points", "control"],
      rows: distinct(standard.map { factor($0, "noise") }).map { noise in
        let cell = standard.filter { factor($0, "noise") == noise }
        return [
          noise, percentText(mean(cell, "teacher accuracy")), signed(mean(cell, "delta"), 3),
          signed(100 * mean(cell, "gain accuracy"), 2), signed(100 * mean(cell, "control gain accuracy"), 2),
        ]
      })
  }

  /// The runs of every condition that an information depends on: I(H2; Y) does not depend on teacher and noise.
  private func conditions(_ information: String) -> [[Run]] {
    let names = information == "i_sy" ? ["student"] : ["teacher", "student", "noise"]
    let key = { (run: Run) in names.map { factor(run, $0) }.joined(separator: " ") }
    return distinct(standard.map(key)).map { name in standard.filter { key($0) == name } }
  }

  private func means(_ information: String, _ estimator: String) -> [Double] {
    conditions(information).map { mean($0, "\(information) \(estimator)") }
  }

  private var values: ReportTable {
    ReportTable(
      title: "Informations by estimator in nats, means over conditions and seeds",
      columns: ["estimator", "I(H1;H2)", "I(H2;Y)"],
      rows: estimators.map { estimator in
        [estimator, signed(mean(standard, "i_ts \(estimator)"), 3), signed(mean(standard, "i_sy \(estimator)"), 3)]
      })
  }

  private func rankings(_ information: String) -> ReportTable {
    let title = information == "i_sy" ? "I(H2;Y)" : "I(H1;H2)"
    return ReportTable(
      title: "Kendall's τ between estimators' rankings of \(title), \(conditions(information).count) conditions",
      columns: [""] + estimators,
      rows: estimators.map { first in
        [first]
          + estimators.map { second in
            signed(kendallTau(means(information, first), means(information, second)), 2)
          }
      })
  }

  /// How often an estimator's sign of ΔI is that of another.
  private var signs: ReportTable {
    func areGains(_ estimator: String) -> [Bool?] {
      conditions("i_ts").map {
        let delta = mean($0, "i_ts \(estimator)") - mean($0, "i_sy \(estimator)")
        return delta.isFinite ? delta > 0 : nil
      }
    }
    let came: [Bool?] = conditions("i_ts").map { mean($0, "gain accuracy") > 0 }
    func share(_ a: [Bool?], _ b: [Bool?]) -> String {
      let known = zip(a, b).filter { $0 != nil && $1 != nil }
      return known.isEmpty ? "–" : "\(known.count { $0 == $1 }) of \(known.count)"
    }
    return ReportTable(
      title: "Conditions in which the sign of ΔI is the same, and in which it is that of the gain",
      columns: [""] + estimators + ["gain"],
      rows: estimators.map { first in
        [first] + estimators.map { share(areGains(first), areGains($0)) } + [share(areGains(first), came)]
      })
  }

  private func signed(_ value: Double, _ digits: Int) -> String {
    value.isFinite
      ? withMinus(String(format: "%+.*f", digits, value)) : "–"
  }
}
