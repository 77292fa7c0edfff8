(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What a certificate has to pass, for the kernel to conclude that a claim of part two is
    false: as in Refutations.v, for the statements of StatementsFalse.v.

    - [shrunkQ], [floorQ]  the least risks of plain shrinkage, and of distillation
    - [excessQ p1 p2 n sigma w a b]  [student_excess], computed *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Parabola Student LinearStudent LeastSquares Tuned OtherRows.
From Proofs Require Import Statements StatementsBaseline StatementsRows StatementsFalse TheoremsDesign.
From Proofs Require Import Numbers ListMatrix Computed Refutations Agreement.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Risks.

Variables (p1 p2 n : nat) (sigma w : matrixL).
Local Notation s := (residual_varianceQ p1 p2 sigma).
Local Notation e := (teacher_residual_varianceQ p1 p2 sigma w).
Local Notation c := (residual_covarianceQ p1 p2 sigma w).
Local Notation B := (mismatchQ p1 p2 sigma w).
Local Notation A := (sQ p1 p2 sigma).
Local Notation k := (kQ p2 n).

Definition floorQ : Q :=
  subQ (baseline_riskQ s k) (divQ (mulQ (gapQ s c k) (gapQ s c k)) (parabola_curvatureQ s e c B k)).
Definition excessQ (a b : Q) : Q :=
  let G := tsQ p1 p2 sigma w in let a1 := subQ a oneQ in
  let twice x := addQ x x in
  let lean := addQ (addQ (mulQ (mulQ a1 a1) A) (mulQ (mulQ (twice a1) b) G))
                   (mulQ (mulQ b b) (subQ (tQ p1 sigma w) e)) in
  addQ lean (mulQ k (addQ (addQ (mulQ (mulQ a a) s) (mulQ (mulQ (twice a) b) c)) (mulQ (mulQ b b) e))).
Definition shrinkQ : Q := divQ A (addQ A (mulQ k s)).

Variable R : realFieldType.
Local Notation q := (ofQ R).
Local Notation S := (model p1 p2 sigma R).
Local Notation w1 := (teacher p1 w R).
Hypotheses (ok : valid p1 p2 1 sigma) (p2_gt0 : (0 < p2)%N) (n_large : (p2 + 2 <= n)%N).

Lemma excess_Q a b : student_excess S w1 (kfac R p2 n) (q a) (q b) = q (excessQ a b).
Proof.
have pS := model_posdef R ok; rewrite /student_excess /excess_of.
have -> : var_proj S w1 = var_t S w1 - teacher_residual_variance S w1.
  by rewrite (teacher_residual_varianceE w1 pS) opprB addrC subrK.
rewrite (model_s R ok) (model_ts w R ok) model_t (model_teacher_residual_variance w R ok).
rewrite (model_residual_variance R ok) (model_residual_covariance w R ok) kfacE.
rewrite /excessQ !(ofQD, ofQM, ofQB) ofQ1 !expr2.
move: (q A) (q (tsQ _ _ _ _)) (q (tQ _ _ _)) (q e) (q s) (q c) (q k) (q a) (q b) => *; ring.
Qed.

(* No weight does better than [floorQ]. *)
Lemma floor_le l : 0 <= l -> q floorQ <= risk S w1 n l.
Proof.
move=> l0; have pS := model_posdef R ok; have k0 := kfac_gt0 R p2_gt0 n_large.
have A0 := curvature_of_gt0 (mismatch_ge0 w1 pS) k0 (difference_variance_gt0 w1 pS).
have -> : risk S w1 n l = rk (residual_variance S) (teacher_residual_variance S w1)
  (residual_covariance S w1) (mismatch S w1) (kfac R p2 n) l by [].
have V0 := difference_variance_gt0 w1 pS.
rewrite rk_alpha ?ge0_ne // (ra_vertex (mismatch_ge0 w1 pS) k0 V0).
have -> : q floorQ = r0 (residual_variance S) (kfac R p2 n) - (kfac R p2 n * (residual_variance S
    - residual_covariance S w1)) ^+ 2 / curvature_of (residual_variance S)
      (teacher_residual_variance S w1) (residual_covariance S w1) (mismatch S w1) (kfac R p2 n).
  rewrite (model_residual_variance R ok) (model_teacher_residual_variance w R ok) kfacE.
  rewrite (model_residual_covariance w R ok) (model_mismatch w R ok) r0E /floorQ ofQB ofQ_div ofQM.
  by rewrite AE gapE expr2.
by rewrite ler_addl mulr_ge0 ?sqr_ge0 // ltW.
Qed.

End Risks.

Definition refutes_kd_beats_shrinkage p1 p2 n sigma w : bool :=
  let s := residual_varianceQ p1 p2 sigma in
  [&& stands p1 p2 sigma w, helped p1 p2 sigma w, (p2 + 2 <= n)%N
    & ltQ (addQ s (excessQ p1 p2 n sigma w (shrinkQ p1 p2 n sigma) zeroQ)) (floorQ p1 p2 n sigma w)].

Theorem refute_kd_beats_shrinkage p1 p2 n sigma w : refutes_kd_beats_shrinkage p1 p2 n sigma w ->
  forall R : realFieldType, ~ StatementsFalse.Claim.kd_beats_shrinkage R.
Proof.
case/and4P => std help hn better R claim; have [p20 ok pS w0 ws0] := stands_facts R std.
have [] // := claim p1 p2 (model p1 p2 sigma R) (teacher p1 w R) n _ _
  (ofQ R (shrinkQ p1 p2 n sigma)) (ofQ R (floorQ p1 p2 n sigma w)).
- exact/(helped_small R std hn).
- by rewrite -[X in student_excess _ _ _ _ X](ofQ0 R) excess_Q // (model_residual_variance R ok) -ofQD ofQ_lt.
by move=> l l0; rewrite ltNge floor_le.
Qed.

Definition refutes_ols_teacher_helps p1 p2 sigma : bool :=
  let w := olsL p1 p2 sigma in
  [&& ols_ok p1 sigma, stands p1 p2 sigma w & ~~ helped p1 p2 sigma w].

Theorem refute_ols_teacher_helps p1 p2 sigma : refutes_ols_teacher_helps p1 p2 sigma ->
  forall R : realFieldType, ~ StatementsFalse.Claim.ols_teacher_helps R.
Proof.
case/and3P => o std /negP hurt R claim; have [_ _ pS w0 ws0] := stands_facts R std.
by apply/hurt/(helped_small R std (leqnn (p2 + 2))); rewrite -olsE //; apply: claim; rewrite olsE.
Qed.

(* The teacher b t + d u. *)
Definition mixL p1 (b d : Q) (t u : matrixL) : matrixL :=
  tab p1 1 (fun i _ => addQ (mulQ b (get t i 0)) (mulQ d (get u i 0))).

Lemma mixE (R : realFieldType) p1 b d t u :
  teacher p1 (mixL p1 b d t u) R = ofQ R b *: teacher p1 t R + ofQ R d *: teacher p1 u R.
Proof. by apply/matrixP => i j; rewrite !mxE (ord1 j) get_tab // ofQD !ofQM. Qed.

Definition refutes_drop_harmful_teacher p1 p2 n b d sigma t u : bool :=
  let s := residual_varianceQ p1 p2 sigma in
  [&& stands p1 p2 sigma t, stands p1 p2 sigma u, ~~ helped p1 p2 sigma u, (p2 + 2 <= n)%N
    & [&& ~~ ltQ b zeroQ, ~~ ltQ d zeroQ, ltQ (addQ b d) oneQ
    & ltQ (addQ s (excessQ p1 p2 n sigma (mixL p1 b d t u) (subQ (subQ oneQ b) d) oneQ))
          (floorQ p1 p2 n sigma t)]].

Theorem refute_drop_harmful_teacher p1 p2 n b d sigma t u :
  refutes_drop_harmful_teacher p1 p2 n b d sigma t u ->
  forall R : realFieldType, ~ StatementsFalse.Claim.drop_harmful_teacher R.
Proof.
case/and5P => stdt stdu hurt hn /and4P[b0 d0 bd better] R claim.
have [p20 ok pS t0 ws0] := stands_facts R stdt; have [_ _ _ u0 _] := stands_facts R stdu.
have ge0 a : ~~ ltQ a zeroQ -> 0 <= ofQ R a by rewrite -(ofQ_lt R) ofQ0 -leNgt.
have [] // := claim p1 p2 (model p1 p2 sigma R) (teacher p1 t R) (teacher p1 u R) n _ _ _
  (ofQ R b) (ofQ R d) (ofQ R (floorQ p1 p2 n sigma t)).
- by rewrite leNgt (helpedE R stdu).
- exact: ge0.
- exact: ge0.
- by rewrite -(ofQ1 R) -ofQD ofQ_lt.
- rewrite -mixE -[X in student_excess _ _ _ (X - _ - _)](ofQ1 R) -!ofQB -[X in student_excess _ _ _ _ X](ofQ1 R).
  by rewrite excess_Q // (model_residual_variance R ok) -ofQD ofQ_lt.
by move=> l l0; rewrite ltNge floor_le.
Qed.

Definition refutes_survives_ridge p1 p2 n mu sigma w : bool :=
  let criterion := addQ (residual_varianceQ p1 p2 sigma) (mulQ (divQ mu (natQ p2))
    (subQ (tsQ p1 p2 sigma w) (sQ p1 p2 sigma))) in
  [&& stands p1 p2 sigma w, (0 < n)%N, isOneL p2 (L22 p1 p2 sigma), ~~ ltQ mu zeroQ
    & helped p1 p2 sigma w != ltQ (residual_covarianceQ p1 p2 sigma w) criterion].

Theorem refute_survives_ridge p1 p2 n mu sigma w : refutes_survives_ridge p1 p2 n mu sigma w ->
  forall R : realFieldType, ~ StatementsFalse.Claim.survives_ridge R.
Proof.
case/and5P => std n0 one mu0 differ R claim; have [p20 ok pS w0 ws0] := stands_facts R std.
have mu_ge0 : 0 <= ofQ R mu by rewrite leNgt -(ofQ0 R) ofQ_lt.
have sup : StatementsRows.Claim.ridge_orthogonal_supposes (model p1 p2 sigma R) (teacher p1 w R) n.
  by split=> //; apply: mx_one.
have [ridge _ _ _] := ridge_orthogonal sup; have [small _] := ridge _ mu_ge0.
have := claim _ _ _ _ _ _ sup mu_ge0; rewrite small (helpedE R std).
rewrite (model_residual_covariance w R ok) (model_residual_variance R ok) (model_ts w R ok) (model_s R ok).
rewrite -(ofQ_nat R p2) -ofQ_div -ofQB -ofQM -ofQD ofQ_lt => -[H1 H2]; move: differ.
by case: (helped _ _ _ _) H1 H2; case: (ltQ _ _) => // H1 H2; [have := H1 isT | have := H2 isT].
Qed.

Definition refutes_two_informations_decide p1 p2 sigma sigma' : bool :=
  let w := olsL p1 p2 sigma in let w' := olsL p1 p2 sigma' in
  [&& ols_ok p1 sigma && stands p1 p2 sigma w, ols_ok p1 sigma' && stands p1 p2 sigma' w',
      ltQ zeroQ (tsQ p1 p2 sigma w) && ltQ zeroQ (tsQ p1 p2 sigma' w'),
      eqQ (I_tsQ p1 p2 sigma w) (I_tsQ p1 p2 sigma' w') && eqQ (I_syQ p1 p2 sigma) (I_syQ p1 p2 sigma')
    & helped p1 p2 sigma w != helped p1 p2 sigma' w'].

Theorem refute_two_informations_decide p1 p2 sigma sigma' :
  refutes_two_informations_decide p1 p2 sigma sigma' ->
  forall R : realFieldType, ~ StatementsFalse.Claim.two_informations_decide R.
Proof.
case/and5P => /andP[o std] /andP[o' std'] /andP[G G'] /andP[ts sy] differ R claim.
have [_ ok pS w0 ws0] := stands_facts R std; have [_ ok' pS' w0' ws0'] := stands_facts R std'.
have eqP a b : eqQ a b -> ofQ R a = ofQ R b by rewrite -(ofQ_eq R) => /eqP.
have := claim p1 p2 (model p1 p2 sigma R) (model p1 p2 sigma' R) (p2 + 2)%N; rewrite !olsE //.
rewrite (model_ts _ R ok) (model_ts _ R ok') !ofQ_gt0 (model_I_ts _ R ok) (model_I_ts _ R ok').
rewrite (model_I_sy R ok) (model_I_sy R ok') => /(_ (And4 pS w0 ws0 (leqnn _)) (And4 pS' w0' ws0' (leqnn _))).
move=> /(_ G G' (eqP _ _ ts) (eqP _ _ sy)); rewrite /Statements.Claim.helps.
rewrite (helped_small R std (leqnn _)) (helped_small R std' (leqnn _)) => -[H1 H2]; move: differ.
by case: (helped _ _ _ _) H1 H2; case: (helped _ _ _ _) => // H1 H2; [have := H1 isT | have := H2 isT].
Qed.
