// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// window.upper and λ*, α* and the best gain by cases: 0 where nothing helps, what they are at infinity, or a quotient.
struct SignCase {
  /// When it is this case.
  let condition: Formula
  /// What stands for each word; a word that stands alone beside a quotient is compared by multiplying out.
  let values: [Word: (above: Expression, below: Expression?)]
}

extension SignCase {
  private static func word(_ word: Word) -> Expression { Expression(.word(word, nil)) }
  private static func number(_ value: Rational) -> Expression { Expression(.number(value)) }
  private static func product(_ parts: Expression...) -> Expression {
    Expression(.product(parts.map { .init(isInverse: false, expression: $0) }))
  }
  private static func difference(_ a: Expression, _ b: Expression) -> Expression {
    Expression(.sum([.init(isInverse: false, expression: a), .init(isInverse: true, expression: b)]))
  }
  private static func quotient(_ a: Expression, _ b: Expression) -> Expression {
    Expression(.product([.init(isInverse: false, expression: a), .init(isInverse: true, expression: b)]))
  }
  private static func positive(_ expression: Expression) -> Formula {
    Formula(.comparison(.init(first: expression, rest: [.init(relation: .greater, expression: number(0))])))
  }

  private static let helps = Formula(.helps)
  private static let pull = product(word(.k), word(.slack))
  private static let infinity = Expression(.infinity)

  /// The end of the window: ∞ where D ≤ 0, else 2k(σε²−c)/D.
  static let ofWindow: [SignCase] = {
    let bounded = positive(word(.windowDivisor))
    return [
      SignCase(condition: Formula(.not(helps)), values: [.windowEnd: (number(0), nil)]),
      SignCase(condition: Formula(.all([helps, Formula(.not(bounded))])), values: [.windowEnd: (infinity, nil)]),
      SignCase(
        condition: Formula(.all([helps, bounded])),
        values: [.windowEnd: (product(number(2), pull), word(.windowDivisor))]),
    ]
  }()

  /// The minimum of the risk: α* = k(σε²−c)/(B+kV) where that is below 1.
  static let ofBest: [SignCase] = {
    let curvature = word(.parabolaCurvature)
    let rest = difference(curvature, pull)
    let bounded = positive(rest)
    return [
      SignCase(
        condition: Formula(.not(helps)),
        values: [.bestLambda: (number(0), nil), .bestAlpha: (number(0), nil), .bestGain: (number(0), nil)]),
      SignCase(
        condition: Formula(.all([helps, Formula(.not(bounded))])),
        values: [
          .bestLambda: (infinity, nil), .bestAlpha: (number(1), nil),
          .bestGain: (difference(word(.baselineRisk), word(.limit)), nil),
        ]),
      SignCase(
        condition: Formula(.all([helps, bounded])),
        values: [
          .bestLambda: (pull, rest), .bestAlpha: (pull, curvature),
          .bestGain: (
            product(Expression(.power(word(.k), 2)), Expression(.power(word(.slack), 2))), curvature
          ),
        ]),
    ]
  }()

  /// The words that are taken apart.
  private var words: Set<Word> { Set(values.keys) }

  /// The cases that a condition has to be taken apart into; nil where it names none of the words.
  static func cases(of formula: Formula) -> [SignCase]? {
    [ofWindow, ofBest].first { formula.names($0[0].words) }
  }

  /// The condition in this case; nil where a word stands at a place that cannot be changed.
  func callAsFunction(_ formula: Formula) -> Formula? {
    let changed = applied(to: formula)
    return changed.names(words) ? nil : changed
  }

  private func applied(to formula: Formula) -> Formula {
    guard case .comparison(let comparison) = formula.kind else {
      return formula.mappedParts({ replaced($0) }, { applied(to: $0) })
    }
    var (left, steps) = (comparison.first, [Formula]())
    for step in comparison.rest {
      let right = step.expression
      let (a, b) = (alone(left), alone(right))
      var (first, second) = (a?.above ?? replaced(left), b?.above ?? replaced(right))
      // The divisors are positive.
      if let below = a?.below { second = SignCase.product(second, below) }
      if let below = b?.below { first = SignCase.product(first, below) }
      if left.isInfinite || right.isInfinite { (first, second) = (replaced(left), replaced(right)) }
      steps.append(
        Formula(.comparison(.init(first: first, rest: [.init(relation: step.relation, expression: second)]))))
      left = right
    }
    return steps.count == 1 ? steps[0] : Formula(.all(steps))
  }

  /// What a word that stands alone is.
  private func alone(_ expression: Expression) -> (above: Expression, below: Expression?)? {
    if case .word(let word, nil) = expression.kind { values[word] } else { nil }
  }

  private func replaced(_ expression: Expression) -> Expression {
    expression.replacing { part in
      alone(part).map { value in value.below.map { SignCase.quotient(value.above, $0) } ?? value.above }
    }
  }
}

extension Expression {
  fileprivate var isInfinite: Bool { kind == .infinity }

  fileprivate func names(_ words: Set<Word>) -> Bool {
    if case .word(let word, nil) = kind { words.contains(word) } else { children.contains { $0.names(words) } }
  }
}

extension Formula {
  /// Whether one of `words` stands in it.
  fileprivate func names(_ words: Set<Word>) -> Bool {
    expressions.contains { $0.names(words) } || children.contains { $0.names(words) }
  }

  /// With the conditions in it changed, and the ends of ranges.
  fileprivate func mappedParts(_ end: (Expression) -> Expression, _ change: (Formula) -> Formula) -> Formula {
    func all(_ parts: [Formula]) -> [Formula] { parts.map(change) }
    let changed: Kind
    switch kind {
    case .all(let parts): changed = .all(all(parts))
    case .any(let parts): changed = .any(all(parts))
    case .iff(let parts): changed = .iff(all(parts))
    case .not(let part): changed = .not(change(part))
    case .implies(let premise, let conclusion): changed = .implies(change(premise), change(conclusion))
    case .forOutputs(let quantifier, let name, let part): changed = .forOutputs(quantifier, name, change(part))
    case .forVariable(let quantifier, let name, var domain, let part):
      if let lower = domain.lower { domain.lower = .init(value: end(lower.value), isClosed: lower.isClosed) }
      if let upper = domain.upper { domain.upper = .init(value: end(upper.value), isClosed: upper.isClosed) }
      changed = .forVariable(quantifier, name, domain, change(part))
    default: return self
    }
    return Formula(changed, place)
  }
}
