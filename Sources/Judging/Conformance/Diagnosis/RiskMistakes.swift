// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// Mistakes about the risk: wrong ingredients, which spoil every operation that uses them, and wrong formulas of one operation.
enum RiskMistakes {
  private static let operations: Set<OracleOperation> = [
    .distillationRisk, .baselineRisk, .riskSlope, .window, .bestLambda, .helpsForSmallLambda,
  ]

  static let all: [WrongFormula] =
    ingredients.map { summary, change in
      WrongFormula(summary: "the formula with \(summary)", operations: operations) { operation, input in
        var facts = try input.risk()
        change(&facts)
        return facts.output(operation)
      }
    }
    + formulas.map { operation, summary, output in
      WrongFormula(summary: summary, operations: [operation]) { _, input in output(try input.risk()) }
    }

  private typealias Change = @Sendable (inout RiskCase) -> Void

  private static let ingredients: [(String, Change)] = [
    ("k = p2/n", { $0.k = $0.p2 / $0.n }),
    ("k = p2/(n−p2)", { $0.k = $0.p2 / ($0.n - $0.p2) }),
    ("k = p2/(n−p2+1)", { $0.k = $0.p2 / ($0.n - $0.p2 + 1) }),
    ("k = p2/(n−p2−2)", { $0.k = $0.p2 / ($0.n - $0.p2 - 2) }),
    ("k = p2/(n−1)", { $0.k = $0.p2 / ($0.n - 1) }),
    ("k = (p2+1)/(n−p2−2), as with an intercept", { $0.k = ($0.p2 + 1) / ($0.n - $0.p2 - 2) }),
    ("k = (p2+1)/(n−p2−1)", { $0.k = ($0.p2 + 1) / ($0.n - $0.p2 - 1) }),
    ("k = (p2−1)/(n−p2−1)", { $0.k = ($0.p2 - 1) / ($0.n - $0.p2 - 1) }),
    ("k = 1/(n−p2−1)", { $0.k = 1 / ($0.n - $0.p2 - 1) }),
    ("k = n/(n−p2−1)", { $0.k = $0.n / ($0.n - $0.p2 - 1) }),
    ("k = p1/(n−p1−1), p1 in place of p2", { $0.k = $0.p1 / ($0.n - $0.p1 - 1) }),
    ("k = p1/(n−p2−1), p1 in place of p2", { $0.k = $0.p1 / ($0.n - $0.p2 - 1) }),
    ("k = (p1+p2)/(n−p1−p2−1), p1+p2 in place of p2", { $0.k = ($0.p1 + $0.p2) / ($0.n - $0.p1 - $0.p2 - 1) }),
    ("k = p2·q/(n−p2−1), the outputs counted", { $0.k = $0.p2 * $0.q / ($0.n - $0.p2 - 1) }),
    ("k = 0, the noise of the training rows forgotten", { $0.k = 0 }),
    ("var(t) in place of ση² = var(t|x2)", { $0.teacherResidualVariance = $0.varT }),
    ("var(y) in place of σε² = var(y|x2)", { $0.residualVariance = $0.varY }),
    ("cov(t,y) in place of c = cov(t,y|x2)", { $0.residualCovariance = $0.covTY }),
    (
      "total in place of residual (co)variances",
      { ($0.residualVariance, $0.teacherResidualVariance, $0.residualCovariance) = ($0.varY, $0.varT, $0.covTY) }
    ),
    ("−c in place of c", { $0.residualCovariance = -$0.residualCovariance }),
    ("c = 0", { $0.residualCovariance = 0 }),
    (
      "σε² and ση² exchanged",
      { ($0.residualVariance, $0.teacherResidualVariance) = ($0.teacherResidualVariance, $0.residualVariance) }
    ),
    ("ση² = 0", { $0.teacherResidualVariance = 0 }),
    ("B = 0, the mismatch (v−w*)ᵀΣ22(v−w*) forgotten", { $0.mismatch = 0 }),
    ("B = ‖v−w*‖², Σ22 forgotten", { $0.mismatch = $0.plainMismatch }),
    ("√B in place of B", { $0.mismatch = $0.mismatch.squareRoot() }),
    ("λ/(1+λ) in place of λ", { $0.lambda = $0.lambda / (1 + $0.lambda) }),
    ("1/λ in place of λ", { $0.lambda = 1 / $0.lambda }),
    (
      "the first output alone (q > 1: sums over the outputs are needed)",
      { facts in
        let first = facts.outputs[0]
        (facts.residualVariance, facts.teacherResidualVariance, facts.residualCovariance, facts.mismatch) = (
          first.residualVariance, first.teacherResidualVariance, first.residualCovariance, first.mismatch
        )
      }
    ),
    (
      "means in place of sums over the outputs (q > 1)",
      { facts in
        facts.residualVariance /= facts.q
        facts.teacherResidualVariance /= facts.q
        facts.residualCovariance /= facts.q
        facts.mismatch /= facts.q
      }
    ),
  ]

