(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** More statements of StatementsRows.v: pseudo-labels, ridge, given designs, wrong decisions. *)

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

Theorem pseudo_labels : StatementsRows.Claim.pseudo_labels R.
Proof.
move=> p1 p2 S n m [pS /andP[p20 m0] hn z0] risk f signal noise best.
have f0 : 0 < f := full_residual_variance_gt0 pS.
have signal0 : 0 < signal.
  by rewrite /signal /f full_residual_varianceE // opprB addrCA subrr addr0 joint_covariance_gt0.
have hn2 : (p2 + 2 <= n)%N by rewrite (leq_trans _ hn) // leq_add2r leq_addl.
have d0 : 0 < (n - p1 - p2 - 1)%:R :> R.
  by rewrite ltr0n -!subnDA addnA subn_gt0 (leq_trans _ hn) // addn2 addn1.
have noise0 : 0 <= noise by rewrite divr_ge0 ?ler0n // mulr_ge0 ?ler0n // ltW.
have sum0 : 0 < signal + noise by rewrite ltr_paddr.
pose gap := kfac R p2 n - kfac R p2 (n + m).
have gap0 : 0 < gap.
  have lt j : (p2 + 2 <= j)%N -> 0 < (j - p2 - 1)%:R :> R.
    by move=> hj; rewrite ltr0n -subnDA subn_gt0 (leq_trans _ hj) // addn2 addn1.
  have hnm : (p2 + 2 <= n + m)%N by rewrite (leq_trans hn2) // leq_addr.
  rewrite /gap subr_gt0 /kfac ltr_pmul2l ?ltr0n // ltf_pinv ?posrE ?lt // ltr_nat -!subnDA.
  apply: ltn_sub2r; first by rewrite (leq_trans _ hnm) // addn2 addn1.
  by rewrite -{1}(addn0 n) ltn_add2l.
have E al : risk al = parabola (baseline_risk S n) (2%:R * (gap * signal)) (gap * (signal + noise)) al.
  rewrite /risk /pseudo_risk /parabola /baseline_risk -/f -/signal -/noise -/gap.
  ring.
have q0 : 0 < gap * (signal + noise) by rewrite mulr_gt0.
have dgap : 0 < 2%:R * (gap * signal) by rewrite mulr_gt0 ?ltr0n // mulr_gt0.
have bestE : 2%:R * (gap * signal) / (2%:R * (gap * (signal + noise))) = best.
  by rewrite /best; field; rewrite !gt_eqF.
have V al : risk al = risk best + gap * (signal + noise) * (al - best) ^+ 2.
  by rewrite !E !parabola_vertex ?gt_eqF // bestE subrr expr0n /= mulr0 addr0.
split.
- rewrite E parabola_lt ?ltr01 // mul1r; suff -> : (gap * (signal + noise) < 2%:R * (gap * signal))
    = (p1%:R / (n - p1 - p2 - 1)%:R < signal / f) by [].
  have -> : 2%:R * (gap * signal) = gap * (signal + signal) by ring.
  rewrite ltr_pmul2l // ltr_add2l /noise /pseudo_noise -/f -mulrA.
  by rewrite [RHS]ltr_pdivl_mulr // [X in _ = (X < _)]mulrC.
- exact/(helps_small_ext _ E)/parabola_small.
- by rewrite divr_gt0 //= ler_pdivr_mulr // mul1r ler_addl.
- rewrite E parabola_vertex ?gt_eqF // bestE subrr expr0n /= mulr0 addr0 opprB addrCA subrr addr0.
  by rewrite -/gap; field; rewrite !gt_eqF.
by move=> al ne; rewrite [X in _ < X]V ltr_addl mulr_gt0 // exprn_even_gt0 //= subr_eq0.
Qed.

