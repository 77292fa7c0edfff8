// SPDX-License-Identifier: GPL-3.0-or-later
import Oracle

/// Wrong formulas of one operation on tuned students, further rows or other teachers, as the end of "every failure equals …".
enum StudentFormulaMistakes {
  typealias Entry = (OracleOperation, String, @Sendable (StudentCase) -> FormulaOutput?)

  static let all: [Entry] = tuned + rows + pseudoLabels + joint + ridge + ensembles + crossovers

  static let tuned: [Entry] = [
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

  static let rows: [Entry] = [
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
      .unlabelledRisk, "the formula with αση² in place of α²ση²",
      { f in
        .number(
          "risk", f.mixedRisk(f.k, f.kAll, f.kAll) + (f.alpha - f.alpha * f.alpha) * f.kAll * f.teacherResidualVariance)
      }
    ),
  ]
}
