(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** When distillation helps: the sharp criterion, the window of weights, and the
    best weight with its gain.

    The section [Scalar] treats the risk as a function of lambda for five numbers
    - s = var(y | x2), e = var(t | x2), c = cov(t, y | x2), B, k
    of which it uses only 0 < s, c^2 <= s e, 0 <= B and 0 < k (and 0 < V).
    The theorems [sharp], [slope], [window] and [gain] at the end are about the
    model: these inequalities come from Model.v.

    - [rk l]          the risk at the weight l (lambda); [r0] at l = 0
    - [ra al]         the risk in the mixing weight al = l / (1 + l)
    - [helps_some]    the risk is below [r0] for some l > 0
    - [helps_small]   it is below [r0] for all small enough l > 0 *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Helps.

Variable R : realFieldType.

Definition helps_some (f : R -> R) (r : R) := exists2 l, 0 < l & f l < r.
Definition helps_small (f : R -> R) (r : R) :=
  exists2 eps, 0 < eps & forall l, 0 < l < eps -> f l < r.

Lemma helps_small_some f r : helps_small f r -> helps_some f r.
Proof.
move=> [eps eps0 H]; exists (eps / 2%:R); first by rewrite divr_gt0 ?ltr0n.
by apply: H; rewrite divr_gt0 ?ltr0n //= ltr_pdivr_mulr ?ltr0n // ltr_pmulr //
           ltr1n.
Qed.

End Helps.

Section Scalar.

Variable R : realFieldType.
Variables (s e c B k : R).

Definition rk (l : R) : R :=
  s + (l ^+ 2 * B + k * (s + 2%:R * l * c + l ^+ 2 * e)) / (1 + l) ^+ 2.
Definition r0 : R := s * (1 + k).
Definition divisor_of : R := B + k * (e - s).
Definition curvature_of : R := B + k * (s + e - 2%:R * c).
Definition ra (al : R) : R := r0 - 2%:R * k * al * (s - c) + al ^+ 2 * curvature_of.
Definition al_best : R := k * (s - c) / curvature_of.
Definition l_best : R := k * (s - c) / (B + k * (e - c)).

Lemma rk_sub l : 1 + l != 0 ->
  rk l - r0 = l * (l * divisor_of - 2%:R * k * (s - c)) / (1 + l) ^+ 2.
Proof. by move=> l0; rewrite /rk /r0 /divisor_of; field. Qed.

(* The derivative of the risk at 0 is 2 k (c - s): what is left is l^2 times a
   function that is bounded near 0. *)
Lemma rk_slope l : 1 + l != 0 ->
  rk l - r0 - l * (2%:R * k * (c - s))
  = l ^+ 2 * (divisor_of - 2%:R * k * (c - s) * (2%:R + l)) / (1 + l) ^+ 2.
Proof. by move=> l0; rewrite /rk /r0 /divisor_of; field. Qed.

Lemma rk_deriv eps : 0 < eps -> exists2 delta, 0 < delta &
  forall l, l != 0 -> `|l| < delta ->
  `|(rk l - r0) / l - 2%:R * k * (c - s)| < eps.
Proof.
set d := 2%:R * k * (c - s) => eps0.
pose M := `|divisor_of| + `|d| * 3%:R; have M0 : 0 <= M.
  by rewrite addr_ge0 // mulr_ge0 ?ler0n.
pose K := 4%:R * M + 1; have K0 : 0 < K by rewrite ltr_paddl ?mulr_ge0 ?ler0n.
have h0 : 0 < (2%:R)^-1 :> R by rewrite invr_gt0 ltr0n.
exists (Num.min 2%:R^-1 (eps / K)); first by rewrite lt_minr h0 divr_gt0.
move=> l l0; rewrite lt_minr => /andP[l2 lK].
have l1 : 2%:R^-1 < 1 + l.
  have : - 2%:R^-1 < l by move: l2; rewrite ltr_norml => /andP[].
  by rewrite -(ltr_add2l 1); apply: le_lt_trans; rewrite {2}[1](splitr 1) div1r addrK.
have l1p : 0 < 1 + l := lt_trans h0 l1.
have -> : (rk l - r0) / l - d
  = l * (divisor_of - d * (2%:R + l)) / (1 + l) ^+ 2.
  by rewrite /d /rk /r0 /divisor_of; field; rewrite l0 gt_eqF.
rewrite !normrM normrV ?unitfE ?expf_neq0 ?gt_eqF // [`|_ ^+ 2|]ger0_norm ?sqr_ge0 //.
rewrite ltr_pdivr_mulr ?exprn_gt0 //.
have q4 : 4%:R^-1 < (1 + l) ^+ 2.
  have -> : 4%:R^-1 = 2%:R^-1 ^+ 2 :> R by rewrite exprVn -natrX.
  by rewrite ltr_pexpn2r // nnegrE ltW.
have hM : `|divisor_of - d * (2%:R + l)| <= M.
  apply: le_trans (ler_norm_sub _ _) _; rewrite ler_add2l normrM ler_wpmul2l //.
  apply: le_trans (ler_norm_add _ _) _; rewrite normr_nat (natrD _ 2 1) ler_add2l.
  by apply/ltW/(lt_trans l2); rewrite invf_lt1 ?ltr1n ?ltr0n.
apply: (@le_lt_trans _ _ (`|l| * M)); first by rewrite ler_wpmul2l.
apply: (@le_lt_trans _ _ (`|l| * K * 4%:R^-1)).
  rewrite -mulrA ler_wpmul2l // ler_pdivl_mulr ?ltr0n // mulrC /K.
  by rewrite ler_addl ler01.
apply: (@lt_trans _ _ (eps * 4%:R^-1)); last by rewrite ltr_pmul2l.
by rewrite ltr_pmul2r ?invr_gt0 ?ltr0n // -ltr_pdivl_mulr.
Qed.

Hypothesis s0 : 0 < s.
Hypothesis cs : c ^+ 2 <= s * e.
Hypothesis B0 : 0 <= B.
Hypothesis k0 : 0 < k.

Lemma rk_lt l : 0 < l -> (rk l < r0) = (l * divisor_of < 2%:R * k * (s - c)).
Proof.
move=> l0; have l1 : 0 < 1 + l by rewrite addr_gt0.
rewrite -[LHS]subr_lt0 rk_sub ?gt_eqF // -[RHS]subr_lt0.
by rewrite pmulr_llt0 ?invr_gt0 ?exprn_gt0 // pmulr_rlt0.
Qed.

Lemma divisor_of_ge0 : s <= c -> 0 <= divisor_of.
Proof.
move=> sc; rewrite addr_ge0 // mulr_ge0 ?(ltW k0) // subr_ge0.
rewrite -(ler_pmul2l s0); apply: le_trans cs; rewrite -expr2.
by rewrite ler_pexpn2r // nnegrE ltW // (lt_le_trans s0).
Qed.

Lemma rk_never l : s <= c -> 0 < l -> r0 <= rk l.
Proof.
move=> sc l0; rewrite leNgt rk_lt // -leNgt.
apply: (@le_trans _ _ 0); last by rewrite mulr_ge0 ?divisor_of_ge0 // ltW.
by rewrite pmulr_rle0 ?mulr_gt0 ?ltr0n // subr_le0.
Qed.

Lemma rk_small : c < s -> helps_small rk r0.
Proof.
move=> sc; have d0 : 0 < 1 + `|divisor_of| by rewrite ltr_paddr.
have m0 : 0 < 2%:R * k * (s - c) by rewrite !mulr_gt0 ?ltr0n // subr_gt0.
exists (2%:R * k * (s - c) / (1 + `|divisor_of|)); first by rewrite divr_gt0.
move=> l /andP[l0]; rewrite ltr_pdivl_mulr // => H; rewrite rk_lt //.
apply: le_lt_trans H; rewrite ler_pmul2l // (le_trans (ler_norm _)) //.
by rewrite ler_addr ler01.
Qed.

Lemma rk_sharp :
  (helps_some rk r0 <-> helps_small rk r0) /\ (helps_small rk r0 <-> c < s).
Proof.
have H : helps_some rk r0 -> c < s.
  by move=> [l l0]; rewrite ltNge => h; rewrite ltNge; apply: contra h => h; apply: rk_never.
split; split.
- by move/H; apply: rk_small.
- exact: helps_small_some.
- by move/helps_small_some/H.
- exact: rk_small.
Qed.

Lemma rk_window l : 0 < l ->
  [/\ (rk l < r0) = (l * divisor_of < 2%:R * k * (s - c)),
      c < s -> 0 < divisor_of -> (rk l < r0) = (l < 2%:R * k * (s - c) / divisor_of),
      c < s -> divisor_of <= 0 -> rk l < r0
    & s <= c -> r0 <= rk l].
Proof.
move=> l0; split; first exact: rk_lt.
- by move=> _ D0; rewrite rk_lt // ltr_pdivl_mulr.
- move=> sc D0; rewrite rk_lt //; apply: (@le_lt_trans _ _ 0).
    by rewrite pmulr_rle0.
  by rewrite !mulr_gt0 ?ltr0n // subr_gt0.
- by move=> sc; apply: rk_never.
Qed.

Hypothesis V0 : 0 < s + e - 2%:R * c.

Lemma curvature_of_gt0 : 0 < curvature_of.
Proof. by rewrite ltr_paddl // mulr_gt0. Qed.

Lemma rk_alpha l : 1 + l != 0 -> rk l = ra (l / (1 + l)).
Proof. by move=> l0; rewrite /rk /ra /r0 /curvature_of; field. Qed.

Lemma ra_mix x y th :
  th * ra x + (1 - th) * ra y - ra (th * x + (1 - th) * y)
  = curvature_of * (th * (1 - th) * (x - y) ^+ 2).
Proof. rewrite /ra; ring. Qed.

Lemma ra_convex x y th : 0 < th < 1 -> x != y ->
  ra (th * x + (1 - th) * y) < th * ra x + (1 - th) * ra y.
Proof.
move=> /andP[t0 t1] xy; rewrite -subr_gt0 ra_mix pmulr_rgt0 ?curvature_of_gt0 //.
by rewrite pmulr_rgt0 ?exprn_even_gt0 ?subr_eq0 // mulr_gt0 // subr_gt0.
Qed.

Lemma ra_vertex al :
  ra al = r0 - (k * (s - c)) ^+ 2 / curvature_of + curvature_of * (al - al_best) ^+ 2.
Proof.
have : curvature_of != 0 by rewrite gt_eqF ?curvature_of_gt0.
rewrite /ra /al_best; generalize curvature_of => A A0; field.
exact: A0.
Qed.

Lemma mix_lt (l l' : R) : 0 <= l -> l < l' -> l / (1 + l) < l' / (1 + l').
Proof.
move=> l0 ll; have h : 0 < 1 + l := ltr_paddr l0 ltr01.
have h' : 0 < 1 + l' := ltr_paddr (ltW (le_lt_trans l0 ll)) ltr01.
rewrite ltr_pdivr_mulr // mulrAC ltr_pdivl_mulr // -subr_gt0.
have -> : l' * (1 + l) - l * (1 + l') = l' - l by ring.
by rewrite subr_gt0.
Qed.

Lemma mix_lt1 (l : R) : 0 <= l -> l / (1 + l) < 1.
Proof.
move=> l0; have h : 0 < 1 + l := ltr_paddr l0 ltr01.
by rewrite ltr_pdivr_mulr // mul1r ltr_addr ltr01.
Qed.

Lemma mix_inj (l l' : R) : 0 <= l -> 0 <= l' -> l / (1 + l) = l' / (1 + l') -> l = l'.
Proof.
move=> l0 l0' E; have [h|h|//] := ltgtP l l'.
- by have := mix_lt l0 h; rewrite E ltxx.
- by have := mix_lt l0' h; rewrite E ltxx.
Qed.

Lemma ge0_ne (l : R) : 0 <= l -> 1 + l != 0.
Proof. by move=> l0; rewrite gt_eqF // (ltr_paddr l0 ltr01). Qed.

Lemma rk_best_none l : s <= c -> 0 < l -> r0 < rk l.
Proof.
move=> sc l0; rewrite rk_alpha ?ge0_ne ?ltW // /ra -subr_gt0.
have a0 : 0 < l / (1 + l) by rewrite divr_gt0 // (ltr_paddr (ltW l0) ltr01).
move: a0; move: (l / _) => al a0.
have -> : r0 - 2%:R * k * al * (s - c) + al ^+ 2 * curvature_of - r0
  = 2%:R * k * al * (c - s) + al ^+ 2 * curvature_of by ring.
by rewrite ltr_paddl ?mulr_gt0 ?exprn_gt0 ?curvature_of_gt0 // mulr_ge0 ?subr_ge0 //
           ltW // !mulr_gt0 ?ltr0n.
Qed.

Lemma rk_best : 0 < al_best < 1 ->
  [/\ 0 < l_best, l_best / (1 + l_best) = al_best,
      r0 - rk l_best = (k * (s - c)) ^+ 2 / curvature_of
    & forall l, 0 <= l -> l != l_best -> rk l_best < rk l].
Proof.
have A0 := curvature_of_gt0.
rewrite /al_best ltr_pdivr_mulr // mul1r => /andP[].
rewrite pmulr_lgt0 ?invr_gt0 // => N0 NA.
have DE : B + k * (e - c) = curvature_of - k * (s - c) by rewrite /curvature_of; ring.
have D0 : 0 < curvature_of - k * (s - c) by rewrite subr_gt0.
have lb0 : 0 < l_best by rewrite /l_best DE divr_gt0.
have lbE : l_best / (1 + l_best) = al_best.
  rewrite /l_best /al_best DE; move: D0 A0; move: curvature_of (k * (s - c)) => A N D0 A0.
  by field; rewrite !gt_eqF.
have rbE : rk l_best = r0 - (k * (s - c)) ^+ 2 / curvature_of.
  rewrite rk_alpha ?ge0_ne ?ltW // lbE ra_vertex subrr expr0n /= mulr0; exact: addr0.
split=> //; first by rewrite rbE opprB addrCA subrr addr0.
move=> l l0 ne; rewrite rbE rk_alpha ?ge0_ne // ra_vertex ltr_addl mulr_gt0 //.
rewrite exprn_even_gt0 //= subr_eq0 -lbE; apply: contra ne => /eqP E.
by apply/eqP/mix_inj => //; apply: ltW.
Qed.

Lemma rk_best_inf l l' : 1 <= al_best -> 0 <= l -> l < l' -> rk l' < rk l.
Proof.
move=> a1 l0 ll; have l0' : 0 <= l' by rewrite ltW // (le_lt_trans l0).
rewrite !rk_alpha ?ge0_ne // !ra_vertex ltr_add2l ltr_pmul2l ?curvature_of_gt0 //.
have := mix_lt1 l0'; have := mix_lt l0 ll.
move: (l / _) (l' / _) => x y xy y1; rewrite -subr_gt0.
have -> : (x - al_best) ^+ 2 - (y - al_best) ^+ 2
  = (y - x) * ((al_best - x) + (al_best - y)) by ring.
have ya : y < al_best := lt_le_trans y1 a1.
have xa : x < al_best := lt_trans xy ya.
apply: mulr_gt0; first by rewrite subr_gt0.
by apply: addr_gt0; rewrite subr_gt0.
Qed.

End Scalar.

Section Theorems.

Variables (R : realFieldType) (p1 p2 : nat).
Variables (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat).
Hypothesis pS : posdef S.

Local Notation k := (kfac R p2 n).
Local Notation s := (residual_variance S).
Local Notation e := (teacher_residual_variance S w1).
Local Notation c := (residual_covariance S w1).

(** The number A = B + k V: half the second derivative of the risk in alpha. *)
Definition parabola_curvature : R := mismatch S w1 + k * difference_variance S w1.
(** The risk in the mixing weight alpha = lambda / (1 + lambda). *)
Definition risk_mix (al : R) : R :=
  baseline_risk S n - 2%:R * k * al * (s - c) + al ^+ 2 * parabola_curvature.
(** The vertex of that parabola, and the weight lambda that it stands for. *)
Definition alpha_best : R := k * (s - c) / parabola_curvature.
Definition lambda_best : R := k * (s - c) / (mismatch S w1 + k * (e - c)).

(** The derivative of the risk at lambda = 0 is 2 k (c - var(y | x2)). *)
Theorem slope :
  (forall l, 1 + l != 0 ->
     risk S w1 n l - baseline_risk S n - l * (2%:R * k * (c - s))
     = l ^+ 2 * (window_divisor S w1 n - 2%:R * k * (c - s) * (2%:R + l)) / (1 + l) ^+ 2)
  /\ (forall eps, 0 < eps -> exists2 delta, 0 < delta &
       forall l, l != 0 -> `|l| < delta ->
       `|(risk S w1 n l - baseline_risk S n) / l - 2%:R * k * (c - s)| < eps).
Proof. by split; [exact: rk_slope | exact: rk_deriv]. Qed.

Hypothesis p2_gt0 : (0 < p2)%N.
Hypothesis n_large : (p2 + 2 <= n)%N.

(** Distillation helps for some weight iff it helps for all small weights iff
    c < var(y | x2). *)
Theorem sharp :
  (helps_some (risk S w1 n) (baseline_risk S n) <-> helps_small (risk S w1 n) (baseline_risk S n))
  /\ (helps_small (risk S w1 n) (baseline_risk S n) <-> c < s).
Proof.
exact: (rk_sharp (residual_variance_gt0 w1 pS) (residual_covariance2_le w1 pS) (mismatch_ge0 w1 pS)
                 (kfac_gt0 R p2_gt0 n_large)).
Qed.

(** The weights that help: lambda D < 2 k (var(y | x2) - c). *)
Theorem window l : 0 < l ->
  [/\ (risk S w1 n l < baseline_risk S n) = (l * window_divisor S w1 n < 2%:R * k * (s - c)),
      c < s -> 0 < window_divisor S w1 n ->
        (risk S w1 n l < baseline_risk S n) = (l < 2%:R * k * (s - c) / window_divisor S w1 n),
      c < s -> window_divisor S w1 n <= 0 -> risk S w1 n l < baseline_risk S n
    & s <= c -> baseline_risk S n <= risk S w1 n l].
Proof.
exact: (rk_window (residual_variance_gt0 w1 pS) (residual_covariance2_le w1 pS) (mismatch_ge0 w1 pS)
                 (kfac_gt0 R p2_gt0 n_large)).
Qed.

(** The risk is a strictly convex parabola in alpha; the best weight and its gain. *)
Theorem gain :
  [/\ 0 < parabola_curvature,
      forall l, 0 <= l -> risk S w1 n l = risk_mix (l / (1 + l)),
      forall x y th, 0 < th < 1 -> x != y ->
        risk_mix (th * x + (1 - th) * y) < th * risk_mix x + (1 - th) * risk_mix y,
      s <= c -> forall l, 0 < l -> baseline_risk S n < risk S w1 n l
    & (1 <= alpha_best -> forall l l', 0 <= l -> l < l' ->
        risk S w1 n l' < risk S w1 n l) /\
      (0 < alpha_best < 1 ->
       [/\ 0 < lambda_best, lambda_best / (1 + lambda_best) = alpha_best,
           baseline_risk S n - risk S w1 n lambda_best = (k * (s - c)) ^+ 2 / parabola_curvature
         & forall l, 0 <= l -> l != lambda_best ->
             risk S w1 n lambda_best < risk S w1 n l])].
Proof.
have k0 := kfac_gt0 R p2_gt0 n_large.
have B0 := mismatch_ge0 w1 pS; have V0 := difference_variance_gt0 w1 pS.
split; [exact: curvature_of_gt0 | | | | split].
- by move=> l l0; apply: rk_alpha; apply: ge0_ne.
- by move=> x y th; apply: (ra_convex B0 k0 V0).
- by move=> sc l; apply: (rk_best_none B0 k0 V0).
- by move=> a1 l l'; apply: (rk_best_inf B0 k0 V0 a1).
- exact: (rk_best B0 k0 V0).
Qed.

End Theorems.
