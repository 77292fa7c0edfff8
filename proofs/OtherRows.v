(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Rows without labels, ridge on an orthogonal design, rows of different moments: the risks
    in closed form.

    - [unlabelled_excess S w1 n m a b]  a w^ + b v^, w^ over n rows, v^ over n + m
    - [unlabelled_risk S w1 n m al]  the line a = 1 - alpha, b = alpha
    - [objective_slope S w1 n m]  the slope at lambda = 0 of the mean risk where label term
      (n rows) and lambda x teacher term (n + m rows) are one objective
    - [pseudo_risk S n m al]  the joint teacher of the same n rows labels m more, and the student
      is (1 - alpha) w^ + alpha v^, v^ over all n + m
    - [ridge_excess S w1 n mu al]  ridge of strength mu on labels (1 - alpha) y + alpha t, for
      X^T X = n, S22 = 1
    - [rowwise_excess Q X w v s c t al]  least squares on a given design X whose row i has the
      residual moments s i, c i, t i *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Outputs Parabola LinearStudent LeastSquares.
From Proofs Require Import Tuned JointTeacher.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Model.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).

Definition unlabelled_excess (n m : nat) (a b : R) : R :=
  let k := kfac R p2 in
  excess_of (var_s S) (cov_ts S w1) (var_proj S w1) (k n * residual_variance S)
    (k (n + m)%N * residual_covariance S w1) (k (n + m)%N * teacher_residual_variance S w1) 1 a b.
Definition unlabelled_risk (n m : nat) (al : R) : R :=
  residual_variance S + unlabelled_excess n m (1 - al) al.
Definition objective_slope (n m : nat) : R :=
  2%:R * (kfac R p2 n * residual_covariance S w1 - residual_variance S * (kfac R p2 n
    + m%:R * (p2%:R * (n - 1)%:R / ((n - p2)%:R * (n - p2 - 1)%:R * (n - p2 - 3)%:R)))).
Definition pseudo_noise (n : nat) : R :=
  full_residual_variance S * p1%:R / (n - p1 - p2 - 1)%:R.
Definition pseudo_risk (n m : nat) (al : R) : R :=
  let k := kfac R p2 in let signal := residual_variance S - full_residual_variance S in
  residual_variance S + (k n * residual_variance S
    - (k n - k (n + m)%N) * ((2%:R * al - al ^+ 2) * signal - al ^+ 2 * pseudo_noise n)).
Definition ridge_excess (n : nat) (mu al : R) : R :=
  let r := n%:R / (n%:R + mu) in student_excess S w1 (p2%:R / n%:R) (r * (1 - al)) (r * al).

Hypothesis pS : posdef S.

Local Notation s := (residual_variance S).
Local Notation c := (residual_covariance S w1).
Local Notation e := (teacher_residual_variance S w1).

Lemma mismatch_sum :
  mismatch S w1 = var_proj S w1 - 2%:R * cov_ts S w1 + var_s S.
Proof. by rewrite (mismatchE w1 pS) (cov_tsE w1 pS) var_sE. Qed.

Lemma unlabelled_line n m al : unlabelled_risk n m al = parabola (baseline_risk S n)
  (2%:R * (kfac R p2 n * s - kfac R p2 (n + m) * c))
  (mismatch S w1 + (kfac R p2 n * s - 2%:R * (kfac R p2 (n + m) * c) + kfac R p2 (n + m) * e)) al.
Proof.
rewrite /unlabelled_risk /unlabelled_excess /excess_of /parabola mismatch_sum /baseline_risk.
move: (var_s S) (cov_ts S w1) (var_proj S w1) s c e (kfac R p2 n) (kfac R p2 (n + m)) => *; ring.
Qed.

Lemma ridge_line n mu al : (0 < n)%N -> 0 <= mu -> let r := n%:R / (n%:R + mu) in
  ridge_excess n mu al = parabola (ridge_excess n mu 0)
    (2%:R * (n%:R / (n%:R + mu) ^+ 2) * (p2%:R * (s - c) + mu * (cov_ts S w1 - var_s S)))
    (r ^+ 2 * (mismatch S w1 + p2%:R / n%:R * difference_variance S w1)) al.
Proof.
move=> n0 mu0; have N0 : 0 < n%:R :> R by rewrite ltr0n.
have Nmu : 0 < n%:R + mu by rewrite ltr_paddr.
rewrite /ridge_excess /student_excess /excess_of /parabola mismatch_sum /difference_variance /=.
move: N0 Nmu; move: (var_s S) (cov_ts S w1) (var_proj S w1) s c e (n%:R) (p2%:R) => *.
by field; rewrite !gt_eqF.
Qed.

End Model.

Section Rows.

Variables (R : realFieldType) (n p : nat) (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (w v : 'cV[R]_p).
Variables (s c t : 'I_n -> R).

Definition rowwise_excess (al : R) : R :=
  al ^+ 2 * bil (v - w) Q (v - w) + \sum_i leverage (lsq X) Q i
    * ((1 - al) ^+ 2 * s i + 2%:R * al * (1 - al) * c i + al ^+ 2 * t i).

Lemma rowwise_line al : rowwise_excess al = parabola (rowwise_excess 0)
  (2%:R * \sum_i leverage (lsq X) Q i * (s i - c i))
  (bil (v - w) Q (v - w) + \sum_i leverage (lsq X) Q i * (s i - 2%:R * c i + t i)) al.
Proof.
rewrite /rowwise_excess /parabola; set L := leverage _ _.
have -> : \sum_i L i * ((1 - al) ^+ 2 * s i + 2%:R * al * (1 - al) * c i + al ^+ 2 * t i)
  = \sum_i L i * ((1 - 0) ^+ 2 * s i + 2%:R * 0 * (1 - 0) * c i + 0 ^+ 2 * t i)
    - 2%:R * al * (\sum_i L i * (s i - c i)) + al ^+ 2 * \sum_i L i * (s i - 2%:R * c i + t i).
  rewrite !mulr_sumr -sumrB -big_split /=.
  by apply: eq_bigr => i _; move: (L i) (s i) (c i) (t i) => *; ring.
by move: (\sum_i _) (\sum_i _) (\sum_i _) (bil _ _ _) => *; ring.
Qed.

Lemma leverage_ge0 i : (forall b, 0 <= bil b Q b) -> 0 <= leverage (lsq X) Q i.
Proof.
by move=> psd; rewrite /leverage diag_bil; apply: psd.
Qed.

End Rows.
