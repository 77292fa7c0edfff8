// SPDX-License-Identifier: GPL-3.0-or-later
import Advice
import Classification
import ExactAlgebra
import Foundation
import Gaussian
import DataTables
import Gaussian
import SeededRuns
import Statistics
import Testing

@testable import Experiments

/// Exact verdicts against students that are trained on few rows.
@Suite struct RegressionTests {
  /// Rows of N(0, Σ) of (teacher a, student b and c, label y).
  private static func task(_ sigma: RationalMatrix, rows: Int, seed: UInt64) throws -> RegressionTask {
    let (d, names) = (sigma.rows, sigma.rows == 4 ? ["a", "b", "c", "y"] : ["a", "b", "y"])
    let values = try CovarianceFactor(sigma).rows(rows, from: NormalSource(seed: seed, index: 0))
    let lines = (0..<rows).map { row in
      (0..<d).map { String(format: "%.6f", 5 + values[row * d + $0]) }.joined(separator: ",")
    }
    var settings = Advisor.Settings()
    settings.replicates = 100
    return try RegressionTask(
      "planted", DataTable(csv: ([names.joined(separator: ",")] + lines).joined(separator: "\n")),
      teacher: .init("first", ["a"]), student: .init("second", Array(names[1..<(d - 1)])), label: "y",
      settings: settings)
  }

  /// y = x1 + x2 + e and cov(x1, x2) = 1/2: with var e = 1/10 the teacher over-reacts, β > 1, with 4 it does not.
  private static func planted(noise: Rational) throws -> RationalMatrix {
    let half = Rational(1, 2)
    return try RationalMatrix([
      [1, half, Rational(3, 2)], [half, 1, Rational(3, 2)], [Rational(3, 2), Rational(3, 2), 3 + noise],
    ])
  }

  /// A distillation that must help, one that must hurt: signs and sizes are those of the closed form.
  ///
  /// Over 30 runs the mean of a gain is off by 9 standard errors with probability below 1e-9 (Student's t, 29 degrees of
  /// freedom), of six gains below 6e-9; 0.3 points more are allowed for what a ratio of means and parts of a finite table are off.
  @Test(arguments: [(Rational(4), true), (Rational(1, 10), false)])
  func plantedEffectsAreFound(noise: Rational, helps: Bool) throws {
    let task = try Self.task(Self.planted(noise: noise), rows: 400, seed: 2)
    #expect(task.advice.helps == helps)
    var experiment = try RegressionExperiment([task], isQuick: true)
    (experiment.spareRows, experiment.drawCount, experiment.seedCount) = ([8], 20, 30)
    let runs = try experiment.trials.flatMap { try experiment.runs(of: $0, seed: UInt64(1000 + $0.replicate)) }
    let report = try experiment.report(runs)
    let row = try #require(report.agreement.rows.first)
    #expect(row.sharp == helps && row.isGain == helps && row.delta?.count == 30)
    for (name, lambda) in [
      ("gain % at λ 0.05", Rational(1, 20)), ("gain % at λ 0.5", Rational(1, 2)), ("gain % at λ 2", 2),
    ] {
      let trained = try PairedDifference(runs.compactMap { $0[name] })
      let exact = try task.exactShare(n: 9, lambda: lambda)
      #expect(abs(trained.mean - exact) < 9 * trained.standardError + 0.3, "\(lambda): \(trained), \(exact)")
      #expect(lambda > 1 || (exact > 0) == helps)
    }
    #expect(report.agreement.sharpAgreement.agreements == 1)
    #expect(report.tables.count == 2 && report.tables[1].rows.count == 1)
  }

  /// The exact gain of a student with a constant, against students of fresh samples whose risk under the law is known exactly.
  ///
  /// Over 40 batches the mean is off by 8 standard errors with probability below 2e-9 (Student's t, 39 degrees of freedom).
  @Test func exactGainsAreThoseOfFreshSamples() throws {
    let task = try Self.task(Self.planted(noise: 4), rows: 200, seed: 5)
    let (instance, n, lambda) = (task.advice.instance, 9, 0.5)
    let (weight, factor) = (instance.w1[0, 0].asDouble, try CovarianceFactor(instance.sigma))
    let noise = task.advice.risk.moments.residualVariance.asDouble
    let (slope, variance) = (instance.optimalStudent[0, 0].asDouble, instance.sigma[1, 1].asDouble)
    let shares = (0..<40).map { batch in
      let normals = NormalSource(seed: 6, index: UInt64(batch))
      var risks = [0.0, 0.0]
      for _ in 0..<1500 {
        let values = factor.rows(n, from: normals)
        // Sums over the rows of x2, y, t and of the products of x2 with each, t the teacher's word.
        var (x, y, t, xx, xy, xt) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for row in 0..<n {
          let (taught, input, label) = (weight * values[3 * row], values[3 * row + 1], values[3 * row + 2])
          (x, y, t) = (x + input, y + label, t + taught)
          (xx, xy, xt) = (xx + input * input, xy + input * label, xt + input * taught)
        }
        let spread = xx - x * x / Double(n)
        let (ofLabel, ofTeacher) = ((xy - x * y / Double(n)) / spread, (xt - x * t / Double(n)) / spread)
        for (index, part) in [0, lambda].enumerated() {
          let own = (ofLabel + part * ofTeacher) / (1 + part)
          let constant = (y - own * x) / Double(n)
          risks[index] += noise + (own - slope) * (own - slope) * variance + constant * constant
        }
      }
      return 100 * (1 - risks[1] / risks[0])
    }
    let mean = try PairedDifference(shares)
    let exact = try task.exactShare(n: n, lambda: Rational(1, 2))
    #expect(abs(mean.mean - exact) < 8 * mean.standardError && mean.standardError < 0.09, "\(mean), \(exact)")
  }

  @Test func runsDependOnTheSeedOnly() throws {
    let task = try Self.task(Self.planted(noise: 4), rows: 200, seed: 3)
    var experiment = try RegressionExperiment([task], isQuick: true)
    (experiment.spareRows, experiment.drawCount, experiment.seedCount) = ([6, 12], 3, 2)
    let trial = experiment.trials[1]
    let runs = try experiment.runs(of: trial, seed: 5)
    #expect(try experiment.runs(of: trial, seed: 5) == runs)
    #expect(try experiment.runs(of: trial, seed: 6) != runs)
    #expect(
      runs.map { $0.factors.last } == [Setting("n", 7), Setting("n", 13)] && runs.allSatisfy { $0.replicate == 1 })
    // Before two seeds are done there is no condition to report.
    #expect(try experiment.report(runs).agreement.rows.isEmpty)
  }

  @Test func fewRowsAreRefused() throws {
    let task = try Self.task(Self.planted(noise: 4), rows: 60, seed: 4)
    #expect(throws: ExperimentError.tooFewRows(rows: 60, needed: 89)) {
      try RegressionExperiment([task], isQuick: true)
    }
  }
}
