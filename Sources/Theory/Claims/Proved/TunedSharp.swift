// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactPredicates

/// The sharp criterion of a student that may also shrink: corr(t, s | y) > 0, at every n and any scale of the teacher.
///
/// Against the minimum of the quadratic that six exact values of the excess risk determine.
struct TunedSharp: SignClaim {
  let id = "tuned-sharp"
  let summary = "a tuned student gains ⇔ corr(t,s|y) > 0; its gain"
  let statement = """
    Some weights a, b ≥ 0 of label fit and teacher fit beat every shrunk student a·ŵ without a teacher if and only if \
    cov(t,s)·var(y) > cov(t,y)·cov(s,y), that is corr(t,s|y) > 0. Over b of either sign the gain is \
    k²(Gσε²−Ac)²/[N11(N11N22−N12²)], with A = var(s), G = cov(t,s), N11 = A+kσε², N12 = G+kc, N22 = var(vᵀx2)+kση²; it is 0 \
    if and only if I(t;s|y) = 0.
    """
  let status = Status.proved
  /// On instances the conclusion is decided by formulas that are no signs.
  let isWhollySigns = false
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows]
  let isIdentity = true

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) -> Bool { true }

  /// By signs: half of minus the slope in b at the best shrunk student has the sign of corr(t,s|y), and no weights that are
  /// tried beat that student where it is not positive.
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    let (label, k, unit) = (m.label, N(whole: m.p2), N(whole: m.n - m.p2 - 1))
    let own = unit * label.varS + k * label.residualVariance
    let shared = unit * label.covTS + k * label.residualCovariance
    let helps = try label.signOfAlignmentGivenLabel() > 0
    if try ((label.covTS * own - label.varS * shared).sign() > 0) != helps { return false }
    if helps { return true }
    let best = unit * k * label.varS * label.residualVariance
    for (a, b) in [(1, 1), (0, 1), (2, 1), (1, 3)] {
      let excess = label.excess(N(whole: a), N(whole: b), k: k, unit: unit)
      if try (excess * own - best).sign() < 0 { return false }
    }
    return true
  }

  /// On instances: by the quadratic itself.
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }

  private func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    let (student, m) = (try facts.student(), facts.moments.traces)
    let quadratic = try ExcessQuadratic(m, k: facts.risk().k)
    let (shrunk, best) = (quadratic.leastWithoutTeacher, quadratic.leastValue)
    let gain = shrunk - best
    return (quadratic.leastWithPositiveTeacher < shrunk) == m.helpsTuned && student.tunedHelps == m.helpsTuned
      && student.signedTunedGain == gain && student.untaught == shrunk
      && (gain.signum == 0) == (m.informationGivenLabel == 1)
  }

  /// ±|corr(t,s|y)|·(…): the distance of cov(t,s)·var(y) from cov(t,y)·cov(s,y) over var(y)², negative where a form is
  /// wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let m = facts.moments
    let distance = (m.alignmentGivenLabel / m.varY.squared).magnitude
    return try conclusion(facts) ? distance : -max(distance, 1)
  }
}

/// The excess risk over the weights (a, b), from six exact values of it.
private struct ExcessQuadratic {
  let constant, a, b, aa, ab, bb: Rational

  init(_ m: ConditionalMoments<Rational>, k: Rational) {
    @inline(never) func value(_ a: Rational, _ b: Rational) -> Rational { m.excess(a, b, k: k) }
    constant = value(0, 0)
    (aa, bb) = ((value(1, 0) + value(-1, 0)) / 2 - constant, (value(0, 1) + value(0, -1)) / 2 - constant)
    (a, b) = ((value(1, 0) - value(-1, 0)) / 2, (value(0, 1) - value(0, -1)) / 2)
    ab = value(1, 1) - constant - a - b - aa - bb
  }

  /// The least value at b = 0.
  var leastWithoutTeacher: Rational { constant - a.squared / (4 * aa) }

  private var determinant: Rational { 4 * aa * bb - ab.squared }

  /// The least value of all; that at b = 0 where the form is degenerate.
  var leastValue: Rational {
    guard determinant.signum > 0 else { return leastWithoutTeacher }
    return constant - (a.squared * bb - a * b * ab + b.squared * aa) / determinant
  }

  /// The least value over b ≥ 0: of all where the best b is positive, else that at b = 0.
  var leastWithPositiveTeacher: Rational {
    guard determinant.signum > 0 else { return leastWithoutTeacher }
    return (a * ab - 2 * aa * b).signum > 0 ? leastValue : leastWithoutTeacher
  }
}
