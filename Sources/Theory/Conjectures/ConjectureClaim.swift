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

extension Evaluator {
  /// The exact numbers that a condition compares, by their names: of an information e to twice it.
  func quantities(_ formula: Formula) -> [Quantity] {
    var list: [Quantity] = []
    func visit(_ formula: Formula) {
      switch formula.kind {
      // What is bound has no one value.
      case .forVariable, .forOutputs: return
      case .helps:
        visit(Expression(.word(.residualCovariance, nil)))
        visit(Expression(.word(.residualVariance, nil)))
      case .instance(let name, let part):
        let own = (try? of(name))?.quantities(part) ?? []
        list += own.map { Quantity($0.name.saidOf(name), $0.value) }
        return
      default: break
      }
      for expression in formula.expressions { visit(expression) }
      for part in formula.children { visit(part) }
    }
    func visit(_ expression: Expression) {
      if case .number = expression.kind { return }
      if isOfTwo, !expression.namesInstance {
        for name in InstanceName.allCases { visit(Expression(.instance(name, expression))) }
        return
      }
      let name = Printer().text(expression)
      switch try? value(expression) {
      case .rational(let number)?: list.append(Quantity(name, number))
      case .information(let sum)?:
        if let argument = sum.argument {
          list.append(Quantity("e^2\(expression.isSum ? "(\(name))" : name)", argument))
        }
      default: break
      }
    }
    visit(formula)
    var seen = Set<String>()
    return list.filter { seen.insert($0.name).inserted }
  }
}

extension String {
  /// The name of a quantity of one of two instances.
  fileprivate func saidOf(_ name: InstanceName) -> String {
    contains(" ") && !hasSuffix(")") ? "(\(self)).\(name.rawValue)" : "\(self).\(name.rawValue)"
  }
}

extension Expression {
  fileprivate var isSum: Bool {
    switch kind {
    case .sum, .product: true
    default: false
    }
  }
}
