(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** As RefutationsTwo.v: the claims about features, fresh rows and rows that differ.

    - [leverageL n p Q X]  the list whose entry i, i is the leverage of row i *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Outputs Parabola Student LinearStudent LeastSquares OtherRows.
From Proofs Require Import Statements StatementsRows StatementsFalse TheoremsDesign.
From Proofs Require Import Numbers ListMatrix Computed Refutations Agreement.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition fewerL p1 p2 r (sigma : matrixL) : matrixL :=
  let f i := if (i < p1 + p2)%N then i else (i + r)%N in
  tab (p1 + p2 + 1) (p1 + p2 + 1) (fun i j => get sigma (f i) (f j)).

Lemma fewerE (R : realFieldType) p1 p2 r sigma :
  fewer (model p1 (p2 + r) sigma R) = model p1 p2 (fewerL p1 p2 r sigma) R.
Proof.
have i1 (i : 'I_p1) : ((i < p1 + p2)%N = true) * ((i < p1 + p2 + 1)%N = true).
  by rewrite -addnA !ltn_addr.
have i2 (i : 'I_p2) : ((p1 + i < p1 + p2)%N = true) * ((p1 + i < p1 + p2 + 1)%N = true).
  by rewrite ltn_add2l ltn_ord addn1 ltnS leq_add2l ltnW.
have iy : (((p1 + p2 < p1 + p2)%N = false) * ((p1 + p2 < p1 + p2 + 1)%N = true))%type.
  by rewrite ltnn addn1 ltnSn.
rewrite /fewer /model /= /L11 /L12 /L13 /L22 /L23 /L33 !mx_block !get_tab // /fewerL.
congr Cov; try (apply/matrixP => a b; rewrite !mxE ?(ord1 b) ?addn0 ?add0n !get_tab ?i1 ?i2 ?iy ?addnA //);
  rewrite ?mxE ?addn0 ?get_tab ?iy ?addnA //.
all: by rewrite addn0 iy.
Qed.

Definition refutes_more_features p1 p2 r sigma w : bool :=
  let small := fewerL p1 p2 r sigma in
  [&& stands p1 (p2 + r) sigma w, stands p1 p2 small w, helped p1 p2 small w
    & ~~ helped p1 (p2 + r) sigma w].

Theorem refute_more_features p1 p2 r sigma w : refutes_more_features p1 p2 r sigma w ->
  forall R : realFieldType, ~ StatementsFalse.Claim.more_features R.
Proof.
case/and4P => std std' help /negP hurt R claim.
have [_ _ pS w0 ws0] := stands_facts R std; have [_ _ pS' _ ws0'] := stands_facts R std'.
have hn : (p2 + 2 <= p2 + r + 2)%N by rewrite leq_add2r leq_addr.
apply/hurt/(helped_small R std (leqnn _)); apply: claim; first by split.
  by rewrite fewerE; split.
by rewrite fewerE; apply/(helped_small R std').
Qed.

Definition fresh_floorQ (s e B k : Q) : Q :=
  subQ (baseline_riskQ s k) (divQ (mulQ (mulQ k s) (mulQ k s)) (addQ B (mulQ k (addQ s e)))).

Lemma fresh_floorE (R : realFieldType) s e B k : ofQ R (fresh_floorQ s e B k)
  = ofQ R s * (1 + ofQ R k) - (ofQ R k * ofQ R s) ^+ 2 / (ofQ R B + ofQ R k * (ofQ R s + ofQ R e)).
Proof. by rewrite /fresh_floorQ ofQB -r0E ofQ_div !ofQM ofQD ofQM ofQD expr2. Qed.

Definition refutes_fresh_is_better p1 p2 n l sigma w : bool :=
  let s := residual_varianceQ p1 p2 sigma in let e := teacher_residual_varianceQ p1 p2 sigma w in
  let c := residual_covarianceQ p1 p2 sigma w in let B := mismatchQ p1 p2 sigma w in
  let k := kQ p2 n in
  [&& stands p1 p2 sigma w, (p2 + 2 <= n)%N, ~~ ltQ l zeroQ
    & ltQ (riskQ s e c B k l) (fresh_floorQ s e B k)].

Theorem refute_fresh_is_better p1 p2 n l sigma w : refutes_fresh_is_better p1 p2 n l sigma w ->
  forall R : realFieldType, ~ StatementsFalse.Claim.fresh_is_better R.
Proof.
case/and4P => std hn l0 better R claim; have [p20 ok pS w0 ws0] := stands_facts R std.
set S := model p1 p2 sigma R; set t := teacher p1 w R.
have [s0 e0] := (residual_variance_gt0 t pS, teacher_residual_variance_ge0 t pS).
have k0 := kfac_gt0 R p20 hn; have B0 := mismatch_ge0 t pS.
have [] // := claim p1 p2 S t n _ (ofQ R l) (ofQ R (fresh_floorQ (residual_varianceQ p1 p2 sigma)
  (teacher_residual_varianceQ p1 p2 sigma w) (mismatchQ p1 p2 sigma w) (kQ p2 n))).
- by rewrite leNgt -(ofQ0 R) ofQ_lt.
- rewrite -[risk _ _ _ _]/(rk (residual_variance S) (teacher_residual_variance S t)
    (residual_covariance S t) (mismatch S t) (kfac R p2 n) (ofQ R l)).
  rewrite (model_residual_variance R ok) (model_teacher_residual_variance w R ok) kfacE.
  by rewrite (model_residual_covariance w R ok) (model_mismatch w R ok) rkE ofQ_lt.
move=> al _; apply/negP; rewrite -leNgt.
set q := mismatch S t + kfac R p2 n * (residual_variance S + teacher_residual_variance S t).
have q0 : 0 < q by rewrite ltr_paddl // mulr_gt0 // ltr_paddr.
have -> : fresh_risk S t n n al = parabola (baseline_risk S n) (2%:R * (kfac R p2 n * residual_variance S)) q al.
  by rewrite /fresh_risk /parabola /baseline_risk /q; ring.
apply: le_trans (parabola_min _ _ _ q0).
rewrite fresh_floorE -kfacE -(model_residual_variance R ok).
rewrite -(model_teacher_residual_variance w R ok) -(model_mismatch w R ok) -/S -/t -/q.
rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite /baseline_risk; move: q0; move: q => q q0.
by move: (residual_variance S) (kfac R p2 n) => u k; field; rewrite gt_eqF.
Qed.

Definition leverageL n p (Q X : matrixL) : matrixL :=
  let P := mulL p p n (invL p (mulL p n p (trL n p X) X)) (trL n p X) in
  mulL n p n (mulL n p p (trL p n P) Q) P.

(* A row of [rows] holds the residual moments s i, c i, t i. *)
Definition refutes_average_criterion n p Q X rows : bool :=
  let G := mulL p n p (trL n p X) X in
  let open i := subQ (get rows i 1) (get rows i 0) in
  [&& isOneL p (mulL p p p G (invL p G)), symmetricL p Q, semidefinite p Q,
      all (fun i => ltQ zeroQ (get rows i 0) && ~~ ltQ (mulQ (get rows i 0) (get rows i 2))
             (mulQ (get rows i 1) (get rows i 1))) (iota 0 n)
    & ltQ (sumQ n open) zeroQ
      && ~~ ltQ (sumQ n (fun i => mulQ (get (leverageL n p Q X) i i) (open i))) zeroQ].

Theorem refute_average_criterion n p Q X rows : refutes_average_criterion n p Q X rows ->
  forall R : realFieldType, ~ StatementsFalse.Claim.average_criterion R.
Proof.
case/and5P => inv sym semi /allP ok /andP[mean hurt] R claim.
pose x := mx R n p X; pose m := mx R p p Q; pose col j := fun i : 'I_n => ofQ R (get rows i j).
have gram : x^T *m x = mx R p p (mulL p n p (trL n p X) X) by rewrite mxM mxT.
have ginv : invmx (x^T *m x) = mx R p p (invL p (mulL p n p (trL n p X) X)).
  by rewrite gram; apply: mx_inv.
have full : \rank x = p.
  apply: (@full_rank _ _ _ x^T); apply/negP => /eqP d0; have /(congr1 determinant) := mx_one R inv.
  by rewrite mxM -gram det_mulmx d0 mul0r det1 => /esym/eqP; rewrite oner_eq0.
have sup : StatementsRows.Claim.leverage_supposes m x (col 0%N) (col 1%N) (col 2%N).
  split=> // [b|i]; first by apply: semidefinite_ge0 => //; apply: mx_sym.
  have := ok i; rewrite mem_iota ltn_ord => /(_ isT)/andP[s0 ct].
  by rewrite /col ofQ_gt0 expr2 -!ofQM leNgt ofQ_lt.
have total : \sum_i (col 1%N i - col 0%N i) < 0.
  have -> : \sum_i (col 1%N i - col 0%N i) = ofQ R (sumQ n (fun i => subQ (get rows i 1) (get rows i 0))).
    by rewrite ofQ_sum; apply: eq_bigr => i _; rewrite ofQB.
  by rewrite -(ofQ0 R) ofQ_lt.
have := claim n p m x 0 0 _ _ _ sup total; have [_ -> _] := TheoremsDesign.leverage 0 0 sup.
have lev i : LinearStudent.leverage (lsq x) m i = ofQ R (get (leverageL n p Q X) i i).
  have -> : LinearStudent.leverage (lsq x) m i = mx R n n (leverageL n p Q X) i i; last by rewrite mxE.
  by rewrite /LinearStudent.leverage /lsq ginv /leverageL !(mxM, mxT) -/x -/m.
rewrite pmulr_rlt0 ?ltr0n //; apply/negP; rewrite -leNgt.
have -> : \sum_i LinearStudent.leverage (lsq x) m i * (col 1%N i - col 0%N i)
  = ofQ R (sumQ n (fun i => mulQ (get (leverageL n p Q X) i i) (subQ (get rows i 1) (get rows i 0)))).
  by rewrite ofQ_sum; apply: eq_bigr => i _; rewrite lev ofQM ofQB.
by rewrite leNgt -(ofQ0 R) ofQ_lt.
Qed.
