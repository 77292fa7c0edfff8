// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A polynomial a + bt + ct² of the moments for t > 0: which signs it takes there follows from those of a, b, c and b² − 4ac.
struct SignQuadratic: Sendable {
  /// The tests of its coefficients, by powers from 0, nil for 0; and that of its discriminant where it has one.
  let coefficients: [SignTest?]
  let discriminant: SignTest?
}

/// A part of the range of a quantifier on which everything in its body depends on one sign.
struct SignPiece: Sendable {
  let polynomial: SignQuadratic
  /// The body, with ``SignFormula/polynomial(_:factor:divisor:)`` for its comparisons.
  let body: SignFormula
}

/// Quantified conditions, decided by signs of the moments alone.
extension SignFormulaCompiler {
  /// A condition for all values, or some, or all that are near enough to 0.
  mutating func quantified(_ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula) -> SignFormula {
    // Nothing is larger than ∞.
    if domain.lower?.value.kind == .infinity { return .constant(quantifier != .some) }
    let before = self
    do throws(NotMadeOfSigns) {
      if quantifier == .allSmall {
        return try self.body(body) { compiler, difference, relation throws(NotMadeOfSigns) in
          try compiler.nearZero(difference, relation)
        }
      }
      return .forPieces(quantifier, try pieces(domain, body), ends: try ends(name, domain, body))
    } catch { self = before }
    if quantifier == .allSmall { return .unknown }
    // What follows from `and` of all, or from `or` of some, is decided part by part.
    let parts = quantifier == .all ? body.conjuncts : body.disjuncts
    if parts.count > 1 {
      let each = parts.map { quantified(quantifier, name, domain, $0) }
      return quantifier == .all ? .all(each) : .any(each)
    }
    return .forLambda(quantifier, within: .all(range(name, domain)), formula(body, isPremise: false))
  }

  private typealias Atom = (inout SignFormulaCompiler, SignFraction, Relation) throws(NotMadeOfSigns) -> SignFormula

  /// The body with what `atom` makes of the differences of its comparisons; what is without the variable stays as it is.
  private mutating func body(_ formula: Formula, _ atom: Atom) throws(NotMadeOfSigns) -> SignFormula {
    guard formula.usesVariable else { return self.formula(formula, isPremise: false) }
    func all(_ parts: [Formula]) throws(NotMadeOfSigns) -> [SignFormula] {
      try parts.map { part throws(NotMadeOfSigns) in try body(part, atom) }
    }
    switch formula.kind {
    case .all(let parts): return .all(try all(parts))
    case .any(let parts): return .any(try all(parts))
    case .iff(let parts): return .iff(try all(parts))
    case .not(let part): return .not(try body(part, atom))
    case .implies(let premise, let conclusion): return .implies(try body(premise, atom), try body(conclusion, atom))
    case .comparison(let comparison):
      var (left, parts) = (comparison.first, [SignFormula]())
      for step in comparison.rest {
        switch (left.kind == .infinity, step.expression.kind == .infinity) {
        case (true, true): parts.append(.constant(step.relation.holds(0)))
        case (true, false): parts.append(.constant(step.relation.holds(1)))
        case (false, true): parts.append(.constant(step.relation.holds(-1)))
        case (false, false):
          var right = try numbers.fraction(step.expression)
          right.above = Rational(-1) * right.above
          parts.append(try atom(&self, numbers.added(numbers.fraction(left), right), step.relation))
        }
        left = step.expression
      }
      return .all(parts)
    default: throw NotMadeOfSigns()
    }
  }

  /// By the first coefficients that are not 0.
  private mutating func nearZero(_ difference: SignFraction, _ relation: Relation) throws(NotMadeOfSigns) -> SignFormula
  {
    .nearZero(
      above: try tests(difference.above).compactMap { $0 }, below: try tests(difference.below).compactMap { $0 },
      relation)
  }

