(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What the claims of StatementsBaseline.v suppose can be satisfied, over every ordered field.

    - [uncorrelated]  cov(t, s | y) = 0
    - [weak]          a least-squares teacher and student that explain a quarter of var(y) each *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Tuned Ensemble.
From Proofs Require Import Statements StatementsBaseline Numbers ListMatrix Computed Refutations.
From Proofs Require Import NonVacuity TheoremsBaseline.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition uncorrelated := three 4 2 1 1 4.
Definition weak := three 4 4 1 3 16.

Section Open.

Variables (R : realFieldType) (p1 p2 : nat) (sigma w : matrixL).
Local Notation S := (model p1 p2 sigma R).
Local Notation w1 := (teacher p1 w R).
Hypothesis std : stands p1 p2 sigma w.

(* G var(y | x2) - A c. *)
Definition openQ : Q :=
  subQ (mulQ (tsQ p1 p2 sigma w) (residual_varianceQ p1 p2 sigma))
       (mulQ (sQ p1 p2 sigma) (residual_covarianceQ p1 p2 sigma w)).

Lemma openE : open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1)
  = ofQ R openQ.
Proof.
have [_ ok _ _ _] := stands_facts R std; rewrite /open_of /openQ (model_s R ok) (model_ts w R ok).
by rewrite (model_residual_variance R ok) (model_residual_covariance w R ok) ofQB !ofQM.
Qed.

Lemma given_yE : cov_ts_given_y S w1 * var_y S = ofQ R openQ.
Proof.
have [_ _ pS _ _] := stands_facts R std.
by rewrite (cov_ts_given_yE w1 pS) -(open_ofE w1 pS) openE.
Qed.

End Open.

Section Claims.

Variable R : realFieldType.
Local Notation S sigma := (model 1 1 sigma R).
Local Notation w1 := (teacher 1 unit R).

Lemma std_uncorrelated : stands 1 1 uncorrelated unit. Proof. by vm_compute. Qed.
Lemma std_weak : stands 1 1 weak unit. Proof. by vm_compute. Qed.

Theorem tuned_sharp : StatementsBaseline.Satisfiable.tuned_sharp R.
Proof.
split.
- exists 1%N, 1%N, (S good), w1, 3%N; have std := standing_model R std_good (leqnn 3).
  by split=> //; rewrite (aligned_open std) (openE R std_good) ofQ_gt0.
- exists 1%N, 1%N, (S harmful), w1, 3%N; have std := standing_model R std_harmful (leqnn 3).
  split=> //; have [pS _ _ _] := std; rewrite -(pmulr_llt0 _ (var_y_gt0 w1 pS)).
  by rewrite (given_yE R std_harmful) -(ofQ0 R) ofQ_lt.
- exists 1%N, 1%N, (S uncorrelated), w1, 3%N; have std := standing_model R std_uncorrelated (leqnn 3).
  split=> //; have [pS _ _ _] := std; apply/eqP.
  have := given_yE R std_uncorrelated; rewrite (_ : ofQ R _ = 0); last first.
    by rewrite -(ofQ0 R); apply/eqP; rewrite ofQ_eq.
  by move/eqP; rewrite mulf_eq0 (gt_eqF (var_y_gt0 w1 pS)) orbF.
Qed.

Theorem signed_cch : StatementsBaseline.Satisfiable.signed_cch R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N; split; first exact: standing_model std_good _.
  by rewrite /Statements.Claim.informed (informedE R std_good).
by have [_ ok _ _ _] := stands_facts R std_good; rewrite (model_ts unit R ok) ofQ_gt0.
Qed.

Theorem conditional_independence : StatementsBaseline.Satisfiable.conditional_independence R.
Proof.
exists 1%N, 1%N, (S uncorrelated), 3%N; have [_ _ pS _ ws0] := stands_facts R std_uncorrelated.
split=> //=; rewrite -mxT -mxM; apply/matrixP => i j; rewrite !ord1 !mxE -ofQM.
by apply/eqP; rewrite ofQ_eq.
Qed.

Theorem ols_sharp : StatementsBaseline.Satisfiable.ols_sharp R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N; have std := standing_model R std_good (leqnn 3).
by split=> //; rewrite -(good_ols R); apply: (TheoremsBaseline.ols_sharp (S good) 3%N).2; case: std.
Qed.

Lemma weak_ols : ols (S weak) = w1. Proof. by rewrite olsE. Qed.

Theorem weak_modalities : StatementsBaseline.Satisfiable.weak_modalities R.
Proof.
exists 1%N, 1%N, (S weak), 3%N; have std := standing_model R std_weak (leqnn 3).
have [pS w0 ws0 _] := std; have [_ ok _ _ _] := stands_facts R std_weak.
split; rewrite weak_ols //; first by rewrite (model_ts unit R ok) leNgt -(ofQ0 R) ofQ_lt.
have -> : cov_ty (S weak) w1 = var_t (S weak) w1.
  by rewrite -weak_ols; apply: (TheoremsBaseline.ols_sharp (S weak) 3%N).2.
rewrite (cov_syE pS) -var_sE model_t (model_s R ok) model_y !expr2 -!ofQM -!ofQ_div -ofQD.
by rewrite -ofQ1 ofQ_lt.
Qed.

Theorem calibrate_first : StatementsBaseline.Satisfiable.calibrate_first R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N; have std := standing_model R std_good (leqnn 3).
have [pS w0 _ _] := std; split=> //; last by rewrite /Statements.Claim.informed (informedE R std_good).
have -> : cov_ty (S good) w1 = var_t (S good) w1.
  by rewrite -(good_ols R); apply: (TheoremsBaseline.ols_sharp (S good) 3%N).2.
by rewrite gt_eqF // var_t_gt0.
Qed.

Theorem crossover : StatementsBaseline.Satisfiable.crossover R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N, 1; have std := standing_model R std_good (leqnn 3).
have [_ ok _ _ _] := stands_facts R std_good.
by split; rewrite ?ltr01 // (model_mismatch unit R ok) ofQ_gt0.
Qed.

Theorem ensemble : StatementsBaseline.Satisfiable.ensemble R.
Proof.
have [_ _ pS _ _] := stands_facts R std_good.
exists 1%N, 1%N, (S good), (\row_j j.+1%:R), 3%N; split=> // b b0.
rewrite big_ord_recl big_ord1 => s0; apply: contra b0 => /eqP/matrixP/(_ 0 0).
rewrite !mxE big_ord_recl big_ord1 !mxE mul1r.
have E : b 0 0 = - b (lift 0 0) 0 by apply/eqP; rewrite -addr_eq0 s0.
rewrite E (natrD _ 1 1) mulrDl mul1r addKr => Z; apply/eqP/matrixP => i j.
by rewrite (ord1 j) !mxE; case: (unliftP 0 i) => [k ->|->]; rewrite ?(ord1 k) ?E Z ?oppr0.
Qed.

End Claims.
