// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation

/// Curves for pictures: the risk against the weight of the teacher, and the gain against the number of rows.
public struct AdviceCurves: Sendable {
  /// The risk at one weight of the teacher.
  public struct RiskPoint: Sendable {
    /// α = λ/(1+λ), or the weight of the teacher of the student that may shrink.
    public let weight: Double
    /// (R − R0)/R0 of the student with labels (1−α)y + αt.
    public let plain: Interval
    /// The same of the student whose weight of the labels is the best for that of the teacher.
    public let tuned: Double
  }

  /// The gain at one number of rows.
  public struct RowsPoint: Sendable {
    /// n.
    public let rows: Int
    /// The gain at the best λ over the student as it is, as a share of R0.
    public let plain: Double
    /// The gain of the best weights over the best student without a teacher, as a share of R0.
    public let tuned: Double
  }

  /// The risk from weight 0 to where the picture ends.
  public let risk: [RiskPoint]
  /// The gain from the fewest rows with a finite risk on.
  public let rows: [RowsPoint]

  init(
    _ promise: Promise, _ traces: ConditionalMoments<Rational>, rows n: Int, sampleK: Rational, inputs p2: Int,
    _ intervals: BaselineIntervals
  ) {
    let unit = traces.residualVariance
    // In units of σε², so that no size is beyond the range of double precision.
    let moments = ConditionalMoments(
      varT: (traces.varT / unit).asDouble, covTY: (traces.covTY / unit).asDouble, varY: (traces.varY / unit).asDouble,
      teacherResidualVariance: (traces.teacherResidualVariance / unit).asDouble,
      residualCovariance: (traces.residualCovariance / unit).asDouble, residualVariance: 1)
    let mismatch = (promise.terms.mismatch / unit).asDouble
    let own = sampleK.asDouble
    func terms(_ k: Double) -> RiskTerms<Double> {
      var terms = RiskTerms(moments, k: k)
      terms.mismatch = mismatch
      return terms
    }
    func student(_ k: Double) -> LinearStudent<Double> {
      LinearStudent(sample: moments, sampleK: own, k: k, inputs: p2)
    }
    func k(_ n: Int) -> Double { Double(p2) / Double(n - p2 - 1) }

    let (plain, tuned) = (terms(k(n)), student(k(n)))
    let base = plain.baselineRisk
    let best = max(plain.bestMixingWeight, min(1, tuned.bestWeights.b))
    let end = best > 0 ? min(1, 2.6 * best) : 1
    risk = (0...24).map { step in
      let weight = end * Double(step) / 24
      let change = weight * (weight * plain.parabolaCurvature - 2 * plain.pull) / base
      let label = (tuned.labelPull - weight * tuned.product) / tuned.labelSquare
      return RiskPoint(
        weight: weight, plain: Interval(estimate: change, intervals.riskChange(weight)),
        tuned: (tuned.excess(label, weight) - tuned.asItIs) / base)
    }
    let (first, last) = (Double(p2 + 2), Double(max(1_000 * p2, 4 * n)))
    var places = (0...30).map { Int((first * pow(last / first, Double($0) / 30)).rounded()) } + [n]
    places = Set(places).sorted()
    rows = places.map { n in
      let (plain, tuned) = (terms(k(n)), student(k(n)))
      return RowsPoint(
        rows: n, plain: plain.bestGain / plain.baselineRisk, tuned: tuned.tunedGain / plain.baselineRisk)
    }
  }
}
