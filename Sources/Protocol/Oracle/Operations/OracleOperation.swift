// SPDX-License-Identifier: GPL-3.0-or-later
/// One of the operations that an implementation is asked for; the raw value is its name in the protocol.
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
  /// Whether the teacher helps a student that may also shrink: corr(t, s | y) > 0.
  case tunedHelps = "tuned_helps"
  /// What it gains such a student.
  case tunedGain = "tuned_gain"
  /// The risk where m more rows have a teacher but no label.
  case unlabelledRisk = "unlabelled_risk"
  /// The risk where the joint teacher of the labelled rows labels m more.
  case pseudoLabelRisk = "pseudo_label_risk"
  /// The risk by the teacher E[y | x1, x2], or by its fit to N rows of its own.
  case jointTeacherRisk = "joint_teacher_risk"
  /// The risk of ridge on an orthogonal design.
  case ridgeRisk = "ridge_risk"
  /// The best weights of two teachers at once.
  case ensembleWeights = "ensemble_weights"
  /// The number of rows below which a λ helps.
  case crossover
  /// I(t; s | y).
  case conditionalInformation = "conditional_information"
  /// What a statement in text says of an instance.
  case evaluate

  /// The keys of its input, where that is a problem: Σ and what else is needed; nil for operations on data and on indices, and
  /// for statements, beside which stands whatever an instance file may have.
  package var problemKeys: [String]? {
    let (blocks, problem) = (["sigma", "p1", "p2", "q"], ["sigma", "p1", "p2", "q", "w1"])
    return switch self {
    case .mutualInformation, .fitStudent, .ksg, .gaussianPlugIn, .evaluate: nil
    case .cch, .cchPredicts, .conditionalInformation: problem
    case .baselineRisk, .riskSlope, .window, .bestLambda, .helpsForSmallLambda, .tunedHelps, .tunedGain: problem + ["n"]
    case .distillationRisk: problem + ["n", "lambda"]
    case .unlabelledRisk: problem + ["n", "lambda", "unlabelled"]
    case .pseudoLabelRisk: blocks + ["n", "lambda", "unlabelled"]
    case .jointTeacherRisk: blocks + ["n", "lambda", "teacher_rows"]
    case .ridgeRisk: problem + ["n", "lambda", "ridge"]
    case .ensembleWeights: problem + ["w1b", "n"]
    case .crossover: problem + ["lambda"]
    }
  }
}
