// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra
import ExactPredicates

/// A statement as conditions on signs, which is screened and hunted at the speed of Doubles.
struct SignProgram: Sendable {
  let premise: SignFormula
  let conclusion: SignFormula
  let needsInputs: Bool

  /// Whether signs tell all that the statement says.
  var isWhole: Bool { premise.isWhole && conclusion.isWhole }

  /// Nil for a statement that is not made of signs of rational functions of the moments.
  init?(_ conjecture: Conjecture) {
    let (assumptions, shaping) = (conjecture.assumptions, InstanceShaping(conjecture))
    guard shaping.isOfSizesOnly else { return nil }
    var compiler = SignFormulaCompiler(assumptions)
    let supposed = conjecture.premise.map { compiler.formula($0, isPremise: true) } ?? .constant(true)
    let concluded = compiler.formula(conjecture.conclusion, isPremise: false)
    guard supposed.isKnown, concluded.isKnown else { return nil }
    (premise, conclusion, needsInputs) = (supposed, concluded, compiler.numbers.needsInputs)
  }
}

/// Writes conditions as conditions on signs; what cannot be is unknown.
struct SignFormulaCompiler {
  var numbers: SignCompiler
  private let assumptions: Set<Assumption>

  init(_ assumptions: [Assumption]) {
    self.assumptions = Set(assumptions)
    let isOfOneLabel = assumptions.contains(.oneLabel)
    numbers = SignCompiler(
      isOfOneLabel: isOfOneLabel, everyOutput: isOfOneLabel || assumptions.contains(.everyOutput))
  }

  mutating func formula(_ formula: Formula, isPremise: Bool) -> SignFormula {
    switch formula.kind {
    case .comparison, .forVariable:
      if let cases = SignCase.cases(of: formula) {
        return .any(
          cases.map { one in
            let inner = one(formula).map { self.formula($0, isPremise: false) }
            return .all([self.formula(one.condition, isPremise: false), inner ?? .unknown])
          })
      }
    default: break
    }
    switch formula.kind {
    case .comparison(let comparison): return self.comparison(comparison)
    case .helps:
      return self.comparison(
        .init(
          first: Expression(.word(.residualCovariance, nil)),
          rest: [.init(relation: .less, expression: Expression(.word(.residualVariance, nil)))]))
    case .below(let first, let second):
      return first == [LinearImage(.t)] && second == [LinearImage(.y)] ? .teacherVariesNoMore : .unknown
    // A part of the premise that is among the assumptions holds by then.
    case .leastSquaresTeacher:
      return isPremise && assumptions.contains(.leastSquaresTeacher) ? .constant(true) : .unknown
    case .independent, .unitInputs, .jointTeacher, .same, .instance: return .unknown
    case .all(let parts): return .all(parts.map { self.formula($0, isPremise: isPremise) })
    case .any(let parts): return .any(parts.map { self.formula($0, isPremise: false) })
    case .not(let part): return .not(self.formula(part, isPremise: false))
    case .implies(let premise, let conclusion):
      return .implies(self.formula(premise, isPremise: false), self.formula(conclusion, isPremise: false))
    case .iff(let parts): return .iff(parts.map { self.formula($0, isPremise: false) })
    case .forOutputs(let quantifier, _, let body): return .forOutputs(quantifier, self.formula(body, isPremise: false))
    case .forVariable(let quantifier, let name, let domain, let body):
      return quantified(quantifier, name, domain, body)
    }
  }

  /// That the variable is in its range.
  mutating func range(_ name: String, _ domain: Domain) -> [SignFormula] {
    let variable = Expression(.variable(name))
    var parts: [SignFormula] = []
    if let lower = domain.lower {
      let step = Formula.Comparison.Step(relation: lower.isClosed ? .greaterOrEqual : .greater, expression: lower.value)
      parts.append(comparison(.init(first: variable, rest: [step])))
    }
    if let upper = domain.upper {
      let step = Formula.Comparison.Step(relation: upper.isClosed ? .lessOrEqual : .less, expression: upper.value)
      parts.append(comparison(.init(first: variable, rest: [step])))
    }
    return parts
  }

