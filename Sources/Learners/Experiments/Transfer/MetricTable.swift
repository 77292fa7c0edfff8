// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import Statistics

extension ReportTable {
  /// The gain by every metric under every condition, with its standard error over seeds; that of the permutation control after
  /// the bar.
  ///
  /// - Throws: `SampleError`, never for conditions with two seeds or more; others are left out.
  static func gainsByMetric(_ runs: [Run]) throws -> ReportTable {
    let groups = runs.byCondition.filter { $0.runs.count >= 2 }
    let metrics = Transfer.measures.map(\.name)
    func cell(_ runs: [Run], _ outcome: String) throws -> String {
      let gain = try PairedDifference(runs.compactMap { $0[outcome] })
      return numberText("%+.2f±%.2f", 100 * gain.mean, 100 * gain.standardError)
    }
    return ReportTable(
      title: "Gain ± standard error over seeds | that of the permutation control, in hundredths; MSE: what it falls by",
      columns: ["condition"] + metrics,
      rows: try groups.map { condition, runs in
        [condition.map(\.value).joined(separator: " ")]
          + (try metrics.map { try cell(runs, "gain \($0)") + " | " + cell(runs, "control gain \($0)") })
      })
  }
}
