(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** That numbers printed by the program are the quantities of Model.v and Outputs.v.

    - [moments], [training]  the numbers that the program computes for an instance, for
      its covariance matrix and teacher and, if the number of rows n is given, for the risk
    - [moments_agree S w1 m], [training_agree S w1 t]  each of them is the quantity that the
      theorems speak of; [qmoments_agree], [qtraining_agree] the same for q labels, with traces
    - [agrees p1 p2 sigma w m], ... are computations; where they yield true, the
      statements hold over every ordered field *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Information Outputs Vectors.
From Proofs Require Import Numbers ListMatrix Computed Refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** var(y | x2), var(t | x2), c, B, var(t), var(y) and, unless w1 = 0 or wstar = 0, the two
    e^{2I}; traces for q > 1. *)
Record moments := Moments {
  residual_variance_is : Q; teacher_residual_variance_is : Q; residual_covariance_is : Q; mismatch_is :
    Q; total_t : Q; total_y : Q;
  info_ts : option Q; info_sy : option Q }.

(** The weights lambda > 0 that help: none, those below a bound, or all. *)
Inductive windowQ := Empty | Below (bound : Q) | All.
(** The best weight: 0, a number, or the larger the better. *)
Inductive bestQ := Zero | Best (l : Q) | Largest.

Record training := Training {
  rows : nat; price : Q; baseline : Q; slope0 : Q; window_divisor_is : Q; wind : windowQ; best : bestQ;
  risk_at : option (Q * Q) }.

Section Agree.

Variable R : realFieldType.
Local Notation q := (ofQ R).

Definition is_some (x : R) (o : option Q) : Prop := if o is Some a then x = q a else True.

Definition window_is (f : R -> R) (r : R) (u : windowQ) : Prop :=
  match u with
  | Empty => forall l, 0 < l -> r <= f l
  | Below b => forall l, 0 < l -> (f l < r) = (l < q b)
  | All => forall l, 0 < l -> f l < r
  end.

Definition best_is (f : R -> R) (b : bestQ) : Prop :=
  match b with
  | Zero => forall l, 0 < l -> f 0 < f l
  | Best m => 0 < q m /\ forall l, 0 <= l -> l != q m -> f (q m) < f l
  | Largest => forall l l', 0 <= l -> l < l' -> f l' < f l
  end.

Definition risk_is (f : R -> R) (o : option (Q * Q)) : Prop :=
  if o is Some (l, r) then f (q l) = q r else True.

Definition slope_is (f : R -> R) (d : Q) : Prop :=
  forall e, 0 < e -> exists2 delta, 0 < delta &
    forall l, l != 0 -> `|l| < delta -> `|(f l - f 0) / l - q d| < e.

(* The same about a risk that is given by five numbers. *)
Definition curve_is (f : R -> R) (r d : R) (t : training) : Prop :=
  [/\ r = q (baseline t), d = q (window_divisor_is t), slope_is f (slope0 t) &
  [/\ window_is f r (wind t), best_is f (best t) & risk_is f (risk_at t)]].

Definition moments_agree p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (m : moments) : Prop :=
  [/\ residual_variance S = q (residual_variance_is m), teacher_residual_variance S w1 = q
    (teacher_residual_variance_is m), residual_covariance S w1 = q (residual_covariance_is m),
      mismatch S w1 = q (mismatch_is m) &
  [/\ var_t S w1 = q (total_t m), var_y S = q (total_y m),
      is_some (expI_ts S w1) (info_ts m) & is_some (expI_sy S) (info_sy m)]].

Definition training_agree p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (t : training) : Prop :=
  [/\ (p2 + 2 <= rows t)%N, kfac R p2 (rows t) = q (price t)
    & curve_is (risk S w1 (rows t)) (baseline_risk S (rows t)) (window_divisor S w1 (rows t)) t].

