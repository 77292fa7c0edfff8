// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Gaussian

/// What intervals are computed from: statistics of a sample with nearly normal laws, free of the bias that is known exactly.
///
/// Shares of variance are adjusted for the weights that were fitted, as an adjusted R² is, and I(s;y) by the exact bias of
/// a Gaussian sample; the jackknife removes what is left of order 1/n.
struct Coordinates {
  /// The place of each in ``values``.
  static let beta = 0, fisher = 1, labelInformation = 2, labelFisher = 3, logResidual = 4, logParabolaCurvature = 5,
    logScale = 6, partialFisher = 7, tunedPull = 8, logTunedCurvature = 9, logResidualRatio = 10

  /// β; artanh corr(t, s); I(s;y); artanh R of y on x2; ln σε²; ln((B + kV)/σε²); ln a; artanh corr(t, s | y); κ − β; ln of the curvature of
  /// the tuned student's risk in the weight of the teacher, over σε²; ln(ση²/σε²).
  ///
  /// κ = (G+kc)/(A+kσε²) is the best multiple: the tuned student gains as far as it is above β.
  let values: [Double]
  /// kV/σε², the least that (B + kV)/σε² can be.
  let leastParabolaCurvature: Double
  /// k·var(t−κy | x2)/σε², the least that the tuned curvature can be over σε².
  let leastTunedCurvature: Double

  /// The statistics of a fit to `rows` rows; nil where one has no finite value.
  ///
  /// - Parameter k: that of the whole table.
  init?(_ fit: GaussianFit, rows: Int, teacherColumns p1: Int, studentColumns p2: Int, k: Double) {
    let n = Double(rows - 1)
    guard rows > p1 + 1, rows > p2 + 1 else { return nil }
    let (teacherFactor, studentFactor) = (n / (n - Double(p1)), n / (n - Double(p2)))
    // The least-squares teacher: var t is what x1 explains of y.
    let varT = fit.varY - (fit.varY - fit.varT) * teacherFactor
    let residual = fit.residualVariance * studentFactor
    let disagreement = fit.differenceVariance * studentFactor
    // B of a sample exceeds B by Vp2/(n−1): of that only a part is taken away here, so that no logarithm becomes wild, and
    // the rest by the jackknife.
    let rest = 2 / Double(p2 + 2)
    let curvature = fit.mismatch + (k - (1 - rest) * Double(p2) / n) * disagreement
    let correlation = fit.covTS / (fit.varT * fit.varS).squareRoot()
    // κ of the population's A, G, σε² and c: those of the sample less what its fits add, and that of k.
    let covariance = varT - fit.covTS
    let excess = k - Double(p2) / n
    let factor = (fit.covTS + excess * covariance) / (fit.varS + excess * residual)
    let noise =
      (fit.teacherResidualVariance + factor * (factor * fit.residualVariance - 2 * fit.residualCovariance))
      * studentFactor
    // As above, for the p2 − 1 directions that are left beside that of s.
    let others = Double(p2 - 1)
    let square = fit.teacherVariance - fit.covTS * fit.covTS / fit.varS
    let tuned = square + (k - (1 - 2 / (others + 2)) * others / n) * noise
    values = [
      (varT - fit.covTS) / residual, atanh(correlation),
      fit.labelInformation - InformationBias.plugIn(n: rows, p1: p2, p2: 1),
      atanh((fit.varS / fit.varY).squareRoot()), log(residual), log(curvature / residual), fit.logScale,
      atanh(fit.correlationGivenLabel), factor - covariance / residual, log(tuned / residual),
      log(fit.teacherResidualVariance * studentFactor / residual),
    ]
    leastParabolaCurvature = k * disagreement / residual
    leastTunedCurvature = k * noise / residual
    guard values.allSatisfy(\.isFinite), leastParabolaCurvature > 0, leastTunedCurvature > 0 else { return nil }
  }
}

/// ln cosh z: the information of two variables whose correlation is tanh z, in nats.
func information(fisher z: Double) -> Double { abs(z) + log1p(exp(-2 * abs(z))) - log(2) }
