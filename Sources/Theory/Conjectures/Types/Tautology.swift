// SPDX-License-Identifier: GPL-3.0-or-later

/// Statements whose conclusion follows by its form, without a look at any instance.
extension Conjecture {
  /// Whether the conclusion follows from the premise by its form: each of its conditions, or one of the alternatives that it
  /// names, is one that the premise joins, up to what is only another spelling; or both sides of a comparison are the same.
  public var isTautology: Bool {
    let supposed = Set((premise?.conjuncts ?? []).flatMap(\.plainConditions))
    return conclusion.conjuncts.allSatisfy { part in
      part.disjuncts.contains { alternative in
        alternative.plainConditions.allSatisfy { $0.followsByItself || $0.stricter.contains { supposed.contains($0) } }
      }
    }
  }
}

extension Formula {
  /// The conditions that it joins, each in one spelling: `helps` and chains as comparisons, `>` turned round.
  fileprivate var plainConditions: [Formula] {
    switch kind {
    case .all(let parts): return parts.flatMap(\.plainConditions)
    case .helps:
      let (c, variance) = (Expression(.word(.residualCovariance, nil)), Expression(.word(.residualVariance, nil)))
      return [Formula.comparing(c, .less, variance)]
    case .comparison(let comparison):
      var (left, steps) = (comparison.first.plain, [Formula]())
      for step in comparison.rest {
        let right = step.expression.plain
        let isTurned = step.relation == .greater || step.relation == .greaterOrEqual
        steps.append(
          isTurned ? .comparing(right, step.relation.reversed, left) : .comparing(left, step.relation, right))
        left = right
      }
      return steps
    default: return [self]
    }
  }

  private static func comparing(_ left: Expression, _ relation: Relation, _ right: Expression) -> Formula {
    Formula(.comparison(.init(first: left, rest: [.init(relation: relation, expression: right)])))
  }

  /// Two sides and the relation between them.
  private var sides: (left: Expression, relation: Relation, right: Expression)? {
    guard case .comparison(let comparison) = kind, comparison.rest.count == 1 else { return nil }
    return (comparison.first, comparison.rest[0].relation, comparison.rest[0].expression)
  }

  /// Whether it compares something with itself.
  fileprivate var followsByItself: Bool {
    guard let (left, relation, right) = sides else { return false }
    return left == right && relation.holds(0)
  }

  /// The conditions each of which implies it: itself, and stricter ones of the same sides.
  fileprivate var stricter: [Formula] {
    guard let (left, relation, right) = sides else { return [self] }
    switch relation {
    case .lessOrEqual: return [self, .comparing(left, .less, right), equal(left, right), equal(right, left)]
    case .equal: return [self, equal(right, left)]
    case .unequal:
      return [
        self, .comparing(right, .unequal, left), .comparing(left, .less, right), .comparing(right, .less, left),
      ]
    default: return [self]
    }
  }

  private func equal(_ left: Expression, _ right: Expression) -> Formula { .comparing(left, .equal, right) }
}

extension Expression {
  /// The same in one spelling: words for the moments that have one, and the sides of what is symmetric in order.
  fileprivate var plain: Expression {
    replacing { part in
      guard case .moment(var moment) = part.kind else { return nil }
      if moment.kind.isOfTwo, "\(moment.second)" < "\(moment.first)" {
        (moment.first, moment.second) = (moment.second, moment.first)
      }
      return Expression(Expression.words[moment].map { .word($0, nil) } ?? .moment(moment))
    }
  }

  private static let words: [Moment: Word] = {
    func moment(_ kind: MomentKind, _ first: Block, _ second: Block? = nil, given: Block? = nil) -> Moment {
      Moment(
        kind: kind, first: [LinearImage(first)], second: second.map { [LinearImage($0)] } ?? [],
        given: given.map { [LinearImage($0)] } ?? [])
    }
    var table: [Moment: Word] = [
      moment(.variance, .y, given: .x2): .residualVariance, moment(.variance, .t, given: .x2): .teacherResidualVariance,
      moment(.variance, .s): .varS,
    ]
    // In either order of the sides.
    for (a, b) in [(Block.t, Block.y), (.y, .t)] { table[moment(.covariance, a, b, given: .x2)] = .residualCovariance }
    for (a, b) in [(Block.t, Block.s), (.s, .t)] { table[moment(.covariance, a, b)] = .covTS }
    return table
  }()
}
