// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// How statements are read and decided.
extension StatementDrafts {
  private typealias P = StatementProblems

  /// What is true of the instance `full`, and what is false: 0 < c < σε².
  private static let (t, f) = ("c < var(y|x2)", "c < 0")

  static var readings: [Case] {
    let precedence = cases(
      P.full, [.precedence], "\"not\", \"and\", \"or\", => or <=> that reaches too far or not far enough",
      [
        ("\(t) or \(f) and \(f)", "T or F and F"), ("\(f) and \(f) or \(t)", "F and F or T"),
        ("\(t) or \(t) and \(f)", "T or T and F"), ("not \(f) and \(f)", "not F and F"),
        ("not \(t) and \(f)", "not T and F"), ("not \(f) or \(t)", "not F or T"),
        ("not \(t) or \(t)", "not T or T"), ("not not \(t)", "not not T"), ("not (\(t) and \(f))", "not (T and F)"),
        ("\(f) => \(t) => \(f)", "F => T => F"), ("\(f) => \(f) => \(f)", "F => F => F"),
        ("(\(f) => \(t)) => \(f)", "(F => T) => F"), ("(\(f) => \(f)) => \(f)", "(F => F) => F"),
        ("\(f) or \(t) => \(f)", "F or T => F"), ("\(f) and \(t) => \(f)", "F and T => F"),
        ("\(f) => \(f) or \(t)", "F => F or T"), ("\(t) => \(f) or \(f)", "T => F or F"),
        ("\(f) <=> \(t) => \(f)", "F <=> T => F"), ("\(f) => \(t) <=> \(f)", "F => T <=> F"),
        ("not \(f) => \(f)", "not F => F"), ("not \(t) => \(f)", "not T => F"),
        ("\(t) and (\(f) or \(t))", "T and (F or T)"), ("(\(t) or \(f)) and \(f)", "(T or F) and F"),
      ])
    let logic = cases(
      P.full, [.connective], "a false premise taken as false, a converse, or <=> read two by two",
      [
        ("\(f) => \(f)", "F => F"), ("\(f) => \(t)", "F => T"), ("\(t) => \(f)", "T => F"), ("\(t) => \(t)", "T => T"),
        ("\(t) <=> \(t)", "T <=> T"), ("\(t) <=> \(f)", "T <=> F"), ("\(f) <=> \(f)", "F <=> F"),
        ("\(f) <=> \(f) <=> \(t)", "F <=> F <=> T: not all the same"),
        ("\(f) <=> \(f) <=> \(f)", "three that all fail"),
        ("\(t) or \(f)", "T or F"), ("\(t) and \(f)", "T and F"), ("I(t;s) > 4 => helps", "no such information"),
        ("helps => a < 100", "helps as a premise"), ("I(t;s) > 0 => c > var(y|x2)", "a counterexample"),
      ])
    let chains = cases(
      P.full, [.chain], "only one of the comparisons of a chain, or one of its value with the next number",
      [
        ("0 < c < 0", "the last one fails"), ("0 > c < var(y|x2)", "the first one fails"),
        ("0 < c < var(y|x2) < var(y) < 2*var(y)", "four that hold"),
        ("0 < c < var(y|x2) > var(y) > 0", "the third one fails"),
        ("-1 < -2/3 < -1/2 < k", "numbers, and a sign"),
        ("3 > 2 > 1 > k/1000", "3 > 2 > 1: no truth value is compared"),
        ("0 < c != 0", "two relations"), ("0 < I(t;s) < I(x1;x2) < 9", "informations"),
        ("1 <= p1 <= p2 < n >= 4", "whole numbers"),
        ("p1 = p2 = 2", "equal sizes"), ("p1 = p2 = 3", "equal sizes, another number"),
        ("p1 < p2 + 1 <= n", "whole numbers"),
        ("p1 >= 2 and p2 <= 2 and not p1 > 2 and not p2 < 2", "weak and strict at whole numbers"),
        ("p1 > 2 or p2 < 2", "strict at whole numbers"),
      ])
    let spellings = cases(
      P.full, [.spelling], "a spelling that is not known, or that means something else",
      [
        ("c < σε² ∧ ¬(c ≥ σε²)", "symbols"),
        ("c < residual_variance and not (c >= residual_variance)", "the same in ASCII"),
        ("c ≥ σε² ∨ c ≠ σε² ⇒ I(t;s) ≤ 9", "symbols"),
        ("c >= residual_variance or c != residual_variance => I(t;s) <= 9", "the same in ASCII"),
        ("ΔI > -9 ⇔ β < 1", "symbols"), ("dI > -9 <=> beta < 1", "the same in ASCII"),
        ("λ* > 0 ∧ best λ > 0 ∧ lambda* > 0", "three ways to say λ*"),
        ("2·c < 2*σε²", "· and *"), ("c² < σε²^2", "² and ^2"), ("√(4) > sqrt(3)", "√ and sqrt"),
        ("∀λ > 9: R(λ) > 0*R0", "∀"),
        ("∃λ > 9: R(λ) > 0*R0", "∃"), ("slope<0", "no spaces"), ("  slope   <   0  ", "many spaces"),
        ("0.5 < 5/4 - 0.25", "decimals"),
        ("window.upper < ∞", "∞"), ("window.upper < inf", "inf"), ("R∞ > R0 <=> R_inf > R0", "R∞ and R_inf"),
      ])
    let ties = cases(
      P.tied, [.tie, .strictness], "c = σε² counted as help, or as none where ≤ is asked", isSafeTie: true,
      [
        ("c < var(y|x2)", "< at a tie"), ("c <= var(y|x2)", "<= at a tie"), ("c > var(y|x2)", "> at a tie"),
        ("c >= var(y|x2)", ">= at a tie"),
        ("c = var(y|x2)", "= at a tie"), ("c != var(y|x2)", "!= at a tie"), ("helps", "helps at a tie"),
        ("not helps", "not helps at a tie"),
        ("slope = 0", "a slope of 0"), ("beta >= 1 => not helps", "β = 1"),
        ("0 < c <= var(y|x2) < var(y)", "a chain with a tie"),
        ("best lambda = 0 and window.upper = 0", "no λ helps"), ("slack > 0 or slack < 0", "a slack of 0"),
        ("min(c, var(y|x2)) < var(y|x2)", "the smaller one of two equal numbers"),
      ])
    return precedence + logic + chains + spellings + ties
  }