  private mutating func tests(_ polynomial: SignPolynomial) throws(NotMadeOfSigns) -> [SignTest?] {
    try polynomial.coefficients.map { number throws(NotMadeOfSigns) in
      number.terms.isEmpty ? nil : try test(number)
    }
  }

  // MARK: Ranges

  /// A range as images of t > 0: `line` over `below` is the variable.
  private typealias Image = (line: SignPolynomial, below: SignPolynomial)

  private mutating func pieces(_ domain: Domain, _ body: Formula) throws(NotMadeOfSigns) -> [SignPiece] {
    try images(domain).map { image throws(NotMadeOfSigns) in try piece(image, body) }
  }

  private mutating func images(_ domain: Domain) throws(NotMadeOfSigns) -> [Image] {
    let one = try numbers.constant(1)
    let minus = Rational(-1) * one
    let unit = SignPolynomial([one])
    switch (try end(domain.lower), try end(domain.upper)) {
    case (nil, nil):
      return [(SignPolynomial([SignNumber(), one]), unit), (SignPolynomial([SignNumber(), minus]), unit)]
    case (let low?, nil): return [(SignPolynomial([low, one]), unit)]
    case (nil, let high?): return [(SignPolynomial([high, minus]), unit)]
    case (let low?, let high?):
      // Numbers, of which the first is the smaller one.
      guard let a = rational(low), let b = rational(high), a < b else { throw NotMadeOfSigns() }
      return [(SignPolynomial([low, high]), SignPolynomial([one, one]))]
    }
  }

  private mutating func end(_ end: Domain.End?) throws(NotMadeOfSigns) -> SignNumber? {
    guard let end else { return nil }
    if end.value.kind == .infinity { return nil }
    guard case .number(let number, nil) = try numbers.form(end.value),
      number.terms.allSatisfy({ $0.term.below.map { numbers.steps.positive.contains($0) } ?? true })
    else { throw NotMadeOfSigns() }
    return number
  }

  /// The value of a number that is the same on every instance.
  private func rational(_ number: SignNumber) -> Rational? {
    number.isConstant(numbers.steps) ? number.terms.first?.coefficient ?? 0 : nil
  }

  /// The body at the closed ends of the range, and at 0 where two images meet there.
  private mutating func ends(_ name: String, _ domain: Domain, _ body: Formula) throws(NotMadeOfSigns) -> [SignFormula]
  {
    var points: [Expression] = []
    for case let end? in [domain.lower, domain.upper] where end.isClosed && end.value.kind != .infinity {
      points.append(end.value)
    }
    if domain == Domain() { points.append(Expression(.number(0))) }
    return points.map { formula(body.with(name, as: $0), isPremise: false) }
  }

  // MARK: One sign

  private mutating func piece(_ image: Image, _ body: Formula) throws(NotMadeOfSigns) -> SignPiece {
    var known: SignPolynomial?
    let formula = try self.body(body) { compiler, difference, relation throws(NotMadeOfSigns) in
      func onImage(_ polynomial: SignPolynomial) throws(NotMadeOfSigns) -> SignPolynomial {
        let moved = try polynomial.substituting(image.line, over: image.below, &compiler.numbers.steps)
        return moved.withoutPowers
      }
      // The powers of a positive `below` do not matter.
      let (above, below) = (try onImage(difference.above), try onImage(difference.below))
      let divisor = try compiler.divisor(below)
      if above.degree < 0 { return .polynomial(relation, factor: 0, divisor: divisor) }
      if above.degree == 0 {
        // It does not depend on the variable after all.
        guard divisor == nil else { throw NotMadeOfSigns() }
        return .test(try compiler.test(above.coefficients[0]), relation)
      }
      guard let base = known else {
        known = above
        return .polynomial(relation, factor: 1, divisor: divisor)
      }
      guard let ratio = above.ratio(to: base) else { throw NotMadeOfSigns() }
      return .polynomial(relation, factor: ratio.signum, divisor: divisor)
    }
    return SignPiece(polynomial: try quadratic(known ?? SignPolynomial([])), body: formula)
  }

