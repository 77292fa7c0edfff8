// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Foundation

/// The tables of the experiment on omics besides that of predictions.
enum OmicsTables {
  /// Gains in accuracy that the paper reports.
  private static let reportedGains = [0.01, 0.02, 0.035]

  /// Direct fusion against fusion and distillation: mean over seeds, standard error over patients.
  static func fusion(_ runs: [Run], _ cohorts: [Dataset]) throws -> ReportTable {
    let rows = conditions(runs).compactMap { condition, own -> [String]? in
      guard let patients = patients(condition, cohorts) else { return nil }
      func gain(_ gain: String, _ discordance: String) -> String {
        let value = mean(own, gain)
        // The difference is −1, 0 or 1 for each patient: its variance is that of one deal of the folds.
        let variance = max(0, mean(own, discordance) - value * value)
        return numberText("%+.3f ± %.3f", value, (variance / Double(patients)).squareRoot())
      }
      return condition.map(\.value) + [
        numberText("%.3f", mean(own, "teacher accuracy")), numberText("%.3f", mean(own, "student accuracy")),
        gain("gain accuracy", "discordance"), numberText("%.3f", mean(own, "fusion accuracy")),
        gain("fusion gain accuracy", "fusion discordance"), numberText("%+.3f", mean(own, "fusion gain AUC")),
        numberText("%.3f", mean(own, "early fusion accuracy")),
      ]
    }
    return ReportTable(
      title: "Direct fusion against fusion and distillation: accuracies over seeds, ± the standard error over patients",
      columns: [
        "label", "teacher", "student", "teacher alone", "student alone", "student's gain", "direct fusion",
        "fusion's gain", "fusion's gain in AUC", "early fusion",
      ], rows: rows)
  }

  /// What McNemar's exact test at 5 % could find at this size.
  static func power(_ runs: [Run], _ cohorts: [Dataset]) -> ReportTable {
    let rows = cohorts.flatMap { cohort -> [[String]] in
      let own = runs.filter { $0.factors.first?.value == cohort.name }
      guard !own.isEmpty else { return [] }
      return [("student", "discordance"), ("fusion", "fusion discordance")].map { what, outcome in
        let changed = mean(own, outcome)
        // A gain cannot be greater than the share of patients for whom anything changes.
        let test = McNemarPower(discordance: max(changed, reportedGains.max() ?? 0))
        let found = test.detectableGain(power: 0.8, samples: cohort.rowCount).map { numberText("%.2f", $0) }
        let powers = reportedGains.map {
          numberText("%.1f %%", 100 * test.power(gain: $0, samples: cohort.rowCount))
        }
        return ["\(cohort.name), \(what)", "\(cohort.rowCount)", numberText("%.3f", changed)] + powers
          + [found ?? "none", "\(test.samplesNeeded(power: 0.8, gain: 0.02))"]
      }
    }
    return ReportTable(
      title:
        "Power of McNemar's exact test at 5 %, at the share of patients for whom distillation changes what is right",
      columns: ["label", "patients", "changed"] + reportedGains.map { "power for \($0)" } + [
        "gain found with 80 %", "patients needed for 0.02",
      ], rows: rows)
  }

  /// Whether the greatest gain that the paper reports could be found at this size, in words.
  static func detectability(_ runs: [Run], _ cohorts: [Dataset]) -> String {
    let gain = reportedGains.max() ?? 0
    let powers = cohorts.flatMap { cohort in
      let own = runs.filter { $0.factors.first?.value == cohort.name }
      return ["discordance", "fusion discordance"].map { outcome in
        McNemarPower(discordance: max(mean(own, outcome), gain)).power(gain: gain, samples: cohort.rowCount)
      }
    }
    let (least, greatest) = (100 * (powers.min() ?? 0), 100 * (powers.max() ?? 0))
    let found = String(
      format:
        "a gain of %g in accuracy, the greatest that the paper reports, would be found with a probability of %.1f to %.1f %%",
      gain, least, greatest)
    return greatest < 80
      ? "No effect is detectable at this size: \(found). Signs of gains here are no evidence for or against the CCH, and a gain "
        + "that is not found is no evidence that there is none."
      : "At this size \(found)."
  }

  private static func conditions(_ runs: [Run]) -> [([Setting], [Run])] {
    var (order, groups) = ([[Setting]](), [[Setting]: [Run]]())
    for run in runs {
      if groups[run.factors] == nil { order.append(run.factors) }
      groups[run.factors, default: []].append(run)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  private static func patients(_ condition: [Setting], _ cohorts: [Dataset]) -> Int? {
    cohorts.first { $0.name == condition.first?.value }?.rowCount
  }

  private static func mean(_ runs: [Run], _ outcome: String) -> Double {
    runs.compactMap { $0[outcome] }.reduce(0, +) / Double(max(1, runs.count))
  }
}
