// SPDX-License-Identifier: GPL-3.0-or-later
extension Formula {
  /// The same with every condition and every quantity in it changed, the inner ones first.
  @inline(never) func rebuilt(
    _ change: (Formula) -> Formula = { $0 }, quantities: (Expression) -> Expression = { $0 }
  ) -> Formula {
    func part(_ formula: Formula) -> Formula { formula.rebuilt(change, quantities: quantities) }
    func number(_ expression: Expression) -> Expression { expression.rebuilt(quantities) }
    func end(_ end: Domain.End) -> Domain.End { .init(value: number(end.value), isClosed: end.isClosed) }
    let kind: Kind =
      switch self.kind {
      case .helps, .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs: self.kind
      case .comparison(let comparison):
        .comparison(
          .init(
            first: number(comparison.first),
            rest: comparison.rest.map { .init(relation: $0.relation, expression: number($0.expression)) }))
      case .same(let parts):
        .same(parts.map { if case .quantity(let quantity) = $0 { .quantity(number(quantity)) } else { $0 } })
      case .instance(let name, let inner): .instance(name, part(inner))
      case .all(let parts): .all(parts.map(part))
      case .any(let parts): .any(parts.map(part))
      case .not(let inner): .not(part(inner))
      case .implies(let premise, let conclusion): .implies(part(premise), part(conclusion))
      case .iff(let parts): .iff(parts.map(part))
      case .forVariable(let quantifier, let name, let domain, let body):
        .forVariable(
          quantifier, name, Domain(lower: domain.lower.map(end), upper: domain.upper.map(end)), part(body))
      case .forOutputs(let quantifier, let name, let body): .forOutputs(quantifier, name, part(body))
      }
    return change(Formula(kind, place))
  }
}

extension Expression {
  /// The same with every quantity in it changed, the inner ones first.
  @inline(never) func rebuilt(_ change: (Expression) -> Expression) -> Expression {
    func part(_ expression: Expression) -> Expression { expression.rebuilt(change) }
    func parts(_ list: [Part]) -> [Part] { list.map { Part(isInverse: $0.isInverse, expression: part($0.expression)) } }
    let kind: Kind =
      switch self.kind {
      case .number, .infinity, .word, .variable, .moment, .counter: self.kind
      case .risk(let argument): .risk(part(argument))
      case .call(let function, let arguments): .call(function, arguments.map(part))
      case .sum(let list): .sum(parts(list))
      case .product(let list): .product(parts(list))
      case .power(let base, let power): .power(part(base), power)
      case .instance(let name, let inner): .instance(name, part(inner))
      case .fold(let fold):
        .fold(Fold(isMean: fold.isMean, name: fold.name, below: fold.below.map(part), body: part(fold.body)))
      case .counterPower(let base, let name): .counterPower(part(base), name)
      }
    return change(Expression(kind, place))
  }
}
