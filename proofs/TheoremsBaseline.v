(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements of StatementsBaseline.v that are true. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Parabola Tuned Ensemble.
From Proofs Require Import Statements Theorems StatementsBaseline.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Claims.

Variable R : realFieldType.

Section Tuned.

Variables (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat).
Hypothesis std : Statements.Claim.standing S w1 n.
Local Notation k := (kfac R p2 n).
Local Notation shrunk := (shrink_best (var_s S) (residual_variance S) k).
Local Notation excess := (student_excess S w1 k).

Lemma standing_facts : [/\ [/\ posdef S, w1 != 0 & wstar S != 0], (0 < p2)%N, (p2 + 2 <= n)%N, 0 < k &
  [/\ 0 < residual_variance S, 0 < var_s S,
      residual_covariance S w1 ^+ 2 < residual_variance S * teacher_residual_variance S w1
    & cov_ts S w1 ^+ 2 <= var_proj S w1 * var_s S]].
Proof.
have [pS w0 ws0 hn] := std; have p20 := nonzero_size ws0; split=> //; first exact: kfac_gt0.
split; [exact: residual_variance_gt0 w1 pS | exact: var_s_gt0 | | exact: cov_ts2_le].
exact: residual_covariance2_lt.
Qed.

Lemma aligned_open : Claim.aligned_given_y S w1 <->
  0 < open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1).
Proof. by have [[pS _ _] _ _ _ _] := standing_facts; rewrite (open_ofE w1 pS) subr_gt0. Qed.

Lemma tuned_helpsE : Claim.tuned_helps S w1 n <-> Claim.aligned_given_y S w1.
Proof.
have [_ _ _ k0 [s0 A0 ce Gg]] := standing_facts; rewrite aligned_open; split.
  move=> [a [b b0 better]]; rewrite ltNge; apply/negP => o0; have := better shrunk.
  by rewrite ltNge (tuned_never s0 A0 k0 ce Gg).
move/(tuned_helps s0 A0 k0 ce Gg) => [b b0 better]; exists shrunk, b; first exact: ltW.
by move=> a'; apply: lt_le_trans better _; apply: shrink_least.
Qed.

End Tuned.

Theorem tuned_sharp : StatementsBaseline.Claim.tuned_sharp R.
Proof.
move=> p1 p2 S w1 n std k excess N11 N12 N22 shrunk.
have [[pS w0 ws0] p20 hn k0 [s0 A0 ce Gg]] := standing_facts std; split.
- exact: tuned_helpsE.
- by move=> a; apply: shrink_least.
- by rewrite (aligned_open std); apply: (tuned_helps_small s0 A0 k0 ce Gg).
have D0 := det_gt0 s0 A0 k0 ce Gg; have N0 := label_form_gt0 s0 A0 k0.
pose op := open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1).
have gain := tuned_gain s0 A0 k0 ce Gg; rewrite -/op -/(student_excess S w1 k _ _) in gain.
rewrite -/(student_excess S w1 k _ _) -/excess in gain.
exists (label_best (var_s S) (cov_ts S w1) (var_proj S w1) (residual_variance S)
          (residual_covariance S w1) (teacher_residual_variance S w1) k),
       (teacher_best (var_s S) (cov_ts S w1) (var_proj S w1) (residual_variance S)
          (residual_covariance S w1) (teacher_residual_variance S w1) k); split.
- by move=> a' b'; apply: tuned_least.
- rewrite /teacher_best 2!sgrM (gtr0_sg k0) mul1r sgrV (gtr0_sg D0) mulr1.
  have y0 := var_y_gt0 w1 pS; rewrite (open_ofE w1 pS) -(cov_ts_given_yE w1 pS).
  by rewrite sgrM (gtr0_sg y0) mulr1.
- exact: gain.
rewrite (informs_given_y pS w0 ws0); have opE := open_ofE w1 pS.
split=> [E|E].
  have := gain; rewrite -[excess (label_best _ _ _ _ _ _ _) _]E subrr.
  set P := (X in _ / X); have P0 : 0 < P by rewrite mulr_gt0.
  move/(congr1 (fun x => x * P)); rewrite mul0r divfK ?(gt_eqF P0) // => /esym/eqP.
  by rewrite sqrf_eq0 mulf_eq0 (gt_eqF k0) /= /op opE subr_eq0 => /eqP.
apply/eqP; rewrite -subr_eq0 gain.
by rewrite /op opE E subrr mulr0 expr0n mul0r.
Qed.

Theorem signed_cch : StatementsBaseline.Claim.signed_cch R.
Proof.
move=> p1 p2 S w1 n [std inf G0]; rewrite (tuned_helpsE std).
have [[pS w0 ws0] _ _ _ [s0 A0 ce Gg]] := standing_facts std.
suff: Claim.aligned_given_y S w1 by split.
have y0 := var_y_gt0 w1 pS; have T0 := var_t_gt0 pS w0; have d0 := ts_det_gt0 pS w0 ws0.
have CTY : cov_ty S w1 ^+ 2 < var_t S w1 * var_y S.
  have := var_t_given_y_gt0 pS w0.
  by rewrite /var_t_given_y subr_gt0 ltr_pdivr_mulr.
