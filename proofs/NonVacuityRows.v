(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What the claims of StatementsRows.v suppose can be satisfied, over every ordered field.

    - [useless]     x1 adds nothing to x2
    - [orthogonal]  var(x2) = 1
    - [spread v]    an estimate whose error has mean 0 and variance v: 0 or +-(1 + v) *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Student Expectation LinearStudent LeastSquares.
From Proofs Require Import Tuned JointTeacher OtherRows Imported Statements StatementsBaseline StatementsRows.
From Proofs Require Import Numbers ListMatrix Computed Refutations NonVacuity.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition useless := three 4 2 1 0 4.
Definition orthogonal := three 4 1 1 1 4.

Section Spread.

Variables (R : realFieldType) (v : R).
Hypothesis v0 : 0 <= v.

Let r := 1 + v.
Let th := v / r ^+ 2.

Lemma th_in : 0 <= th /\ 0 <= 1 - th.
Proof.
have r0 : 0 < r ^+ 2 by rewrite exprn_gt0 // ltr_paddr ?ltr01.
split; first by rewrite divr_ge0 // ltW.
rewrite subr_ge0 ler_pdivr_mulr // mul1r -subr_ge0 (_ : r ^+ 2 - v = 1 + v + v ^+ 2).
  by rewrite !addr_ge0 ?ler01 ?sqr_ge0.
by rewrite /r; ring.
Qed.

Definition spread_mean (f : option bool -> R) : R :=
  (1 - th) * f None + th / 2%:R * (f (Some true) + f (Some false)).

Lemma spread_lin a f b g :
  spread_mean (fun x => a * f x + b * g x) = a * spread_mean f + b * spread_mean g.
Proof. by rewrite /spread_mean; ring. Qed.

Lemma spread_le f g : (forall x, f x <= g x) -> spread_mean f <= spread_mean g.
Proof.
have [t0 t1] := th_in => H; apply: ler_add; apply: ler_wpmul2l => //; first by rewrite divr_ge0 ?ler0n.
exact: ler_add.
Qed.

Lemma spread_cst a : spread_mean (fun=> a) = a.
Proof. by rewrite /spread_mean; field. Qed.

Definition spread : expectation R (option bool) := {|
  has_mean := fun=> True;
  mean := spread_mean;
  has_mean_ext := fun _ _ _ _ => I;
  has_mean_cst := fun=> I;
  has_mean_lin := fun _ _ _ _ _ _ => I;
  mean_cst := spread_cst;
  mean_lin := fun a f b g _ _ => spread_lin a f b g;
  mean_le := fun f g _ _ H => spread_le H |}.

Definition error (x : option bool) : R := if x is Some up then (if up then r else - r) else 0.

Lemma error_mean a : mean_is spread (fun x => a + error x) a.
Proof. by split=> //=; rewrite /spread_mean /=; field. Qed.

Lemma error_variance a : mean_is spread (fun x => (a + error x - a) ^+ 2) v.
Proof.
split=> //=; rewrite /spread_mean /= /th; have : 0 < r by rewrite ltr_paddr ?ltr01.
by move: r => q q0; field; rewrite gt_eqF.
Qed.

End Spread.

Section Claims.

Variable R : realFieldType.
Local Notation S sigma := (model 1 1 sigma R).
Local Notation w1 := (teacher 1 unit R).

Lemma std_useless : stands 1 1 useless unit. Proof. by vm_compute. Qed.
Lemma std_orthogonal : stands 1 1 orthogonal unit. Proof. by vm_compute. Qed.

Lemma residual_covariance_Q sigma : stands 1 1 sigma unit ->
  residual_covariance (S sigma) w1 = ofQ R (residual_covarianceQ 1 1 sigma unit).
Proof. by move=> std; have [_ ok _ _ _] := stands_facts R std; apply: model_residual_covariance. Qed.

Lemma adds : cov_x1y_given_x2 (S good) != 0.
Proof.
apply/eqP => z0; have := residual_covariance_Q std_good.
rewrite /residual_covariance -/(cov_x1y_given_x2 _) z0 dot0r => /esym/eqP.
by rewrite -(ofQ0 R) ofQ_eq.
Qed.

Theorem joint_teacher : StatementsRows.Satisfiable.joint_teacher R.
Proof.
split.
  exists 1%N, 1%N, (S good), 3%N; have [_ _ pS _ ws0] := stands_facts R std_good.
  by split=> //; apply: adds.
exists 1%N, 1%N, (S useless), 3%N; have [_ _ pS _ _] := stands_facts R std_useless; split=> //.
have := residual_covariance_Q std_useless; rewrite /residual_covariance -/(cov_x1y_given_x2 _).
rewrite (_ : ofQ R _ = 0); last by rewrite -(ofQ0 R); apply/eqP; rewrite ofQ_eq.
rewrite /dot mxE big_ord1; move: (cov_x1y_given_x2 _) => z.
rewrite !mxE -[ofQ R _]/(ofQ R oneQ) ofQ1 mul1r => z0.
by apply/matrixP => i j; rewrite !ord1 [RHS]mxE.
Qed.

Theorem sampled_joint_teacher : StatementsRows.Satisfiable.sampled_joint_teacher R.
Proof. by exists 1%N, 1%N, (S good), 3%N, 4%N; have [_ _ pS _ _] := stands_facts R std_good. Qed.

Theorem same_rows_teacher : StatementsRows.Satisfiable.same_rows_teacher R.
Proof.
move=> n p1 p2 pn; pose X : 'M[R]_(n, p1 + p2) := pid_mx (p1 + p2); exists (lsubmx X), (rsubmx X).
by rewrite hsubmxK rank_pid_mx.
Qed.

Theorem unlabelled : StatementsRows.Satisfiable.unlabelled R.
Proof.
have thirds : 1 + 1%:R / (5 - 1 - 1)%:R = ofQ R (Qmake 4 3).
  have -> : (5 - 1 - 1)%N = 3%N by [].
  rewrite -(ofQ_nat R 1) -(ofQ_nat R 3) -ofQ_div -[X in X + _](ofQ1 R) -ofQD.
  by apply/eqP; rewrite ofQ_eq.
have b sigma : stands 1 1 sigma unit -> beta (S sigma) w1
    = ofQ R (divQ (residual_covarianceQ 1 1 sigma unit) (residual_varianceQ 1 1 sigma)).
  move=> std; have [_ ok _ _ _] := stands_facts R std.
  by rewrite ofQ_div /beta (model_residual_variance R ok) (model_residual_covariance unit R ok).
split; [exists 1%N, 1%N, (S good), w1, 5%N | exists 1%N, 1%N, (S harmful), w1, 5%N]; split=> //.
- exact: standing_model std_good _.
- by rewrite thirds (b _ std_good) ofQ_lt.
- exact: standing_model std_harmful _.
- by rewrite thirds (b _ std_harmful) ofQ_lt.
Qed.

Theorem pseudo_labels : StatementsRows.Satisfiable.pseudo_labels R.
Proof.
exists 1%N, 1%N, (S good), 4%N, 1%N; have [_ _ pS _ _] := stands_facts R std_good.
by split=> //; apply: adds.
Qed.

Theorem ridge_orthogonal : StatementsRows.Satisfiable.ridge_orthogonal R.
Proof.
exists 1%N, 1%N, (S orthogonal), w1, 1%N; have [_ _ pS w0 ws0] := stands_facts R std_orthogonal.
by split=> //; apply/matrixP => i j; rewrite !ord1 !mxE -(ofQ1 R).
Qed.

Theorem leverage : StatementsRows.Satisfiable.leverage R.
Proof.
exists 1%N, 1%N, 1%:M, 1%:M, (fun=> 1), (fun=> 0), (fun=> 1); split=> //; split.
- exact: mxrank1.
- by move=> b; rewrite bil_dot mul1mx dot_ge0.
- by move=> i; rewrite ltr01 expr0n mulr1 ler01.
Qed.

Theorem wrong_decision : StatementsRows.Satisfiable.wrong_decision R.
Proof.
have std := standing_model R std_good (leqnn 3); have [pS w0 ws0 _] := std.
have V0 : 0 <= slope_variance (S good) w1 4.
  have s0 := residual_variance_gt0 w1 pS.
  rewrite /slope_variance divr_ge0 ?mulr_ge0 ?ler0n ?(ltW s0) // subr_ge0 ler_pdivr_mulr // mulrC.
  exact: residual_covariance2_le.
exists 1%N, 1%N, (S good), w1, 4%N, (option bool), (spread V0).
eexists (fun x => beta (S good) w1 + error (slope_variance (S good) w1 4) x).
eexists; split; last by split; [|reflexivity].
have std4 := standing_model R std_good (isT : (1 + 2 <= 4)%N).
split=> //; last by split; [apply: error_mean | apply: error_variance].
have [_ ok _ _ _] := stands_facts R std_good.
rewrite /beta (model_residual_variance R ok) (model_residual_covariance unit R ok) -ofQ_div -(ofQ1 R).
by rewrite ofQ_eq.
Qed.

End Claims.
