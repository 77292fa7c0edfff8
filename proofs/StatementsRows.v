(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Statements of part two: which rows, which teacher. A teacher that sees both modalities; rows
    without labels; ridge; rows of different moments; how often the sign of 1 - beta is
    misjudged. To be read like Statements.v, whose words are used; nothing is proved here. That
    the closed forms are the mean risks is in StatementsMeans.v. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Criterion Information Student Expectation LinearStudent LeastSquares.
From Proofs Require Import Tuned JointTeacher OtherRows Imported Statements StatementsBaseline.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Words.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Let k := kfac R p2.
Let s := residual_variance S.
Let c := residual_covariance S w1.
Let e := teacher_residual_variance S w1.
Let f := full_residual_variance S.

(* The best teacher that sees both: weights on x1 and x2; var(y | x1, x2). *)
Let var_x1_given_x2D : var_x1_given_x2 S = S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T := erefl.
Let cov_x1y_given_x2D : cov_x1y_given_x2 S = S13 S - S12 S *m invmx (S22 S) *m S23 S := erefl.
Let joint1D : joint1 S = invmx (var_x1_given_x2 S) *m cov_x1y_given_x2 S := erefl.
Let joint2D : joint2 S = wstar S - proj S (joint1 S) := erefl.
Let full_residual_varianceD :
  f = S33 S - dot (joint1 S) (S13 S) - dot (joint2 S) (S23 S) := erefl.
(* The risk with a teacher w1^T x1 + w2^T x2; for w2 = 0 it is [risk]. *)
Let both_riskD w2 n l : both_risk S w1 w2 n l = (let d := proj S w1 + w2 - wstar S in
  s + (l ^+ 2 * bil d (S22 S) d + k n * (s + 2%:R * l * c + l ^+ 2 * e)) / (1 + l) ^+ 2) := erefl.
(* The joint teacher, fitted to N other rows. *)
Let sampled_riskD n N al : sampled_risk S n N al = (let K := (N - p1 - p2 - 1)%:R^-1 in
  s + al ^+ 2 * (f * p2%:R * K) + k n * ((1 - al) ^+ 2 * s + 2%:R * al * (1 - al) * (s - f)
                                         + al ^+ 2 * (s - f + f * p1%:R * K))) := erefl.
(* m more rows with a prediction but no label. *)
Let unlabelled_excessD n m a b : unlabelled_excess S w1 n m a b =
  (a - 1) ^+ 2 * var_s S + 2%:R * (a - 1) * b * cov_ts S w1 + b ^+ 2 * var_proj S w1
  + 1 * (a ^+ 2 * (k n * s) + 2%:R * a * b * (k (n + m)%N * c) + b ^+ 2 * (k (n + m)%N * e)) := erefl.
Let unlabelled_riskD n m al :
  unlabelled_risk S w1 n m al = s + unlabelled_excess S w1 n m (1 - al) al := erefl.
Let objective_slopeD n m : objective_slope S w1 n m = 2%:R * (k n * c - s * (k n
  + m%:R * (p2%:R * (n - 1)%:R / ((n - p2)%:R * (n - p2 - 1)%:R * (n - p2 - 3)%:R)))) := erefl.
Let pseudo_noiseD n : pseudo_noise S n = f * p1%:R / (n - p1 - p2 - 1)%:R := erefl.
Let pseudo_riskD n m al : pseudo_risk S n m al = s + (k n * s - (k n - k (n + m)%N)
  * ((2%:R * al - al ^+ 2) * (s - f) - al ^+ 2 * pseudo_noise S n)) := erefl.
Let ridge_excessD n mu al : ridge_excess S w1 n mu al = (let r := n%:R / (n%:R + mu) in
  student_excess S w1 (p2%:R / n%:R) (r * (1 - al)) (r * al)) := erefl.
(* A given design X; row i counts l_i = x_i^T G^-1 Q G^-1 x_i, G = X^T X. *)
Let leverageD n (X : 'M[R]_(n, p2)) Q i :
  leverage (lsq X) Q i = ((lsq X)^T *m Q *m lsq X) i i := erefl.
Let lsqD n (X : 'M[R]_(n, p2)) : lsq X = invmx (X^T *m X) *m X^T := erefl.
Let rowwise_excessD n (X : 'M[R]_(n, p2)) Q w v u d t al : rowwise_excess Q X w v u d t al
  = al ^+ 2 * bil (v - w) Q (v - w) + \sum_i leverage (lsq X) Q i
    * ((1 - al) ^+ 2 * u i + 2%:R * al * (1 - al) * d i + al ^+ 2 * t i) := erefl.
Let slope_varianceD n : slope_variance S w1 n = (e - c ^+ 2 / s) / (s * (n - p2 - 2)%:R) := erefl.

End Words.

Module Claim.
Section Claims.

Variable R : realFieldType.
Import Statements.Claim StatementsBaseline.Claim.

(** The teacher t = E[y | x1, x2] (no weights fit y better: the normal equations). It always
    helps if x1 adds anything, more is always better, and the excess falls from k var(y | x2)
    towards k (var(y | x2) - var(y | x1, x2)); a tuned student gains too. *)
Definition joint_teacher_supposes p1 p2 (S : cov R p1 p2) n : Prop :=
  [/\ posdef S, (0 < p2)%N & (p2 + 2 <= n)%N].
Definition joint_teacher : Prop := forall p1 p2 (S : cov R p1 p2) n,
  joint_teacher_supposes S n ->
  let s := residual_variance S in let f := full_residual_variance S in
  let risk := both_risk S (joint1 S) (joint2 S) n in let floor := s + kfac R p2 n * (s - f) in
  [/\ S11 S *m joint1 S + S12 S *m joint2 S = S13 S
        /\ (S12 S)^T *m joint1 S + S22 S *m joint2 S = S23 S,
      0 < f <= s /\ (f = s <-> cov_x1y_given_x2 S = 0),
      forall l l', 0 <= l -> l < l' -> risk l' < risk l,
      (forall l, 0 <= l -> floor < risk l)
        /\ forall eps, 0 < eps -> exists L, forall l, 0 <= l -> L <= l -> risk l < floor + eps
    & wstar S != 0 -> exists a, exists2 b, 0 <= b & forall a',
        let excess := excess_of (var_s S) (var_s S) (var_s S) s (s - f) (s - f) (kfac R p2 n) in
        excess a b < excess a' 0].

(** Fitted by least squares to N other rows: all small alpha help, and so does every alpha
    below the end of a window. *)
Definition sampled_joint_teacher_supposes p1 p2 (S : cov R p1 p2) n N : Prop :=
  [/\ posdef S, (0 < p2)%N, (p2 + 2 <= n)%N & (p1 + p2 + 2 <= N)%N].
Definition sampled_joint_teacher : Prop := forall p1 p2 (S : cov R p1 p2) n N,
  sampled_joint_teacher_supposes S n N ->
  helps_small (sampled_risk S n N) (baseline_risk S n) /\
  forall al, 0 < al -> (sampled_risk S n N al < baseline_risk S n) =
    (al * (p2%:R / (N - p1 - p2 - 1)%:R + kfac R p2 n * (1 + p1%:R / (N - p1 - p2 - 1)%:R))
     < 2%:R * kfac R p2 n).

(** Fitted by least squares to the student's own rows, both modalities, the teacher changes
    nothing, whatever the weight; and neither does the label as its own teacher. *)
Definition same_rows_teacher : Prop :=
  forall n p1 p2 (X1 : 'M[R]_(n, p1)) (X2 : 'M[R]_(n, p2)) (y : 'cV[R]_n) l,
  \rank (row_mx X1 X2) = (p1 + p2)%N -> 0 <= l ->
  let both := row_mx X1 X2 in let t := both *m (invmx (both^T *m both) *m both^T *m y) in
  student X2 y t l = invmx (X2^T *m X2) *m X2^T *m y /\
  student X2 y y l = invmx (X2^T *m X2) *m X2^T *m y.

(** m more rows that have a teacher but no label. Two fits that are mixed, untuned and tuned;
    and one objective, by the slope of its mean risk at lambda = 0. *)
Definition unlabelled : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n m,
  standing S w1 n ->
  let risk := unlabelled_risk S w1 n m in let excess := unlabelled_excess S w1 n m in
  [/\ (helps_some risk (baseline_risk S n) <-> helps_small risk (baseline_risk S n)),
      (helps_small risk (baseline_risk S n) <-> beta S w1 < 1 + m%:R / (n - p2 - 1)%:R),
      ((exists a, exists2 b, 0 <= b & forall a', excess a b < excess a' 0) <->
       var_s S * residual_covariance S w1 * (n - p2 - 1)%:R
       < cov_ts S w1 * residual_variance S * (n + m - p2 - 1)%:R)
    & (p2 + 4 <= n)%N -> objective_slope S w1 n m < 0 <->
      beta S w1 < 1 + m%:R * (n - 1)%:R / ((n - p2)%:R * (n - p2 - 3)%:R)].

(** The joint teacher of the n labelled rows labels m more: full imitation helps iff Cohen's
    f^2 = (var(y | x2) - var(y | x1, x2)) / var(y | x1, x2) exceeds p1 / (n - p1 - p2 - 1),
    whatever m; small alpha always do if x1 adds anything; the best alpha and its gain. *)
Definition pseudo_labels_supposes p1 p2 (S : cov R p1 p2) n m : Prop :=
  [/\ posdef S, (0 < p2)%N && (0 < m)%N, (p1 + p2 + 2 <= n)%N & cov_x1y_given_x2 S != 0].
Definition pseudo_labels : Prop := forall p1 p2 (S : cov R p1 p2) n m,
  pseudo_labels_supposes S n m ->
  let risk := pseudo_risk S n m in let f := full_residual_variance S in
  let signal := residual_variance S - f in let noise := pseudo_noise S n in
  let best := signal / (signal + noise) in
  [/\ risk 1 < baseline_risk S n <-> p1%:R / (n - p1 - p2 - 1)%:R < signal / f,
      helps_small risk (baseline_risk S n), 0 < best <= 1,
      baseline_risk S n - risk best
        = (kfac R p2 n - kfac R p2 (n + m)) * signal ^+ 2 / (signal + noise)
    & forall al, al != best -> risk best < risk al].

(** Ridge of strength mu on mixed labels, X^T X = n, S22 = 1: its criterion; at the best
    strength it is that of the tuned student; and if corr(t, s | y) <= 0 no (mu, alpha) beats
    the best ridge without a teacher. *)
Definition ridge_orthogonal_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  [/\ posdef S, w1 != 0, wstar S != 0, (0 < n)%N & S22 S = 1%:M].
Definition ridge_orthogonal : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  ridge_orthogonal_supposes S w1 n ->
  let criterion mu := residual_covariance S w1
    < residual_variance S + mu / p2%:R * (cov_ts S w1 - var_s S) in
  let best := p2%:R * residual_variance S / var_s S in let excess := ridge_excess S w1 n in
  [/\ forall mu, 0 <= mu -> (helps_small (excess mu) (excess mu 0) <-> criterion mu)
        /\ (helps_some (excess mu) (excess mu 0) <-> criterion mu),
      criterion best <-> aligned_given_y S w1,
      forall mu, 0 <= mu -> excess best 0 <= excess mu 0
    & cov_ts_given_y S w1 <= 0 -> forall mu al, 0 <= mu -> 0 <= al -> excess best 0 <= excess mu al].

(** A given design of full rank whose rows differ in their residual moments s i, c i, t i: the
    slope at alpha = 0 is 2 sum l_i (c_i - s_i), with the leverages l_i. *)
Definition leverage_supposes n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (s c t : 'I_n -> R) : Prop :=
  [/\ \rank X = p, forall b, 0 <= bil b Q b & forall i, 0 < s i /\ c i ^+ 2 <= s i * t i].
Definition leverage : Prop := forall n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (w v : 'cV[R]_p) s c t,
  leverage_supposes Q X s c t ->
  let excess := rowwise_excess Q X w v s c t in
  let slope := 2%:R * \sum_i leverage (lsq X) Q i * (c i - s i) in
  [/\ exists q, 0 <= q /\ forall al, excess al = excess 0 + slope * al + q * al ^+ 2,
      helps_small excess (excess 0) <-> slope < 0 & helps_some excess (excess 0) <-> slope < 0].

(** The estimate b of beta is on the wrong side of 1 with a probability (the mean of an
    indicator) of at most V / (V + (1 - beta)^2); rows that make this at most delta. *)
Definition wrong_decision_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n
    T (E : expectation R T) (b : T -> R) : Prop :=
  [/\ standing S w1 n, (p2 + 3 <= n)%N, beta S w1 != 1 & slope_estimate E b S w1 n].
Definition wrong_decision : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n
    T (E : expectation R T) (b : T -> R) P,
  wrong_decision_supposes S w1 n E b ->
  mean_is E (fun x => ((beta S w1 < 1) && (1 <= b x) || (1 < beta S w1) && (b x <= 1))%:R) P ->
  let V := slope_variance S w1 n in
  P <= V / (V + (1 - beta S w1) ^+ 2) /\
  forall delta, 0 < delta < 1 ->
    p2%:R + 2%:R + (1 - delta) / delta
      * ((teacher_residual_variance S w1 * residual_variance S - residual_covariance S w1 ^+ 2)
         / (residual_variance S - residual_covariance S w1) ^+ 2) <= n%:R -> P <= delta.

End Claims.
End Claim.

Module Satisfiable.
Section Every.

Variable R : realFieldType.

(* x1 adds something, and it adds nothing. *)
Definition joint_teacher : Prop :=
  (exists p1 p2 (S : cov R p1 p2) n,
     [/\ Claim.joint_teacher_supposes S n, cov_x1y_given_x2 S != 0 & wstar S != 0]) /\
  (exists p1 p2 (S : cov R p1 p2) n,
     Claim.joint_teacher_supposes S n /\ cov_x1y_given_x2 S = 0).
Definition sampled_joint_teacher : Prop :=
  exists p1 p2 (S : cov R p1 p2) n N, Claim.sampled_joint_teacher_supposes S n N.
Definition same_rows_teacher : Prop := forall n p1 p2, (p1 + p2 <= n)%N ->
  exists (X1 : 'M[R]_(n, p1)) (X2 : 'M[R]_(n, p2)), \rank (row_mx X1 X2) = (p1 + p2)%N.
(* Both signs of each criterion, where m = 1. *)
Definition unlabelled : Prop :=
  (exists p1 p2 (S : cov R p1 p2) w1 n, [/\ Statements.Claim.standing S w1 n, (p2 + 4 <= n)%N
     & beta S w1 < 1 + 1%:R / (n - p2 - 1)%:R]) /\
  (exists p1 p2 (S : cov R p1 p2) w1 n, [/\ Statements.Claim.standing S w1 n, (p2 + 4 <= n)%N
     & 1 + 1%:R / (n - p2 - 1)%:R < beta S w1]).
Definition pseudo_labels : Prop :=
  exists p1 p2 (S : cov R p1 p2) n m, Claim.pseudo_labels_supposes S n m.
Definition ridge_orthogonal : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.ridge_orthogonal_supposes S w1 n.
Definition leverage : Prop := exists n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) s c t,
  (0 < p)%N /\ Claim.leverage_supposes Q X s c t.
Definition wrong_decision : Prop := exists p1 p2 (S : cov R p1 p2) w1 n
    T (E : expectation R T) b P, Claim.wrong_decision_supposes S w1 n E b /\
  mean_is E (fun x => ((beta S w1 < 1) && (1 <= b x) || (1 < beta S w1) && (b x <= 1))%:R) P.

End Every.
End Satisfiable.
