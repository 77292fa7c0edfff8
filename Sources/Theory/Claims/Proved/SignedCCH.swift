// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactPredicates

/// The "if" of the CCH with the right sign, for a student that may also shrink: at any scale of the teacher and every n.
struct SignedCCH: SignClaim {
  let id = "signed-cch"
  let summary = "ΔI > 0, cov(t,s) > 0 ⇒ a tuned student gains"
  let statement = """
    If I(t;s) > I(s;y) and cov(t,s) > 0, then corr(t,s|y) > 0, so that a student that may also shrink gains by the teacher, \
    at every n and whatever the teacher's scale.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try Aligned().premise(m) }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational { try Aligned().premiseMargin(facts) }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try m.label.signOfAlignmentGivenLabel() > 0
  }

  /// (cov(t,s)·var(y) − cov(t,y)·cov(s,y))/(cov(t,s)·var(y)), or over var(y)² where cov(t,s) = 0: at most 1 for teachers
  /// that follow the label.
  func margin(_ facts: Facts) -> Rational {
    let m = facts.moments
    let scale = m.covTS.signum == 0 ? m.varY.squared : m.covTS.magnitude * m.varY
    return m.alignmentGivenLabel / scale
  }
}