  static var undefined: [Case] {
    let what = "what is undefined counted as true, as false, or as an error"
    let noRows = cases(
      P.bare, [.undefined], what,
      [
        ("R(1) < R0", "no n: no risk"), ("R0 > 0 or \(t)", "undefined or T"), ("\(t) or R0 > 0", "T or undefined"),
        ("R0 > 0 or \(f)", "undefined or F"),
        ("R0 > 0 and \(f)", "undefined and F"), ("\(f) and R0 > 0", "F and undefined"),
        ("R0 > 0 and \(t)", "undefined and T"), ("not R0 > 0", "not undefined"),
        ("R0 > 0 => \(t)", "an undefined premise, though the conclusion holds"),
        ("R0 > 0 => \(f)", "an undefined premise"), ("\(t) => R0 > 0", "an undefined conclusion"),
        ("\(f) => R0 > 0", "F => undefined"), ("\(t) and (R0 > 0 => \(t))", "within: undefined => T"),
        ("\(t) <=> R0 > 0", "T <=> undefined"), ("for all lambda > 0: R(lambda) < R0", "a quantifier without n"),
        ("lambda > 0", "no λ"), ("N > 1", "no N"), ("m > 1 => mu > 1", "no m and no μ"),
        ("cov(t', y) > 0", "no second teacher"), ("I(t1;s) > 0", "no candidates"),
        ("helps.A => helps.B", "one instance where two are needed"), ("sum over rows i: leverage[i] > 0", "no design"),
        ("0 < c < R0", "a chain of which a part is undefined"), ("0 > c > R0", "a chain that fails before"),
      ])
    let division = cases(
      P.full, [.undefined, .degenerate], what,
      [
        ("1/(p1 - p2) > 0", "a division by 0"), ("not 1/(p1 - p2) > 0", "not of it"),
        ("1/(p1 - p2) = 1/(p1 - p2)", "it is not equal to itself"),
        ("c/(p1 - p2) < var(y) or p1 = p2", "decided by the rest"),
        ("p1 != p2 => 1/(p1 - p2) > 0", "guarded by the premise"),
        ("p1 != p2 and 1/(p1 - p2) > 0", "guarded by a condition"), ("(p1 - p2)^-1 > 0", "a negative power of 0"),
        ("ln(p1 - p2) < 0", "ln of 0"), ("ln(p1 - p2 - 1) < 0", "ln of a negative number"),
        ("sqrt(p1 - p2 - 1) < 1", "a root of a negative number"), ("0*(1/(p1 - p2)) = 0", "0 times what is undefined"),
        ("for some x > 3: x/(p1 - p2) > 1", "within a quantifier"), ("binomial(2, 3/2) > 0", "a half of a choice"),
      ])
    let blind = cases(
      P.blind, [.undefined, .degenerate], what, isSafeTie: true,
      [
        ("I(t;s) > 0", "w* = 0: s is constant"), ("I(t;s) > I(s;y) => helps", "w* = 0 in the premise"),
        ("I(s;y) <= 0 or A = 0*var(y)", "w* = 0, decided by var(s) = 0"),
        ("corr(t, s) = 0", "the correlation of a constant"), ("dI > 0 => 0 > 1", "ΔI where w* = 0"),
      ])
    return noRows + division + blind
  }

