(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The tuned student a w^ + b v^: label fit and teacher fit, both by least squares, with any
    weights a and b, so that it may also shrink. Part one is the line a + b = 1.

    [Scalar] treats the excess as a function of (a, b) for the numbers
    - A = var(s), G = cov(t, s), g = var(v^T x2), s, e, c as in Criterion.v, and k
    of which it uses 0 < s, 0 < A, 0 < k, c^2 < s e and G^2 <= A g.

    - [excess_of a b]    the mean square of (a w^ + b v^ - wstar)^T x2
    - [shrink_best]      A / (A + k s), the best weight without a teacher
    - [open_of]          G s - A c, which has the sign of corr(t, s | y)
    - [det_of]           the determinant of the parabola
    - [student_excess S w1 k a b]  the same for a model; [cov_ts_given_y], [expI_ts_given_y]
      cov(t, s | y) and e^{2 I(t; s | y)} *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Parabola.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Scalar.

Variable R : realFieldType.
Variables (A G g s c e k : R).

Definition excess_of (a b : R) : R :=
  (a - 1) ^+ 2 * A + 2%:R * (a - 1) * b * G + b ^+ 2 * g
  + k * (a ^+ 2 * s + 2%:R * a * b * c + b ^+ 2 * e).
Definition shrink_best : R := A / (A + k * s).
Definition open_of : R := G * s - A * c.
Definition det_of : R := (A + k * s) * (g + k * e) - (G + k * c) ^+ 2.
Definition teacher_best : R := k * open_of / det_of.
Definition label_best : R := shrink_best - (G + k * c) / (A + k * s) * teacher_best.

Hypotheses (s0 : 0 < s) (A0 : 0 < A) (k0 : 0 < k) (ce : c ^+ 2 < s * e) (Gg : G ^+ 2 <= g * A).

Lemma label_form_gt0 : 0 < A + k * s.
Proof. by rewrite addr_gt0 // mulr_gt0. Qed.

Lemma det_gt0 : 0 < det_of.
Proof.
have sA : 0 < s * A by rewrite mulr_gt0.
have mixed : 0 <= A * e + s * g - 2%:R * G * c.
  rewrite -(pmulr_rge0 _ sA).
  have -> : s * A * (A * e + s * g - 2%:R * G * c)
    = (G * s - A * c) ^+ 2 + (A ^+ 2 * (s * e - c ^+ 2) + s ^+ 2 * (g * A - G ^+ 2)) by ring.
  by rewrite addr_ge0 ?sqr_ge0 // addr_ge0 // mulr_ge0 ?sqr_ge0 // subr_ge0 // ltW.
have -> : det_of = (g * A - G ^+ 2) + k * (A * e + s * g - 2%:R * G * c) + k ^+ 2 * (s * e - c ^+ 2).
  by rewrite /det_of; ring.
rewrite ltr_paddl ?mulr_gt0 ?exprn_gt0 ?subr_gt0 //.
by rewrite addr_ge0 ?subr_ge0 // mulr_ge0 // ltW.
Qed.

Lemma excess_shrink a b :
  excess_of a b = excess_of shrink_best 0
    + (A + k * s) * (a - shrink_best + (G + k * c) / (A + k * s) * b) ^+ 2
    + parabola 0 (2%:R * k * open_of / (A + k * s)) (det_of / (A + k * s)) b.
Proof.
rewrite /parabola /excess_of /shrink_best /open_of /det_of.
by field; rewrite gt_eqF // label_form_gt0.
Qed.

(* Along b at the best weight without a teacher. *)
Lemma excess_ray b :
  excess_of shrink_best b = parabola (excess_of shrink_best 0)
    (2%:R * k * open_of / (A + k * s)) (g + k * e) b.
Proof.
rewrite excess_shrink /parabola /det_of /shrink_best /open_of.
by field; rewrite gt_eqF // label_form_gt0.
Qed.

Lemma excess_best a b :
  excess_of a b = excess_of label_best teacher_best
    + (A + k * s) * (a - shrink_best + (G + k * c) / (A + k * s) * b) ^+ 2
    + det_of / (A + k * s) * (b - teacher_best) ^+ 2.
Proof.
have N0 := label_form_gt0; have D0 := det_gt0.
rewrite [excess_of a b]excess_shrink [excess_of label_best _]excess_shrink /label_best /teacher_best /parabola.
move: N0 D0; move: (A + k * s) (G + k * c) det_of open_of shrink_best (excess_of _ _).
by move=> N M D o sh ex N0 D0; field; rewrite !gt_eqF.
Qed.

Lemma shrink_least a : excess_of shrink_best 0 <= excess_of a 0.
Proof.
rewrite (excess_shrink a 0) parabola0 mulr0 !addr0.
by rewrite ler_addl mulr_ge0 ?sqr_ge0 // ltW // label_form_gt0.
Qed.

Lemma tuned_least a b : excess_of label_best teacher_best <= excess_of a b.
Proof.
rewrite (excess_best a b) -addrA ler_addl addr_ge0 // mulr_ge0 ?sqr_ge0 //.
  by rewrite ltW // label_form_gt0.
by rewrite ltW // divr_gt0 ?det_gt0 ?label_form_gt0.
Qed.

Lemma tuned_gain : excess_of shrink_best 0 - excess_of label_best teacher_best
  = (k * open_of) ^+ 2 / ((A + k * s) * det_of).
Proof.
have N0 := label_form_gt0; have D0 := det_gt0.
rewrite [excess_of label_best _]excess_shrink /label_best /teacher_best /parabola.
move: N0 D0; move: (A + k * s) (G + k * c) det_of open_of shrink_best (excess_of _ _).
by move=> N M D o sh ex N0 D0; field; rewrite !gt_eqF.
Qed.

Lemma tuned_helps : helps_some (excess_of shrink_best) (excess_of shrink_best 0) <-> 0 < open_of.
Proof.
have N0 := label_form_gt0; have e0 : 0 < e.
  by rewrite -(pmulr_rgt0 _ s0); apply: le_lt_trans ce; apply: sqr_ge0.
have g0 : 0 <= g by rewrite -(pmulr_lge0 _ A0); apply: le_trans Gg; apply: sqr_ge0.
have q0 : 0 <= g + k * e by rewrite addr_ge0 // ltW // mulr_gt0.
rewrite (helps_some_ext _ (excess_ray)) (parabola_helps _ _ q0).1.
by rewrite pmulr_lgt0 ?invr_gt0 // pmulr_rgt0 // mulr_gt0 ?ltr0n.
Qed.

Lemma tuned_helps_small :
  helps_small (excess_of shrink_best) (excess_of shrink_best 0) <-> 0 < open_of.
Proof.
split=> [/helps_small_some/tuned_helps//|o0].
apply/(helps_small_ext _ excess_ray)/parabola_small.
by rewrite divr_gt0 ?label_form_gt0 // mulr_gt0 // mulr_gt0 ?ltr0n.
Qed.

(* With a weight b >= 0 of a teacher that is not aligned nothing is gained. *)
Lemma tuned_never a b : 0 <= b -> open_of <= 0 -> excess_of shrink_best 0 <= excess_of a b.
Proof.
move=> b0 o0; have N0 := label_form_gt0; rewrite (excess_shrink a b) -addrA ler_addl addr_ge0 //.
  by rewrite mulr_ge0 ?sqr_ge0 // ltW.
rewrite /parabola sub0r addr_ge0 //; last by rewrite mulr_ge0 ?sqr_ge0 // ltW // divr_gt0 ?det_gt0.
by rewrite oppr_ge0 mulr_le0_ge0 // pmulr_lle0 ?invr_gt0 // pmulr_rle0 // mulr_gt0 ?ltr0n.
Qed.

End Scalar.

Section Model.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).

Definition var_proj : R := bil (proj S w1) (S22 S) (proj S w1).
Definition student_excess (k a b : R) : R :=
  excess_of (var_s S) (cov_ts S w1) var_proj (residual_variance S) (residual_covariance S w1)
    (teacher_residual_variance S w1) k a b.
Definition var_t_given_y : R := var_t S w1 - cov_ty S w1 ^+ 2 / var_y S.
Definition var_s_given_y : R := var_s S - cov_sy S ^+ 2 / var_y S.
Definition cov_ts_given_y : R := cov_ts S w1 - cov_ty S w1 * cov_sy S / var_y S.
Definition expI_ts_given_y : R := gexp2I var_t_given_y var_s_given_y cov_ts_given_y.

Hypothesis pS : posdef S.

(* On the line a + b = 1 it is the excess of part one. *)
Lemma student_excess_line n al :
  residual_variance S + student_excess (kfac R p2 n) (1 - al) al = risk_mix S w1 n al.
Proof.
rewrite /student_excess /excess_of /risk_mix /baseline_risk /parabola_curvature /difference_variance.
rewrite (mismatchE w1 pS) (cov_tsE w1 pS) var_sE /var_proj -/(inner S _ _) -/(gvv S w1).
generalize (gvv S w1) (gvw S w1) (gww S) (residual_variance S) (residual_covariance S w1).
by generalize (teacher_residual_variance S w1) (kfac R p2 n) => *; ring.
Qed.

(* G s - A c = G var(y) - cov(t, y) A. *)
Lemma open_ofE : open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1)
  = cov_ts S w1 * var_y S - cov_ty S w1 * var_s S.
