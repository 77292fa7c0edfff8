// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Σ coefficient · number/(factorᶠ·unitᵘ·divisor): a rational function of the moments, as a linear combination, so that
/// what cancels does so before anything is computed.
struct SignNumber {
  struct Term: Hashable {
    var above: Int
    var factors = 0
    var units = 0
    var below: Int?
  }

  private(set) var terms: [(term: Term, coefficient: Rational)] = []

  init() {}
  init(_ term: Term, _ coefficient: Rational = 1) { add(term, coefficient) }

  mutating func add(_ term: Term, _ coefficient: Rational) {
    if let place = terms.firstIndex(where: { $0.term == term }) {
      terms[place].coefficient += coefficient
      if terms[place].coefficient.signum == 0 { terms.remove(at: place) }
    } else if coefficient.signum != 0 {
      terms.append((term, coefficient))
    }
  }

  static func + (a: SignNumber, b: SignNumber) -> SignNumber {
    var sum = a
    for (term, coefficient) in b.terms { sum.add(term, coefficient) }
    return sum
  }

  static func * (factor: Rational, a: SignNumber) -> SignNumber {
    var product = SignNumber()
    for (term, coefficient) in a.terms { product.add(term, factor * coefficient) }
    return product
  }

  /// A positive number times the whole, as one term with a whole coefficient in it, which has the same sign; `scale` is that number.
  func collected(_ steps: inout SignSteps) throws(NotMadeOfSigns) -> (term: Term, scale: Rational) {
    let common = terms.reduce(Rational(1)) { .leastCommonMultiple($0, $1.coefficient.denominator) }
    let (factors, units) = (terms.map(\.term.factors).max() ?? 0, terms.map(\.term.units).max() ?? 0)
    var divisors: [Int] = []
    for (term, _) in terms { if let below = term.below, !divisors.contains(below) { divisors.append(below) } }
    var sum: Int?
    // Terms of large coefficients first, negative ones taken off.
    for (term, coefficient) in terms.sorted(by: { $0.coefficient > $1.coefficient }) {
      guard let whole = (coefficient * common).asInt, abs(whole) < 1 << 40 else { throw NotMadeOfSigns() }
      var value = try steps.product(try steps.place(.whole(sum == nil ? whole : abs(whole))), term.above)
      value = try steps.product(value, try steps.place(.factor), power: factors - term.factors)
      value = try steps.product(value, try steps.place(.unit), power: units - term.units)
      for divisor in divisors where divisor != term.below { value = try steps.product(value, divisor) }
      if let before = sum { value = try steps.place(whole < 0 ? .subtract(before, value) : .add(before, value)) }
      sum = value
    }
    var below: Int?
    for divisor in divisors { below = if let before = below { try steps.product(before, divisor) } else { divisor } }
    let above = if let sum { sum } else { try steps.place(.whole(0)) }
    return (Term(above: above, factors: factors, units: units, below: below), common)
  }

  /// The same number as one term.
  func single(_ steps: inout SignSteps) throws(NotMadeOfSigns) -> (term: Term, coefficient: Rational) {
    if terms.count == 1 { return terms[0] }
    let (term, scale) = try collected(&steps)
    return (term, 1 / scale)
  }

  static func product(_ a: SignNumber, _ b: SignNumber, _ steps: inout SignSteps) throws(NotMadeOfSigns) -> SignNumber {
    if a.terms.isEmpty || b.terms.isEmpty { return SignNumber() }
    // One term times several keeps the several apart, unless the whole is known to be positive, and must stay so.
    if a.terms.count > 1, b.terms.count > 1 {
      return try product(SignNumber(terms: [a.single(&steps)]), b, &steps)
    }
    for (one, other) in [(a, b), (b, a)] where other.terms.count > 1 && !one.isConstant(steps) {
      let (term, scale) = try other.collected(&steps)
      if steps.positive.contains(term.above) { return try product(one, SignNumber(term, 1 / scale), &steps) }
    }
    var product = SignNumber()
    for (x, p) in a.terms {
      for (y, q) in b.terms {
        let below: Int? =
          if let first = x.below, let second = y.below { try steps.product(first, second) } else { x.below ?? y.below }
        product.add(
          Term(
            above: try steps.product(x.above, y.above), factors: x.factors + y.factors, units: x.units + y.units,
            below: below),
          p * q)
      }
    }
    return product
  }

  /// Whether it is a rational number.
  func isConstant(_ steps: SignSteps) -> Bool {
    terms.allSatisfy {
      $0.term.below == nil && $0.term.factors == 0 && $0.term.units == 0 && steps.operations[$0.term.above] == .whole(1)
    }
  }

  private init(terms: [(term: Term, coefficient: Rational)]) { self.terms = terms }

  /// 1 over the number.
  func inverse(_ steps: inout SignSteps) throws(NotMadeOfSigns) -> SignNumber {
    guard !terms.isEmpty else { throw NotMadeOfSigns() }
    let (term, coefficient) = try single(&steps)
    var above = if let below = term.below { below } else { try steps.place(.whole(1)) }
    above = try steps.product(above, try steps.place(.factor), power: term.factors)
    above = try steps.product(above, try steps.place(.unit), power: term.units)
    let below = steps.operations[term.above] == .whole(1) ? nil : term.above
    return SignNumber(Term(above: above, below: below), 1 / coefficient)
  }
}

/// A product of whole powers of positive numbers, by their places: what the logarithm of an information is of.
struct SignProduct: Equatable {
  private(set) var powers: [Int: Int] = [:]

  init() {}

  mutating func multiply(_ place: Int, _ power: Int) {
    let sum = (powers[place] ?? 0) + power
    powers[place] = sum == 0 ? nil : sum
  }

  mutating func multiply(_ other: SignProduct, _ power: Int = 1) {
    for (place, own) in other.powers { multiply(place, own * power) }
  }

  /// The number as a term, whose divisor is positive.
  func number(_ steps: inout SignSteps) throws(NotMadeOfSigns) -> SignNumber {
    let (above, below) = try sides(&steps)
    return SignNumber(.init(above: above, below: steps.operations[below] == .whole(1) ? nil : below))
  }

  /// The product of the positive powers, and that of the negative ones.
  func sides(_ steps: inout SignSteps) throws(NotMadeOfSigns) -> (above: Int, below: Int) {
    let one = try steps.place(.whole(1))
    var (above, below) = (one, one)
    for (place, power) in powers.sorted(by: { $0.key < $1.key }) {
      guard abs(power) <= 8 else { throw NotMadeOfSigns() }
      if power > 0 { above = try steps.product(above, place, power: power) }
      if power < 0 { below = try steps.product(below, place, power: -power) }
    }
    return (above, below)
  }
}
