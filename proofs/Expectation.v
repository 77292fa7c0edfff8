(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The student's expected risk: the closed form [risk] of Model.v, derived.

    - [expectation R T]      a mean of numbers that depend on a point of T: linear,
                             monotone, and a for the constant a, on those functions that
                             have a mean. Integration against a probability is one.
    - [mean_is E f m]        f has the mean m
    - [noise_moments E e h s c v]  the rows of e and h have mean 0, variances s and v,
                             covariance c, and different rows are uncorrelated
    - [trained S w1 X e h l] the student from the design X, labels X wstar + e and
                             predictions X v + h (v = proj S w1)
    - [design_trace S X]     tr (S22 (X^T X)^-1)

    By [residuals] of Student.v the residuals e of y and h of t after regression on x2
    have the moments s = var(y | x2), v = var(t | x2), c = cov(t, y | x2) and are
    uncorrelated with x2; for Gaussian rows, that are drawn independently, they are
    therefore independent of the design, and this is how the mean is taken: over the
    noise for a given design, then over designs.

    The only fact that is taken from elsewhere is a hypothesis of [risk_expected]: for
    n >= p2 + 2 rows x2_i ~ N(0, S22) the matrix X^T X is Wishart with n degrees of
    freedom, X has full column rank almost surely, and E (X^T X)^-1 = S22^-1 / (n - p2 - 1),
    so that E tr (S22 (X^T X)^-1) = p2 / (n - p2 - 1) = k.
    (K. V. Mardia, J. T. Kent, J. M. Bibby, Multivariate Analysis, 1979, section 3.8;
    T. W. Anderson, An Introduction to Multivariate Statistical Analysis, 3rd ed., Lemma 7.7.1.) *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Outputs Student.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Expectation.

Variables (R : realFieldType) (T : Type).

Record expectation := Expectation {
  has_mean : (T -> R) -> Prop;
  mean : (T -> R) -> R;
  has_mean_ext : forall f g, f =1 g -> has_mean f -> has_mean g;
  has_mean_cst : forall a, has_mean (fun=> a);
  has_mean_lin : forall a f b g, has_mean f -> has_mean g ->
    has_mean (fun x => a * f x + b * g x);
  mean_cst : forall a, mean (fun=> a) = a;
  mean_lin : forall a f b g, has_mean f -> has_mean g ->
    mean (fun x => a * f x + b * g x) = a * mean f + b * mean g;
  mean_le : forall f g, has_mean f -> has_mean g -> (forall x, f x <= g x) ->
    mean f <= mean g }.

Variable E : expectation.

Definition mean_is (f : T -> R) (m : R) : Prop := has_mean E f /\ mean E f = m.

Lemma mean_is_ext f g m : f =1 g -> mean_is f m -> mean_is g m.
Proof.
move=> fg [hf <-]; have hg := has_mean_ext fg hf; split=> //.
by apply/eqP; rewrite eq_le !mean_le // => x; rewrite fg.
Qed.

Lemma mean_is_cst a : mean_is (fun=> a) a.
Proof. by split; [exact: has_mean_cst | exact: mean_cst]. Qed.

Lemma mean_is_lin a f b g mf mg : mean_is f mf -> mean_is g mg ->
  mean_is (fun x => a * f x + b * g x) (a * mf + b * mg).
Proof.
by move=> [hf <-] [hg <-]; split; [exact: has_mean_lin | exact: mean_lin].
Qed.

Lemma mean_isD f g mf mg : mean_is f mf -> mean_is g mg ->
  mean_is (fun x => f x + g x) (mf + mg).
Proof.
move=> Hf Hg; have := mean_is_lin 1 1 Hf Hg; rewrite !mul1r.
by apply: mean_is_ext => x; rewrite !mul1r.
Qed.

Lemma mean_isZ a f m : mean_is f m -> mean_is (fun x => a * f x) (a * m).
Proof.
move=> Hf; have := mean_is_lin a 0 Hf Hf; rewrite mul0r addr0.
by apply: mean_is_ext => x; rewrite mul0r addr0.
Qed.

Lemma mean_is_sum (I : finType) (f : I -> T -> R) (m : I -> R) :
  (forall i, mean_is (f i) (m i)) -> mean_is (fun x => \sum_i f i x) (\sum_i m i).
Proof.
move=> H; elim: (index_enum I) => [|i s IH].
  by rewrite big_nil; apply: mean_is_ext (mean_is_cst 0) => x; rewrite big_nil.
rewrite big_cons; apply: mean_is_ext (mean_isD (H i) IH) => x.
by rewrite big_cons.
Qed.

Definition noise_moments n (e h : T -> 'cV[R]_n) (s c v : R) : Prop :=
  [/\ forall i, mean_is (fun x => e x i 0) 0,
      forall i, mean_is (fun x => h x i 0) 0,
      forall i j, mean_is (fun x => e x i 0 * e x j 0) (s *+ (i == j)),
      forall i j, mean_is (fun x => e x i 0 * h x j 0) (c *+ (i == j))
    & forall i j, mean_is (fun x => h x i 0 * h x j 0) (v *+ (i == j))].

Section Mixture.

Variables (n : nat) (e h : T -> 'cV[R]_n) (s c v a b : R).
Hypothesis H : noise_moments e h s c v.
Let u x := a *: e x + b *: h x.
Let tau := a ^+ 2 * s + 2%:R * a * b * c + b ^+ 2 * v.

(* The noise a e + b h: a linear form of it has mean 0, a quadratic form M the mean
   tau tr M. *)
Lemma mean_linear (g : 'cV[R]_n) : mean_is (fun x => dot g (u x)) 0.
Proof.
have [He Hh _ _ _] := H; have -> : 0 = \sum_i g i 0 * (a * 0 + b * 0) :> R.
  by rewrite big1 // => i _; rewrite !mulr0 addr0 mulr0.
apply: mean_is_ext (mean_is_sum (fun i => mean_isZ (g i 0) (mean_is_lin a b (He i) (Hh i)))) => x.
by rewrite /dot mxE; apply: eq_bigr => i _; rewrite !mxE.
Qed.

Lemma mean_quadratic (M : 'M[R]_n) : mean_is (fun x => bil (u x) M (u x)) (tau * \tr M).
Proof.
have [_ _ Hee Heh Hhh] := H.
have C i j := mean_is_ext (fun x => mulrC _ _) (Heh j i).
have Huu i j : mean_is (fun x => u x i 0 * u x j 0) (tau *+ (i == j)).
  have := mean_isD (mean_is_lin (a ^+ 2) (b ^+ 2) (Hee i j) (Hhh i j))
                   (mean_is_lin (a * b) (a * b) (Heh i j) (C i j)).
  rewrite [j == i]eq_sym; have -> : a ^+ 2 * (s *+ (i == j)) + b ^+ 2 * (v *+ (i == j))
    + (a * b * (c *+ (i == j)) + a * b * (c *+ (i == j))) = tau *+ (i == j).
    by case: (i == j); rewrite /= /tau; ring.
  apply: mean_is_ext => x; rewrite /u !mxE /=.
  move: (e x i 0) (e x j 0) (h x i 0) (h x j 0) => y y' z z'; ring.
have -> : tau * \tr M = \sum_i \sum_j M i j * (tau *+ (i == j)).
  rewrite /mxtrace mulr_sumr; apply: eq_bigr => i _.
  rewrite (bigD1 i) //= eqxx mulr1n big1 ?addr0 1?mulrC // => j ji.
  by rewrite eq_sym (negbTE ji) mulr0n mulr0.
apply: mean_is_ext
  (mean_is_sum (fun i => mean_is_sum (fun j => mean_isZ (M i j) (Huu i j)))) => x.
rewrite bil_dot /dot mxE; apply: eq_bigr => i _.
rewrite [(u x)^T 0 i]mxE [(M *m u x) i 0]mxE mulr_sumr; apply: eq_bigr => j _.
by rewrite mulrCA mulrA.
Qed.

End Mixture.

End Expectation.

Section Risk.

Variables (R : realFieldType) (p1 p2 n : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.

Definition trained (X : 'M[R]_(n, p2)) (e h : 'cV[R]_n) (l : R) : 'cV[R]_p2 :=
  student X (X *m wstar S + e) (X *m proj S w1 + h) l.
Definition design_trace (X : 'M[R]_(n, p2)) : R := \tr (S22 S *m invmx (X^T *m X)).

Section Design.

Variables (X : 'M[R]_(n, p2)) (l : R).
Hypotheses (full_rank : \rank X = p2) (l_ge0 : 0 <= l).

Let P := invmx (X^T *m X) *m X^T.

Lemma trainedE e h :
  trained X e h l - wstar S = (l / (1 + l)) *: (proj S w1 - wstar S)
    + P *m ((1 + l)^-1 *: e + (l / (1 + l)) *: h).
Proof.
have l1 : 1 + l != 0 by rewrite gt_eqF // ltr_paddr ?ltr01.
have PX w : P *m (X *m w) = w by rewrite /P -mulmxA [X^T *m (_ *m _)]mulmxA mulKmx ?gram_unit.
rewrite /trained /student -/P -scalemxAr mulmxDr -scalemxAr !mulmxDr !PX -!scalemxAr.
move: (P *m e) (P *m h) (wstar S) (proj S w1) => e' h' w v.
apply/colP => i; rewrite !mxE; move: (e' i 0) (h' i 0) (w i 0) (v i 0) => a b c d.
by field.
Qed.

Lemma pinv_trace : \tr (P^T *m S22 S *m P) = design_trace X.
Proof.
rewrite /design_trace -mulmxA mxtrace_mulC -mulmxA; congr (\tr (_ *m _)).
have GT : (X^T *m X)^T = X^T *m X by rewrite trmx_mul trmxK.
rewrite /P trmx_mul trmxK trmx_inv GT -[LHS]mulmxA [X^T *m (_ *m _)]mulmxA mulmxV ?gram_unit //.
by rewrite mulmx1.
Qed.

(** The mean risk for a given design. *)
Theorem fixed_design (N : Type) (E : expectation R N) (e h : N -> 'cV[R]_n) :
  noise_moments E e h (residual_variance S) (residual_covariance S w1) (teacher_residual_variance S w1) ->
  mean_is E (fun x => fresh_risk S (trained X (e x) (h x) l))
    (residual_variance S + (l / (1 + l)) ^+ 2 * mismatch S w1
     + design_trace X * (residual_variance S + 2%:R * l * residual_covariance S w1 + l ^+ 2 *
       teacher_residual_variance S w1)
       / (1 + l) ^+ 2).
Proof.
move=> H; have l1 : 1 + l != 0 by rewrite gt_eqF // ltr_paddr ?ltr01.
pose al := l / (1 + l); pose u x := (1 + l)^-1 *: e x + al *: h x.
pose d := proj S w1 - wstar S.
have := mean_isD (mean_is_cst E (residual_variance S + al ^+ 2 * mismatch S w1))
  (mean_isD (mean_isZ (2%:R * al) (mean_linear (1 + l)^-1 al H (P^T *m (S22 S *m d))))
            (mean_quadratic (1 + l)^-1 al H (P^T *m S22 S *m P))).
rewrite pinv_trace mulr0 add0r; set m := (X in mean_is _ _ X) => Hm.
have -> : residual_variance S + al ^+ 2 * mismatch S w1
  + design_trace X * (residual_variance S + 2%:R * l * residual_covariance S w1 + l ^+ 2 *
    teacher_residual_variance S w1)
    / (1 + l) ^+ 2 = m.
  rewrite /m /al; generalize (residual_variance S) (mismatch S w1) (design_trace X)
    (residual_covariance S w1) (teacher_residual_variance S w1).
  by move=> s B T c v; field.
apply: mean_is_ext Hm => x; rewrite (fresh_riskE pS) trainedE -/al -/d -/(u x).
have -> : dot (P^T *m (S22 S *m d)) (u x) = inner S d (P *m u x).
  by rewrite dot_mull trmxK dot_mull (sym22 pS) /inner bil_dot.
have -> : bil (u x) (P^T *m S22 S *m P) (u x) = inner S (P *m u x) (P *m u x).
  by rewrite /inner !bil_dot dot_mull !mulmxA.
rewrite /mismatch -/d -/(inner S d d); clearbody d; move: (P *m u x) => z.
have D a b c : inner S (a + b) c = inner S a c + inner S b c.
  by rewrite /inner !bil_dot dotDl.
have Z b c : inner S (al *: b) c = al * inner S b c.
  by rewrite /inner !bil_dot dotZl.
have Dr a b c : inner S c (a + b) = inner S c a + inner S c b.
  by rewrite !(innerC pS c) D.
have Zr b c : inner S c (al *: b) = al * inner S c b by rewrite !(innerC pS c) Z.
rewrite D !Dr !Z !Zr (innerC pS z d).
move: (residual_variance S) (inner S d d) (inner S d z) (inner S z z) => s f g q; ring.
Qed.

End Design.

(** The expected risk, over noise and designs, is [risk]. *)
Theorem risk_expected (D N : Type) (Ed : expectation R D) (En : expectation R N)
    (X : D -> 'M[R]_(n, p2)) (e h : N -> 'cV[R]_n) l :
  (forall d, \rank (X d) = p2) ->
  mean_is Ed (fun d => design_trace (X d)) (kfac R p2 n) ->
  noise_moments En e h (residual_variance S) (residual_covariance S w1) (teacher_residual_variance S w1) ->
  0 <= l ->
  mean_is Ed (fun d => mean En (fun x => fresh_risk S (trained (X d) (e x) (h x) l)))
    (risk S w1 n l).
Proof.
move=> full k_mean H l0; have l1 : 1 + l != 0 by rewrite gt_eqF // ltr_paddr ?ltr01.
have := mean_isD (mean_is_cst Ed (residual_variance S + (l / (1 + l)) ^+ 2 * mismatch S w1))
  (mean_isZ ((residual_variance S + 2%:R * l * residual_covariance S w1 + l ^+ 2 *
    teacher_residual_variance S w1)
             / (1 + l) ^+ 2) k_mean).
set m := (X in mean_is _ _ X) => Hm; have -> : risk S w1 n l = m.
  rewrite /m /risk; generalize (residual_variance S) (mismatch S w1) (kfac R p2 n) (residual_covariance
    S w1) (teacher_residual_variance S w1).
  by move=> s B k c v; field.
apply: mean_is_ext Hm => d; have [_ ->] := fixed_design (full d) l0 H.
by congr (_ + _); rewrite mulrC mulrA.
Qed.

End Risk.

Section Outputs.

Variables (R : realFieldType) (p1 p2 q n : nat).
Variables (Q : qcov R p1 p2 q) (W1 : 'M[R]_(p1, q)).
Hypothesis pQ : qposdef Q.

Definition qtrained (X : 'M[R]_(n, p2)) (e h : 'M[R]_(n, q)) (l : R) : 'M[R]_(p2, q) :=
  studentq X (X *m qwstar Q + e) (X *m qproj Q W1 + h) l.
(** The mean square of y - W^T x2, added up over the labels. *)
Definition qfresh_risk (W : 'M[R]_(p2, q)) : R := \sum_j fresh_risk (out Q j) (col j W).

Lemma col_qtrained X e h l j :
  col j (qtrained X e h l) = trained (out Q j) (col j W1) X (col j e) (col j h) l.
Proof.
have D (A B : 'M[R]_(n, q)) : col j (A + B) = col j A + col j B by rewrite !colE mulmxDl.
by rewrite col_studentq !D !col_mul.
Qed.

(** With q labels the expected risk is [qrisk]. *)
Theorem qrisk_expected (D N : Type) (Ed : expectation R D) (En : expectation R N)
    (X : D -> 'M[R]_(n, p2)) (e h : N -> 'M[R]_(n, q)) l :
  (forall d, \rank (X d) = p2) ->
  mean_is Ed (fun d => \tr (M22 Q *m invmx ((X d)^T *m X d))) (kfac R p2 n) ->
  (forall j, noise_moments En (fun x => col j (e x)) (fun x => col j (h x))
     (residual_variance (out Q j)) (residual_covariance (out Q j) (col j W1))
       (teacher_residual_variance (out Q j) (col j W1))) ->
  0 <= l ->
  mean_is Ed (fun d => mean En (fun x => qfresh_risk (qtrained (X d) (e x) (h x) l)))
    (qrisk Q W1 n l).
Proof.
move=> full k_mean H l0; rewrite qriskE.
have := mean_is_sum (fun j => risk_expected (out_posdef pQ j) full k_mean (H j) l0).
apply: mean_is_ext => d.
have := mean_is_sum (fun j => fixed_design (out_posdef pQ j) (full d) l0 (H j)).
have E : (fun x => \sum_j fresh_risk (out Q j)
           (trained (out Q j) (col j W1) (X d) (col j (e x)) (col j (h x)) l))
       =1 (fun x => qfresh_risk (qtrained (X d) (e x) (h x) l)).
  by move=> x; apply: eq_bigr => j _; rewrite col_qtrained.
move/(mean_is_ext E) => [_ ->]; apply: eq_bigr => j _.
by have [_ ->] := fixed_design (out_posdef pQ j) (full d) l0 (H j).
Qed.

End Outputs.
