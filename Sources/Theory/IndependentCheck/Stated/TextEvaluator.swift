// SPDX-License-Identifier: GPL-3.0-or-later
import BigInt

/// The value of a number of a statement.
enum TextValue {
  case number(Fraction)
  /// A root, by its square with the sign of the root.
  case root(Fraction)
  case infinity
  /// Σ coefficient · ½ ln argument.
  case information([(coefficient: Fraction, argument: Fraction)])
}

/// Evaluates statements on one instance, or on two, by textbook formulas and plain fractions.
///
/// nil is what is undefined: divided by 0, of dependent vectors, of what the instance lacks. What takes more than fractions
/// is refused.
final class TextEvaluator {
  let model: TextbookModel
  let problem: CertifiedProblem
  /// The evaluators of the two instances that a statement is about; none where it is about one.
  private let both: (first: TextEvaluator, second: TextEvaluator)?

  /// On one instance.
  init(_ problem: CertifiedProblem) throws(CertificateError) {
    (self.problem, model, both) = (problem, try problem.model(), nil)
  }

  /// On two instances.
  init(_ first: TextEvaluator, beside second: TextEvaluator) {
    (problem, model, both) = (first.problem, first.model, (first, second))
  }

  private func on(_ isSecond: Bool) -> TextEvaluator? { isSecond ? both?.second : both?.first }

  // MARK: Conditions

  func truth(_ condition: TextCondition) throws(CertificateError) -> Bool? {
    if let (first, second) = both, !condition.namesInstance {
      return TextEvaluator.all([try first.truth(condition), try second.truth(condition)])
    }
    switch condition {
    case .chain(let numbers, let relations):
      let values = try numbers.map { number throws(CertificateError) in try value(number) }
      var all: [Bool?] = []
      for (place, relation) in relations.enumerated() {
        guard let a = values[place], let b = values[place + 1] else {
          all.append(nil)
          continue
        }
        all.append(TextEvaluator.holds(relation, try sign(of: difference(a, b))))
      }
      return TextEvaluator.all(all)
    case .helps: return model.residualCovariance < model.residualVariance
    case .leastSquares: return model.w1 == model.leastSquaresTeacher
    case .joint:
      let taught = model.sigma12.transposed * model.w1
      return model.w1 == model.leastSquaresTeacher && taught == model.sigma23
    case .whiteInputs: return model.sigma22 == FractionMatrix.identity(model.p2)
    case .independent(let first, let second, let given):
      guard let (matrix, sizes) = try covariance(first, second, given: given) else { return nil }
      return matrix.block(0..<sizes.0, sizes.0..<(sizes.0 + sizes.1)).isZero
    case .same(let matrices, let numbers):
      guard let (first, second) = both else { return nil }
      var all: [Bool?] = matrices.map {
        $0 == "Σ11" ? first.model.sigma11 == second.model.sigma11 : first.model.sigma22 == second.model.sigma22
      }
      for number in numbers {
        if let a = try first.value(number), let b = try second.value(number) {
          all.append(try sign(of: difference(a, b)) == 0)
        } else {
          all.append(nil)
        }
      }
      return TextEvaluator.all(all)
    case .all(let parts): return TextEvaluator.all(try truths(parts))
    case .any(let parts): return TextEvaluator.all(try truths(parts).map { $0.map { !$0 } }).map { !$0 }
    case .equivalent(let parts):
      let truths = try truths(parts)
      return truths.contains(nil) ? nil : truths.allSatisfy { $0 == truths[0] }
    case .not(let part): return try truth(part).map { !$0 }
    case .implies(let premise, let conclusion):
      let (supposed, concluded) = (try truth(premise), try truth(conclusion))
      return supposed == false || concluded == true ? true : supposed == nil ? nil : concluded
    case .on(let isSecond, let part): return try on(isSecond)?.truth(part)
    }
  }

