// SPDX-License-Identifier: GPL-3.0-or-later
import Advice
import Classification
import ExactAlgebra
import Foundation
import Quantiles
import SeededRuns
import Statistics
import Students

/// Auto MPG and diabetes: exact verdicts on all rows, against least-squares students that are trained on few.
public struct RegressionExperiment: AgreementExperiment {
  /// The tasks.
  public var tasks: [RegressionTask]
  /// The rows of a student beyond its inputs: it is trained on n = p2 + each.
  public var spareRows = [6, 12, 24, 48]
  /// The distillation weights; the first is small, and is the one that verdicts are about.
  public var lambdas = [Rational(1, 20), Rational(1, 2), 2]
  /// The number of random cuts that a run is the mean of.
  public var drawCount: Int
  /// The number of runs of every task and n.
  public var seedCount: Int

  /// The experiment on these tasks.
  ///
  /// - Throws: ``ExperimentError/tooFewRows(rows:needed:)`` where a part of a task would have too few rows.
  public init(_ tasks: [RegressionTask], isQuick: Bool) throws(ExperimentError) {
    (self.tasks, drawCount, seedCount) = (tasks, isQuick ? 100 : 400, isQuick ? 10 : 40)
    for task in tasks {
      let (p1, p2) = (task.teacher.columns.count, task.student.columns.count)
      let needed = Double(p2 + (spareRows.max() ?? 0) + 10 * max(p1, p2)) / (1 - RegressionDraw.testShare)
      guard Double(task.rowCount) >= needed else { throw .tooFewRows(rows: task.rowCount, needed: Int(needed) + 1) }
    }
  }

  /// `regression`.
  public var name: String { "regression" }

  /// Weights, rows and the number of cuts.
  public var settings: [Setting] {
    [
      Setting("λ", lambdas.map { decimals($0) }.joined(separator: " ")),
      Setting("rows beyond inputs", spareRows.map(String.init).joined(separator: " ")),
      Setting("cuts a run", drawCount),
      DataDigest.setting { digest in
        for task in tasks {
          for values in [task.rows.teacherInputs, task.rows.studentInputs, task.rows.labels] { digest.add(values) }
        }
      },
    ]
  }

