// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Quantifiers, conditions on the instance, and two instances.
extension StatementDrafts {
  private typealias P = StatementProblems

  static var quantified: [Case] {
    let what = "a quantifier sampled on a grid, with the wrong ends, or the one taken for the other"
    // The window of `even` is (0, 2): at λ = 2 the risk is R0 again.
    let ends = cases(
      P.even, [.quantifier, .tie], what, needsExact: true,
      [
        ("window.upper = 2", "the window"), ("for all lambda in (0, 2): R(lambda) < R0", "both ends left out"),
        ("for all lambda in (0, 2]: R(lambda) < R0", "a root at the upper end"),
        ("for all lambda in [0, 2): R(lambda) < R0", "a root at the lower end"),
        ("for all lambda in [0, 2]: R(lambda) <= R0", "roots at both ends, weakly"),
        ("for some lambda in [2, 3]: R(lambda) <= R0", "a root at the lower end alone"),
        ("for some lambda in (2, 3]: R(lambda) <= R0", "the same end left out"),
        ("for some lambda > 0: R(lambda) = R0", "a root inside"),
        ("for all lambda > 0: (R(lambda) < R0 <=> lambda < window.upper)", "the window as an equivalence"),
        ("for all lambda > 0: R(lambda) >= R(lambda*)", "the smallest risk"),
        ("for all x: (x - 1/3)^2 > 0", "a double root off every grid"),
        ("for all x: (x - 1/3)^2 >= 0", "a double root, weakly"),
        ("for some x in (0, 1): x^2 = 1/2", "an irrational root"),
        ("for all x in (0, 1): x^2 != 1/2", "an irrational root left out"),
        ("for all x in (1, 1): x < 0", "an empty range"), ("for some x in (1, 1): x > 0", "an empty range"),
        ("for all x in [1, 1]: x = 1", "one point"), ("for all x in [2, 1]: x < 0", "ends the wrong way round"),
        ("for all small lambda: R(lambda) < R0", "near 0"),
        ("for all small x: x^2 < x/1000", "near 0, below every grid"), ("for some x > 0: 1/x = 0", "only at infinity"),
        ("for all x: 1/x != 0", "undefined at 0"), ("for all x > 0: 1/x > 0", "defined in all of the range"),
      ])
    let inner = cases(
      P.even, [.quantifier], what,
      [
        ("for all lambda in (1/8, 3/2): R(lambda) < R0", "inside of the window"),
        ("for all lambda in (1/8, 5/2): R(lambda) < R0", "beyond the window"),
        ("for some lambda in (1/8, 5/2): R(lambda) > R0", "beyond the window, somewhere"),
        ("for some lambda in (1/8, 3/2): R(lambda) > R0", "inside of the window, nowhere"),
        ("for all x: (x - 1/3)^2 > 1/1000000", "between two near roots"),
        ("for some x in (0, 1): (x - 1/3)^2 < 1/1000000", "between two near roots, somewhere"),
        ("for all x in (0, 100): abs(1) > 0 and (x - 70/3)^2 > 1/1000", "off a grid of whole numbers"),
        ("for some x < 0: x^3 - x > 1/4", "below 0"), ("for some lambda > 0: R(lambda) < 1/100*R0", "no λ is as good"),
        ("not for all lambda > 1/4: R(lambda) < R0", "not of a quantifier"),
        ("for all lambda > 5/2: R(lambda) > R0 => helps", "a quantifier that reaches over =>"),
        ("(for all lambda > 5/2: R(lambda) > R0) => 0 > 1", "one that does not"),
        ("for all x in (0, 1): x > 1/2 or x < 2/3", "or within"),
        ("for all x in (0, 1): x > 1/2 or for some output j: c[j] > 2*var(y)", "outputs within"),
        ("for some x in [0, 1]: x > 1/2 and x < 2/3", "and within"),
        ("for all x in (0, 1): (x > 3/4 => x > 1/2)", "=> within"),
        ("for all lambda in (1/8, lambda*): R(lambda) < R0", "an end that is a quantity"),
      ])
    let endless = cases(
      P.endless, [.quantifier, .clamping], "an infinite end of the window taken as a number, or D < 0 not seen",
      [
        ("window.upper = inf", "the window has no end"), ("window.upper > 1000", "∞ against a number"),
        ("D < 0 => window.upper = inf", "where D < 0"), ("for all lambda > 1/8: R(lambda) < R0", "every λ helps"),
        ("for all lambda in (1/8, window.upper): R(lambda) < R0", "a range without an end"),
        ("lambda* <= inf", "λ* beside ∞"), ("for some lambda > 1/8: R(lambda) > R0", "none that harms"),
      ])
    let outputs = cases(
      P.two, [.quantifier, .severalOutputs], "the first output alone, or a quantifier over outputs taken for the other",
      [
        ("for every output j: c[j] < residual_variance[j]", "every output"),
        ("for some output j: c[j] < residual_variance[j]", "some output"),
        ("for every output j: var(t[j]) > 0", "every output"), ("for some output j: var(t[j]) < 0", "none"),
        ("c[0] + c[1] < 2*residual_variance", "outputs by their numbers"), ("var(t[1]) > var(t[0])", "two outputs"),
        ("q = 2 => helps", "the number of labels"), ("q >= 1 and I(t;s) > I(s;y) => helps", "any number of labels"),
        ("for every output j: I(t[j];s[j]) - I(s[j];y[j]) > ln(a[j])", "informations of every output"),
        ("I(t;s) > I(t[0];s[0])", "all outputs against one"), ("det(t|x2) < det(t)", "determinants"),
        ("I(t[7];y) > 0", "no such output: undefined"),
        ("cov(t, y) = cov(t[0], y[0]) + cov(t[1], y[1]) or q > 2", "a trace"),
      ])
    return ends + inner + endless + outputs
  }

