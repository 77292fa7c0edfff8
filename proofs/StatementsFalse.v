(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Statements of part two that are believed and false. Each is refuted by one computed
    counterexample, as in Refutations.v; to be read like Statements.v.

    - [fewer S]  the model without the last r coordinates of x2
    - [fresh_risk S w1 n m al]  the teacher term on m fresh rows only, weight alpha *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Criterion Information LinearStudent LeastSquares Tuned OtherRows.
From Proofs Require Import Statements StatementsBaseline StatementsRows.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Words.

Variables (R : realFieldType) (p1 p2 r : nat).

Definition fewer (S : cov R p1 (p2 + r)) : cov R p1 p2 :=
  Cov (S11 S) (lsubmx (S12 S)) (S13 S) (ulsubmx (S22 S)) (usubmx (S23 S)) (S33 S).
Definition fresh_risk (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n m : nat) (al : R) : R :=
  residual_variance S + al ^+ 2 * mismatch S w1
  + (1 - al) ^+ 2 * (kfac R p2 n * residual_variance S)
  + al ^+ 2 * (kfac R p2 m * teacher_residual_variance S w1).

End Words.

Module Claim.
Section Claims.

Variable R : realFieldType.
Import Statements.Claim StatementsRows.Claim.

(** FALSE. Where distillation helps it can be made as good as any shrinkage a w^ of the
    student alone. *)
Definition kd_beats_shrinkage : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> helps S w1 n ->
  forall a r, residual_variance S + student_excess S w1 (kfac R p2 n) a 0 < r ->
  exists2 l, 0 <= l & risk S w1 n l < r.

(** FALSE. The least-squares teacher always helps. *)
Definition ols_teacher_helps : Prop := forall p1 p2 (S : cov R p1 p2) n,
  standing S (ols S) n -> helps S (ols S) n.

(** FALSE. A teacher u that does not help adds nothing to another one, t: whatever is reached
    with the labels (1 - b - d) y + b t + d u is reached with t alone. *)
Definition drop_harmful_teacher : Prop := forall p1 p2 (S : cov R p1 p2) (t u : 'cV[R]_p1) n,
  standing S t n -> standing S u n -> residual_variance S <= residual_covariance S u ->
  forall b d r, 0 <= b -> 0 <= d -> b + d < 1 ->
  residual_variance S + student_excess S (b *: t + d *: u) (kfac R p2 n) (1 - b - d) 1 < r ->
  exists2 l, 0 <= l & risk S t n l < r.

(** FALSE. Ridge has the verdict of least squares. *)
Definition survives_ridge : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n mu,
  ridge_orthogonal_supposes S w1 n -> 0 <= mu ->
  residual_covariance S w1 < residual_variance S <->
  helps_small (ridge_excess S w1 n mu) (ridge_excess S w1 n mu 0).

(** FALSE. I(t; s) and I(s; y) decide, for least-squares teachers with cov(t, s) > 0. *)
Definition two_informations_decide : Prop := forall p1 p2 (S S' : cov R p1 p2) n,
  standing S (ols S) n -> standing S' (ols S') n ->
  0 < cov_ts S (ols S) -> 0 < cov_ts S' (ols S') ->
  expI_ts S (ols S) = expI_ts S' (ols S') -> expI_sy S = expI_sy S' ->
  helps S (ols S) n <-> helps S' (ols S') n.

(** FALSE. More coordinates of x2 keep the verdict "helps". *)
Definition more_features : Prop := forall p1 p2 r (S : cov R p1 (p2 + r)) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> standing (fewer S) w1 n -> helps (fewer S) w1 n -> helps S w1 n.

(** FALSE. n fresh rows for the teacher term are worth at least the student's own. *)
Definition fresh_is_better : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> forall l r, 0 <= l -> risk S w1 n l < r ->
  exists2 al, 0 <= al <= 1 & fresh_risk S w1 n n al < r.

(** FALSE. Where rows differ, the mean of c i - s i decides. *)
Definition average_criterion : Prop :=
  forall n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (w v : 'cV[R]_p) s c t,
  leverage_supposes Q X s c t -> \sum_i (c i - s i) < 0 ->
  helps_small (rowwise_excess Q X w v s c t) (rowwise_excess Q X w v s c t 0).

End Claims.
End Claim.
