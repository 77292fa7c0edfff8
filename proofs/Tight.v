(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The criterion is tight: the models that show it, for all p1 and p2.

    - [inst T W g h y]  the model with numbers x1 = t and x2 = s, with
                        var(t) = T, var(s) = W, cov(t,s) = g, var(y) = y and
                        cov(t, y | x2) = h
    - [pad a b S]       the model S with a more coordinates of x1 and b more of x2, of
                        variance 1 and independent of all the others; [padw a w1] gives
                        them the weight 0 *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Scalar.

Variable R : realFieldType.

Definition inst (T W g h y : R) : cov R 1 1 :=
  @Cov R 1 1 T%:M g%:M (h + g)%:M W%:M W%:M y.
Definition one1 : 'cV[R]_1 := 1%:M.

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
      cov_ts (inst T W g h y) one1 = g, residual_variance (inst T W g h y) = y - W
    & residual_covariance (inst T W g h y) one1 = h].
Proof.
have vs : var_s (inst T W g h y) = W.
  by rewrite /var_s inst_wstar /one1 bil11 mul1r mulr1.
have cv : cov_ts (inst T W g h y) one1 = g.
  by rewrite /cov_ts inst_wstar /one1 bil11 mul1r mulr1.
split=> //.
- by rewrite /var_t /one1 bil11 mul1r mulr1.
- by rewrite (residual_varianceE inst_posdef) -var_sE vs.
- rewrite (residual_covarianceE _ inst_posdef) -(cov_tsE _ inst_posdef) cv.
  by rewrite /cov_ty /one1 dot11 mul1r addrK.
Qed.

End Inst.

Lemma quot4 (T e y s : R) : e != 0 -> y != 0 -> s != 0 ->
  T / e / (y / s) = T / y * (s / e).
Proof. by move=> e0 y0 s0; field; rewrite e0 y0 s0. Qed.

(* [tight] for p1 = p2 = 1. *)
Lemma tight_scalar (T W g y : R) :
  0 < W -> W < y -> g ^+ 2 < T * W ->
  gexp2I T W g / (y / (y - W)) < T / y ->
  exists S : cov R 1 1, exists w1 : 'cV[R]_1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ var_t S w1 = T, var_s S = W, cov_ts S w1 = g & var_y S = y]
      & [/\ expI_ts S w1 = gexp2I T W g, expI_sy S = y / (y - W),
            scale_squared S w1 = T / y & residual_variance S < residual_covariance S w1]].
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
- by split; rewrite // /expI_ts /expI_sy /scale_squared ?FT ?FW ?Fg ?Fs ?Fc.
Qed.

End Scalar.

Section Pad.

Variables (R : realFieldType) (p1 p2 a b : nat).

Definition pad (S : cov R p1 p2) : cov R (p1 + a) (p2 + b) :=
  Cov (block_mx (S11 S) 0 0 1%:M) (block_mx (S12 S) 0 0 0) (col_mx (S13 S) 0)
      (block_mx (S22 S) 0 0 1%:M) (col_mx (S23 S) 0) (S33 S).
