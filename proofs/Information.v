(** The criteria in terms of informations.

    Informations enter as e^{2I}, which is a quotient of (co)variances, so that
    no logarithm is needed: I(t; s) > I(s; y) is [expI_sy S < expI_ts S w1], and
    I(t; s) - I(s; y) > ln a, where a^2 = var(t) / var(y), is
    [scale2 S w1 < expI_ts S w1 / expI_sy S].

    - [scale2 S w1]   a^2 = var(t) / var(y)
    - [beta S w1]     c / var(y | x2): how much the teacher reacts to the label
                      given x2
    - [ols S]         S11^-1 S13: the least-squares teacher
    - [inst T W g h y]  the model with numbers x1 = t and x2 = s, with
                      var(t) = T, var(s) = W, cov(t,s) = g, var(y) = y and
                      cov(t, y | x2) = h *)

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

Local Notation s := (sigma_eps2 S).
Local Notation e := (sigma_eta2 S w1).
Local Notation c := (ceps S w1).

Definition scale2 : R := var_t S w1 / var_y S.
Definition beta : R := c / s.
Definition ols : 'cV[R]_p1 := invmx (S11 S) *m S13 S.

(* var(t | x2) e^{2 I(t; s)} <= var(t). *)
Lemma eta_expI : e * expI_ts S w1 <= var_t S w1.
Proof.
have T0 := var_t_ge0 w1 pS; have e0 := sigma_eta2_ge0 w1 pS.
have := resid_ts w1 pS; rewrite /expI_ts /gexp2I.
have W0 : 0 <= var_s S := inner_ge0 pS _.
move: (var_t S w1) (var_s S) (cov_ts S w1) (sigma_eta2 S w1) T0 e0 W0.
move=> T W g e T0 e0 W0 H.
have d0 : 0 <= T * W - g ^+ 2 by apply: le_trans H; rewrite mulr_ge0.
have [->|dn] := eqVneq (T * W - g ^+ 2) 0; first by rewrite invr0 !mulr0.
have dp : 0 < T * W - g ^+ 2 by rewrite lt_neqAle eq_sym dn.
rewrite mulrA ler_pdivr_mulr // mulrCA ler_wpmul2l //.
by rewrite mulrC.
Qed.

(* var(y | x2) e^{2 I(s; y)} = var(y). *)
Lemma eps_expI : s * expI_sy S = var_y S.
Proof. by rewrite /expI_sy mulrC divfK // gt_eqF // (sigma_eps2_gt0 w1 pS). Qed.

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
rewrite /expI_sy ler_pdivl_mulr ?(sigma_eps2_gt0 w1 pS) // mul1r.
by rewrite (sigma_eps2E pS) ler_subl_addr ler_addl (inner_ge0 pS).
Qed.