  static var conditions: [Case] {
    let what = "a condition on the instance that is not looked at, or taken as always true"
    func sides(_ instance: Instance, _ comment: String, _ isSafe: Bool = true) -> [Case] {
      let statements = [
        "teacher = ols", "teacher = joint", "Sigma22 = 1", "Σ22 = 1", "x1 indep x2 | y", "x1 ⊥ x2", "x1 indep y | x2",
        "cov(t) below cov(y)", "cov(y) ⪯ cov(t)", "p2 = 1", "n = p2+2", "n = p2+2 and p1 = 1 => teacher = ols",
      ]
      return cases(
        instance, [.sideCondition], what, isSafeTie: isSafe, statements.map { ($0, "\($0), where \(comment)") })
    }
    let single =
      sides(P.tied, "Σ22 = 1") + sides(P.independent, "x1 and x2 are independent given y")
      + sides(P.joint, "the teacher sees all") + sides(P.full, "nothing of it holds", false)
    let pairs = cases(
      P.pair, [.twoInstances], "the two instances exchanged, one taken for both, or what they share not looked at",
      [
        ("var(t).A < var(t).B", "two variances"), ("var(t).A > var(t).B", "the other way round"),
        ("c.A < residual_variance.A and c.B < 9*residual_variance.B", "conditions on each"), ("helps.A", "of A"),
        ("helps.B", "of B"),
        ("helps.A <=> helps.B", "of both"), ("(c < var(y|x2)).B", "a condition of B"),
        ("2*I(t;s).A > I(t;s).B", "informations"),
        ("I(t;s).A > I(t;s).B => best gain.A > best gain.B", "more information, more gain"),
        ("I(t;s).B > I(t;s).A => best gain.B > best gain.A", "exchanged"),
        ("p1 = 2 and helps.A => slope.A < 0", "a premise of both"),
        ("for all lambda > 1/8: R(lambda).A < 9*R0.B", "a quantifier"),
        ("I(t;s).A + 1/9 > I(t;s).B - 1/7", "informations beside numbers"),
      ])
    let shared = cases(
      P.pair, [.twoInstances, .tie], "what two instances share not looked at", needsExact: true,
      [
        ("same Sigma22, var(y|x2), n", "one law of x2 and y"), ("same Σ22, σε²", "the same in symbols"),
        ("same var(t)", "two teachers"), ("not same var(t)", "not the same"), ("same Sigma11", "one law of x1"),
        ("same n and I(t;s).A > I(t;s).B => best gain.A > best gain.B", "as a premise"),
        ("k.A = k.B", "one k"), ("same Σ22, var(y|x2), n => var(s).A = var(s).B", "what follows"),
      ])
    let strangers = cases(
      P.strangers, [.twoInstances], "what two instances share not looked at",
      [
        ("same Sigma22, var(y|x2), n", "nothing in common"), ("same n", "two numbers of rows"),
        ("n.A < n.B", "two numbers of rows"), ("not same var(y|x2)", "not the same"),
        ("same Σ22 => helps.A", "a false premise"), ("p1 = 2 and p2 = 2", "said of both"),
        ("n >= 4 and not helps.A => helps.B", "said of both and of one"),
        ("lambda.A < lambda.B", "two λ"), ("R(1).A/R0.A < R(1).B/R0.B", "two risks"),
        ("min(c.A, c.B) < max(c.A, c.B)", "min and max of two"),
      ])
    let regimes =
      cases(
        P.harmed, [.sign, .clamping], "a case that is not the usual one",
        [
          ("helps", "c > σε²"), ("lambda* = 0", "no λ helps"), ("window.upper = 0", "an empty window"),
          ("for some lambda > 1/8: R(lambda) < R0", "none helps"), ("I(t;s) > I(s;y) => helps", "the hypothesis"),
          ("slope > 0 and beta > 1", "the signs"),
        ])
      + cases(
        P.negative, [.sign, .marginal], "the sign of c, or a moment without what it is given",
        [
          ("c < 0", "c < 0"), ("cov(t,y) > 0", "cov(t,y) > 0"), ("abs(c) > 0", "its size"),
          ("min(c, 0) < 0", "the smaller one"), ("cov(t,y|x2)*cov(t,y) < 0", "two signs"),
          ("max(c, 0) > 0", "the larger one"), ("abs(c) <= c", "no number is its size here"),
          ("ln(c/var(y)) < 0", "ln of a negative number: undefined"),
          ("var(y|x2) < var(y|x1)", "given other vectors"), ("var(t|x2) > var(t|y)", "given other vectors"),
          ("I(t;y|x2) < I(t;y)", "with and without what is given"),
          ("corr(t,y|x2) < 0 < corr(t,y)", "two correlations"),
        ])
    return single + pairs + shared + strangers + regimes
  }
}
