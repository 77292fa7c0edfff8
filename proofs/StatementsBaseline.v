(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Statements of part two: against which baseline. The student of least squares may be tuned,
    that is shrunk and mixed with any weights; teachers that are calibrated; several teachers;
    ridge. To be read like Statements.v, whose words are used; nothing is proved here.

    [Claim.X_supposes], [Claim.X] and [Satisfiable.X] are as there. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Criterion Information Tuned Ensemble Statements.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Words.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).

(* var(v^T x2), cov(t, y), and (co)variances given y. *)
Let var_projD : var_proj S w1 = bil (proj S w1) (S22 S) (proj S w1) := erefl.
Let cov_tyD : cov_ty S w1 = dot w1 (S13 S) := erefl.
Let var_t_given_yD : var_t_given_y S w1 = var_t S w1 - cov_ty S w1 ^+ 2 / var_y S := erefl.
Let var_s_given_yD : var_s_given_y S = var_s S - cov_sy S ^+ 2 / var_y S := erefl.
Let cov_ts_given_yD :
  cov_ts_given_y S w1 = cov_ts S w1 - cov_ty S w1 * cov_sy S / var_y S := erefl.
(* e^{2 I(t; s | y)}. *)
Let expI_ts_given_yD : expI_ts_given_y S w1
  = gexp2I (var_t_given_y S w1) (var_s_given_y S) (cov_ts_given_y S w1) := erefl.
(* The excess risk of a w^ + b v^: label fit w^ and teacher fit v^, by least squares on the
   same rows. By [student_excess_line] in Tuned.v part one is the line a = 1 - alpha, b = alpha;
   by [Fact.weighted_expected] it is the mean over rows. *)
Let student_excessD k a b : student_excess S w1 k a b
  = (a - 1) ^+ 2 * var_s S + 2%:R * (a - 1) * b * cov_ts S w1 + b ^+ 2 * var_proj S w1
    + k * (a ^+ 2 * residual_variance S + 2%:R * a * b * residual_covariance S w1
           + b ^+ 2 * teacher_residual_variance S w1) := erefl.
