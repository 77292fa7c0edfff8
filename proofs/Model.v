(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The Gaussian model of distillation with one label, and its basic facts.

    Everything starts from a covariance matrix of (x1, x2, y) in blocks and from
    a fixed teacher [w1]; no inequality between the derived numbers is assumed.

    - [cov R p1 p2]    the blocks of the covariance matrix: x1 has p1
                       coordinates, x2 has p2, the label y is a number
    - [bil a M b]      the number a^T M b;  [dot a b] the number a^T b
    - [form S a b z]   the variance of a^T x1 + b^T x2 + z y
    - [posdef S]       the diagonal blocks are symmetric and the variance of
                       every combination that is not identically 0 is positive
    - [wstar S]        S22^-1 S23: the best student, s = wstar^T x2 = E[y | x2]
    - [proj S w1]      v = S22^-1 S12^T w1: E[t | x2] = v^T x2, t = w1^T x1
    - [residual_variance S]  var(y | x2): what x2 leaves open of the label
    - [teacher_residual_variance S w1]  var(t | x2): what x2 leaves open of the teacher
    - [residual_covariance S w1]  c = cov(t, y | x2)
    - [mismatch S w1]  B: the mean square of (v - wstar)^T x2
    - [difference_variance S w1]  V = var(t - y | x2)
    - [var_t], [var_y], [var_s], [cov_ts], [cov_sy]  (co)variances of t, y, s
    - [gexp2I u w c]   e^{2I} of two jointly Gaussian numbers with variances u
                       and w and covariance c: u w / (u w - c^2)
    - [expI_ts S w1]   e^{2 I(t; s)};  [expI_sy S] e^{2 I(s; y)}; the second
                       is written var_y / var(y | x2), and [expI_syE] shows that
                       it is the formula above
    - [kfac R p2 n]    k = p2 / (n - p2 - 1): the price of learning p2 weights
                       from n rows; used for n >= p2 + 2 only
    - [risk], [baseline_risk]  the expected squared error of the distilled student at
                       the weight lambda, and at lambda = 0
    - [window_divisor] D = B + k (var(t | x2) - var(y | x2)) *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Bilinear.

Variable R : realFieldType.

Definition bil m n (a : 'cV[R]_m) (M : 'M[R]_(m, n)) (b : 'cV[R]_n) : R :=
  (a^T *m M *m b) 0 0.
Definition dot m (a b : 'cV[R]_m) : R := (a^T *m b) 0 0.

Lemma dotC m (a b : 'cV[R]_m) : dot a b = dot b a.
Proof.
by rewrite /dot -[in RHS](trmxK a) -trmx_mul [RHS]mxE.
Qed.

Lemma bil_dot m n (a : 'cV[R]_m) (M : 'M[R]_(m, n)) b : bil a M b = dot a (M *m b).
Proof. by rewrite /bil /dot mulmxA. Qed.

Lemma dotDr m (a b c : 'cV[R]_m) : dot a (b + c) = dot a b + dot a c.
Proof. by rewrite /dot mulmxDr mxE. Qed.

Lemma dotZr m x (a b : 'cV[R]_m) : dot a (x *: b) = x * dot a b.
Proof. by rewrite /dot -scalemxAr mxE. Qed.

Lemma dotBr m (a b c : 'cV[R]_m) : dot a (b - c) = dot a b - dot a c.
Proof. by rewrite -scaleN1r dotDr dotZr mulN1r. Qed.

Lemma dotDl m (a b c : 'cV[R]_m) : dot (a + b) c = dot a c + dot b c.
Proof. by rewrite dotC dotDr !(dotC c). Qed.

Lemma dotZl m x (a b : 'cV[R]_m) : dot (x *: a) b = x * dot a b.
Proof. by rewrite dotC dotZr dotC. Qed.

Lemma dot0l m (a : 'cV[R]_m) : dot 0 a = 0.
Proof. by rewrite -(scale0r a) dotZl mul0r. Qed.

Lemma dot0r m (a : 'cV[R]_m) : dot a 0 = 0.
Proof. by rewrite dotC dot0l. Qed.

Lemma dot_mull m n (a : 'cV[R]_m) (M : 'M[R]_(n, m)) b :
  dot (M *m a) b = dot a (M^T *m b).
Proof. by rewrite /dot trmx_mul mulmxA. Qed.

Lemma dot11 (a b : R) : dot (a%:M : 'cV[R]_1) b%:M = a * b.
Proof. by rewrite /dot tr_scalar_mx -scalar_mxM mxE mulr1n. Qed.

Lemma bil11 (a M b : R) : bil (a%:M : 'cV_1) (M%:M : 'M_1) b%:M = a * (M * b).
Proof. by rewrite bil_dot -scalar_mxM dot11. Qed.

Lemma dot_ge0 m (a : 'cV[R]_m) : 0 <= dot a a.
Proof. by rewrite /dot mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0. Qed.

Lemma dot_gt0 m (a : 'cV[R]_m) : a != 0 -> 0 < dot a a.
Proof.
move=> a0; rewrite lt_neqAle dot_ge0 andbT eq_sym; apply: contra a0.
rewrite /dot mxE psumr_eq0 => [/allP H|i _]; last by rewrite mxE -expr2 sqr_ge0.
apply/eqP/colP => i; have := H i (mem_index_enum i).
by rewrite !mxE -expr2 sqrf_eq0 => /eqP.
Qed.

Lemma dotNr m (a b : 'cV[R]_m) : dot a (- b) = - dot a b.
Proof. by rewrite -scaleN1r dotZr mulN1r. Qed.

Lemma dotNl m (a b : 'cV[R]_m) : dot (- a) b = - dot a b.
Proof. by rewrite dotC dotNr dotC. Qed.

Lemma dot_col m n (x z : 'cV[R]_m) (y u : 'cV[R]_n) :
  dot (col_mx x y) (col_mx z u) = dot x z + dot y u.
Proof. by rewrite /dot tr_col_mx mul_row_col mxE. Qed.

Lemma bil_tr m n (a : 'cV[R]_m) (M : 'M[R]_(m, n)) b : bil b M^T a = bil a M b.
Proof. by rewrite !bil_dot dotC dot_mull trmxK. Qed.

(* A square matrix with a positive form is invertible. *)
Lemma form_unitmx m (M : 'M[R]_m) :
  (forall b, b != 0 -> 0 < bil b M b) -> M \in unitmx.
Proof.
move=> pM; rewrite unitmxE unitfE; apply/negP => /det0P[u u0 uM].
have := pM u^T; rewrite /bil trmxK uM mul0mx mxE ltxx => H.
by apply/notF/H; apply: contra u0 => /eqP/(congr1 trmx); rewrite trmxK trmx0 => ->.
Qed.

End Bilinear.

Section Model.

Variables (R : realFieldType) (p1 p2 : nat).

Record cov := Cov {
  S11 : 'M[R]_p1; S12 : 'M[R]_(p1, p2); S13 : 'cV[R]_p1;
  S22 : 'M[R]_p2; S23 : 'cV[R]_p2; S33 : R }.

Implicit Type S : cov.

Definition form S (a : 'cV[R]_p1) (b : 'cV[R]_p2) (z : R) : R :=
  bil a (S11 S) a + bil b (S22 S) b + z ^+ 2 * S33 S
  + 2%:R * bil a (S12 S) b + 2%:R * z * dot a (S13 S) + 2%:R * z * dot b (S23 S).

Record posdef S : Prop := PosDef {
  sym11 : (S11 S)^T = S11 S;
  sym22 : (S22 S)^T = S22 S;
  form_pos : forall a b z,
    [|| a != 0, b != 0 | z != 0] -> 0 < form S a b z }.

Definition wstar S : 'cV[R]_p2 := invmx (S22 S) *m S23 S.
Definition proj S (w1 : 'cV[R]_p1) : 'cV[R]_p2 :=
  invmx (S22 S) *m (S12 S)^T *m w1.
Definition residual_variance S : R := S33 S - bil (S23 S) (invmx (S22 S)) (S23 S).
Definition teacher_residual_variance S (w1 : 'cV[R]_p1) : R :=
  bil w1 (S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T) w1.
Definition residual_covariance S (w1 : 'cV[R]_p1) : R :=
  dot w1 (S13 S - S12 S *m invmx (S22 S) *m S23 S).
Definition mismatch S (w1 : 'cV[R]_p1) : R :=
  bil (proj S w1 - wstar S) (S22 S) (proj S w1 - wstar S).
Definition difference_variance S w1 : R := residual_variance S + teacher_residual_variance S w1 - 2%:R
  * residual_covariance S w1.

Definition var_t S (w1 : 'cV[R]_p1) : R := bil w1 (S11 S) w1.
Definition var_y S : R := S33 S.
Definition var_s S : R := bil (wstar S) (S22 S) (wstar S).
Definition cov_ts S (w1 : 'cV[R]_p1) : R := bil w1 (S12 S) (wstar S).
Definition cov_sy S : R := dot (wstar S) (S23 S).

Definition gexp2I (u w c : R) : R := u * w / (u * w - c ^+ 2).
Definition expI_ts S w1 : R := gexp2I (var_t S w1) (var_s S) (cov_ts S w1).
Definition expI_sy S : R := var_y S / residual_variance S.

Definition kfac (n : nat) : R := p2%:R / (n - p2 - 1)%:R.

Definition risk S w1 (n : nat) (l : R) : R :=
  residual_variance S
  + (l ^+ 2 * mismatch S w1
     + kfac n * (residual_variance S + 2%:R * l * residual_covariance S w1 + l ^+ 2 *
       teacher_residual_variance S w1))
    / (1 + l) ^+ 2.
Definition baseline_risk S (n : nat) : R := residual_variance S * (1 + kfac n).
Definition window_divisor S w1 (n : nat) : R :=
  mismatch S w1 + kfac n * (teacher_residual_variance S w1 - residual_variance S).

Lemma kfac_gt0 n : (0 < p2)%N -> (p2 + 2 <= n)%N -> 0 < kfac n.
Proof.
move=> hp hn; rewrite divr_gt0 ?ltr0n // -subnDA subn_gt0.
by apply: leq_trans hn; rewrite addn1 addn2.
Qed.

(* At lambda = 0 the risk is baseline_risk. *)
Lemma risk_at0 S w1 n : risk S w1 n 0 = baseline_risk S n.
Proof. by rewrite /risk /baseline_risk; field. Qed.

Section Facts.

Variables (S : cov) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.

Local Notation v := (proj S w1).
Local Notation ws := (wstar S).

Lemma S22_unit : S22 S \in unitmx.
Proof.
apply: form_unitmx => b b0.
have := form_pos pS (a := 0) (b := b) (z := 0); rewrite b0 orbT => /(_ isT).
by rewrite /form !bil_dot !dot0l expr0n !mulr0 !mul0r !addr0 add0r.
Qed.

Lemma S11_unit : S11 S \in unitmx.
Proof.
apply: form_unitmx => a a0.
have := form_pos pS (a := a) (b := 0) (z := 0); rewrite a0 => /(_ isT).
rewrite /form !bil_dot !mulmx0 !dot0l !dot0r expr0n /=.
by rewrite !mulr0 !mul0r !addr0.
Qed.

Lemma S22_wstar : S22 S *m ws = S23 S.
Proof. by rewrite /wstar mulKVmx ?S22_unit. Qed.

Lemma S22_proj : S22 S *m v = (S12 S)^T *m w1.
Proof. by rewrite /proj -mulmxA mulKVmx ?S22_unit. Qed.

(* The inner product of two directions of x2. *)
Definition inner (a b : 'cV[R]_p2) : R := bil a (S22 S) b.

Lemma innerC a b : inner a b = inner b a.
Proof. by rewrite /inner !bil_dot dotC dot_mull (sym22 pS). Qed.

Lemma bil12 b : bil w1 (S12 S) b = inner v b.
Proof. by rewrite innerC /inner !bil_dot S22_proj dotC dot_mull. Qed.

Lemma dot23 b : dot b (S23 S) = inner b ws.
Proof. by rewrite /inner bil_dot S22_wstar. Qed.

Definition gvv := inner v v.
Definition gvw := inner v ws.
Definition gww := inner ws ws.
Definition cov_ty := dot w1 (S13 S).

(* ring, with the numbers of the model taken as unknowns. *)
Local Ltac gring :=
  generalize gvv gvw gww cov_ty (var_t S w1) (S33 S) (residual_variance S)
    (teacher_residual_variance S w1) (residual_covariance S w1); intros; ring.

Lemma var_sE : var_s S = gww. Proof. by []. Qed.
Lemma cov_tsE : cov_ts S w1 = gvw. Proof. exact: bil12. Qed.
Lemma cov_syE : cov_sy S = gww. Proof. exact: dot23. Qed.

Lemma residual_varianceE : residual_variance S = S33 S - gww.
Proof.
by rewrite /residual_variance bil_dot -/(wstar S) dotC dot23.
Qed.

Lemma teacher_residual_varianceE : teacher_residual_variance S w1 = var_t S w1 - gvv.
Proof.
rewrite /teacher_residual_variance /var_t !bil_dot mulmxBl dotBr; congr (_ - _).
by rewrite -!mulmxA [invmx _ *m (_ *m _)]mulmxA -/(proj S w1) -bil_dot bil12.
Qed.

Lemma residual_covarianceE : residual_covariance S w1 = cov_ty - gvw.
Proof.
by rewrite /residual_covariance dotBr -mulmxA -/(wstar S) -bil_dot bil12.
Qed.

Lemma inner_lin x y x' y' :
  inner (x *: v + y *: ws) (x' *: v + y' *: ws)
  = x * x' * gvv + (x * y' + x' * y) * gvw + y * y' * gww.
Proof.
have E : inner ws v = gvw by rewrite innerC.
move: E; rewrite /gvv /gvw /gww /inner !bil_dot => E.
rewrite mulmxDr -!scalemxAr !(dotDl, dotDr, dotZl, dotZr) E.
move: (dot v _) (dot v _) (dot ws _) => e f g; ring.
Qed.

Lemma mismatchE : mismatch S w1 = gvv - 2%:R * gvw + gww.
Proof.
rewrite /mismatch -[v - ws]/(v + - ws) -(scale1r v) -scaleN1r.
rewrite -/(inner _ _) inner_lin; gring.
Qed.

(* The variance of al t + (x v + y wstar)^T x2 + be y. *)
Lemma form_lin al x y be :
  form S (al *: w1) (x *: v + y *: ws) be
  = al ^+ 2 * var_t S w1 + (x ^+ 2 * gvv + 2%:R * x * y * gvw + y ^+ 2 * gww)
    + be ^+ 2 * S33 S + 2%:R * al * (x * gvv + y * gvw)
    + 2%:R * al * be * cov_ty + 2%:R * be * (x * gvw + y * gww).
Proof.
rewrite /form dot23 -/(inner _ _) inner_lin.
have -> : bil (al *: w1) (S12 S) (x *: v + y *: ws)
          = al * (x * gvv + y * gvw).
  rewrite bil_dot dotZl -bil_dot bil12.
  rewrite -[v in inner v _]addr0 -[X in inner (X + _)](scale1r v) -(scale0r ws).
  rewrite inner_lin; gring.
have -> : inner (x *: v + y *: ws) ws = x * gvw + y * gww.
  rewrite -[X in inner _ X]add0r -[X in inner _ (_ + X)](scale1r ws).
  rewrite -(scale0r v) inner_lin; gring.
have -> : bil (al *: w1) (S11 S) (al *: w1) = al ^+ 2 * var_t S w1.
  by rewrite /var_t !bil_dot -scalemxAr dotZl dotZr mulrA.
rewrite dotZl -/cov_ty; gring.
Qed.

Lemma form_ge0 a b z : 0 <= form S a b z.
Proof.
case E : [|| a != 0, b != 0 | z != 0]; first exact/ltW/form_pos.
move: E => /norP[/negPn/eqP-> /norP[/negPn/eqP-> /negPn/eqP->]].
rewrite /form !bil_dot !mulmx0 !dot0l expr0n /=.
by rewrite !mulr0 !mul0r !addr0.
Qed.

(* var(al t + be y | x2): take off the best prediction from x2. *)
Lemma resid_form al be :
  form S (al *: w1) (- al *: v + - be *: ws) be
  = al ^+ 2 * teacher_residual_variance S w1 + 2%:R * al * be * residual_covariance S w1
    + be ^+ 2 * residual_variance S.
Proof. rewrite form_lin teacher_residual_varianceE residual_covarianceE residual_varianceE; gring. Qed.

Lemma resid_ge0 al be :
  0 <= al ^+ 2 * teacher_residual_variance S w1 + 2%:R * al * be * residual_covariance S w1
       + be ^+ 2 * residual_variance S.
Proof. by rewrite -resid_form form_ge0. Qed.

Lemma resid_gt0 al be : (al *: w1 != 0) || (be != 0) ->
  0 < al ^+ 2 * teacher_residual_variance S w1 + 2%:R * al * be * residual_covariance S w1
      + be ^+ 2 * residual_variance S.
Proof.
move=> H; rewrite -resid_form (form_pos pS) //.
by case/orP: H => ->; rewrite ?orbT.
Qed.

Lemma residual_variance_gt0 : 0 < residual_variance S.
Proof.
have := @resid_gt0 0 1; rewrite oner_neq0 orbT => /(_ isT).
by rewrite expr0n mulr0 !mul0r !add0r expr1n mul1r.
Qed.

Lemma teacher_residual_variance_ge0 : 0 <= teacher_residual_variance S w1.
Proof.
have := resid_ge0 1 0.
by rewrite expr0n mulr0 !mul0r !addr0 expr1n mul1r.
Qed.

Lemma teacher_residual_variance_gt0 : w1 != 0 -> 0 < teacher_residual_variance S w1.
Proof.
move=> w0; have := @resid_gt0 1 0; rewrite scale1r w0 => /(_ isT).
by rewrite expr0n mulr0 !mul0r !addr0 expr1n mul1r.
Qed.

Lemma difference_variance_gt0 : 0 < difference_variance S w1.
Proof.
have := @resid_gt0 1 (-1); rewrite oppr_eq0 oner_neq0 orbT => /(_ isT).
suff <- : difference_variance S w1 = 1 ^+ 2 * teacher_residual_variance S w1 + 2%:R * 1 * -1 *
  residual_covariance S w1
      + (-1) ^+ 2 * residual_variance S by [].
rewrite /difference_variance; gring.
Qed.

Lemma inner_ge0 b : 0 <= inner b b.
Proof.
have := form_ge0 0 b 0.
by rewrite /form !bil_dot !dot0l expr0n /= !mulr0 !mul0r !addr0 add0r -bil_dot.
Qed.

Lemma inner_gt0 b : b != 0 -> 0 < inner b b.
Proof.
move=> b0; have := form_pos pS (a := 0) (b := b) (z := 0).
rewrite b0 orbT => /(_ isT).
by rewrite /form !bil_dot !dot0l expr0n /= !mulr0 !mul0r !addr0 add0r -bil_dot.
Qed.

Lemma mismatch_ge0 : 0 <= mismatch S w1.
Proof. exact: inner_ge0. Qed.

(* The residual form at al = residual_variance, be = - c. *)
Lemma resid_minor :
  residual_variance S ^+ 2 * teacher_residual_variance S w1
  + 2%:R * residual_variance S * - residual_covariance S w1 * residual_covariance S w1
  + (- residual_covariance S w1) ^+ 2 * residual_variance S
  = residual_variance S * (residual_variance S * teacher_residual_variance S w1 - residual_covariance S
    w1 ^+ 2).
Proof. by gring. Qed.

(* The Cauchy-Schwarz inequality for (eps, eta). *)
Lemma residual_covariance2_le : residual_covariance S w1 ^+ 2 <= residual_variance S *
  teacher_residual_variance S w1.
Proof.
have s0 := residual_variance_gt0.
have := resid_ge0 (residual_variance S) (- residual_covariance S w1).
by rewrite resid_minor pmulr_rge0 // subr_ge0.
Qed.

Lemma residual_covariance2_lt : w1 != 0 -> residual_covariance S w1 ^+ 2 < residual_variance S *
  teacher_residual_variance S w1.
Proof.
move=> w0; have s0 := residual_variance_gt0.
have := @resid_gt0 (residual_variance S) (- residual_covariance S w1).
rewrite scaler_eq0 negb_or w0 gt_eqF //= => /(_ isT).
by rewrite resid_minor pmulr_rgt0 // subr_gt0.
Qed.

(* The Cauchy-Schwarz inequality for v^T x2 and s. *)
Lemma gvw2_le : gvw ^+ 2 <= gvv * gww.
Proof.
have := inner_ge0 (gww *: v + - gvw *: ws); rewrite inner_lin.
have -> : gww * gww * gvv + (gww * - gvw + gww * - gvw) * gvw
  + - gvw * - gvw * gww = gww * (gvv * gww - gvw ^+ 2) by gring.
have [w0|w0] := eqVneq ws 0.
  by rewrite /gvw /gww /inner w0 !bil_dot !mulmx0 /dot mulmx0 mulmx0 mxE
             expr0n mulr0.
by rewrite pmulr_rge0 ?inner_gt0 // subr_ge0.
Qed.

Lemma var_t_ge0 : 0 <= var_t S w1.
Proof.
have h : 0 <= teacher_residual_variance S w1 + gvv by rewrite addr_ge0 ?teacher_residual_variance_ge0
  ?inner_ge0.
by move: h; rewrite teacher_residual_varianceE subrK.
Qed.

Lemma var_t_gt0 : w1 != 0 -> 0 < var_t S w1.
Proof.
move=> w0; have h : 0 < teacher_residual_variance S w1 + gvv.
  by rewrite ltr_paddr ?teacher_residual_variance_gt0 ?inner_ge0.
by move: h; rewrite teacher_residual_varianceE subrK.
Qed.

Lemma var_y_gt0 : 0 < var_y S.
Proof.
have h : 0 < residual_variance S + gww by rewrite ltr_paddr ?residual_variance_gt0 ?inner_ge0.
by move: h; rewrite residual_varianceE subrK.
Qed.

Lemma var_s_gt0 : ws != 0 -> 0 < var_s S.
Proof. exact: inner_gt0. Qed.

(* e^{2 I(s; y)} by the general formula. *)
Lemma expI_syE : ws != 0 ->
  expI_sy S = gexp2I (var_s S) (var_y S) (cov_sy S).
Proof.
move=> w0; have g0 : gww != 0 by rewrite gt_eqF // inner_gt0.
have s0 := residual_variance_gt0; move: s0.
rewrite /expI_sy /gexp2I cov_syE var_sE residual_varianceE /var_y => s0.
have -> : gww * S33 S - gww ^+ 2 = gww * (S33 S - gww) by gring.
by rewrite -mulf_div divff // mul1r.
Qed.

Lemma expI_sy_gt0 : 0 < expI_sy S.
Proof. by rewrite divr_gt0 ?var_y_gt0 ?residual_variance_gt0. Qed.

(* What s leaves open of the teacher is at least what x2 leaves open:
   (var(t) var(s) - cov(t,s)^2) >= var(s) var(t | x2). *)
Lemma resid_ts : var_s S * teacher_residual_variance S w1
  <= var_t S w1 * var_s S - cov_ts S w1 ^+ 2.
Proof.
rewrite cov_tsE var_sE teacher_residual_varianceE -subr_ge0.
have -> : var_t S w1 * gww - gvw ^+ 2 - gww * (var_t S w1 - gvv)
  = gvv * gww - gvw ^+ 2 by gring.
by rewrite subr_ge0 gvw2_le.
Qed.

(* I(t; s) is well defined: the denominator of e^{2I} is positive. *)
Lemma ts_det_gt0 : w1 != 0 -> ws != 0 ->
  0 < var_t S w1 * var_s S - cov_ts S w1 ^+ 2.
Proof.
move=> w0 s0; apply: lt_le_trans resid_ts.
by rewrite mulr_gt0 ?var_s_gt0 ?teacher_residual_variance_gt0.
Qed.

End Facts.

End Model.
