(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Every statement of the project, to be read alone: names are those of the Theory article,
    with _ for -. Nothing is proved here.

    1. The words. A line [x = y := erefl] is accepted only if y is the definition of x.
    2. The claims. [Claim.X_supposes] is what the claim X supposes, and [Claim.X] the claim.
       Theorems.v proves the true ones, over every ordered field; the files of `generated`
       prove [~ Claim.X] for the false ones, by one computed counterexample each.
    3. The student and its expected risk, and the same claims for q labels: [Fact].
    4. The claims as the paper writes them, with informations in nats: [Nats].
    5. For each implication: something satisfies what it supposes, [Satisfiable], so that it
       does not hold for want of cases. NonVacuity.v proves it.

    Notation: *m is the product of matrices, ^T the transposed, x%:R a natural number. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import reals sequences exp.
From Proofs Require Import Model Criterion Information Outputs Student Expectation Imported Vectors
  Reals.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Words.

Variables (R : realFieldType) (p1 p2 : nat) (w1 : 'cV[R]_p1) (n : nat).

(* The covariance matrix of (x1, x2, y) in blocks. *)
Variables (A11 : 'M[R]_p1) (A12 : 'M[R]_(p1, p2)) (A13 : 'cV[R]_p1).
Variables (A22 : 'M[R]_p2) (A23 : 'cV[R]_p2) (A33 : R).
Let S := Cov A11 A12 A13 A22 A23 A33.
Let bilD (a : 'cV[R]_p1) (b : 'cV[R]_p2) : bil a A12 b = (a^T *m A12 *m b) 0 0 := erefl.
Let dotD (a b : 'cV[R]_p1) : dot a b = (a^T *m b) 0 0 := erefl.
(* The variance of a^T x1 + b^T x2 + z y. *)
Let formD a b z : form S a b z = bil a A11 a + bil b A22 b + z ^+ 2 * A33
  + 2%:R * bil a A12 b + 2%:R * z * dot a A13 + 2%:R * z * dot b A23 := erefl.
Let posdefD : posdef S <-> [/\ A11^T = A11, A22^T = A22 &
  forall a b z, [|| a != 0, b != 0 | z != 0] -> 0 < form S a b z].
Proof. by split=> [[]|[]]. Qed.
(* s = wstar^T x2 is the best prediction of y, proj^T x2 that of t = w1^T x1. *)
Let wstarD : wstar S = invmx A22 *m A23 := erefl.
Let projD : proj S w1 = invmx A22 *m A12^T *m w1 := erefl.
(* var(y | x2), var(t | x2), c = cov(t, y | x2), B, V = var(t - y | x2). *)
Let residual_varianceD : residual_variance S = A33 - bil A23 (invmx A22) A23 := erefl.
Let teacher_residual_varianceD :
  teacher_residual_variance S w1 = bil w1 (A11 - A12 *m invmx A22 *m A12^T) w1 := erefl.
Let residual_covarianceD : residual_covariance S w1 = dot w1 (A13 - A12 *m invmx A22 *m A23) := erefl.
Let mismatchD : mismatch S w1 = bil (proj S w1 - wstar S) A22 (proj S w1 - wstar S) := erefl.
Let difference_varianceD : difference_variance S w1 =
  residual_variance S + teacher_residual_variance S w1 - 2%:R * residual_covariance S w1 := erefl.
Let var_tD : var_t S w1 = bil w1 A11 w1 := erefl.
Let var_yD : var_y S = A33 := erefl.
Let var_sD : var_s S = bil (wstar S) A22 (wstar S) := erefl.
Let cov_tsD : cov_ts S w1 = bil w1 A12 (wstar S) := erefl.
Let cov_syD : cov_sy S = dot (wstar S) A23 := erefl.
(* e^{2I} of two numbers; of t and s; of s and y ([expI_syE] in Model.v: it is gexp2I of these). *)
Let gexp2ID (u w c : R) : gexp2I u w c = u * w / (u * w - c ^+ 2) := erefl.
Let expI_tsD : expI_ts S w1 = gexp2I (var_t S w1) (var_s S) (cov_ts S w1) := erefl.
Let expI_syD : expI_sy S = var_y S / residual_variance S := erefl.
Let scale_squaredD : scale_squared S w1 = var_t S w1 / var_y S := erefl.
Let betaD : beta S w1 = residual_covariance S w1 / residual_variance S := erefl.
Let olsD : ols S = invmx A11 *m A13 := erefl.
(* The risk R(lambda) for n rows, R0, and what window and gain are made of. *)
Let kfacD : kfac R p2 n = p2%:R / (n - p2 - 1)%:R := erefl.
Let riskD l : risk S w1 n l = residual_variance S + (l ^+ 2 * mismatch S w1 + kfac R p2 n
  * (residual_variance S + 2%:R * l * residual_covariance S w1
     + l ^+ 2 * teacher_residual_variance S w1)) / (1 + l) ^+ 2 := erefl.
Let baseline_riskD : baseline_risk S n = residual_variance S * (1 + kfac R p2 n) := erefl.
Let window_divisorD : window_divisor S w1 n =
  mismatch S w1 + kfac R p2 n * (teacher_residual_variance S w1 - residual_variance S) := erefl.
Let parabola_curvatureD : parabola_curvature S w1 n =
  mismatch S w1 + kfac R p2 n * difference_variance S w1 := erefl.
Let helps_smallD (f : R -> R) r :
  helps_small f r = exists2 eps, 0 < eps & forall l, 0 < l < eps -> f l < r := erefl.
Let helps_someD (f : R -> R) r : helps_some f r = exists2 l, 0 < l & f l < r := erefl.

(* q labels: blocks M11 ... M33, the j-th output alone, and traces. *)
Variables (q : nat) (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)).
Let qposdefD : qposdef Q <-> [/\ (M11 Q)^T = M11 Q, (M22 Q)^T = M22 Q, (M33 Q)^T = M33 Q &
  forall a b z, [|| a != 0, b != 0 | z != 0] -> 0 < bil a (M11 Q) a + bil b (M22 Q) b
    + bil z (M33 Q) z + 2%:R * bil a (M12 Q) b + 2%:R * bil a (M13 Q) z + 2%:R * bil b (M23 Q) z].
Proof. by split=> [[]|[]]. Qed.
Let outD j : out Q j =
  Cov (M11 Q) (M12 Q) (col j (M13 Q)) (M22 Q) (col j (M23 Q)) (M33 Q j j) := erefl.
Let qwstarD : qwstar Q = invmx (M22 Q) *m M23 Q := erefl.
Let tr_residual_varianceD :
  tr_residual_variance Q = \tr (M33 Q - (M23 Q)^T *m invmx (M22 Q) *m M23 Q) := erefl.
Let tr_residual_covarianceD : tr_residual_covariance Q W1 =
  \tr (W1^T *m (M13 Q - M12 Q *m invmx (M22 Q) *m M23 Q)) := erefl.
(* By [qriskE] in Outputs.v the risk with traces is the sum of the risks of the outputs. *)
Let qriskD l : qrisk Q W1 n l = tr_residual_variance Q + (l ^+ 2 * tr_mismatch Q W1 + kfac R p2 n
  * (tr_residual_variance Q + 2%:R * l * tr_residual_covariance Q W1
     + l ^+ 2 * tr_teacher_residual_variance Q W1)) / (1 + l) ^+ 2 := erefl.
(* Informations of vectors: det A det D over the determinant of all. *)
Let gexp2ImxD (A : 'M[R]_p1) (D : 'M[R]_p2) B :
  gexp2Imx A D B = \det A * \det D / \det (block_mx A B B^T D) := erefl.

End Words.

Module Claim.
Section Claims.

Variable R : realFieldType.

(** Σ is positive definite, w1 and wstar are not 0, and n >= p2 + 2. *)
Definition standing p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat) : Prop :=
  [/\ posdef S, w1 != 0, wstar S != 0 & (p2 + 2 <= n)%N].
(** I(t; s) > I(s; y). *)
Definition informed p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) : Prop :=
  expI_sy S < expI_ts S w1.
Definition helps p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat) : Prop :=
  helps_small (risk S w1 n) (baseline_risk S n).

