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
