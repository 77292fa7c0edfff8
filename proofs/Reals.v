(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The criteria as the paper writes them, over the real numbers: informations in
    nats, I = 1/2 ln e^{2I}, with the logarithm of mathcomp-analysis.

    This is the only file that rests on axioms: those with which mathcomp-analysis
    defines the logarithm. The audit lists them.

    - [info u w c]   the mutual information of two Gaussian numbers with variances u
                     and w and covariance c; [infoE]: it is -1/2 ln (1 - rho^2)
    - [I_ts S w1], [I_sy S]  I(t; s) and I(s; y)
    - [scale S w1]   a, the standard deviation of t over that of y *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From mathcomp Require Import reals sequences exp.
From Proofs Require Import Model Criterion Information Tight Roots Outputs.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Info.

Variables (R : realType) (p1 p2 : nat).
Implicit Type S : cov R p1 p2.

Definition info (u w c : R) : R := 2%:R^-1 * ln (gexp2I u w c).
Definition I_ts S (w1 : 'cV[R]_p1) : R := info (var_t S w1) (var_s S) (cov_ts S w1).
Definition I_sy S : R := info (var_s S) (var_y S) (cov_sy S).
Definition scale S (w1 : 'cV[R]_p1) : R := Num.sqrt (var_t S w1 / var_y S).

Lemma infoE u w c : 0 < u -> 0 < w -> c ^+ 2 < u * w ->
  info u w c = - (2%:R^-1 * ln (1 - c ^+ 2 / (u * w))).
Proof.
move=> u0 w0 cuw; have uw0 : 0 < u * w by rewrite mulr_gt0.
rewrite -mulrN -lnV ?posrE ?subr_gt0 ?ltr_pdivr_mulr ?mul1r //; congr (_ * ln _).
by rewrite /gexp2I -[in RHS](divff (lt0r_neq0 uw0)) -mulrBl invfM invrK mulrC.
Qed.

Lemma half_ln_lt (x y : R) : 0 < x -> 0 < y ->
  (2%:R^-1 * ln x < 2%:R^-1 * ln y) = (x < y).
Proof. by move=> x0 y0; rewrite ltr_pmul2l ?invr_gt0 ?ltr0n // ltr_ln ?posrE. Qed.

Lemma half_lnB (x y : R) : 0 < x -> 0 < y ->
  2%:R^-1 * ln x - 2%:R^-1 * ln y = 2%:R^-1 * ln (x / y).
Proof. by move=> x0 y0; rewrite -mulrBr ln_div ?posrE. Qed.

(* e^(1/2 ln x) is the square root. *)
Lemma expR_half_ln (x : R) : 0 < x -> expR (2%:R^-1 * ln x) = Num.sqrt x.
Proof.
move=> x0; apply/eqP; rewrite -(@eqr_expn2 _ 2) ?sqrtr_ge0 ?(ltW (expR_gt0 _)) //.
by rewrite sqr_sqrtr ?ltW // -expRMm mulrA divff ?mul1r ?lnK ?posrE ?pnatr_eq0.
Qed.

Lemma ln_sqrt (x : R) : 0 < x -> ln (Num.sqrt x) = 2%:R^-1 * ln x.
Proof. by move=> x0; rewrite -expR_half_ln // expK. Qed.

Section Facts.

Variables (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.
Hypotheses (w1_neq0 : w1 != 0) (ws_neq0 : wstar S != 0).

Lemma I_tsE : I_ts S w1 = 2%:R^-1 * ln (expI_ts S w1). Proof. by []. Qed.
Lemma I_syE : I_sy S = 2%:R^-1 * ln (expI_sy S).
Proof. by rewrite (expI_syE w1 pS ws_neq0). Qed.

Let E0 : 0 < expI_ts S w1 := expI_ts_gt0 pS w1_neq0 ws_neq0.
Let Y0 : 0 < expI_sy S := expI_sy_gt0 w1 pS.
Let a0 : 0 < scale_squared S w1.
Proof. by rewrite divr_gt0 ?(var_t_gt0 pS) ?(var_y_gt0 w1 pS). Qed.

Lemma deltaE : I_ts S w1 - I_sy S = 2%:R^-1 * ln (expI_ts S w1 / expI_sy S).
Proof. by rewrite I_tsE I_syE half_lnB. Qed.

Lemma ln_scale_lt :
  (ln (scale S w1) < I_ts S w1 - I_sy S) = (scale_squared S w1 < expI_ts S w1 / expI_sy S).
Proof. by rewrite /scale ln_sqrt // deltaE half_ln_lt // divr_gt0. Qed.

Lemma scale_expR : scale S w1 * expR (- (I_ts S w1 - I_sy S))
  = Num.sqrt (scale_squared S w1 * (expI_sy S / expI_ts S w1)).
Proof.
rewrite sqrtrM ?ltW //; congr (_ * _); rewrite opprB I_tsE I_syE half_lnB //.
by rewrite expR_half_ln // divr_gt0.
Qed.

Variable n : nat.
Hypotheses (p2_gt0 : (0 < p2)%N) (n_large : (p2 + 2 <= n)%N).

(** Theorem 1: if I(t; s) > I(s; y) and var(t) <= var(y), distillation helps for all
    small lambda. *)
Theorem theorem1_nats : I_sy S < I_ts S w1 -> var_t S w1 <= var_y S ->
  helps_small (risk S w1 n) (baseline_risk S n).
Proof.
rewrite I_tsE I_syE half_ln_lt // => EY; exact: theorem1_helps.
Qed.

(** The calibrated criterion: if I(t; s) - I(s; y) > ln a, then c < var(y | x2) and
    distillation helps for all small lambda; and always
    - R'(0) >= 2 k var(y | x2) (1 - a e^(-(I(t; s) - I(s; y)))), where
    R'(0) = 2 k (c - var(y | x2)) by [slope]. *)
Theorem calibrated_nats :
  (ln (scale S w1) < I_ts S w1 - I_sy S ->
     residual_covariance S w1 < residual_variance S /\ helps_small (risk S w1 n) (baseline_risk S n)) /\
  2%:R * kfac R p2 n * residual_variance S * (1 - scale S w1 * expR (- (I_ts S w1 - I_sy S)))
    <= - (2%:R * kfac R p2 n * (residual_covariance S w1 - residual_variance S)).
Proof.
split; last by rewrite scale_expR; apply: calibrated_rate.
rewrite ln_scale_lt => H; split; last exact: calibrated_helps.
by have [C _ _] := calibrated w1 pS; apply: C.
Qed.

End Facts.

End Info.

(** For any values of the two informations and of a > 0 with a e^(-(I1 - I2)) > 1 some
    model has these values and c > var(y | x2), for all p1 and p2. *)
Theorem tight_nats (R : realType) (p1 p2 : nat) (I1 I2 a : R) :
  (0 < p1)%N -> (0 < p2)%N -> 0 <= I1 -> 0 < I2 -> 0 < a -> 1 < a * expR (- (I1 - I2)) ->
  exists S : cov R p1 p2, exists w1 : 'cV[R]_p1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ I_ts S w1 = I1, I_sy S = I2 & scale S w1 = a]
      & residual_variance S < residual_covariance S w1].
Proof.
move=> p10 p20 I10 I20 a0 H.
have sq (x : R) : expR (2%:R * x) = expR x ^+ 2 by rewrite expRMm.
have ex (x : R) : 2%:R^-1 * ln (expR (2%:R * x)) = x.
  by rewrite expK mulrA mulVf ?mul1r // pnatr_eq0.
have [|||S [w1 [pS w0 ws0 [FE FY FA] Fc]]] :=
    @tight_informations R p1 p2 (expR (2%:R * I1)) (expR (2%:R * I2)) (a ^+ 2) p10 p20.
- by rewrite -{1}expR0 ler_expR mulr_ge0 ?ler0n.
- by rewrite expR_gt1 mulr_gt0 ?ltr0n.
- rewrite !sq -expr_div_n ltr_pexpn2r ?nnegrE ?ltW ?divr_gt0 ?expR_gt0 //.
  rewrite ltr_pdivr_mulr ?expR_gt0 //; move: H.
  rewrite opprB expRB mulrA ltr_pdivl_mulr ?expR_gt0 // mul1r; exact.
exists S, w1; split=> //; split.
- by rewrite I_tsE FE ex.
- by rewrite (I_syE w1 pS ws0) FY ex.
- by rewrite /scale -/(scale_squared S w1) FA sqrtr_sqr gtr0_norm.
Qed.

(** The calibrated criterion for every label makes distillation help. *)
Theorem coordinatewise_nats (R : realType) (p1 p2 q n : nat) (Q : qcov R p1 p2 q)
    (W1 : 'M[R]_(p1, q)) :
  qposdef Q -> (0 < q)%N -> (0 < p2)%N -> (p2 + 2 <= n)%N ->
  (forall j, col j W1 != 0) -> (forall j, wstar (out Q j) != 0) ->
  (forall j, ln (scale (out Q j) (col j W1)) < I_ts (out Q j) (col j W1) - I_sy (out Q j)) ->
  tr_residual_covariance Q W1 < tr_residual_variance Q /\ helps_small (qrisk Q W1 n) (qbaseline_risk Q n).
Proof.
move=> pQ q0 p20 hn w0 ws0 H; apply: coordinatewise => // j.
by rewrite -(ln_scale_lt (out_posdef pQ j)).
Qed.
