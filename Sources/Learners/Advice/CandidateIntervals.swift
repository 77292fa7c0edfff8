// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Gaussian

/// The corrected estimates and intervals of one candidate teacher, from the jackknife.
///
/// They are about the population: Σ, its own least-squares teacher, and students of as many rows as the table has.
struct CandidateIntervals {
  let teacherInformation, labelInformation, delta, calibratedMargin, beta: IntervalEnds
  let windowEnd, bestLambda, gain: IntervalEnds
  /// Those about baselines, sizes and numbers of rows.
  let baselines: BaselineIntervals

  /// The intervals; nil where some group of rows cannot be spared.
  ///
  /// - Parameters:
  ///   - fits: those without each group.
  ///   - asked: what window, λ and gains are about.
  init?(
    whole: GaussianFit, fits: [GaussianFit?], rows: (whole: Int, without: [Int]), teacherColumns p1: Int,
    studentColumns p2: Int, level: Double, asked: Asked
  ) {
    let k = Double(p2) / Double(rows.whole - p2 - 1)
    func coordinates(_ fit: GaussianFit?, _ rows: Int) -> Coordinates? {
      fit.flatMap { Coordinates($0, rows: rows, teacherColumns: p1, studentColumns: p2, k: k) }
    }
    guard let own = coordinates(whole, rows.whole) else { return nil }
    var without: [[Double]] = []
    for (fit, left) in zip(fits, rows.without) {
      guard let values = coordinates(fit, left)?.values else { return nil }
      without.append(values)
    }
    var jackknife = Jackknife(whole: own.values, without: without, rows: rows)

    // I(s;y) = ln cosh z less its bias, z = artanh R: there the law is nearly normal however small R is.
    let bias = InformationBias.plugIn(n: rows.whole, p1: p2, p2: 1)
    let label = jackknife.estimates[Coordinates.labelInformation]
    jackknife.replace(Coordinates.labelFisher, estimate: acosh(exp(max(0, label + bias))))
    func labelInformation(_ z: Double) -> Double { information(fisher: max(0, z)) - bias }
    // B cannot be below 0, and a sample's B has at least the variance of a chi-squared with p2 degrees of freedom.
    let least = log(own.leastParabolaCurvature)
    let curvature = max(least, jackknife.estimates[Coordinates.logParabolaCurvature])
    jackknife.replace(
      Coordinates.logParabolaCurvature, estimate: curvature,
      leastVariance: 2 / Double(p2) * exp(2 * (least - curvature)))

    func interval(_ index: Int) -> IntervalEnds {
      let (lower, upper) = jackknife.interval(index, level: level)
      return .between(lower, upper, corrected: jackknife.estimates[index])
    }
    func range(_ indices: [Int], _ quantity: ([Double]) -> Double) -> IntervalEnds {
      let (lower, upper) = jackknife.range(indices, level: level, quantity)
      return .between(lower, upper, corrected: quantity(indices.map { jackknife.estimates[$0] }))
    }
    beta = interval(Coordinates.beta)
    let (lower, upper) = jackknife.interval(Coordinates.labelFisher, level: level)
    self.labelInformation = .between(max(0, labelInformation(lower)), max(0, labelInformation(upper)), corrected: label)
    let noise = CandidateIntervals.noInformation(whole, rows: rows.whole, p1, p2)
    if let noise {
      (teacherInformation, delta, calibratedMargin) = (noise, noise, noise)
    } else {
      let ends = jackknife.interval(Coordinates.fisher, level: level)
      let values = [information(fisher: ends.lower), information(fisher: ends.upper)]
      teacherInformation = .between(
        ends.lower * ends.upper < 0 ? 0 : values.min() ?? 0, values.max() ?? 0,
        corrected: information(fisher: jackknife.estimates[Coordinates.fisher]))
      delta = range([Coordinates.fisher, Coordinates.labelFisher]) {
        information(fisher: $0[0]) - labelInformation($0[1])
      }
      calibratedMargin = range([Coordinates.fisher, Coordinates.labelFisher, Coordinates.logScale]) {
        information(fisher: $0[0]) - labelInformation($0[1]) - $0[2]
      }
    }
    let others = Double(max(1, p2 - 1))
    let leastTuned = log(own.leastTunedCurvature)
    let tuned = max(leastTuned, jackknife.estimates[Coordinates.logTunedCurvature])
    jackknife.replace(
      Coordinates.logTunedCurvature, estimate: tuned,
      leastVariance: p2 > 1 ? 2 / others * exp(2 * (leastTuned - tuned)) : 0)
    let new = asked.k(p2)
    // The part of the curvature that is B, and kV at the k that is asked for.
    func parabola(_ beta: Double, _ logParabolaCurvature: Double) -> RelativeParabola {
      RelativeParabola(
        pull: new * (1 - beta),
        parabolaCurvature: exp(max(least, logParabolaCurvature)) + own.leastParabolaCurvature * (new / k - 1))
    }
    let pair = [Coordinates.beta, Coordinates.logParabolaCurvature]
    bestLambda = range(pair) { parabola($0[0], $0[1]).bestLambda }
    windowEnd = range(pair) { parabola($0[0], $0[1]).windowEnd }
    gain = range(pair + [Coordinates.logResidual]) { exp($0[2]) * parabola($0[0], $0[1]).gain }
    baselines = BaselineIntervals(
      jackknife, own, whole, rows: rows.whole, studentColumns: p2, level: level, asked: asked, isNoise: noise,
      parabola: parabola)
  }