  private mutating func comparison(_ comparison: Formula.Comparison) -> SignFormula {
    var (left, parts) = (comparison.first, [SignFormula]())
    for step in comparison.rest {
      parts.append((try? self.step(left, step.relation, step.expression)) ?? .unknown)
      left = step.expression
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func step(_ left: Expression, _ relation: Relation, _ right: Expression) throws(NotMadeOfSigns)
    -> SignFormula
  {
    switch (left.kind == .infinity, right.kind == .infinity) {
    case (true, true): return .constant(relation.holds(0))
    case (true, false): return .constant(relation.holds(1))
    case (false, true): return .constant(relation.holds(-1))
    case (false, false): break
    }
    return .test(try test(numbers.form(left), numbers.form(right)), relation)
  }

  /// The test of the sign of `left` − `right`.
  private mutating func test(_ left: SignCompiler.Form, _ right: SignCompiler.Form) throws(NotMadeOfSigns) -> SignTest {
    switch try numbers.added(left, numbers.scaled(right, -1)) {
    case .information(let terms):
      let common = terms.reduce(Rational(1)) { .leastCommonMultiple($0, $1.coefficient.denominator) }
      guard let product = numbers.exponential(terms.map { SignLogarithm(common * $0.coefficient, $0.argument) }) else {
        throw NotMadeOfSigns()
      }
      let (above, below) = try product.sides(&numbers.steps)
      let difference = try numbers.steps.place(.subtract(above, below))
      return SignTest(numbers.steps, .quotient(difference, nil))
    case .number(let number, nil): return try test(number)
    case .number(let number, let root?) where number.terms.isEmpty:
      let (term, coefficient) = try root.coefficient.single(&numbers.steps)
      let above = try signed(term, coefficient)
      return SignTest(numbers.steps, .quotient(above, divisor(term)))
    case .number(let number, let root?):
      // P + Q√S over one positive denominator.
      let (p, own) = try number.single(&numbers.steps)
      let (q, factor) = try root.coefficient.single(&numbers.steps)
      guard divisor(p) == nil, divisor(q) == nil, own.signum != 0, factor.signum != 0 else {
        throw NotMadeOfSigns()
      }
      let squares = try SignNumber.product(SignNumber(p, own), SignNumber(p, own), &numbers.steps)
      let other = try SignNumber.product(SignNumber(q, factor), SignNumber(q, factor), &numbers.steps)
      let gap =
        try squares + Rational(-1) * SignNumber.product(other, root.radicand.number(&numbers.steps), &numbers.steps)
      let (term, _) = try gap.collected(&numbers.steps)
      guard divisor(term) == nil else { throw NotMadeOfSigns() }
      let (first, second) = (try signed(p, own), try signed(q, factor))
      return SignTest(numbers.steps, .root(first: first, second: second, gap: term.above))
    }
  }

  /// The test of the sign of a number.
  mutating func test(_ number: SignNumber) throws(NotMadeOfSigns) -> SignTest {
    let (term, _) = try number.collected(&numbers.steps)
    return SignTest(numbers.steps, .quotient(term.above, divisor(term)))
  }

  /// The number above, with the sign of the coefficient.
  private mutating func signed(_ term: SignNumber.Term, _ coefficient: Rational) throws(NotMadeOfSigns) -> Int {
    try numbers.steps.product(numbers.steps.place(.whole(coefficient.signum)), term.above)
  }

  /// The divisor, where its sign matters.
  private func divisor(_ term: SignNumber.Term) -> Int? {
    term.below.flatMap { numbers.steps.positive.contains($0) ? nil : $0 }
  }
}

extension LinearImage {
  /// A block as it stands.
  init(_ block: Block) { terms = [.init(coefficient: 1, block: block, index: nil)] }
}
