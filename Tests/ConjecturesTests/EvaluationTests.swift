// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures
@testable import IndependentCheck

@Suite struct EvaluationTests {
  /// A random statement as tokens for the school evaluator, which are a text for the parser too.
  private struct Draft {
    var source: RandomSource
    /// Whether it is about two instances, and names what `let` does.
    var isOfTwo = false, usesNames = false

    mutating func one(of list: [String]) -> String { list[source.integer(in: 0...(list.count - 1))] }

    /// A number of the unit of a variance to the power 0 or 1.
    mutating func number(_ power: Int, _ depth: Int) -> [String] {
      guard depth > 0, source.chance(3, in: 4) else {
        if power == 0, source.chance(1, in: 3) { return ["\(source.integer(in: 0...3))"] }
        var words = power == 0 ? SchoolEvaluator.pure : SchoolEvaluator.variances
        if usesNames { words += power == 0 ? SchoolEvaluator.definedPure : SchoolEvaluator.definedVariances }
        let word = one(of: words)
        return [isOfTwo ? "\(word).\(one(of: ["A", "B"]))" : word]
      }
      switch source.integer(in: 0...3) {
      case 0: return ["("] + number(power, depth - 1) + ["+"] + number(power, depth - 1) + [")"]
      case 1: return ["("] + number(power, depth - 1) + ["-"] + number(power, depth - 1) + [")"]
      case 2: return ["("] + number(power, depth - 1) + ["*"] + number(0, depth - 1) + [")"]
      default:
        return ["("] + number(power == 0 ? 1 : 1, depth - 1) + ["/"] + number(power == 0 ? 1 : 0, depth - 1) + [")"]
      }
    }

    mutating func condition(_ depth: Int) -> [String] {
      guard depth > 0, source.chance(3, in: 4) else {
        let power = source.integer(in: 0...1)
        return ["{"] + number(power, 3) + [one(of: ["<", "≤", "=", "≠"])] + number(power, 3) + ["}"]
      }
      if source.chance(1, in: 4) { return ["[not"] + condition(depth - 1) + ["]"] }
      return ["["] + condition(depth - 1) + [one(of: ["and", "or", "⇒"])] + condition(depth - 1) + ["]"]
    }
  }

  private func text(_ tokens: [String]) -> String {
    let spelled = ["[": "(", "]": ")", "{": "(", "}": ")", "[not": "(not"]
    return tokens.map { spelled[$0] ?? $0 }.joined(separator: " ")
  }

  /// Random statements on random instances, against the school evaluator: true, false or undefined alike.
  @Test func agreesWithSchoolArithmetic() throws {
    var counts = (holds: 0, fails: 0, undefined: 0)
    for index in 0..<1_500 {
      var draft = Draft(source: RandomSource(seed: 77, index: UInt64(index)))
      (draft.isOfTwo, draft.usesNames) = (index % 3 == 0, index % 2 == 0)
      guard let (first, own) = try problem(&draft) else { continue }
      var (values, extras) = (own, first.extras)
      if draft.isOfTwo {
        guard let (second, other) = try problem(&draft) else { continue }
        extras.other = second
        values = Dictionary(uniqueKeysWithValues: own.map { ("\($0).A", $1) } + other.map { ("\($0).B", $1) })
      }
      let instance = try first.with(extras: extras)
      let tokens = draft.condition(2)
      var school = SchoolEvaluator(values)
      let expected = school.truth(tokens)
      let text = (draft.usesNames ? SchoolEvaluator.definitions : "") + text(tokens)
      let formula = try Parser.formula(text)
      // Written out it is the same.
      #expect(try Parser.formula(Printer(isASCII: true).text(formula)) == formula, "\(text)")
      let found = Evaluator(Facts(instance), isOfTwo: formula.namesInstance).truth(formula).holds
      // What decides without the part that is divided by 0 is decided here.
      if expected != nil {
        #expect(found == expected, "\(text) on \(instance.document)")
      }
      // The independent check reads and evaluates the same by a path of its own.
      let checked = try independentTruth(Printer(isASCII: index % 4 < 2).text(formula), instance)
      #expect(checked == found, "\(text) on \(instance.document)")
      switch expected {
      case true?: counts.holds += 1
      case false?: counts.fails += 1
      case nil: counts.undefined += 1
      }
    }
    #expect(counts.holds > 100 && counts.fails > 100 && counts.undefined > 10, "\(counts)")
  }