Theorem ridge_orthogonal : StatementsRows.Claim.ridge_orthogonal R.
Proof.
move=> p1 p2 S w1 n [pS w0 ws0 n0 _] criterion best excess.
have p20 : 0 < p2%:R :> R by rewrite ltr0n (nonzero_size ws0).
have N0 : 0 < n%:R :> R by rewrite ltr0n.
have [s0 A0] := (residual_variance_gt0 w1 pS, var_s_gt0 pS ws0).
have ce := residual_covariance2_lt pS w0; have Gg := cov_ts2_le w1 pS.
have k0 : 0 < p2%:R / n%:R :> R by rewrite divr_gt0.
have best0 : 0 < best by rewrite divr_gt0 // mulr_gt0.
pose r mu : R := n%:R / (n%:R + mu); have r0 mu : 0 <= mu -> 0 < r mu.
  by move=> mu0; rewrite divr_gt0 // ltr_paddr.
have shrunk : r best = shrink_best (var_s S) (residual_variance S) (p2%:R / n%:R).
  rewrite /r /best /shrink_best; move: A0 s0 N0 p20.
  move: (var_s S) (residual_variance S) (n%:R) (p2%:R) => A s N p A0 s0 N0 p0; field.
  have h : 0 < N * A + p * s by rewrite addr_gt0 // mulr_gt0.
  by rewrite [A * N]mulrC !gt_eqF.
have none mu : excess mu 0 = student_excess S w1 (p2%:R / n%:R) (r mu) 0.
  by rewrite /excess /ridge_excess /= subr0 mulr1 mulr0.
split.
- move=> mu mu0; have line := fun al => ridge_line w1 pS al n0 mu0; cbv zeta in line.
  have q0 : 0 <= r mu ^+ 2 * (mismatch S w1 + p2%:R / n%:R * difference_variance S w1).
    rewrite mulr_ge0 ?sqr_ge0 // addr_ge0 ?(mismatch_ge0 _ pS) //.
    by apply: mulr_ge0; apply: ltW => //; apply: difference_variance_gt0.
  pose d := 2%:R * (n%:R / (n%:R + mu) ^+ 2) * (p2%:R * (residual_variance S - residual_covariance S w1)
     + mu * (cov_ts S w1 - var_s S)).
  have crit : (0 < d) = criterion mu.
    have c0 : 0 < 2%:R * (n%:R / (n%:R + mu) ^+ 2) :> R.
      by rewrite mulr_gt0 ?ltr0n // divr_gt0 // exprn_gt0 // ltr_paddr.
    rewrite /d pmulr_rgt0 // /criterion -[RHS]subr_gt0 -[RHS](pmulr_rgt0 _ p20); congr (0 < _).
    move: p20; move: (p2%:R) (residual_variance S) (residual_covariance S w1) (_ - var_s S).
    by move=> p s c g p0; field; rewrite gt_eqF.
  have [some small] := parabola_helps (ridge_excess S w1 n mu 0) d q0.
  by rewrite (helps_small_ext _ line) (helps_some_ext _ line) small some crit.
- have -> : criterion best = (0 < open_of (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1)).
    rewrite /criterion -[LHS]subr_gt0 -[LHS](pmulr_rgt0 _ A0) /best /open_of; congr (0 < _).
    move: A0 p20; move: (var_s S) (cov_ts S w1) (residual_variance S) (residual_covariance S w1) (p2%:R).
    by move=> A G s c p A0 p0; field; rewrite !gt_eqF.
  by rewrite (open_ofE w1 pS) subr_gt0.
- by move=> mu mu0; rewrite !none shrunk; apply: shrink_least.
move=> given mu al mu0 al0; rewrite none shrunk; apply: tuned_never => //.
  by rewrite mulr_ge0 // ltW // r0.
by rewrite (open_ofE w1 pS) -(cov_ts_given_yE w1 pS) pmulr_lle0 // (var_y_gt0 w1 pS).
Qed.

Theorem leverage : StatementsRows.Claim.leverage R.
Proof.
move=> n p Q X w v s c t [full psd rows] excess slope.
have line al : excess al = parabola (excess 0) (- slope)
    (bil (v - w) Q (v - w) + \sum_i LinearStudent.leverage (lsq X) Q i * (s i - 2%:R * c i + t i)) al.
  rewrite /excess {1}rowwise_line; congr (parabola _ _ _ _); rewrite /slope -mulrN -sumrN; congr (_ * _).
  by apply: eq_bigr => i _; rewrite -mulrN opprB.
