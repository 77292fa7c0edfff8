// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A number of a statement: over an ordered field, as the same computation with fractions, and why they are the same.
struct CoqTerm {
  /// A term of the field R.
  var text: String
  /// A term of type Q whose image in R it is.
  var computed: String
  /// A proof of text = ofQ R computed.
  var proof: String

  /// Two numbers joined: `text` with both, and the names of the operation on fractions and of its lemma.
  init(_ a: CoqTerm, _ symbol: String, _ b: CoqTerm, _ name: String) {
    text = "\(a.text) \(symbol) \(b.text)"
    computed = "(\(name)Q \(a.computed) \(b.computed))"
    proof = "(\(name)_of \(a.proof) \(b.proof))"
  }

  init(text: String, computed: String, proof: String) {
    (self.text, self.computed, self.proof) = (text, computed, proof)
  }

  static func + (a: CoqTerm, b: CoqTerm) -> CoqTerm { CoqTerm(a, "+", b, "add") }
  static func - (a: CoqTerm, b: CoqTerm) -> CoqTerm { CoqTerm(a, "-", b, "sub") }
  static func * (a: CoqTerm, b: CoqTerm) -> CoqTerm { CoqTerm(a, "*", b, "mul") }
  static func / (a: CoqTerm, b: CoqTerm) -> CoqTerm { CoqTerm(a, "/", b, "div") }

  var negated: CoqTerm {
    CoqTerm(text: "- \(text)", computed: "(subQ zeroQ \(computed))", proof: "(opp_of \(proof))")
  }

  func power(_ n: Int) -> CoqTerm {
    CoqTerm(text: "\(text) ^+ \(n)", computed: "(powQ \(computed) \(n))", proof: "(pow_of \(proof) \(n))")
  }

  func inversePower(_ n: Int) -> CoqTerm {
    CoqTerm(
      text: "\(text) ^- \(n)", computed: "(divQ oneQ (powQ \(computed) \(n)))", proof: "(neg_pow_of \(proof) \(n))")
  }

  /// The same number by another name, which is defined so.
  func called(_ name: String) -> CoqTerm { CoqTerm(text: name, computed: computed, proof: proof) }

  var bracketed: CoqTerm { called("(\(text))") }

  /// With its type, which Coq does not see in what is made of numerals alone.
  var inField: CoqTerm { called("(\(text) : R)") }

  static let one = CoqTerm(text: "1", computed: "oneQ", proof: "(one_of R)")
  static func natural(_ text: String) -> CoqTerm {
    CoqTerm(text: "\(text)%:R", computed: "(natQ \(text))", proof: "(nat_of R \(text))")
  }
  /// The image of a fraction.
  static func image(_ fraction: String) -> CoqTerm {
    CoqTerm(text: "ofQ R \(fraction)", computed: fraction, proof: "(erefl (ofQ R \(fraction)))")
  }
}

/// Writes the numbers of a statement over the words of the proofs.
struct CoqTerms {
  /// The teacher's weights: `w1`, or `(ols S)`.
  let teacher: String
  /// Of the words that are computed from Σ the values on one instance, and the names of what says so; without them
  /// computations are those of no instance.
  var values: [CoqWord: (value: String, proof: String)] = [:]
  /// p2 and n of the instance, and λ as a fraction.
  var sizes: (p1: String, p2: String, n: String) = ("p1", "p2", "n")
  var weight: String?
  /// The value of the variable of a quantifier, as a fraction.
  var variable: String?

  init(teacher: String) { self.teacher = teacher }

  /// A name that no word of Coq's has.
  static func spelled(_ name: String) -> String { name == "λ" ? "lam" : name == "α" ? "alp" : "v\(name)" }

