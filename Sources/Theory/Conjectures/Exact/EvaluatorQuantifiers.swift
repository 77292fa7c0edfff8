// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension Evaluator {
  /// Whether a quantified condition holds, by the exact real roots of the polynomials in it.
  func decided(_ quantifier: Quantifier, _ domain: Domain, _ body: Formula, _ reason: inout Undefined?)
    throws(Undefined)
    -> Truth
  {
    var truths: [Truth] = []
    if let decision = try decision(quantifier, domain, body) {
      truths = decision.points.truths(decision.condition)
      if truths.contains(nil) { reason = reason ?? decision.reason ?? .division }
    }
    return quantifier == .some ? Kleene.any(truths) : Kleene.all(truths)
  }

  /// The body of a quantifier as a condition on its variable, and the points that decide it; nil for an empty range.
  ///
  /// Truth and margin ask for the same one, so the last few are kept.
  func decision(_ quantifier: Quantifier, _ domain: Domain, _ body: Formula) throws(Undefined) -> Decision? {
    guard case .interval(let lower, let upper) = try range(quantifier, domain) else { return nil }
    let key = DecisionKey(quantifier: quantifier, domain: domain, body: body, outputs: outputs)
    if let known = decisions[key] { return known }
    var reason: Undefined?
    let condition = condition(body, &reason)
    let points = DecisivePoints(condition.polynomials, from: lower, to: upper, onlyFirst: quantifier == .allSmall)
    decisions[key] = (condition, points, reason)
    return (condition, points, reason)
  }

  /// What it takes to decide one, and why a part of it has no value for any value of the variable.
  typealias Decision = (condition: VariableCondition, points: DecisivePoints, reason: Undefined?)

  struct DecisionKey: Hashable {
    let quantifier: Quantifier
    let domain: Domain
    let body: Formula
    let outputs: [String: Int]
  }

  /// The range of a quantifier on this instance.
  enum VariableRange {
    case empty
    case interval(Domain.Bound?, Domain.Bound?)
  }

  func range(_ quantifier: Quantifier, _ domain: Domain) throws(Undefined) -> VariableRange {
    if quantifier == .allSmall { return .interval(.init(value: 0, isClosed: false), nil) }
    var (ends, isEmpty) = ([Domain.Bound?](), false)
    for (end, isLower) in [(domain.lower, true), (domain.upper, false)] {
      guard let end else {
        ends.append(nil)
        continue
      }
      switch try value(end.value) {
      case .rational(let value): ends.append(.init(value: value, isClosed: end.isClosed))
      case .infinity:
        ends.append(nil)
        if isLower { isEmpty = true }
      default: throw Undefined.shape
      }
    }
    return isEmpty ? .empty : .interval(ends[0], ends[1])
  }

  /// The body of a quantifier as a condition on its variable; what does not depend on it is decided at once.
  func condition(_ formula: Formula, _ reason: inout Undefined?) -> VariableCondition {
    switch formula.kind {
    case .comparison(let comparison) where formula.usesVariable:
      do throws(Undefined) { return try condition(comparison) } catch {
        reason = reason ?? error
        return .constant(nil)
      }
    case .all(let parts): return .all(parts.map { condition($0, &reason) })
    case .any(let parts): return .any(parts.map { condition($0, &reason) })
    case .not(let part): return .not(condition(part, &reason))
    case .implies(let premise, let conclusion):
      return .implies(condition(premise, &reason), condition(conclusion, &reason))
    case .iff(let parts): return .iff(parts.map { condition($0, &reason) })
    case .forOutputs(let quantifier, let name, let body):
      let parts = overOutputs(name) { condition(body, &reason) }
      return quantifier == .some ? .any(parts) : .all(parts)
    default: return .constant(truth(formula, &reason))
    }
  }

  private func condition(_ comparison: Formula.Comparison) throws(Undefined) -> VariableCondition {
    var (left, parts) = (try value(comparison.first), [VariableCondition]())
    for step in comparison.rest {
      let right = try value(step.expression)
      switch (left, right) {
      case (.function, _) where !right.isInfinite, (_, .function) where !left.isInfinite:
        let (f, g) = (try left.function(), try right.function())
        parts.append(.comparison(f, step.relation, g, difference: try f - g))
      case (.function, _): parts.append(.constant(step.relation.holds(-1)))
      case (_, .function): parts.append(.constant(step.relation.holds(1)))
      default: parts.append(.constant(step.relation.holds(try left.compare(to: right))))
      }
      left = right
    }
    return .all(parts)
  }
}

extension Value {
  /// Whether it is ∞.
  var isInfinite: Bool { if case .infinity = self { true } else { false } }
}

extension Formula {
  /// Whether a quantifier's variable stands in it.
  @inline(never) var usesVariable: Bool {
    expressions.contains(where: \.usesVariable) || children.contains(where: \.usesVariable)
  }
}

extension Expression {
  /// Whether a quantifier's variable stands in it.
  @inline(never) var usesVariable: Bool {
    if case .variable = kind { true } else { children.contains(where: \.usesVariable) }
  }
}