Lemma eta_lt_eps : scale2 < expI_ts S w1 / expI_sy S -> e < s.
Proof.
have s0 := sigma_eps2_gt0 w1 pS; have Y0 := expI_sy_gt0 w1 pS.
have T0 := var_t_ge0 w1 pS; have := eta_expI.
rewrite /scale2 -eps_expI.
move: (var_t S w1) (expI_ts S w1) (expI_sy S) (sigma_eps2 S) (sigma_eta2 S w1) T0 Y0 s0.
move=> T E Y s' e' T0 Y0 s0 H.
have -> : T / (s' * Y) = T / s' / Y by rewrite invfM mulrA.
rewrite ltr_pmul2r ?invr_gt0 // ltr_pdivr_mulr // => TE.
have E0 : 0 < E by rewrite -(pmulr_lgt0 _ s0); apply: le_lt_trans TE.
by rewrite -(ltr_pmul2l E0); apply: le_lt_trans TE; rewrite mulrC.
Qed.

Lemma c_lt_of_eta : e < s -> c < s.
Proof.
move=> es; have s0 := sigma_eps2_gt0 w1 pS.
have c2 : c ^+ 2 < s ^+ 2.
  by apply: le_lt_trans (ceps2_le w1 pS) _; rewrite expr2 ltr_pmul2l.
rewrite ltNge; apply/negP => sc; move: c2; rewrite ltNge => /negP; apply.
by rewrite ler_pexpn2r // nnegrE ltW // (lt_le_trans s0).
Qed.

(* beta |beta| <= beta^2 <= var(t | x2) / var(y | x2). *)
Lemma beta2_le : beta * `|beta| <= e / s.
Proof.
have s0 := sigma_eps2_gt0 w1 pS.
apply: (@le_trans _ _ (beta ^+ 2)).
  by rewrite -real_normK ?num_real // expr2 ler_wpmul2r // ler_norm.
rewrite /beta expr_div_n ler_pdivr_mulr ?exprn_gt0 // expr2 mulrA divfK ?gt_eqF //.
by rewrite [e * s]mulrC; apply: ceps2_le.
Qed.

Lemma ratio_le : w1 != 0 -> wstar S != 0 ->
  e / s <= scale2 * (expI_sy S / expI_ts S w1).
Proof.
move=> w0 ws0; have E0 := expI_ts_gt0 w0 ws0; have s0 := sigma_eps2_gt0 w1 pS.
have Y0 := expI_sy_gt0 w1 pS; have := eta_expI; rewrite /scale2 -eps_expI.
move: (var_t S w1) (expI_ts S w1) (expI_sy S) (sigma_eps2 S) (sigma_eta2 S w1) E0 Y0 s0.
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
  [/\ scale2 < expI_ts S w1 / expI_sy S -> c < s,
      w1 != 0 -> wstar S != 0 ->
        beta * `|beta| <= scale2 * (expI_sy S / expI_ts S w1)
    & forall n, - (2%:R * kfac R p2 n * (c - s))
                = 2%:R * kfac R p2 n * s * (1 - beta)].
Proof.
split; first by move/eta_lt_eps/c_lt_of_eta.
- by move=> w0 s0; apply: le_trans beta2_le (ratio_le w0 s0).
- move=> n; have bE : c = s * beta.
    by rewrite /beta mulrC divfK // gt_eqF // (sigma_eps2_gt0 w1 pS).
  by rewrite bE; generalize (kfac R p2 n) s beta => k s' b; ring.
Qed.

(** Theorem 1: I(t;s) > I(s;y) and var(t) <= var(y). *)
Theorem theorem1 : expI_sy S < expI_ts S w1 -> var_t S w1 <= var_y S -> c < s.
Proof.
move=> EY Ty; case: calibrated => H _ _; apply: H.
apply: (@le_lt_trans _ _ 1).
  by rewrite /scale2 ler_pdivr_mulr ?mul1r // (var_y_gt0 w1 pS).
by rewrite ltr_pdivl_mulr ?mul1r // (expI_sy_gt0 w1 pS).
Qed.