(** Some weight helps iff all small ones do iff c < var(y | x2). *)
Definition sharp : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n ->
  (helps_some (risk S w1 n) (baseline_risk S n) <-> helps S w1 n)
  /\ (helps S w1 n <-> residual_covariance S w1 < residual_variance S).

(** Theorem 1: I(t; s) > I(s; y) and var(t) <= var(y). *)
Definition theorem1_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  [/\ standing S w1 n, informed S w1 & var_t S w1 <= var_y S].
Definition theorem1 : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  theorem1_supposes S w1 n -> residual_covariance S w1 < residual_variance S /\ helps S w1 n.

(** I(t; s) - I(s; y) > ln a; and, always, the rate: -R'(0) = 2 k var(y | x2) (1 - beta)
    with beta |beta| <= a^2 e^{-2 (I(t; s) - I(s; y))}. *)
Definition calibrated_supposes p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n : Prop :=
  standing S w1 n /\ scale_squared S w1 < expI_ts S w1 / expI_sy S.
Definition calibrated : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  (calibrated_supposes S w1 n -> residual_covariance S w1 < residual_variance S /\ helps S w1 n) /\
  (standing S w1 n ->
     beta S w1 * `|beta S w1| <= scale_squared S w1 * (expI_sy S / expI_ts S w1) /\
     forall eps, 0 < eps -> exists2 delta, 0 < delta & forall l, l != 0 -> `|l| < delta ->
       `|(risk S w1 n l - baseline_risk S n) / l
         + 2%:R * kfac R p2 n * residual_variance S * (1 - beta S w1)| < eps).

(** No larger bound will do: T, W, g, y are var(t), var(s), cov(t, s), var(y). *)
Definition tight_supposes (p1 p2 : nat) (T W g y : R) : Prop :=
  [/\ (0 < p1)%N, (0 < p2)%N, 0 < W < y, g ^+ 2 < T * W
    & gexp2I T W g / (y / (y - W)) < T / y].
Definition tight : Prop := forall p1 p2 T W g y, tight_supposes p1 p2 T W g y ->
  exists S : cov R p1 p2, exists w1 : 'cV[R]_p1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ var_t S w1 = T, var_s S = W, cov_ts S w1 = g & var_y S = y]
      & [/\ expI_ts S w1 = gexp2I T W g, expI_sy S = y / (y - W),
            scale_squared S w1 = T / y & residual_variance S < residual_covariance S w1]].

(** The least-squares teacher: var(t) <= var(y), so that Theorem 1 applies to it. *)
Definition ols_teacher_supposes p1 p2 (S : cov R p1 p2) n : Prop :=
  standing S (ols S) n.
Definition ols_teacher : Prop := forall p1 p2 (S : cov R p1 p2) n,
  ols_teacher_supposes S n ->
  var_t S (ols S) <= var_y S /\ (informed S (ols S) -> helps S (ols S) n).

(** The weights that help: none if c >= var(y | x2), else those below
    2 k (var(y | x2) - c) / D if D > 0, else all. *)
Definition window : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> forall l, 0 < l ->
  risk S w1 n l < baseline_risk S n <->
  residual_covariance S w1 < residual_variance S /\
  (0 < window_divisor S w1 n ->
   l < 2%:R * kfac R p2 n * (residual_variance S - residual_covariance S w1) / window_divisor S w1 n).

(** In alpha = lambda / (1 + lambda) the risk is a convex parabola [f] with the vertex [best];
    0 is best if c >= var(y | x2); the larger the better if best >= 1; else lambda*. *)
Definition gain : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n ->
  let k := kfac R p2 n in let open := residual_variance S - residual_covariance S w1 in
  let A := parabola_curvature S w1 n in
  let f al := baseline_risk S n - 2%:R * k * al * open + al ^+ 2 * A in
  let best := k * open / A in
  let lambda := k * open / (mismatch S w1 + k * (teacher_residual_variance S w1 - residual_covariance S
    w1)) in
  [/\ 0 < A /\ forall l, 0 <= l -> risk S w1 n l = f (l / (1 + l)),
      forall x y th, 0 < th < 1 -> x != y ->
        f (th * x + (1 - th) * y) < th * f x + (1 - th) * f y,
      open <= 0 -> forall l, 0 < l -> risk S w1 n 0 < risk S w1 n l,
      1 <= best -> forall l l', 0 <= l -> l < l' -> risk S w1 n l' < risk S w1 n l
    & 0 < best < 1 ->
        [/\ 0 < lambda, lambda / (1 + lambda) = best,
            baseline_risk S n - risk S w1 n lambda = (k * open) ^+ 2 / A
          & forall l, 0 <= l -> l != lambda -> risk S w1 n lambda < risk S w1 n l]].

(** The calibrated criterion, label by label. *)
Definition coordinatewise_supposes p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n : Prop :=
  [/\ qposdef Q, (0 < q)%N, (p2 + 2 <= n)%N &
   forall j, [/\ col j W1 != 0, wstar (out Q j) != 0
     & scale_squared (out Q j) (col j W1) < expI_ts (out Q j) (col j W1) / expI_sy (out Q j)]].
Definition coordinatewise : Prop :=
  forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n,
  coordinatewise_supposes Q W1 n ->
  tr_residual_covariance Q W1 < tr_residual_variance Q /\ helps_small (qrisk Q W1 n) (qbaseline_risk Q n).

(** FALSE. Theorem 1 without a bound on the teacher's scale. *)
Definition unbounded : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> informed S w1 -> helps S w1 n.

(** FALSE. Theorem 1 with alignment, cov(t, s) > 0, in place of the bound. *)
Definition aligned : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> informed S w1 -> 0 < cov_ts S w1 -> helps S w1 n.

(** FALSE. The "only if" of the CCH. *)
Definition converse : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  standing S w1 n -> helps S w1 n -> informed S w1.

(** FALSE. Theorem 1 at a given lambda in place of all small ones. *)
Definition fixed_lambda : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n l,
  standing S w1 n -> 0 < l -> informed S w1 -> var_t S w1 <= var_y S ->
  risk S w1 n l < baseline_risk S n.

(** FALSE. Theorem 1 for vectors: cov(y) - cov(t) is positive semidefinite. *)
Definition vector_label : Prop :=
  forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n,
  qposdef Q -> (1 < q)%N -> \rank W1 = q -> \rank (qwstar Q) = q -> (p2 + 2 <= n)%N ->
  expI_syq Q < expI_tsq Q W1 -> (forall z, 0 <= bil z (M33 Q - cov_tq Q W1) z) ->
  helps_small (qrisk Q W1 n) (qbaseline_risk Q n).

(** FALSE. The CCH on the modalities themselves, with the least-squares teacher. *)
Definition raw_modality : Prop := forall p1 p2 (S : cov R p1 p2) n,
  standing S (ols S) n -> expI_x2y S < expI_x1x2 S -> helps S (ols S) n.

(** FALSE. Of two candidate modalities with their least-squares teachers the one with the
    larger I(t; s) has the smaller c: the larger gain -R'(0). *)
Definition teacher_ranking : Prop := forall p1 p1' p2 (S : cov R (p1 + p1') p2),
  posdef S -> wstar S != 0 ->
  let A := first S in let B := second S in
  ols A != 0 -> ols B != 0 ->
  (expI_ts B (ols B) < expI_ts A (ols A) -> residual_covariance A (ols A) < residual_covariance B (ols
    B)) /\
  (expI_ts A (ols A) < expI_ts B (ols B) -> residual_covariance B (ols B) < residual_covariance A (ols A)).

End Claims.
End Claim.

Module Fact.
Section Facts.

Variable R : realFieldType.

(** The student (X^T X)^-1 X^T (y + lambda t) / (1 + lambda) is the one minimiser, for every
    design X of full column rank. *)
Definition student_min : Prop :=
  forall n p (X : 'M[R]_(n, p)) (y t : 'cV[R]_n) (l : R) (w : 'cV[R]_p),
  \rank X = p -> 0 <= l ->
  let cost w := dot (y - X *m w) (y - X *m w) + l * dot (X *m w - t) (X *m w - t) in
  let best := invmx (X^T *m X) *m X^T *m ((1 + l)^-1 *: (y + l *: t)) in
  w != best -> cost best < cost w.

(** Its mean squared error on a fresh row, var(y - w^T x2), for labels X wstar + e and
    predictions X v + h. By [residuals] of Student.v the residuals e and h are uncorrelated
    with x2 and have the moments that Imported.v asks for: var(y | x2), c, var(t | x2). *)
Definition trained p1 p2 n (S : cov R p1 p2) w1 (X : 'M[R]_(n, p2)) e h (l : R) : 'cV[R]_p2 :=
  invmx (X^T *m X) *m X^T *m
    ((1 + l)^-1 *: (X *m wstar S + e + l *: (X *m proj S w1 + h))).

(** The mean over the noise, for a given design. *)
Definition fixed_design : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    (X : 'M[R]_(n, p2)) (l : R) N (E : expectation R N) (e h : N -> 'cV[R]_n),
  posdef S -> \rank X = p2 -> 0 <= l -> residual_moments E e h S w1 ->
  mean_is E (fun x => form S 0 (- trained S w1 X (e x) (h x) l) 1)
    (residual_variance S + (l / (1 + l)) ^+ 2 * mismatch S w1
     + \tr (S22 S *m invmx (X^T *m X))
       * (residual_variance S + 2%:R * l * residual_covariance S w1
          + l ^+ 2 * teacher_residual_variance S w1) / (1 + l) ^+ 2).

(** The mean over designs too is [risk]. E tr (S22 (X^T X)^-1) = k, from the mean of an inverse
    Wishart matrix, is a hypothesis that Imported.v gives the reference of. *)
Definition risk_supposes p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2))
    N (En : expectation R N) (e h : N -> 'cV[R]_n) : Prop :=
  [/\ posdef S, forall d, \rank (X d) = p2,
      inverse_wishart_mean Ed X (S22 S) & residual_moments En e h S w1].
Definition risk_expected : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2))
    N (En : expectation R N) (e h : N -> 'cV[R]_n) (l : R),
  risk_supposes S w1 Ed X En e h -> 0 <= l ->
  mean_is Ed (fun d => mean En (fun x => form S 0 (- trained S w1 (X d) (e x) (h x) l) 1))
    (risk S w1 n l).

(** For q labels: sharp, window and the best weight with traces. *)
Definition labels p1 p2 q (Q : qcov R p1 p2 q) (n : nat) : Prop :=
  [/\ qposdef Q, (0 < q)%N, (0 < p2)%N & (p2 + 2 <= n)%N].
Definition sharp_traces : Prop :=
  forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n, labels Q n ->
  (helps_some (qrisk Q W1 n) (qbaseline_risk Q n) <-> helps_small (qrisk Q W1 n) (qbaseline_risk Q n))
  /\ (helps_small (qrisk Q W1 n) (qbaseline_risk Q n)
      <-> tr_residual_covariance Q W1 < tr_residual_variance Q).
Definition window_traces : Prop :=
  forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n l, labels Q n -> 0 < l ->
  (qrisk Q W1 n l < qbaseline_risk Q n)
  = (l * qwindow_divisor Q W1 n
     < 2%:R * kfac R p2 n * (tr_residual_variance Q - tr_residual_covariance Q W1)).
Definition gain_traces : Prop :=
  forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n, labels Q n ->
  0 < qalpha_best Q W1 n < 1 ->
  qbaseline_risk Q n - qrisk Q W1 n (qlambda_best Q W1 n)
    = (kfac R p2 n * (tr_residual_variance Q - tr_residual_covariance Q W1)) ^+ 2 / qparabola_curvature
      Q W1 n /\
  forall l, 0 <= l -> l != qlambda_best Q W1 n ->
    qrisk Q W1 n (qlambda_best Q W1 n) < qrisk Q W1 n l.

End Facts.
End Fact.

Module Nats.
Section RealNumbers.

Variable R : realType.

Let infoD (u w c : R) : info u w c = 2%:R^-1 * ln (gexp2I u w c) := erefl.
Let I_tsD p1 p2 (S : cov R p1 p2) w1 :
  I_ts S w1 = info (var_t S w1) (var_s S) (cov_ts S w1) := erefl.
Let I_syD p1 p2 (S : cov R p1 p2) : I_sy S = info (var_s S) (var_y S) (cov_sy S) := erefl.
Let scaleD p1 p2 (S : cov R p1 p2) w1 : scale S w1 = Num.sqrt (var_t S w1 / var_y S) := erefl.
Let rate p1 p2 (S : cov R p1 p2) w1 : R := scale S w1 * expR (- (I_ts S w1 - I_sy S)).

Definition theorem1 : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  Claim.standing S w1 n -> I_sy S < I_ts S w1 -> var_t S w1 <= var_y S -> Claim.helps S w1 n.
Definition calibrated : Prop := forall p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) n,
  Claim.standing S w1 n ->
  (ln (scale S w1) < I_ts S w1 - I_sy S -> residual_covariance S w1 < residual_variance S /\
    Claim.helps S w1 n) /\
  2%:R * kfac R p2 n * residual_variance S * (1 - rate S w1)
    <= - (2%:R * kfac R p2 n * (residual_covariance S w1 - residual_variance S)).
Definition tight : Prop := forall (p1 p2 : nat) (I1 I2 a : R),
  (0 < p1)%N -> (0 < p2)%N -> 0 <= I1 -> 0 < I2 -> 0 < a -> 1 < a * expR (- (I1 - I2)) ->
  exists S : cov R p1 p2, exists w1 : 'cV[R]_p1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ I_ts S w1 = I1, I_sy S = I2 & scale S w1 = a] & residual_variance S < residual_covariance S w1].
Definition coordinatewise : Prop := forall p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n,
  qposdef Q -> (0 < q)%N -> (p2 + 2 <= n)%N ->
  (forall j, [/\ col j W1 != 0, wstar (out Q j) != 0
    & ln (scale (out Q j) (col j W1)) < I_ts (out Q j) (col j W1) - I_sy (out Q j)]) ->
  tr_residual_covariance Q W1 < tr_residual_variance Q /\ helps_small (qrisk Q W1 n) (qbaseline_risk Q n).

End RealNumbers.
End Nats.

Module Satisfiable.
Section Every.

Variable R : realFieldType.

Definition standing : Prop := exists p1 p2 (S : cov R p1 p2) w1 n, Claim.standing S w1 n.
Definition theorem1 : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.theorem1_supposes S w1 n.
Definition calibrated : Prop :=
  exists p1 p2 (S : cov R p1 p2) w1 n, Claim.calibrated_supposes S w1 n.
Definition tight : Prop := exists p1 p2 (T W g y : R), Claim.tight_supposes p1 p2 T W g y.
Definition ols_teacher : Prop := exists p1 p2 (S : cov R p1 p2) n,
  Claim.ols_teacher_supposes S n /\ Claim.informed S (ols S).
(* A window that is empty, one with an end, and one without. *)
Definition window : Prop :=
  [/\ exists p1 p2 (S : cov R p1 p2) w1 n,
        Claim.standing S w1 n /\ residual_variance S <= residual_covariance S w1,
      exists p1 p2 (S : cov R p1 p2) w1 n,
        [/\ Claim.standing S w1 n, residual_covariance S w1 < residual_variance S & 0 < window_divisor
          S w1 n]
    & exists p1 p2 (S : cov R p1 p2) w1 n,
        [/\ Claim.standing S w1 n, residual_covariance S w1 < residual_variance S & window_divisor S w1
          n <= 0]].
(* The best weight is 0 as for the empty window, it is inside, or there is none. *)
Definition gain : Prop :=
  (exists p1 p2 (S : cov R p1 p2) w1 n, Claim.standing S w1 n /\ 0 < alpha_best S w1 n < 1) /\
  (exists p1 p2 (S : cov R p1 p2) w1 n, Claim.standing S w1 n /\ 1 <= alpha_best S w1 n).
Definition coordinatewise : Prop := exists p1 p2 q (Q : qcov R p1 p2 q) W1 n,
  (1 < q)%N /\ Claim.coordinatewise_supposes Q W1 n.

(* A design of full column rank; and for every model with n >= p2 + 2, noise and designs (finitely
   many, with weights) that have the moments, [k] among them. *)
Definition student_min : Prop := forall p n, (p <= n)%N -> exists X : 'M[R]_(n, p), \rank X = p.
Definition risk_expected : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1),
  posdef S -> (0 < p2)%N -> (p2 + 2 <= n)%N ->
  exists D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) N (En : expectation R N) e h,
    Fact.risk_supposes S w1 Ed X En e h.
Definition labels : Prop := exists p1 p2 q (Q : qcov R p1 p2 q) W1 n,
  [/\ (1 < q)%N, Fact.labels Q n & 0 < qalpha_best Q W1 n < 1].

End Every.

Section RealNumbers.

Variable R : realType.

Definition theorem1_nats : Prop := exists p1 p2 (S : cov R p1 p2) w1 n,
  [/\ Claim.standing S w1 n, I_sy S < I_ts S w1 & var_t S w1 <= var_y S].
Definition calibrated_nats : Prop := exists p1 p2 (S : cov R p1 p2) w1 n,
  Claim.standing S w1 n /\ ln (scale S w1) < I_ts S w1 - I_sy S.
Definition tight_nats : Prop := exists I1 I2 a : R,
  [/\ 0 <= I1, 0 < I2, 0 < a & 1 < a * expR (- (I1 - I2))].
Definition coordinatewise_nats : Prop := exists p1 p2 q (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)) n,
  [/\ qposdef Q, (1 < q)%N, (p2 + 2 <= n)%N & forall j,
    [/\ col j W1 != 0, wstar (out Q j) != 0
      & ln (scale (out Q j) (col j W1)) < I_ts (out Q j) (col j W1) - I_sy (out Q j)]].

End RealNumbers.
End Satisfiable.
