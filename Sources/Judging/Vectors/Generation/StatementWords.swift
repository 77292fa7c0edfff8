// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Conjectures
import Distillation
import ExactAlgebra
import Oracle

/// Statements that hold each word and each form between two numbers near to it: a chain in ASCII that is true, and a comparison in
/// symbols, on another instance, that is false.
enum StatementWords {
  static var all: [Draft] { words.flatMap(drafts) + forms.flatMap(drafts) }

  private struct Form {
    /// In front of the comparison.
    var prefix = ""
    let ascii, symbols: String
    /// What it is compared with multiples of.
    let unit: String
    let meaning: String
  }

  /// The words of version 6, in the order of their vectors: a later word has its vectors at the end of the file.
  private static let listed: [Word] = [
    .residualVariance, .teacherResidualVariance, .residualCovariance, .mismatch, .differenceVariance,
    .fullResidualVariance, .effectSize, .varS, .covTS, .scale, .beta, .delta, .k, .baselineRisk, .slope, .limit, .slack,
    .windowDivisor, .parabolaCurvature, .windowEnd, .bestLambda, .bestAlpha, .bestGain, .tunedGain, .signedTunedGain,
    .lambda, .p1, .p2, .q, .n, .p1a, .unlabelled, .ridge, .teacherRows, .leverage,
  ]

  private static var words: [Form] {
    listed.map { word in
      let (symbol, ascii) = word.spellings
      let unit = word.unit == .labelSquared ? "var(y)" : ""
      guard word == .leverage else { return Form(ascii: ascii, symbols: symbol, unit: unit, meaning: ascii) }
      return Form(
        ascii: "sum over rows i: leverage[i]", symbols: "sum over rows i: ℓ[i]", unit: "", meaning: "leverage")
    }
  }

  private static var forms: [Form] {
    func form(_ ascii: String, _ symbols: String? = nil, _ unit: String = "", _ meaning: String, _ prefix: String = "")
      -> Form
    {
      Form(prefix: prefix, ascii: ascii, symbols: symbols ?? ascii, unit: unit, meaning: meaning)
    }
    return [
      form("R(1/2)", nil, "var(y)", "the risk at λ = 1/2"), form("R(lambda)", "R(λ)", "R0", "the risk at the own λ"),
      form("R(lambda^2 + k)", "R(λ² + k)", "R0", "the risk at a λ that is computed"),
      form("I(t;s)", nil, "", "an information"), form("I(s;y)", nil, "", "an information"),
      form("I(x1;x2)", nil, "", "an information of vectors"), form("I(t;s|y)", nil, "", "an information given another"),
      form("I(x2;y|x1)", nil, "I(x1;y)", "an information of vectors given another"),
      form("I((t, y);x2)", nil, "", "an information of vectors side by side"),
      form("I([1 2; 0 1]*x1;y)", nil, "", "an information of a linear image"),
      form("2*I(t;s) - 1/2*I(s;y) + 1/8", "2·I(t;s) - 1/2·I(s;y) + 1/8", "", "a combination of informations"),
      form("var(t)", nil, "var(y)", "a variance"), form("var(t|x2)", nil, "var(t)", "a variance given a vector"),
      form("var(t - 2*y)", nil, "var(y)", "the variance of a combination"),
      form("cov(t, y|x2)", nil, "var(y)", "a covariance given a vector"),
      form("cov(t, s)", nil, "var(y)", "a covariance"), form("corr(t, y)", nil, "", "a correlation, a root"),
      form("corr2(t, y|s)", "corr²(t, y|s)", "", "a squared correlation given another"),
      form("det(x2|y)", nil, "det(x2)", "a determinant given another"),
      form("var(joint)", nil, "var(y)", "the variance of E[y | x1, x2]"),
      form("cov(t', y)", "cov(t′, y)", "var(y)", "a covariance of the second teacher"),
      form("I(t1;s)", nil, "", "an information of the first candidate"),
      form("cov(t2, y|x2)", nil, "var(y)", "a covariance of the second candidate"),
      form("var(x2[1])", nil, "var(x2[0])", "a coordinate"),
      form("var(u)", nil, "var(y)", "a name for a combination", "let u = t - y: "),
      form("r", nil, "", "a name for a quantity", "let r = (c + B)/var(y): "),
      form("ln(k + 2)", nil, "", "a logarithm"), form("exp(2*I(t;s))", "exp(2·I(t;s))", "", "e to an information"),
      form("sqrt(var(t)/var(s))", "√(var(t)/var(s))", "", "a square root"),
      form("abs(c - 2*var(y))", nil, "var(y)", "an absolute value"),
      form("min(c, B, V)", nil, "var(y)", "the smallest of three"),
      form("max(c, B, V)", nil, "var(y)", "the largest of three"),
      form("min(I(t;s), I(s;y))", nil, "", "the smaller one of two informations"),
      form("floor(9*beta + 1/7)", "floor(9·β + 1/7)", "", "a whole part"),
      form("binomial(n, p2)", nil, "", "a number of combinations"),
      form("mean over rows i: c[i]", nil, "var(y)", "a mean over rows"),
      form("sum over j < 4: (j + 1)*k^j", nil, "", "a sum that counts"),
      form("c^2/var(y)^2", "c²/var(y)²", "", "whole powers"),
      form("(c - B)^3/var(y)^3", "(c - B)³/var(y)³", "", "a power of a difference"),
      form("-c^2/var(y)^2 + k*2", "-c²/var(y)² + k·2", "", "a sign in front of a power"),
      form("c/V/2", nil, "", "a quotient of a quotient"),
      form("R0 - k*B - c", nil, "var(y)", "differences from the left"),
    ]
  }

