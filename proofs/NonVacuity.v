(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What the claims suppose can be satisfied, over every ordered field: models whose entries
    are numbers, about which the kernel computes.

    - [good]     satisfies Theorem 1 and the calibrated criterion; its teacher is the
                 least-squares one; its best weight is inside the range
    - [harmful], [bounded], [endless]  models whose window is empty, ends, does not end
    - [pair]     two labels, each with the calibrated criterion *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring reals exp.
From Proofs Require Import Model Criterion Information Outputs Expectation Sampling Reals.
From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* x1 = t, x2 = s: var(t), var(s), cov(t, s), c, var(y). *)
Definition three (T W g h y : Z) : matrixL :=
  [:: [:: wholeQ T; wholeQ g; addQ (wholeQ g) (wholeQ h)];
      [:: wholeQ g; wholeQ W; wholeQ W];
      [:: addQ (wholeQ g) (wholeQ h); wholeQ W; wholeQ y]].
Definition unit : matrixL := [:: [:: oneQ]].
Definition good := three 16 16 12 4 32.
Definition harmful := three 25 5 5 8 10.
Definition bounded := three 3 1 0 0 2.
Definition endless := three 4 2 2 3 10.

(* Two labels, independent of each other: (x1, x2, y) of [good] twice. *)
Definition pair : matrixL :=
  let f i j := if odd i == odd j then get good i./2 j./2 else zeroQ in tab 6 6 f.
Definition unit2 : matrixL := tab 2 2 (fun i j => if i == j then oneQ else zeroQ).

Section Models.

Variables (R : realFieldType) (sigma : matrixL) (n : nat).
Local Notation S := (model 1 1 sigma R).
Local Notation w1 := (teacher 1 unit R).
Local Notation q := (ofQ R).
Local Notation s := (residual_varianceQ 1 1 sigma).
Local Notation e := (teacher_residual_varianceQ 1 1 sigma unit).
Local Notation c := (residual_covarianceQ 1 1 sigma unit).
Local Notation B := (mismatchQ 1 1 sigma unit).
Local Notation k := (kQ 1 n).
Hypotheses (std : stands 1 1 sigma unit) (n_large : (1 + 2 <= n)%N).

Lemma standing_model : Claim.standing S w1 n.
Proof. by have [_ _ pS w0 ws0] := stands_facts R std. Qed.

Let ok : valid 1 1 1 sigma.
Proof. by have [] := stands_facts R std. Qed.

Lemma window_divisorE : window_divisor S w1 n = q (window_divisorQ s e B k).
Proof.
by rewrite DE /window_divisor (model_residual_variance R ok) (model_teacher_residual_variance unit R
  ok) (model_mismatch unit R ok) kfacE.
Qed.

Lemma alpha_bestE : alpha_best S w1 n = q (divQ (gapQ s c k) (parabola_curvatureQ s e c B k)).
Proof.
rewrite ofQ_div gapE AE /alpha_best /parabola_curvature /difference_variance (model_residual_variance R
  ok) (model_teacher_residual_variance unit R ok).
by rewrite (model_residual_covariance unit R ok) (model_mismatch unit R ok) kfacE.
Qed.

Lemma scale_squaredE : scale_squared S w1 = q (divQ (tQ 1 sigma unit) (yQ 1 1 sigma)).
Proof. by rewrite ofQ_div /scale_squared model_t model_y. Qed.

Lemma ratioE : expI_ts S w1 / expI_sy S = q (divQ (I_tsQ 1 1 sigma unit) (I_syQ 1 1 sigma)).
Proof. by rewrite ofQ_div (model_I_ts unit R ok) (model_I_sy R ok). Qed.

End Models.

Section Outputs.

Variables (R : realFieldType) (p1 p2 q : nat) (sigma w : matrixL).

(* The j-th label alone. *)
Definition outL (j : nat) : matrixL :=
  let f i := if (i < p1 + p2)%N then i else (p1 + p2 + j)%N in
  tab (p1 + p2 + 1) (p1 + p2 + 1) (fun i j => get sigma (f i) (f j)).
Definition colL (j : nat) : matrixL := tab p1 1 (fun i _ => get w i j).

