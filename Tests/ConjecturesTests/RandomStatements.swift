// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PropertyTesting
import SeededRuns

@testable import Conjectures

/// Draws syntax trees that the parser can give, whatever their units.
struct RandomStatements {
  var source: RandomSource
  private var outputs: [String] = []
  private var variable: String?
  private var isOfInstance = false
  /// The row or the number that a sum around this place has bound.
  private var row: String?
  private var counter: String?

  init(seed: UInt64, index: Int) { source = RandomSource(seed: seed, index: UInt64(index)) }

  private mutating func one<T>(of list: [T]) -> T { list[source.integer(in: 0...(list.count - 1))] }

  mutating func formula(_ depth: Int) -> Formula {
    let kind = source.integer(in: depth > 0 ? 0...15 : 0...5)
    switch kind {
    case 0, 1, 2:
      let relations: [Relation] = [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .unequal]
      let steps = (0..<source.integer(in: 1...2)).map { _ in
        Formula.Comparison.Step(relation: one(of: relations), expression: expression(depth))
      }
      return Formula(.comparison(.init(first: expression(depth), rest: steps)))
    case 3: return Formula(one(of: [.helps, .leastSquaresTeacher, .jointTeacher, .unitInputs]))
    case 4: return Formula(.below(images(), images()))
    case 5:
      // It begins with the name of a vector.
      var first = images()
      first[0].terms[0].coefficient = 1
      return Formula(.independent(first, images(), given: source.chance(1, in: 2) ? [] : images()))
    // What is joined by one connective is never joined by the same one again: the text does not say so.
    case 6: return Formula(.all(parts(depth) { if case .all = $0 { false } else { true } }))
    case 7: return Formula(.any(parts(depth) { if case .any = $0 { false } else { true } }))
    case 8: return Formula(.not(formula(depth - 1)))
    case 9: return Formula(.implies(formula(depth - 1), formula(depth - 1)))
    case 10: return Formula(.iff(parts(depth) { if case .iff = $0 { false } else { true } }))
    case 11 where variable == nil: return quantified(depth)
    case 12 where !isOfInstance:
      isOfInstance = true
      defer { isOfInstance = false }
      return Formula(.instance(one(of: InstanceName.allCases), formula(depth - 1)))
    case 13 where !isOfInstance:
      isOfInstance = true
      defer { isOfInstance = false }
      return Formula(.same([one(of: [.studentInputs, .teacherInputs]), .quantity(expression(depth - 1))]))
    default:
      let name = one(of: ["j", "i"])
      outputs.append(name)
      defer { outputs.removeLast() }
      return Formula(.forOutputs(one(of: [.all, .some]), name, formula(depth - 1)))
    }
  }

  private mutating func parts(_ depth: Int, _ isWanted: (Formula.Kind) -> Bool) -> [Formula] {
    var list: [Formula] = []
    while list.count < 2 || source.chance(1, in: 3) && list.count < 4 {
      let part = formula(depth - 1)
      if isWanted(part.kind) { list.append(part) }
    }
    return list
  }

  private mutating func quantified(_ depth: Int) -> Formula {
    let name = one(of: ["λ", "z", "α"])
    let quantifier: Quantifier = one(of: [.all, .some, .allSmall])
    var domain = Domain()
    if quantifier != .allSmall {
      if source.chance(1, in: 2) { domain.lower = .init(value: expression(0), isClosed: source.chance(1, in: 2)) }
      if source.chance(1, in: 2) { domain.upper = .init(value: expression(0), isClosed: source.chance(1, in: 2)) }
    }
    variable = name
    defer { variable = nil }
    return Formula(.forVariable(quantifier, name, domain, formula(depth - 1)))
  }

  // MARK: Numbers