  /// Both sides of a comparison, and its text.
  func comparison(_ left: Expression, _ relation: Relation, _ right: Expression) throws(CoqStatementError) -> (
    text: String, left: CoqTerm, right: CoqTerm
  ) {
    var (a, b): (CoqTerm, CoqTerm)
    if left.comparesInformations || right.comparesInformations {
      // By powers: Σ cᵢIᵢ < Σ dⱼIⱼ where Π e^(2Iᵢ)^cᵢ < Π e^(2Iⱼ)^dⱼ.
      var powers: [(CoqTerm, Int)] = []
      try collect(left, 1, into: &powers)
      try collect(right, -1, into: &powers)
      (a, b) = (CoqTerms.product(powers.filter { $0.1 > 0 }), CoqTerms.product(powers.filter { $0.1 < 0 }))
    } else {
      (a, b) = (try term(left), try term(right))
    }
    // Numbers alone have no type for Coq.
    if !(a.text + b.text).contains(where: \.isLowercase) {
      a = a.inField
    }
    let text =
      switch relation {
      case .less: "\(a.text) < \(b.text)"
      case .lessOrEqual: "\(a.text) <= \(b.text)"
      case .greater: "\(b.text) < \(a.text)"
      case .greaterOrEqual: "\(b.text) <= \(a.text)"
      case .equal: "\(a.text) = \(b.text)"
      case .unequal: "\(a.text) <> \(b.text)"
      }
    return (text, a, b)
  }

  private static func product(_ powers: [(CoqTerm, Int)]) -> CoqTerm {
    func power(_ part: (CoqTerm, Int)) -> CoqTerm { abs(part.1) == 1 ? part.0 : part.0.power(abs(part.1)) }
    guard let first = powers.first else { return .one }
    return powers.dropFirst().reduce(power(first)) { $0 * power($1) }
  }

  // MARK: Informations

  private func collect(_ expression: Expression, _ factor: Int, into powers: inout [(CoqTerm, Int)])
    throws(CoqStatementError)
  {
    let none = CoqStatementError.noWord(Printer().text(expression))
    switch expression.kind {
    case .number(0): return
    case .word(.delta, nil): powers += [(word(.teacherInformation), factor), (word(.labelInformation), -factor)]
    case .moment(let moment):
      guard let information = CoqWord(information: moment) else { throw none }
      powers.append((word(information), factor))
    case .call(.ln, let arguments):
      if arguments[0].kind == .word(.scale, nil) {
        powers.append((word(.scaleSquared), factor))
      } else {
        powers.append((try term(arguments[0]), 2 * factor))
      }
    case .sum(let parts):
      for part in parts { try collect(part.expression, part.isInverse ? -factor : factor, into: &powers) }
    case .product(let parts):
      var (whole, rest) = (factor, Expression?.none)
      for part in parts {
        if case .number(let value) = part.expression.kind, !part.isInverse, let number = value.asInt,
          abs(number) <= 1_000
        {
          whole *= number
        } else if rest == nil, !part.isInverse {
          rest = part.expression
        } else {
          throw none
        }
      }
      guard let rest else { throw none }
      try collect(rest, whole, into: &powers)
    default: throw none
    }
  }

  // MARK: Numbers

  func term(_ expression: Expression) throws(CoqStatementError) -> CoqTerm {
    switch expression.kind {
    case .number(let value): return CoqTerms.number(value)
    case .variable(let name):
      return variable.map { CoqTerm.image($0) }
        ?? CoqTerm(text: CoqTerms.spelled(name), computed: "zeroQ", proof: "")
    case .word(let known, nil):
      if let word = CoqWord(known) { return self.word(word) }
      return try defined(known)
    case .risk(let argument): return risk(try term(argument))
    case .moment(let moment):
      guard let word = CoqWord(moment) else { throw .noWord(Printer().text(expression)) }
      return self.word(word)
    case .sum(let parts):
      var sum = try term(parts[0].expression)
      if parts[0].isInverse { sum = sum.negated }
      for part in parts.dropFirst() {
        let next = try term(part.expression)
        sum = part.isInverse ? sum - next : sum + next
      }
      return sum.bracketed
    case .product(let parts):
      var product = try factor(parts[0].expression)
      for part in parts.dropFirst() {
        let next = try factor(part.expression)
        product = part.isInverse ? product / next : product * next
      }
      return product.bracketed
    case .power(let base, let power): return try self.power(base, power)
    case .fold(let fold):
      throw CoqStatementError(
        "it has a sum over \(fold.below == nil ? "the rows of a design" : "numbers that count"), and the words of proofs/Statements.v have none"
      )
    default: throw .noWord(Printer().text(expression))
    }
  }