  /// The same by resampling, for a table in which some group of rows cannot be spared.
  init(_ bootstrap: Bootstrap, teacher index: Int, rows: Int, studentColumns p2: Int, level: Double, asked: Asked) {
    func percentiles(_ quantity: (GaussianFit) -> Double) -> IntervalEnds {
      bootstrap.percentiles(teacher: index, level: level, quantity)
    }
    let k = Double(p2) / Double(rows - p2 - 1)
    let bias = 2 * InformationBias.plugIn(n: rows, p1: p2, p2: 1)
    teacherInformation = percentiles { $0.teacherInformation }
    labelInformation = percentiles { max(0, $0.labelInformation - bias) }
    delta = percentiles { $0.delta + bias }
    calibratedMargin = percentiles { $0.delta + bias - $0.logScale }
    beta = percentiles { $0.beta }
    let new = asked.k(p2)
    windowEnd = percentiles { $0.windowEnd(k: new, surplus: 2 * k) }
    bestLambda = percentiles { $0.bestLambda(k: new, surplus: 2 * k) }
    gain = percentiles { $0.bestGain(k: new, surplus: 2 * k) }
    baselines = BaselineIntervals(
      percentiles: percentiles, sampleK: k, studentColumns: p2, asked: asked)
  }

  /// No intervals.
  init(notComputable reason: String) {
    let none = IntervalEnds.notComputable(reason)
    (teacherInformation, labelInformation, delta, calibratedMargin, beta) = (none, none, none, none, none)
    (windowEnd, bestLambda, gain) = (none, none, none)
    baselines = BaselineIntervals(notComputable: reason)
  }

  /// Why nothing can be said of informations of the teacher: s or t explains no more than noise would.
  ///
  /// An adjusted R² of 0 or less leaves the direction of the weights, and so the correlation of t and s, unknown.
  private static func noInformation(_ fit: GaussianFit, rows: Int, _ p1: Int, _ p2: Int) -> IntervalEnds? {
    func isNoise(_ explained: Double, _ columns: Int) -> Bool {
      explained * Double(rows - 1 - columns) <= (fit.varY - explained) * Double(columns)
    }
    let role = isNoise(fit.varS, p2) ? "student" : isNoise(fit.varT, p1) ? "teacher" : nil
    return role.map {
      .notComputable("the columns of --\($0) explain no more of the label than as many random ones would")
    }
  }
}

/// What predictions are about.
struct Asked {
  /// The number of training rows of the student.
  let rows: Int
  /// The λ whose crossover is asked for; nil where there is none.
  var crossoverLambda: Double?

  /// k = p2/(n−p2−1).
  func k(_ p2: Int) -> Double { Double(p2) / Double(rows - p2 - 1) }
}

/// The excess risk of mixing with weight α, in units of σε²: R(α) − R(0) = α²·parabolaCurvature − 2α·pull.
struct RelativeParabola {
  /// k(1 − β).
  let pull: Double
  /// (B + kV)/σε².
  let parabolaCurvature: Double

  /// The best α = λ/(1 + λ).
  var alpha: Double { min(1, max(0, pull / parabolaCurvature)) }
  /// The best λ.
  var bestLambda: Double { alpha < 1 ? alpha / (1 - alpha) : .infinity }
  /// The λ up to which distillation helps: twice the best α.
  var windowEnd: Double { alpha < 0.5 ? 2 * alpha / (1 - 2 * alpha) : .infinity }
  /// The most that is gained.
  var gain: Double { alpha * (2 * pull - alpha * parabolaCurvature) }
}