  static var exact: [Case] {
    let equal = cases(
      P.alike, [.exactArithmetic, .tie], "informations compared in floating point", needsExact: true,
      [
        ("I(t;s) = I(s;y)", "equal informations"), ("I(t;s) > I(s;y)", "> of equal ones"),
        ("I(t;s) >= I(s;y)", ">= of equal ones"), ("I(t;s) < I(s;y)", "< of equal ones"), ("dI = 0", "ΔI = 0"),
        ("I(t;s) = 1/2*ln(4/3)", "against a logarithm"),
        ("2*I(t;s) + 2*I(s;y) = ln(16/9)", "a sum of two"),
        ("I(t;s) > 0.14384103622589046371960950299691371575175485544888", "against 50 digits"),
        ("I(t;s) < 0.1438410362258904637196095029969138", "against 34 digits, rounded up"),
        ("1/3*I(t;s) = 1/6*ln(4) - 1/6*ln(3)", "rational multiples of logarithms"), ("exp(2*I(t;s)) = 4/3", "e to it"),
        ("a = 1", "a = 1"),
      ])
    let close = cases(
      P.close, [.exactArithmetic, .strictness], "informations that differ by 10⁻⁴⁰ taken as equal", needsExact: true,
      [
        ("I(t;s) < I(s;y)", "< of close ones"), ("I(t;s) = I(s;y)", "= of close ones"),
        ("I(t;s) >= I(s;y)", ">= of close ones"), ("1000*I(t;s) < 1000*I(s;y)", "a thousand times"),
        ("dI > -1/10000000000000000000000000000000000000000", "the difference against 10⁻⁴⁰"),
      ])
    let nats = cases(
      P.alike, [.bitsForNats], "informations in bits, or half of them",
      [
        ("I(t;s) > 3/20", "½ ln 4/3 is 0.144 nats, 0.208 bits"), ("1/8 < I(s;y) < 1/5", "between two numbers"),
        ("I(t;s) + I(s;y) > 3/10", "a sum"), ("ln(4/3) > I(t;s) + 1/8", "beside a logarithm"),
        ("max(I(t;s), 3/20) > 0.1499", "beside a number in max"),
        ("abs(I(t;s) - 1/5) > 1/50", "the size of a difference"),
      ])
    return equal + close + nats
  }
}