move: inf; rewrite /Statements.Claim.informed /expI_sy /expI_ts /gexp2I.
rewrite ltr_pdivl_mulr // mulrAC ltr_pdivr_mulr //.
have -> : residual_variance S = var_y S - var_s S by rewrite (residual_varianceE pS) -var_sE.
rewrite /Claim.aligned_given_y; move: CTY d0 G0 T0 A0 y0.
move: (cov_ty S w1) (cov_ts S w1) (var_t S w1) (var_y S) (var_s S) => C G T Y A CTY d0 G0 T0 A0 Y0 inf.
have TA : T * A ^+ 2 < G ^+ 2 * Y.
  rewrite -subr_gt0; have -> : G ^+ 2 * Y - T * A ^+ 2 = T * A * (Y - A) - Y * (T * A - G ^+ 2) by ring.
  by rewrite subr_gt0.
apply: le_lt_trans (ler_norm _) _; rewrite -[X in _ < X]gtr0_norm ?mulr_gt0 //.
rewrite -ltr_sqr ?nnegrE ?normr_ge0 // !real_normK ?num_real // !exprMn.
apply: (@lt_trans _ _ (T * Y * A ^+ 2)); first by rewrite ltr_pmul2r // exprn_gt0.
by rewrite mulrAC expr2 [G ^+ 2 * _]mulrA ltr_pmul2r // -expr2.
Qed.

Theorem conditional_independence : StatementsBaseline.Claim.conditional_independence R.
Proof.
move=> p1 p2 S n [pS ws0 hn ind] w1 a b.
have y0 := var_y_gt0 w1 pS; have s0 := residual_variance_gt0 w1 pS.
have A0 := var_s_gt0 pS ws0; have k0 := kfac_gt0 R (nonzero_size ws0) hn.
have o0 : open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1) = 0.
  rewrite (open_ofE w1 pS) var_sE -(cov_syE pS) /cov_sy /cov_ty /cov_ts mulrC -bil_scalem ind bil_outer.
  by rewrite [dot (S23 S) _]dotC subrr.
exists (shrink_best (var_s S) (residual_variance S) (kfac R p2 n)).
rewrite /student_excess (excess_shrink _ _ _ _ s0 A0 k0 a b) -addrA ler_addl addr_ge0 //.
  by rewrite mulr_ge0 ?sqr_ge0 // ltW // label_form_gt0.
rewrite o0 mulr0 mul0r /parabola mul0r subr0 add0r mulr_ge0 ?sqr_ge0 //.
rewrite divr_ge0 ?(ltW (label_form_gt0 s0 A0 k0)) //.
have [->|w0] := eqVneq w1 0; last first.
  by rewrite ltW // det_gt0 // ?(cov_ts2_le _ pS) // residual_covariance2_lt.
rewrite /det_of /cov_ts /residual_covariance /var_proj /teacher_residual_variance /proj.
by rewrite !bil_dot !mulmx0 !dot0l ?mulr0 ?addr0 ?mulr0 expr0n subr0.
Qed.

Theorem ols_sharp : StatementsBaseline.Claim.ols_sharp R.
Proof.
move=> p1 p2 S n; split=> [w1 [std CT]|pS]; last first.
  by rewrite /var_t bil_dot [X in _ *m X]/ols mulKVmx // (S11_unit pS).
rewrite (sharp std).2; have [pS _ _ _] := std.
rewrite (residual_covarianceE w1 pS) (residual_varianceE pS) CT -(cov_tsE w1 pS) -var_sE /var_y.
suff -> : (var_t S w1 - cov_ts S w1 < S33 S - var_s S)
  = (var_t S w1 + var_s S - cov_ts S w1 < S33 S) by [].
by rewrite -[LHS]subr_gt0 -[RHS]subr_gt0; congr (0 < _); ring.
Qed.

Theorem weak_modalities : StatementsBaseline.Claim.weak_modalities R.
Proof.
move=> p1 p2 S n [std G0 weak]; have [pS w0 ws0 _] := std.
have [sharp_ols CT] := ols_sharp S n; apply/(sharp_ols _ (conj std (CT pS))).
have y0 := var_y_gt0 (ols S) pS; have T0 := var_t_gt0 pS w0; have A0 := var_s_gt0 pS ws0.
apply: (@le_lt_trans _ _ (var_t S (ols S) + var_s S)); first by rewrite ler_subl_addr ler_addl.
move: weak; rewrite CT // (cov_syE pS) -var_sE.
have E (x : R) : 0 < x -> x ^+ 2 / (x * var_y S) = x / var_y S.
  by move=> x0; rewrite expr2 -mulf_div divff ?mul1r // gt_eqF.
by rewrite !E // -mulrDl ltr_pdivr_mulr // mul1r.
Qed.

