// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// Evaluates the parts of a statement exactly on one instance.
///
/// It belongs to one thread.
final class Evaluator {
  let facts: Facts
  var instance: Instance { facts.instance }
  /// The outputs that quantifiers around the part have bound.
  var outputs: [String: Int] = [:]
  /// The row that a sum around the part has come to, or the number that it counts with.
  var counter = 0
  /// What quantified conditions came to.
  var decisions: [DecisionKey: Decision] = [:]

  /// Whether it is about two instances, of which `facts` are those of the first.
  let isOfTwo: Bool
  /// Those of A and of B.
  private var parts: [InstanceName: Evaluator] = [:]

  init(_ facts: Facts, isOfTwo: Bool = false) { (self.facts, self.isOfTwo) = (facts, isOfTwo) }

  /// The evaluator of one of two instances.
  func of(_ name: InstanceName) throws(Undefined) -> Evaluator {
    if let known = parts[name] { return known }
    let other = try met { () throws(Unmet) in try facts.other() }
    let part = Evaluator(name == .a ? facts : other)
    parts[name] = part
    return part
  }

  func value(_ expression: Expression) throws(Undefined) -> Value {
    switch expression.kind {
    case .number(let value): return .rational(value)
    case .infinity: return .infinity
    case .variable: return .function(.variable)
    case .word(let word, let index): return try value(word, index)
    case .risk(let argument): return try risk(at: value(argument))
    case .moment(let moment): return try value(moment)
    case .call(let function, let arguments): return try call(function, arguments)
    case .sum(let parts):
      var sum = try value(parts[0].expression)
      if parts[0].isInverse { sum = sum.negated }
      for part in parts.dropFirst() {
        let term = try value(part.expression)
        sum = try sum + (part.isInverse ? term.negated : term)
      }
      return sum
    case .product(let parts):
      var product = try value(parts[0].expression)
      for part in parts.dropFirst() {
        let factor = try value(part.expression)
        product = try product * (part.isInverse ? factor.inverse() : factor)
      }
      return product
    case .power(let base, let power): return try raised(value(base), power)
    case .instance(let name, let part): return try of(name).value(part)
    case .fold(let fold): return try value(fold)
    case .counter: return .rational(Rational(counter))
    case .counterPower(let base, _): return try raised(value(base), counter)
    }
  }

  private func raised(_ base: Value, _ power: Int) throws(Undefined) -> Value { try base.raised(to: power) }

  // MARK: Words

  private func value(_ word: Word, _ index: OutputIndex?) throws(Undefined) -> Value {
    if case .row? = index { return .rational(try rowWord(word)) }
    if let rational = try momentWord(word, index) { return .rational(rational) }
    switch word {
    case .scale: return Value.normal(RootSum(rootOf: try moments(index).scaleSquared), RootSum(1))
    case .delta: return .information(LogSum(try delta(index)))
    case .windowEnd: return Value(try risk().windowEnd)
    case .bestLambda: return Value(try risk().bestLambda as Rational?)
    case .lambda: return .rational(try met { () throws(Unmet) in try facts.lambda() })
    case .p1: return .rational(Rational(instance.p1))
    case .p2: return .rational(Rational(instance.p2))
    case .q: return .rational(Rational(instance.q))
    case .n:
      guard let n = instance.n else { throw Undefined.unmet(.trainingRows) }
      return .rational(Rational(n))
    case .p1a:
      guard let p1a = instance.p1a else { throw Undefined.unmet(.candidates) }
      return .rational(Rational(p1a))
    case .unlabelled: return .rational(Rational(try met { () throws(Unmet) in try facts.unlabelledRows() }))
    case .ridge: return .rational(try met { () throws(Unmet) in try facts.ridge() })
    case .teacherRows: return .rational(Rational(try met { () throws(Unmet) in try facts.teacherRows() }))
    case .fullResidualVariance: return .rational(facts.jointTeacher.fullResidualVariance)
    case .effectSize: return .rational(facts.jointTeacher.effectSize)
    case .tunedGain: return .rational(try met { () throws(Unmet) in try facts.student().tunedGain })
    case .signedTunedGain: return .rational(try met { () throws(Unmet) in try facts.student().signedTunedGain })
    default: return .rational(try riskWord(word))
    }
  }

  /// A word that is made of moments, which each output has too; nil for another one.
  private func momentWord(_ word: Word, _ index: OutputIndex?) throws(Undefined) -> Rational? {
    switch word {
    case .residualVariance: try moments(index).residualVariance
    case .teacherResidualVariance: try moments(index).teacherResidualVariance
    case .residualCovariance: try moments(index).residualCovariance
    case .mismatch: try moments(index).mismatch
    case .differenceVariance: try moments(index).differenceVariance
    case .varS: try moments(index).varS
    case .covTS: try moments(index).covTS
    case .beta: try moments(index).beta
    case .slack: try moments(index).residualVariance - moments(index).residualCovariance
    default: nil
    }
  }

