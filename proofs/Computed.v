(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Models whose entries are fractions, and their quantities computed on lists: each
    number is proved to be the one of Model.v and Outputs.v, over every ordered field.

    - [qmodel R p1 p2 q sigma]  the model with the covariance matrix sigma of (x1, x2, y);
      [model] for one label. [qteacher R p1 q w] and [teacher R p1 w] are its teachers
    - [valid p1 p2 q sigma]     sigma is symmetric and positive definite
    - [residual_varianceL], [teacher_residual_varianceL], [residual_covarianceL], [mismatchL]
      the q x q lists of var(y | x2), var(t | x2), c and B
    - [tL], [sL], [tsL], [syL]  the lists of cov(t), cov(s), cov(t, s) and cov(s, y) *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Outputs Vectors Numbers ListMatrix.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Lists.

Variables (p1 p2 q : nat) (sigma w : matrixL).

Definition L11 := blockL 0 0 p1 p1 sigma.
Definition L12 := blockL 0 p1 p1 p2 sigma.
Definition L13 := blockL 0 (p1 + p2) p1 q sigma.
Definition L22 := blockL p1 p1 p2 p2 sigma.
Definition L23 := blockL p1 (p1 + p2) p2 q sigma.
Definition L33 := blockL (p1 + p2) (p1 + p2) q q sigma.

Definition inv22 := invL p2 L22.
Definition valid : bool :=
  let N := (p1 + (p2 + q))%N in
  [&& symmetricL N sigma, definite N sigma & isOneL p2 (mulL p2 p2 p2 L22 inv22)].

Definition wstarL := mulL p2 p2 q inv22 L23.
Definition projL := mulL p2 p1 q (mulL p2 p2 p1 inv22 (trL p1 p2 L12)) w.
Definition residual_varianceL :=
  subL q q L33 (mulL q p2 q (mulL q p2 p2 (trL p2 q L23) inv22) L23).
Definition teacher_residual_varianceL :=
  mulL q p1 q (mulL q p1 p1 (trL p1 q w)
    (subL p1 p1 L11 (mulL p1 p2 p1 (mulL p1 p2 p2 L12 inv22) (trL p1 p2 L12)))) w.
Definition residual_covarianceL :=
  mulL q p1 q (trL p1 q w)
    (subL p1 q L13 (mulL p1 p2 q (mulL p1 p2 p2 L12 inv22) L23)).
Definition mismatchL :=
  let d := subL p2 q projL wstarL in mulL q p2 q (mulL q p2 p2 (trL p2 q d) L22) d.
Definition tL := mulL q p1 q (mulL q p1 p1 (trL p1 q w) L11) w.
Definition sL := mulL q p2 q (mulL q p2 p2 (trL p2 q wstarL) L22) wstarL.
Definition tsL := mulL q p2 q (mulL q p1 p2 (trL p1 q w) L12) wstarL.
Definition syL := mulL q p2 q (trL p2 q wstarL) L23.

Section Correct.

Variable R : realFieldType.
Local Notation mx := (mx R).

Definition qmodel : qcov R p1 p2 q :=
  QCov (mx p1 p1 L11) (mx p1 p2 L12) (mx p1 q L13) (mx p2 p2 L22) (mx p2 q L23) (mx q q L33).
Definition qteacher : 'M[R]_(p1, q) := mx p1 q w.

Hypothesis ok : valid.

Lemma mx_inv22 : invmx (M22 qmodel) = mx p2 p2 inv22.
Proof. by case/and3P: ok => _ _; apply: mx_inv. Qed.

Lemma qwstarE : qwstar qmodel = mx p2 q wstarL.
Proof. by rewrite /qwstar mx_inv22 /wstarL mxM. Qed.
Lemma qprojE : qproj qmodel qteacher = mx p2 q projL.
Proof. by rewrite /qproj mx_inv22 /projL !mxM mxT. Qed.
Lemma epsE : M33 qmodel - (M23 qmodel)^T *m invmx (M22 qmodel) *m M23 qmodel = mx q q residual_varianceL.
Proof. by rewrite /residual_varianceL mx_inv22 mxB !mxM mxT. Qed.
Lemma etaE : qteacher^T *m (M11 qmodel - M12 qmodel *m invmx (M22 qmodel) *m (M12 qmodel)^T)
  *m qteacher = mx q q teacher_residual_varianceL.
Proof. by rewrite /teacher_residual_varianceL mx_inv22 2!mxM mxB !mxM !mxT. Qed.
Lemma cE : qteacher^T *m (M13 qmodel - M12 qmodel *m invmx (M22 qmodel) *m M23 qmodel)
  = mx q q residual_covarianceL.
Proof. by rewrite /residual_covarianceL mx_inv22 mxM mxB !mxM mxT. Qed.
Lemma BE : (qproj qmodel qteacher - qwstar qmodel)^T *m M22 qmodel
  *m (qproj qmodel qteacher - qwstar qmodel) = mx q q mismatchL.
Proof. by rewrite /mismatchL qprojE qwstarE 2!mxM mxT mxB. Qed.
Lemma tE : cov_tq qmodel qteacher = mx q q tL. Proof. by rewrite /tL 2!mxM mxT. Qed.
Lemma sE : cov_sq qmodel = mx q q sL. Proof. by rewrite /cov_sq /sL qwstarE 2!mxM mxT. Qed.
Lemma tsE : cov_tsq qmodel qteacher = mx q q tsL.
Proof. by rewrite /cov_tsq /tsL qwstarE 2!mxM mxT. Qed.
Lemma syE : cov_syq qmodel = mx q q syL. Proof. by rewrite /cov_syq /syL qwstarE mxM mxT. Qed.

Lemma qmodel_posdef : qposdef qmodel.
Proof.
case/and3P: ok => /(mx_sym R) sym pos _; have P := definite_pos sym pos.
have whole n : mx n n sigma = mx n n (blockL 0 0 n n sigma) by rewrite mx_block.
move: sym P; rewrite whole (mx_block4 R 0 0) !add0n -/L11.
move=> sym; have := sym; rewrite tr_block_mx => /eq_block_mx[s11 _ <- sD].
move: sD; rewrite mx_block4 mx_block2 -/L12 -/L13 -/L22 -/L23 -/L33 tr_block_mx.
move=> /eq_block_mx[s22 _ <- s33] P; split=> // a b z nz.
have := P (col_mx a (col_mx b z)); rewrite !col_mx_eq0 !negb_and nz => /(_ isT).
have form4 m n (x : 'cV[R]_m) (y : 'cV[R]_n) A B D :
    bil (col_mx x y) (block_mx A B B^T D) (col_mx x y)
    = bil x A x + bil y D y + 2%:R * bil x B y.
  rewrite bil_dot mul_block_col dot_col !dotDr -!bil_dot bil_tr.
  by move: (bil _ _ _) (bil x B y) (bil y D y) => f g h; ring.
rewrite !form4 [bil a (row_mx _ _) _]bil_dot mul_row_col dotDr -!bil_dot.
rewrite /qform /=; suff -> : forall f g h i j k : R, f + (g + h + 2%:R * i) + 2%:R * (j + k)
  = f + g + h + 2%:R * j + 2%:R * k + 2%:R * i by [].
by move=> *; ring.
Qed.

End Correct.

End Lists.

Section Joint.

Variables (R : realFieldType) (m n : nat) (A D B : matrixL).

Definition gexp2IL : Q :=
  divQ (mulQ (detL m A) (detL n D)) (detL (m + n) (joinL m n A B (trL m n B) D)).
Definition gexp2I_ok : bool :=
  [&& definite m A, definite n D & definite (m + n) (joinL m n A B (trL m n B) D)].

Lemma gexp2IE : gexp2I_ok -> gexp2Imx (mx R m m A) (mx R n n D) (mx R m n B) = ofQ R gexp2IL.
Proof.
case/and3P => a d ab; rewrite /gexp2Imx -mxT -mx_join !mx_det //.
by rewrite /gexp2IL ofQ_div ofQM.
Qed.

End Joint.

(** One label. *)
Section OneLabel.

Variables (p1 p2 : nat) (sigma w : matrixL).

Section Model.

Variable R : realFieldType.
Local Notation mx := (mx R).

Definition model : cov R p1 p2 :=
  Cov (mx p1 p1 (L11 p1 sigma)) (mx p1 p2 (L12 p1 p2 sigma)) (mx p1 1 (L13 p1 p2 1 sigma))
      (mx p2 p2 (L22 p1 p2 sigma)) (mx p2 1 (L23 p1 p2 1 sigma))
      (ofQ R (get (L33 p1 p2 1 sigma) 0 0)).
Definition teacher : 'cV[R]_p1 := mx p1 1 w.

End Model.

Definition residual_varianceQ := get (residual_varianceL p1 p2 1 sigma) 0 0.
Definition teacher_residual_varianceQ := get (teacher_residual_varianceL p1 p2 1 sigma w) 0 0.
Definition residual_covarianceQ := get (residual_covarianceL p1 p2 1 sigma w) 0 0.
Definition mismatchQ := get (mismatchL p1 p2 1 sigma w) 0 0.
Definition tQ := get (tL p1 1 sigma w) 0 0.
Definition sQ := get (sL p1 p2 1 sigma) 0 0.
Definition tsQ := get (tsL p1 p2 1 sigma w) 0 0.
Definition yQ := get (L33 p1 p2 1 sigma) 0 0.
Definition infoQ (u w c : Q) : Q := divQ (mulQ u w) (subQ (mulQ u w) (mulQ c c)).
Definition I_tsQ := infoQ tQ sQ tsQ.
Definition I_syQ := divQ yQ residual_varianceQ.

Variable R : realFieldType.
Local Notation mx := (mx R).
Local Notation q := (ofQ R).
Local Notation S := (model R).
Local Notation w1 := (teacher R).

Lemma col1 m (A : 'M[R]_(m, 1)) : col 0 A = A.
Proof. by apply/matrixP => i j; rewrite mxE (ord1 j). Qed.

Lemma modelE : out (qmodel p1 p2 1 sigma R) 0 = S.
Proof. by rewrite /out !col1 mxE. Qed.

Lemma teacherE : col 0 (qteacher p1 1 w R) = w1. Proof. exact: col1. Qed.

Hypothesis ok : valid p1 p2 1 sigma.

Lemma model_posdef : posdef S.
Proof. by rewrite -modelE; apply/out_posdef/qmodel_posdef. Qed.

Lemma model_wstar : wstar S = mx p2 1 (wstarL p1 p2 1 sigma).
Proof. exact: (qwstarE R ok). Qed.

Local Notation Q := (qmodel p1 p2 1 sigma R).
Local Notation W := (qteacher p1 1 w R).

Lemma model_residual_variance : residual_variance S = q residual_varianceQ.
Proof.
have := congr1 (fun A : 'M_1 => A 0 0) (epsE R ok).
rewrite [LHS]mxE [X in _ + X]mxE diag_bil col1 [M33 _ 0 0]mxE => E.
by rewrite /residual_variance E mxE.
Qed.

Lemma model_teacher_residual_variance : teacher_residual_variance S w1 = q teacher_residual_varianceQ.
Proof. by have := congr1 (fun A : 'M_1 => A 0 0) (etaE w R ok); rewrite diag_bil col1 mxE. Qed.

Lemma model_residual_covariance : residual_covariance S w1 = q residual_covarianceQ.
Proof. by have := congr1 (fun A : 'M_1 => A 0 0) (cE w R ok); rewrite diag_dot !col1 mxE. Qed.

Lemma model_mismatch : mismatch S w1 = q mismatchQ.
Proof. by have := congr1 (fun A : 'M_1 => A 0 0) (BE w R ok); rewrite diag_bil col1 mxE. Qed.

Lemma model_t : var_t S w1 = q tQ.
Proof.
by have := congr1 (fun A : 'M_1 => A 0 0) (tE p1 p2 1 sigma w R); rewrite diag_bil col1 mxE.
Qed.

Lemma model_s : var_s S = q sQ.
Proof. by have := congr1 (fun A : 'M_1 => A 0 0) (sE R ok); rewrite diag_bil col1 mxE. Qed.

Lemma model_ts : cov_ts S w1 = q tsQ.
Proof.
have := congr1 (fun A : 'M_1 => A 0 0) (tsE w R ok).
by rewrite /cov_tsq -mulmxA diag_dot col_mul !col1 -bil_dot mxE.
Qed.

Lemma model_y : var_y S = q yQ. Proof. by []. Qed.

Lemma model_I_ts : expI_ts S w1 = q I_tsQ.
Proof.
by rewrite /expI_ts /gexp2I model_t model_s model_ts /I_tsQ /infoQ ofQ_div ofQB !ofQM expr2.
Qed.

Lemma model_I_sy : expI_sy S = q I_syQ.
Proof. by rewrite /expI_sy model_residual_variance model_y /I_syQ ofQ_div. Qed.

End OneLabel.