  private static let formulas: [(OracleOperation, String, @Sendable (RiskCase) -> FormulaOutput?)] = [
    (
      .distillationRisk, "the formula without the denominator (1+λ)²",
      { .number("risk", $0.residualVariance + $0.numerator) }
    ),
    (
      .distillationRisk, "the formula with 1+λ in place of (1+λ)²",
      { .number("risk", $0.residualVariance + $0.numerator / (1 + $0.lambda)) }
    ),
    (
      .distillationRisk, "the formula with 1+λ² in place of (1+λ)²",
      { .number("risk", $0.residualVariance + $0.numerator / (1 + $0.lambda * $0.lambda)) }
    ),
    (
      .distillationRisk, "the risk without the noise σε² of the fresh row",
      { .number("risk", $0.risk - $0.residualVariance) }
    ),
    (.distillationRisk, "R(0), λ not used", { .number("risk", $0.residualVariance * (1 + $0.k)) }),
    (
      .distillationRisk, "the formula with λc in place of 2λc",
      { .number("risk", $0.risk - $0.k * $0.lambda * $0.residualCovariance / (1 + $0.lambda) / (1 + $0.lambda)) }
    ),
    (
      .distillationRisk, "the formula with λB in place of λ²B",
      { f in
        .number("risk", f.risk + (f.lambda - f.lambda * f.lambda) * f.mismatch / (1 + f.lambda) / (1 + f.lambda))
      }
    ),
    (
      .distillationRisk, "the formula with λση² in place of λ²ση²",
      { f in
        .number(
          "risk",
          f.risk + f.k * (f.lambda - f.lambda * f.lambda) * f.teacherResidualVariance / (1 + f.lambda) / (1 + f.lambda))
      }
    ),
    (
      .distillationRisk, "the formula with λ used as the mixing weight α",
      { f in
        let (a, b) = (f.lambda, 1 - f.lambda)
        return .number(
          "risk",
          f.residualVariance + a * a * f.mismatch + f.k
            * (b * b * f.residualVariance + 2 * a * b * f.residualCovariance + a * a * f.teacherResidualVariance))
      }
    ),
    (.baselineRisk, "σε², the training noise kσε² forgotten", { .number("risk", $0.residualVariance) }),
    (
      .baselineRisk, "kσε² alone, the noise σε² of the fresh row forgotten",
      { .number("risk", $0.residualVariance * $0.k) }
    ),
    (.baselineRisk, "var(y), not given x2", { .number("risk", $0.varY) }),
    (.riskSlope, "2kc alone", { .number("slope", 2 * $0.k * $0.residualCovariance) }),
    (.riskSlope, "the formula without k", { .number("slope", 2 * ($0.residualCovariance - $0.residualVariance)) }),
    (.riskSlope, "2k(c + σε²)", { .number("slope", 2 * $0.k * ($0.residualCovariance + $0.residualVariance)) }),
    (
      .window, "2λ*, twice the best λ",
      { f in
        let bottom = f.mismatch + f.k * (f.teacherResidualVariance - f.residualCovariance)
        return f.residualCovariance >= f.residualVariance
          ? .empty : .number("upper", 2 * f.k * (f.residualVariance - f.residualCovariance) / bottom)
      }
    ),
    (
      .window, "the best λ in place of the upper end",
      { f in
        let bottom = f.mismatch + f.k * (f.teacherResidualVariance - f.residualCovariance)
        return f.residualCovariance >= f.residualVariance
          ? .empty
          : .number("upper", bottom > 0 ? f.k * (f.residualVariance - f.residualCovariance) / bottom : .infinity)
      }
    ),
    (
      .window, "the formula for D > 0 where D ≤ 0 and the window is infinite",
      { f in
        f.residualCovariance >= f.residualVariance
          ? .empty : .number("upper", 2 * f.k * (f.residualVariance - f.residualCovariance) / f.windowDivisor)
      }
    ),
    (
      .window, "an end where the window is empty (c ≥ σε²)",
      { f in
        f.windowDivisor > 0
          ? .number("upper", 2 * f.k * (f.residualVariance - f.residualCovariance) / f.windowDivisor)
          : .infinite("upper")
      }
    ),
    (
      .window, "the mixing weight α = λ/(1+λ) in place of λ",
      { f in
        let upper =
          f.windowDivisor > 0 ? 2 * f.k * (f.residualVariance - f.residualCovariance) / f.windowDivisor : .infinity
        return f.residualCovariance >= f.residualVariance
          ? .empty : .number("upper", upper.isFinite ? upper / (1 + upper) : 1)
      }
    ),
    (
      .window, "the formula with B in place of D",
      { f in
        f.residualCovariance >= f.residualVariance
          ? .empty : .number("upper", 2 * f.k * (f.residualVariance - f.residualCovariance) / f.mismatch)
      }
    ),
    (
      .bestLambda, "the mixing weight α* = λ*/(1+λ*) in place of λ*",
      { f in
        let bottom = f.mismatch + f.k * (f.residualVariance + f.teacherResidualVariance - 2 * f.residualCovariance)
        return .number("lambda", max(0, min(1, f.k * (f.residualVariance - f.residualCovariance) / bottom)))
      }
    ),
    (
      .bestLambda, "the formula, not cut off at 0 and ∞",
      { f in
        .number(
          "lambda",
          f.k * (f.residualVariance - f.residualCovariance)
            / (f.mismatch + f.k * (f.teacherResidualVariance - f.residualCovariance)))
      }
    ),
    (
      .bestLambda, "half the window's upper end",
      { f in
        f.residualCovariance >= f.residualVariance
          ? .numbers(["lambda": 0])
          : f.windowDivisor > 0
            ? .number("lambda", f.k * (f.residualVariance - f.residualCovariance) / f.windowDivisor)
            : .infinite("lambda")
      }
    ),
    (
      .bestLambda, "0 where the best λ is infinite",
      { f in
        let bottom = f.mismatch + f.k * (f.teacherResidualVariance - f.residualCovariance)
        return .number(
          "lambda",
          f.residualCovariance >= f.residualVariance || bottom <= 0
            ? 0 : f.k * (f.residualVariance - f.residualCovariance) / bottom)
      }
    ),
    (.helpsForSmallLambda, "c ≤ σε²: a tie is no help", { .verdict($0.residualCovariance <= $0.residualVariance) }),
    (.helpsForSmallLambda, "c < 0", { .verdict($0.residualCovariance < 0) }),
    (.helpsForSmallLambda, "D < 0, which is about large λ", { .verdict($0.windowDivisor < 0) }),
    (
      .helpsForSmallLambda, "c < ση²: the teacher's noise in place of the label's",
      { .verdict($0.residualCovariance < $0.teacherResidualVariance) }
    ),
    (
      .helpsForSmallLambda, "c < σε² for every output (q > 1: of the sums)",
      { .verdict($0.outputs.allSatisfy { $0.residualCovariance < $0.residualVariance }) }
    ),
    (
      .helpsForSmallLambda, "c < σε² for some output (q > 1: of the sums)",
      { .verdict($0.outputs.contains { $0.residualCovariance < $0.residualVariance }) }
    ),
  ]
}