  private func power(_ base: Expression, _ power: Int) throws(CoqStatementError) -> CoqTerm {
    if base.kind == .word(.scale, nil), power > 0, power % 2 == 0 {
      let square = word(.scaleSquared)
      return power == 2 ? square : square.bracketed.power(power / 2)
    }
    let inner = try term(base).bracketed
    return power < 0 ? inner.inversePower(-power) : inner.power(power)
  }

  private func factor(_ expression: Expression) throws(CoqStatementError) -> CoqTerm {
    let term = try term(expression)
    if case .power = expression.kind { return term.bracketed }
    return term
  }

  static func number(_ value: Rational) -> CoqTerm {
    if value == 0 { return CoqTerm(text: "0", computed: "zeroQ", proof: "(zero_of R)") }
    if value == 1 { return .one }
    if value.isInteger { return .natural("\(value)") }
    return (number(value.numerator) / number(value.denominator)).bracketed
  }

  /// A word that the proofs compute from Σ, or define by such.
  func word(_ word: CoqWord) -> CoqTerm {
    let own: CoqTerm
    switch word {
    case .scaleSquared: own = self.word(.varT) / self.word(.varY)
    case .varTGivenY: own = self.word(.varT) - self.word(.covTY).power(2) / self.word(.varY)
    case .varSGivenY: own = self.word(.varS) - self.word(.covSY).power(2) / self.word(.varY)
    case .covTSGivenY: own = self.word(.covTS) - self.word(.covTY) * self.word(.covSY) / self.word(.varY)
    case .conditionalInformation:
      let product = self.word(.varTGivenY) * self.word(.varSGivenY)
      own = product / (product - self.word(.covTSGivenY).power(2))
    default:
      let (value, proof) = values[word] ?? ("zeroQ", "")
      own = CoqTerm(text: "", computed: value, proof: proof)
    }
    return own.called(word.text(teacher, sizes))
  }

  private var k: CoqTerm {
    CoqTerm(
      text: "kfac R \(sizes.p2) \(sizes.n)", computed: "(kQ \(sizes.p2) \(sizes.n))",
      proof: "(kfacE R \(sizes.p2) \(sizes.n))")
  }

  /// A word by its definition from others.
  private func defined(_ known: Word) throws(CoqStatementError) -> CoqTerm {
    let (S, n, two) = ("S \(teacher)", sizes.n, CoqTerm.natural("2"))
    let (own, cross, other) = (word(.residualVariance), word(.residualCovariance), word(.teacherResidualVariance))
    let (bias, difference) = (word(.mismatch), own + other - two * cross)
    switch known {
    case .differenceVariance: return difference.called("difference_variance \(S)")
    case .beta: return (cross / own).called("beta \(S)")
    case .k: return k
    case .baselineRisk: return (own * (.one + k)).called("baseline_risk S \(n)")
    case .slope: return (two * k * (cross - own).bracketed).bracketed
    case .limit: return (own + bias + k * other).bracketed
    case .slack: return (own - cross).bracketed
    case .windowDivisor: return (bias + k * (other - own)).called("window_divisor \(S) \(n)")
    case .parabolaCurvature: return (bias + k * difference).called("parabola_curvature \(S) \(n)")
    case .lambda: return weight.map { CoqTerm.image($0) } ?? CoqTerm(text: "l", computed: "zeroQ", proof: "")
    case .p1: return CoqTerm.natural(sizes.p1).inField
    case .p2: return CoqTerm.natural(sizes.p2).inField
    case .n: return CoqTerm.natural(n).inField
    default: throw .noWord(known.spellings.symbol)
    }
  }

  /// R at λ, by its definition in Model.v.
  private func risk(_ l: CoqTerm) -> CoqTerm {
    let (own, cross, other) = (word(.residualVariance), word(.residualCovariance), word(.teacherResidualVariance))
    let noise = own + .natural("2") * l * cross + l.power(2) * other
    let excess = (l.power(2) * word(.mismatch) + k * noise) / (.one + l).power(2)
    return (own + excess).called("risk S \(teacher) \(sizes.n) (\(l.text))")
  }
}

extension Expression {
  /// Whether informations are compared in it.
  fileprivate var comparesInformations: Bool {
    switch kind {
    case .word(.delta, _), .call(.ln, _): true
    case .moment(let moment): moment.kind == .information
    case .sum(let parts), .product(let parts): parts.contains { $0.expression.comparesInformations }
    default: false
    }
  }
}