  /// The test of a divisor, which does not depend on the variable; nil where it is positive.
  private mutating func divisor(_ below: SignPolynomial) throws(NotMadeOfSigns) -> SignTest? {
    let positive = below.coefficients.allSatisfy { number in
      number.terms.allSatisfy { part in
        part.coefficient.signum > 0 && numbers.steps.positive.contains(part.term.above)
          && (part.term.below.map { numbers.steps.positive.contains($0) } ?? true)
      }
    }
    if positive, below.degree >= 0 { return nil }
    guard below.degree == 0 else { throw NotMadeOfSigns() }
    return try test(below.coefficients[0])
  }

  private mutating func quadratic(_ polynomial: SignPolynomial) throws(NotMadeOfSigns) -> SignQuadratic {
    guard polynomial.degree <= 2 else { throw NotMadeOfSigns() }
    var discriminant: SignTest?
    if polynomial.degree == 2 {
      let parts = polynomial.coefficients
      let number =
        try SignNumber.product(parts[1], parts[1], &numbers.steps) + Rational(-4)
        * SignNumber.product(parts[0], parts[2], &numbers.steps)
      discriminant = number.terms.isEmpty ? nil : try test(number)
    }
    return SignQuadratic(coefficients: try tests(polynomial), discriminant: discriminant)
  }
}

extension Formula {
  /// The conditions that it joins with `or`; itself where it joins none.
  var disjuncts: [Formula] { if case .any(let parts) = kind { parts.flatMap(\.disjuncts) } else { [self] } }

  /// With a quantity in place of a variable.
  func with(_ name: String, as value: Expression) -> Formula {
    mapped { $0.replacing { if case .variable(name) = $0.kind { value } else { nil } } }
  }

  /// With every quantity in it changed.
  func mapped(_ change: (Expression) -> Expression) -> Formula {
    func all(_ parts: [Formula]) -> [Formula] { parts.map { $0.mapped(change) } }
    let changed: Kind
    switch kind {
    case .comparison(let comparison):
      changed = .comparison(
        .init(
          first: change(comparison.first),
          rest: comparison.rest.map { .init(relation: $0.relation, expression: change($0.expression)) }))
    case .all(let parts): changed = .all(all(parts))
    case .any(let parts): changed = .any(all(parts))
    case .iff(let parts): changed = .iff(all(parts))
    case .not(let part): changed = .not(part.mapped(change))
    case .implies(let premise, let conclusion): changed = .implies(premise.mapped(change), conclusion.mapped(change))
    case .forOutputs(let quantifier, let name, let part): changed = .forOutputs(quantifier, name, part.mapped(change))
    case .forVariable(let quantifier, let name, var domain, let part):
      if let lower = domain.lower { domain.lower = .init(value: change(lower.value), isClosed: lower.isClosed) }
      if let upper = domain.upper { domain.upper = .init(value: change(upper.value), isClosed: upper.isClosed) }
      changed = .forVariable(quantifier, name, domain, part.mapped(change))
    default: return self
    }
    return Formula(changed, place)
  }
}

extension Expression {
  /// With what `value` gives in place of parts; nil leaves a part as it is.
  func replacing(_ value: (Expression) -> Expression?) -> Expression {
    if let value = value(self) { return value }
    func all(_ parts: [Part]) -> [Part] {
      parts.map { Part(isInverse: $0.isInverse, expression: $0.expression.replacing(value)) }
    }
    let changed: Kind
    switch kind {
    case .risk(let argument): changed = .risk(argument.replacing(value))
    case .call(let function, let arguments): changed = .call(function, arguments.map { $0.replacing(value) })
    case .sum(let parts): changed = .sum(all(parts))
    case .product(let parts): changed = .product(all(parts))
    case .power(let base, let power): changed = .power(base.replacing(value), power)
    default: return self
    }
    return Expression(changed, place)
  }
}
