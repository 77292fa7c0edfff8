// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra

/// What every exported refutation begins with: computations with fractions are those of the field.
enum CoqLemmas {
  static let text = """
    Fixpoint powQ (a : Q) (n : nat) : Q := if n is n'.+1 then mulQ a (powQ a n') else oneQ.

    Section Images.

    Variables (R : realFieldType) (x y : R) (a b : Q).

    Lemma ofQ_same c d : eqQ c d -> ofQ R c = ofQ R d.
    Proof. by rewrite -(ofQ_eq R) => /eqP. Qed.
    Lemma zero_of : 0 = ofQ R zeroQ. Proof. by rewrite ofQ0. Qed.
    Lemma one_of : 1 = ofQ R oneQ. Proof. by rewrite ofQ1. Qed.
    Lemma nat_of n : n%:R = ofQ R (natQ n). Proof. by rewrite ofQ_nat. Qed.

    Hypotheses (xa : x = ofQ R a).
    Lemma opp_of : - x = ofQ R (subQ zeroQ a). Proof. by rewrite ofQB ofQ0 sub0r xa. Qed.
    Lemma pow_of n : x ^+ n = ofQ R (powQ a n).
    Proof. by rewrite xa; elim: n => [|n IH]; rewrite ?ofQ1 ?expr0 //= ofQM -IH exprS. Qed.
    Lemma neg_pow_of n : x ^- n = ofQ R (divQ oneQ (powQ a n)).
    Proof. by rewrite ofQ_div ofQ1 -pow_of div1r. Qed.

    Hypotheses (yb : y = ofQ R b).
    Lemma add_of : x + y = ofQ R (addQ a b). Proof. by rewrite ofQD xa yb. Qed.
    Lemma sub_of : x - y = ofQ R (subQ a b). Proof. by rewrite ofQB xa yb. Qed.
    Lemma mul_of : x * y = ofQ R (mulQ a b). Proof. by rewrite ofQM xa yb. Qed.
    Lemma div_of : x / y = ofQ R (divQ a b). Proof. by rewrite ofQ_div xa yb. Qed.

    Lemma less : ltQ a b -> x < y. Proof. by rewrite xa yb ofQ_lt. Qed.
    Lemma not_less : ~~ ltQ a b -> ~ (x < y). Proof. by move=> h; apply/negP; rewrite xa yb ofQ_lt. Qed.
    Lemma at_most : ~~ ltQ b a -> x <= y. Proof. by rewrite leNgt xa yb ofQ_lt. Qed.
    Lemma not_at_most : ltQ b a -> ~ (x <= y).
    Proof. by move=> h; apply/negP; rewrite -ltNge xa yb ofQ_lt. Qed.
    Lemma equal : eqQ a b -> x = y. Proof. by rewrite xa yb => /ofQ_same. Qed.
    Lemma not_equal : ~~ eqQ a b -> ~ (x = y). Proof. by move=> h; apply/eqP; rewrite xa yb ofQ_eq. Qed.

    End Images.
    """
}

/// A fraction as a term of type Q, in parentheses.
func coqLiteral(_ value: Rational) -> String { "(\(coq(value)))" }

extension CoqStatement {
  /// The first lines of a file: what it says, and what it imports.
  static func header(_ conjecture: Conjecture, source: String?) -> String {
    let text = (source.map { "\($0): " } ?? "") + conjecture.ascii
    let safe = String(text.map { $0 == "\"" ? "'" : $0.isNewline ? " " : $0 })
      .replacing("(*", with: "( *").replacing("*)", with: "* )")
    return """
      (** Written by `cch export`: \(safe). *)

      From Coq Require Import ZArith QArith.
      From mathcomp Require Import all_ssreflect all_algebra.
      From Proofs Require Import Model Criterion Information Outputs Vectors Tuned Statements.
      From Proofs Require Import Numbers ListMatrix Computed Refutations.

      Set Implicit Arguments.
      Unset Strict Implicit.
      Unset Printing Implicit Defensive.

      Import Order.TTheory GRing.Theory Num.Theory.
      Import Statements.Claim.
      Local Open Scope ring_scope.
      """
  }
}
