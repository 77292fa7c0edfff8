(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The criteria in terms of informations.

    Informations enter as e^{2I}, which is a quotient of (co)variances, so that
    no logarithm is needed: I(t; s) > I(s; y) is [expI_sy S < expI_ts S w1], and
    I(t; s) - I(s; y) > ln a, where a^2 = var(t) / var(y), is
    [scale_squared S w1 < expI_ts S w1 / expI_sy S].

    - [scale_squared S w1]   a^2 = var(t) / var(y)
    - [beta S w1]     c / var(y | x2): how much the teacher reacts to the label
                      given x2
    - [ols S]         S11^-1 S13: the least-squares teacher *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Informations.

Variables (R : realFieldType) (p1 p2 : nat).
Variables (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.

Local Notation s := (residual_variance S).
Local Notation e := (teacher_residual_variance S w1).
Local Notation c := (residual_covariance S w1).

Definition scale_squared : R := var_t S w1 / var_y S.
Definition beta : R := c / s.
Definition ols : 'cV[R]_p1 := invmx (S11 S) *m S13 S.

(* var(t | x2) e^{2 I(t; s)} <= var(t). *)
Lemma eta_expI : e * expI_ts S w1 <= var_t S w1.
Proof.
have T0 := var_t_ge0 w1 pS; have e0 := teacher_residual_variance_ge0 w1 pS.
have := resid_ts w1 pS; rewrite /expI_ts /gexp2I.
have W0 : 0 <= var_s S := inner_ge0 pS _.
move: (var_t S w1) (var_s S) (cov_ts S w1) (teacher_residual_variance S w1) T0 e0 W0.
move=> T W g e T0 e0 W0 H.
have d0 : 0 <= T * W - g ^+ 2 by apply: le_trans H; rewrite mulr_ge0.
have [->|dn] := eqVneq (T * W - g ^+ 2) 0; first by rewrite invr0 !mulr0.
have dp : 0 < T * W - g ^+ 2 by rewrite lt_neqAle eq_sym dn.
rewrite mulrA ler_pdivr_mulr // mulrCA ler_wpmul2l //.
by rewrite mulrC.
Qed.

(* var(y | x2) e^{2 I(s; y)} = var(y). *)
Lemma eps_expI : s * expI_sy S = var_y S.
Proof. by rewrite /expI_sy mulrC divfK // gt_eqF // (residual_variance_gt0 w1 pS). Qed.

Lemma expI_ts_gt0 : w1 != 0 -> wstar S != 0 -> 0 < expI_ts S w1.
Proof.
move=> w0 s0; rewrite /expI_ts /gexp2I divr_gt0 ?(ts_det_gt0 pS) //.
by rewrite mulr_gt0 ?(var_t_gt0 pS) ?(var_s_gt0 pS).
Qed.

(* I(t; s) and I(s; y) are not negative, as informations have to be. *)
Lemma expI_ts_ge1 : w1 != 0 -> wstar S != 0 -> 1 <= expI_ts S w1.
Proof.
move=> w0 s0; rewrite /expI_ts /gexp2I ler_pdivl_mulr ?(ts_det_gt0 pS) // mul1r.
by rewrite ler_subl_addr ler_addl sqr_ge0.
Qed.

Lemma expI_sy_ge1 : 1 <= expI_sy S.
Proof.
rewrite /expI_sy ler_pdivl_mulr ?(residual_variance_gt0 w1 pS) // mul1r.
by rewrite (residual_varianceE pS) ler_subl_addr ler_addl (inner_ge0 pS).
Qed.

Lemma eta_lt_eps : scale_squared < expI_ts S w1 / expI_sy S -> e < s.
Proof.
have s0 := residual_variance_gt0 w1 pS; have Y0 := expI_sy_gt0 w1 pS.
have T0 := var_t_ge0 w1 pS; have := eta_expI.
rewrite /scale_squared -eps_expI.
move: (var_t S w1) (expI_ts S w1) (expI_sy S) (residual_variance S) (teacher_residual_variance S w1) T0
  Y0 s0.
move=> T E Y s' e' T0 Y0 s0 H.
have -> : T / (s' * Y) = T / s' / Y by rewrite invfM mulrA.
rewrite ltr_pmul2r ?invr_gt0 // ltr_pdivr_mulr // => TE.
have E0 : 0 < E by rewrite -(pmulr_lgt0 _ s0); apply: le_lt_trans TE.
by rewrite -(ltr_pmul2l E0); apply: le_lt_trans TE; rewrite mulrC.
Qed.

Lemma c_lt_of_eta : e < s -> c < s.
Proof.
move=> es; have s0 := residual_variance_gt0 w1 pS.
have c2 : c ^+ 2 < s ^+ 2.
  by apply: le_lt_trans (residual_covariance2_le w1 pS) _; rewrite expr2 ltr_pmul2l.
rewrite ltNge; apply/negP => sc; move: c2; rewrite ltNge => /negP; apply.
by rewrite ler_pexpn2r // nnegrE ltW // (lt_le_trans s0).
Qed.

(* beta |beta| <= beta^2 <= var(t | x2) / var(y | x2). *)
Lemma beta2_le : beta * `|beta| <= e / s.
Proof.
have s0 := residual_variance_gt0 w1 pS.
apply: (@le_trans _ _ (beta ^+ 2)).
  by rewrite -real_normK ?num_real // expr2 ler_wpmul2r // ler_norm.
rewrite /beta expr_div_n ler_pdivr_mulr ?exprn_gt0 // expr2 mulrA divfK ?gt_eqF //.
by rewrite [e * s]mulrC; apply: residual_covariance2_le.
Qed.

Lemma ratio_le : w1 != 0 -> wstar S != 0 ->
  e / s <= scale_squared * (expI_sy S / expI_ts S w1).
Proof.
move=> w0 ws0; have E0 := expI_ts_gt0 w0 ws0; have s0 := residual_variance_gt0 w1 pS.
have Y0 := expI_sy_gt0 w1 pS; have := eta_expI; rewrite /scale_squared -eps_expI.
move: (var_t S w1) (expI_ts S w1) (expI_sy S) (residual_variance S) (teacher_residual_variance S w1) E0
  Y0 s0.
move=> T E Y s' e' E0 Y0 s0 H.
have -> : T / (s' * Y) * (Y / E) = T / E / s'.
  by field; rewrite !gt_eqF.
by rewrite ler_pmul2r ?invr_gt0 // ler_pdivl_mulr.
Qed.

(** The calibrated criterion, I(t;s) - I(s;y) > ln a, and its rate: with
    beta = c / var(y | x2), minus the slope of the risk at 0 is
    2 k var(y | x2) (1 - beta) (see [slope]), and
    beta |beta| <= a^2 e^{-2 (I(t;s) - I(s;y))}. *)
Theorem calibrated :
  [/\ scale_squared < expI_ts S w1 / expI_sy S -> c < s,
      w1 != 0 -> wstar S != 0 ->
        beta * `|beta| <= scale_squared * (expI_sy S / expI_ts S w1)
    & forall n, - (2%:R * kfac R p2 n * (c - s))
                = 2%:R * kfac R p2 n * s * (1 - beta)].
Proof.
split; first by move/eta_lt_eps/c_lt_of_eta.
- by move=> w0 s0; apply: le_trans beta2_le (ratio_le w0 s0).
- move=> n; have bE : c = s * beta.
    by rewrite /beta mulrC divfK // gt_eqF // (residual_variance_gt0 w1 pS).
  by rewrite bE; generalize (kfac R p2 n) s beta => k s' b; ring.
Qed.

(** Theorem 1: I(t;s) > I(s;y) and var(t) <= var(y). *)
Theorem theorem1 : expI_sy S < expI_ts S w1 -> var_t S w1 <= var_y S -> c < s.
Proof.
move=> EY Ty; case: calibrated => H _ _; apply: H.
apply: (@le_lt_trans _ _ 1).
  by rewrite /scale_squared ler_pdivr_mulr ?mul1r // (var_y_gt0 w1 pS).
by rewrite ltr_pdivl_mulr ?mul1r // (expI_sy_gt0 w1 pS).
Qed.

(** The same two criteria, with the conclusion about the student's risk. *)
Theorem calibrated_helps n : (0 < p2)%N -> (p2 + 2 <= n)%N ->
  scale_squared < expI_ts S w1 / expI_sy S -> helps_small (risk S w1 n) (baseline_risk S n).
Proof.
move=> p0 hn H; apply/(sharp w1 pS p0 hn).2; case: calibrated => H' _ _; exact: H'.
Qed.

Theorem theorem1_helps n : (0 < p2)%N -> (p2 + 2 <= n)%N ->
  expI_sy S < expI_ts S w1 -> var_t S w1 <= var_y S ->
  helps_small (risk S w1 n) (baseline_risk S n).
Proof.
by move=> p0 hn EY Ty; apply/(sharp w1 pS p0 hn).2; apply: theorem1.
Qed.

End Informations.

Section Ols.

Variables (R : realFieldType) (p1 p2 : nat).
Variable (S : cov R p1 p2).
Hypothesis pS : posdef S.

(** The least-squares teacher varies less than the label, so that Theorem 1
    applies to it. *)
Theorem ols_teacher :
  var_t S (ols S) < var_y S /\
  (expI_sy S < expI_ts S (ols S) -> residual_covariance S (ols S) < residual_variance S).
Proof.
suff H : var_t S (ols S) < var_y S.
  by split=> // EY; apply: theorem1 => //; apply: ltW.
have TE : var_t S (ols S) = cov_ty S (ols S).
  by rewrite /var_t bil_dot {2}/ols mulKVmx // (S11_unit pS).
have := form_pos pS (a := 1 *: ols S) (b := 0 *: proj S (ols S) + 0 *: wstar S) (z := -1).
rewrite oppr_eq0 oner_neq0 !orbT => /(_ isT).
rewrite (form_lin (ols S) pS) -TE -/(var_y S) => H; rewrite -subr_gt0; move: H.
generalize (var_t S (ols S)) (var_y S) (gvv S (ols S)) (gvw S (ols S)) (gww S).
move=> T y u v w.
suff -> : y - T = 1 ^+ 2 * T + (0 ^+ 2 * u + 2%:R * 0 * 0 * v + 0 ^+ 2 * w)
  + (-1) ^+ 2 * y + 2%:R * 1 * (0 * u + 0 * v) + 2%:R * 1 * -1 * T
  + 2%:R * -1 * (0 * v + 0 * w) by [].
ring.
Qed.

End Ols.