  private static func drafts(_ form: Form) -> [Draft] {
    let (a, b) = (StatementProblems.full, StatementProblems.other)
    let (low, high) = bracket(form, form.ascii, a)
    let (lower, _) = bracket(form, form.symbols, b)
    let catches = "another quantity than \(form.meaning)"
    return [
      StatementDrafts.Case(
        statement: "\(form.prefix)\(multiple(low, form)) < \(form.ascii) < \(multiple(high, form))", instance: a,
        comment: "\(form.ascii) between two numbers", flags: [.vocabulary, .chain], catches: catches),
      StatementDrafts.Case(
        statement: "\(form.prefix)\(form.symbols) ≤ \(multiple(lower, form))", instance: b,
        comment: "\(form.symbols) against a number below it", flags: [.vocabulary, .spelling], catches: catches),
    ].map(StatementDrafts.draft)
  }

  private static func multiple(_ factor: Rational, _ form: Form) -> String {
    form.unit.isEmpty ? "\(factor)" : factor.signum == 0 ? "0" : "\(factor)*\(form.unit)"
  }

  /// Two factors near what the form is of its unit, the lower one below it and the higher one above.
  private static func bracket(_ form: Form, _ text: String, _ instance: Instance) -> (low: Rational, high: Rational) {
    let facts = Facts(instance)
    func exceeds(_ factor: Rational, _ sign: Rational) -> Bool {
      let relation = sign < 0 ? "<" : ">"
      let statement = "\(form.prefix)\(text) \(relation) \(multiple(sign * factor, form))"
      guard let holds = (try? Conjecture(statement))?.verdict(facts).holds else {
        preconditionFailure("\(statement): no value, or no statement")
      }
      return holds
    }
    let sign: Rational = exceeds(0, -1) ? -1 : 1
    guard exceeds(0, sign) else { return (Rational(-1, 37), Rational(1, 37)) }
    var low = Rational.powerOfTwo(-30)
    for power in -29...16 where exceeds(Rational.powerOfTwo(power), sign) { low = Rational.powerOfTwo(power) }
    var step = low / 2
    for _ in 0..<4 {
      if exceeds(low + step, sign) { low = low + step }
      step = step / 2
    }
    // What is a power of two itself is on neither end.
    let (near, far) = (Rational(36, 37) * low, Rational(38, 37) * (low + 2 * step))
    return sign < 0 ? (-far, -near) : (near, far)
  }
}
