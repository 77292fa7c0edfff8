// SPDX-License-Identifier: GPL-3.0-or-later
/// One of the twelve operations that an implementation is asked for; the raw value is its name in the protocol.
public enum OracleOperation: String, CaseIterable, Sendable, Hashable {
  /// I(u; w) of two lists of coordinates.
  case mutualInformation = "mutual_information"
  /// I(t; s), I(s; y) and their difference.
  case cch
  /// R(λ).
  case distillationRisk = "kd_risk"
  /// R0 = R(0).
  case baselineRisk = "baseline_risk"
  /// dR/dλ at 0.
  case riskSlope = "risk_slope"
  /// The λ > 0 with R(λ) < R0.
  case window
  /// The λ where R is smallest.
  case bestLambda = "best_lambda"
  /// Whether R(λ) < R0 for all small λ > 0.
  case helpsForSmallLambda = "helps_for_small_lambda"
  /// Whether ΔI > 0.
  case cchPredicts = "cch_predicts"
  /// The student's weights on data.
  case fitStudent = "fit_student"
  /// The KSG estimate on data.
  case ksg
  /// The Gaussian plug-in estimate on data.
  case gaussianPlugIn = "gaussian_plugin"
}
