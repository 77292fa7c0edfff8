// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// Joint teachers, and pseudo-labels by them.
extension StudentFormulaMistakes {
  static let pseudoLabels: [Entry] = [
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

  static let joint: [Entry] = [
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
      .jointTeacherRisk, "the formula with σ1²−σε² in place of σε²−σ1²",
      { f in
        let gap = (2 * f.rest * f.alpha + f.alpha * f.alpha) * f.signal
        return .number("risk", f.jointRisk { f.alpha * f.alpha * $0 * (f.p2 + f.k * f.p1) } - 2 * f.k * gap)
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
}
