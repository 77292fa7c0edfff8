// SPDX-License-Identifier: GPL-3.0-or-later
import Quantiles
import Statistics

/// Tables about teachers that see more than one view, and about rows that only a teacher can label.
extension ForecastTables {
  /// What a joint teacher gains by a metric, beside the best of those that see one view.
  func jointTeachers(_ metric: String) throws -> ReportTable {
    let conditions = Dictionary(grouping: allRuns) { [$0.factors[0].value] + $0.othersThanTeacher }
    let rows = try weights.flatMap { weight in
      try Transfer.TeacherRows.allCases.map { rows -> [String] in
        var (gains, excesses, singles) = (RunningMoments(), RunningMoments(), RunningMoments())
        var (better, clear, count) = (0, 0, 0)
        for (key, runs) in conditions where key[0] == weight && runs[0].factors[1].value == rows.rawValue {
          let joint = runs.filter(\.isOfJointTeacher)
          let others = Dictionary(grouping: runs.filter { !$0.isOfJointTeacher }) { $0.teacher }
          guard let gain = try over(joint, { $0["gain \(metric)"] }),
            let excess = try over(
              joint,
              { run in run["gain \(metric)"].flatMap { own in run["control gain \(metric)"].map { own - $0 } } }),
            let best = try others.values.compactMap({ try over($0) { $0["gain \(metric)"] }?.mean }).max()
          else { continue }
          gains.add(gain.mean)
          excesses.add(excess.mean)
          singles.add(best)
          if gain.mean > best { better += 1 }
          if excess.interval(level: level).lower > 0 { clear += 1 }
          count += 1
        }
        guard count > 0 else { return [weight, rows.rawValue] + [String](repeating: "–", count: 5) }
        return [
          weight, rows.rawValue, numberText("%+.4f", gains.mean), numberText("%+.4f", singles.mean),
          "\(better)/\(count)", numberText("%+.4f", excesses.mean), "\(clear)/\(count)",
        ]
      }
    }
    return ReportTable(
      title:
        "A joint teacher, which sees all views: gain in \(metric), mean over students, beside the best teacher of one view",
      columns: ["λ", "teacher labels", "joint", "best single", "better", "beyond shuffled", "clearly"], rows: rows)
  }

  /// What further rows gain that a teacher labels; nil where there are none.
  ///
  /// They have no λ.
  var pseudoLabels: ReportTable? {
    get throws {
      let runs = allRuns.filter { $0["pseudo-label gain log-loss"] != nil && $0.factors[0].value == weights.last }
      guard !runs.isEmpty else { return nil }
      let rows = try runs.byCondition.compactMap { condition, own -> [String]? in
        func cell(_ name: String) throws -> String? {
          guard let value = try over(own, { $0[name] }) else { return nil }
          return numberText("%+.4f ± %.4f", value.mean, value.standardError)
        }
        guard let loss = try cell("pseudo-label gain log-loss"),
          let forecast = try cell("pseudo-label forecast log-loss"),
          let accuracy = try cell("pseudo-label gain accuracy"), let soft = try cell("gain log-loss"),
          let labelled = try cell("further label gain log-loss"),
          let labelledAccuracy = try cell("further label gain accuracy")
        else { return nil }
        return condition.dropFirst().map(\.value) + [loss, forecast, accuracy, soft, labelled, labelledAccuracy]
      }
      guard let condition = runs.first?.factors.dropFirst().map(\.name) else { return nil }
      return ReportTable(
        title: "Further rows with the teacher's word for a label: gains ± standard error over seeds",
        columns: condition + [
          "log-loss", "forecast", "accuracy", "distillation, log-loss", "true labels, log-loss",
          "true labels, accuracy",
        ], rows: rows)
    }
  }
}

extension Run {
  /// What a teacher that sees all views is called.
  static let jointTeacher = "all views"

  /// Whether its teacher sees all views.
  var isOfJointTeacher: Bool { teacher == Run.jointTeacher }

  /// What its teacher is called; nil where teachers have no names.
  var teacher: String? { factors.first { $0.name == "teacher" }?.value }

  /// All factors but λ and the teacher.
  var othersThanTeacher: [String] { factors.filter { !["λ", "teacher"].contains($0.name) }.map(\.value) }
}