(** The same two criteria, with the conclusion about the student's risk. *)
Theorem calibrated_helps n : (0 < p2)%N -> (p2 + 2 <= n)%N ->
  scale2 < expI_ts S w1 / expI_sy S -> helps_small (risk S w1 n) (risk0 S n).
Proof.
move=> p0 hn H; apply/(sharp w1 pS p0 hn).2; case: calibrated => H' _ _; exact: H'.
Qed.

Theorem theorem1_helps n : (0 < p2)%N -> (p2 + 2 <= n)%N ->
  expI_sy S < expI_ts S w1 -> var_t S w1 <= var_y S ->
  helps_small (risk S w1 n) (risk0 S n).
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
  (expI_sy S < expI_ts S (ols S) -> ceps S (ols S) < sigma_eps2 S).
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

Section Tight.

Variable R : realFieldType.

Definition inst (T W g h y : R) : cov R 1 1 :=
  @Cov R 1 1 T%:M g%:M (h + g)%:M W%:M W%:M y.
Definition one1 : 'cV[R]_1 := 1%:M.

Lemma dot11 (a b : R) : dot (a%:M : 'cV_1) b%:M = a * b.
Proof. by rewrite /dot tr_scalar_mx -scalar_mxM mxE mulr1n. Qed.

Lemma bil11 (a M b : R) : bil (a%:M : 'cV_1) (M%:M : 'M_1) b%:M = a * (M * b).
Proof. by rewrite bil_dot -scalar_mxM dot11. Qed.

Lemma one1_neq0 : one1 != 0.
Proof. by rewrite /one1 -[1%:M]/(1 : 'M_1) oner_neq0. Qed.

Section Inst.

Variables T W g h y : R.
Hypothesis W0 : 0 < W.
Hypothesis yW : W < y.
Hypothesis hh : h ^+ 2 < (T - g ^+ 2 / W) * (y - W).

Lemma inst_scalar a b z : a != 0 \/ b != 0 \/ z != 0 ->
  0 < a ^+ 2 * T + b ^+ 2 * W + z ^+ 2 * y + 2%:R * (a * (g * b))
      + 2%:R * z * (a * (h + g)) + 2%:R * z * (b * W).
Proof.
have s0 : 0 < y - W by rewrite subr_gt0.
move: hh; set e := T - g ^+ 2 / W => he H.
have e0 : 0 < e.
  by rewrite -(pmulr_lgt0 _ s0); apply: le_lt_trans he; apply: sqr_ge0.
have -> : a ^+ 2 * T + b ^+ 2 * W + z ^+ 2 * y + 2%:R * (a * (g * b))
      + 2%:R * z * (a * (h + g)) + 2%:R * z * (b * W)
   = W * (b + z + a * g / W) ^+ 2
     + ((a * e + z * h) ^+ 2 + z ^+ 2 * (e * (y - W) - h ^+ 2)) / e.
  have en : T * W - g ^+ 2 != 0.
    have -> : T * W - g ^+ 2 = e * W by rewrite mulrBl divfK // gt_eqF.
    by rewrite gt_eqF // mulr_gt0.
  by rewrite /e; field; rewrite ?en ?(gt_eqF W0).
have q0 : 0 < e * (y - W) - h ^+ 2 by rewrite subr_gt0.
have Wsq : 0 <= W * (b + z + a * g / W) ^+ 2.
  by apply: mulr_ge0; [exact: ltW | exact: sqr_ge0].
have [z0|z0] := eqVneq z 0; last first.
  apply: (ltr_paddl Wsq); apply: divr_gt0 => //.
  apply: ltr_paddl; first exact: sqr_ge0.
  by rewrite pmulr_lgt0 // exprn_even_gt0.
have [a0|a0] := eqVneq a 0; last first.
  apply: (ltr_paddl Wsq); apply: divr_gt0 => //.
  rewrite z0 mul0r expr0n mul0r !addr0 exprn_even_gt0 //=.
  by rewrite mulf_neq0 // gt_eqF.
have b0 : b != 0 by case: H => [|[//|]]; rewrite ?a0 ?z0 eqxx.
rewrite a0 z0 !mul0r expr0n /= !mul0r !addr0 expr0n /= mul0r addr0.
by rewrite pmulr_rgt0 // exprn_even_gt0.
Qed.

Lemma inst_posdef : posdef (inst T W g h y).
Proof.
split; rewrite /= ?tr_scalar_mx // => a b z.
rewrite (mx11_scalar a) (mx11_scalar b); move: (a 0 0) (b 0 0) => {}a {}b.
have E (x : R) : (x%:M != 0 :> 'cV[R]_1) = (x != 0).
  by rewrite -scalemx1 scaler_eq0 -[1%:M]/(1 : 'M_1) oner_eq0 orbF.
rewrite !E => H.
have -> : form (inst T W g h y) a%:M b%:M z
  = a ^+ 2 * T + b ^+ 2 * W + z ^+ 2 * y + 2%:R * (a * (g * b))
      + 2%:R * z * (a * (h + g)) + 2%:R * z * (b * W).
  by rewrite /form /= !bil11 !dot11; ring.
by apply: inst_scalar; case/or3P: H => H; [left|right; left|right; right].
Qed.

Lemma inst_wstar : wstar (inst T W g h y) = one1.
Proof.
by rewrite /wstar /= invmx_scalar -scalar_mxM mulVf // gt_eqF.
Qed.

Lemma inst_facts :
  [/\ var_t (inst T W g h y) one1 = T, var_s (inst T W g h y) = W,
      cov_ts (inst T W g h y) one1 = g, sigma_eps2 (inst T W g h y) = y - W
    & ceps (inst T W g h y) one1 = h].
Proof.
have vs : var_s (inst T W g h y) = W.
  by rewrite /var_s inst_wstar /one1 bil11 mul1r mulr1.
have cv : cov_ts (inst T W g h y) one1 = g.
  by rewrite /cov_ts inst_wstar /one1 bil11 mul1r mulr1.
split=> //.
- by rewrite /var_t /one1 bil11 mul1r mulr1.
- by rewrite (sigma_eps2E inst_posdef) -var_sE vs.
- rewrite (cepsE _ inst_posdef) -(cov_tsE _ inst_posdef) cv.
  by rewrite /cov_ty /one1 dot11 mul1r addrK.
Qed.

End Inst.

Lemma quot4 (T e y s : R) : e != 0 -> y != 0 -> s != 0 ->
  T / e / (y / s) = T / y * (s / e).
Proof. by move=> e0 y0 s0; field; rewrite e0 y0 s0. Qed.

(** No larger bound will do: whenever I(t;s) - I(s;y) < ln a, some model with
    these very informations and scale has c > var(y | x2). The variances of t, s
    and y and cov(t,s) are given, and with them e^{2I(t;s)},
    e^{2I(s;y)} = y / (y - W) and a^2 = T / y. *)
Theorem tight (T W g y : R) :
  0 < W -> W < y -> g ^+ 2 < T * W ->
  gexp2I T W g / (y / (y - W)) < T / y ->
  exists S : cov R 1 1, exists w1 : 'cV[R]_1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ var_t S w1 = T, var_s S = W, cov_ts S w1 = g & var_y S = y]
      & [/\ expI_ts S w1 = gexp2I T W g, expI_sy S = y / (y - W),
            scale2 S w1 = T / y & sigma_eps2 S < ceps S w1]].
Proof.
move=> W0 yW gTW prem.
have y0 := lt_trans W0 yW; have s0 : 0 < y - W by rewrite subr_gt0.
have T0 : 0 < T by rewrite -(pmulr_lgt0 _ W0); apply: le_lt_trans gTW; apply: sqr_ge0.
pose e := T - g ^+ 2 / W.
have eW : T * W - g ^+ 2 = e * W by rewrite mulrBl divfK // gt_eqF.
have e0 : 0 < e by rewrite -(pmulr_lgt0 _ W0) -eW subr_gt0.
have se : y - W < e.
  have gE : T * W / (e * W) = T / e by rewrite -mulf_div divff ?mulr1 // gt_eqF.
  move: prem; rewrite /gexp2I eW gE.
  rewrite quot4 ?gt_eqF //.
  rewrite gtr_pmulr ?divr_gt0 // ltr_pdivr_mulr // mul1r; exact.
pose s := y - W; pose h := 2%:R * s * e / (s + e).
have se0 : 0 < s + e by rewrite addr_gt0.
have sh : s < h.
  rewrite /h ltr_pdivl_mulr // -subr_gt0.
  have -> : 2%:R * s * e - s * (s + e) = s * (e - s) by ring.
  by rewrite mulr_gt0 // subr_gt0.
have hh : h ^+ 2 < e * s.
  rewrite /h expr_div_n ltr_pdivr_mulr ?exprn_gt0 // -subr_gt0.
  have -> : e * s * (s + e) ^+ 2 - (2%:R * s * e) ^+ 2
    = e * s * (e - s) ^+ 2 by ring.
  apply: mulr_gt0; first exact: mulr_gt0.
  by rewrite exprn_even_gt0 //= subr_eq0 gt_eqF.
have [FT FW Fg Fs Fc] := inst_facts W0 yW hh.
exists (inst T W g h y), one1; split=> //.
- exact: inst_posdef.
- exact: one1_neq0.
- by rewrite (inst_wstar _ _ _ _ W0) one1_neq0.
- by split; rewrite // /expI_ts /expI_sy /scale2 ?FT ?FW ?Fg ?Fs ?Fc.
Qed.

End Tight.