  private func truths(_ parts: [TextCondition]) throws(CertificateError) -> [Bool?] {
    try parts.map { part throws(CertificateError) in try truth(part) }
  }

  private static func all(_ parts: [Bool?]) -> Bool? {
    parts.contains(false) ? false : parts.contains(nil) ? nil : true
  }

  private static func holds(_ relation: String, _ sign: Int) -> Bool {
    switch relation {
    case "<": sign < 0
    case "<=": sign <= 0
    case ">": sign > 0
    case ">=": sign >= 0
    case "=": sign == 0
    default: sign != 0
    }
  }

  // MARK: Arithmetic

  func value(_ number: TextNumber) throws(CertificateError) -> TextValue? {
    switch number {
    case .number(let value): return .number(value)
    case .infinity: return .infinity
    case .word(let word): return try self.word(word)
    case .risk(let argument):
      guard case .number(let lambda)? = try value(argument) else { return try infiniteRisk(argument) }
      guard let n = problem.n, lambda + .one != .zero else { return nil }
      return .number(try model.risk(lambda, n: n))
    case .moment(let kind, let first, let second, let given): return try moment(kind, first, second, given)
    case .function(let name, let arguments): return try function(name, arguments)
    case .operation(let sign, let a, let b):
      guard let x = try value(a), let y = try value(b) else { return nil }
      return try operation(sign, x, y)
    case .power(let base, let n):
      switch try value(base) {
      case .number(let x)?:
        if x == .zero, n < 0 { return nil }
        let raised = x.power(abs(n))
        return .number(n < 0 ? .one / raised : raised)
      case .root(let square)?:
        guard n > 0, n % 2 == 0 else { throw TextEvaluator.refusal("an odd power of a root") }
        return .number((square < .zero ? .zero - square : square).power(n / 2))
      case nil: return nil
      default: throw TextEvaluator.refusal("a power of what is no number")
      }
    case .on(let isSecond, let part): return try on(isSecond)?.value(part)
    }
  }

  private func infiniteRisk(_ argument: TextNumber) throws(CertificateError) -> TextValue? {
    guard case .infinity? = try value(argument) else { return nil }
    return try word("R∞")
  }

  static func refusal(_ what: String) -> CertificateError {
    CertificateError(
      "the independent check decides no \(what); 'cch explain' with --claim decides the statement", isRefusal: true)
  }

  private func operation(_ sign: String, _ x: TextValue, _ y: TextValue) throws(CertificateError) -> TextValue? {
    switch (sign, x, y) {
    case ("+", .number(let a), .number(let b)): return .number(a + b)
    case ("-", .number(let a), .number(let b)): return .number(a - b)
    case ("*", .number(let a), .number(let b)): return .number(a * b)
    case ("/", .number(let a), .number(let b)): return b == .zero ? nil : .number(a / b)
    case ("+", .information(let a), .information(let b)): return .information(a + b)
    case ("-", .information(let a), .information(let b)):
      return .information(a + b.map { (Fraction.zero - $0.coefficient, $0.argument) })
    case ("+", .information, .number(.zero)), ("-", .information, .number(.zero)): return x
    case ("+", .number(.zero), .information): return y
    case ("-", .number(.zero), .information(let b)):
      return .information(b.map { (Fraction.zero - $0.coefficient, $0.argument) })
    case ("*", .information(let a), .number(let f)), ("*", .number(let f), .information(let a)):
      return .information(a.map { (f * $0.coefficient, $0.argument) })
    case ("/", .information(let a), .number(let f)):
      return f == .zero ? nil : .information(a.map { ($0.coefficient / f, $0.argument) })
    default: throw TextEvaluator.refusal("sum or product of a root, an information and what is infinite")
    }
  }

