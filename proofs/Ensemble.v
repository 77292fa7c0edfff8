(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Several teachers, the columns of W: the labels (1 - sum b) y + sum b_j t_j.

    - [ensemble_risk S W n b]  the risk with the weights b: that of the teacher W b
    - [ensemble_form S W n]    the matrix B + k V over teachers
    - [ensemble_open S W]      the column of var(y | x2) - c_j

    The risk is convex in the teacher; the best weights and their gain. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Outputs Tuned.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Forms.

Variable R : realFieldType.

Lemma entry_bil m n p q (A : 'M[R]_(m, p)) (M : 'M[R]_(m, n)) (B : 'M[R]_(n, q)) i j :
  (A^T *m M *m B) i j = bil (col i A) M (col j B).
Proof.
have -> : bil (col i A) M (col j B) = ((A *m delta_mx i (0 : 'I_1))^T *m M *m (B *m delta_mx j (0 : 'I_1))) 0 0.
  by rewrite /bil !colE.
rewrite trmx_mul !mulmxA trmx_delta -[delta_mx 0 i *m A^T *m M]mulmxA -[delta_mx 0 i *m _ *m B]mulmxA.
by rewrite -rowE -colE !mxE.
Qed.

Lemma bil_mul m n p q (A : 'M[R]_(m, p)) (M : 'M[R]_(m, n)) (B : 'M[R]_(n, q)) a b :
  bil a (A^T *m M *m B) b = bil (A *m a) M (B *m b).
Proof. by rewrite /bil trmx_mul !mulmxA. Qed.

Lemma bil_addm m n (a : 'cV[R]_m) (M N : 'M[R]_(m, n)) b : bil a (M + N) b = bil a M b + bil a N b.
Proof. by rewrite !bil_dot mulmxDl dotDr. Qed.

Lemma bil_scalem m n x (a : 'cV[R]_m) (M : 'M[R]_(m, n)) b : bil a (x *: M) b = x * bil a M b.
Proof. by rewrite !bil_dot -scalemxAl dotZr. Qed.

Lemma bil_outer m n (a u : 'cV[R]_m) (b v : 'cV[R]_n) : bil a (u *m v^T) b = dot a u * dot v b.
Proof.
rewrite bil_dot -mulmxA [v^T *m b](mx11_scalar) mul_mx_scalar dotZr mulrC; congr (_ * _).
Qed.

Lemma bil_mix m (Q : 'M[R]_m) (a b : 'cV[R]_m) th : Q^T = Q ->
  bil (th *: a + (1 - th) *: b) Q (th *: a + (1 - th) *: b)
  = th * bil a Q a + (1 - th) * bil b Q b - th * (1 - th) * bil (a - b) Q (a - b).
Proof.
move=> sQ; have C u z : dot u (Q *m z) = dot z (Q *m u) by rewrite dotC dot_mull sQ.
rewrite !bil_dot !mulmxDr mulmxN -!scalemxAr !(dotDl, dotDr, dotZl, dotZr, dotNl, dotNr) (C b a).
by move: (dot a _) (dot a _) (dot b _) => *; ring.
Qed.

(* A positive definite parabola in several weights. *)
Lemma parabola_vertexn r (F : 'M[R]_r) (o b : 'cV[R]_r) : F^T = F -> F \in unitmx ->
  bil b F b - 2%:R * dot b o
  = bil (b - invmx F *m o) F (b - invmx F *m o) - bil o (invmx F) o.
Proof.
move=> sF uF; rewrite !bil_dot; set z := invmx F *m o.
have Fz : F *m z = o by rewrite mulKVmx.
have C u x : dot u (F *m x) = dot x (F *m u) by rewrite dotC dot_mull sF.
rewrite !mulmxDr mulmxN Fz !(dotDl, dotDr, dotNl, dotNr) (C z b) Fz (dotC o z).
by move: (dot b _) (dot b _) (dot z _) => *; ring.
Qed.

End Forms.

Section Ensemble.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2).

Definition ensemble_risk r (W : 'M[R]_(p1, r)) (n : nat) (b : 'cV[R]_r) : R :=
  residual_variance S + student_excess S (W *m b) (kfac R p2 n) (1 - \sum_j b j 0) 1.
Definition ensemble_form r (W : 'M[R]_(p1, r)) (n : nat) : 'M[R]_r :=
  \matrix_(i, j) (let t i := col i W in
    bil (proj S (t i) - wstar S) (S22 S) (proj S (t j) - wstar S)
    + kfac R p2 n * (residual_variance S - residual_covariance S (t i)
      - residual_covariance S (t j)
      + bil (t i) (S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T) (t j))).
Definition ensemble_open r (W : 'M[R]_(p1, r)) : 'cV[R]_r :=
  \col_j (residual_variance S - residual_covariance S (col j W)).

Hypothesis pS : posdef S.

Section Weights.

Variables (r : nat) (W : 'M[R]_(p1, r)) (n : nat).
Local Notation k := (kfac R p2 n).
Local Notation s := (residual_variance S).

Let K : 'M[R]_p1 := S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T.
Let z : 'cV[R]_p1 := S13 S - S12 S *m invmx (S22 S) *m S23 S.
Let o : 'cV[R]_r := const_mx 1.
Let D : 'M[R]_(p2, r) := invmx (S22 S) *m (S12 S)^T *m W - wstar S *m o^T.
Let V : 'M[R]_r := s *: (o *m o^T) - W^T *m z *m o^T - o *m (W^T *m z)^T + W^T *m K *m W.

Lemma sum_dot (b : 'cV[R]_r) : \sum_j b j 0 = dot b o.
Proof. by rewrite /dot mxE; apply: eq_bigr => j _; rewrite !mxE mulr1. Qed.

Lemma ensemble_formE : ensemble_form W n = D^T *m S22 S *m D + k *: V.
Proof.
apply/matrixP => i j; rewrite mxE [RHS]mxE entry_bil [in RHS]mxE.
have DE l : col l D = proj S (col l W) - wstar S.
  rewrite /D /proj colE mulmxBl -colE col_mul; congr (_ - _).
  by rewrite -mulmxA (_ : o^T *m _ = 1) ?mulmx1 //; apply/matrixP => a b;
     rewrite -colE !mxE !ord1.
rewrite !DE; congr (_ + k * _); rewrite !mxE !big_ord1 !mxE !mulr1 !mul1r.
rewrite -(entry_bil W K W) -/K.
have E l : (W^T *m z) l 0 = residual_covariance S (col l W).
  by rewrite /residual_covariance -/z /dot !mxE; apply: eq_bigr => a _; rewrite !mxE.
move: (E i) (E j); rewrite !mxE => -> ->; congr (_ + _).
Qed.

Lemma D_mul (b : 'cV[R]_r) : D *m b = proj S (W *m b) - dot b o *: wstar S.
Proof.
rewrite /D mulmxBl -!mulmxA /proj !mulmxA; congr (_ - _).
by rewrite -mulmxA [o^T *m b]mx11_scalar mul_mx_scalar -/(dot o b) dotC.
Qed.

Lemma V_form (b : 'cV[R]_r) : bil b V b
  = dot b o ^+ 2 * s - 2%:R * dot b o * residual_covariance S (W *m b)
    + teacher_residual_variance S (W *m b).
Proof.
have cE : dot b (W^T *m z) = residual_covariance S (W *m b).
  by rewrite /residual_covariance -/z dot_mull.
rewrite /V !bil_addm -!scaleN1r !bil_scalem !bil_outer bil_mul.
rewrite -/(teacher_residual_variance S _) cE !(dotC _ b) cE.
by move: (dot b o) (residual_covariance S _) (teacher_residual_variance S _) => *; ring.
Qed.

Lemma ensemble_form_pos (b : 'cV[R]_r) : (0 < p2)%N -> (p2 + 2 <= n)%N ->
  (b != 0 -> \sum_j b j 0 = 0 -> W *m b != 0) -> b != 0 -> 0 < bil b (ensemble_form W n) b.
Proof.
move=> p20 hn free b0; have k0 := kfac_gt0 R p20 hn.
rewrite ensemble_formE bil_addm bil_scalem bil_mul.
rewrite ltr_paddl ?(inner_ge0 pS) // mulr_gt0 // V_form.
have := @resid_gt0 _ _ _ _ (W *m b) pS 1 (- dot b o); rewrite scale1r oppr_eq0.
have -> : (W *m b != 0) || (dot b o != 0).
  by have [o0|//] := eqVneq (dot b o) 0; rewrite ?orbT // free ?sum_dot.
move=> /(_ isT); set l := (X in 0 < X); set m := (X in _ -> 0 < X); suff -> : l = m by [].
by rewrite /l /m; move: (dot b o) => x; ring.
Qed.

Lemma ensemble_form_sym : (ensemble_form W n)^T = ensemble_form W n.
Proof.
have sK : K^T = K.
  rewrite /K linearB /= !trmx_mul trmxK trmx_inv (sym11 pS) (sym22 pS) mulmxA; congr (_ - _).
apply/matrixP => i j; rewrite !mxE -/K; cbv zeta.
have C m (Q : 'M[R]_m) u v : Q^T = Q -> bil u Q v = bil v Q u.
  by move=> sQ; rewrite -[in LHS]sQ bil_tr.
rewrite (C _ _ _ _ sK) (C _ _ _ _ (sym22 pS)); congr (_ + k * (_ + _)).
by rewrite addrAC.
Qed.

(* Completing the square over the weights. *)
Lemma ensemble_riskE (b : 'cV[R]_r) : ensemble_risk W n b
  = baseline_risk S n + (bil b (ensemble_form W n) b - 2%:R * dot b (k *: ensemble_open W)).
Proof.
have oE : dot b (ensemble_open W) = dot b o * s - residual_covariance S (W *m b).
  have -> : ensemble_open W = s *: o - W^T *m z.
    apply/colP => j; rewrite !mxE mulr1; congr (_ - _).
    by rewrite /residual_covariance -/z /dot !mxE; apply: eq_bigr => a _; rewrite !mxE.
  rewrite dotBr dotZr mulrC; congr (_ - _).
  by rewrite /residual_covariance -/z dot_mull.
rewrite dotZr oE ensemble_formE bil_addm bil_scalem bil_mul V_form D_mul.
rewrite /ensemble_risk sum_dot /student_excess /excess_of /baseline_risk.
have -> : bil (proj S (W *m b) - dot b o *: wstar S) (S22 S) (proj S (W *m b) - dot b o *: wstar S)
  = var_proj S (W *m b) - 2%:R * dot b o * cov_ts S (W *m b) + dot b o ^+ 2 * var_s S.
  rewrite (cov_tsE _ pS) var_sE -[var_proj S _]/(gvv S (W *m b)) -/(inner S _ _).
  have -> : proj S (W *m b) - dot b o *: wstar S = 1 *: proj S (W *m b) + - dot b o *: wstar S.
    by rewrite scale1r scaleNr.
  by rewrite (inner_lin _ pS); move: (gvv S _) (gvw S _) (gww S) (dot b o) => *; ring.
move: (var_s S) (cov_ts S _) (var_proj S _) s (residual_covariance S _) => *.
by move: (teacher_residual_variance S _) k (dot b o) => *; ring.
Qed.

End Weights.

(* The risk is convex in the teacher. *)
Lemma risk_convex_teacher n t u th l : (0 < p2)%N -> (p2 + 2 <= n)%N -> 0 <= th <= 1 -> 0 <= l ->
  risk S (th *: t + (1 - th) *: u) n l <= th * risk S t n l + (1 - th) * risk S u n l.
Proof.
move=> p20 hn /andP[th0 th1] l0; have k0 := kfac_gt0 R p20 hn.
have l1 : 0 < 1 + l := ltr_paddr l0 ltr01.
set K := S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T.
have sK : K^T = K.
  rewrite /K linearB /= !trmx_mul trmxK trmx_inv (sym11 pS) (sym22 pS) mulmxA; congr (_ - _).
have eE : teacher_residual_variance S (th *: t + (1 - th) *: u) = th * teacher_residual_variance S t
    + (1 - th) * teacher_residual_variance S u - th * (1 - th) * teacher_residual_variance S (t - u).
  exact: bil_mix.
have pE x : proj S x = invmx (S22 S) *m (S12 S)^T *m x by [].
have BE : mismatch S (th *: t + (1 - th) *: u) = th * mismatch S t + (1 - th) * mismatch S u
    - th * (1 - th) * inner S (proj S (t - u)) (proj S (t - u)).
  have -> : proj S (t - u) = (proj S t - wstar S) - (proj S u - wstar S).
    by rewrite !pE mulmxBr opprB addrA subrK.
  rewrite -bil_mix ?(sym22 pS) // /mismatch.
  suff -> : proj S (th *: t + (1 - th) *: u) - wstar S
    = th *: (proj S t - wstar S) + (1 - th) *: (proj S u - wstar S) by [].
  rewrite !pE mulmxDr -!scalemxAr; move: (_ *m t) (_ *m u) (wstar S) => a b w.
  by apply/colP => i; rewrite !mxE; move: (a i 0) (b i 0) (w i 0) => *; ring.
have cE : residual_covariance S (th *: t + (1 - th) *: u)
    = th * residual_covariance S t + (1 - th) * residual_covariance S u.
  by rewrite /residual_covariance dotDl !dotZl.
rewrite -subr_ge0 /risk eE BE cE; set P := inner S _ _; set e' := teacher_residual_variance S (t - u).
set d := (X in 0 <= X); suff -> : d = th * (1 - th) * l ^+ 2 * (P + kfac R p2 n * e') / (1 + l) ^+ 2.
  rewrite divr_ge0 ?sqr_ge0 // mulr_ge0 // ?mulr_ge0 ?sqr_ge0 ?subr_ge0 //.
  by rewrite addr_ge0 ?(inner_ge0 pS) // mulr_ge0 ?(teacher_residual_variance_ge0 _ pS) // ltW.
have ln : 1 + l != 0 by rewrite gt_eqF.
rewrite /d; clearbody P e'; generalize (mismatch S t) (mismatch S u) (residual_covariance S t).
generalize (residual_covariance S u) (teacher_residual_variance S t) (kfac R p2 n).
generalize (teacher_residual_variance S u) (residual_variance S) => *; by field.
Qed.

End Ensemble.