have q0 : 0 <= bil (v - w) Q (v - w)
    + \sum_i LinearStudent.leverage (lsq X) Q i * (s i - 2%:R * c i + t i).
  rewrite addr_ge0 // sumr_ge0 // => i _; rewrite mulr_ge0 ?leverage_ge0 //.
  have [s0 ct] := rows i; rewrite -(pmulr_rge0 _ s0).
  have -> : s i * (s i - 2%:R * c i + t i) = (s i - c i) ^+ 2 + (s i * t i - c i ^+ 2) by ring.
  by rewrite addr_ge0 ?sqr_ge0 // subr_ge0.
have [some small] := parabola_helps (excess 0) (- slope) q0.
split; last first.
- by rewrite (helps_some_ext _ line) some oppr_gt0.
- by rewrite (helps_small_ext _ line) small oppr_gt0.
exists (bil (v - w) Q (v - w) + \sum_i LinearStudent.leverage (lsq X) Q i * (s i - 2%:R * c i + t i)).
by split=> // al; rewrite {1}line /parabola mulNr opprK.
Qed.

(** Cantelli's inequality for the mean of an indicator. *)
Lemma cantelli T (E : expectation R T) (f : T -> R) (g : T -> bool) V d P :
  0 < V -> 0 < d -> mean_is E f 0 -> mean_is E (fun x => f x ^+ 2) V ->
  (forall x, g x -> d <= f x) -> mean_is E (fun x => (g x)%:R) P -> P <= V / (V + d ^+ 2).
Proof.
move=> V0 d0 mean0 meanV above meanP; pose u := V / d; have u0 : 0 < u by rewrite divr_gt0.
have du : 0 < d + u by rewrite addr_gt0.
have sq : mean_is E (fun x => (f x + u) ^+ 2 / (d + u) ^+ 2) ((V + u ^+ 2) / (d + u) ^+ 2).
  have := mean_isZ ((d + u) ^+ 2)^-1 (mean_isD meanV
    (mean_isD (mean_isZ (2%:R * u) mean0) (mean_is_cst E (u ^+ 2)))).
  rewrite mulr0 add0r [X in mean_is _ _ X]mulrC => H; apply: mean_is_ext H => x.
  rewrite mulrC; congr (_ / _).
  by move: (f x) => y; ring.
have -> : V / (V + d ^+ 2) = (V + u ^+ 2) / (d + u) ^+ 2.
  have h : 0 < V + d ^+ 2 by rewrite ltr_paddr ?sqr_ge0.
  have h' : 0 < d * d + V by rewrite addrC -expr2.
  by rewrite /u; field; rewrite !gt_eqF.
have [[hP <-] [hs <-]] := (meanP, sq); apply: mean_le => // x.
case gx : (g x); last by rewrite divr_ge0 ?sqr_ge0.
rewrite ler_pdivl_mulr ?exprn_gt0 // mul1r ler_pexpn2r ?nnegrE ?ler_add2r ?(ltW du) ?above //.
by rewrite addr_ge0 ?(ltW u0) // (le_trans (ltW d0)) // above.
Qed.

Theorem wrong_decision : StatementsRows.Claim.wrong_decision R.
Proof.
move=> p1 p2 S w1 n T E b P [[pS w0 ws0 hn] n3 ne [mean_b mean_V]] meanP V.
have s0 := residual_variance_gt0 w1 pS; have ce := residual_covariance2_lt pS w0.
have n20 : 0 < (n - p2 - 2)%:R :> R by rewrite ltr0n -subnDA subn_gt0 (leq_trans _ n3) // ltn_add2l.
have det0 : 0 < teacher_residual_variance S w1 * residual_variance S - residual_covariance S w1 ^+ 2.
  by rewrite subr_gt0 mulrC.
have VE : V = (teacher_residual_variance S w1 * residual_variance S - residual_covariance S w1 ^+ 2)
    / (residual_variance S ^+ 2 * (n - p2 - 2)%:R).
  rewrite /V /slope_variance; move: s0 n20; move: (residual_variance S) (n - p2 - 2)%:R.
  by move=> s d s0 d0; field; rewrite !gt_eqF.
have V0 : 0 < V by rewrite VE divr_gt0 // mulr_gt0 // exprn_gt0.
have centred (x : R) : mean_is E (fun y => x * (b y - beta S w1)) 0.
  have := mean_isZ x (mean_isD mean_b (mean_is_cst E (- beta S w1))).
  by rewrite subrr mulr0.
have bound : P <= V / (V + (1 - beta S w1) ^+ 2).
  case/lt_total/orP: ne => side.
    apply: (@cantelli _ E (fun y => b y - beta S w1) (fun y => 1 <= b y)) => //.
    - by rewrite subr_gt0.
    - by have := centred 1; apply: mean_is_ext => y; rewrite mul1r.
    - by move=> y; rewrite ler_add2r.
    - by move: meanP; apply: mean_is_ext => y; rewrite side ltNge (ltW side) /= orbF.
  rewrite -sqrrN opprB; apply: (@cantelli _ E (fun y => -1 * (b y - beta S w1)) (fun y => b y <= 1)) => //.
  - by rewrite subr_gt0.
  - by move: mean_V; apply: mean_is_ext => y; rewrite mulN1r sqrrN.
  - by move=> y; rewrite mulN1r opprB ler_add2l ler_opp2.
  - by move: meanP; apply: mean_is_ext => y; rewrite side ltNge (ltW side).
split=> // delta /andP[d0 d1] rows; apply: le_trans bound _.
have h : 0 < V + (1 - beta S w1) ^+ 2 by rewrite ltr_paddr ?sqr_ge0.
rewrite ler_pdivr_mulr // mulrDr -ler_subl_addl -{1}(mul1r V) -mulrBl.
have sc : residual_variance S - residual_covariance S w1 != 0.
  apply: contra ne => /eqP H; rewrite /beta -(subrK (residual_covariance S w1) (residual_variance S)) H add0r.
  rewrite divff //; move: s0; rewrite -(subrK (residual_covariance S w1) (residual_variance S)) H add0r.
  by move=> c0; rewrite gt_eqF.
have sc2 : 0 < (residual_variance S - residual_covariance S w1) ^+ 2 by rewrite exprn_even_gt0.
have : (1 - delta) * (teacher_residual_variance S w1 * residual_variance S - residual_covariance S w1 ^+ 2)
    <= delta * (residual_variance S - residual_covariance S w1) ^+ 2 * (n - p2 - 2)%:R.
  have nE : (n - p2 - 2)%:R = n%:R - (p2%:R + 2%:R) :> R.
    by rewrite -subnDA natrB ?natrD // (leq_trans _ n3) // leq_add2l.
  move: rows; rewrite -ler_subr_addl -nE -(ler_pmul2r (mulr_gt0 d0 sc2)) mulrC [X in _ <= X]mulrC.
  apply: le_trans; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by field; rewrite sc gt_eqF.
have -> : (1 - beta S w1) ^+ 2 = (residual_variance S - residual_covariance S w1) ^+ 2 / residual_variance S ^+ 2.
  by rewrite /beta; move: s0; move: (residual_variance S) => s s0; field; rewrite gt_eqF.
have sd0 : 0 < residual_variance S ^+ 2 * (n - p2 - 2)%:R by rewrite mulr_gt0 // exprn_gt0.
move=> H; rewrite VE [X in X <= _]mulrA ler_pdivr_mulr //; apply: le_trans H _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by move: s0 n20; move: (residual_variance S) (n - p2 - 2)%:R => s d s0 d0'; field; rewrite gt_eqF.
Qed.

End Claims.