  private func independentTruth(_ text: String, _ instance: Instance) throws -> Bool? {
    var reader = try TextReader(text)
    let statement = try reader.statement()
    let problem = try CertifiedProblem(instance.document, claim: text)
    let first = try TextEvaluator(problem)
    guard statement.namesInstance else { return try first.truth(statement) }
    let second = try TextEvaluator(try CertifiedProblem(try #require(problem.other), claim: text))
    return try TextEvaluator(first, beside: second).truth(statement)
  }

  /// A small instance with extras, and the values of its words by school arithmetic; nil where it is none.
  private func problem(_ draft: inout Draft) throws -> (Instance, [String: Rational])? {
    // Small entries: ties are frequent.
    let entries = (0..<6).map {
      $0 < 3 ? Rational(draft.source.integer(in: 1...4)) : Rational(draft.source.integer(in: -2...2))
    }
    let (w, n) = (
      Rational(draft.source.integer(in: 1...3), draft.source.integer(in: 1...2)), 3 + draft.source.integer(in: 0...3)
    )
    let (a, b, c, d, e, f) = (entries[0], entries[1], entries[2], entries[3], entries[4], entries[5])
    let extras = InstanceExtras(
      unlabelled: n + 1, ridge: Rational(1, n), secondTeacher: try RationalMatrix([[-2 * w]]), teacherRows: 2 * n)
    guard f != 0,
      let instance = try? Instance(
        sigma: RationalMatrix([[a, d, e], [d, b, f], [e, f, c]]), p1: 1, p2: 1, w1: RationalMatrix([[w]]), n: n,
        extras: extras)
    else { return nil }
    return (instance, SchoolEvaluator.values(a: a, b: b, c: c, d: d, e: e, f: f, w: w, n: n))
  }

  /// Sums over the rows of a design, and such that count, against numbers that were worked out by hand.
  @Test(
    arguments: [
      // S = 14, so that ℓ = (1, 4, 9)/196; σε² = 3.
      ("sum over rows i: ℓ[i] = 1/14", true), ("mean over rows i: 1 = 1 and (sum over rows i: 1) = 3", true),
      ("sum over rows i: ℓ[i]*c[i] = 5/588*σε²", true), ("mean over rows i: σε²[i] = 7/9*σε²", true),
      ("sum over rows i: β[i] = 1/2 + 1/3 and mean over rows i: β[i] < 0.28", true),
      ("sum over rows i: V[i]/slack[i] = 1 + 3/2 + 5/2", true), ("sum over rows i: σε²/c[i] > 0", nil),
      ("sum over rows i: ση²[i] = 2*σε²", true), ("sum over rows i: ℓ[i]*(c[i] - σε²[i]) < 0", true),
      ("sum over j < 4: j = 6 and sum over j < 3.5: j = 6", true),
      ("sum over j < 0: 1 = 0 and sum over j < -2: 1 = 0", true), ("sum over j < 5: binomial(4, j) = 16", true),
      ("sum over j < 4: (1/2)^j = 15/8 and sum over j < 1: β^j = 1", true), ("sum over j < 501: 1 > 0", nil),
      ("sum over j < 3: 1/j > 0", nil), ("binomial(5, 7) = 0 and floor(-3/2) = -2 and floor(7/2) = 3", true),
      ("binomial(1/2, 1) > 0", nil), ("binomial(3, 0 - 1) > 0", nil),
      ("for all z > 0: (sum over rows i: z*β[i]) > z/2", true), ("for some z > 0: (sum over j < 3: z*j) = 1", true),
      ("for all z: (mean over rows i: (z - β[i])^2) > 0", true),
    ] as [(String, Bool?)])
  func sums(_ text: String, _ expected: Bool?) throws {
    let rows = [
      RowMoments(y: 2, ty: 1, t: 1), RowMoments(y: 3, ty: 1, t: 2), RowMoments(y: 2, ty: 0, t: 3),
    ]
    let design = try RationalMatrix([[1], [2], [3]])
    let facts = Facts(try instance().with(extras: InstanceExtras(design: design, rowMoments: rows)))
    let conjecture = try Conjecture(text)
    #expect(Evaluator(facts).truth(conjecture.formula).holds == expected, "\(text)")
    // Without the rows it is undefined, and the reason says so.
    if text.contains("[i]") {
      let bare = conjecture.verdict(Facts(try instance()))
      #expect(bare.holds == nil && bare.reason?.contains("needs") == true, "\(text): \(bare)")
    }
  }

  private func instance() throws -> Instance {
    try Instance(
      sigma: RationalMatrix([[2, 1, 2], [1, 1, 1], [2, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 3,
      lambda: Rational(1, 2))
  }

  /// Statements of known truth on one instance: I(t;s) = ½ ln 2, I(s;y) = ½ ln 4/3, a² = 1/2, β = 1/3.
  @Test(
    arguments: [
      ("2*I(t;s) > 4*I(s;y)", true), ("I(t;s)/3 < I(s;y)/2 + 1/25", false), ("I(t;s) > 0.34657359", true),
      ("I(t;s) > 0.34657360", false), ("I(t;s) + ln(1/2)/2 = 0", true), ("ΔI = ln(3/2)/2", true), ("a^2 = 1/2", true),
      ("a*a*2 - 1 = 0", true), ("0 < a <= 1", true), ("a + sqrt(2) = 3*a", true), ("sqrt(8) - 2*sqrt(2) = 0", true),
      ("sqrt(2) + sqrt(3) < 3.1462643", false), ("sqrt(2) + sqrt(3) < 3.1462644", true),
      ("(sqrt(2) + sqrt(3))^2 = 5 + 2*sqrt(6)", true), ("1/(sqrt(3) - sqrt(2)) = sqrt(3) + sqrt(2)", true),
      ("exp(I(t;s)) = sqrt(2)", true), ("ln a < 0", true), ("ln(a) = -I(t;s)", true), ("corr(t,s) = a", true),
      ("max(beta, k, 1/2) = k and min(2, 3) = 2 and abs(0 - beta) = beta", true),
      ("R(1/2)/σε² = 44/27 and R(λ) = R(1/2)", true),
      ("window.upper = ∞", true), ("λ* = ∞", true), ("R(λ*) = R0 - best_gain", true), ("1/(c - G) > 0", nil),
      ("ln(1 - 3*β) > 0", nil), ("R(-1) > 0", nil), ("1/(1 - 3*β) > 0 or helps", true),
      ("1/(1 - 3*β) < k < 0", false), ("k < 0 < 1/(1 - 3*β)", false), ("1/(1 - 3*β) < 0 < k", nil),
      ("0 < k < 1/(1 - 3*β)", nil), ("1/(1 - 3*β) > 0 and not helps", false), ("1/(1-3*β) > 0 => helps", true),
      ("t1 ⊥ s", nil),
      ("t1 ⊥ s => helps", true),
      ("x1 ⊥ x2", false), ("cov(s) ⪯ cov(t)", true), ("det(x1,x2,y) < 2*det(x1)*det(x2)*det(y)", true),
      ("det(x1|x2) = det(x1)/2", true), ("let u = 2*x1: var(u[0]) = var(u)", true),
      ("let u = [1 2]*x1: var(u) > 0", nil), ("let u = (t, s): I(u[1];y) = I(s;y)", true),
      ("let z = 1/2: for some λ > z: λ < 1", true),
      ("(let d = t - y: var(d) > 0) and not (let d = s - y: var(d) = 0)", true),
      ("x1 ⊥ y - t", true), ("x1 ⊥ 2*x2", false), ("let u = x2: u ⊥ y - joint", true), ("teacher = joint", true),
      ("teacher = joint and Σ22 = 1 and not joint ⊥ y", true), ("m > 0", nil),
      ("var(t') > 0 or helps", true), ("same n => helps.A", nil),
    ] as [(String, Bool?)])
  func knownTruths(_ text: String, _ expected: Bool?) throws {
    let conjecture = try Conjecture(text)
    let evaluator = Evaluator(Facts(try instance()), isOfTwo: conjecture.isOfTwo)
    #expect(evaluator.truth(conjecture.formula).holds == expected, "\(text)")
  }

  /// Signs of informations by powers, by enclosures and by coprime bases are the same.
  @Test func informationsAreComparedExactly() throws {
    var source = RandomSource(seed: 5, index: 0)
    var zeros = 0
    for _ in 0..<150 {
      var sum = LogSum(0)
      for _ in 0..<3 {
        let argument = Rational(source.integer(in: 1...6), source.integer(in: 1...6))
        sum = sum + Rational(source.integer(in: -4...4)) * LogSum(HalfLogarithm(of: argument))
      }
      let exact = try #require(sum.argument)
      let sign = (exact - 1).signum
      #expect(try sum.sign() == sign && (Rational(1, 7) * sum).sign() == sign)
      if sum.terms.isEmpty { continue }
      #expect(sum.hasDependentLogarithms == (sign == 0))
      if sign == 0 { zeros += 1 } else { #expect(try sum.signByEnclosures() == sign) }
    }
    #expect(zeros > 0)
    // With fractions no power is whole; 100 ln 2 against 70 ln … differs late.
    let close = LogSum(HalfLogarithm(of: 2)) + LogSum(Rational(-34_657_359_027_997, 100_000_000_000_000))
    #expect(try close.sign() == 1)
  }

  /// Sums of roots: the exact sign against Doubles where they part, and squares of sums are exact.
  @Test func rootsAreComparedExactly() throws {
    var source = RandomSource(seed: 6, index: 0)
    for _ in 0..<200 {
      var (sum, double) = (RootSum(Rational(source.integer(in: -9...9))), 0.0)
      double = sum.asDouble
      for _ in 0..<3 {
        let (factor, radicand) = (
          Rational(source.integer(in: -5...5)), Rational(source.integer(in: 1...12), source.integer(in: 1...3))
        )
        sum = try sum + RootSum(factor) * RootSum(rootOf: radicand)
        double += factor.asDouble * radicand.asDouble.squareRoot()
      }
      #expect(abs(sum.asDouble - double) < 1e-9)
      if abs(double) > 1e-9 { #expect(sum.sign == (double > 0 ? 1 : -1)) }
      #expect(try (sum + -sum).sign == 0)
      #expect(try (sum * sum).sign == (sum.sign == 0 ? 0 : 1))
    }
  }
}
