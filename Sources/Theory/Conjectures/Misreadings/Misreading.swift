// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra

/// A known mistake of programs that evaluate statements.
package enum Misreading: CaseIterable, Sendable {
  case undefinedIsFalse, undefinedIsTrue, falsePremiseIsFalse, conclusionBeforePremise, converse
  case weakForStrict, strictForWeak, firstComparison, lastComparison
  case lateNot, orBeforeAnd, implicationToTheLeft, orForAnd
  case allForSome, someForAll, closedEnds, openEnds, grid
  case bits, marginal, minForMax, withoutAbs, exchangedInstances, firstInstance

  /// What is wrong, as the end of "every wrong answer equals …".
  package var summary: String {
    switch self {
    case .undefinedIsFalse: "what is undefined counted as false"
    case .undefinedIsTrue: "what is undefined counted as true"
    case .falsePremiseIsFalse: "a false premise taken as a false statement"
    case .conclusionBeforePremise: "true where the conclusion is, though the premise is undefined"
    case .converse: "conclusion => premise, the converse"
    case .weakForStrict: "≤ and ≥ in place of < and >"
    case .strictForWeak: "< and > in place of ≤ and ≥"
    case .firstComparison: "the first comparison of each chain alone"
    case .lastComparison: "the last comparison of each chain alone"
    case .lateNot: "\"not\" over all that \"and\" joins, in place of the next condition alone"
    case .orBeforeAnd: "\"or\" binding tighter than \"and\""
    case .implicationToTheLeft: "a => b => c read as (a => b) => c"
    case .orForAnd: "\"and\" and \"or\" exchanged"
    case .allForSome: "\"for all\" in place of \"for some\""
    case .someForAll: "\"for some\" in place of \"for all\""
    case .closedEnds: "ranges of quantifiers with both their ends"
    case .openEnds: "ranges of quantifiers without their ends"
    case .grid: "quantifiers sampled at eleven values"
    case .bits: "informations in bits"
    case .marginal: "moments and informations without what they are given, the part after |"
    case .minForMax: "min and max exchanged"
    case .withoutAbs: "abs forgotten"
    case .exchangedInstances: "the two instances exchanged"
    case .firstInstance: "the first instance in place of the second"
    }
  }

  /// Whether the statement holds, as a program that makes the mistake would say; nil where it would call that undefined.
  package func holds(_ conjecture: Conjecture, _ facts: Facts) -> Bool? {
    let right = conjecture.verdict(facts)
    switch self {
    case .undefinedIsFalse: return right.holds ?? false
    case .undefinedIsTrue: return right.holds ?? true
    case .falsePremiseIsFalse: return right.premise == false ? false : right.holds
    case .conclusionBeforePremise: return right.premise == nil && right.conclusion == true ? true : right.holds
    case .converse:
      guard let premise = conjecture.premise else { return right.holds }
      return Conjecture(Formula(.implies(conjecture.conclusion, premise)), text: conjecture.text, name: nil)
        .verdict(facts).holds
    default:
      let read = conjecture.formula.rebuilt({ changed($0, facts, conjecture.isOfTwo) }, quantities: changed)
      return Conjecture(read, text: conjecture.text, name: nil).verdict(facts).holds
    }
  }

  private func changed(_ formula: Formula, _ facts: Facts, _ isOfTwo: Bool) -> Formula {
    switch formula.kind {
    case .comparison(let comparison): return changed(comparison, formula)
    case .all(let parts):
      if self == .orForAnd { return Formula(.any(parts)) }
      guard self == .lateNot, case .not(let first) = parts[0].kind else { return formula }
      return Formula(.not(Formula(.all([first] + parts.dropFirst()))))
    case .any(let parts):
      if self == .orForAnd { return Formula(.all(parts)) }
      return self == .orBeforeAnd ? Misreading.orFirst(parts) : formula
    case .implies(let first, let rest):
      guard self == .implicationToTheLeft, case .implies(let second, let third) = rest.kind else { return formula }
      return Formula(.implies(Formula(.implies(first, second)), third))
    case .forVariable(let quantifier, let name, let domain, let body):
      return changed(quantifier, name, domain, body, facts, isOfTwo) ?? formula
    case .forOutputs(let quantifier, let name, let body):
      return Formula(.forOutputs(changed(quantifier), name, body))
    case .instance(let name, let part): return Formula(.instance(changed(name), part))
    default: return formula
    }
  }

  private func changed(_ comparison: Formula.Comparison, _ formula: Formula) -> Formula {
    var changed = comparison
    switch self {
    case .weakForStrict, .strictForWeak:
      changed.rest = comparison.rest.map { .init(relation: relation($0.relation), expression: $0.expression) }
    case .firstComparison: changed.rest = [comparison.rest[0]]
    case .lastComparison where comparison.rest.count > 1:
      changed.first = comparison.rest[comparison.rest.count - 2].expression
      changed.rest = [comparison.rest[comparison.rest.count - 1]]
    default: return formula
    }
    return Formula(.comparison(changed))
  }

  private func relation(_ relation: Relation) -> Relation {
    switch (self, relation) {
    case (.weakForStrict, .less): .lessOrEqual
    case (.weakForStrict, .greater): .greaterOrEqual
    case (.strictForWeak, .lessOrEqual): .less
    case (.strictForWeak, .greaterOrEqual): .greater
    default: relation
    }
  }

  /// a or b and c, read as (a or b) and c; the ends of conjunctions are what stands beside "or".
  private static func orFirst(_ parts: [Formula]) -> Formula {
    var (done, current) = ([Formula](), [Formula]())
    for part in parts {
      guard case .all(let factors) = part.kind else {
        current.append(part)
        continue
      }
      current.append(factors[0])
      for factor in factors.dropFirst() {
        done.append(current.count == 1 ? current[0] : Formula(.any(current)))
        current = [factor]
      }
    }
    done.append(current.count == 1 ? current[0] : Formula(.any(current)))
    return done.count == 1 ? done[0] : Formula(.all(done))
  }

  private func changed(_ quantifier: Quantifier) -> Quantifier {
    switch (self, quantifier) {
    case (.allForSome, .some): .all
    case (.someForAll, .all): .some
    default: quantifier
    }
  }

  private func changed(_ name: InstanceName) -> InstanceName {
    switch self {
    case .exchangedInstances: name == .a ? .b : .a
    case .firstInstance: .a
    default: name
    }
  }

  private func changed(
    _ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula, _ facts: Facts, _ isOfTwo: Bool
  ) -> Formula? {
    if self == .grid { return Misreading.sampled(quantifier, name, domain, body, facts, isOfTwo) }
    var domain = domain
    if self == .closedEnds || self == .openEnds {
      domain.lower?.isClosed = self == .closedEnds
      domain.upper?.isClosed = self == .closedEnds
    }
    return Formula(.forVariable(changed(quantifier), name, domain, body))
  }

  private func changed(_ expression: Expression) -> Expression {
    switch (self, expression.kind) {
    case (.bits, .moment(let moment)) where moment.kind == .information: Misreading.inBits(expression)
    case (.bits, .word(.delta, _)): Misreading.inBits(expression)
    case (.marginal, .moment(let moment)):
      Expression(.moment(Moment(kind: moment.kind, first: moment.first, second: moment.second, given: [])))
    case (.minForMax, .call(.min, let arguments)): Expression(.call(.max, arguments))
    case (.minForMax, .call(.max, let arguments)): Expression(.call(.min, arguments))
    case (.withoutAbs, .call(.abs, let arguments)): arguments[0]
    case (_, .instance(let name, let part)): Expression(.instance(changed(name), part))
    default: expression
    }
  }
}

