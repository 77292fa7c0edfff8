(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Quantities of vectors that the false claims speak of: informations by determinants,
    the two candidates of a split x1, and the covariance matrices of t and s for q labels.

    - [gexp2Imx A D B]    e^{2I} of two jointly Gaussian vectors with covariance matrices
                          A and D and cross-covariance B: det A det D / det of all
    - [expI_x1x2 S], [expI_x2y S]  e^{2I(x1; x2)} and e^{2I(x2; y)}
    - [first S], [second S]  the two candidates of a split x1: each alone as x1
    - [cov_tq Q W1]       the covariance matrix of t = W1^T x1; [cov_sq Q] of
                          s = wstar^T x2; [cov_tsq], [cov_syq] between them, and s and y
    - [expI_tsq Q W1], [expI_syq Q]  e^{2I(t; s)} and e^{2I(s; y)} for vectors *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Criterion Information Outputs.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Quantities.

Variable R : realFieldType.

Definition gexp2Imx m n (A : 'M[R]_m) (D : 'M[R]_n) (B : 'M[R]_(m, n)) : R :=
  \det A * \det D / \det (block_mx A B B^T D).

Section OneLabel.

Variables (p1 p2 p3 : nat).
Definition expI_x1x2 (S : cov R p1 p2) : R := gexp2Imx (S11 S) (S22 S) (S12 S).
Definition expI_x2y (S : cov R p1 p2) : R := gexp2Imx (S22 S) (S33 S)%:M (S23 S).

Definition first (S : cov R (p1 + p3) p2) : cov R p1 p2 :=
  Cov (ulsubmx (S11 S)) (usubmx (S12 S)) (usubmx (S13 S)) (S22 S) (S23 S) (S33 S).
Definition second (S : cov R (p1 + p3) p2) : cov R p3 p2 :=
  Cov (drsubmx (S11 S)) (dsubmx (S12 S)) (dsubmx (S13 S)) (S22 S) (S23 S) (S33 S).

End OneLabel.

Section Labels.

Variables (p1 p2 q : nat) (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)).
Definition cov_tq : 'M[R]_q := W1^T *m M11 Q *m W1.
Definition cov_sq : 'M[R]_q := (qwstar Q)^T *m M22 Q *m qwstar Q.
Definition cov_tsq : 'M[R]_q := W1^T *m M12 Q *m qwstar Q.
Definition cov_syq : 'M[R]_q := (qwstar Q)^T *m M23 Q.
Definition expI_tsq : R := gexp2Imx cov_tq cov_sq cov_tsq.
Definition expI_syq : R := gexp2Imx cov_sq (M33 Q) cov_syq.

End Labels.

End Quantities.
