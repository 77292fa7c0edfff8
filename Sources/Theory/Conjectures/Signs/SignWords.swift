// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The words and moments of statements, as computations.
extension SignCompiler {
  typealias Column = SignOperation.Column
  typealias Outputs = SignOperation.Outputs

  mutating func form(_ word: Word, _ index: OutputIndex?) throws(NotMadeOfSigns) -> Form {
    let outputs = try outputs(index)
    switch word {
    case .scale:
      var square = try positive(total(.teacher, .teacher, outputs))
      square.multiply(try positive(total(.label, .label, outputs)), -1)
      return try root(constant(1), square)
    case .delta: return try delta(index)
    default: return .number(try number(word, outputs), root: nil)
    }
  }

  private mutating func number(_ word: Word, _ outputs: Outputs) throws(NotMadeOfSigns) -> SignNumber {
    switch word {
    case .residualVariance: return try residual(.label, .label, outputs)
    case .teacherResidualVariance: return try residual(.teacher, .teacher, outputs)
    case .residualCovariance: return try residual(.teacher, .label, outputs)
    case .varS: return try varianceOfStudent(outputs)
    case .covTS: return try explained(.teacher, .label, outputs)
    case .mismatch:
      return try explained(.teacher, .teacher, outputs) + Rational(-2) * explained(.teacher, .label, outputs)
        + explained(.label, .label, outputs)
    case .differenceVariance:
      return try residual(.label, .label, outputs) + residual(.teacher, .teacher, outputs)
        + Rational(-2) * residual(.teacher, .label, outputs)
    case .slack: return try residual(.label, .label, outputs) + Rational(-1) * residual(.teacher, .label, outputs)
    case .beta:
      let divisor = try residual(.label, .label, outputs).inverse(&steps)
      return try SignNumber.product(residual(.teacher, .label, outputs), divisor, &steps)
    case .k: return SignNumber(.init(above: try steps.place(.p2), units: 1))
    case .baselineRisk:
      let own = try residual(.label, .label, .trace)
      return try own + times(.k, own)
    case .slope: return try times(.k, Rational(-2) * number(.slack, .trace))
    case .limit:
      return try residual(.label, .label, .trace) + number(.mismatch, .trace)
        + times(.k, residual(.teacher, .teacher, .trace))
    case .windowDivisor:
      let difference = try residual(.teacher, .teacher, .trace) + Rational(-1) * residual(.label, .label, .trace)
      return try number(.mismatch, .trace) + times(.k, difference)
    case .parabolaCurvature: return try number(.mismatch, .trace) + times(.k, number(.differenceVariance, .trace))
    case .lambda:
      return SignNumber(.init(above: try steps.place(.lambdaAbove), below: try steps.place(.lambdaBelow)))
    case .p2: return SignNumber(.init(above: try steps.place(.p2)))
    case .n: return SignNumber(.init(above: try steps.place(.n)))
    case .q: return SignNumber(.init(above: try steps.place(.q)))
    case .windowEnd, .bestLambda, .bestAlpha, .bestGain, .scale, .delta, .p1, .p1a, .fullResidualVariance, .effectSize,
      .tunedGain, .signedTunedGain, .unlabelled, .ridge, .teacherRows, .leverage:
      throw NotMadeOfSigns()
    }
  }

  private mutating func times(_ word: Word, _ factor: SignNumber) throws(NotMadeOfSigns) -> SignNumber {
    try SignNumber.product(number(word, .trace), factor, &steps)
  }

  func outputs(_ index: OutputIndex?) throws(NotMadeOfSigns) -> Outputs {
    switch index {
    case nil: return .trace
    case .bound: return .bound
    case .literal, .row: throw NotMadeOfSigns()
    }
  }

