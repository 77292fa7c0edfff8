// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Writes numbers and informations of a statement as computations on moments that every arithmetic can do.
struct SignCompiler {
  /// What an expression is.
  enum Form {
    /// A number, and a multiple of the root of a product of positive numbers.
    case number(SignNumber, root: (coefficient: SignNumber, radicand: SignProduct)?)
    /// Σ cᵢ·½ ln rᵢ.
    case information([SignLogarithm])
  }

  var steps = SignSteps()
  /// Whether det Σ11 is asked for.
  var needsInputs = false
  /// Whether every instance has one label, so that t, s and y are scalars.
  let isOfOneLabel: Bool

  /// Whether each output has a student and a teacher.
  let everyOutput: Bool

  init(isOfOneLabel: Bool, everyOutput: Bool) { (self.isOfOneLabel, self.everyOutput) = (isOfOneLabel, everyOutput) }

  // MARK: Expressions

  mutating func form(_ expression: Expression) throws(NotMadeOfSigns) -> Form {
    switch expression.kind {
    case .number(let value): return .number(try constant(value), root: nil)
    case .infinity, .instance, .fold, .counter, .counterPower: throw NotMadeOfSigns()
    case .variable:
      let above = try steps.place(.probeAbove)
      return .number(SignNumber(.init(above: above, below: try steps.place(.probeBelow))), root: nil)
    case .word(let word, let index): return try form(word, index)
    case .risk(let argument): return .number(try risk(argument), root: nil)
    case .moment(let moment): return try form(moment)
    case .call(let function, let arguments): return try form(function, arguments)
    case .sum(let parts):
      var sum = Form.number(SignNumber(), root: nil)
      for (place, part) in parts.enumerated() {
        let term = try scaled(form(part.expression), part.isInverse ? -1 : 1)
        sum = place == 0 ? term : try added(sum, term)
      }
      return sum
    case .product(let parts):
      var product = try form(parts[0].expression)
      for part in parts.dropFirst() {
        let factor = try form(part.expression)
        product = try multiplied(product, part.isInverse ? inverse(factor) : factor)
      }
      return product
    case .power(let base, let power):
      guard abs(power) <= 8 else { throw NotMadeOfSigns() }
      let factor = try form(base)
      var product = Form.number(try constant(1), root: nil)
      for _ in 0..<abs(power) { product = try multiplied(product, factor) }
      return power < 0 ? try inverse(product) : product
    }
  }

  mutating func constant(_ value: Rational) throws(NotMadeOfSigns) -> SignNumber {
    value.signum == 0 ? SignNumber() : SignNumber(.init(above: try steps.place(.whole(1))), value)
  }

  func scaled(_ form: Form, _ factor: Rational) -> Form {
    switch form {
    case .number(let number, let root):
      .number(factor * number, root: root.map { (factor * $0.coefficient, $0.radicand) })
    case .information(let terms): .information(terms.map { SignLogarithm(factor * $0.coefficient, $0.argument) })
    }
  }

  func added(_ a: Form, _ b: Form) throws(NotMadeOfSigns) -> Form {
    switch (a, b) {
    case (.number(let x, let r), .number(let y, let s)):
      guard let r, let s else { return .number(x + y, root: r ?? s) }
      guard r.radicand == s.radicand else { throw NotMadeOfSigns() }
      let coefficient = r.coefficient + s.coefficient
      return .number(x + y, root: coefficient.terms.isEmpty ? nil : (coefficient, r.radicand))
    case (.information(let x), .information(let y)): return .information(x + y)
    case (.information(let x), .number(let y, nil)) where y.terms.isEmpty: return .information(x)
    case (.number(let x, nil), .information(let y)) where x.terms.isEmpty: return .information(y)
    default: throw NotMadeOfSigns()
    }
  }

