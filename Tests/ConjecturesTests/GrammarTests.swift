// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Testing

@testable import Conjectures

@Suite struct GrammarTests {
  /// Printing any tree and reading it again gives the same tree, in symbols and in ASCII.
  @Test func whatIsPrintedIsReadAgain() throws {
    for index in 0..<1_500 {
      var statements = RandomStatements(seed: 19, index: index)
      let formula = statements.formula(index % 4)
      for printer in [Printer(), Printer(isASCII: true)] {
        let text = printer.text(formula)
        guard text.utf8.count <= Lexer.longestText else { continue }
        do { #expect(try Parser.formula(text) == formula, "\(text)") } catch { Issue.record("\(error)\n\(text)") }
        if printer.isASCII { #expect(!text.contains { !$0.isASCII }) }
      }
    }
  }

  /// Spellings of one and the same statement.
  @Test(arguments: [
    ["I(t;s) > I(s;y) and cov(t,s)>0 => c < var(y|x2)", "I(t;s)>I(s;y) ∧ cov(t , s) > 0 ⇒ c < var( y | x2 )"],
    ["lambda* <= 1", "λ* ≤ 1", "best λ <= 1", "best lambda<=1", "lambda_best ≤ 1"],
    ["lambda*lambda_best < inf", "λ*best λ < ∞", "lambda * lambda* < inf"],
    ["corr²(t,s) = 1/4", "corr2(t, s) == 0.25"],
    ["a^2*beta <= σε²/V", "a²·β ≤ residual_variance ÷ V"],
    ["not helps or a = 1", "¬helps ∨ a = 1", "!helps || a = 1"],
    ["for all lambda in (0, 1/2): R(lambda) < R0", "∀λ ∈ (0, 1/2): R(λ) < R0", "for every λ in (0, 0.5): R(λ) < R0"],
    ["for some z > 0: z < 1", "∃z > 0: z < 1"],
    ["a => b_ <=> c_", "a => b_ <=> c_"].map {
      $0.replacing("a ", with: "a<2 ").replacing("b_", with: "helps").replacing("c_", with: "k<1")
    },
    ["slope < 0", "R'(0) < 0", "R′(0) < 0"], ["R∞ < R0", "R(inf) < R0", "R_inf < R0"],
    ["ln a < dI", "ln(a) < ΔI", "ln(a) < delta"],
    ["x1 ⊥ x2 | y => helps # a comment", "x1 indep x2|y => helps"], ["cov(t) ⪯ cov(y)", "cov(t) below cov(y)"],
    ["Σ22 = 1 => helps", "Sigma22 = 1 => helps"],
    ["let u = 2 s + t: I(u;y) > 0", "let u = 2*s + t in I(u;y) > 0", "let v = s, u = v + t + s; I(u;y) > 0"],
    ["var((2*t - 2*y,t)) > 0*σε²", "let u = (2*(t - y), t): var(u) > 0*σε²", "let d = t-y, u = (2 d,t): var(u)>0*σε²"],
    ["I(x1[0] + 2*x1[1],-x1[1];y) > 0", "I([1 2; 0 -1]*x1;y) > 0", "let u = [1, 2; 0, -1] x1: I(u;y) > 0"],
    ["corr(3*t - s,y) > 0", "let u = t - s, v = t + u: corr(v + t,y) > 0"],
    ["(k + 1) < 2*(k + 1)", "let r = k + 1: r < 2*r"],
    ["I(t;s).A > I(t;s).B => best_gain.A > best gain.B", "I(t;s).A > I(t;s).B ⇒ (best gain).A > best_gain.B"],
    ["same Σ22, var(y|x2), n => helps.A", "same Sigma22 , var(y|x2), n => (helps).A"],
    ["(teacher = ols).A => λ*.A <= best λ.B", "teacher.A = ols => best lambda.A <= lambda*.B"],
    ["teacher = joint and σ1² < σε² => f² > μ/m", "teacher = joint and full_residual_variance < σε² => f2 > mu/m"],
    ["mean over rows i: β[i] + k < 1", "(mean over rows i : beta[i]+k) < 1", "mean over rows i: (β[i] + k) < 1"],
    ["2*(sum over rows i: ℓ[i]*c[i]) < c", "let r = (sum over rows i: leverage[i]*c[i]): 2*r < c"],
    ["sum over j < n/2: binomial(2*j, j)*k^j > 1", "1 < sum over j < n/2: binomial(2*j,j)*k^j"].map {
      $0.hasPrefix("1 <") ? "(sum over j < n/2: binomial(2*j,j)*k^j) > 1" : $0
    },
    ["cov(t',y) > c and signed tuned gain = tuned gain", "cov(t′,y) > c and signed_tuned_gain = tuned_gain"],
  ])
  func spellings(_ texts: [String]) throws {
    let first = try Parser.formula(texts[0])
    for text in texts.dropFirst() { #expect(try Parser.formula(text) == first, "\(text)") }
  }

  /// What follows by its form alone, and what does not.
  @Test(arguments: [
    ("helps and a < 1 => helps", true), ("helps => c < var(y|x2)", true), ("var(y|x2) > c => helps", true),
    ("cov(y,t|x2) < σε² => c <= var(y|x2)", true), ("a > 0 and helps => helps or a > 1", true), ("0 = 0", true),
    ("0 < a < 1 => a < 1 and 0 <= a", true), ("a = 1 => 1 = a and a <= 1 and 1 >= a", true), ("k <= k", true),
    ("I(s;t) > I(s;y) => I(t;s) > I(y;s)", true), ("a < 1 => a != 1 and 1 != a", true), ("k < k", false),
    ("helps => a <= 1", false), ("a <= 1 => a < 1", false), ("a < 1 or helps => helps", false),
    ("not helps => helps", false), ("I(t;s) > I(s;y) => I(t;s) < I(s;y)", false), ("helps.A => helps.B", false),
  ])
  func tautologies(_ text: String, _ expected: Bool) throws {
    #expect(try Conjecture(text).isTautology == expected, "\(text)")
  }

  /// Precedence: not, and, or, =>, <=>; the implication leans to the right, and chains of <=> say that all are the same.
  @Test func precedence() throws {
    func same(_ text: String, _ bracketed: String) throws -> Bool {
      try Parser.formula(text) == Parser.formula(bracketed)
    }
    #expect(try same("not k<1 and a<1 or helps => k<2 => a<2", "(((not (k<1)) and a<1) or helps) => (k<2 => a<2)"))
    #expect(try same("k<1 => a<1 <=> helps", "(k<1 => a<1) <=> helps"))
    #expect(try !same("(k<1 <=> a<1) <=> helps", "k<1 <=> a<1 <=> helps"))
    #expect(try same("k + 2*a^2/3 - 1 < 0", "((k) + ((2*(a^2))/(3))) - 1 < 0") == false)
    #expect(try same("k + (2*(a^2)/3) - 1 < 0", "k + 2*a^2/3 - 1 < 0"))
    #expect(try same("for some output j: a[j] < 1 => helps", "for some output j: (a[j] < 1 => helps)"))
  }
}