Proof.
rewrite /open_of (residual_varianceE pS) (residual_covarianceE w1 pS) (cov_tsE w1 pS) var_sE /var_y.
by generalize (gvw S w1) (gww S) (cov_ty S w1) (S33 S) => *; ring.
Qed.

Lemma cov_ts_given_yE :
  cov_ts_given_y * var_y S = cov_ts S w1 * var_y S - cov_ty S w1 * var_s S.
Proof.
have y0 := var_y_gt0 w1 pS.
by rewrite /cov_ts_given_y (cov_syE pS) var_sE mulrBl divfK // gt_eqF.
Qed.

Lemma cov_ts2_le : cov_ts S w1 ^+ 2 <= var_proj * var_s S.
Proof. by rewrite (cov_tsE w1 pS) var_sE; exact: (gvw2_le w1 pS). Qed.

Hypotheses (w0 : w1 != 0) (ws0 : wstar S != 0).

Lemma var_s_given_y_gt0 : 0 < var_s_given_y.
Proof.
have y0 := var_y_gt0 w1 pS; have A0 := var_s_gt0 pS ws0; have s0 := residual_variance_gt0 w1 pS.
have -> : var_s_given_y = var_s S * residual_variance S / var_y S.
  move: y0; rewrite /var_s_given_y (cov_syE pS) (residual_varianceE pS) var_sE /var_y.
  by move: (gww S) (S33 S) => A Y Y0; field; rewrite gt_eqF.
