// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A polynomial in the variable of a quantifier; its coefficients, by powers from 0, are numbers of the moments.
struct SignPolynomial {
  private(set) var coefficients: [SignNumber]

  init(_ coefficients: [SignNumber]) {
    self.coefficients = coefficients
    while let last = self.coefficients.last, last.terms.isEmpty { self.coefficients.removeLast() }
  }

  /// −1 for the polynomial 0.
  var degree: Int { coefficients.count - 1 }

  static func + (a: SignPolynomial, b: SignPolynomial) -> SignPolynomial {
    SignPolynomial(
      (0..<max(a.coefficients.count, b.coefficients.count)).map { power in
        (power < a.coefficients.count ? a.coefficients[power] : SignNumber())
          + (power < b.coefficients.count ? b.coefficients[power] : SignNumber())
      })
  }

  static func * (factor: Rational, a: SignPolynomial) -> SignPolynomial {
    SignPolynomial(a.coefficients.map { factor * $0 })
  }

  static func product(_ a: SignPolynomial, _ b: SignPolynomial, _ steps: inout SignSteps) throws(NotMadeOfSigns)
    -> SignPolynomial
  {
    guard a.degree >= 0, b.degree >= 0 else { return SignPolynomial([]) }
    guard a.degree + b.degree <= 8 else { throw NotMadeOfSigns() }
    var sums = [SignNumber](repeating: SignNumber(), count: a.degree + b.degree + 1)
    for (i, x) in a.coefficients.enumerated() {
      for (j, y) in b.coefficients.enumerated() { sums[i + j] = try sums[i + j] + SignNumber.product(x, y, &steps) }
    }
    return SignPolynomial(sums)
  }

  /// The rational factor by which it is `other`; nil where it is no multiple of it.
  func ratio(to other: SignPolynomial) -> Rational? {
    guard degree == other.degree, let (term, own) = coefficients.last?.terms.first,
      let known = other.coefficients.last?.terms.first(where: { $0.term == term })
    else { return nil }
    let factor = own / known.coefficient
    return (self + (-factor) * other).degree < 0 ? factor : nil
  }

  /// Without the factor that is a power of the variable, which is positive here.
  var withoutPowers: SignPolynomial { SignPolynomial(Array(coefficients.drop { $0.terms.isEmpty })) }

  /// With `line` in place of the variable, over `below`: times the power of `below` that its degree is.
  func substituting(_ line: SignPolynomial, over below: SignPolynomial, _ steps: inout SignSteps)
    throws(NotMadeOfSigns) -> SignPolynomial
  {
    var (sum, power) = (SignPolynomial([]), SignPolynomial([SignNumber(.init(above: try steps.place(.whole(1))))]))
    // Horner's rule, from the highest power down; each step brings one more factor `below`.
    for coefficient in coefficients.reversed() {
      sum =
        try SignPolynomial.product(sum, line, &steps)
        + SignPolynomial.product(SignPolynomial([coefficient]), power, &steps)
      power = try SignPolynomial.product(power, below, &steps)
    }
    return sum
  }
}

/// A quotient of such polynomials.
struct SignFraction {
  var above: SignPolynomial
  var below: SignPolynomial
}

/// Quantities with the variable of a quantifier in them, as quotients of polynomials in it.
extension SignCompiler {
  mutating func fraction(_ expression: Expression) throws(NotMadeOfSigns) -> SignFraction {
    let one = SignPolynomial([try constant(1)])
    guard expression.usesVariable else {
      guard case .number(let number, nil) = try form(expression) else { throw NotMadeOfSigns() }
      return try fraction(number)
    }
    switch expression.kind {
    case .variable: return SignFraction(above: SignPolynomial([SignNumber(), try constant(1)]), below: one)
    case .risk(let argument): return try risk(at: fraction(argument))
    case .sum(let parts):
      var sum = SignFraction(above: SignPolynomial([]), below: one)
      for part in parts {
        var term = try fraction(part.expression)
        if part.isInverse { term.above = Rational(-1) * term.above }
        sum = try added(sum, term)
      }
      return sum
    case .product(let parts):
      var product = SignFraction(above: one, below: one)
      for part in parts {
        let factor = try fraction(part.expression)
        product = try multiplied(product, part.isInverse ? inverse(factor) : factor)
      }
      return product
    case .power(let base, let power):
      guard abs(power) <= 8 else { throw NotMadeOfSigns() }
      let factor = try fraction(base)
      var product = SignFraction(above: one, below: one)
      for _ in 0..<abs(power) { product = try multiplied(product, factor) }
      return power < 0 ? try inverse(product) : product
    default: throw NotMadeOfSigns()
    }
  }

