// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// What a problem is there to show; it gives its vectors their flags and says which mistake each catches.
enum Topic {
  case scalar, typical, teacherLarger, studentLarger, loudTeacher, quietTeacher, negatedTeacher, squareTeacher
  case severalOutputs, fewestRows, manyRows, negativeCovariance, negativeCurvature, overreacting, endlessWindow
  case imitation, tie, zeroCurvature, imitationTie, nearTie, illConditioned, faithful, scaled, mixedScales
  case large, aligned, unrelatedViews, silentTeacher, blindStudent, fractions, informationTie, weak, fullMantissas
  case unlabelledRows, fittedTeacher, ridge, twoTeachers, crossover, tunedTie, shrinkage, givenLabel

  /// The flags of a vector of this topic.
  func flags(_ operation: OracleOperation) -> [Flag] {
    let asksInformation = operation.asksForInformation
    switch self {
    case .scalar: return asksInformation ? [.typical, .bitsForNats, .missingHalf] : [.typical, .ratio, .mixingWeight]
    case .typical:
      return asksInformation
        ? [.typical, .bitsForNats, .conditioning] : [.typical, .ratio, .conditioning] + ownFlags(operation)
    case .teacherLarger, .studentLarger:
      return [.swappedBlocks, .severalInputs] + (asksInformation ? [] : [.ratio])
    case .loudTeacher, .quietTeacher: return [.unscaledTeacher]
    case .negatedTeacher: return [.sign, .unscaledTeacher]
    case .squareTeacher: return [.transposedTeacher, .severalOutputs]
    case .severalOutputs: return [.severalOutputs]
    case .fewestRows, .manyRows: return [.ratio]
    case .negativeCovariance, .negativeCurvature: return [.sign, .marginal]
    case .overreacting, .endlessWindow, .imitation: return [.clamping, .sign]
    case .tie, .zeroCurvature, .imitationTie, .informationTie: return [.tie, .strictness]
    case .nearTie: return [.strictness]
    case .illConditioned, .faithful: return [.illConditioned]
    case .scaled, .mixedScales: return [.scale]
    case .large: return [.largeDimension]
    case .aligned, .unrelatedViews: return [.degenerate, .conditioning]
    case .silentTeacher, .blindStudent: return [.degenerate]
    case .fractions: return [.exactArithmetic]
    case .weak: return [.marginal]
    case .fullMantissas: return [.fullMantissas]
    case .unlabelledRows: return [.unlabelledRows]
    case .fittedTeacher: return [.fittedTeacher]
    case .ridge: return [.ridge]
    case .twoTeachers: return [.severalTeachers]
    case .crossover: return [.clamping, .sign]
    case .tunedTie: return [.tie, .strictness]
    case .shrinkage: return [.shrinkage]
    case .givenLabel: return [.marginal]
    }
  }

  /// The flags of an ordinary case of what the operation alone is about.
  private func ownFlags(_ operation: OracleOperation) -> [Flag] {
    switch operation {
    case .tunedHelps, .tunedGain: [.shrinkage]
    case .unlabelledRisk: [.unlabelledRows]
    case .pseudoLabelRisk: [.unlabelledRows, .fittedTeacher]
    case .jointTeacherRisk: [.fittedTeacher]
    case .ridgeRisk: [.ridge]
    case .ensembleWeights: [.severalTeachers]
    default: []
    }
  }