extension Misreading {
  /// 1/ln 2, to eighteen digits.
  private static let bitsOfNat = Rational(1_442_695_040_888_963_407) / Rational(1_000_000_000_000_000_000)

  private static func inBits(_ expression: Expression) -> Expression {
    Expression(
      .product([
        .init(isInverse: false, expression: Expression(.number(bitsOfNat))),
        .init(isInverse: false, expression: expression),
      ]))
  }

  /// The body at eleven values from end to end, of a range without an end as far as 10 from the other; nil where the ends have no value.
  private static func sampled(
    _ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula, _ facts: Facts, _ isOfTwo: Bool
  ) -> Formula? {
    let evaluator = Evaluator(facts, isOfTwo: isOfTwo)
    guard case .interval(let lower, let upper)? = try? evaluator.range(quantifier, domain) else { return nil }
    let low = lower?.value ?? (upper?.value ?? 10) - 10
    let high = quantifier == .allSmall ? Rational(1, 1000) : upper?.value ?? low + 10
    let points = (0...10).compactMap { step -> Rational? in
      if step == 0, lower?.isClosed == false || high == low { return lower?.isClosed == true ? low : nil }
      if step == 10, upper?.isClosed == false { return nil }
      return low + (high - low) * Rational(step, 10)
    }
    let bodies = points.map { point in
      body.rebuilt(quantities: { if case .variable(name) = $0.kind { Expression(.number(point)) } else { $0 } })
    }
    return Formula(quantifier == .some ? .any(bodies) : .all(bodies))
  }
}