  private func function(_ name: String, _ arguments: [TextNumber]) throws(CertificateError) -> TextValue? {
    let values = try arguments.map { argument throws(CertificateError) in try value(argument) }
    guard let first = values[0] else { return nil }
    switch (name, first) {
    case ("ln", .number(let x)): return x > .zero ? .information([(Fraction(2), x)]) : nil
    case ("ln", .root(let square)): return square > .zero ? .information([(.one, square)]) : nil
    case ("exp", .information(let terms)):
      var product = Fraction.one
      for (coefficient, argument) in terms {
        let half = coefficient / Fraction(2)
        guard half.denominator == 1, let n = Int(half.description), abs(n) <= 64 else {
          throw TextEvaluator.refusal("exp of odd multiples of informations")
        }
        let power = argument.power(abs(n))
        product = n < 0 ? product / power : product * power
      }
      return .number(product)
    case ("abs", _): return try sign(of: first) < 0 ? operation("-", .number(.zero), first) : first
    case ("min", _), ("max", _):
      var best = first
      for value in values.dropFirst() {
        guard let value else { return nil }
        let order = try sign(of: difference(value, best))
        if name == "min" ? order < 0 : order > 0 { best = value }
      }
      return best
    default: throw TextEvaluator.refusal(name)
    }
  }

  // MARK: Comparison

  func difference(_ a: TextValue, _ b: TextValue) throws(CertificateError) -> TextValue {
    switch (a, b) {
    case (.infinity, .infinity): return .number(.zero)
    case (.infinity, .number): return .number(.one)
    case (.number, .infinity): return .number(.zero - .one)
    case (.root(let x), .root(let y)): return .number(x - y)
    // The larger number has the larger square with its sign.
    case (.root(let x), .number(let y)): return .number(x - (y < .zero ? .zero - y * y : y * y))
    case (.number(let x), .root(let y)): return .number((x < .zero ? .zero - x * x : x * x) - y)
    default:
      guard let difference = try operation("-", a, b) else { throw TextEvaluator.refusal("such comparison") }
      return difference
    }
  }

  /// The sign of a number; of an information by whole powers of its ratios.
  func sign(of value: TextValue) throws(CertificateError) -> Int {
    switch value {
    case .number(let x), .root(let x): return x == .zero ? 0 : x < .zero ? -1 : 1
    case .infinity: return 1
    case .information(let terms):
      var common = BigInt(1)
      for (coefficient, _) in terms {
        common = common / common.greatestCommonDivisor(with: coefficient.denominator) * coefficient.denominator
      }
      // Arguments are positive: the sign is that of a product of powers beside 1, all of it whole numbers.
      var (above, below) = (BigInt(1), BigInt(1))
      for (coefficient, argument) in terms {
        guard let n = Int(exactly: (coefficient * Fraction(common)).numerator), abs(n) <= 1_000 else {
          throw TextEvaluator.refusal("such multiples of informations")
        }
        let power = argument.power(abs(n))
        above *= n < 0 ? power.denominator : power.numerator
        below *= n < 0 ? power.numerator : power.denominator
      }
      return above == below ? 0 : above < below ? -1 : 1
    }
  }
}

extension TextCondition {
  /// Whether it says which of two instances it is about.
  var namesInstance: Bool {
    switch self {
    case .chain(let numbers, _): numbers.contains(where: \.namesInstance)
    case .on: true
    case .same: true
    case .all(let parts), .any(let parts), .equivalent(let parts): parts.contains(where: \.namesInstance)
    case .not(let part): part.namesInstance
    case .implies(let premise, let conclusion): premise.namesInstance || conclusion.namesInstance
    case .helps, .leastSquares, .joint, .whiteInputs, .independent: false
    }
  }
}

extension TextNumber {
  var namesInstance: Bool {
    switch self {
    case .on: true
    case .number, .infinity, .word, .moment: false
    case .risk(let part), .power(let part, _): part.namesInstance
    case .function(_, let parts): parts.contains(where: \.namesInstance)
    case .operation(_, let a, let b): a.namesInstance || b.namesInstance
    }
  }
}
