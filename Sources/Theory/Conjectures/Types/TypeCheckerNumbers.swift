// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension TypeChecker {
  /// The type of a number.
  func type(of expression: Expression) throws(ConjectureError) -> ExpressionType {
    let type = try anyType(of: expression)
    guard type.degree <= TypeChecker.largestDegree else {
      throw error(
        .size, expression.place, "more than \(TypeChecker.largestDegree) quantities are multiplied with each other")
    }
    return type
  }

  private func anyType(of expression: Expression) throws(ConjectureError) -> ExpressionType {
    let place = expression.place
    switch expression.kind {
    case .number(let value): return ExpressionType(constant: value)
    case .infinity: return ExpressionType(isExtended: true)
    case .variable: return ExpressionType(unit: unitOfVariable, usesVariable: true)
    case .word(let word, _):
      return ExpressionType(
        unit: word.unit, roots: word == .scale ? .single : .none, isExtended: word.isExtended,
        grain: word == .delta ? 1 : nil)
    case .risk(let argument):
      var type = try self.type(of: argument)
      guard type.unit == .one else {
        throw error(.units, argument.place, "the λ of R is a pure number, and this has \(type.unit)")
      }
      if type.roots != .none { throw error(.kind, argument.place, "the λ of R must be rational") }
      (type.unit, type.constant, type.isExtended) = (.labelSquared, nil, false)
      type.degree = 2 * type.degree + 1
      return type
    case .moment(let moment): return try self.type(of: moment, place)
    case .instance(_, let part): return try self.type(of: part)
    case .fold(let fold): return try self.type(of: fold, place)
    case .counter: return ExpressionType()
    case .counterPower(let base, _):
      let type = try self.type(of: base)
      guard type.unit == .one, type.roots == .none, !type.isExtended, !type.usesVariable else {
        throw error(.kind, base.place, "only a rational number without a unit stands to a power that counts")
      }
      return ExpressionType(degree: type.degree)
    case .call(let function, let arguments): return try self.type(of: function, arguments, place)
    case .sum(let parts): return try typeOfSum(parts, place)
    case .product(let parts): return try typeOfProduct(parts, place)
    case .power(let base, let power):
      var type = try self.type(of: base)
      if type.unit.isInformation {
        throw error(.units, place, "a power of an information; only linear combinations are decided")
      }
      if type.isExtended { throw infinite(base) }
      if let constant = type.constant, constant.signum == 0, power < 0 { throw error(.kind, place, "a division by 0") }
      type.unit = Unit.one.times(type.unit, power: power)
      if type.roots == .single, power % 2 == 0 { type.roots = .none }
      (type.constant, type.degree) = (type.isZero && power > 0 ? 0 : nil, type.degree * max(1, abs(power)))
      return type
    }
  }

  private func infinite(_ expression: Expression) -> ConjectureError {
    error(
      .kind, expression.place,
      "\(spelling(expression)) may be infinite: it can be compared, or stand in R(…), and no more")
  }

  private func type(of moment: Moment, _ place: Range<Int>) throws(ConjectureError) -> ExpressionType {
    for image in moment.given { _ = try unit(image, place) }
    let first = try moment.first.map { image throws(ConjectureError) in try unit(image, place) }
    let second = try moment.second.map { image throws(ConjectureError) in try unit(image, place) }
    switch moment.kind {
    case .information: return ExpressionType(unit: .nats, grain: 1)
    case .variance, .covariance:
      // A trace is a sum: its parts have one unit.
      let others = moment.kind == .variance ? first : second
      guard first.count == others.count else {
        throw error(.kind, place, "a covariance of \(first.count) and of \(others.count) vectors side by side")
      }
      let units = zip(first, others).map { $0.times($1) }
      if let other = units.first(where: { $0 != units[0] }) {
        throw clash(place, "the first part", units[0], "another one of the vector", other)
      }
      return ExpressionType(unit: units[0])
    case .correlation: return ExpressionType(roots: .single)
    case .squaredCorrelation: return ExpressionType()
    case .determinant:
      let unit = zip(moment.first, first).reduce(Unit.one) { product, part in
        let (image, unit) = part
        return product.times(image.terms[0].index == nil ? determinantUnit(image) : unit, power: 2)
      }
      return ExpressionType(unit: unit)
    }
  }

  private func determinantUnit(_ image: LinearImage) -> Unit {
    switch TypeChecker.base(of: image.terms[0].block) {
    case .x1: Unit(.detX1, 1)
    case .x2: Unit(.detX2, 1)
    default: Unit(.detY, 1)
    }
  }

  private func type(of function: Function, _ arguments: [Expression], _ place: Range<Int>) throws(ConjectureError)
    -> ExpressionType
  {
    let types = try arguments.map { argument throws(ConjectureError) in try self.type(of: argument) }
    var type = types[0]
    if types.contains(where: \.usesVariable) {
      throw error(
        .quantifier, place,
        "\(function.rawValue) of the variable of a quantifier is not decided; write comparisons instead")
    }
    for (argument, type) in zip(arguments, types) where type.isExtended { throw infinite(argument) }
    (type.constant, type.degree) = (nil, types.map(\.degree).max() ?? 1)
    switch function {
    case .ln:
      guard type.unit == .one else { throw error(.units, place, "ln of what has \(type.unit); it takes a pure number") }
      if type.roots == .sum { throw error(.kind, place, "ln of a sum with roots is not decided") }
      return ExpressionType(unit: .nats, grain: type.roots == .none ? 2 : 1, degree: type.degree)
    case .exp:
      guard type.unit.isInformation, let grain = type.grain, grain.isInteger else {
        throw error(.kind, place, "exp takes a sum of informations, each times a whole number, as in exp(2*I(t;s))")
      }
      let isEven = (grain / 2).isInteger
      return ExpressionType(roots: isEven ? .none : .single, degree: type.degree * 2)
    case .sqrt:
      guard type.roots == .none, let unit = type.unit.root, !type.unit.isInformation else {
        throw error(.kind, place, "a root of what is irrational, or of an odd power of a unit")
      }
      return ExpressionType(unit: unit, roots: .single, degree: type.degree)
    case .abs: return type
    case .floor, .binomial:
      for (argument, type) in zip(arguments, types) where type.unit != .one || type.roots != .none {
        throw error(.kind, argument.place, "\(function.rawValue) takes rational numbers without a unit")
      }
      return ExpressionType(degree: type.degree)
    case .min, .max:
      for (argument, other) in zip(arguments, types).dropFirst() {
        try requireComparable(arguments[0], types[0], argument, other, place)
      }
      type.unit = types.first { !$0.isZero }?.unit ?? .one
      if types.contains(where: \.unit.isInformation) { type.unit = .nats }
      type.roots = types.map(\.roots).max() ?? .none
      type.grain = nil
      return type
    }
  }

  private func type(of fold: Fold, _ place: Range<Int>) throws(ConjectureError) -> ExpressionType {
    if let below = fold.below {
      let type = try self.type(of: below)
      guard type.unit == .one, type.roots == .none, !type.isExtended, !type.usesVariable else {
        throw error(.kind, below.place, "a sum ends below a rational number without a unit")
      }
    }
    var type = try self.type(of: fold.body)
    if type.isExtended { throw infinite(fold.body) }
    if type.unit.isInformation || type.roots != .none {
      throw error(.kind, fold.body.place, "what is summed has rational values: no informations and no roots")
    }
    // A name that `let` has given may bring another sum.
    if fold.body.hasFold { throw error(.quantifier, place, "a sum within a sum is not decided") }
    if fold.body.namesInstance || fold.below?.namesInstance == true {
      throw error(.kind, place, "a sum is of one instance: write .A or .B behind its brackets")
    }
    (type.constant, type.degree) = (nil, type.degree + 1)
    return type
  }

  private func typeOfSum(_ parts: [Expression.Part], _ place: Range<Int>) throws(ConjectureError) -> ExpressionType {
    var sum = try self.type(of: parts[0].expression)
    if parts[0].isInverse {
      sum.constant = sum.constant.map { -$0 }
      if sum.isExtended { throw infinite(parts[0].expression) }
    }
    for part in parts.dropFirst() {
      let type = try self.type(of: part.expression)
      for (type, expression) in [(sum, parts[0].expression), (type, part.expression)] where type.isExtended {
        throw infinite(expression)
      }
      try requireComparable(parts[0].expression, sum, part.expression, type, place)
      if sum.isZero || type.unit.isInformation { sum.unit = type.unit }
      if let first = sum.constant, let second = type.constant {
        sum.constant = part.isInverse ? first - second : first + second
      } else {
        sum.constant = nil
      }
      // A shift that is no information leaves no grain.
      sum.grain = sum.grain.flatMap { first in type.grain.map { commonGrain(first, $0) } }
      sum.roots = sum.roots == .none && type.roots == .none ? .none : .sum
      sum.usesVariable = sum.usesVariable || type.usesVariable
      sum.degree = max(sum.degree, type.degree)
    }
    return sum
  }

  private func typeOfProduct(_ parts: [Expression.Part], _ place: Range<Int>) throws(ConjectureError) -> ExpressionType
  {
    var product = ExpressionType(constant: 1)
    product.degree = 0
    for part in parts {
      let type = try self.type(of: part.expression)
      if type.isExtended { throw infinite(part.expression) }
      let hasInformation = product.unit.isInformation || type.unit.isInformation
      if type.unit.isInformation, part.isInverse {
        throw error(.units, place, "a division by an information; multiply the comparison out")
      }
      if hasInformation {
        let other = type.unit.isInformation ? product : type
        if other.unit.isInformation {
          throw error(.units, place, "a product of informations; only linear combinations are decided")
        }
        guard other.unit == .one, other.roots == .none, !other.usesVariable else {
          throw error(.kind, place, "an information times what is no rational number")
        }
        let factor = other.constant.map { part.isInverse && $0.signum != 0 && !type.unit.isInformation ? 1 / $0 : $0 }
        product.grain = factor.flatMap { factor in (type.grain ?? product.grain).map { $0 * factor } }
        product.unit = .nats
      } else {
        product.unit = product.unit.times(type.unit, power: part.isInverse ? -1 : 1)
      }
      if part.isInverse, type.isZero { throw error(.kind, part.expression.place, "a division by 0") }
      product.constant = product.constant.flatMap { first in
        type.constant.map { part.isInverse ? first / $0 : first * $0 }
      }
      if type.isZero || product.isZero { product.constant = 0 }
      product.roots = max(product.roots, type.roots)
      product.usesVariable = product.usesVariable || type.usesVariable
      product.degree += type.degree
    }
    return product
  }
}
