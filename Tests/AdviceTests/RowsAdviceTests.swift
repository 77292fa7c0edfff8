// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import DataTables
import Distillation
import ExactAlgebra
import Foundation
import Gaussian
import SeededRuns
import TestSupport
import Testing

@testable import Advice

/// What x1 adds, pseudo-labels, several teachers: laws, closed forms and held-out folds against second ways.
@Suite struct RowsAdviceTests {
  /// Sums of negative binomial and Beta laws as SciPy 1.17 computes them, term by term.
  @Test func theLawIsThatOfAReference() {
    for (square, p1, p2, n, rho2, expected) in [
      (0.3, 2, 3, 30, 0.2, 0.6560163770592813), (0.1, 4, 2, 200, 0.15, 0.073112528504029),
      (0.6, 3, 3, 60, 0.55, 0.6323408686544114), (0.02, 1, 1, 100, 0.01, 0.6496034732614023),
    ] {
      let law = MultipleCorrelation(rows: n, teacherColumns: p1, studentColumns: p2)
      #expect(agree(law.probability(below: square, if: rho2), expected, relative: 1e-10))
      #expect(abs(law.probability(above: square, if: rho2) - (1 - expected)) < 1e-10)
    }
    let law = MultipleCorrelation(rows: 100_000, teacherColumns: 20, studentColumns: 30)
    // Large samples: near the normal law of artanh R, and small tails keep their digits.
    #expect(abs(law.probability(below: 0.5, if: 0.5) - 0.5) < 0.03)
    #expect((1e-200..<1e-20).contains(law.probability(above: 0.5, if: 0.45)))
    // F with p1 and n−1−p1−p2 degrees of freedom where nothing is added.
    let small = MultipleCorrelation(rows: 20, teacherColumns: 2, studentColumns: 3)
    #expect(
      agree(small.probability(above: 0.4, if: 0), gsl_cdf_fdist_Q(0.4 / 2 / (0.6 / 14), 2, 14), relative: 1e-10))
  }

  /// The ends of an interval leave the tails on their sides, and fall to 0 where nothing is to be seen.
  @Test func intervalsLeaveTheTails() {
    for (square, n) in [(0.2, 25), (0.5, 60), (0.9, 40), (0.01, 25)] {
      let law = MultipleCorrelation(rows: n, teacherColumns: 2, studentColumns: 2)
      let (lower, upper) = law.interval(around: square, level: 0.9)
      #expect(lower <= upper && upper < 1)
      #expect(abs(law.probability(below: square, if: upper) - 0.05) < 1e-9)
      if lower > 0 { #expect(abs(law.probability(above: square, if: lower) - 0.05) < 1e-9) }
      #expect((lower == 0) == (law.probability(above: square, if: 0) >= 0.05))
    }
  }

  /// Of samples of n = 20 the probability of r² under its own f² is uniform, and f² without bias has the mean f².
  ///
  /// By Hoeffding's inequality a mean of 1,000 is off by 0.1 or more with probability at most 2e^−20 < 5e-9; counts below 5 % and above 95 % are
  /// outside of 15…95 with probability below 1e-8 each; the mean within 6 standard errors, below 1e-8 by normal tails.
  @Test func theLawIsExact() throws {
    let instance = try Instance(sigma: AdviceTests.helpful, p1: 2, p2: 2, w1: nil)
    let true2 = JointTeacher(instance, Moments(instance)).effectSize.asDouble
    let law = MultipleCorrelation(rows: 20, teacherColumns: 2, studentColumns: 2)
    let factor = try CovarianceFactor(AdviceTests.helpful)
    var (sum, low, high, means, squares) = (0.0, 0, 0, 0.0, 0.0)
    for seed in 0..<1000 {
      let values = factor.rows(20, from: NormalSource(seed: 17, index: UInt64(seed)))
      let column = { (place: Int) in (0..<20).map { values[$0 * 5 + place] } }
      let y = column(4)
      func rest(_ places: [Int]) -> Double {
        let columns = places.map(column)
        let fit = School.regression(y, on: columns)
        return y.indices.reduce(0) { sum, row in
          let left = y[row] - fit.constant - columns.indices.reduce(0) { $0 + fit.weights[$1] * columns[$1][row] }
          return sum + left * left
        }
      }
      let (own, full) = (rest([2, 3]), rest([0, 1, 2, 3]))
      let p = law.probability(below: 1 - full / own, if: true2 / (1 + true2))
      sum += p
      if p < 0.05 { low += 1 }
      if p > 0.95 { high += 1 }
      let unbiased = ((own / full - 1) * 13 - 2) / 17
      means += unbiased
      squares += unbiased * unbiased
    }
    #expect(
      abs(sum / 1000 - 0.5) < 0.1 && (15...95).contains(low) && (15...95).contains(high), "\(sum), \(low), \(high)")
    let error = ((squares / 1000 - means * means / 1e6) / 1000).squareRoot()
    #expect(abs(means / 1000 - true2) < 6 * error, "\(means / 1000), \(true2), \(error)")
  }

  private static func rows(_ n: Int, seed: UInt64) throws -> [[Double]] {
    let values = try CovarianceFactor(AdviceTests.helpful).rows(n, from: NormalSource(seed: seed, index: 0))
    return [2, 3, 0, 1, 4].map { column in (0..<n).map { values[$0 * 5 + column] } }
  }

  /// Predictions are those of the model's joint teacher at the estimated f², their ends those of its interval.
  @Test func predictionsAreThoseOfTheModel() throws {
    let table = try AdviceTests.table(AdviceTests.helpful, rows: 60, seed: 18)
    let candidate = try Advisor(table, AdviceTests.roles(), unlabelled: .count(100)).candidates[0]
    let (joint, pseudo) = (try #require(candidate.jointTeacher), try #require(candidate.pseudoLabels))
    let sample = JointTeacher(candidate.instance, candidate.risk.moments)
    #expect(joint.effectSize.estimate == sample.effectSize.asDouble)
    let (f2, kappa) = (joint.joint.effectSize, Rational(2, 60 - 2 - 2 - 1))
    #expect(f2 == (sample.effectSize * 53 - 2) / 57 && pseudo.threshold == kappa)
    #expect(agree(pseudo.bestWeight.estimate, (f2 / (f2 + kappa)).asDouble, relative: 1e-12))
    // Δ(σε²−σ1²)²/(σε²−σ1²+σ1²·p1/(n−p1−p2−1)), Δ = k_n − k_{n+m}.
    let residual = candidate.risk.residualVariance
    let full = residual / (1 + f2)
    let gap = Rational(2, 57) - Rational(2, 157)
    let signal = residual - full
    let gain = gap * signal.squared / (signal + full * kappa)
    #expect(agree(pseudo.gain.estimate, gain.asDouble, relative: 1e-12))
    #expect(agree(pseudo.imitationGain.estimate, (gap * (signal - full * kappa)).asDouble, relative: 1e-12))
    // The F test is the ordinary one.
    let f = sample.effectSize.asDouble * 55 / 2
    #expect(agree(joint.statistic, f, relative: 1e-12))
    #expect(agree(joint.probabilityIfNothing, gsl_cdf_fdist_Q(f, 2, 55), relative: 1e-9))
    // A teacher fitted to 60 other rows: risk σ1²(1+p1K)… in α, by the formula of its own.
    let (k, unit) = (Rational(2, 57), Rational(1, 55))
    func risk(_ alpha: Rational) -> Rational {
      let rest = 1 - alpha
      let noise = full * 2 * unit
      return residual + alpha.squared * noise + k * (rest.squared * residual + 2 * alpha * rest * signal)
        + k * alpha.squared * (signal + noise)
    }
    let best = k / (k + 2 * unit + 2 * k * unit)
    #expect(joint.bestLambda == .finite(best / (1 - best)))
    #expect(agree(joint.gain.estimate, (risk(0) - risk(best)).asDouble, relative: 1e-12))
    #expect(agree(joint.share.estimate, (1 - risk(best) / risk(0)).asDouble, relative: 1e-12))
    for interval in [joint.effectSize, joint.gain, joint.share, pseudo.bestWeight, pseudo.gain, pseudo.imitationGain] {
      let ends = try #require(interval.ends)
      #expect(ends.lower < ends.upper && ends.lower <= interval.corrected ?? 0 && interval.corrected ?? 0 <= ends.upper)
    }
  }

  /// The check of pseudo-labels on held-out folds, row by row with regressions as in school.
  @Test func pseudoLabelsAreCheckedAsByHand() throws {
    let (n, m) = (40, 25)
    let (data, more) = (try Self.rows(n, seed: 19), try Self.rows(m, seed: 20))
    func csv(_ columns: [[Double]]) throws -> DataTable {
      try DataTable(
        csv: (["c,d,a,b,y"]
          + columns[0].indices.map { row in columns.map { "\($0[row] + 3)" }.joined(separator: ",") }).joined(
            separator: "\n"))
    }
    var settings = Advisor.Settings()
    settings.seed = 5
    let pseudo = try #require(
      try Advisor(csv(data), AdviceTests.roles(), settings, unlabelled: .table(csv(more))).candidates[0].pseudoLabels)
    let check = try #require(pseudo.heldOut)
    let order = dealt(rows: n, seed: 5)
    var (without, gain) = (0.0, 0.0)
    for turn in 0..<4 {
      for fold in 0..<10 {
        func isHeldOut(_ group: Int) -> Bool { (group + turn * (group / 10)) % 10 == fold }
        let training = (0..<n).filter { !isHeldOut($0) }.map { order[$0] }
        let heldOut = (0..<n).filter(isHeldOut).map { order[$0] }
        func column(_ place: Int, _ rows: [Int]) -> [Double] { rows.map { data[place][$0] } }
        let y = column(4, training)
        let own = School.regression(y, on: [0, 1].map { column($0, training) })
        let joint = School.regression(y, on: [2, 3, 0, 1].map { column($0, training) })
        func predicted(_ columns: (Int) -> [Double]) -> [Double] {
          let inputs = [2, 3, 0, 1].map(columns)
          return inputs[0].indices.map { row in
            joint.constant + inputs.indices.reduce(0) { $0 + joint.weights[$1] * inputs[$1][row] }
          }
        }
        let labels = predicted { column($0, training) } + predicted { more[$0] }
        let imitated = School.regression(labels, on: [0, 1].map { column($0, training) + more[$0] })
        func rest(_ fitted: [Double]) -> Double {
          zip(y, fitted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        func student(_ fit: (weights: [Double], constant: Double, t: [Double]), _ row: Int) -> Double {
          fit.constant + fit.weights[0] * data[0][row] + fit.weights[1] * data[1][row]
        }
        let ratio = rest(training.map { student(own, $0) }) / rest(predicted { column($0, training) }) - 1
        let size = Double(training.count)
        let f2 = max(0, (ratio * (size - 7) - 2) / (size - 3))
        let alpha = f2 / (f2 + 2 / (size - 5))
        func error(_ alpha: Double) -> Double {
          heldOut.reduce(0) { sum, row in
            let left = data[4][row] - (1 - alpha) * student(own, row) - alpha * student(imitated, row)
            return sum + left * left
          } / Double(heldOut.count)
        }
        without += error(0) / 40
        gain += (error(0) - error(alpha)) / 40
      }
    }
    #expect(agree(check.errorWithout, without, relative: 1e-9))
    #expect(abs(check.gain - gain) < 1e-9 * without, "\(check.gain), \(gain)")
  }

  /// Without noise to take away the combination is the exact one of the model; the best single one is never better.
  @Test func combinationsAreThoseOfTheModel() throws {
    let data = try Self.rows(60, seed: 22)
    let sample = GramGroups(data, seed: 1).moments()
    let own = try #require(
      TeacherCombination(sample, teachers: [[2], [3]], student: [0, 1], label: 4, sampleK: 0, k: 2 / 57.0))
    // The same in fractions: the model of (x1, x2, y) with both teachers' weights.
    let covariance = RationalMatrix(rows: 5, columns: 5) { i, j in
      let order = [2, 3, 0, 1, 4]
      return (try? Rational(exactly: sample.covariance[order[i] * 5 + order[j]])) ?? 0
    }
    let instance = try Instance(sigma: covariance, p1: 2, p2: 2, w1: nil, n: 60)
    let weights = RationalMatrix(rows: 2, columns: 2) { i, j in
      i == j ? covariance[i, 4] / covariance[i, i] : 0
    }
    let model = TeacherEnsemble(instance, teachers: weights, n: 60)
    let best = try #require(model.bestWeights)
    for (a, b) in zip(own.weights, best) { #expect(agree(a, b.asDouble, relative: 1e-8)) }
    #expect(agree(own.share, (try #require(model.bestGain) / model.baselineRisk).asDouble, relative: 1e-8))
    let singles = (0..<2).map { place in
      (0...100).map { step in
        let b = Rational(step, 100)
        return (1 - model.risk(place == 0 ? [b, 0] : [0, b]) / model.baselineRisk).asDouble
      }.max() ?? 0
    }
    let single = try #require(singles.max())
    #expect(singles[own.bestSingle] == single && abs(own.shareOfBestSingle - single) < 0.01 * single)
    // With noise taken away: the gain is still at least that of the best single one.
    let freed = try #require(
      TeacherCombination(sample, teachers: [[2], [3]], student: [0, 1], label: 4, sampleK: 2 / 57.0, k: 2 / 57.0))
    #expect(freed.share >= freed.shareOfBestSingle - 1e-12 && freed.share > own.share)
    // One teacher alone: the check on folds compares it with itself.
    let alone = try #require(HeldOutCheck(GramGroups(data, seed: 1), combining: [[2, 3]], student: [0, 1]))
    #expect(alone.errorWithout > 0 && alone.folds == 40)
  }
}