Theorem calibrate_first : StatementsBaseline.Claim.calibrate_first R.
Proof.
move=> p1 p2 S w1 n [[pS w0 ws0 hn] C0 inf]; have T0 := var_t_gt0 pS w0; have y0 := var_y_gt0 w1 pS.
set x := cov_ty S w1 / var_t S w1; have x0 : x != 0 by rewrite mulf_neq0 // invr_eq0 gt_eqF.
have TE : var_t S (x *: w1) = x ^+ 2 * var_t S w1.
  by rewrite /var_t !bil_dot -scalemxAr dotZl dotZr mulrA expr2.
have GE : cov_ts S (x *: w1) = x * cov_ts S w1 by rewrite /cov_ts !bil_dot dotZl.
have [] // := @theorem1 R p1 p2 S (x *: w1) n; split.
- by split=> //; rewrite scaler_eq0 negb_or x0.
- move: inf; rewrite /Statements.Claim.informed /expI_ts /gexp2I TE GE.
  have -> : x ^+ 2 * var_t S w1 * var_s S - (x * cov_ts S w1) ^+ 2
    = x ^+ 2 * (var_t S w1 * var_s S - cov_ts S w1 ^+ 2) by ring.
  by rewrite -(mulrA (x ^+ 2)) -mulf_div divff ?mul1r // expf_neq0.
have -> : var_t S (x *: w1) = cov_ty S w1 ^+ 2 / var_t S w1.
  by rewrite TE /x; move: T0; move: (cov_ty S w1) (var_t S w1) => C T T0; field; rewrite gt_eqF.
have := var_t_given_y_gt0 pS w0; rewrite /var_t_given_y subr_gt0 ltr_pdivr_mulr // => /ltW.
by rewrite ler_pdivr_mulr // mulrC.
Qed.

Theorem crossover : StatementsBaseline.Claim.crossover R.
Proof.
move=> p1 p2 S w1 n l [[pS w0 ws0 hn] B0 l0]; have p20 := nonzero_size ws0.
have helps m : (p2 + 2 <= m)%N -> (risk S w1 m l < baseline_risk S m)
    = (l * mismatch S w1 * (m - p2 - 1)%:R < p2%:R * (2%:R * (residual_variance S - residual_covariance S w1)
         - l * (teacher_residual_variance S w1 - residual_variance S))).
  move=> hm; have [-> _ _ _] := Criterion.window w1 pS p20 hm l0.
  have d0 : 0 < (m - p2 - 1)%:R :> R by rewrite ltr0n -subnDA subn_gt0 (leq_trans _ hm) // addn2 addn1.
  rewrite /window_divisor /kfac -(ltr_pmul2r d0) -[LHS]subr_gt0 -[RHS]subr_gt0; congr (0 < _).
  move: d0; move: (_ - _ - _)%:R (p2%:R) (mismatch S w1) (residual_variance S) => d p B s d0.
  by move: (residual_covariance S w1) (teacher_residual_variance S w1) => c e; field; rewrite gt_eqF.
split; last first.
  move=> n' /andP[hn' n'n]; rewrite !helps ?(leq_trans hn') //; apply: le_lt_trans.
  rewrite ler_wpmul2l ?ler_nat ?leq_sub // mulr_ge0 // ltW //.
have lB : 0 < l * mismatch S w1 by rewrite mulr_gt0.
rewrite helps // -addrA -ltr_subl_addl mulrC -ltr_pdivl_mulr //; set bound := _ / _.
rewrite -subnDA natrB ?natrD; last by rewrite (leq_trans _ hn) // leq_add2l.
by rewrite !ltr_subl_addl addrA.
Qed.

Theorem ensemble : StatementsBaseline.Claim.ensemble R.
Proof.
move=> p1 p2 S n; split=> [pS p20 hn t u th l th01 l0|r W [pS p20 hn free]].
  exact: risk_convex_teacher.
have pos b : b != 0 -> 0 < bil b (ensemble_form S W n) b.
  by apply: ensemble_form_pos => //; apply: free.
have uF := form_unitmx pos; have sF := ensemble_form_sym pS W n.
move=> k best; have E b : ensemble_risk S W n b = baseline_risk S n
    + (bil (b - best) (ensemble_form S W n) (b - best)
       - bil (k *: ensemble_open S W) (invmx (ensemble_form S W n)) (k *: ensemble_open S W)).
  by rewrite (ensemble_riskE pS) (parabola_vertexn _ _ sF uF).
have E0 : bil (best - best) (ensemble_form S W n) (best - best) = 0.
  by rewrite subrr bil_dot dot0l.
split; first rewrite E E0 sub0r opprD opprK addrA subrr add0r.
  by rewrite !bil_dot -scalemxAr dotZl dotZr mulrA expr2.
by move=> b ne; rewrite !E E0 ltr_add2l ltr_add2r; apply: pos; rewrite subr_eq0.
Qed.

End Claims.