Definition padw (w1 : 'cV[R]_p1) : 'cV[R]_(p1 + a) := col_mx w1 0.

Lemma bil_block m n m' n' (x : 'cV[R]_m) (y : 'cV[R]_m') (z : 'cV[R]_n) (u : 'cV[R]_n') A D :
  bil (col_mx x y) (block_mx A 0 0 D) (col_mx z u) = bil x A z + bil y D u.
Proof. by rewrite !bil_dot mul_block_col !mul0mx addr0 add0r dot_col. Qed.

Section Facts.

Variables (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.

Lemma pad_posdef : posdef (pad S).
Proof.
split; rewrite /= ?tr_block_mx ?trmx0 ?tr_scalar_mx ?(sym11 pS) ?(sym22 pS) //.
move=> x y z; rewrite -(vsubmxK x) -(vsubmxK y).
move: (usubmx x) (dsubmx x) (usubmx y) (dsubmx y) => {x y} x x' y y'.
have nz m n (u : 'cV[R]_m) (u' : 'cV[R]_n) :
    (col_mx u u' != 0) = (u != 0) || (u' != 0).
  by rewrite -negb_and col_mx_eq0.
have -> : form (pad S) (col_mx x x') (col_mx y y') z
          = form S x y z + (dot x' x' + dot y' y').
  rewrite /form /= !bil_block !dot_col !dot0r !addr0 !bil_dot !mul1mx !mul0mx !dot0r !addr0.
  by rewrite -!bil_dot; move: (bil _ _ _) (bil y _ _) (bil x _ _) (dot _ _) (dot _ _) (dot _ _) (dot _
    _) => *; ring.
have F := form_ge0 pS x y z; have [X Y] := (dot_ge0 x', dot_ge0 y').
rewrite !nz; case E : [|| x != 0, y != 0 | z != 0].
  by move=> _; rewrite ltr_paddr ?addr_ge0 // (form_pos pS).
move: E => /norP[/negPn/eqP-> /norP[/negPn/eqP-> /negPn/eqP->]]; rewrite !eqxx /= orbF.
by case/orP => /dot_gt0 N; rewrite ltr_paddl ?form_ge0 // ?(ltr_paddr _ N) ?(ltr_paddl _ N).
Qed.

Lemma pad_wstar : wstar (pad S) = col_mx (wstar S) 0.
Proof.
have E : S22 (pad S) *m col_mx (wstar S) 0 = S23 (pad S).
  by rewrite /= mul_block_col !mulmx0 !mul0mx !addr0 (S22_wstar pS).
by rewrite {1}/wstar -E mulKmx // (S22_unit pad_posdef).
Qed.

Lemma pad_proj : proj (pad S) (padw w1) = col_mx (proj S w1) 0.
Proof.
have E : S22 (pad S) *m col_mx (proj S w1) 0 = (S12 (pad S))^T *m padw w1.
  rewrite /= tr_block_mx !trmx0 !mul_block_col !mulmx0 !mul0mx !addr0 (S22_proj _ pS).
  by [].
by rewrite {1}/proj -mulmxA -E mulKmx // (S22_unit pad_posdef).
Qed.

(* Nothing changes. *)
Lemma pad_facts :
  [/\ var_t (pad S) (padw w1) = var_t S w1, var_s (pad S) = var_s S,
      cov_ts (pad S) (padw w1) = cov_ts S w1, residual_variance (pad S) = residual_variance S
    & residual_covariance (pad S) (padw w1) = residual_covariance S w1].
Proof.
have iE u v : inner (pad S) (col_mx u 0) (col_mx v 0) = inner S u v.
  by rewrite /inner bil_block [bil 0 _ _]bil_dot dot0l addr0.
have vs : var_s (pad S) = var_s S by rewrite /var_s pad_wstar; apply: iE.
have cv : cov_ts (pad S) (padw w1) = cov_ts S w1.
  by rewrite !(cov_tsE _ pad_posdef, cov_tsE _ pS) /gvw pad_proj pad_wstar iE.
split=> //.
- by rewrite /var_t bil_block [bil 0 _ _]bil_dot dot0l addr0.
- by rewrite !(residual_varianceE pad_posdef, residual_varianceE pS) -!var_sE vs.
- rewrite !(residual_covarianceE _ pad_posdef, residual_covarianceE _ pS) -!(cov_tsE _ pad_posdef,
  cov_tsE _ pS) cv.
  by rewrite /cov_ty dot_col dot0l addr0.
Qed.

End Facts.

End Pad.

(** No larger bound will do: whenever I(t;s) - I(s;y) < ln a, some model with
    these very informations and scale has c > var(y | x2), for every number of
    coordinates. The variances of t, s and y and cov(t,s) are given, and with them
    e^{2I(t;s)}, e^{2I(s;y)} = y / (y - W) and a^2 = T / y. *)
Theorem tight (R : realFieldType) (p1 p2 : nat) (T W g y : R) :
  (0 < p1)%N -> (0 < p2)%N -> 0 < W -> W < y -> g ^+ 2 < T * W ->
  gexp2I T W g / (y / (y - W)) < T / y ->
  exists S : cov R p1 p2, exists w1 : 'cV[R]_p1,
    [/\ posdef S, w1 != 0, wstar S != 0,
        [/\ var_t S w1 = T, var_s S = W, cov_ts S w1 = g & var_y S = y]
      & [/\ expI_ts S w1 = gexp2I T W g, expI_sy S = y / (y - W),
            scale_squared S w1 = T / y & residual_variance S < residual_covariance S w1]].
Proof.
case: p1 p2 => [//|a] [//|b] _ _ W0 yW gTW prem.
have [S [w1 [pS w0 ws0 [FT FW Fg Fy] [E1 E2 E3 E4]]]] := tight_scalar W0 yW gTW prem.
have [PT PW Pg Ps Pc] := pad_facts a b w1 pS.
have nz m n (u : 'cV[R]_m) : (col_mx u (0 : 'cV[R]_n) != 0) = (u != 0).
  by rewrite col_mx_eq0 eqxx andbT.
exists (pad a b S : cov R a.+1 b.+1), (padw a w1 : 'cV[R]_a.+1); split.
- exact: (pad_posdef a b pS).
- by move: w0; rewrite -(@nz 1%N a w1).
- by move: ws0; rewrite -(@nz 1%N b (wstar S)) -(pad_wstar a b pS).
- by rewrite PT PW Pg.
- by rewrite /expI_ts /expI_sy /scale_squared PT PW Pg Ps Pc; move: E1 E2 E3 E4; rewrite /expI_ts
  /expI_sy /scale_squared.
Qed.