(* Several teachers, the columns of W: labels (1 - sum b) y + sum b_j t_j. *)
Let ensemble_riskD r (W : 'M[R]_(p1, r)) n b : ensemble_risk S W n b
  = residual_variance S
    + student_excess S (W *m b) (kfac R p2 n) (1 - \sum_j b j 0) 1 := erefl.
Let ensemble_formD r (W : 'M[R]_(p1, r)) n : ensemble_form S W n
  = \matrix_(i, j) (let t i := col i W in
      bil (proj S (t i) - wstar S) (S22 S) (proj S (t j) - wstar S)
      + kfac R p2 n * (residual_variance S - residual_covariance S (t i)
        - residual_covariance S (t j)
        + bil (t i) (S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T) (t j))) := erefl.
Let ensemble_openD r (W : 'M[R]_(p1, r)) : ensemble_open S W
  = \col_j (residual_variance S - residual_covariance S (col j W)) := erefl.

End Words.

Module Claim.
Section Claims.

Variable R : realFieldType.
Import Statements.Claim.

(** Some weights with b >= 0 are better than every student that has no teacher. *)
Definition tuned_helps p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat) : Prop :=
  exists a, exists2 b, 0 <= b & forall a',
    student_excess S w1 (kfac R p2 n) a b < student_excess S w1 (kfac R p2 n) a' 0.
(** cov(t, s) var(y) > cov(t, y) cov(s, y), that is corr(t, s | y) > 0; cov(s, y) = var(s). *)
Definition aligned_given_y p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) : Prop :=
  cov_ty S w1 * var_s S < cov_ts S w1 * var_y S.

(** A tuned student gains iff corr(t, s | y) > 0; without a teacher A / (A + k var(y | x2)) is
    the best weight; starting there all small b > 0 help or none; over all real weights there
    is a best pair, b has the sign of corr(t, s | y), the gain is k^2 (G var(y | x2) - A c)^2
    / (N11 (N11 N22 - N12^2)), and it is 0 iff I(t; s | y) = 0. *)
Definition tuned_sharp : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n ->
  let k := kfac R p2 n in let excess := student_excess S w1 k in
  let N11 := var_s S + k * residual_variance S in
  let N12 := cov_ts S w1 + k * residual_covariance S w1 in
  let N22 := var_proj S w1 + k * teacher_residual_variance S w1 in
  let shrunk := var_s S / N11 in
  [/\ tuned_helps S w1 n <-> aligned_given_y S w1,
      forall a, excess shrunk 0 <= excess a 0,
      helps_small (excess shrunk) (excess shrunk 0) <-> aligned_given_y S w1
    & exists a b, [/\ forall a' b', excess a b <= excess a' b',
        Num.sg b = Num.sg (cov_ts_given_y S w1),
        excess shrunk 0 - excess a b
          = (k * (cov_ts S w1 * residual_variance S - var_s S * residual_covariance S w1)) ^+ 2
            / (N11 * (N11 * N22 - N12 ^+ 2))
      & excess shrunk 0 = excess a b <-> expI_ts_given_y S w1 = 1]].

(** The "if" of the CCH with the right sign, for the tuned student, at any scale of t. *)
Definition signed_cch_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  [/\ standing S w1 n, informed S w1 & 0 < cov_ts S w1].
Definition signed_cch : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  signed_cch_supposes S w1 n -> aligned_given_y S w1 /\ tuned_helps S w1 n.

(** If x1 and x2 are uncorrelated given y, no teacher brings a tuned student anything, whatever
    its weight. *)
Definition conditional_independence_supposes p1 p2 (S : cov R p1 p2) n : Prop :=
  [/\ posdef S, wstar S != 0, (p2 + 2 <= n)%N & var_y S *: S12 S = S13 S *m (S23 S)^T].
Definition conditional_independence : Prop := forall p1 p2 (S : cov R p1 p2) n,
  conditional_independence_supposes S n -> forall (w1 : 'cV[R]_p1) a b,
  exists a', student_excess S w1 (kfac R p2 n) a' 0 <= student_excess S w1 (kfac R p2 n) a b.

(** A calibrated teacher, cov(t, y) = var(t), as that of least squares. *)
Definition ols_sharp_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  standing S w1 n /\ cov_ty S w1 = var_t S w1.
Definition ols_sharp : Prop := forall p1 p2 (S : cov R p1 p2) n,
  (forall w1, ols_sharp_supposes S w1 n ->
     helps S w1 n <-> var_t S w1 + var_s S - cov_ts S w1 < var_y S)
  /\ (posdef S -> cov_ty S (ols S) = var_t S (ols S)).

(** The shares of var(y) that the least-squares teacher and student explain, R1^2 + R2^2 < 1. *)
Definition weak_modalities_supposes p1 p2 (S : cov R p1 p2) n : Prop :=
  let t := ols S in
  [/\ standing S t n, 0 <= cov_ts S t
    & cov_ty S t ^+ 2 / (var_t S t * var_y S) + cov_sy S ^+ 2 / (var_s S * var_y S) < 1].
Definition weak_modalities : Prop := forall p1 p2 (S : cov R p1 p2) n,
  weak_modalities_supposes S n -> helps S (ols S) n.

(** A teacher that is rescaled to cov(t, y) = var(t): I(t; s) > I(s; y) alone is enough. *)
Definition calibrate_first_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  [/\ standing S w1 n, cov_ty S w1 != 0 & informed S w1].
Definition calibrate_first : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  calibrate_first_supposes S w1 n -> helps S ((cov_ty S w1 / var_t S w1) *: w1) n.

(** At a given weight distillation helps up to one number of rows. *)
Definition crossover_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n (l : R) : Prop :=
  [/\ standing S w1 n, 0 < mismatch S w1 & 0 < l].
Definition crossover : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n l,
  crossover_supposes S w1 n l ->
  (risk S w1 n l < baseline_risk S n <->
   n%:R < p2%:R + 1 + p2%:R * (2%:R * (residual_variance S - residual_covariance S w1)
            - l * (teacher_residual_variance S w1 - residual_variance S)) / (l * mismatch S w1))
  /\ forall n', (p2 + 2 <= n' <= n)%N ->
     risk S w1 n l < baseline_risk S n -> risk S w1 n' l < baseline_risk S n'.

(** The risk is convex in the teacher; for r teachers, none an affine combination of the others
    (b <> 0 and sum b = 0 have W b <> 0), the best weights and their gain, signs free. *)
Definition ensemble_supposes p1 p2 (S : cov R p1 p2) r (W : 'M[R]_(p1, r)) n : Prop :=
  [/\ posdef S, (0 < p2)%N, (p2 + 2 <= n)%N
    & forall b : 'cV[R]_r, b != 0 -> \sum_j b j 0 = 0 -> W *m b != 0].
Definition ensemble : Prop := forall p1 p2 (S : cov R p1 p2) n,
  (posdef S -> (0 < p2)%N -> (p2 + 2 <= n)%N -> forall t u th l, 0 <= th <= 1 -> 0 <= l ->
     risk S (th *: t + (1 - th) *: u) n l <= th * risk S t n l + (1 - th) * risk S u n l) /\
  (forall r (W : 'M[R]_(p1, r)), ensemble_supposes S W n ->
     let k := kfac R p2 n in
     let best := invmx (ensemble_form S W n) *m (k *: ensemble_open S W) in
     baseline_risk S n - ensemble_risk S W n best
       = k ^+ 2 * bil (ensemble_open S W) (invmx (ensemble_form S W n)) (ensemble_open S W)
     /\ forall b, b != best -> ensemble_risk S W n best < ensemble_risk S W n b).

End Claims.
End Claim.

Module Satisfiable.
Section Every.

Variable R : realFieldType.

(* Both signs of corr(t, s | y), and 0. *)
Definition tuned_sharp : Prop :=
  [/\ exists p1 p2 (S : cov R p1 p2) w1 n,
        Statements.Claim.standing S w1 n /\ Claim.aligned_given_y S w1,
      exists p1 p2 (S : cov R p1 p2) w1 n,
        Statements.Claim.standing S w1 n /\ cov_ts_given_y S w1 < 0
    & exists p1 p2 (S : cov R p1 p2) w1 n,
        Statements.Claim.standing S w1 n /\ cov_ts_given_y S w1 = 0].
Definition signed_cch : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.signed_cch_supposes S w1 n.
Definition conditional_independence : Prop :=
  exists p1 p2 (S : cov R p1 p2) n, Claim.conditional_independence_supposes S n.
Definition ols_sharp : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.ols_sharp_supposes S w1 n.
Definition weak_modalities : Prop :=
  exists p1 p2 (S : cov R p1 p2) n, Claim.weak_modalities_supposes S n.
Definition calibrate_first : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.calibrate_first_supposes S w1 n.
Definition crossover : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n l, Claim.crossover_supposes S w1 n l.
Definition ensemble : Prop := exists p1 p2 (S : cov R p1 p2) (W : 'M[R]_(p1, 2)) n,
  Claim.ensemble_supposes S W n.

End Every.
End Satisfiable.
