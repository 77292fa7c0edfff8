// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// Ridge, two teachers at once, and the number of rows below which λ helps.
extension StudentFormulaMistakes {
  static let ridge: [Entry] = [
    (
      .ridgeRisk, "the formula with 1/(1+μ) in place of n/(n+μ)",
      { f in .number("risk", f.ridgeRisk(1 / (1 + f.ridge), f.p2 / f.n / (1 + f.ridge) / (1 + f.ridge))) }
    ),
    (
      .ridgeRisk, "the formula with μ/p2 in place of μ",
      { f in
        let kept = f.n / (f.n + f.ridge / f.p2)
        return .number("risk", f.ridgeRisk(kept, kept * kept * f.p2 / f.n))
      }
    ),
    (
      .ridgeRisk, "the formula with nμ in place of μ",
      { f in
        let kept = 1 / (1 + f.n * f.ridge)
        return .number("risk", f.ridgeRisk(kept, kept * kept * f.p2 / f.n))
      }
    ),
    (
      .ridgeRisk, "the formula with 2μ in place of μ",
      { f in
        let kept = f.n / (f.n + 2 * f.ridge)
        return .number("risk", f.ridgeRisk(kept, kept * kept * f.p2 / f.n))
      }
    ),
    (
      .ridgeRisk, "the formula with μ² in place of μ",
      { f in
        let kept = f.n / (f.n + f.ridge * f.ridge)
        return .number("risk", f.ridgeRisk(kept, kept * kept * f.p2 / f.n))
      }
    ),
    (
      .ridgeRisk, "the formula with p2/(n−p2−1) in place of p2/n, as for Gaussian rows",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept * $0.k)) }
    ),
    (
      .ridgeRisk, "the formula with p2/(n−p2) in place of p2/n",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept * $0.p2 / ($0.n - $0.p2))) }
    ),
    (
      .ridgeRisk, "the formula with the noise p2/(n+μ): n/(n+μ) not squared",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.p2 / $0.n)) }
    ),
    (
      .ridgeRisk, "the formula with the noise p2/n, not shrunk",
      { .number("risk", $0.ridgeRisk($0.kept, $0.p2 / $0.n)) }
    ),
    (
      .ridgeRisk, "the formula with the noise 1/n for each of p2 weights counted once",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept / $0.n)) }
    ),
    (
      .ridgeRisk, "the formula with p1 in place of p2",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept * $0.p1 / $0.n)) }
    ),
    (.ridgeRisk, "the risk without ridge, μ not used", { .number("risk", $0.ridgeRisk(1, $0.p2 / $0.n)) }),
    (
      .ridgeRisk, "the formula without the bias of the shrinkage",
      { f in
        .number(
          "risk",
          f.noise + f.alpha * f.alpha * f.mismatch + f.ridgeRisk(f.kept, f.kept * f.kept * f.p2 / f.n)
            - f.ridgeRisk(f.kept, 0))
      }
    ),
    (
      .ridgeRisk, "the formula without the product of the two biases",
      { f in
        .number(
          "risk",
          f.ridgeRisk(f.kept, f.kept * f.kept * f.p2 / f.n) + 2 * (1 - f.kept) * f.kept * f.alpha * (f.covTS - f.varS))
      }
    ),
    (
      .ridgeRisk, "the formula with αB in place of α²B",
      { f in
        let excess = f.kept * f.kept * (f.alpha - f.alpha * f.alpha) * f.mismatch
        return .number("risk", f.ridgeRisk(f.kept, f.kept * f.kept * f.p2 / f.n) + excess)
      }
    ),
    (
      .ridgeRisk, "the formula with αση² in place of α²ση²",
      { f in
        let noise = f.kept * f.kept * f.p2 / f.n
        return .number(
          "risk", f.ridgeRisk(f.kept, noise) + (f.alpha - f.alpha * f.alpha) * noise * f.teacherResidualVariance)
      }
    ),
    (
      .ridgeRisk, "the formula with c counted once in place of twice",
      { f in
        let noise = f.kept * f.kept * f.p2 / f.n
        return .number("risk", f.ridgeRisk(f.kept, noise) - f.rest * f.alpha * noise * f.both)
      }
    ),
    (
      .ridgeRisk, "the formula with the bias of the shrinkage not squared",
      { f in
        let lost = 1 - f.kept
        return .number("risk", f.ridgeRisk(f.kept, f.kept * f.kept * f.p2 / f.n) + (lost - lost * lost) * f.varS)
      }
    ),
    (
      .ridgeRisk, "the formula with the other sign of the product of the two biases",
      { f in
        let product = 2 * (1 - f.kept) * f.kept * f.alpha * (f.covTS - f.varS)
        return .number("risk", f.ridgeRisk(f.kept, f.kept * f.kept * f.p2 / f.n) + 2 * product)
      }
    ),
    (
      .ridgeRisk, "the formula with √(n/(n+μ)) in place of n/(n+μ)",
      { f in .number("risk", f.ridgeRisk(f.kept.squareRoot(), f.kept * f.p2 / f.n)) }
    ),
    (
      .ridgeRisk, "the risk without the noise σε² of the fresh row",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept * $0.p2 / $0.n) - $0.noise) }
    ),
    (.ridgeRisk, "R(λ) of least squares on Gaussian rows", { .number("risk", $0.mixedRisk($0.k, $0.k, $0.k)) }),
  ]

  static let ensembles: [Entry] = [
    (
      .ensembleWeights, "the best weights divided by their sum",
      { f in
        let b = f.ensemble(f.form, f.pull).weights
        return .onlyWeights(b.map { $0 / (b[0] + b[1]) })
      }
    ),
    (
      .ensembleWeights, "the best weights, negative ones as 0",
      { f in .onlyWeights(f.ensemble(f.form, f.pull).weights.map { max(0, $0) }) }
    ),
    (
      .ensembleWeights, "the best weights in the other order",
      { f in .onlyWeights(f.ensemble(f.form, f.pull).weights.reversed()) }
    ),
    (
      .ensembleWeights, "the best weights with the other sign",
      { f in .onlyWeights(f.ensemble(f.form, f.pull).weights.map { -$0 }) }
    ),
    (
      .ensembleWeights, "weights of λ: b/(1−Σb)",
      { f in
        let b = f.ensemble(f.form, f.pull).weights
        return .onlyWeights(b.map { $0 / (1 - b[0] - b[1]) })
      }
    ),
    (.ensembleWeights, "weights of a half each", { _ in .onlyWeights([0.5, 0.5]) }),
    (
      .ensembleWeights, "each teacher's best weight alone: only the diagonal",
      { f in .weights(f.ensemble([f.form[0], 0, f.form[2]], f.pull)) }
    ),
    (
      .ensembleWeights, "the formula with V = 0, the noise of the teachers forgotten",
      { f in .weights(f.ensemble(f.mismatches, f.pull)) }
    ),
    (.ensembleWeights, "the formula with B = 0", { f in .weights(f.ensemble(f.differences.map { f.k * $0 }, f.pull)) }),
    (
      .ensembleWeights, "the formula with B + V in place of B + kV",
      { f in .weights(f.ensemble(zip(f.mismatches, f.differences).map(+), f.pull)) }
    ),
    (.ensembleWeights, "the formula without k on the right side", { f in .weights(f.ensemble(f.form, f.slacks)) }),
    (
      .ensembleWeights, "the formula with c in place of σε²−c",
      { f in .weights(f.ensemble(f.form, f.slacks.map { f.k * (f.noise - $0) })) }
    ),
    (.ensembleWeights, "the gain twice", { f in .numbers(["gain": 2 * f.ensemble(f.form, f.pull).gain]) }),
    (.ensembleWeights, "half the gain", { f in .numbers(["gain": f.ensemble(f.form, f.pull).gain / 2]) }),
    (.ensembleWeights, "the gain with the other sign", { f in .numbers(["gain": -f.ensemble(f.form, f.pull).gain]) }),
    (
      .ensembleWeights, "the risk in place of the gain",
      { f in .numbers(["gain": f.noise * (1 + f.k) - f.ensemble(f.form, f.pull).gain]) }
    ),
    (
      .ensembleWeights, "the gain of the first teacher alone",
      { f in .numbers(["gain": f.pull[0] * f.pull[0] / f.form[0]]) }
    ),
  ]

  static let crossovers: [Entry] = [
    (.crossover, "the formula without p2+1", { .crossover($0, $0.p2 * $0.saved / ($0.lambda * $0.mismatch)) }),
    (
      .crossover, "the formula with p2 in place of p2+1",
      { .crossover($0, $0.p2 + $0.p2 * $0.saved / ($0.lambda * $0.mismatch)) }
    ),
    (
      .crossover, "the formula with p2+2 in place of p2+1",
      { .crossover($0, $0.p2 + 2 + $0.p2 * $0.saved / ($0.lambda * $0.mismatch)) }
    ),
    (
      .crossover, "the formula without the factor p2",
      { .crossover($0, $0.p2 + 1 + $0.saved / ($0.lambda * $0.mismatch)) }
    ),
    (
      .crossover, "the formula with p1 in place of p2",
      { .crossover($0, $0.p1 + 1 + $0.p1 * $0.saved / ($0.lambda * $0.mismatch)) }
    ),
    (.crossover, "the formula with B in place of λB", { .crossover($0, $0.p2 + 1 + $0.p2 * $0.saved / $0.mismatch) }),
    (
      .crossover, "the formula with λ²B in place of λB",
      { .crossover($0, $0.p2 + 1 + $0.p2 * $0.saved / ($0.lambda * $0.lambda * $0.mismatch)) }
    ),
    (
      .crossover, "the formula with σε²−c in place of 2(σε²−c)",
      { f in .crossover(f, f.p2 + 1 + f.p2 * (f.saved - f.noise + f.both) / (f.lambda * f.mismatch)) }
    ),
    (
      .crossover, "the formula with λση² in place of λ(ση²−σε²)",
      { f in .crossover(f, f.p2 + 1 + f.p2 * (f.saved - f.lambda * f.noise) / (f.lambda * f.mismatch)) }
    ),
    (
      .crossover, "the formula with λ(σε²−ση²), the sign",
      { f in
        .crossover(
          f,
          f.p2 + 1 + f.p2 * (f.saved + 2 * f.lambda * (f.teacherResidualVariance - f.noise)) / (f.lambda * f.mismatch))
      }
    ),
    (
      .crossover, "the formula with ση²−c in place of ση²−σε², the number up to which more λ is better",
      { f in
        .crossover(
          f,
          f.p2 + 1 + f.p2 * (f.noise - f.both - f.lambda * (f.teacherResidualVariance - f.both))
            / (f.lambda * f.mismatch))
      }
    ),
    (
      .crossover, "the right number rounded down",
      { f in .crossover(f, (f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch)).rounded(.down)) }
    ),
    (
      .crossover, "the right number rounded up",
      { f in .crossover(f, (f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch)).rounded(.up)) }
    ),
    (
      .crossover, "the right number rounded",
      { f in .crossover(f, (f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch)).rounded()) }
    ),
    (
      .crossover, "the right number, raised to p2+2 where it is less",
      { f in .crossover(f, max(f.p2 + 2, f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch))) }
    ),
    (
      .crossover, "the right number, raised to 0 where it is less",
      { f in .crossover(f, max(0, f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch))) }
    ),
    (
      .crossover, "empty where the number is below p2+2",
      { f in
        let rows = f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch)
        return rows <= f.p2 + 2 ? .empty : .number("n", rows)
      }
    ),
    (
      .crossover, "null where the number is below p2+2",
      { f in
        let rows = f.p2 + 1 + f.p2 * f.saved / (f.lambda * f.mismatch)
        return rows <= f.p2 + 2 ? .infinite("n") : .number("n", rows)
      }
    ),
  ]
}

extension FormulaOutput {
  /// The weights alone, whatever the gain is.
  static func onlyWeights(_ weights: [Double]) -> FormulaOutput {
    .numbers(Dictionary(uniqueKeysWithValues: weights.enumerated().map { (OutputPlace("weights", $0), $1) }))
  }

  /// A number of rows, where there is one.
  static func crossover(_ facts: StudentCase, _ rows: Double) -> FormulaOutput? {
    facts.mismatch > 0 ? .number("n", rows) : nil
  }
}
