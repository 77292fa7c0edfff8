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
  ])
  func spellings(_ texts: [String]) throws {
    let first = try Parser.formula(texts[0])
    for text in texts.dropFirst() { #expect(try Parser.formula(text) == first, "\(text)") }
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