  /// A number, of whose divisor the sign may be unknown, as a quotient.
  private mutating func fraction(_ number: SignNumber) throws(NotMadeOfSigns) -> SignFraction {
    let one = SignPolynomial([try constant(1)])
    let unknown = number.terms.contains { $0.term.below.map { !steps.positive.contains($0) } ?? false }
    guard unknown else { return SignFraction(above: SignPolynomial([number]), below: one) }
    var (term, coefficient) = try number.single(&steps)
    let divisor = term.below
    term.below = nil
    return SignFraction(
      above: SignPolynomial([SignNumber(term, coefficient)]),
      below: divisor.map { SignPolynomial([SignNumber(.init(above: $0))]) } ?? one)
  }

  mutating func added(_ a: SignFraction, _ b: SignFraction) throws(NotMadeOfSigns) -> SignFraction {
    if let ratio = b.below.ratio(to: a.below) {
      return SignFraction(above: a.above + (1 / ratio) * b.above, below: a.below)
    }
    let (first, second) = (
      try SignPolynomial.product(a.above, b.below, &steps), try SignPolynomial.product(b.above, a.below, &steps)
    )
    return SignFraction(above: first + second, below: try SignPolynomial.product(a.below, b.below, &steps))
  }

  private mutating func multiplied(_ a: SignFraction, _ b: SignFraction) throws(NotMadeOfSigns) -> SignFraction {
    SignFraction(
      above: try SignPolynomial.product(a.above, b.above, &steps),
      below: try SignPolynomial.product(a.below, b.below, &steps))
  }

  /// The inverse, which is undefined also where this is.
  private mutating func inverse(_ a: SignFraction) throws(NotMadeOfSigns) -> SignFraction {
    if a.below.degree == 0 { return SignFraction(above: a.below, below: a.above) }
    return SignFraction(
      above: try SignPolynomial.product(a.below, a.below, &steps),
      below: try SignPolynomial.product(a.above, a.below, &steps))
  }

  /// R(λ) = σε² + (λ²(B + kση²) + 2λkc + kσε²)/(1+λ)² at λ = p/q.
  private mutating func risk(at argument: SignFraction) throws(NotMadeOfSigns) -> SignFraction {
    func known(_ word: Word) throws(NotMadeOfSigns) -> SignNumber {
      guard case .number(let number, nil) = try form(word, nil) else { throw NotMadeOfSigns() }
      return number
    }
    let k = try known(.k)
    let own = try known(.residualVariance)
    let ofSquare = try known(.mismatch) + SignNumber.product(k, known(.teacherResidualVariance), &steps)
    let cross = Rational(2) * (try SignNumber.product(k, known(.residualCovariance), &steps))
    let (p, q) = (argument.above, argument.below)
    func times(_ number: SignNumber, _ a: SignPolynomial, _ b: SignPolynomial) throws(NotMadeOfSigns) -> SignPolynomial
    {
      try SignPolynomial.product(SignPolynomial([number]), SignPolynomial.product(a, b, &steps), &steps)
    }
    let sum = p + q
    let below = try SignPolynomial.product(sum, sum, &steps)
    let excess = try times(ofSquare, p, p) + times(cross, p, q) + times(SignNumber.product(k, own, &steps), q, q)
    let above = try SignPolynomial.product(SignPolynomial([own]), below, &steps) + excess
    // Where the argument is undefined, so is its risk.
    return q.degree > 0
      ? try multiplied(SignFraction(above: above, below: below), SignFraction(above: q, below: q))
      : SignFraction(above: above, below: below)
  }
}
