// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// A statement in text as a claim.
struct ConjectureClaim: Claim {
  let conjecture: Conjecture
  let id: String
  let summary: String
  let statement: String
  let status = Status.open
  let assumptions: [Assumption]

  init(_ conjecture: Conjecture) {
    self.conjecture = conjecture
    summary = conjecture.symbols
    statement = conjecture.symbols
    id = conjecture.name ?? conjecture.ascii
    assumptions = conjecture.assumptions
  }

  func premise(_ facts: Facts) throws(Unmet) -> Bool {
    guard let premise = conjecture.premise else { return true }
    try requireOther(facts)
    return try defined(evaluator(facts).truth(premise))
  }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try defined(evaluator(facts).truth(conjecture.conclusion)) }

  private func evaluator(_ facts: Facts) -> Evaluator { Evaluator(facts, isOfTwo: conjecture.isOfTwo) }

  /// Checks that the second of two instances meets the assumptions too.
  private func requireOther(_ facts: Facts) throws(Unmet) {
    guard conjecture.isOfTwo else { return }
    let other = try facts.other()
    for assumption in assumptions where assumption != .otherInstance { try other.require(assumption) }
  }

  func margin(_ facts: Facts) throws(Unmet) -> Rational { try margin(conjecture.conclusion, facts) }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    try conjecture.premise.map { premise throws(Unmet) in try margin(premise, facts) } ?? 1
  }

  /// By one evaluator, which decides each quantified condition once.
  func evaluate(_ facts: Facts) -> ClaimVerdict {
    let evaluator = evaluator(facts)
    var (hypothesis, unmet) = (false, Assumption?.none)
    do {
      for assumption in assumptions { try facts.require(assumption) }
      try requireOther(facts)
      hypothesis = try conjecture.premise.map { premise throws(Unmet) in try defined(evaluator.truth(premise)) } ?? true
    } catch { unmet = error.assumption }
    let margin = evaluator.margin(conjecture.conclusion).flatMap { try? Rational(exactly: $0) }
    return ClaimVerdict(
      hypothesis: hypothesis, conclusion: evaluator.truth(conjecture.conclusion).holds, margin: margin, unmet: unmet)
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let evaluator = evaluator(facts)
    return Quantities(
      hypothesis: conjecture.premise.map { evaluator.quantities($0) } ?? [],
      conclusion: evaluator.quantities(conjecture.conclusion))
  }

  func shaped(_ instance: Instance) throws(InstanceError) -> Instance? {
    let shaping = InstanceShaping(conjecture)
    return shaping.isNeeded ? try shaping(instance) : nil
  }

  private func margin(_ formula: Formula, _ facts: Facts) throws(Unmet) -> Rational {
    guard let margin = evaluator(facts).margin(formula), let exact = try? Rational(exactly: margin) else {
      throw Unmet(assumption: .defined)
    }
    return exact
  }

  private func defined(_ truth: (holds: Truth, reason: Undefined?)) throws(Unmet) -> Bool {
    guard let holds = truth.holds else {
      if case .unmet(let assumption)? = truth.reason { throw Unmet(assumption: assumption) }
      throw Unmet(assumption: .defined)
    }
    return holds
  }
}