  /// The mistake that a vector of this topic catches.
  func catches(_ operation: OracleOperation) -> String {
    switch self {
    case .scalar, .typical: typicalMistake(operation)
    case .teacherLarger, .studentLarger:
      "p1 and p2 exchanged, or Σ read in another order than x1, x2, y"
        + (operation == .cch ? "; x1 or x2 in the place of t or s" : "")
    case .loudTeacher, .quietTeacher:
      "the teacher's weights normalised, ignored, or replaced by the least-squares ones"
    case .negatedTeacher: "the sign of w1 or of c lost, as by an absolute value or a square"
    case .squareTeacher: "w1 transposed: p1 = q hides it in the sizes"
    case .severalOutputs:
      operation == .cch || operation == .cchPredicts
        ? "only the first output used, informations of outputs added, or traces in the place of determinants"
        : "only the first output used, a determinant or a mean in the place of the trace, or cross terms counted"
    case .fewestRows: "k off by one where n = p2+2: p2/(n−p2), p2/n, or a refusal"
    case .manyRows: "k = 0 for many rows, or whole-number division"
    case .negativeCovariance: "the sign of c, or cov(t, y) in the place of cov(t, y | x2)"
    case .negativeCurvature: "a window that ends at a negative or absolute number where D < 0"
    case .overreacting: operation == .window ? "a window where c > σε²" : "the case c > σε²: the answer is clamped at 0"
    case .endlessWindow: "an end of the window where D < 0, or the D of the wrong sign"
    case .imitation: "α* ≥ 1 not clamped: λ* is infinite, not negative"
    case .tie: "c = σε² counted as help: the inequality is strict"
    case .zeroCurvature: "a division by D = 0: the window has no end"
    case .imitationTie: "a division by zero at α* = 1: λ* is infinite"
    case .informationTie: "ΔI = 0 counted as ΔI > 0"
    case .nearTie: "an absolute threshold such as 1e-6 in a comparison"
    case .illConditioned: "Σ22 inverted badly, regularised, or replaced by its diagonal"
    case .faithful: "σε² lost in cancellation, or clamped from below, where x2 nearly determines y"
    case .scaled: "squares that overflow or underflow, and absolute thresholds, at 1e±150"
    case .mixedScales: "absolute thresholds and correlations in the place of covariances, where scales differ"
    case .large: "fixed sizes, or determinants that under- or overflow, in many variables"
    case .aligned: "B taken with Σ22⁻¹ or without Σ22: here v = w* and B = 0"
    case .unrelatedViews: "a division by v = 0, or Σ12 confused with Σ13"
    case .silentTeacher:
      operation.asksForInformation
        ? "an information of t = 0 reported" : "the risk refused for w1 = 0, where it is defined"
    case .blindStudent:
      operation.asksForInformation
        ? "an information of s = 0 reported" : "the risk refused for w* = 0, where it is defined"
    case .fractions: "a program that claims to be exact and rounds"
    case .fullMantissas: "single precision"
    case .weak: "informations by a series, by ρ for ρ², or rounded away, where they are small"
    case .unlabelledRows: "n for n+m, or m for n+m, where m is at an end of what it may be"
    case .fittedTeacher: "the noise of a fitted teacher forgotten, or of the wrong number of rows"
    case .ridge: "μ not divided by n, or the noise p2/(n−p2−1) of Gaussian rows where the design is orthogonal"
    case .twoTeachers: "weights made positive, or to sum to 1; a teacher left out"
    case .crossover: "a number of rows made positive, rounded, or cut off; null and empty exchanged where B = 0"
    case .tunedTie: "corr(t,s|y) = 0 counted as help: the inequality is strict"
    case .shrinkage: "c < σε² in the place of corr(t,s|y) > 0, which is about a student that may shrink"
    case .givenLabel: "I(t;s) in the place of I(t;s|y)"
    }
  }

  private func typicalMistake(_ operation: OracleOperation) -> String {
    switch operation {
    case .cch: "bits for nats, a missing ½, I(x1; y) or I(t; y) in the place of I(s; y), delta of the wrong sign"
    case .cchPredicts: "the difference taken the wrong way round, or another pair of informations"
    case .distillationRisk: "k, the square of 1+λ, the factor 2 of c, B or the noise σε² of the fresh label missing"
    case .baselineRisk: "k = p2/n, p2/(n−p2) or p2/(n−p2−2), or the noise of the fresh label missing"
    case .riskSlope: "the factor 2, k or the sign missing, or a derivative with respect to α away from 0"
    case .window: "α for λ, the factor 2 or k missing, or B missing from D"
    case .bestLambda: "α* for λ*, or the optimum of the training error"
    case .helpsForSmallLambda: "cov(t, y) for c, var(y) for σε², or the CCH's answer"
    case .tunedHelps: "c < σε², cov(t,s) > 0, or the CCH's answer, in the place of corr(t,s|y) > 0"
    case .tunedGain: "the gain over the student as it is, a lost k, or the ratio without the determinant"
    case .unlabelledRisk: "k of n rows for both fits, k of m rows, or c with the k of n rows"
    case .pseudoLabelRisk: "κ forgotten, n−p2−1 in the place of n−p1−p2−1, α² for 2α−α²"
    case .jointTeacherRisk: "B of the fitted weights forgotten, K of n rows in the place of N, α² forgotten"
    case .ridgeRisk: "the shrinkage n/(n+μ) not squared, applied to the bias only, or k of Gaussian rows"
    case .ensembleWeights: "V or B of the pair forgotten, weights that sum to 1, k forgotten on one side"
    case .crossover: "p2+1 forgotten, λ in the place of λB, p2 forgotten, the sign of ση²−σε²"
    case .conditionalInformation: "I(t;s), I(t;y|s), bits, or a missing ½"
    default: "a wrong formula"
    }
  }
}
