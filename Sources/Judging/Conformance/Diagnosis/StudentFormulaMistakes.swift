// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// Wrong formulas of one operation on tuned students, further rows or other teachers, as the end of "every failure equals …".
enum StudentFormulaMistakes {
  typealias Entry = (OracleOperation, String, @Sendable (StudentCase) -> FormulaOutput?)

  static let all: [Entry] = tuned + rows + joint + ridge + ensembles + crossovers

  private static let tuned: [Entry] = [
    (.tunedHelps, "c < σε², which is about a student that may not shrink", { .verdict($0.both < $0.noise) }),
    (.tunedHelps, "cov(t,s) > 0, not given y", { .verdict($0.covTS > 0) }),
    (.tunedHelps, "cov(t,y) > 0", { .verdict($0.covTY > 0) }),
    (
      .tunedHelps, "cov(t,s)·var(y) ≥ cov(t,y)·var(s): a tie is no help",
      { .verdict($0.alignment >= -1e-12 * $0.noise) }
    ),
    (.tunedHelps, "corr(t,s|y) < 0, the sign", { .verdict($0.alignment < 0) }),
    (.tunedHelps, "corr(t,s|y) ≠ 0, which is what I(t;s|y) > 0 says", { .verdict($0.alignment != 0) }),
    (.tunedHelps, "cov(t,s) > c, var(s) and σε² forgotten", { .verdict($0.covTS > $0.both) }),
    (
      .tunedHelps, "cov(t,s)·σε² > cov(t,y)·var(s), of which one is given x2",
      { .verdict($0.covTS * $0.noise > $0.covTY * $0.varS) }
    ),
    (
      .tunedHelps, "cov(t,s)·var(y) > c·var(s), of which one is given x2",
      { .verdict($0.covTS * $0.varY > $0.both * $0.varS) }
    ),
    (
      .tunedHelps, "cov(t,s)·var(s) > cov(t,y)·var(y), the ratio inverted",
      { .verdict($0.covTS * $0.varS > $0.covTY * $0.varY) }
    ),
    (.tunedHelps, "var(y) > var(s), that is always", { _ in .verdict(true) }),
    (
      .tunedGain, "the gain over the student as it is, in place of the best that shrinks",
      { f in
        let s = f.student
        let best = s.bestWeights
        return .number("gain", s.asItIs - s.excess(best.a, best.b))
      }
    ),
    (.tunedGain, "the gain of the best λ, a = 1−α and b = α, over R0", { .number("gain", $0.student.mixing.gain) }),
    (.tunedGain, "the gain over all b of either sign", { .number("gain", $0.student.signedTunedGain) }),
    (
      .tunedGain, "what shrinking alone gains, without the teacher",
      { .number("gain", $0.student.asItIs - $0.student.untaught) }
    ),
    (
      .tunedGain, "the excess of the best weights in place of what they gain",
      { f in
        let s = f.student
        let best = s.bestWeights
        return .number("gain", s.excess(best.a, best.b))
      }
    ),
    (.tunedGain, "the formula without k²", { .number("gain", $0.student.tunedGain / ($0.k * $0.k)) }),
    (.tunedGain, "the formula with k in place of k²", { .number("gain", $0.student.tunedGain / $0.k) }),
    (
      .tunedGain, "the formula with N11 left out of the divisor",
      { .number("gain", $0.student.tunedGain * $0.student.labelSquare) }
    ),
    (
      .tunedGain, "the formula with N11²N22 in place of N11(N11N22−N12²)",
      { f in
        let s = f.student
        return .number(
          "gain", s.tunedHelps ? s.teacherSlack * s.teacherSlack / (s.labelSquare * s.labelSquare * s.teacherSquare) : 0
        )
      }
    ),
    (
      .tunedGain, "the formula not squared: k(cov(t,s)σε² − var(s)c) for its square",
      { f in
        let s = f.student
        return .number("gain", s.tunedHelps ? s.teacherSlack / (s.labelSquare * s.determinant) : 0)
      }
    ),
    (
      .tunedGain, "the best weight of the teacher in place of what it gains",
      { .number("gain", $0.student.bestWeights.b) }
    ),
  ]