by rewrite divr_gt0 // mulr_gt0.
Qed.

Lemma var_t_given_y_gt0 : 0 < var_t_given_y.
Proof.
have y0 := var_y_gt0 w1 pS.
have := form_pos pS (a := var_y S *: w1) (b := 0 *: proj S w1 + 0 *: wstar S) (z := - cov_ty S w1).
rewrite scaler_eq0 negb_or w0 andbT gt_eqF // => /(_ isT); rewrite (form_lin w1 pS).
have -> : var_t_given_y = (var_t S w1 * var_y S - cov_ty S w1 ^+ 2) / var_y S.
  by rewrite /var_t_given_y mulrBl mulfK // gt_eqF.
set f := (X in 0 < X -> _); suff -> : f = var_y S * (var_t S w1 * var_y S - cov_ty S w1 ^+ 2).
  by rewrite pmulr_rgt0 // => H; rewrite divr_gt0.
rewrite /f /var_y; generalize (gvv S w1) (gvw S w1) (gww S) (var_t S w1) (cov_ty S w1) (S33 S).
by move=> *; ring.
Qed.

Lemma informs_given_y : expI_ts_given_y = 1 <-> cov_ts S w1 * var_y S = cov_ty S w1 * var_s S.
Proof.
have y0 := var_y_gt0 w1 pS; have [s0 t0] := (var_s_given_y_gt0, var_t_given_y_gt0).
rewrite /expI_ts_given_y /gexp2I.
have -> : (cov_ts S w1 * var_y S = cov_ty S w1 * var_s S) <-> cov_ts_given_y = 0.
  split=> [E|E]; last by apply/eqP; rewrite -subr_eq0 -cov_ts_given_yE E mul0r.
  apply/eqP; have/eqP := cov_ts_given_yE; rewrite E subrr mulf_eq0 => /orP[//|].
  by rewrite gt_eqF.
move: t0 s0; move: var_t_given_y var_s_given_y cov_ts_given_y => u w c u0 w0'.
split=> [|->]; last by rewrite expr0n subr0 divff // gt_eqF // mulr_gt0.
have [->|n0] := eqVneq (u * w - c ^+ 2) 0; first by rewrite invr0 mulr0 => /esym/eqP; rewrite oner_eq0.
move/(congr1 (fun x => x * (u * w - c ^+ 2))); rewrite divfK // mul1r => /eqP.
by rewrite -[X in X == _]subr0 (inj_eq (addrI _)) eqr_opp eq_sym sqrf_eq0 => /eqP.
Qed.

End Model.