  /// A trial for each seed and task.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in tasks.map { ExperimentTrial(replicate: seed, factors: $0.factors) } }
  }

  /// The students of every n.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    guard let place = tasks.firstIndex(where: { $0.factors == trial.factors }) else { return [] }
    let task = tasks[place]
    return try spareRows.enumerated().map { index, spare in
      let n = task.student.columns.count + spare
      // Each task and n has cuts of its own.
      var source = RandomSource(seed: seed, index: UInt64(place * spareRows.count + index))
      let draws = try (0..<drawCount).map { _ in try draw(task, n: n, using: &source) }
      func mean(_ value: (RegressionDraw) -> Double) -> Double {
        draws.reduce(0) { $0 + value($1) } / Double(draws.count)
      }
      let alone = mean { $0.alone }
      func gain(_ error: (RegressionDraw) -> Double) -> Double { 100 * (1 - mean(error) / alone) }
      let informations = (mean { $0.teacherInformation }, mean { $0.labelInformation })
      return Run(
        replicate: trial.replicate, factors: trial.factors + [Setting("n", n)],
        outcomes: [
          .init("i_ts", informations.0), .init("i_sy", informations.1),
          .init("delta", informations.0 - informations.1), .init("error alone", alone),
          .init("control \(gainName(0))", gain { $0.control }),
        ] + lambdas.indices.map { index in .init(gainName(index), gain { $0.distilled[index] }) })
    }
  }

  /// A cut; anew where inputs are dependent in one of its parts.
  private func draw(_ task: RegressionTask, n: Int, using source: inout RandomSource) throws -> RegressionDraw {
    let weights = lambdas.map(\.asDouble)
    for _ in 0..<1_000 {
      do { return try RegressionDraw(task.rows, n: n, lambdas: weights, using: &source) } catch {
        guard case .rankDeficient = error else { throw error }
      }
    }
    return try RegressionDraw(task.rows, n: n, lambdas: weights, using: &source)
  }

  /// Predictions against gains, exact verdicts, and exact gains beside those of the trained students.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let sorted = spareRows.isEmpty ? runs : order(runs)
    func task(_ run: Run) -> RegressionTask? { tasks.first { $0.factors == Array(run.factors.dropLast()) } }
    let agreement = try AgreementTable(
      sorted, .init(gain: gainName(0), control: "control \(gainName(0))"),
      calibrated: { runs in task(runs[0])?.advice.isCalibrated }, sharp: { runs in task(runs[0])?.advice.helps })
    let (gains, share) = try exactGains(sorted, level: agreement.level)
    return ExperimentReport(
      agreement: agreement, tables: [verdicts, gains],
      notes: [
        "Gains are how much the mean squared error on held-out rows falls, in per cent; of \(decimals(lambdas[0])) for λ in "
          + "the table of predictions, since the CCH and the criteria are about small λ.",
        "The sign of the exact gain, of the Gaussian model with the covariance of all rows, is that of the trained students in "
          + "\(share.agreements) of \(share.conditions) cases, binomial interval "
          + numberText("[%.2f, %.2f].", share.interval.lower, share.interval.upper),
        "ΔI over seeds is the plug-in estimate on the teacher's rows; verdicts and their jackknife intervals use all rows.",
        "The teacher is fitted on rows that are neither the student's nor held out. The control is a teacher that knows of a row "
          + "what its label tells: its residuals given the label are shuffled.",
        "λ, n and the views were fixed before any gain was seen. Intervals are over random cuts of the same rows: they do not "
          + "cover other cars or patients, and conditions share rows, so the binomial intervals, which take them for "
          + "independent, are too short.",
      ])
  }

  /// Runs by task first, then by n.
  private func order(_ runs: [Run]) -> [Run] {
    var groups: [[Setting]: [Run]] = [:]
    for run in runs { groups[run.factors, default: []].append(run) }
    return tasks.flatMap { task in
      spareRows.flatMap { groups[task.factors + [Setting("n", task.student.columns.count + $0)]] ?? [] }
    }
  }

  private var verdicts: ReportTable {
    func text(_ interval: Interval) -> String {
      guard let ends = interval.ends else { return numberText("%.3f", interval.estimate) + ", no interval" }
      return numberText("%.3f [%.3f, %.3f]", interval.estimate, ends.lower, ends.upper)
    }
    return ReportTable(
      title: "Exact verdicts on all rows, with jackknife intervals",
      columns: [
        "data, teacher → student", "rows", "ΔI", "ΔI − ln a", "β", "p of β ≥ 1", "the CCH", "calibrated", "β < 1",
      ],
      rows: tasks.map { task in
        let a = task.advice
        return [
          "\(task.data), \(task.teacher.name) → \(task.student.name)", "\(task.rowCount)",
          text(a.delta),
          text(a.calibratedMargin),
          text(a.beta),
          a.test.map { numberText("%.1g", $0.probabilityIfNotHelping) } ?? "–",
          a.isPredicted ? "gain" : "no gain", a.isCalibrated ? "gain" : "no promise", a.helps ? "gain" : "no gain",
        ]
      })
  }

  /// For every task, n and λ the exact gain and that of the trained students; how often their signs agree.
  private func exactGains(_ runs: [Run], level: Double) throws -> (ReportTable, AgreementTable.Share) {
    var (rows, agreements) = ([[String]](), [Bool]())
    for task in tasks {
      for spare in spareRows {
        let n = task.student.columns.count + spare
        let own = runs.filter { $0.factors == task.factors + [Setting("n", n)] }
        guard own.count >= 2 else { continue }
        var row = ["\(task.data), \(task.teacher.name) → \(task.student.name)", "\(n)"]
        for (index, lambda) in lambdas.enumerated() {
          let exact = try task.exactShare(n: n, lambda: lambda)
          let trained = try PairedDifference(own.compactMap { $0[gainName(index)] })
          let interval = trained.interval(level: level)
          agreements.append((exact > 0) == (trained.mean > 0))
          row += [
            numberText("%+.2f", exact),
            numberText("%+.2f [%+.2f, %+.2f]", trained.mean, interval.lower, interval.upper),
          ]
        }
        rows.append(row)
      }
    }
    let heads = lambdas.flatMap { ["exact, λ = \(decimals($0))", "trained, λ = \(decimals($0))"] }
    return (
      ReportTable(
        title: "Gains in per cent of the error: exact in the Gaussian model, and of trained students",
        columns: ["data, teacher → student", "n"] + heads, rows: rows),
      AgreementTable.Share(agreements, level: level)
    )
  }

  private func gainName(_ index: Int) -> String { "gain % at λ \(decimals(lambdas[index]))" }

  private func decimals(_ value: Rational) -> String { numberText("%g", value.asDouble) }
}