  /// R(λ) as R0 and what λ changes.
  mutating func risk(_ argument: Expression) throws(NotMadeOfSigns) -> SignNumber {
    if argument.kind == .infinity { return try number(.limit, .trace) }
    guard case .number(let number, nil) = try form(argument) else { throw NotMadeOfSigns() }
    guard !number.terms.isEmpty else { return try self.number(.baselineRisk, .trace) }
    let (term, coefficient) = try number.single(&steps)
    guard term.factors == 0, term.units == 0, coefficient.signum > 0, let p = coefficient.numerator.asInt,
      let q = coefficient.denominator.asInt, steps.positive.contains(term.above),
      term.below.map({ steps.positive.contains($0) }) ?? true
    else { throw NotMadeOfSigns() }
    let u = try steps.product(steps.place(.whole(p)), term.above)
    let below = if let divisor = term.below { divisor } else { try steps.place(.whole(1)) }
    let v = try steps.product(steps.place(.whole(q)), below)
    let sum = try steps.place(.add(u, v))
    let change = SignNumber.Term(
      above: try steps.place(.riskChange(u, v)), factors: 1, units: 1, below: try steps.product(sum, sum))
    return try self.number(.baselineRisk, .trace) + SignNumber(change)
  }

  // MARK: Moments

  mutating func total(_ a: Column, _ b: Column, _ outputs: Outputs) throws(NotMadeOfSigns) -> SignNumber {
    SignNumber(.init(above: try steps.place(.total(min(a, b), max(a, b), outputs))))
  }

  mutating func residual(_ a: Column, _ b: Column, _ outputs: Outputs) throws(NotMadeOfSigns) -> SignNumber {
    SignNumber(.init(above: try steps.place(.residual(min(a, b), max(a, b), outputs)), factors: 1))
  }

  mutating func explained(_ a: Column, _ b: Column, _ outputs: Outputs) throws(NotMadeOfSigns) -> SignNumber {
    try total(a, b, outputs) + Rational(-1) * residual(a, b, outputs)
  }

  /// cov(u, v) of two blocks, before or after conditioning on x2; a candidate is its multiple over its scale.
  private mutating func covariance(_ u: Block, _ v: Block, givenX2: Bool, _ outputs: Outputs) throws(NotMadeOfSigns)
    -> SignNumber
  {
    let (a, b) = (try column(u), try column(v))
    // Of a candidate, problems know its own moments and those with the label.
    if max(a, b) > .label, a != b, min(a, b) != .label { throw NotMadeOfSigns() }
    var number: SignNumber
    if u == .s || v == .s {
      number = try givenX2 ? SignNumber() : u == v ? varianceOfStudent(outputs) : explained(a, b, outputs)
    } else {
      number = try givenX2 ? residual(a, b, outputs) : total(a, b, outputs)
    }
    for column in [a, b] where column == .first || column == .second {
      let scale = try steps.place(column == .first ? .firstScale : .secondScale)
      number = try SignNumber.product(number, SignNumber(.init(above: steps.place(.whole(1)), below: scale)), &steps)
    }
    return number
  }

  /// var(s), which is positive where w* ≠ 0; of one output of several, where each has a student.
  private mutating func varianceOfStudent(_ outputs: Outputs) throws(NotMadeOfSigns) -> SignNumber {
    let variance = try explained(.label, .label, outputs)
    if outputs == .trace || everyOutput { steps.markPositive(try variance.collected(&steps).term.above) }
    return variance
  }

  /// Checks that images are linearly independent on every instance: no block is in two of them or twice in one, and none is
  /// a function of what is given.
  private func requireIndependent(_ images: [LinearImage], given: [LinearImage]) throws(NotMadeOfSigns) {
    let all = given == [.x2] ? images : images + given
    let blocks = all.flatMap { $0.terms.map(\.block) }
    guard Set(blocks).count == blocks.count, given != [.x2] || !blocks.contains(.s) else { throw NotMadeOfSigns() }
    if !isOfOneLabel, !everyOutput, blocks.contains(.s) { throw NotMadeOfSigns() }
  }

  private func column(_ block: Block) throws(NotMadeOfSigns) -> Column {
    switch block {
    case .t: return .teacher
    case .y, .s: return .label
    case .t1: return .first
    case .t2: return .second
    case .x1, .x2, .joint, .secondTeacher: throw NotMadeOfSigns()
    }
  }