Definition qmoments_agree p1 p2 k (S : qcov R p1 p2 k) (W1 : 'M[R]_(p1, k)) (m : moments) : Prop :=
  [/\ tr_residual_variance S = q (residual_variance_is m), tr_teacher_residual_variance S W1 = q
    (teacher_residual_variance_is m), tr_residual_covariance S W1 = q (residual_covariance_is m),
      tr_mismatch S W1 = q (mismatch_is m) &
  [/\ \tr (cov_tq S W1) = q (total_t m), \tr (M33 S) = q (total_y m),
      is_some (expI_tsq S W1) (info_ts m) & is_some (expI_syq S) (info_sy m)]].

Definition qtraining_agree p1 p2 k (S : qcov R p1 p2 k) (W1 : 'M[R]_(p1, k)) (t : training) : Prop :=
  [/\ (p2 + 2 <= rows t)%N, kfac R p2 (rows t) = q (price t)
    & curve_is (qrisk S W1 (rows t)) (qbaseline_risk S (rows t)) (qwindow_divisor S W1 (rows t)) t].

End Agree.

Section Curve.

(** The computations: s, e, c, B, k are var(y | x2), var(t | x2), c, B and k. *)
Variables (s e c B k : Q).

Definition gapQ := mulQ k (subQ s c).
Definition window_divisorQ := addQ B (mulQ k (subQ e s)).
Definition parabola_curvatureQ := addQ B (mulQ k (subQ (addQ s e) (addQ c c))).
Definition window_ok (u : windowQ) : bool :=
  match u with
  | Empty => ~~ ltQ c s
  | Below b => [&& ltQ c s, ltQ zeroQ window_divisorQ & eqQ (mulQ b window_divisorQ) (addQ gapQ gapQ)]
  | All => ltQ c s && ~~ ltQ zeroQ window_divisorQ
  end.
Definition best_ok (u : bestQ) : bool :=
  match u with
  | Zero => ~~ ltQ c s
  | Best m => [&& ltQ c s, ltQ gapQ parabola_curvatureQ & eqQ m (divQ gapQ (addQ B (mulQ k (subQ e c))))]
  | Largest => ~~ ltQ gapQ parabola_curvatureQ
  end.
Definition curve_ok (t : training) : bool :=
  [&& eqQ (baseline_riskQ s k) (baseline t), eqQ window_divisorQ (window_divisor_is t),
      eqQ (mulQ (addQ k k) (subQ c s)) (slope0 t), window_ok (wind t), best_ok (best t) &
      if risk_at t is Some (l, r) then eqQ (riskQ s e c B k l) r else true].

Variable R : realFieldType.
Local Notation q := (ofQ R).
Hypotheses (s0 : 0 < q s) (cs : q c ^+ 2 <= q s * q e) (B0 : 0 <= q B) (k0 : 0 < q k).
Hypothesis V0 : 0 < q s + q e - 2%:R * q c.

Local Notation f := (rk (q s) (q e) (q c) (q B) (q k)).
Local Notation r := (r0 (q s) (q k)).

Lemma gapE : q gapQ = q k * (q s - q c). Proof. by rewrite /gapQ ofQM ofQB. Qed.
Lemma DE : q window_divisorQ = divisor_of (q s) (q e) (q B) (q k). Proof. by rewrite /window_divisorQ
  ofQD ofQM ofQB. Qed.
Lemma AE : q parabola_curvatureQ = curvature_of (q s) (q e) (q c) (q B) (q k).
Proof. by rewrite /parabola_curvatureQ ofQD ofQM ofQB !ofQD /curvature_of mulr_natl mulr2n. Qed.
Lemma f0 : f 0 = r. Proof. by rewrite /rk /r0; field. Qed.

Lemma curve_sound t : curve_ok t -> curve_is f r (divisor_of (q s) (q e) (q B) (q k)) t.
Proof.
have eqP a b : eqQ a b -> q a = q b by rewrite -(ofQ_eq R) => /eqP.
have ltP a b : ltQ a b -> q a < q b by rewrite -(ofQ_lt R).
have leP a b : ~~ ltQ a b -> q b <= q a by rewrite -(ofQ_lt R) -leNgt.
case/and5P => /eqP b0 /eqP D0 /eqP sl wi /andP[be at0]; split.
- by rewrite -b0 r0E.
- by rewrite -D0 DE.
- rewrite /slope_is -sl ofQM ofQB ofQD f0 -mulr2n -[q k *+ 2]mulr_natl => d d0.
  exact: rk_deriv.
- split; last by case: (risk_at t) at0 => [[l z]|] //= /eqP <-; apply: rkE.
  + case: (wind t) wi => [/leP sc|b|] /=.
    * by move=> l l0; have [_ _ _ H] := rk_window s0 cs B0 k0 l0; apply: H.
    * case/and3P => /ltP sc; rewrite -(ofQ_gt0 R) DE => D1 /eqP; rewrite ofQM DE ofQD gapE => bE l l0.
      have [_ H _ _] := rk_window s0 cs B0 k0 l0; rewrite H //; congr (_ < _).
      by rewrite -[2%:R * _ * _]mulrA mulr_natl mulr2n -bE mulfK // gt_eqF.
    * case/andP => /ltP sc /leP; rewrite ofQ0 DE => D1 l l0.
      by have [_ _ H _] := rk_window s0 cs B0 k0 l0; apply: H.
  + case: (best t) be => [/leP sc|m|/leP] /=.
    * by move=> l l0; rewrite f0; apply: (rk_best_none B0 k0 V0).
    * case/and3P => /ltP sc /ltP; rewrite gapE AE => gA /eqP ->.
      have A0 := curvature_of_gt0 B0 k0 V0.
      have al : 0 < al_best (q s) (q e) (q c) (q B) (q k) < 1.
        by rewrite /al_best ltr_pdivr_mulr // mul1r gA divr_gt0 // mulr_gt0 ?subr_gt0.
      have -> : q (divQ gapQ (addQ B (mulQ k (subQ e c)))) = l_best (q s) (q e) (q c) (q B) (q k).
        by rewrite ofQ_div gapE ofQD ofQM ofQB.
      by have [l0 _ _ H] := rk_best B0 k0 V0 al.
    * rewrite gapE AE => A1 l l' l0 ll; apply: (rk_best_inf B0 k0 V0) => //.
      by rewrite /al_best ler_pdivl_mulr ?mul1r // (curvature_of_gt0 B0 k0 V0).
Qed.

End Curve.

Definition sameQ (o : option Q) (a : Q) : bool := if o is Some b then eqQ a b else true.

Lemma sameE (R : realFieldType) o a : sameQ o a -> is_some (ofQ R a) o.
Proof. by case: o => //= b; rewrite -(ofQ_eq R) => /eqP. Qed.

Section OneLabel.

Variables (p1 p2 : nat) (sigma w : matrixL).

Definition agrees (m : moments) : bool :=
  [&& valid p1 p2 1 sigma, eqQ (residual_varianceQ p1 p2 sigma) (residual_variance_is m), eqQ
    (teacher_residual_varianceQ p1 p2 sigma w) (teacher_residual_variance_is m),
      eqQ (residual_covarianceQ p1 p2 sigma w) (residual_covariance_is m), eqQ (mismatchQ p1 p2 sigma
        w) (mismatch_is m) &
  [&& eqQ (tQ p1 sigma w) (total_t m), eqQ (yQ p1 p2 sigma) (total_y m),
      sameQ (info_ts m) (I_tsQ p1 p2 sigma w) & sameQ (info_sy m) (I_syQ p1 p2 sigma)]].

Definition trains (t : training) : bool :=
  let k := kQ p2 (rows t) in
  [&& valid p1 p2 1 sigma, (0 < p2)%N, (p2 + 2 <= rows t)%N, eqQ k (price t) &
      curve_ok (residual_varianceQ p1 p2 sigma) (teacher_residual_varianceQ p1 p2 sigma w)
        (residual_covarianceQ p1 p2 sigma w) (mismatchQ p1 p2 sigma w) k t].

Variable R : realFieldType.
Local Notation S := (model p1 p2 sigma R).
Local Notation w1 := (teacher p1 w R).

Theorem agrees_sound m : agrees m -> moments_agree S w1 m.
Proof.
have eqP a b : eqQ a b -> ofQ R a = ofQ R b by rewrite -(ofQ_eq R) => /eqP.
case/and5P => ok /eqP e1 /eqP e2 /eqP e3 /andP[/eqP e4 /and4P[/eqP e5 /eqP e6 e7 e8]].
split; last split.
- by rewrite (model_residual_variance R ok).
- by rewrite (model_teacher_residual_variance w R ok).
- by rewrite (model_residual_covariance w R ok).
- by rewrite (model_mismatch w R ok).
- by rewrite model_t.
- by rewrite model_y.
- by rewrite (model_I_ts w R ok); apply: sameE.
- by rewrite (model_I_sy R ok); apply: sameE.
Qed.

Theorem trains_sound t : trains t -> training_agree S w1 t.
Proof.
case/and5P => ok p20 hn kE cE; have pS := model_posdef R ok; split=> //.
  by rewrite kfacE; apply/eqP; rewrite ofQ_eq.
have := @curve_sound _ _ _ _ _ R _ _ _ _ _ t cE.
rewrite -(model_residual_variance R ok) -(model_teacher_residual_variance w R ok)
  -(model_residual_covariance w R ok) -(model_mismatch w R ok) -kfacE.
exact: (fun H => H (residual_variance_gt0 w1 pS) (residual_covariance2_le w1 pS) (mismatch_ge0 w1 pS)
  (kfac_gt0 R p20 hn)
                  (difference_variance_gt0 w1 pS)).
Qed.

End OneLabel.

Section Labels.

Variables (p1 p2 q : nat) (sigma w : matrixL).

Definition qinfo_ok (A D B : matrixL) (o : option Q) : bool :=
  if o is Some a then gexp2I_ok q q A D B && eqQ (gexp2IL q q A D B) a else true.

Definition qagrees (m : moments) : bool :=
  let t := tL p1 q sigma w in let s := sL p1 p2 q sigma in let y := L33 p1 p2 q sigma in
  [&& valid p1 p2 q sigma, eqQ (traceL q (residual_varianceL p1 p2 q sigma)) (residual_variance_is m),
      eqQ (traceL q (teacher_residual_varianceL p1 p2 q sigma w)) (teacher_residual_variance_is m),
      eqQ (traceL q (residual_covarianceL p1 p2 q sigma w)) (residual_covariance_is m),
      eqQ (traceL q (mismatchL p1 p2 q sigma w)) (mismatch_is m) &
  [&& eqQ (traceL q t) (total_t m), eqQ (traceL q y) (total_y m),
      qinfo_ok t s (tsL p1 p2 q sigma w) (info_ts m) & qinfo_ok s y (syL p1 p2 q sigma) (info_sy m)]].

Definition qtrains (t : training) : bool :=
  let k := kQ p2 (rows t) in
  [&& valid p1 p2 q sigma, (0 < q)%N && (0 < p2)%N, (p2 + 2 <= rows t)%N, eqQ k (price t) &
      curve_ok (traceL q (residual_varianceL p1 p2 q sigma)) (traceL q (teacher_residual_varianceL p1
        p2 q sigma w))
        (traceL q (residual_covarianceL p1 p2 q sigma w)) (traceL q (mismatchL p1 p2 q sigma w)) k t].

Variable R : realFieldType.
Local Notation S := (qmodel p1 p2 q sigma R).
Local Notation W1 := (qteacher p1 q w R).

Lemma qinfoE A D B o : qinfo_ok A D B o ->
  is_some (gexp2Imx (mx R q q A) (mx R q q D) (mx R q q B)) o.
Proof. by case: o => //= a /andP[ok]; rewrite -(ofQ_eq R) gexp2IE // => /eqP. Qed.

Lemma traces (ok : valid p1 p2 q sigma) :
  [/\ tr_residual_variance S = ofQ R (traceL q (residual_varianceL p1 p2 q sigma)),
      tr_teacher_residual_variance S W1 = ofQ R (traceL q (teacher_residual_varianceL p1 p2 q sigma w)),
      tr_residual_covariance S W1 = ofQ R (traceL q (residual_covarianceL p1 p2 q sigma w))
    & tr_mismatch S W1 = ofQ R (traceL q (mismatchL p1 p2 q sigma w))].
Proof.
by rewrite -!mx_trace -(epsE R ok) -(etaE w R ok) -(cE w R ok) -(BE w R ok).
Qed.

Theorem qagrees_sound m : qagrees m -> qmoments_agree S W1 m.
Proof.
have eqP a b : eqQ a b -> ofQ R a = ofQ R b by rewrite -(ofQ_eq R) => /eqP.
case/and5P => ok /eqP e1 /eqP e2 /eqP e3 /andP[/eqP e4 /and4P[/eqP e5 /eqP e6 e7 e8]].
have [t1 t2 t3 t4] := traces ok; split; last split.
- by rewrite t1.
- by rewrite t2.
- by rewrite t3.
- by rewrite t4.
- by rewrite tE mx_trace.
- by rewrite mx_trace.
- by rewrite /expI_tsq tE (sE R ok) (tsE w R ok); apply: qinfoE.
- by rewrite /expI_syq (sE R ok) (syE R ok); apply: qinfoE.
Qed.

Theorem qtrains_sound t : qtrains t -> qtraining_agree S W1 t.
Proof.
case/and5P => ok /andP[q0 p20] hn kE cE; have pS := qmodel_posdef R ok; split=> //.
  by rewrite kfacE; apply/eqP; rewrite ofQ_eq.
have := @curve_sound _ _ _ _ _ R _ _ _ _ _ t cE; have [<- <- <- <-] := traces ok.
rewrite -kfacE.
exact: (fun H => H (tr_residual_variance_gt0 pS q0) (tr_residual_covariance2_le W1 pS q0)
  (tr_mismatch_ge0 W1 pS) (kfac_gt0 R p20 hn)
                  (tr_difference_variance_gt0 W1 pS q0)).
Qed.

End Labels.
