(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements of StatementsRows.v. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Student Expectation Parabola LinearStudent.
From Proofs Require Import LeastSquares Tuned JointTeacher OtherRows Imported.
From Proofs Require Import Statements Theorems StatementsBaseline TheoremsBaseline StatementsRows.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Claims.

Variable R : realFieldType.

Theorem joint_teacher : StatementsRows.Claim.joint_teacher R.
Proof.
move=> p1 p2 S n [pS p20 hn]; have k0 := kfac_gt0 R p20 hn; have f0 := full_residual_variance_gt0 pS.
have fE := full_residual_varianceE pS; have s0 := residual_variance_gt0 (joint1 S) pS.
have E l : 0 <= l -> both_risk S (joint1 S) (joint2 S) n l = residual_variance S + kfac R p2 n
    * (residual_variance S - full_residual_variance S + full_residual_variance S / (1 + l) ^+ 2).
  by move=> l0; apply: joint_riskE => //; apply: ge0_ne.
move=> s f risk floor; split.
- exact: joint_normal.
- split; first by rewrite f0 /f fE ler_subl_addr ler_addl joint_covariance_ge0.
  rewrite /f fE; split=> [H|z0]; last by rewrite /residual_covariance -/(cov_x1y_given_x2 S) z0 dot0r subr0.
  apply/eqP; apply: contraTT isT => /(joint_covariance_gt0 pS).
  by rewrite -(subr0 s) in H; move/addrI/oppr_inj: H => ->; rewrite ltxx.
- move=> l l' l0 ll; have l'0 := ltW (le_lt_trans l0 ll).
  rewrite /risk !E // ltr_add2l ltr_pmul2l // ltr_add2l ltr_pmul2l //.
  have [h h'] := (ltr_paddr l0 (@ltr01 R), ltr_paddr l'0 (@ltr01 R)).
  by rewrite ltf_pinv ?posrE ?exprn_gt0 // ltr_pexpn2r ?nnegrE ?ltW // ltr_add2l.
- split=> [l l0|eps eps0].
    have h := ltr_paddr l0 (@ltr01 R).
    by rewrite /risk E // ltr_add2l ltr_pmul2l // ltr_addl divr_gt0 // exprn_gt0.
  exists (kfac R p2 n * f / eps) => l l0 Ll; have h := ltr_paddr l0 (@ltr01 R).
  rewrite /floor /risk /s /f E // /floor -[X in _ < X]addrA ltr_add2l mulrDr ltr_add2l mulrA ltr_pdivr_mulr ?exprn_gt0 //.
  move: Ll; rewrite ler_pdivr_mulr // => /le_lt_trans; apply; rewrite [X in _ < X]mulrC ltr_pmul2r //.
  by rewrite -subr_gt0 (_ : _ - l = 1 + l + l ^+ 2) ?ltr_paddr ?sqr_ge0 //; ring.
move=> ws0; have A0 := var_s_gt0 pS ws0; have sf0 : 0 <= s - f.
  by rewrite /f fE opprB addrCA subrr addr0 joint_covariance_ge0.
have N0 := label_form_gt0 s0 A0 k0.
have ray := excess_ray (var_s S) (var_s S) (s - f) (s - f) s0 A0 k0.
have open : 0 < open_of (var_s S) (var_s S) s (s - f).
  by rewrite /open_of -mulrBr opprB addrCA subrr addr0 mulr_gt0.
have d0 : 0 < 2%:R * kfac R p2 n * open_of (var_s S) (var_s S) s (s - f) / (var_s S + kfac R p2 n * s).
  by rewrite divr_gt0 // mulr_gt0 // mulr_gt0 ?ltr0n.
have [b b0 better] := helps_small_some (parabola_small (excess_of (var_s S) (var_s S) (var_s S) s (s - f) (s - f)
   (kfac R p2 n) (shrink_best (var_s S) s (kfac R p2 n)) 0) (var_s S + kfac R p2 n * (s - f)) d0).
exists (shrink_best (var_s S) s (kfac R p2 n)), b; first exact: ltW.
by move=> a'; move: better; rewrite -ray => better; apply: lt_le_trans better _; apply: (shrink_least _ _ _ _ s0 A0 k0).
Qed.

Theorem sampled_joint_teacher : StatementsRows.Claim.sampled_joint_teacher R.
Proof.
move=> p1 p2 S n N [pS p20 hn hN]; have k0 := kfac_gt0 R p20 hn; have f0 := full_residual_variance_gt0 pS.
pose f := full_residual_variance S; pose K := (N - p1 - p2 - 1)%:R^-1 : R.
have E al : sampled_risk S n N al = parabola (baseline_risk S n) (2%:R * kfac R p2 n * f)
    (f * (p2%:R * K + kfac R p2 n * (1 + p1%:R * K))) al.
  rewrite /sampled_risk /parabola /baseline_risk -/f -/K.
  move: (residual_variance S) f (kfac R p2 n) K (p1%:R) (p2%:R) => *; ring.
have d0 : 0 < 2%:R * kfac R p2 n * f by rewrite mulr_gt0 // mulr_gt0 ?ltr0n.
split; first by apply/(helps_small_ext _ E)/parabola_small.
by move=> al al0; rewrite E parabola_lt // mulrCA mulrC ltr_pmul2r.
Qed.

Theorem same_rows_teacher : StatementsRows.Claim.same_rows_teacher R.
Proof.
move=> n p1 p2 X1 X2 y l full l0 both t; have l1 := ge0_ne l0.
have sub : X2 = both *m col_mx 0 1%:M by rewrite mul_row_col mulmx0 add0r mulmx1.
have fit : X2^T *m t = X2^T *m y.
  have bt : both^T *m t = both^T *m y.
    by rewrite /t mulmxA -[invmx _ *m _ *m y]mulmxA mulKVmx // gram_unit.
  by rewrite sub trmx_mul -!mulmxA bt.
have E u : X2^T *m u = X2^T *m y -> student X2 y u l = invmx (X2^T *m X2) *m X2^T *m y.
  move=> uE; rewrite /student -!mulmxA; congr (_ *m _).
  rewrite -scalemxAr mulmxDr -scalemxAr uE -[X in _ *: (X + _)]scale1r.
  by rewrite -scalerDl scalerA mulVf ?scale1r.
by rewrite !E.
Qed.

Theorem unlabelled : StatementsRows.Claim.unlabelled R.
Proof.
move=> p1 p2 S w1 n m std risk excess.
have [[pS w0 ws0] p20 hn k0 [s0 A0 ce Gg]] := standing_facts std.
have hnm : (p2 + 2 <= n + m)%N by rewrite (leq_trans hn) // leq_addr.
have k'0 := kfac_gt0 R p20 hnm.
have pos j : (p2 + 2 <= j)%N -> 0 < (j - p2 - 1)%:R :> R.
  by move=> hj; rewrite ltr0n -subnDA subn_gt0 (leq_trans _ hj) // addn2 addn1.
have kk : kfac R p2 (n + m) <= kfac R p2 n.
  rewrite /kfac ler_pmul2l ?ltr0n // lef_pinv ?posrE ?pos // ler_nat -!subnDA leq_sub //.
  exact: leq_addr.
have V0 := difference_variance_gt0 w1 pS.
pose s := residual_variance S; pose c := residual_covariance S w1; pose e := teacher_residual_variance S w1.
pose k := kfac R p2 n; pose k' := kfac R p2 (n + m).
have q0 : 0 <= mismatch S w1 + (k * s - 2%:R * (k' * c) + k' * e).
  rewrite addr_ge0 ?(mismatch_ge0 _ pS) //.
  have -> : k * s - 2%:R * (k' * c) + k' * e = (k - k') * s + k' * difference_variance S w1.
    by rewrite /difference_variance -/s -/c -/e; ring.
  by rewrite addr_ge0 //; apply: mulr_ge0; (exact: ltW || by rewrite [0 <= k - _]subr_ge0).
have line := unlabelled_line w1 pS n m.
have [some small] := parabola_helps (baseline_risk S n) (2%:R * (k * s - k' * c)) q0.
have D0 := pos _ hn; have D'0 := pos _ hnm.
have nm : (n + m - p2 - 1)%:R = (n - p2 - 1)%:R + m%:R :> R.
  by rewrite -natrD -!subnDA addnBAC // (leq_trans _ hn) // leq_add2l.
have k'E : k' * ((n - p2 - 1)%:R + m%:R) = p2%:R by rewrite -nm divfK // gt_eqF.
have kE : k * (n - p2 - 1)%:R = p2%:R by rewrite divfK // gt_eqF.
have P0 : 0 < p2%:R :> R by rewrite ltr0n.
have ksc : (0 < 2%:R * (k * s - k' * c)) = (beta S w1 < 1 + m%:R / (n - p2 - 1)%:R).
  rewrite pmulr_rgt0 ?ltr0n // /beta -/c -/s ltr_pdivr_mulr // -(pmulr_rgt0 _ (mulr_gt0 D0 D'0)).
  rewrite -[RHS]subr_gt0 -[RHS](pmulr_rgt0 _ D0) -[RHS](pmulr_rgt0 _ P0); congr (0 < _).
  rewrite nm; transitivity (k * (n - p2 - 1)%:R * ((n - p2 - 1)%:R + m%:R) * s
     - k' * ((n - p2 - 1)%:R + m%:R) * (n - p2 - 1)%:R * c); first by ring.
  by rewrite kE k'E; move: D0; move: (_%:R) (p2%:R) (m%:R) => d p r d0; field; rewrite gt_eqF.
split.
- by rewrite !(helps_some_ext _ line) !(helps_small_ext _ line) some small.
- by rewrite (helps_small_ext _ line) small ksc.
- have ks0 : 0 < k * s by rewrite mulr_gt0.
  have ce' : (k' * c) ^+ 2 < (k * s) * (k' * e).
    apply: (@lt_le_trans _ _ ((k' * s) * (k' * e))).
      have -> : k' * s * (k' * e) = k' ^+ 2 * (s * e) by ring.
      by rewrite exprMn ltr_pmul2l ?exprn_gt0.
    have e0 : 0 <= e := teacher_residual_variance_ge0 w1 pS.
    by apply: ler_wpmul2r; [apply: mulr_ge0 => //; apply: ltW | rewrite ler_pmul2r].
  have one : 0 < 1 :> R := ltr01.
  have openE : (0 < open_of (var_s S) (cov_ts S w1) (k * s) (k' * c))
     = (var_s S * c * (n - p2 - 1)%:R < cov_ts S w1 * s * (n + m - p2 - 1)%:R).
    rewrite -[RHS]subr_gt0 -[LHS](pmulr_rgt0 _ (mulr_gt0 D0 D'0)) -[RHS](pmulr_rgt0 _ P0); congr (0 < _).
    rewrite /open_of nm; transitivity (cov_ts S w1 * s * ((n - p2 - 1)%:R + m%:R) * (k * (n - p2 - 1)%:R)
      - var_s S * c * (n - p2 - 1)%:R * (k' * ((n - p2 - 1)%:R + m%:R))); first by ring.
    by rewrite kE k'E; ring.
  rewrite -openE; split=> [[a [b b0 better]]|open].
    rewrite ltNge; apply/negP => o0; have := better (shrink_best (var_s S) (k * s) 1).
    by rewrite ltNge (tuned_never ks0 A0 one ce' Gg).
  have [b b0 better] := (tuned_helps ks0 A0 one ce' Gg).2 open.
  exists (shrink_best (var_s S) (k * s) 1), b; first exact: ltW.
  by move=> a'; apply: lt_le_trans better _; apply: shrink_least.
move=> n4; rewrite /objective_slope -/k -/s -/c pmulr_rlt0 ?ltr0n // subr_lt0 /beta -/c -/s ltr_pdivr_mulr //.
have gap j : (j < 4)%N -> 0 < (n - p2 - j)%:R :> R.
  by move=> j4; rewrite ltr0n -subnDA subn_gt0 (leq_trans _ n4) // ltn_add2l.
have [g0 g3] := (gap 0%N isT, gap 3%N isT); rewrite subn0 in g0.
rewrite -(ltr_pmul2l D0) -[X in _ <-> is_true X](ltr_pmul2l P0).
suff [-> ->] : (n - p2 - 1)%:R * (k * c) = p2%:R * c /\ (n - p2 - 1)%:R * (s * (k + m%:R * (p2%:R * (n - 1)%:R
    / ((n - p2)%:R * (n - p2 - 1)%:R * (n - p2 - 3)%:R)))) = p2%:R * ((1 + m%:R * (n - 1)%:R
    / ((n - p2)%:R * (n - p2 - 3)%:R)) * s) by [].
split; first by rewrite mulrA [_ * k]mulrC kE.
rewrite /k /kfac; move: D0 g0 g3; move: (n - p2 - 1)%:R (n - p2)%:R (n - p2 - 3)%:R (n - 1)%:R.
by move: (p2%:R) (m%:R) => p r d d' d'' n' d0 d'0 d''0; field; rewrite !gt_eqF.
Qed.

End Claims.