  mutating func expression(_ depth: Int) -> Expression {
    switch source.integer(in: depth > 0 ? 0...11 : 0...3) {
    case 0: return Expression(.number(Rational(source.integer(in: 0...20), source.integer(in: 1...6))))
    case 1:
      if let variable, source.chance(1, in: 2) { return Expression(.variable(variable)) }
      return Expression(.infinity)
    case 2:
      // The name λ may be bound here.
      if let counter, source.chance(1, in: 2) { return Expression(.counter(counter)) }
      if let row, source.chance(1, in: 2) {
        return Expression(.word(one(of: Word.allCases.filter(\.hasRows)), .row(row)))
      }
      let word = one(of: Word.allCases.filter { $0 != .leverage && (variable == nil || $0 != .lambda) })
      return Expression(.word(word, word.hasOutputs ? index() : nil))
    case 3: return Expression(.moment(moment()))
    case 4: return Expression(.risk(expression(depth - 1).isInfinity ? Expression(.number(1)) : finite(depth)))
    case 5:
      let function = one(of: Function.allCases)
      let count =
        function == .min || function == .max ? source.integer(in: 2...3) : function == .binomial ? 2 : 1
      return Expression(.call(function, (0..<count).map { _ in expression(depth - 1) }))
    case 6, 7:
      let first = source.chance(1, in: 3)
      var parts = [Expression.Part(isInverse: first, expression: inSum(depth))]
      while parts.count == 1 && !first || source.chance(1, in: 3) {
        parts.append(.init(isInverse: source.chance(1, in: 2), expression: inSum(depth)))
      }
      return Expression(.sum(parts))
    case 8:
      var parts = [Expression.Part(isInverse: false, expression: expression(depth - 1))]
      while parts.count == 1 || source.chance(1, in: 3) {
        parts.append(.init(isInverse: source.chance(1, in: 2), expression: expression(depth - 1)))
      }
      // A fraction of two numbers is read as one.
      if parts.count == 2, parts[1].isInverse, case .number = parts[0].expression.kind,
        case .number = parts[1].expression.kind
      {
        parts[1].expression = Expression(.word(.beta, nil))
      }
      return Expression(.product(parts))
    case 9 where !isOfInstance:
      isOfInstance = true
      defer { isOfInstance = false }
      return Expression(.instance(one(of: InstanceName.allCases), expression(depth - 1)))
    case 10 where row == nil && counter == nil: return fold(depth)
    case 11:
      if let counter { return Expression(.counterPower(expression(depth - 1), counter)) }
      return Expression(.power(expression(depth - 1), 2))
    default: return Expression(.power(expression(depth - 1), source.integer(in: -4...9)))
    }
  }

  private mutating func fold(_ depth: Int) -> Expression {
    let isOverRows = source.chance(1, in: 2)
    let below = isOverRows ? nil : expression(0)
    if isOverRows { row = "r" } else { counter = "v" }
    defer { (row, counter) = (nil, nil) }
    return Expression(
      .fold(
        Fold(
          isMean: isOverRows && source.chance(1, in: 2), name: isOverRows ? "r" : "v", below: below,
          body: expression(depth - 1))))
  }

  private mutating func finite(_ depth: Int) -> Expression {
    let drawn = expression(depth - 1)
    return drawn.isInfinity ? Expression(.number(2)) : drawn
  }

  private mutating func inSum(_ depth: Int) -> Expression { expression(depth - 1) }

  private mutating func index() -> OutputIndex? {
    if let name = outputs.last, source.chance(1, in: 2) { return .bound(name) }
    return source.chance(1, in: 4) ? .literal(source.integer(in: 0...2)) : nil
  }

  private mutating func image() -> LinearImage {
    LinearImage(
      terms: (0..<(source.chance(2, in: 3) ? 1 : 2)).map { _ in
        let sign = source.chance(1, in: 2) ? 1 : -1
        return LinearImage.Term(
          coefficient: Rational(sign * source.integer(in: 1...5), source.integer(in: 1...3)),
          block: one(of: Block.allCases),
          index: index())
      })
  }

  private mutating func images() -> [LinearImage] { (0..<(source.chance(3, in: 4) ? 1 : 3)).map { _ in image() } }

  /// One image, or several in brackets, which say each block and coordinate once.
  private mutating func side() -> [LinearImage] {
    guard source.chance(1, in: 5) else { return [image()] }
    return (0..<2).map { _ in image().collected }.filter { !$0.terms.isEmpty } + [LinearImage(.t)]
  }

  private mutating func moment() -> Moment {
    let kind = one(of: MomentKind.allCases)
    let isList = kind == .information || kind == .determinant
    return Moment(
      kind: kind, first: isList ? images() : side(), second: kind.isOfTwo ? (isList ? images() : side()) : [],
      given: source.chance(1, in: 2) ? [] : images())
  }
}

extension Expression {
  fileprivate var isInfinity: Bool { kind == .infinity }
}
