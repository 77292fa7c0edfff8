(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What the statements of StatementsMeans.v suppose can be satisfied, over every ordered field.

    - [point]  the mean of functions on one point *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Student Expectation LinearStudent LeastSquares Sampling.
From Proofs Require Import Tuned OtherRows Imported Statements StatementsMeans.
From Proofs Require Import Numbers ListMatrix Computed Refutations NonVacuity.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Claims.

Variable R : realFieldType.

Theorem weighted_expected : StatementsMeans.Satisfiable.weighted_expected R.
Proof.
move=> p1 p2 n S w1 pS p20 hn.
have [D [Ed [X [N [En [e [h H]]]]]]] := NonVacuity.risk_expected w1 pS p20 hn.
by exists D, Ed, X, N, En, e, h.
Qed.

Definition point : expectation R Datatypes.unit := {|
  has_mean := fun=> True;
  mean := fun f => f tt;
  has_mean_ext := fun _ _ _ _ => I;
  has_mean_cst := fun=> I;
  has_mean_lin := fun _ _ _ _ _ _ => I;
  mean_cst := fun=> erefl;
  mean_lin := fun _ _ _ _ _ _ => erefl;
  mean_le := fun _ _ _ _ H => H tt |}.

(* Rows 4, 0, 0 and one without label, 4, for var(x2) = 16: 16 / 4^2 = 1 / (3 - 2) and
   16 / (4^2 + 4^2) = 1 / (4 - 2). *)
Theorem unlabelled_expected : StatementsMeans.Satisfiable.unlabelled_expected R.
Proof.
have std := standing_model R std_good (isT : (1 + 2 <= 4)%N); have [pS w0 ws0 _] := std.
have [_ [_ [_ [N [En [e [h [_ _ _ H]]]]]]]] := NonVacuity.risk_expected (n := 4%N) (teacher 1 unit R) pS isT isT.
pose q := ofQ R (wholeQ 4); pose X : 'M[R]_(3, 1) := q *: pid_mx 1; pose Z : 'M[R]_(1, 1) := q%:M.
have q2 : q ^+ 2 = ofQ R (wholeQ 16) by rewrite expr2 -ofQM; apply/eqP; rewrite ofQ_eq.
have q20 : 0 < q ^+ 2 by rewrite q2 ofQ_gt0.
have XX : X^T *m X = (q ^+ 2)%:M.
  by rewrite /X [(_ *: _)^T]linearZ /= tr_pid_mx -scalemxAl -scalemxAr mul_pid_mx scalerA -expr2
             pid_mx_1 scalemx1.
have ZZ : Z^T *m Z = (q ^+ 2)%:M by rewrite /Z tr_scalar_mx -scalar_mxM expr2.
have S22E : S22 (model 1 1 good R) = (q ^+ 2)%:M.
  by rewrite q2; apply/matrixP => i j; rewrite !ord1 !mxE.
exists 1%N, 1%N, 3%N, 1%N, (model 1 1 good R), (teacher 1 unit R), Datatypes.unit, point, (fun=> X), (fun=> Z), N, En, e, h.
split=> //; split=> // [d||].
- rewrite /X mxrank_scale_nz ?rank_pid_mx //; apply: contraTneq q20 => ->.
  by rewrite expr0n ltxx.
- split=> //; rewrite -[mean _ _]/(\tr (S22 (model 1 1 good R) *m invmx (X^T *m X))) XX S22E.
  by rewrite invmx_scalar -scalar_mxM divff ?gt_eqF // mxtrace_scalar /kfac divr1.
split=> //; rewrite -[mean _ _]/(\tr (S22 (model 1 1 good R) *m invmx ((col_mx X Z)^T *m col_mx X Z))).
rewrite S22E tr_col_mx mul_row_col XX ZZ -raddfD /= invmx_scalar -scalar_mxM mxtrace_scalar /kfac mulr1n.
by rewrite -mulr2n -[q ^+ 2 *+ 2]mulr_natr invfM mulrA divff ?gt_eqF // mul1r.
Qed.

End Claims.
