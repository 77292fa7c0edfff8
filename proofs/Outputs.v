(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Several labels: the criterion output by output.

    - [qcov R p1 p2 q]  the blocks of the covariance matrix of (x1, x2, y) with a
                        label y of q coordinates
    - [qform], [qposdef] the variance of a^T x1 + b^T x2 + z^T y, and its
                        positivity
    - [out Q j]         the model of the j-th output alone, [col j W1] its teacher
    - [tr_residual_variance], [tr_teacher_residual_variance], [tr_residual_covariance],
      [tr_mismatch]     the traces of the q x q matrices that take the place of
                        var(y | x2), var(t | x2), c and B
    - [qrisk], [qbaseline_risk]  the risk with these traces; by [qriskE] it is the sum
                        of the risks of the outputs
    - [one_out S]       a model with one label as a model with q = 1 labels
    - [qwindow_divisor], [qparabola_curvature], [qalpha_best], [qlambda_best]  D, B + k V
                        and the best weights of Criterion.v, with these traces *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Outputs.

Variables (R : realFieldType) (p1 p2 q : nat).

Record qcov := QCov {
  M11 : 'M[R]_p1; M12 : 'M[R]_(p1, p2); M13 : 'M[R]_(p1, q);
  M22 : 'M[R]_p2; M23 : 'M[R]_(p2, q); M33 : 'M[R]_q }.

Implicit Type Q : qcov.

Definition qform Q (a : 'cV[R]_p1) (b : 'cV[R]_p2) (z : 'cV[R]_q) : R :=
  bil a (M11 Q) a + bil b (M22 Q) b + bil z (M33 Q) z
  + 2%:R * bil a (M12 Q) b + 2%:R * bil a (M13 Q) z + 2%:R * bil b (M23 Q) z.

Record qposdef Q : Prop := QPosDef {
  qsym11 : (M11 Q)^T = M11 Q;
  qsym22 : (M22 Q)^T = M22 Q;
  qsym33 : (M33 Q)^T = M33 Q;
  qform_pos : forall a b z,
    [|| a != 0, b != 0 | z != 0] -> 0 < qform Q a b z }.

Definition out Q (j : 'I_q) : cov R p1 p2 :=
  Cov (M11 Q) (M12 Q) (col j (M13 Q)) (M22 Q) (col j (M23 Q)) (M33 Q j j).

Definition qwstar Q : 'M[R]_(p2, q) := invmx (M22 Q) *m M23 Q.
Definition qproj Q (W1 : 'M[R]_(p1, q)) : 'M[R]_(p2, q) :=
  invmx (M22 Q) *m (M12 Q)^T *m W1.
Definition tr_residual_variance Q : R := \tr (M33 Q - (M23 Q)^T *m invmx (M22 Q) *m M23 Q).
Definition tr_teacher_residual_variance Q (W1 : 'M[R]_(p1, q)) : R :=
  \tr (W1^T *m (M11 Q - M12 Q *m invmx (M22 Q) *m (M12 Q)^T) *m W1).
Definition tr_residual_covariance Q (W1 : 'M[R]_(p1, q)) : R :=
  \tr (W1^T *m (M13 Q - M12 Q *m invmx (M22 Q) *m M23 Q)).
Definition tr_mismatch Q (W1 : 'M[R]_(p1, q)) : R :=
  \tr ((qproj Q W1 - qwstar Q)^T *m M22 Q *m (qproj Q W1 - qwstar Q)).

Definition qrisk Q W1 (n : nat) (l : R) : R :=
  tr_residual_variance Q
  + (l ^+ 2 * tr_mismatch Q W1
     + kfac R p2 n * (tr_residual_variance Q + 2%:R * l * tr_residual_covariance Q W1 + l ^+ 2 *
       tr_teacher_residual_variance Q W1))
    / (1 + l) ^+ 2.
Definition qbaseline_risk Q (n : nat) : R := tr_residual_variance Q * (1 + kfac R p2 n).

Lemma col_mul m n (A : 'M[R]_(m, n)) (X : 'M[R]_(n, q)) j :
  col j (A *m X) = A *m col j X.
Proof. by rewrite !colE mulmxA. Qed.

Lemma col_sub m (A X : 'M[R]_(m, q)) j : col j (A - X) = col j A - col j X.
Proof. by rewrite !colE mulmxBl. Qed.

Lemma diag_dot m (A X : 'M[R]_(m, q)) j : (A^T *m X) j j = dot (col j A) (col j X).
Proof. by rewrite /dot !mxE; apply: eq_bigr => i _; rewrite !mxE. Qed.

Lemma diag_bil m (M : 'M[R]_m) (A : 'M[R]_(m, q)) j :
  (A^T *m M *m A) j j = bil (col j A) M (col j A).
Proof. by rewrite -mulmxA diag_dot col_mul bil_dot. Qed.

Lemma tr_residual_varianceE Q : tr_residual_variance Q = \sum_j residual_variance (out Q j).
Proof. by apply: eq_bigr => j _; rewrite /residual_variance /= -diag_bil [LHS]mxE [X in _ + X]mxE. Qed.

Lemma tr_teacher_residual_varianceE Q W1 : tr_teacher_residual_variance Q W1 = \sum_j
  teacher_residual_variance (out Q j) (col j W1).
Proof. by apply: eq_bigr => j _; rewrite diag_bil. Qed.

Lemma tr_residual_covarianceE Q W1 : tr_residual_covariance Q W1 = \sum_j residual_covariance (out Q j)
  (col j W1).
Proof. by apply: eq_bigr => j _; rewrite diag_dot col_sub col_mul. Qed.

Lemma tr_mismatchE Q W1 : tr_mismatch Q W1 = \sum_j mismatch (out Q j) (col j W1).
Proof. by apply: eq_bigr => j _; rewrite diag_bil col_sub !col_mul. Qed.

(* The risk is the sum of the risks of the outputs. *)
Lemma qriskE Q W1 n l :
  qrisk Q W1 n l = \sum_j risk (out Q j) (col j W1) n l.
Proof.
rewrite /qrisk tr_residual_varianceE tr_teacher_residual_varianceE tr_residual_covarianceE tr_mismatchE.
rewrite !mulr_sumr -!big_split /= !mulr_sumr -!big_split /= !mulr_suml -!big_split /=.
exact: eq_bigr.
Qed.

Section Facts.

Variables (Q : qcov) (W1 : 'M[R]_(p1, q)).
Hypothesis pQ : qposdef Q.

Lemma out_posdef j : posdef (out Q j).
Proof.
split; [exact: qsym11 | exact: qsym22 | move=> a b z H].
have -> : form (out Q j) a b z = qform Q a b (z *: delta_mx j 0).
  have E m (X : 'M[R]_(m, q)) (d : 'cV_m) :
    bil d X (z *: delta_mx j 0) = z * dot d (col j X).
    by rewrite bil_dot -scalemxAr dotZr colE.
  have D : dot (delta_mx j 0) (col j (M33 Q)) = M33 Q j j.
    by rewrite /dot trmx_delta -rowE !mxE.
  by rewrite /form /qform !E dotZl D /= expr2 !mulrA.
apply: (qform_pos pQ); case/or3P: H => [->//|->|z0]; first by rewrite orbT.
apply/orP; right; apply/orP; right; rewrite scaler_eq0 negb_or z0 /=.
apply/negP => /eqP/matrixP/(_ j 0); rewrite !mxE !eqxx => /eqP.
by rewrite oner_eq0.
Qed.

Hypothesis q0 : (0 < q)%N.

Lemma sum_gt0 (f : 'I_q -> R) : (forall j, 0 < f j) -> 0 < \sum_j f j.
Proof.
move=> H; pose j0 := Ordinal q0.
by rewrite (bigD1 j0) //= ltr_paddr ?H // sumr_ge0 // => j _; apply: ltW.
Qed.

Lemma tr_residual_variance_gt0 : 0 < tr_residual_variance Q.
Proof. by rewrite tr_residual_varianceE; apply: sum_gt0 => j; apply: (residual_variance_gt0 0
  (out_posdef j)). Qed.

Lemma tr_mismatch_ge0 : 0 <= tr_mismatch Q W1.
Proof. by rewrite tr_mismatchE sumr_ge0 // => j _; apply/mismatch_ge0/out_posdef. Qed.

Lemma tr_residual_covariance2_le : tr_residual_covariance Q W1 ^+ 2 <= tr_residual_variance Q *
  tr_teacher_residual_variance Q W1.
Proof.
have s0 := tr_residual_variance_gt0.
have H al be : 0 <= al ^+ 2 * tr_teacher_residual_variance Q W1 + 2%:R * al * be *
  tr_residual_covariance Q W1
                    + be ^+ 2 * tr_residual_variance Q.
  rewrite tr_residual_varianceE tr_teacher_residual_varianceE tr_residual_covarianceE !mulr_sumr
    -!big_split /=.
  by rewrite sumr_ge0 // => j _; apply: (resid_ge0 _ (out_posdef j)).
have := H (tr_residual_variance Q) (- tr_residual_covariance Q W1).
move: (tr_residual_variance Q) (tr_teacher_residual_variance Q W1) (tr_residual_covariance Q W1) s0 =>
  s e c s0.
have -> : s ^+ 2 * e + 2%:R * s * - c * c + (- c) ^+ 2 * s
  = s * (s * e - c ^+ 2) by ring.
by rewrite pmulr_rge0 // subr_ge0.
Qed.

Hypothesis p2_gt0 : (0 < p2)%N.
Variable n : nat.
Hypothesis n_large : (p2 + 2 <= n)%N.

Local Notation k := (kfac R p2 n).
Definition qwindow_divisor : R := tr_mismatch Q W1 + k * (tr_teacher_residual_variance Q W1 -
  tr_residual_variance Q).
Definition qparabola_curvature : R :=
  tr_mismatch Q W1 + k * (tr_residual_variance Q + tr_teacher_residual_variance Q W1 - 2%:R *
    tr_residual_covariance Q W1).
Definition qalpha_best : R := k * (tr_residual_variance Q - tr_residual_covariance Q W1) /
  qparabola_curvature.
Definition qlambda_best : R :=
  k * (tr_residual_variance Q - tr_residual_covariance Q W1) / (tr_mismatch Q W1 + k *
    (tr_teacher_residual_variance Q W1 - tr_residual_covariance Q W1)).

(** The sharp criterion, with traces. *)
Theorem sharp_traces :
  (helps_some (qrisk Q W1 n) (qbaseline_risk Q n) <-> helps_small (qrisk Q W1 n) (qbaseline_risk Q n))
  /\ (helps_small (qrisk Q W1 n) (qbaseline_risk Q n) <-> tr_residual_covariance Q W1 <
    tr_residual_variance Q).
Proof.
exact: (rk_sharp tr_residual_variance_gt0 tr_residual_covariance2_le tr_mismatch_ge0 (kfac_gt0 R p2_gt0
  n_large)).
Qed.

(** The window, with traces. *)
Theorem window_traces l : 0 < l ->
  [/\ (qrisk Q W1 n l < qbaseline_risk Q n)
        = (l * qwindow_divisor < 2%:R * k * (tr_residual_variance Q - tr_residual_covariance Q W1)),
      tr_residual_covariance Q W1 < tr_residual_variance Q -> 0 < qwindow_divisor ->
        (qrisk Q W1 n l < qbaseline_risk Q n)
        = (l < 2%:R * k * (tr_residual_variance Q - tr_residual_covariance Q W1) / qwindow_divisor),
      tr_residual_covariance Q W1 < tr_residual_variance Q -> qwindow_divisor <= 0 -> qrisk Q W1 n l <
        qbaseline_risk Q n
    & tr_residual_variance Q <= tr_residual_covariance Q W1 -> qbaseline_risk Q n <= qrisk Q W1 n l].
Proof.
exact: (rk_window tr_residual_variance_gt0 tr_residual_covariance2_le tr_mismatch_ge0 (kfac_gt0 R
  p2_gt0 n_large)).
Qed.

Lemma tr_difference_variance_gt0 : 0 < tr_residual_variance Q + tr_teacher_residual_variance Q W1 -
  2%:R * tr_residual_covariance Q W1.
Proof.
rewrite tr_residual_varianceE tr_teacher_residual_varianceE tr_residual_covarianceE mulr_sumr
  -big_split -sumrB /=.
by apply: sum_gt0 => j; apply: (difference_variance_gt0 _ (out_posdef j)).
Qed.

(** The best weight and the best gain, with traces. *)
Theorem gain_traces :
  [/\ 0 < qparabola_curvature,
      tr_residual_variance Q <= tr_residual_covariance Q W1 -> forall l, 0 < l -> qbaseline_risk Q n <
        qrisk Q W1 n l,
      1 <= qalpha_best -> forall l l', 0 <= l -> l < l' ->
        qrisk Q W1 n l' < qrisk Q W1 n l
    & 0 < qalpha_best < 1 ->
      [/\ 0 < qlambda_best, qlambda_best / (1 + qlambda_best) = qalpha_best,
          qbaseline_risk Q n - qrisk Q W1 n qlambda_best
            = (k * (tr_residual_variance Q - tr_residual_covariance Q W1)) ^+ 2 / qparabola_curvature
        & forall l, 0 <= l -> l != qlambda_best ->
            qrisk Q W1 n qlambda_best < qrisk Q W1 n l]].
Proof.
have k0 := kfac_gt0 R p2_gt0 n_large; have B0 := tr_mismatch_ge0; have V0 := tr_difference_variance_gt0.
split; first exact: curvature_of_gt0.
- by move=> sc l; apply: (rk_best_none B0 k0 V0).
- by move=> a1 l l'; apply: (rk_best_inf B0 k0 V0 a1).
- exact: (rk_best B0 k0 V0).
Qed.

(** The calibrated criterion for every output makes distillation help. *)
Theorem coordinatewise :
  (forall j, scale_squared (out Q j) (col j W1)
             < expI_ts (out Q j) (col j W1) / expI_sy (out Q j)) ->
  tr_residual_covariance Q W1 < tr_residual_variance Q /\ helps_small (qrisk Q W1 n) (qbaseline_risk Q n).
Proof.
move=> H; suff cs : tr_residual_covariance Q W1 < tr_residual_variance Q by split=> //;
  apply/sharp_traces.2.
rewrite -subr_gt0 tr_residual_varianceE tr_residual_covarianceE -sumrB; apply: sum_gt0 => j; rewrite
  subr_gt0.
by case: (calibrated (col j W1) (out_posdef j)) => C _ _; apply: C.
Qed.

End Facts.

End Outputs.

(* A model with one label is a model with q = 1 labels. *)
Section OneOutput.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2).
Definition one_out : qcov R p1 p2 1 :=
  QCov (S11 S) (S12 S) (S13 S) (S22 S) (S23 S) (S33 S)%:M.

Lemma one_outE j : out one_out j = S.
Proof.
have E m (x : 'cV[R]_m) : col j x = x.
  by apply/colP => i; rewrite mxE (ord1 j).
by rewrite /out /= !E (ord1 j) mxE eqxx mulr1n; case: S.
Qed.

Lemma one_out_posdef : posdef S -> qposdef one_out.
Proof.
move=> pS; split; rewrite /= ?(sym11 pS) ?(sym22 pS) ?tr_scalar_mx // => a b z H.
suff -> : qform one_out a b z = form S a b (z 0 0).
  apply: (form_pos pS); case/or3P: H => [->//|->|z0]; first by rewrite orbT.
  apply/orP; right; apply/orP; right; apply: contra z0 => /eqP z0.
  by rewrite [z]mx11_scalar z0 -scalemx1 scale0r.
rewrite /qform /form [z]mx11_scalar; move: (z 0 0) => x.
rewrite [in RHS]mxE mulr1n /=.
have E m (d c : 'cV[R]_m) : bil d c x%:M = x * dot d c.
  by rewrite /bil /dot mul_mx_scalar mxE.
by rewrite !E dot11 expr2 !mulrA.
Qed.

End OneOutput.