  private mutating func multiplied(_ a: Form, _ b: Form) throws(NotMadeOfSigns) -> Form {
    switch (a, b) {
    case (.number(let x, let r), .number(let y, let s)):
      guard r != nil || s != nil else { return .number(try SignNumber.product(x, y, &steps), root: nil) }
      // Only a pure root, times a number or another pure root, stays one.
      switch (r, s) {
      case (let r?, nil) where x.terms.isEmpty:
        return .number(SignNumber(), root: (try SignNumber.product(r.coefficient, y, &steps), r.radicand))
      case (nil, let s?) where y.terms.isEmpty:
        return .number(SignNumber(), root: (try SignNumber.product(s.coefficient, x, &steps), s.radicand))
      case (let r?, nil):
        return .number(
          try SignNumber.product(x, y, &steps), root: (try SignNumber.product(r.coefficient, y, &steps), r.radicand))
      case (nil, let s?):
        return .number(
          try SignNumber.product(x, y, &steps), root: (try SignNumber.product(s.coefficient, x, &steps), s.radicand))
      case (let r?, let s?):
        guard x.terms.isEmpty, y.terms.isEmpty else { throw NotMadeOfSigns() }
        var radicand = r.radicand
        radicand.multiply(s.radicand)
        return try root(SignNumber.product(r.coefficient, s.coefficient, &steps), radicand)
      default: throw NotMadeOfSigns()
      }
    case (.information(let terms), .number(let y, nil)), (.number(let y, nil), .information(let terms)):
      guard y.terms.count <= 1 else { throw NotMadeOfSigns() }
      guard let (term, coefficient) = y.terms.first else { return .number(SignNumber(), root: nil) }
      guard term.below == nil, term.factors == 0, term.units == 0, steps.operations[term.above] == .whole(1) else {
        throw NotMadeOfSigns()
      }
      return scaled(.information(terms), coefficient)
    default: throw NotMadeOfSigns()
    }
  }

  private mutating func inverse(_ form: Form) throws(NotMadeOfSigns) -> Form {
    guard case .number(let number, let root) = form else { throw NotMadeOfSigns() }
    guard let root else { return .number(try number.inverse(&steps), root: nil) }
    guard number.terms.isEmpty else { throw NotMadeOfSigns() }
    // 1/(c√r) = √r/(c·r).
    let divisor = try SignNumber.product(root.coefficient, root.radicand.number(&steps), &steps)
    return .number(SignNumber(), root: (try divisor.inverse(&steps), root.radicand))
  }

  // MARK: Functions

  private mutating func form(_ function: Function, _ arguments: [Expression]) throws(NotMadeOfSigns) -> Form {
    let argument = try form(arguments[0])
    switch (function, argument) {
    case (.ln, .number(let number, let root)):
      if let root {
        guard number.terms.isEmpty else { throw NotMadeOfSigns() }
        return .information([SignLogarithm(2, try positive(root.coefficient)), SignLogarithm(1, root.radicand)])
      }
      return .information([SignLogarithm(2, try positive(number))])
    case (.exp, .information(let terms)):
      guard let product = exponential(terms) else { throw NotMadeOfSigns() }
      return try root(constant(1), product)
    case (.sqrt, .number(let number, nil)):
      return try root(constant(1), positive(number))
    default: throw NotMadeOfSigns()
    }
  }

  /// c√r, with squares taken out of the root.
  mutating func root(_ coefficient: SignNumber, _ radicand: SignProduct) throws(NotMadeOfSigns) -> Form {
    var (squares, rest) = (SignProduct(), SignProduct())
    for (place, power) in radicand.powers {
      let half = (power - (power & 1)) / 2
      squares.multiply(place, half)
      rest.multiply(place, power & 1)
    }
    let outside = try SignNumber.product(coefficient, squares.number(&steps), &steps)
    return rest.powers.isEmpty ? .number(outside, root: nil) : .number(SignNumber(), root: (outside, rest))
  }

  /// e to twice an information of whole coefficients.
  func exponential(_ terms: [SignLogarithm]) -> SignProduct? {
    var product = SignProduct()
    for term in terms {
      guard let power = term.coefficient.asInt else { return nil }
      product.multiply(term.argument, power)
    }
    return product
  }

  /// A number that is positive on every instance, as a product.
  mutating func positive(_ number: SignNumber) throws(NotMadeOfSigns) -> SignProduct {
    let (term, coefficient) = try number.single(&steps)
    guard coefficient.signum > 0, steps.positive.contains(term.above),
      term.below.map({ steps.positive.contains($0) }) ?? true,
      let above = coefficient.numerator.asInt, let below = coefficient.denominator.asInt
    else { throw NotMadeOfSigns() }
    var product = SignProduct()
    product.multiply(term.above, 1)
    if let divisor = term.below { product.multiply(divisor, -1) }
    product.multiply(try steps.place(.factor), -term.factors)
    product.multiply(try steps.place(.unit), -term.units)
    if above != 1 { product.multiply(try steps.place(.whole(above)), 1) }
    if below != 1 { product.multiply(try steps.place(.whole(below)), -1) }
    return product
  }
}