Lemma outE (j : 'I_q) : out (qmodel p1 p2 q sigma R) j = model p1 p2 (outL j) R.
Proof.
have i1 (i : 'I_p1) : ((i < p1 + p2)%N = true) * ((i < p1 + p2 + 1)%N = true).
  by rewrite -addnA !ltn_addr.
have i2 (i : 'I_p2) : ((p1 + i < p1 + p2)%N = true) * ((p1 + i < p1 + p2 + 1)%N = true).
  by rewrite ltn_add2l ltn_ord addn1 ltnS leq_add2l ltnW.
have iy : (((p1 + p2 < p1 + p2)%N = false) * ((p1 + p2 < p1 + p2 + 1)%N = true))%type.
  by rewrite ltnn addn1 ltnSn.
rewrite /out /model /= /L11 /L12 /L13 /L22 /L23 /L33 !mx_block !get_tab // /outL.
congr Cov; try (apply/matrixP => a b; rewrite !mxE ?(ord1 b) ?addn0 ?add0n !get_tab ?i1 ?i2 ?iy //);
  rewrite ?mxE ?addn0 ?get_tab ?iy //.
all: by rewrite addn0 iy.
Qed.

Lemma colE (j : 'I_q) : col j (qteacher p1 q w R) = teacher p1 (colL j) R.
Proof. by apply/matrixP => a b; rewrite !mxE (ord1 b) get_tab. Qed.

End Outputs.

Section Claims.

Variable R : realFieldType.
Local Notation S sigma := (model 1 1 sigma R).
Local Notation w1 := (teacher 1 unit R).

Lemma std_good : stands 1 1 good unit. Proof. by vm_compute. Qed.
Lemma std_harmful : stands 1 1 harmful unit. Proof. by vm_compute. Qed.
Lemma std_bounded : stands 1 1 bounded unit. Proof. by vm_compute. Qed.
Lemma std_endless : stands 1 1 endless unit. Proof. by vm_compute. Qed.

Theorem standing : Satisfiable.standing R.
Proof. by exists 1%N, 1%N, (S good), w1, 3%N; apply: standing_model std_good _. Qed.

Theorem theorem1 : Satisfiable.theorem1 R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N; split; first exact: standing_model std_good _.
  by rewrite /Claim.informed (informedE R std_good).
by rewrite model_t model_y leNgt ofQ_lt.
Qed.

Theorem calibrated : Satisfiable.calibrated R.
Proof.
exists 1%N, 1%N, (S good), w1, 3%N; split; first exact: standing_model std_good _.
by rewrite scale_squaredE (ratioE R std_good) ofQ_lt.
Qed.

Lemma gexp2I_Q u w c : gexp2I (ofQ R u) (ofQ R w) (ofQ R c) = ofQ R (infoQ u w c).
Proof. by rewrite /gexp2I /infoQ ofQ_div ofQB !ofQM expr2. Qed.

Theorem tight : Satisfiable.tight R.
Proof.
exists 1%N, 1%N, (ofQ R (wholeQ 5)), (ofQ R oneQ), (ofQ R oneQ), (ofQ R (wholeQ 2)).
split=> //; first by rewrite -(ofQ0 R) !ofQ_lt.
  by rewrite expr2 -!ofQM ofQ_lt.
by rewrite gexp2I_Q -ofQB -!ofQ_div ofQ_lt.
Qed.

Lemma good_ols : ols (S good) = w1.
Proof. by rewrite olsE. Qed.

Theorem ols_teacher : Satisfiable.ols_teacher R.
Proof.
exists 1%N, 1%N, (S good), 3%N; rewrite /Claim.ols_teacher_supposes good_ols.
split; first exact: standing_model std_good _.
by rewrite /Claim.informed (informedE R std_good).
Qed.

Theorem window : Satisfiable.window R.
Proof.
split.
- exists 1%N, 1%N, (S harmful), w1, 3%N; split; first exact: standing_model std_harmful _.
  by rewrite leNgt (helpedE R std_harmful).
- exists 1%N, 1%N, (S bounded), w1, 3%N; split; first exact: standing_model std_bounded _.
    by rewrite (helpedE R std_bounded).
  by rewrite (window_divisorE R _ std_bounded) ofQ_gt0.
- exists 1%N, 1%N, (S endless), w1, 3%N; split; first exact: standing_model std_endless _.
    by rewrite (helpedE R std_endless).
  by rewrite (window_divisorE R _ std_endless) leNgt ofQ_gt0.
Qed.

Theorem gain : Satisfiable.gain R.
Proof.
split.
- exists 1%N, 1%N, (S good), w1, 3%N; split; first exact: standing_model std_good _.
  by rewrite (alpha_bestE R _ std_good) ofQ_gt0 -ofQ1 ofQ_lt.
- exists 1%N, 1%N, (S endless), w1, 3%N; split; first exact: standing_model std_endless _.
  by rewrite (alpha_bestE R _ std_endless) -ofQ1 leNgt ofQ_lt.
Qed.

Definition pair_model : qcov R 2 2 2 := qmodel 2 2 2 pair R.
Definition pair_teacher : 'M[R]_2 := qteacher 2 2 unit2 R.

Lemma pair_posdef : qposdef pair_model.
Proof. by apply: qmodel_posdef. Qed.

Lemma pair_standing (j : 'I_2) : stands 2 2 (outL 2 2 pair j) (colL 2 unit2 j).
Proof. by case: j => [[|[|//]] ?]. Qed.

Lemma pair_calibrated (j : 'I_2) :
  scale_squared (out pair_model j) (col j pair_teacher)
  < expI_ts (out pair_model j) (col j pair_teacher) / expI_sy (out pair_model j).
Proof.
have std := pair_standing j; rewrite /pair_model /pair_teacher outE colE.
have [_ ok _ _ _] := stands_facts R std.
rewrite /scale_squared model_t model_y (model_I_ts _ R ok) (model_I_sy R ok) -!ofQ_div ofQ_lt.
by case: j {std ok} => [[|[|//]] ?].
Qed.

Theorem coordinatewise : Satisfiable.coordinatewise R.
Proof.
exists 2%N, 2%N, 2%N, pair_model, pair_teacher, 4%N; split=> //; split=> //; first exact: pair_posdef.
move=> j; split; last exact: pair_calibrated.
  by rewrite colE; have [] := stands_facts R (pair_standing j).
by rewrite outE; have [] := stands_facts R (pair_standing j).
Qed.

Theorem labels : Satisfiable.labels R.
Proof.
exists 2%N, 2%N, 2%N, pair_model, pair_teacher, 4%N; split=> //; first by split=> //; exact: pair_posdef.
have ok : valid 2 2 2 pair by vm_compute.
have [E1 E2 E3 E4] := traces unit2 R ok.
rewrite /qalpha_best /qparabola_curvature /pair_model /pair_teacher E1 E2 E3 E4 kfacE mulr_natl mulr2n.
rewrite -!(ofQD, ofQB) -!ofQM -!ofQD -ofQ_div -(ofQ0 R) -(ofQ1 R) !ofQ_lt.
by vm_compute.
Qed.

Theorem student_min : Satisfiable.student_min R.
Proof. by move=> p n pn; exists (pid_mx p); rewrite rank_pid_mx. Qed.

Theorem risk_expected : Satisfiable.risk_expected R.
Proof.
move=> p1 p2 n S w1 pS p20 hn.
have [D [N [Ed [En [X [e [h [full k_mean H]]]]]]]] := sampling_exists p20 hn w1 pS.
by exists D, Ed, X, N, En, e, h.
Qed.

End Claims.

Section Nats.

Variable R : realType.

Theorem theorem1_nats : Satisfiable.theorem1_nats R.
Proof.
have [p1 [p2 [S [w1 [n [std inf ty]]]]]] := theorem1 R.
exists p1, p2, S, w1, n; split=> //; have [pS w0 ws0 _] := std.
by rewrite I_tsE (I_syE w1 pS ws0) half_ln_lt ?(expI_ts_gt0 pS) ?(expI_sy_gt0 w1 pS).
Qed.

Theorem calibrated_nats : Satisfiable.calibrated_nats R.
Proof.
have [p1 [p2 [S [w1 [n [std H]]]]]] := calibrated R.
by exists p1, p2, S, w1, n; split=> //; have [pS w0 ws0 _] := std; rewrite ln_scale_lt.
Qed.

Theorem tight_nats : Satisfiable.tight_nats R.
Proof. by exists 0, 1, 1; rewrite ltr01 lexx mul1r sub0r opprK expR_gt1 ltr01. Qed.

Theorem coordinatewise_nats : Satisfiable.coordinatewise_nats R.
Proof.
have [p1 [p2 [q [Q [W1 [n [q1 [pQ _ hn H]]]]]]]] := coordinatewise R.
exists p1, p2, q, Q, W1, n; split=> // j; have [w0 ws0 lt] := H j.
by split=> //; rewrite (ln_scale_lt (out_posdef pQ j)).
Qed.

End Nats.
