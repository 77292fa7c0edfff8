(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Rational numbers that the kernel computes with, the binary fractions of Coq's
    library (QArith), and the elements of an ordered field that they stand for.

    - [wholeQ n]  the whole number n
    - [addQ], [subQ], [mulQ], [divQ]  in lowest terms;  [ltQ], [eqQ], [sumQ n f]
    - [ofQ R a]   the number a in the field R: numerator over denominator *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** Exact operations on fractions in lowest terms. *)
Definition addQ (a b : Q) : Q := Qred (Qplus a b).
Definition mulQ (a b : Q) : Q := Qred (Qmult a b).
Definition subQ (a b : Q) : Q := Qred (Qminus a b).
Definition divQ (a b : Q) : Q := Qred (Qdiv a b).
Definition ltQ (a b : Q) : bool := Z.ltb (Z.mul (Qnum a) (Zpos (Qden b))) (Z.mul (Qnum b) (Zpos (Qden a))).
Definition eqQ (a b : Q) : bool := Z.eqb (Z.mul (Qnum a) (Zpos (Qden b))) (Z.mul (Qnum b) (Zpos (Qden a))).
Definition wholeQ (n : Z) : Q := Qmake n 1.
Definition zeroQ : Q := Qmake 0 1.
Definition oneQ : Q := Qmake 1 1.
Definition sumQ (n : nat) (f : nat -> Q) : Q := foldr (fun k => addQ (f k)) zeroQ (iota 0 n).

Section OfQ.

Variable R : realFieldType.

Definition ofZ (z : Z) : R := (int_of_Z z)%:~R.
Definition ofQ (a : Q) : R := ofZ (Qnum a) / ofZ (Zpos (Qden a)).

Lemma ofZD x y : ofZ (Z.add x y) = ofZ x + ofZ y.
Proof. by rewrite /ofZ -rmorphD /=; congr (_%:~R); rewrite -[RHS]rmorphD. Qed.
Lemma ofZM x y : ofZ (Z.mul x y) = ofZ x * ofZ y.
Proof. by rewrite /ofZ -rmorphM /=; congr (_%:~R); rewrite -[RHS]rmorphM. Qed.
Lemma ofZN x : ofZ (Z.opp x) = - ofZ x.
Proof. by rewrite /ofZ -rmorphN /=; congr (_%:~R); rewrite -[RHS]rmorphN. Qed.
Lemma ofZ_pos p : 0 < ofZ (Zpos p).
Proof. by rewrite /ofZ ltr0z /= ltz_nat; apply/ssrnat.ltP/Pos2Nat.is_pos. Qed.
Lemma ofZ_neq0 p : ofZ (Zpos p) != 0. Proof. by rewrite gt_eqF ?ofZ_pos. Qed.
Lemma ofZ_lt x y : (ofZ x < ofZ y) = Z.ltb x y.
Proof.
rewrite /ofZ ltr_int -subr_gt0 -[RHS]/(x < y) -[RHS]subr_gt0 -rmorphB.
case: (y - x) => [|p|p] //; rewrite ltz_nat.
by apply/ssrnat.ltP/Pos2Nat.is_pos.
Qed.
Lemma ofZ_inj : injective ofZ.
Proof. by move=> x y /intr_inj /(can_inj int_of_ZK). Qed.

Lemma ofQ_eq a b : (ofQ a == ofQ b) = eqQ a b.
Proof.
rewrite /ofQ eqr_div ?ofZ_neq0 // -!ofZM (inj_eq ofZ_inj) /eqQ.
by rewrite [Z.mul _ (Zpos (Qden a))]Z.mul_comm.
Qed.

Lemma ofQ_lt a b : (ofQ a < ofQ b) = ltQ a b.
Proof.
by rewrite /ofQ ltr_pdivr_mulr ?ofZ_pos // mulrAC ltr_pdivl_mulr ?ofZ_pos // -!ofZM ofZ_lt.
Qed.

Lemma ofQ_red a : ofQ (Qred a) = ofQ a.
Proof. by apply/eqP; rewrite ofQ_eq; apply/Z.eqb_spec/Qred_correct. Qed.
Lemma ofQ0 : ofQ zeroQ = 0. Proof. by rewrite /ofQ /ofZ mul0r. Qed.
Lemma ofQ1 : ofQ oneQ = 1. Proof. by rewrite /ofQ /ofZ divr1. Qed.
Lemma ofQD a b : ofQ (addQ a b) = ofQ a + ofQ b.
Proof.
rewrite /addQ ofQ_red /ofQ /= ofZD !ofZM Pos2Z.inj_mul ofZM.
by rewrite addf_div ?ofZ_neq0.
Qed.
Lemma ofQM a b : ofQ (mulQ a b) = ofQ a * ofQ b.
Proof. by rewrite /mulQ ofQ_red /ofQ /= Pos2Z.inj_mul !ofZM mulf_div. Qed.
Lemma ofQB a b : ofQ (subQ a b) = ofQ a - ofQ b.
Proof.
rewrite /subQ ofQ_red /Qminus -[RHS]/(_ + _); have := ofQD a (Qopp b).
by rewrite /addQ ofQ_red => ->; rewrite /ofQ /= ofZN mulNr.
Qed.
Lemma ofQV a : ofQ (Qinv a) = (ofQ a)^-1.
Proof.
case: a => [[|p|p] b]; rewrite /ofQ /Qinv /=.
- by rewrite /ofZ !mul0r invr0.
- by rewrite invfM invrK mulrC.
- have N x : ofZ (Zneg x) = - ofZ (Zpos x) by rewrite -ofZN.
  by rewrite !N !mulNr invrN invfM invrK mulrC.
Qed.
Lemma ofQ_div a b : ofQ (divQ a b) = ofQ a / ofQ b.
Proof.
by rewrite /divQ ofQ_red /Qdiv -ofQV -ofQM /mulQ ofQ_red.
Qed.
Lemma ofQ_sum n f : ofQ (sumQ n f) = \sum_(k < n) ofQ (f k).
Proof.
rewrite -(big_mkord xpredT (fun k => ofQ (f k))) /index_iota subn0 /sumQ.
elim: (iota 0 n) => [|k s IH] /=; first by rewrite ofQ0 big_nil.
by rewrite ofQD IH big_cons.
Qed.
Lemma ofQ_gt0 a : (0 < ofQ a) = ltQ zeroQ a. Proof. by rewrite -ofQ0 ofQ_lt. Qed.

End OfQ.