  /// cov of two combinations, given nothing, x2, or one scalar.
  private mutating func covariance(_ u: LinearImage, _ v: LinearImage, given: [LinearImage]) throws(NotMadeOfSigns)
    -> SignNumber
  {
    let isGivenX2 = given == [.x2]
    if !given.isEmpty, !isGivenX2 {
      guard given.count == 1 else { throw NotMadeOfSigns() }
      let (x, y) = (try covariance(u, given[0], given: []), try covariance(v, given[0], given: []))
      let divisor = try covariance(given[0], given[0], given: []).inverse(&steps)
      let explained = try SignNumber.product(SignNumber.product(x, y, &steps), divisor, &steps)
      let rest = try covariance(u, v, given: []) + Rational(-1) * explained
      if u == v, (try? requireIndependent([u], given: given)) != nil {
        steps.markPositive(try rest.collected(&steps).term.above)
      }
      return rest
    }
    var sum = SignNumber()
    for a in u.terms {
      for b in v.terms {
        guard a.index == b.index else { throw NotMadeOfSigns() }
        let part = try covariance(a.block, b.block, givenX2: isGivenX2, try outputs(a.index))
        sum = sum + a.coefficient * b.coefficient * part
      }
    }
    return sum
  }

  mutating func form(_ moment: Moment) throws(NotMadeOfSigns) -> Form {
    if moment.kind == .information, let known = try inputInformation(moment) { return known }
    guard moment.first.count == 1, moment.second.count <= 1 else { throw NotMadeOfSigns() }
    let (u, v) = (moment.first[0], moment.second.first ?? moment.first[0])
    let isOfOne = isOfOneLabel || (u.terms + v.terms).allSatisfy { $0.index != nil }
    // Given a vector, and as informations and correlations, only scalars are written so.
    switch moment.kind {
    case .variance, .covariance:
      if !isOfOne, !moment.given.isEmpty, moment.given != [.x2] { throw NotMadeOfSigns() }
      return .number(try covariance(u, v, given: moment.given), root: nil)
    case .determinant: throw NotMadeOfSigns()
    case .information, .correlation, .squaredCorrelation:
      guard isOfOne else {
        guard moment.kind == .information, moment.given.isEmpty else { throw NotMadeOfSigns() }
        return try vectorInformation(u, v)
      }
      try requireIndependent([u, v], given: moment.given)
      let (a, b) = (try positiveVariance(u, moment.given), try positiveVariance(v, moment.given))
      let cross = try covariance(u, v, given: moment.given)
      var variances = a
      variances.multiply(b)
      if moment.kind == .correlation {
        let inverse = SignProduct(of: variances, power: -1)
        return try root(cross, inverse)
      }
      let square = try SignNumber.product(cross, cross, &steps)
      if moment.kind == .squaredCorrelation {
        return .number(try SignNumber.product(square, variances.number(&steps).inverse(&steps), &steps), root: nil)
      }
      // ½ ln of the product of the variances over what the covariance leaves of it.
      let rest = try variances.number(&steps) + Rational(-1) * square
      steps.markPositive(try rest.collected(&steps).term.above)
      return .information([SignLogarithm(1, variances), SignLogarithm(-1, try positive(rest))])
    }
  }

  private mutating func positiveVariance(_ u: LinearImage, _ given: [LinearImage]) throws(NotMadeOfSigns) -> SignProduct
  {
    let variance = try covariance(u, u, given: given)
    steps.markPositive(try variance.collected(&steps).term.above)
    return try positive(variance)
  }
}

extension SignProduct {
  init(of other: SignProduct, power: Int) {
    self.init()
    multiply(other, power)
  }
}

extension SignOperation.Column: Comparable {
  private var order: Int {
    switch self {
    case .teacher: 0
    case .label: 1
    case .first: 2
    case .second: 3
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.order < b.order }
}