  private func riskWord(_ word: Word) throws(Undefined) -> Rational {
    let risk = try risk()
    switch word {
    case .k: return risk.k
    case .baselineRisk: return risk.baselineRisk
    case .slope: return risk.slope
    case .limit: return risk.limit
    case .windowDivisor: return risk.windowDivisor
    case .parabolaCurvature: return risk.parabolaCurvature
    case .bestAlpha: return risk.bestMixingWeight
    case .bestGain: return risk.bestGain
    default: preconditionFailure("a word about the risk")
    }
  }

  func risk() throws(Undefined) -> RiskTerms<Rational> { try met { () throws(Unmet) in try facts.risk().terms } }

  /// The moments of an output, or of all.
  func moments(_ index: OutputIndex?) throws(Undefined) -> Moments {
    guard let index else { return facts.moments }
    return facts.outputs[try place(index, below: instance.q)]
  }

  private func delta(_ index: OutputIndex?) throws(Undefined) -> HalfLogarithm {
    guard let index else { return try met { () throws(Unmet) in try facts.delta() } }
    let output = try moments(index)
    guard let teacher = try? output.teacherInformation(), let label = try? output.labelInformation() else {
      throw Undefined.degenerate
    }
    return teacher - label
  }

  /// The coordinate that an index means.
  func place(_ index: OutputIndex, below count: Int) throws(Undefined) -> Int {
    let place: Int =
      switch index {
      case .literal(let place): place
      case .bound(let name): outputs[name] ?? count
      case .row: count
      }
    guard place < count else { throw Undefined.shape }
    return place
  }

  func met<Result>(_ body: () throws(Unmet) -> Result) throws(Undefined) -> Result {
    do { return try body() } catch { throw Undefined.unmet(error.assumption) }
  }

  // MARK: Functions

  /// R(λ) as the closed form says it, for every λ but −1.
  private func risk(at argument: Value) throws(Undefined) -> Value {
    let terms = try risk()
    let (ofSquare, cross, own) = (
      terms.mismatch + terms.k * terms.teacherResidualVariance, 2 * terms.k * terms.residualCovariance,
      terms.k * terms.residualVariance
    )
    switch argument {
    case .infinity: return .rational(terms.limit)
    case .rational(let x):
      let below = (1 + x).squared
      if below.signum == 0 { throw Undefined.division }
      return .rational(terms.residualVariance + (x.squared * ofSquare + x * cross + own) / below)
    case .function(let f):
      let (p, q) = (f.numerator, f.denominator)
      let above = Polynomial([ofSquare]) * p * p + Polynomial([cross]) * p * q + Polynomial([own]) * q * q
      // Where the argument is undefined, so is its risk.
      let factor = q.degree > 0 ? q : [1]
      let fraction = PolynomialFraction(numerator: above * factor, denominator: (p + q) * (p + q) * factor)
      return .function(try PolynomialFraction(terms.residualVariance) + fraction)
    default: throw Undefined.shape
    }
  }

  private func call(_ function: Function, _ arguments: [Expression]) throws(Undefined) -> Value {
    let first = try value(arguments[0])
    switch function {
    case .ln: return .information(try logarithm(first))
    case .exp:
      guard case .information(let sum) = first, let argument = sum.argument else { throw Undefined.shape }
      return Value.normal(RootSum(rootOf: argument), RootSum(1))
    case .sqrt:
      guard case .rational(let radicand) = first else { throw Undefined.shape }
      if radicand.signum < 0 { throw Undefined.root }
      return Value.normal(RootSum(rootOf: radicand), RootSum(1))
    case .abs: return try first.sign() < 0 ? first.negated : first
    case .floor:
      guard case .rational(let number) = first else { throw Undefined.shape }
      return .rational(number.floor)
    case .binomial:
      guard case .rational(let n) = first, case .rational(let k) = try value(arguments[1]) else {
        throw Undefined.shape
      }
      return .rational(try Evaluator.binomial(n, k))
    case .min, .max:
      var best = first
      for argument in arguments.dropFirst() {
        let other = try value(argument)
        let order = try other.compare(to: best)
        if function == .min ? order < 0 : order > 0 { best = other }
      }
      return best
    }
  }

  private func logarithm(_ argument: Value) throws(Undefined) -> LogSum {
    switch argument {
    case .rational(let x):
      if x.signum <= 0 { throw Undefined.logarithm }
      return 2 * LogSum(HalfLogarithm(of: x))
    case .roots(let p, let q):
      // c√r over c′√r′, of which the type says that it is so.
      let (above, below) = q.sign < 0 ? (-p, -q) : (p, q)
      guard let x = above.squareOfSingle, let y = below.squareOfSingle else { throw Undefined.logarithm }
      return LogSum(HalfLogarithm(of: x / y))
    default: throw Undefined.shape
    }
  }
}

extension Value {
  /// A number; infinity for nil.
  fileprivate init(_ value: Rational?) { self = value.map(Value.rational) ?? .infinity }
}
