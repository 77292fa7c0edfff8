// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Testing

@testable import Claims
@testable import Conjectures

/// What binds tighter, what has which unit, how it is spelled, and on which side of 0 margins lie: worked out by hand.
@Suite struct ReadingTests {
  /// x1, x2 and y with c = 1/2, σε² = 5/2, ση² = 3/2, B = 0 and k = 1.
  private static func instance() throws -> Instance {
    try Instance(
      sigma: RationalMatrix([[2, 1, 1], [1, 2, 1], [1, 1, 3]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 3, lambda: 1
    )
  }

  @Test(
    arguments: [
      ("2 + 3*4 = 14", true), ("2*3 + 4 = 10", true), ("(2 + 3)*4 = 20", true), ("2 - 3 - 4 = 0 - 5", true),
      ("2 - (3 - 4) = 3", true), ("2 - 3 + 4 = 3", true), ("12/3/2 = 2", true), ("12/(3/2) = 8", true),
      ("12/3*2 = 8", true), ("2*3^2 = 18", true), ("(2*3)^2 = 36", true), ("-2^2 = 0 - 4", true), ("(-2)^2 = 4", true),
      ("2^-1 = 1/2", true), ("2/3^2 = 2/9", true), ("3²*2 = 18", true), ("-1/2 - 1/3 = -5/6", true),
      ("1 - 1/2*1/2 = 3/4", true), ("-(1 - 3) = 2", true), ("-1*-1 > 0 or 1 > 0", nil),
      ("max(1, 2 - 3) = 1 and min(1, 2 - 3) = -1", true), ("abs(1 - 3) - 3 = -1", true),
      // Connectives: not, and, or, =>, <=>, the tightest first.
      ("1 > 0 or 1 > 0 and 1 < 0", true), ("(1 > 0 or 1 > 0) and 1 < 0", false), ("not 1 < 0 or 1 > 0", true),
      ("not (1 < 0 or 1 > 0)", false), ("not 1 > 0 and 1 < 0", false), ("not (1 > 0 and 1 < 0)", true),
      ("1 < 0 => 1 > 0 => 1 < 0", true), ("(1 < 0 => 1 > 0) => 1 < 0", false), ("1 < 0 <=> 1 > 0 => 1 < 0", true),
      ("(1 < 0 <=> 1 > 0) => 1 < 0", true), ("1 > 0 <=> 1 < 0 <=> 1 < 0", false), ("(1 > 0 <=> 1 < 0) <=> 1 < 0", true),
      ("1 < 0 and 1 < 0 => 1 < 0", true), ("1 < 0 and (1 < 0 => 1 < 0)", false),
      // A quantifier reaches as far as it can, and so does let.
      ("for all z in (0, 1): z > 2 or 1 > 0", true), ("(for all z in (0, 1): z > 2) or 1 > 0", true),
      ("for some z in (0, 1): z > 2 => 1 < 0", true), ("(for some z in (0, 1): z < 2) => 1 < 0", false),
      ("let r = c/σε²: r < 1 and r = 1/5", true),
    ] as [(String, Bool?)])
  func whatBindsTighter(_ text: String, _ expected: Bool?) throws {
    guard let expected else {
      #expect(throws: ConjectureError.self) { try Conjecture(text) }
      return
    }
    #expect(try Conjecture(text).verdict(Facts(Self.instance())).holds == expected, "\(text)")
  }

  @Test(
    arguments: [
      ("c/σε² < 1", true), ("c*B < σε²^2", true), ("c*σε²/V < B", true), ("c^2/V < B", true), ("k*c < V", true),
      ("√(c^2) < V", true), ("c/V < B/σε²", true), ("I(t;s) < 1", true), ("k*I(t;s) < 1", true), ("a^2*c < V", true),
      ("1/c < 1/V", true),
      ("c < 0", true), ("c < V + 0*B", true), ("exp(2*I(t;s)) < a", true), ("ln(c/V) < I(t;s)", true),
      ("slope*k < R0", true),
      ("c*B < V", false), ("c/B < V", false), ("1/c < V", false), ("c*σε²/B < 1", false), ("c^2 < V", false),
      ("k*c < 1", false), ("c^-1 < V", false),
      ("I(t;s) < c", false), ("c + k < V", false), ("c - 1 < V", false), ("min(c, k) < V", false), ("√(c) < V", false),
      ("ln(c) < 1", false),
      ("a*c < 1", false), ("R0/k < β", false), ("c < V < 1", false), ("exp(c) < 1", false), ("R(c) < R0", false),
    ])
  func unitsOfProductsAndQuotients(_ text: String, _ isRight: Bool) {
    #expect(((try? Conjecture(text)) != nil) == isRight, "\(text)")
  }

  /// Each is one statement in two spellings, which the tool writes in symbols and in ASCII, whichever was read.
  @Test(
    arguments: [
      ("σε² < ση²", "residual_variance < teacher_residual_variance"), ("β ≤ 1", "beta <= 1"), ("ΔI ≥ 0", "dI >= 0"),
      ("λ* ≠ ∞", "lambda* != inf"), ("σ1² > 0", "full_residual_variance > 0"), ("R∞ = R0", "R_inf = R0"),
      ("α* < 1", "alpha* < 1"), ("f² < 1", "f2 < 1"), ("μ > 0", "mu > 0"), ("Σ22 = 1", "Sigma22 = 1"),
      ("x1 ⊥ x2 | y", "x1 indep x2 | y"), ("cov(t) ⪯ cov(y)", "cov(t) below cov(y)"),
      ("corr²(t,s) < 1", "corr2(t,s) < 1"), ("helps ⇒ k > 0", "helps => k > 0"), ("helps ⇔ k > 0", "helps <=> k > 0"),
      ("for all λ > 0: R(λ) < R0", "for all lambda > 0: R(lambda) < R0"),
      ("sum over rows i: ℓ[i] > 0", "sum over rows i: leverage[i] > 0"),
    ])
  func spellings(_ symbols: String, _ ascii: String) throws {
    let (a, b) = (try Conjecture(symbols), try Conjecture(ascii))
    #expect(a.formula == b.formula && a.ascii == b.ascii && b.symbols == a.symbols, "\(a.ascii), \(b.symbols)")
    #expect(a.ascii.utf8.allSatisfy { $0 < 0x80 } && !a.symbols.utf8.allSatisfy { $0 < 0x80 })
  }

  /// Spellings that are read and not written: what is written is the same text in symbols too.
  @Test(arguments: [("√(k) < 1", "sqrt(k) < 1"), ("var(t′) > 0", "var(t') > 0")])
  func readOnly(_ read: String, _ written: String) throws {
    let (a, b) = (try Conjecture(read), try Conjecture(written))
    #expect(a.formula == b.formula && a.symbols == written && a.ascii == written)
  }

  /// What has parentheses that count keeps them where it is written.
  @Test(
    arguments: [
      "k - (n - p2) < 0", "k/(n*p2) < 1", "k/(n/p2) < 1", "k*(n + 1) < 9", "(k + 1)^2 < 9", "(-k)^2 < 9", "-k^2 < 9",
      "(k > 0 => helps) => n > 3", "k > 0 => helps => n > 3", "not (k > 0 and helps)", "not k > 0 and helps",
      "(k > 0 or helps) and n > 3",
      "(k > 0 <=> helps) <=> n > 3", "(for all z in [0, 1): z < k) and helps", "for all z in (0, 1]: z < k and helps",
      "not not helps",
      "(helps or k > 0).A", "2*(k.A - k.B) < 1", "(c/V)^-2 > 1",
    ])
  func parenthesesAreKept(_ text: String) throws {
    let conjecture = try Conjecture(text)
    #expect(try Conjecture(conjecture.symbols).formula == conjecture.formula, "\(conjecture.symbols)")
    #expect(try Conjecture(conjecture.ascii).formula == conjecture.formula, "\(conjecture.ascii)")
  }

  /// A margin is positive where a condition holds, negative where it fails, and 0 at a boundary.
  @Test(
    arguments: [
      ("c < σε²", 1), ("c > σε²", -1), ("c <= σε²", 1), ("c >= σε²", -1), ("not c < σε²", -1), ("not c > σε²", 1),
      ("5*c <= σε²", 0), ("5*c < σε²", 0), ("c < σε² and c > 0", 1), ("c < σε² and c < 0", -1),
      ("c > σε² and c < 0", -1), ("c > σε² or c > 0", 1),
      ("c > σε² or c < 0", -1), ("c < 0 => c > σε²", 1), ("c > 0 => c > σε²", -1), ("0 < c < σε²", 1),
      ("0 < c < V < B", -1), ("I(t;s) > 9", -1),
      ("I(t;s) < 9", 1), ("helps", 1), ("not helps", -1), ("window.upper > 0", 1), ("lambda* < 0", -1),
      ("best_gain > 0", 1),
    ])
  func signsOfMargins(_ text: String, _ sign: Int) throws {
    // The premise is a part of it, so that all of it is one conclusion.
    let claim = try Conjecture("k > 0 => (\(text))").claim
    let margin = try #require(claim.evaluate(Facts(Self.instance())).margin, "\(text)")
    #expect(margin.signum == sign, "\(text): \(margin)")
  }
}
