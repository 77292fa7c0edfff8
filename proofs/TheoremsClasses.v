(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements of StatementsClasses.v, and what a certificate has to pass that refutes the
    last: one cell, a teacher that always says 1 / K, and the law of the label. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Criterion Classes StatementsClasses Numbers ListMatrix.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Claims.

Variable R : realFieldType.

Theorem soft_labels : StatementsClasses.Claim.soft_labels R.
Proof.
move=> I O K C ok; have [small some] := brier_helps ok; split=> // i.
by rewrite -subr_ge0; apply: gap_ge0.
Qed.

Theorem no_over_reaction : StatementsClasses.Fact.no_over_reaction R.
Proof.
move=> I O K C ok i k; set pi := cell_mean _ _ _; set reaction := cell_cov _ _ (soft C i ^~ k) _.
pose h o := hot C i o k; pose s o := soft C i o k; pose w o := law C i o.
have w0 o : 0 <= w o := law_ge0 ok i o.
have hh o : h o * h o = h o by rewrite /h /hot; case: eqP; rewrite ?mulr1 ?mulr0.
have centred : \sum_o w o * (h o - pi) = 0.
  under eq_bigr do rewrite mulrBr.
  by rewrite sumrB -mulr_suml (law_total ok) mul1r subrr.
have covE f : cell_cov C i f (hot C i ^~ k) = \sum_o w o * (f o * (h o - pi)).
  transitivity (\sum_o (w o * (f o * (h o - pi)) - cell_mean C i f * (w o * (h o - pi)))).
    by apply: eq_bigr => o _; rewrite /= -/(h o) -/pi -/(w o); ring.
  by rewrite sumrB -mulr_sumr centred mulr0 subr0.
have varE : cell_cov C i (hot C i ^~ k) (hot C i ^~ k) = pi * (1 - pi).
  rewrite covE {2}/pi /cell_mean mulr_suml; apply: eq_bigr => o _.
  by rewrite -/(h o) -/(w o) mulrBr hh; ring.
pose gap o := w o * ((h o - s o) * (h o - pi)).
have gapE : pi * (1 - pi) - reaction = \sum_o gap o.
  rewrite -varE /reaction !covE -sumrB; apply: eq_bigr => o _.
  by rewrite /gap -/(h o) -/(s o); ring.
have h1 o : 0 <= 1 - h o by rewrite subr_ge0 /h /hot lern1 leq_b1.
have h0 o : 0 <= h o by rewrite /h /hot ler0n.
have pi_ge o : w o * h o <= pi.
  by rewrite /pi /cell_mean (bigD1 o) //= ler_addl sumr_ge0 // => u _; apply: mulr_ge0 (w0 u) (h0 u).
have pi_le o : w o * (1 - h o) <= 1 - pi.
  have -> : 1 - pi = \sum_o w o * (1 - h o).
    by under eq_bigr do rewrite mulrBr mulr1; rewrite sumrB (law_total ok).
  by rewrite (bigD1 o) //= ler_addl sumr_ge0 // => u _; apply: mulr_ge0 (w0 u) (h1 u).
have nonneg x : 0 <= x -> (0 < x) = (x != 0) by move=> x0; rewrite lt_neqAle eq_sym x0 andbT.
have pi0 : 0 <= pi by rewrite sumr_ge0 // => o _; apply: mulr_ge0 (w0 o) (h0 o).
have pi1 : 0 <= 1 - pi.
  have -> : 1 - pi = \sum_o w o * (1 - h o).
    by under eq_bigr do rewrite mulrBr mulr1; rewrite sumrB (law_total ok).
  by rewrite sumr_ge0 // => o _; apply: mulr_ge0 (w0 o) (h1 o).
have two o : h o = 1 \/ h o = 0 by rewrite /h /hot; case: eqP; [left | right].
have gap0 o : 0 <= gap o.
  rewrite mulr_ge0 //; case: (two o) => ->.
    by rewrite mulr_ge0 // subr_ge0 /s (soft_le1 ok).
  by rewrite !sub0r mulrNN mulr_ge0 // /s (soft_ge0 ok).
split=> //; first by rewrite -subr_ge0 gapE sumr_ge0.
rewrite -(subr_gt0 reaction) gapE (sum_gt0P gap0); split=> [[o]|[/andP[p0 p1] [o [wo ne]]]]; last first.
  exists o; rewrite nonneg //; apply: mulf_neq0; first exact: lt0r_neq0 wo.
  apply: mulf_neq0; rewrite subr_eq0; first by rewrite eq_sym.
  by case: (two o) => ->; [rewrite gt_eqF | rewrite lt_eqF].
rewrite nonneg // !mulf_eq0 !negb_or !subr_eq0 => /and3P[wo ne np].
have wpos : 0 < w o by rewrite nonneg.
split; last by exists o; rewrite wpos eq_sym.
case: (two o) => e; move: np (pi_ge o) (pi_le o); rewrite e ?mulr1 ?mulr0 ?subr0 ?mulr1 => np a b.
  by rewrite (lt_le_trans wpos a) lt_neqAle eq_sym np -subr_ge0.
by rewrite lt_neqAle np pi0 -subr_gt0 (lt_le_trans wpos b).
Qed.

(* One cell with [rows] rows; the outcomes are the K labels, with the probabilities p. *)
Definition smoothing K (rows : nat) (p : 'I_K -> R) : classes R unit_finType (ordinal_finType K) K :=
  @Classes R unit_finType (ordinal_finType K) K (fun=> 1) (fun=> rows) (fun=> p) (fun _ o => o)
    (fun _ _ _ => K%:R^-1).

Section Smoothing.

Variables (K rows : nat) (p : 'I_K -> R).
Hypotheses (rows_gt0 : (0 < rows)%N) (p0 : forall o, 0 <= p o) (p1 : \sum_o p o = 1).
Hypothesis K_gt0 : (0 < K)%N.

Lemma smoothing_proper : proper (smoothing rows p).
Proof.
split=> //= [i|i o k|i o]; first exact: ler01.
  by rewrite invr_ge0 ler0n.
by rewrite sumr_const card_ord -[_^-1 *+ K]mulr_natr mulVf // pnatr_eq0 -lt0n.
Qed.

Lemma smoothing_open (o o' : 'I_K) : o != o' -> (1 < K)%N -> 0 < p o -> 0 < p o' ->
  open_cell (smoothing rows p) tt.
Proof.
move=> ne K1 po po'; split; [exact: ltr01 | by exists o, o' | exists o, o'; split=> //=].
by rewrite /hot /= (negbTE ne) invr_eq0 pnatr_eq0 -lt0n.
Qed.

End Smoothing.

End Claims.

(** The probabilities, in a list; the first two are positive. *)
Definition refutes_label_smoothing_informs (K rows : nat) (p : seq Q) : bool :=
  [&& (1 < K)%N, (0 < rows)%N, all (fun i => ~~ ltQ (nth zeroQ p i) zeroQ) (iota 0 K),
      eqQ (sumQ K (nth zeroQ p)) oneQ & ltQ zeroQ (nth zeroQ p 0) && ltQ zeroQ (nth zeroQ p 1)].

Theorem refute_label_smoothing_informs K rows p : refutes_label_smoothing_informs K rows p ->
  forall R : realFieldType, ~ StatementsClasses.Claim.label_smoothing_informs R.
Proof.
case: K => [|[|K]] //; case/and5P => _ rows0 /allP nonneg total /andP[first second] R claim.
pose q := fun i : 'I_K.+2 => ofQ R (nth zeroQ p i).
have q0 o : 0 <= q o by rewrite leNgt -(ofQ0 R) ofQ_lt nonneg // mem_iota ltn_ord.
have q1 : \sum_o q o = 1.
  have E : ofQ R (sumQ K.+2 (nth zeroQ p)) = 1 by rewrite -(ofQ1 R); apply/eqP; rewrite ofQ_eq.
  by rewrite -E ofQ_sum.
have ok := smoothing_proper rows0 q0 q1 (ltn0Sn _).
have opn : exists i, open_cell (smoothing rows q) i.
  exists tt; apply: (@smoothing_open R _ rows q (ltn0Sn _) ord0 (lift ord0 ord0)) => //; by rewrite /q ofQ_gt0.
have [|i [o [j [u [_ _ [k]]]]]] := claim _ _ _ _ ok; last by rewrite eqxx.
by apply/(brier_helps ok).1.
Qed.

Section NonVacuity.

Variable R : realFieldType.

(* A fair coin; and a certain one. *)
Theorem soft_labels_satisfiable : StatementsClasses.Satisfiable.soft_labels R.
Proof.
split.
  have h0 (o : 'I_2) : 0 <= 2%:R^-1 :> R by rewrite invr_ge0 ler0n.
  have h1 : \sum_(o < 2) 2%:R^-1 = 1 :> R.
    by rewrite sumr_const card_ord -[_^-1 *+ 2]mulr_natr mulVf // pnatr_eq0.
  exists unit_finType, (ordinal_finType 2), 2%N, (smoothing 2 (fun=> 2%:R^-1)).
  split; first exact: (smoothing_proper (K := 2)).
  by exists tt; apply: (@smoothing_open R 2 2 _ isT ord0 (lift ord0 ord0)) => //; rewrite invr_gt0 ltr0n.
have h0 (o : 'I_1) : 0 <= 1 :> R by exact: ler01.
have h1 : \sum_(o < 1) 1 = 1 :> R by rewrite big_ord1.
exists unit_finType, (ordinal_finType 1), 1%N, (smoothing 1 (fun=> 1)).
split; first exact: (smoothing_proper (K := 1)).
move=> i [_ [o [o' [_ _ ne]]] _]; move: ne.
by have E : o = o' := etrans (ord1 o) (esym (ord1 o')); rewrite /= E eqxx.
Qed.

End NonVacuity.
