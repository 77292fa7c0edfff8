// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// A teacher that hurts by itself can correct another one.
struct DropHarmfulTeacher: SignClaim {
  let id = "drop-harmful-teacher"
  let summary = "a second teacher with c ≥ σε² adds nothing"
  let statement = """
    A second teacher with c ≥ σε², which helps at no weight by itself, adds nothing to the first: no labels \
    (1−b−d)y + bt + du with b, d ≥ 0 and b + d < 1 are better than the best with the first teacher t alone.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .secondTeacher]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let second = m.second else { return false }
    return try second.signOfHelp() >= 0
  }

  /// β of the second teacher − 1.
  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    let second = try facts.ensemble().moments[1]
    return second.beta - 1
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    guard let pair = m.teacherPair else { return true }
    return try pair.signOfSecondAdding() <= 0
  }

  /// The slope of the risk, over R0, in the direction that brings the second teacher in at the best weight of the first.
  ///
  /// The risk is convex, so where this is not negative there is nothing to gain. At b < 1 the direction is (0, 1), at b = 1
  /// it is (−1, 1).
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let (ensemble, alone) = (try facts.ensemble(), try alone(facts))
    /// Half the derivative in the weight of teacher `j` at (alone, 0).
    func half(_ j: Int) -> Rational { ensemble.form[j, 0] * alone - ensemble.pull[j, 0] }
    let slope = alone < 1 ? half(1) : half(1) - half(0)
    return 2 * slope / ensemble.baselineRisk
  }

  /// The best weight of the first teacher by itself.
  private func alone(_ facts: Facts) throws(Unmet) -> Rational {
    let ensemble = try facts.ensemble()
    return max(0, min(1, ensemble.pull[0, 0] / ensemble.form[0, 0]))
  }

  /// The best weights b, d ≥ 0, b + d ≤ 1.
  private func best(_ facts: Facts) throws(Unmet) -> (first: Rational, second: Rational) {
    let (ensemble, alone) = (try facts.ensemble(), try alone(facts))
    let (f, g) = (ensemble.form, ensemble.pull)
    var candidates: [(Rational, Rational)] = [(alone, 0)]
    if let best = ensemble.bestWeights { candidates.append((best[0], best[1])) }
    candidates.append((0, g[1, 0] / f[1, 1]))
    // On b + d = 1.
    let curvature = f[0, 0] - 2 * f[0, 1] + f[1, 1]
    if curvature.signum > 0 {
      let second = (f[0, 0] - f[0, 1] - g[0, 0] + g[1, 0]) / curvature
      candidates.append((1 - second, second))
    }
    candidates.append((0, 1))
    let inside = candidates.filter { $0.0.signum >= 0 && $0.1.signum >= 0 && $0.0 + $0.1 <= 1 }
    return inside.min { ensemble.risk([$0.0, $0.1]) < ensemble.risk([$1.0, $1.1]) } ?? (alone, 0)
  }

  /// Weights b, d ≥ 0, b + d < 1, that are better than the best with the first teacher alone, where there are any: the best
  /// of both, drawn towards the labels where they lie on b + d = 1.
  func betterWeights(_ facts: Facts) throws(Unmet) -> (first: Rational, second: Rational)? {
    let ensemble = try facts.ensemble()
    let bar = try ensemble.risk([alone(facts), 0])
    var (b, d) = try best(facts)
    guard ensemble.risk([b, d]) < bar else { return nil }
    var shrink = Rational(1, 2)
    while b + d == 1 {
      let kept = 1 - shrink
      if ensemble.risk([kept * b, kept * d]) < bar { (b, d) = (kept * b, kept * d) } else { shrink = shrink / 2 }
    }
    return (b, d)
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let (ensemble, alone) = (try facts.ensemble(), try alone(facts))
    let (b, d) = try best(facts)
    return Quantities(
      hypothesis: [
        Quantity("c of w1b", ensemble.moments[1].residualCovariance),
        Quantity("σε²", ensemble.moments[1].residualVariance),
      ],
      conclusion: [
        Quantity("best risk with w1 alone", ensemble.risk([alone, 0])),
        Quantity("best risk with both", ensemble.risk([b, d])),
      ])
  }
}
