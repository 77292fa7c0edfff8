// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import Foundation

/// The intervals of what a teacher does for a tuned student, of sizes, of the crossover, and of the curve of the risk.
///
/// From the coordinates of the jackknife: functions of several are ranges over their ellipsoid, as in ``CandidateIntervals``.
struct BaselineIntervals {
  /// Of corr(t, s | y).
  let correlationGivenLabel: IntervalEnds
  /// Of the gain of the tuned student, in squared units of the label, and as a share of the least risk without a teacher.
  let tunedGain, tunedShare: IntervalEnds
  /// Of the share of the untuned gain that shrinking alone brings.
  let shrinkageShare: IntervalEnds
  /// Of the number of rows up to which distillation helps at the λ that is asked for.
  let crossover: IntervalEnds
  /// (R(α) − R0)/R0, at any α in [0, 1].
  let riskChange: (_ alpha: Double) -> IntervalEnds

  init(
    _ jackknife: Jackknife, _ own: Coordinates, _ whole: GaussianFit, rows: Int, studentColumns p2: Int, level: Double,
    asked: Asked,
    isNoise: IntervalEnds?, parabola: @escaping (Double, Double) -> RelativeParabola
  ) {
    let k = Double(p2) / Double(rows - p2 - 1)
    let new = asked.k(p2)
    func range(_ indices: [Int], _ quantity: ([Double]) -> Double) -> IntervalEnds {
      let (lower, upper) = jackknife.range(indices, level: level, quantity)
      return .between(lower, upper, corrected: quantity(indices.map { jackknife.estimates[$0] }))
    }
    let partial = Coordinates.partialFisher
    let ends = jackknife.interval(partial, level: level)
    correlationGivenLabel =
      isNoise ?? .between(tanh(ends.lower), tanh(ends.upper), corrected: tanh(jackknife.estimates[partial]))

    /// A/σε² of the population: R² less its bias, as odds.
    func odds(_ fisher: Double) -> Double {
      let square = tanh(max(0, fisher)) * tanh(max(0, fisher))
      return square / (1 - square)
    }
    let odds0 = odds(jackknife.estimates[Coordinates.labelFisher])
    let least = log(own.leastTunedCurvature)
    let (shift, floor) = BaselineIntervals.curvatures(whole, sampleK: k, k: new, inputs: p2)
    /// The gain over σε²: P²/H, P = k(κ−β) at the k that is asked for, (A+kσε²)(κ−β) being the same at any k.
    func gain(_ pull: Double, _ logParabolaCurvature: Double, _ odds: Double) -> Double {
      let ratio = odds + new > 0 ? (odds + k) / (odds + new) : 1
      let curvature = max(floor, exp(max(least, logParabolaCurvature)) + shift)
      let own = new * max(0, pull) * (new == k ? 1 : ratio)
      return own * own / curvature
    }
    let pair = [Coordinates.tunedPull, Coordinates.logTunedCurvature]
    tunedGain =
      isNoise ?? range(pair + [Coordinates.logResidual]) { exp($0[2]) * gain($0[0], $0[1], odds0) }
    tunedShare =
      isNoise
      ?? range(pair + [Coordinates.labelFisher]) {
        let odds = odds($0[2])
        // The risk without a teacher over σε²: 1 + kA/(A+kσε²).
        return gain($0[0], $0[1], odds) / (1 + new * odds / (odds + new))
      }
    let plain = [Coordinates.beta, Coordinates.logParabolaCurvature]
    shrinkageShare =
      isNoise
      ?? range(plain + [Coordinates.labelFisher]) {
        let (own, shrinking) = (parabola($0[0], $0[1]).gain, new * new / (odds($0[2]) + new))
        return own > 0 ? min(1, shrinking / own) : 1
      }
    crossover =
      asked.crossoverLambda.map { lambda in
        range(plain + [Coordinates.logResidualRatio]) {
          // B is what is above the least; what rounding leaves of that is none.
          let above = exp($0[1]) - own.leastParabolaCurvature
          let mismatch = above > 1e-9 * own.leastParabolaCurvature ? above : 0
          let pull = 2 * (1 - $0[0]) - lambda * (exp($0[2]) - 1)
          return crossoverRows(pull: pull, lambda: lambda, mismatch: mismatch, inputs: p2)
        }
      } ?? .notComputable("no weight of the teacher helps")
    riskChange = { alpha in
      range(plain) {
        let curve = parabola($0[0], $0[1])
        return alpha * (alpha * curve.parabolaCurvature - 2 * curve.pull) / (1 + new)
      }
    }
  }

  /// How much H/σε² is larger at `k` than at that of the sample, where κ is another too, and the least that it can be there: k·var(t | x2, y)/σε².
  private static func curvatures(_ fit: GaussianFit, sampleK: Double, k: Double, inputs p2: Int) -> (
    shift: Double, floor: Double
  ) {
    let moments = fit.moments
    func curvature(_ k: Double) -> Double {
      let student = LinearStudent(sample: moments, sampleK: sampleK, k: k, inputs: p2)
      return student.determinant / student.labelSquare / moments.residualVariance
    }
    let left = moments.teacherResidualVariance - moments.residualCovariance * moments.beta
    return (k == sampleK ? 0 : curvature(k) - curvature(sampleK), k * max(0, left) / moments.residualVariance)
  }

  /// The same by percentiles of resamples.
  init(
    percentiles: @escaping (@escaping (GaussianFit) -> Double) -> IntervalEnds, sampleK k: Double,
    studentColumns p2: Int,
    asked: Asked
  ) {
    let new = asked.k(p2)
    func student(_ fit: GaussianFit) -> LinearStudent<Double> {
      LinearStudent(sample: fit.moments, sampleK: 2 * k, k: new, inputs: p2)
    }
    correlationGivenLabel = percentiles { $0.correlationGivenLabel }
    tunedGain = percentiles { student($0).tunedGain }
    tunedShare = percentiles { student($0).tunedGain / ($0.residualVariance + student($0).untaught) }
    shrinkageShare = percentiles {
      let gain = $0.bestGain(k: new, surplus: 2 * k)
      return gain > 0 ? min(1, (student($0).asItIs - student($0).untaught) / gain) : 1
    }
    crossover =
      asked.crossoverLambda.map { lambda in
        percentiles { fit in
          let terms = fit.terms(k: k, surplus: 2 * k)
          return crossoverRows(
            pull: 2 * terms.slack - lambda * (terms.teacherResidualVariance - terms.residualVariance), lambda: lambda,
            mismatch: terms.mismatch, inputs: p2)
        }
      } ?? .notComputable("no weight of the teacher helps")
    riskChange = { alpha in
      percentiles { fit in
        let terms = fit.terms(k: new, surplus: 2 * k)
        return alpha * (alpha * terms.parabolaCurvature - 2 * terms.pull) / terms.baselineRisk
      }
    }
  }

  /// No intervals.
  init(notComputable reason: String) {
    let none = IntervalEnds.notComputable(reason)
    (correlationGivenLabel, tunedGain, tunedShare, shrinkageShare, crossover) = (none, none, none, none, none)
    riskChange = { _ in none }
  }
}

/// p2 + 1 + p2·pull/(λB), the number of rows below which λ helps, pull = 2(σε²−c) − λ(ση²−σε²): at least p2+1, and no number where B = 0.
private func crossoverRows(pull: Double, lambda: Double, mismatch: Double, inputs p2: Int) -> Double {
  guard pull > 0 else { return Double(p2 + 1) }
  return mismatch > 0 ? Double(p2 + 1) + Double(p2) * pull / (lambda * mismatch) : .infinity
}
