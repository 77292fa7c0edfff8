(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements that need square roots (over a real closed field, as the
    real numbers are): the rate of the calibrated criterion, and its tightness
    for informations that are given as numbers. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Tight.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rate.

Variables (R : rcfType) (p1 p2 : nat).
Variables (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat).
Hypothesis pS : posdef S.
Hypothesis w1_neq0 : w1 != 0.
Hypothesis ws_neq0 : wstar S != 0.
Hypothesis p2_gt0 : (0 < p2)%N.
Hypothesis n_large : (p2 + 2 <= n)%N.

(** Minus the slope of the risk at 0 (see [slope]) is at least
    2 k var(y | x2) (1 - a e^{-(I(t;s) - I(s;y))}). *)
Theorem calibrated_rate :
  2%:R * kfac R p2 n * residual_variance S
    * (1 - Num.sqrt (scale_squared S w1 * (expI_sy S / expI_ts S w1)))
  <= - (2%:R * kfac R p2 n * (residual_covariance S w1 - residual_variance S)).
Proof.
have [_ /(_ w1_neq0 ws_neq0) H ->] := calibrated w1 pS.
have k0 := kfac_gt0 R p2_gt0 n_large; have s0 := residual_variance_gt0 w1 pS.
rewrite ler_pmul2l ?(mulr_gt0 (mulr_gt0 _ k0) s0) ?ltr0n // ler_add2l ler_opp2.
have [b0|b0] := lerP (beta S w1) 0; first exact: le_trans b0 (sqrtr_ge0 _).
move: H; rewrite (gtr0_norm b0) -expr2 => /ler_wsqrtr.
by rewrite sqrtr_sqr (gtr0_norm b0).
Qed.

End Rate.

Section TightInformations.

Variable R : rcfType.

(** For any values E = e^{2I(t;s)} and Y = e^{2I(s;y)} of the informations and
    A = a^2 of the scale with E / Y < A, some model with these values has
    c > var(y | x2). *)
Theorem tight_informations (p1 p2 : nat) (E Y A : R) : (0 < p1)%N -> (0 < p2)%N ->
  1 <= E -> 1 < Y -> E / Y < A ->
  exists S : cov R p1 p2, exists w1 : 'cV[R]_p1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ expI_ts S w1 = E, expI_sy S = Y & scale_squared S w1 = A]
      & residual_variance S < residual_covariance S w1].
Proof.
move=> p10 p20 E1 Y1 EYA.
have E0 : 0 < E := lt_le_trans ltr01 E1.
have Y0 : 0 < Y := lt_trans ltr01 Y1.
have A0 : 0 < A by apply: lt_trans EYA; apply: divr_gt0.
pose W : R := 1 - Y^-1.
have W0 : 0 < W by rewrite subr_gt0 invf_lt1.
have W1 : W < 1 by rewrite /W ltr_subl_addr ltr_addl invr_gt0.
have gY : 1 / (1 - W) = Y by rewrite /W opprB addrCA subrr addr0 div1r invrK.
clearbody W.
have AW : 0 < A * W by rewrite mulr_gt0.
have i0 : 0 <= 1 - E^-1 by rewrite subr_ge0 invf_le1.
pose g := Num.sqrt (A * W * (1 - E^-1)).
have g2 : g ^+ 2 = A * W * (1 - E^-1) by rewrite sqr_sqrtr // mulr_ge0 // ltW.
have gd : A * W - g ^+ 2 = A * W / E by rewrite g2 mulrBr mulr1 opprB addrCA subrr addr0.
have gE : gexp2I A W g = E.
  by rewrite /gexp2I gd invfM invrK mulrA divff ?mul1r // gt_eqF.
have := @tight R p1 p2 A W g 1 p10 p20 W0 W1; rewrite gE gY divr1 -subr_gt0 gd.
move=> /(_ (divr_gt0 AW E0) EYA) [S [w1 [pS w0 ws0 _ [FE FY FA Fc]]]].
by exists S, w1; split.
Qed.

End TightInformations.
