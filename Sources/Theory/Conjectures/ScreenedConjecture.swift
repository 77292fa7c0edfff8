// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates

/// A statement in text that is made of signs: on instances it is decided as any statement, and on whole-number problems in
/// the first arithmetic that can tell.
///
/// What is undefined there, or what the few λ that are tried do not tell, is no violation.
struct ScreenedConjecture: SignClaim {
  let base: ConjectureClaim
  let program: SignProgram

  var id: String { base.id }
  var summary: String { base.summary }
  var statement: String { base.statement }
  var status: Status { base.status }
  var assumptions: [Assumption] { base.assumptions }
  var needsInputs: Bool { program.needsInputs }
  var isWhollySigns: Bool { program.isWhole }
  var largestSizes: (p1: Int, p2: Int) {
    let shaping = InstanceShaping(base.conjecture)
    return (shaping.p1.upperBound, shaping.p2.upperBound)
  }

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try program.premise.holds(m, SignPoint()) ?? false
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try program.conclusion.holds(m, SignPoint()) ?? true
  }

  func premise(_ facts: Facts) throws(Unmet) -> Bool { try base.premise(facts) }
  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try base.conclusion(facts) }
  func margin(_ facts: Facts) throws(Unmet) -> Rational { try base.margin(facts) }
  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational { try base.premiseMargin(facts) }
  func evaluate(_ facts: Facts) -> ClaimVerdict { base.evaluate(facts) }
  func quantities(_ facts: Facts) throws(Unmet) -> Quantities { try base.quantities(facts) }
  func shaped(_ instance: Instance) throws(InstanceError) -> Instance? { try base.shaped(instance) }
}
