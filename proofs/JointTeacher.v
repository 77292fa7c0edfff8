(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** A teacher that sees both modalities, t = w1^T x1 + w2^T x2.

    - [var_x1_given_x2 S], [cov_x1y_given_x2 S]  cov(x1 | x2) and cov(x1, y | x2)
    - [joint1 S], [joint2 S]  the best teacher E[y | x1, x2]: its weights on x1 and on x2
    - [full_residual_variance S]  var(y | x1, x2)
    - [both_risk S w1 w2 n l]  the risk with that teacher; for w2 = 0 it is [risk]
    - [sampled_risk S n N al]  the mean risk where the joint teacher was fitted by least squares
      to N other rows, in the weight alpha *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Parabola Tuned.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Joint.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2).

Definition var_x1_given_x2 : 'M[R]_p1 := S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T.
Definition cov_x1y_given_x2 : 'cV[R]_p1 := S13 S - S12 S *m invmx (S22 S) *m S23 S.
Definition joint1 : 'cV[R]_p1 := invmx var_x1_given_x2 *m cov_x1y_given_x2.
Definition joint2 : 'cV[R]_p2 := wstar S - proj S joint1.
Definition full_residual_variance : R := S33 S - dot joint1 (S13 S) - dot joint2 (S23 S).
Definition both_risk (w1 : 'cV[R]_p1) (w2 : 'cV[R]_p2) (n : nat) (l : R) : R :=
  let d := proj S w1 + w2 - wstar S in
  rk (residual_variance S) (teacher_residual_variance S w1) (residual_covariance S w1)
    (bil d (S22 S) d) (kfac R p2 n) l.
Definition sampled_risk (n N : nat) (al : R) : R :=
  let s := residual_variance S in let f := full_residual_variance in
  let K := (N - p1 - p2 - 1)%:R^-1 in
  s + al ^+ 2 * (f * p2%:R * K)
  + kfac R p2 n * ((1 - al) ^+ 2 * s + 2%:R * al * (1 - al) * (s - f)
                   + al ^+ 2 * (s - f + f * p1%:R * K)).

Lemma both_risk0 w1 n l : both_risk w1 0 n l = risk S w1 n l.
Proof. by rewrite /both_risk addr0. Qed.

Hypothesis pS : posdef S.

Local Notation K := var_x1_given_x2.
Local Notation z := cov_x1y_given_x2.
Local Notation s := (residual_variance S).

Lemma var_x1_sym : K^T = K.
Proof.
rewrite /K linearB /= !trmx_mul trmxK trmx_inv (sym11 pS) (sym22 pS) mulmxA; congr (_ - _).
Qed.

Lemma var_x1_unit : K \in unitmx.
Proof. by apply: form_unitmx => a a0; apply: (teacher_residual_variance_gt0 pS a0). Qed.

Lemma joint_fit : K *m joint1 = z. Proof. by rewrite /joint1 mulKVmx // var_x1_unit. Qed.

Lemma joint_covariance : teacher_residual_variance S joint1 = residual_covariance S joint1.
Proof. by rewrite /teacher_residual_variance bil_dot -/K joint_fit. Qed.

Lemma full_residual_varianceE : full_residual_variance = s - residual_covariance S joint1.
Proof.
rewrite /full_residual_variance /joint2 (residual_varianceE pS) /residual_covariance dotDl dotNl.
rewrite [dot (wstar S) _](dot23 pS) -/(gww S) dotBr /proj [dot (_ *m joint1) _]dot_mull trmx_mul trmxK trmx_inv (sym22 pS).
by move: (dot joint1 _) (dot joint1 _) (gww S) => *; ring.
Qed.

Lemma joint_covariance_ge0 : 0 <= residual_covariance S joint1.
Proof. by rewrite -joint_covariance teacher_residual_variance_ge0. Qed.

Lemma joint_covariance_gt0 : z != 0 -> 0 < residual_covariance S joint1.
Proof.
move=> z0; rewrite -joint_covariance teacher_residual_variance_gt0 //.
by apply: contra z0 => /eqP j0; rewrite -joint_fit j0 mulmx0.
Qed.

Lemma joint_covariance_lt : residual_covariance S joint1 < s.
Proof.
have s0 := residual_variance_gt0 joint1 pS.
have [j0|j0] := eqVneq joint1 0; first by rewrite /residual_covariance j0 dot0l.
have := residual_covariance2_lt pS j0; rewrite joint_covariance expr2.
by rewrite ltr_pmul2r // -joint_covariance teacher_residual_variance_gt0.
Qed.

Lemma full_residual_variance_gt0 : 0 < full_residual_variance.
Proof. by rewrite full_residual_varianceE subr_gt0 joint_covariance_lt. Qed.

(* The normal equations: no weights predict y better. *)
Lemma joint_normal : S11 S *m joint1 + S12 S *m joint2 = S13 S
  /\ (S12 S)^T *m joint1 + S22 S *m joint2 = S23 S.
Proof.
rewrite /joint2; move: joint1 joint_fit => j fit.
rewrite !mulmxBr (S22_wstar pS) (S22_proj _ pS); split; last by rewrite addrC subrK.
move: fit; rewrite /z /K mulmxBl /proj /wstar !mulmxA.
by move=> fit; rewrite addrCA fit addrCA subrr addr0.
Qed.

Lemma proj_joint : proj S joint1 + joint2 = wstar S.
Proof. by rewrite /joint2 addrC subrK. Qed.

Lemma joint_riskE n l : 1 + l != 0 -> both_risk joint1 joint2 n l
  = s + kfac R p2 n * (s - full_residual_variance + full_residual_variance / (1 + l) ^+ 2).
Proof.
move=> l1; rewrite /both_risk proj_joint subrr bil_dot dot0l joint_covariance full_residual_varianceE.
by rewrite /rk; move: s (residual_covariance S _) (kfac _ _ _) => *; field.
Qed.

End Joint.
