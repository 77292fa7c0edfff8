(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The statements of StatementsMeans.v. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Outputs Student Expectation LinearStudent LeastSquares.
From Proofs Require Import Tuned Ensemble OtherRows Imported Statements StatementsMeans.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Facts.

Variable R : realFieldType.

(* From the distance to wstar to the risk on a fresh row. *)
Lemma mean_fresh p1 p2 (S : cov R p1 p2) N (E : expectation R N) (w : N -> 'cV[R]_p2) m :
  posdef S -> mean_is E (fun x => bil (w x - wstar S) (S22 S) (w x - wstar S)) m ->
  mean_is E (fun x => StatementsMeans.Fact.fresh S (w x)) (residual_variance S + m).
Proof.
move=> pS H; apply: mean_is_ext (mean_isD (mean_is_cst E (residual_variance S)) H) => x.
by rewrite /StatementsMeans.Fact.fresh -/(fresh_risk S (w x)) (fresh_riskE pS).
Qed.

Lemma trace_ge0 n p (Q : 'M[R]_p) (M : 'M[R]_(p, n)) :
  (forall b, 0 <= bil b Q b) -> 0 <= \tr (M^T *m Q *m M).
Proof. by move=> psd; apply: sumr_ge0 => i _; rewrite diag_bil. Qed.

Theorem linear_student : StatementsMeans.Fact.linear_student R.
Proof.
move=> p1 p2 n S w1 X M pS; have sQ := sym22 pS; split.
  move=> a b N E e h H; rewrite /StatementsMeans.Fact.linear_risk; apply: mean_fresh => //.
  have TZ x (A : 'M[R]_(p2, n)) : (x *: A)^T = x *: A^T by rewrite linearZ.
  have := linear_trace X (a *: M) (b *: M) (wstar S) (proj S w1) sQ H.
  set f := (X in mean_is _ _ X -> _); set g := (X in _ -> mean_is _ _ X); have -> : f = g.
    rewrite /f /g /leaning !TZ -!scalemxAl -!scalemxAr !mxtraceZ; congr (_ + _).
    move: (\tr _) (residual_variance S) (residual_covariance S w1) (teacher_residual_variance S w1).
    by move=> *; ring.
  by apply: mean_is_ext => x; rewrite /learned -!scalemxAl.
move=> a b a' b' th /andP[th0 th1]; rewrite /StatementsMeans.Fact.linear_risk.
set T := \tr _; have T0 : 0 <= T by apply: trace_ge0 => u; apply: (inner_ge0 pS).
set u := M *m X *m wstar S; set v := M *m X *m proj S w1.
have -> : (th * a + (1 - th) * a') *: u + (th * b + (1 - th) * b') *: v - wstar S
  = th *: (a *: u + b *: v - wstar S) + (1 - th) *: (a' *: u + b' *: v - wstar S).
  by apply/colP => i; rewrite !mxE; move: (u i 0) (v i 0) (wstar S i 0) => *; ring.
rewrite bil_mix // -subr_ge0; set A := bil _ _ _; set B := bil _ _ _; set D := bil _ _ _.
have D0 : 0 <= D by apply: (inner_ge0 pS).
have q0 := resid_ge0 w1 pS (b - b') (a - a').
move: q0; move: (residual_variance S) (residual_covariance S w1) (teacher_residual_variance S w1).
move=> s c e q0; set l := (X in 0 <= X).
suff -> : l = th * (1 - th) * (D + T * ((b - b') ^+ 2 * e + 2%:R * (b - b') * (a - a') * c + (a - a') ^+ 2 * s)).
  by rewrite mulr_ge0 // ?mulr_ge0 ?subr_ge0 // addr_ge0 // mulr_ge0.
by rewrite /l; clearbody A B D T; ring.
Qed.

Lemma direction_numbers p1 p2 (S : cov R p1 p2) w1 : posdef S ->
  bil (proj S w1) (S22 S) (wstar S) = cov_ts S w1.
Proof. by move=> pS; rewrite (cov_tsE w1 pS). Qed.

Theorem weighted_expected : StatementsMeans.Fact.weighted_expected R.
Proof.
move=> p1 p2 n S w1 D Ed X N En e h a b [pS full k_mean H].
have fixed d := mean_fresh pS (weighted_fixed (wstar S) (proj S w1) a b (sym22 pS) (full d) H).
have := mean_isD (mean_is_cst Ed (residual_variance S + student_excess S w1 0 a b))
  (mean_isZ (a ^+ 2 * residual_variance S + 2%:R * a * b * residual_covariance S w1
     + b ^+ 2 * teacher_residual_variance S w1) k_mean).
set m := (X in mean_is _ _ X); have -> : m = residual_variance S + student_excess S w1 (kfac R p2 n) a b.
  by rewrite /m /student_excess /excess_of; ring.
apply: mean_is_ext => d; pose fit := invmx ((X d)^T *m X d) *m (X d)^T.
have E x : StatementsMeans.Fact.fresh S (learned (X d) (a *: lsq (X d)) (b *: lsq (X d)) (wstar S) (proj S w1) (e x) (h x))
  = StatementsMeans.Fact.fresh S (a *: (fit *m (X d *m wstar S + e x)) + b *: (fit *m (X d *m proj S w1 + h x))).
  by rewrite /learned -!scalemxAl.
have H1 := fixed d; have H2 := mean_is_ext E; have H3 := H2 _ _ H1; case: H3 => _ H4; cbv zeta; rewrite -/fit H4.
rewrite direction_numbers // -/(var_s S) -/(var_proj S w1) /student_excess /excess_of.
by move: (\tr _) => k; ring.
Qed.

Theorem unlabelled_expected : StatementsMeans.Fact.unlabelled_expected R.
Proof.
move=> p1 p2 n m S w1 D Ed X Z N En e h a b [pS full k_mean k_mean' H].
have fixed d := mean_fresh pS (fits_fixed (Z d) (wstar S) (proj S w1) a b (sym22 pS) (full d) H).
have := mean_isD (mean_is_cst Ed (residual_variance S + student_excess S w1 0 a b))
  (mean_isD (mean_isZ (a ^+ 2 * residual_variance S) k_mean)
     (mean_isZ (2%:R * a * b * residual_covariance S w1 + b ^+ 2 * teacher_residual_variance S w1) k_mean')).
set r := (X in mean_is _ _ X); have -> : r = residual_variance S + unlabelled_excess S w1 n m a b.
  by rewrite /r /unlabelled_excess /student_excess /excess_of; ring.
apply: mean_is_ext => d; pose all := col_mx (X d) (Z d).
have E x : StatementsMeans.Fact.fresh S (learned all (a *: fit_labelled (X d) (Z d)) (b *: lsq all) (wstar S)
      (proj S w1) (e x) (h x))
  = StatementsMeans.Fact.fresh S (a *: (invmx ((X d)^T *m X d) *m (X d)^T *m usubmx (all *m wstar S + e x))
    + b *: (invmx (all^T *m all) *m all^T *m (all *m proj S w1 + h x))).
  rewrite /learned -[(b *: _) *m _]scalemxAl; set u := all *m _ + e x.
  rewrite -[in LHS](vsubmxK u) -scalemxAl /fit_labelled mul_row_col mul0mx addr0 //.
have H1 := fixed d; have H2 := mean_is_ext E; have H3 := H2 _ _ H1; case: H3 => _ H4; cbv zeta; rewrite -/all H4.
rewrite direction_numbers // -/(var_s S) -/(var_proj S w1) /student_excess /excess_of.
by move: (\tr _) (\tr _) => k k'; ring.
Qed.

Theorem ridge_fixed : StatementsMeans.Fact.ridge_fixed R.
Proof.
move=> p1 p2 n S w1 X N E e h mu al pS one gram n0 mu0 H.
have N0 : 0 < n%:R :> R by rewrite ltr0n.
have Nmu : 0 < n%:R + mu by rewrite ltr_paddr.
have ME : invmx (X^T *m X + mu%:M) *m X^T = (n%:R + mu)^-1 *: X^T.
  by rewrite gram -raddfD /= invmx_scalar mul_scalar_mx.
pose r := n%:R / (n%:R + mu); pose M := (n%:R + mu)^-1 *: X^T.
apply: mean_fresh => //; have sQ := sym22 pS.
have MX : M *m X = r%:M by rewrite /M -scalemxAl gram scale_scalar_mx mulrC.
have TM : \tr (M^T *m M) = p2%:R / n%:R * r ^+ 2.
  rewrite mxtrace_mulC {2}/M linearZ /= trmxK -scalemxAr MX scale_scalar_mx mxtrace_scalar -mulr_natl /r.
  by field; rewrite !gt_eqF.
rewrite ME -/M; move: M MX TM {ME} => M MX TM.
have := linear_trace X ((1 - al) *: M) (al *: M) (wstar S) (proj S w1) sQ H.
have TZ x (A : 'M[R]_(p2, n)) : (x *: A)^T = x *: A^T by rewrite linearZ.
set f := (X in mean_is _ _ X -> _); set g := (X in _ -> mean_is _ _ X); have -> : f = g.
  rewrite /f /g /leaning !TZ -!scalemxAl -!scalemxAr !mxtraceZ one mulmx1 TM MX !mul_scalar_mx.
  rewrite /ridge_excess /student_excess /excess_of -/r.
  have -> : (1 - al) *: (r *: wstar S) + al *: (r *: proj S w1) - wstar S
    = (r * (1 - al) - 1) *: wstar S + (r * al) *: proj S w1.
    by apply/colP => i; rewrite !mxE; move: (wstar S i 0) (proj S w1 i 0) => *; ring.
  rewrite /var_s /var_proj -direction_numbers // one.
  have C : bil (wstar S) 1%:M (proj S w1) = bil (proj S w1) 1%:M (wstar S).
    by rewrite -bil_tr trmx1.
  rewrite !bil_dot !mulmxDr -!scalemxAr !(dotDl, dotDr, dotZl, dotZr) -!bil_dot C.
  move: (bil (proj S w1) _ (proj S w1)) (bil (proj S w1) _ _) (bil (wstar S) _ _).
  clear f g; clearbody r; move: (p2%:R / n%:R) => k.
  move: (residual_variance S) (residual_covariance S w1) (teacher_residual_variance S w1) => *; ring.
apply: mean_is_ext => x; rewrite /learned -!scalemxAl.
rewrite [M *m (_ *: _ + _)]mulmxDr -!scalemxAr.
by [].
Qed.

Theorem rowwise_fixed : StatementsMeans.Fact.rowwise_fixed R.
Proof.
move=> n p Q X w v N E e h s c t al sQ full H.
have := linear_rows X ((1 - al) *: lsq X) (al *: lsq X) w v sQ H.
have TZ x (A : 'M[R]_(p, n)) : (x *: A)^T = x *: A^T by rewrite linearZ.
set f := (X in mean_is _ _ X -> _); set g := (X in _ -> mean_is _ _ X); have -> : f = g.
  rewrite /f /g /rowwise_excess /leaning -!scalemxAl lsq_mul // !mul1mx.
  have -> : (1 - al) *: w + al *: v - w = al *: (v - w).
    by apply/colP => i; rewrite !mxE; move: (w i 0) (v i 0) => *; ring.
  congr (_ + _); first by rewrite !bil_dot -scalemxAr dotZl dotZr mulrA expr2.
  apply: eq_bigr => i _; rewrite /leverage !TZ -!scalemxAl -!scalemxAr.
  have Z x (A : 'M[R]_n) : (x *: A) i i = x * A i i by rewrite mxE.
  by rewrite !Z; move: ((_ *m _ *m _) i i) (s i) (c i) (t i) => *; ring.
apply: mean_is_ext => x; rewrite /learned -!scalemxAl.
by rewrite [_ *m (_ *: _ + _)]mulmxDr -!scalemxAr.
Qed.

End Facts.
