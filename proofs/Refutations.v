(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What a certificate has to pass, for the kernel to conclude that a claim is false.

    [refutes_X sizes sigma w] is a computation on lists; where it yields true, the
    statement [Claim.X] of Statements.v is false over every ordered field. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ.
From Proofs Require Import Model Criterion Information Outputs Vectors.
From Proofs Require Import Statements Numbers ListMatrix Computed.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OneLabel.

Variables (p1 p2 : nat) (sigma w : matrixL).

(** Positive definite, w1 and wstar not 0: what every claim supposes. *)
Definition stands : bool :=
  [&& (0 < p2)%N, valid p1 p2 1 sigma, ~~ isZeroL p1 1 w & ~~ isZeroL p2 1 (wstarL p1 p2 1 sigma)].
Definition informed : bool := ltQ (I_syQ p1 p2 sigma) (I_tsQ p1 p2 sigma w).
Definition helped : bool := ltQ (residual_covarianceQ p1 p2 sigma w) (residual_varianceQ p1 p2 sigma).

Variable R : realFieldType.
Local Notation S := (model p1 p2 sigma R).
Local Notation w1 := (teacher p1 w R).
Hypothesis std : stands.

Lemma stands_facts :
  [/\ (0 < p2)%N, valid p1 p2 1 sigma, posdef S, w1 != 0 & wstar S != 0].
Proof.
case/and4P: std => p20 ok w0 ws0; split=> //; [exact: model_posdef | exact: mx_nonzero | ].
by rewrite (model_wstar R ok); apply: mx_nonzero.
Qed.

Lemma informedE : (expI_sy S < expI_ts S w1) = informed.
Proof.
by have [_ ok _ _ _] := stands_facts; rewrite (model_I_sy R ok) (model_I_ts w R ok) ofQ_lt.
Qed.

Lemma helpedE : (residual_covariance S w1 < residual_variance S) = helped.
Proof.
by have [_ ok _ _ _] := stands_facts; rewrite (model_residual_covariance w R ok)
  (model_residual_variance R ok) ofQ_lt.
Qed.

(* Distillation with w1 helps for small lambda exactly if [helped]. *)
Lemma helped_small n : (p2 + 2 <= n)%N -> helps_small (risk S w1 n) (baseline_risk S n) <-> helped.
Proof.
have [p20 _ pS _ _] := stands_facts => hn; rewrite -helpedE.
exact: (sharp w1 pS p20 hn).2.
Qed.

End OneLabel.

Definition refutes_unbounded p1 p2 sigma w : bool :=
  [&& stands p1 p2 sigma w, informed p1 p2 sigma w & ~~ helped p1 p2 sigma w].

Theorem refute_unbounded p1 p2 sigma w : refutes_unbounded p1 p2 sigma w ->
  forall R : realFieldType, ~ Claim.unbounded R.
Proof.
case/and3P => std inf /negP hurt R claim; have [_ _ pS w0 ws0] := stands_facts R std.
apply/hurt/(helped_small R std (leqnn (p2 + 2))); apply: claim => //.
by rewrite /Claim.informed informedE.
Qed.

Definition refutes_aligned p1 p2 sigma w : bool :=
  [&& refutes_unbounded p1 p2 sigma w & ltQ zeroQ (tsQ p1 p2 sigma w)].

Theorem refute_aligned p1 p2 sigma w : refutes_aligned p1 p2 sigma w ->
  forall R : realFieldType, ~ Claim.aligned R.
Proof.
case/andP => /and3P[std inf /negP hurt] pos R claim.
have [_ ok pS w0 ws0] := stands_facts R std.
apply/hurt/(helped_small R std (leqnn (p2 + 2))); apply: claim => //.
  by rewrite /Claim.informed informedE.
by rewrite (model_ts w R ok) ofQ_gt0.
Qed.

Definition refutes_converse p1 p2 sigma w : bool :=
  [&& stands p1 p2 sigma w, helped p1 p2 sigma w & ~~ informed p1 p2 sigma w].

Theorem refute_converse p1 p2 sigma w : refutes_converse p1 p2 sigma w ->
  forall R : realFieldType, ~ Claim.converse R.
Proof.
case/and3P => std help /negP not R claim; have [_ _ pS w0 ws0] := stands_facts R std.
apply: not; rewrite -(informedE R std); apply: (claim _ _ _ _ (p2 + 2)%N) => //.
exact/helped_small.
Qed.

(** The risk, computed. *)
Definition natQ (n : nat) : Q := Qmake (Z.of_nat n) 1.
Definition kQ (p2 n : nat) : Q := divQ (natQ p2) (natQ (n - p2 - 1)).
Definition riskQ (s e c B k l : Q) : Q :=
  let twice x := addQ x x in
  let noise := addQ s (addQ (twice (mulQ l c)) (mulQ (mulQ l l) e)) in
  let one_l := addQ oneQ l in
  addQ s (divQ (addQ (mulQ (mulQ l l) B) (mulQ k noise)) (mulQ one_l one_l)).
Definition baseline_riskQ (s k : Q) : Q := mulQ s (addQ oneQ k).

Section Risk.

Variable R : realFieldType.
Local Notation q := (ofQ R).

Lemma ofQ_nat n : q (natQ n) = n%:R.
Proof. by rewrite /ofQ /ofZ divr1 /= -[Z.of_nat n]/(Z_of_int n) Z_of_intK. Qed.

Lemma kfacE p2 n : kfac R p2 n = q (kQ p2 n).
Proof. by rewrite /kfac /kQ ofQ_div !ofQ_nat. Qed.

Lemma rkE s e c B k l : rk (q s) (q e) (q c) (q B) (q k) (q l) = q (riskQ s e c B k l).
Proof.
rewrite /rk /riskQ ofQD ofQ_div ofQD !ofQM !ofQD !ofQM ofQ1 !expr2.
by congr (_ + (_ + _ * _) / _); rewrite -addrA -mulrA mulr_natl mulr2n.
Qed.

Lemma r0E s k : r0 (q s) (q k) = q (baseline_riskQ s k).
Proof. by rewrite /r0 /baseline_riskQ ofQM ofQD ofQ1. Qed.

End Risk.

Definition refutes_fixed_lambda p1 p2 n l sigma w : bool :=
  let s := residual_varianceQ p1 p2 sigma in
  let k := kQ p2 n in
  [&& stands p1 p2 sigma w, informed p1 p2 sigma w,
      ~~ ltQ (yQ p1 p2 sigma) (tQ p1 sigma w), (p2 + 2 <= n)%N, ltQ zeroQ l &
      ~~ ltQ (riskQ s (teacher_residual_varianceQ p1 p2 sigma w) (residual_covarianceQ p1 p2 sigma w)
        (mismatchQ p1 p2 sigma w) k l)
             (baseline_riskQ s k)].

Theorem refute_fixed_lambda p1 p2 n l sigma w : refutes_fixed_lambda p1 p2 n l sigma w ->
  forall R : realFieldType, ~ Claim.fixed_lambda R.
Proof.
case/and5P => std inf ty hn /andP[l0 /negP hurt] R claim.
have [_ ok pS w0 ws0] := stands_facts R std; apply: hurt.
rewrite -(ofQ_lt R) -rkE -r0E -kfacE -(model_residual_variance R ok) -(model_teacher_residual_variance
  w R ok).
rewrite -(model_residual_covariance w R ok) -(model_mismatch w R ok); apply: (claim _ _ _ _ n (ofQ R
  l)) => //.
- by rewrite ofQ_gt0.
- by rewrite /Claim.informed informedE.
- by rewrite model_t model_y leNgt ofQ_lt.
Qed.

(** Several labels. *)
Definition refutes_vector_label p1 p2 q sigma w : bool :=
  let t := tL p1 q sigma w in let s := sL p1 p2 q sigma in let y := L33 p1 p2 q sigma in
  let ts := tsL p1 p2 q sigma w in let sy := syL p1 p2 q sigma in
  let gap := subL q q y t in
  [&& (0 < p2)%N, (1 < q)%N, valid p1 p2 q sigma,
      gexp2I_ok q q t s ts, gexp2I_ok q q s y sy &
  [&& ltQ (gexp2IL q q s y sy) (gexp2IL q q t s ts), symmetricL q gap, semidefinite q gap &
      ~~ ltQ (traceL q (residual_covarianceL p1 p2 q sigma w)) (traceL q (residual_varianceL p1 p2 q
        sigma))]].

Lemma full_rank (R : realFieldType) p q (A : 'M[R]_(q, p)) (B : 'M[R]_(p, q)) :
  \det (A *m B) != 0 -> \rank B = q.
Proof.
move=> d; apply/eqP; rewrite eqn_leq rank_leq_col /=.
have /mxrank_unit E : A *m B \in unitmx by rewrite unitmxE unitfE.
by have := mxrankM_maxr A B; rewrite E.
Qed.

Theorem refute_vector_label p1 p2 q sigma w : refutes_vector_label p1 p2 q sigma w ->
  forall R : realFieldType, ~ Claim.vector_label R.
Proof.
case/and5P => p20 q1 ok ts_ok /and5P[sy_ok inf sym semi /negP hurt] R claim.
have q0 : (0 < q)%N := ltnW q1.
have pQ := qmodel_posdef R ok; apply: hurt.
have [tE' sE'] := (tE p1 p2 q sigma w R, sE R ok).
rewrite -(ofQ_lt R) -!mx_trace -(cE w R ok) -(epsE R ok).
apply/(sharp_traces (qteacher p1 q w R) pQ q0 p20 (leqnn _)).2; apply: claim => //.
- have [D _ _] := and3P ts_ok.
  apply: (@full_rank _ _ _ ((qteacher p1 q w R)^T *m M11 (qmodel p1 p2 q sigma R))).
  by rewrite -/(cov_tq _ _) tE' gt_eqF // det_gt0.
- have [_ D _] := and3P ts_ok; pose Q := qmodel p1 p2 q sigma R.
  apply: (@full_rank _ _ _ ((qwstar Q)^T *m M22 Q)).
  by rewrite -/(cov_sq _) sE' gt_eqF // det_gt0.
- rewrite /expI_syq /expI_tsq sE' tE' (tsE w R ok) (syE R ok) !gexp2IE // ofQ_lt.
  exact: inf.
- move=> z; rewrite tE' -mxB; apply: semidefinite_ge0 => //; exact: mx_sym.
Qed.

(** The modalities themselves. *)
Definition olsL p1 p2 sigma : matrixL :=
  mulL p1 p1 1 (invL p1 (L11 p1 sigma)) (L13 p1 p2 1 sigma).
Definition ols_ok p1 sigma : bool :=
  isOneL p1 (mulL p1 p1 p1 (L11 p1 sigma) (invL p1 (L11 p1 sigma))).

Lemma olsE (R : realFieldType) p1 p2 sigma : ols_ok p1 sigma ->
  ols (model p1 p2 sigma R) = teacher p1 (olsL p1 p2 sigma) R.
Proof. by move=> /(mx_inv R) E; rewrite /ols /= E /teacher mxM. Qed.

Definition refutes_raw_modality p1 p2 sigma : bool :=
  let w := olsL p1 p2 sigma in
  let x1 := L11 p1 sigma in let x2 := L22 p1 p2 sigma in let y := L33 p1 p2 1 sigma in
  let x12 := L12 p1 p2 sigma in let x2y := L23 p1 p2 1 sigma in
  [&& ols_ok p1 sigma, stands p1 p2 sigma w, gexp2I_ok p1 p2 x1 x2 x12,
      gexp2I_ok p2 1 x2 y x2y &
      ltQ (gexp2IL p2 1 x2 y x2y) (gexp2IL p1 p2 x1 x2 x12) && ~~ helped p1 p2 sigma w].

Theorem refute_raw_modality p1 p2 sigma : refutes_raw_modality p1 p2 sigma ->
  forall R : realFieldType, ~ Claim.raw_modality R.
Proof.
case/and5P => o std x12 x2y /andP[inf /negP hurt] R claim.
have [_ _ pS w0 ws0] := stands_facts R std.
apply/hurt/(helped_small R std (leqnn (p2 + 2))); rewrite -olsE //; apply: claim => //.
  by rewrite olsE.
rewrite /expI_x2y /expI_x1x2 /= (_ : (ofQ R _)%:M = mx R 1 1 (L33 p1 p2 1 sigma)).
  by rewrite !gexp2IE // ofQ_lt.
by apply/matrixP => i j; rewrite !mxE !ord1 mulr1n.
Qed.

(** Two candidate modalities: the first p1 coordinates of x1, and the others. *)
Definition firstL p1 p1' p2 (sigma : matrixL) : matrixL :=
  let f i := if (i < p1)%N then i else (i + p1')%N in
  tab (p1 + p2 + 1) (p1 + p2 + 1) (fun i j => get sigma (f i) (f j)).
Definition secondL p1 p1' p2 (sigma : matrixL) : matrixL :=
  blockL p1 p1 (p1' + p2 + 1) (p1' + p2 + 1) sigma.

Section Candidates.

Variables (R : realFieldType) (p1 p1' p2 : nat) (sigma : matrixL).
Local Notation S := (model (p1 + p1') p2 sigma R).

Lemma firstE : first S = model p1 p2 (firstL p1 p1' p2 sigma) R.
Proof.
have i2 (i : 'I_p2) : ((p1 + i < p1)%N = false) * ((p1 + i < p1 + p2 + 1)%N = true).
  by rewrite ltnNge leq_addr addn1 ltnS leq_add2l ltnW.
have i1 (i : 'I_p1) : ((i < p1)%N = true) * ((i < p1 + p2 + 1)%N = true).
  by rewrite -addnA ltn_ord ltn_addr.
have iy : (((p1 + p2 < p1)%N = false) * ((p1 + p2 < p1 + p2 + 1)%N = true))%type.
  by rewrite ltnNge leq_addr addn1 ltnSn.
rewrite /first /model /= /L11 /L12 /L13 /L22 /L23 /L33 !mx_block !get_tab // /firstL.
congr Cov; try (apply/matrixP => i j; rewrite !mxE ?(ord1 j) ?addn0 ?add0n get_tab ?i1 ?i2 ?iy //
       ?(addnAC p1 _ p1') //); by rewrite ?addn0 ?iy // ?(addnAC p1 _ p1').
all: by rewrite addn0 iy.
Qed.

Lemma secondE : second S = model p1' p2 (secondL p1 p1' p2 sigma) R.
Proof.
have i1 (i : 'I_p1') : (i < p1' + p2 + 1)%N by rewrite -addnA ltn_addr.
have i2 (i : 'I_p2) : (p1' + i < p1' + p2 + 1)%N by rewrite addn1 ltnS leq_add2l ltnW.
have iy : (p1' + p2 < p1' + p2 + 1)%N by rewrite addn1.
rewrite /second /model /= /L11 /L12 /L13 /L22 /L23 /L33 !mx_block !get_tab // /secondL.
congr Cov; try (apply/matrixP => i j; rewrite !mxE ?(ord1 j) ?addn0 ?add0n get_tab ?i1 ?i2 ?iy ?addnA //);
  by rewrite ?addn0 ?addnA.
all: by rewrite addn0.
Qed.

End Candidates.

Definition refutes_teacher_ranking p1 p1' p2 sigma : bool :=
  let A := firstL p1 p1' p2 sigma in let B := secondL p1 p1' p2 sigma in
  let a := olsL p1 p2 A in let b := olsL p1' p2 B in
  let more p q A B a b := ltQ (I_tsQ q p2 B b) (I_tsQ p p2 A a) && ~~ ltQ (residual_covarianceQ p p2 A
    a) (residual_covarianceQ q p2 B b) in
  [&& valid (p1 + p1') p2 1 sigma, ols_ok p1 A && stands p1 p2 A a, ols_ok p1' B && stands p1' p2 B b &
      more p1 p1' A B a b || more p1' p1 B A b a].

Theorem refute_teacher_ranking p1 p1' p2 sigma : refutes_teacher_ranking p1 p1' p2 sigma ->
  forall R : realFieldType, ~ Claim.teacher_ranking R.
Proof.
case/and4P => ok /andP[oA stdA] /andP[oB stdB] viol R claim.
have [_ okA _ a0 sA0] := stands_facts R stdA; have [_ okB _ b0 _] := stands_facts R stdB.
have ws0 : wstar (model (p1 + p1') p2 sigma R) != 0.
  by move: sA0; rewrite -firstE.
have := claim _ _ _ _ (model_posdef R ok) ws0; rewrite /= firstE secondE !olsE //.
move=> /(_ a0 b0); rewrite !(model_I_ts _ _ okA, model_I_ts _ _ okB).
rewrite !(model_residual_covariance _ _ okA, model_residual_covariance _ _ okB) !ofQ_lt => -[AB BA].
by case/orP: viol => /andP[inf /negP]; [move: (AB inf) | move: (BA inf)] => ->.
Qed.