  private static let rows: [Entry] = [
    (
      .unlabelledRisk, "the formula with k of n rows for what the two fits share",
      { .number("risk", $0.mixedRisk($0.k, $0.k, $0.kAll)) }
    ),
    (
      .unlabelledRisk, "the formula with k of n rows for the teacher's fit",
      { .number("risk", $0.mixedRisk($0.k, $0.kAll, $0.k)) }
    ),
    (
      .unlabelledRisk, "the formula with k of n+m rows for the label's fit",
      { .number("risk", $0.mixedRisk($0.kAll, $0.kAll, $0.kAll)) }
    ),
    (
      .unlabelledRisk, "the formula with independent fits: what they share forgotten",
      { .number("risk", $0.mixedRisk($0.k, 0, $0.kAll)) }
    ),
    (
      .unlabelledRisk, "the formula with the teacher's fit on m rows, independent of the label's",
      { .number("risk", $0.mixedRisk($0.k, 0, $0.p2 / ($0.m - $0.p2 - 1))) }
    ),
    (.unlabelledRisk, "R(λ) on the n labelled rows", { .number("risk", $0.mixedRisk($0.k, $0.k, $0.k)) }),
    (
      .unlabelledRisk, "the risk without the noise σε² of the fresh row",
      { .number("risk", $0.mixedRisk($0.k, $0.kAll, $0.kAll) - $0.noise) }
    ),
    (
      .unlabelledRisk, "the formula with c counted once in place of twice",
      { .number("risk", $0.mixedRisk($0.k, $0.kAll / 2, $0.kAll)) }
    ),
    (
      .unlabelledRisk, "the formula with αB in place of α²B",
      { .number("risk", $0.mixedRisk($0.k, $0.kAll, $0.kAll) + ($0.alpha - $0.alpha * $0.alpha) * $0.mismatch) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = 0, the noise of the fitted teacher forgotten",
      { .number("risk", $0.pseudoRisk(0)) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²p1/(n−p2−1)",
      { .number("risk", $0.pseudoRisk($0.fullNoise * $0.p1 / ($0.n - $0.p2 - 1))) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²p1/(n−p1−p2)",
      { .number("risk", $0.pseudoRisk($0.fullNoise * $0.p1 / ($0.n - $0.p1 - $0.p2))) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²p1/(n−p1−1)",
      { .number("risk", $0.pseudoRisk($0.fullNoise * $0.p1 / ($0.n - $0.p1 - 1))) }
    ),
    (.pseudoLabelRisk, "the formula with κ = σ1²p1/n", { .number("risk", $0.pseudoRisk($0.fullNoise * $0.p1 / $0.n)) }),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²/(n−p1−p2−1), p1 forgotten",
      { .number("risk", $0.pseudoRisk($0.kappa / $0.p1)) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²p2/(n−p1−p2−1), p2 in place of p1",
      { .number("risk", $0.pseudoRisk($0.kappa / $0.p1 * $0.p2)) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σ1²(p1+p2)/(n−p1−p2−1)",
      { .number("risk", $0.pseudoRisk($0.kappa / $0.p1 * ($0.p1 + $0.p2))) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ = σε²p1/(n−p1−p2−1), σε² in place of σ1²",
      { .number("risk", $0.pseudoRisk($0.kappa / $0.fullNoise * $0.noise)) }
    ),
    (
      .pseudoLabelRisk, "the formula with κ of n+m rows",
      { f in .number("risk", f.pseudoRisk(f.fullNoise * f.p1 / (f.n + f.m - f.p1 - f.p2 - 1))) }
    ),
    (.pseudoLabelRisk, "the formula with −κ, the sign", { .number("risk", $0.pseudoRisk(-$0.kappa)) }),
    (
      .pseudoLabelRisk, "the formula with ακ in place of α²κ",
      { f in .number("risk", f.pseudoRisk(f.kappa) + (f.k - f.kAll) * (f.alpha - f.alpha * f.alpha) * f.kappa) }
    ),
    (
      .pseudoLabelRisk, "the formula with 2α in place of 2α−α²",
      { f in .number("risk", f.pseudoRisk(f.kappa) - (f.k - f.kAll) * f.alpha * f.alpha * f.signal) }
    ),
    (
      .pseudoLabelRisk, "the formula with α in place of 2α−α²",
      { f in .number("risk", f.pseudoRisk(f.kappa) + (f.k - f.kAll) * (f.alpha - f.alpha * f.alpha) * f.signal) }
    ),
    (
      .pseudoLabelRisk, "the formula with α² in place of 2α−α²",
      { f in .number("risk", f.pseudoRisk(f.kappa) + (f.k - f.kAll) * (2 * f.alpha - 2 * f.alpha * f.alpha) * f.signal)
      }
    ),
    (
      .pseudoLabelRisk, "the formula with −Δ, the sign",
      { f in .number("risk", 2 * f.noise * (1 + f.k) - f.pseudoRisk(f.kappa)) }
    ),
    (
      .pseudoLabelRisk, "the formula with σ1² in place of σε²−σ1²",
      { f in
        .number(
          "risk", f.pseudoRisk(f.kappa) + (f.k - f.kAll) * (2 * f.alpha - f.alpha * f.alpha) * (f.signal - f.fullNoise))
      }
    ),
    (.pseudoLabelRisk, "R0, without the further rows", { .number("risk", $0.noise * (1 + $0.k)) }),
    (
      .pseudoLabelRisk, "the risk without the noise σε² of the fresh row",
      { .number("risk", $0.pseudoRisk($0.kappa) - $0.noise) }
    ),
  ]

  private static let joint: [Entry] = [
    (
      .jointTeacherRisk, "the formula with B = 0 for the fitted teacher",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * f.k * f.p1 }) }
    ),
    (
      .jointTeacherRisk, "the formula with the noise of the fitted teacher in B only",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * f.p2 }) }
    ),
    (
      .jointTeacherRisk, "the formula with p1 and p2 exchanged in the fitted teacher",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p1 + f.k * f.p2) }) }
    ),
    (
      .jointTeacherRisk, "the formula with p1+p2 in place of p2 + kp1",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p1 + f.p2) }) }
    ),
    (
      .jointTeacherRisk, "the formula with α in place of α² before the fitted teacher's noise",
      { f in .number("risk", f.jointRisk { f.alpha * $0 * (f.p2 + f.k * f.p1) }) }
    ),
    (
      .jointTeacherRisk, "the formula without α² before the fitted teacher's noise",
      { f in .number("risk", f.jointRisk { $0 * (f.p2 + f.k * f.p1) }) }
    ),
    (
      .jointTeacherRisk, "the formula with σε² in place of σ1² in the fitted teacher's noise",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * f.noise / f.fullNoise * (f.p2 + f.k * f.p1) }) }
    ),
    (
      .jointTeacherRisk, "the formula without p2 and p1 in the fitted teacher's noise",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (1 + f.k) }) }
    ),
    (
      .jointTeacherRisk, "the formula with α² forgotten: (1−α)² and 2α(1−α) alone",
      { f in
        .number(
          "risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p2 + f.k * f.p1) } - f.k * f.alpha * f.alpha * f.signal)
      }
    ),
    (
      .jointTeacherRisk, "the formula with c counted once in place of twice",
      { f in
        .number(
          "risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p2 + f.k * f.p1) } - f.k * f.rest * f.alpha * f.signal)
      }
    ),
    (
      .jointTeacherRisk, "the formula with σ1² in place of σε²−σ1²",
      { f in
        let gap = (2 * f.rest * f.alpha + f.alpha * f.alpha) * (f.fullNoise - f.signal)
        return .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p2 + f.k * f.p1) } + f.k * gap)
      }
    ),
    (
      .jointTeacherRisk, "R0: a teacher of the student's own rows changes nothing, but this one has rows of its own",
      { .number("risk", $0.noise * (1 + $0.k)) }
    ),
    (
      .jointTeacherRisk, "the limit λ → ∞, λ not used",
      { f in
        var f = f
        (f.rest, f.alpha) = (0, 1)
        return f.output(.jointTeacherRisk)
      }
    ),
    (
      .jointTeacherRisk, "the risk without the noise σε² of the fresh row",
      { f in .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p2 + f.k * f.p1) } - f.noise) }
    ),
  ]

  private static let ridge: [Entry] = [
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
      .ridgeRisk, "the risk without the noise σε² of the fresh row",
      { .number("risk", $0.ridgeRisk($0.kept, $0.kept * $0.kept * $0.p2 / $0.n) - $0.noise) }
    ),
    (.ridgeRisk, "R(λ) of least squares on Gaussian rows", { .number("risk", $0.mixedRisk($0.k, $0.k, $0.k)) }),
  ]

  private static let ensembles: [Entry] = [
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

  private static let crossovers: [Entry] = [
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
        .crossover(f, f.p2 + 1 + f.p2 * (f.saved + 2 * f.lambda * (f.teacherNoise - f.noise)) / (f.lambda * f.mismatch))
      }
    ),
    (
      .crossover, "the formula with ση²−c in place of ση²−σε², the number up to which more λ is better",
      { f in
        .crossover(
          f, f.p2 + 1 + f.p2 * (f.noise - f.both - f.lambda * (f.teacherNoise - f.both)) / (f.lambda * f.mismatch))
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
  fileprivate static func onlyWeights(_ weights: [Double]) -> FormulaOutput {
    .numbers(Dictionary(uniqueKeysWithValues: weights.enumerated().map { (OutputPlace("weights", $0), $1) }))
  }

  /// A number of rows, where there is one.
  fileprivate static func crossover(_ facts: StudentCase, _ rows: Double) -> FormulaOutput? {
    facts.mismatch > 0 ? .number("n", rows) : nil
  }
}
