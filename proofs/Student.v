(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The student: what distillation trains, and what it costs on average.

    From n rows (x2_i, y_i, t_i) the student learns the weights w that minimise
    sum (y_i - w^T x2_i)^2 + lambda sum (w^T x2_i - t_i)^2.

    - [objective X y t l w]  that sum; the rows of X are the x2_i^T
    - [student X y t l]      (X^T X)^-1 X^T (y + l t) / (1 + l); by [student_min] it
                             is the one minimiser
    - [objectiveq], [studentq]  the same for labels of q coordinates, a column each
    - [fresh_risk S w]       the mean square of y - w^T x2 on a fresh row

    With q labels the sums and the means are sums over the labels. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Outputs.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Minimiser.

Variables (R : realFieldType) (n p : nat) (X : 'M[R]_(n, p)).
Implicit Types (y t : 'cV[R]_n) (w : 'cV[R]_p) (l : R).

Definition objective y t l w : R :=
  dot (y - X *m w) (y - X *m w) + l * dot (X *m w - t) (X *m w - t).
Definition student y t l : 'cV[R]_p :=
  invmx (X^T *m X) *m X^T *m ((1 + l)^-1 *: (y + l *: t)).

Definition objectiveq q (Y T : 'M[R]_(n, q)) l (W : 'M[R]_(p, q)) : R :=
  \tr ((Y - X *m W)^T *m (Y - X *m W)) + l * \tr ((X *m W - T)^T *m (X *m W - T)).
Definition studentq q (Y T : 'M[R]_(n, q)) l : 'M[R]_(p, q) :=
  invmx (X^T *m X) *m X^T *m ((1 + l)^-1 *: (Y + l *: T)).

Lemma col_studentq q (Y T : 'M[R]_(n, q)) l j :
  col j (studentq Y T l) = student (col j Y) (col j T) l.
Proof. by rewrite /studentq /student col_mul !colE -scalemxAl mulmxDl -scalemxAl. Qed.

Lemma objectiveqE q (Y T : 'M[R]_(n, q)) l W :
  objectiveq Y T l W = \sum_j objective (col j Y) (col j T) l (col j W).
Proof.
rewrite /objectiveq /mxtrace mulr_sumr -big_split /=; apply: eq_bigr => j _.
by rewrite !diag_dot !col_sub !col_mul.
Qed.

Hypothesis full_rank : \rank X = p.

Lemma design_inj w : w != 0 -> X *m w != 0.
Proof.
move=> w0; apply: contra w0 => /eqP/(congr1 trmx); rewrite trmx_mul trmx0 => E.
have free : row_free X^T by rewrite /row_free mxrank_tr full_rank.
apply/eqP/trmx_inj/(row_free_inj free); by rewrite /mulmxr trmx0 mul0mx.
Qed.

Lemma gram_unit : X^T *m X \in unitmx.
Proof.
apply: form_unitmx => b /design_inj/dot_gt0.
by rewrite dot_mull bil_dot mulmxA.
Qed.

Lemma student_normal y t l : 1 + l != 0 ->
  X^T *m (y + l *: t - (1 + l) *: (X *m student y t l)) = 0.
Proof.
move=> l0; rewrite mulmxBr -scalemxAr mulmxA /student -[invmx _ *m _ *m _]mulmxA.
by rewrite mulKVmx ?gram_unit // -!scalemxAr scalerA divff // scale1r subrr.
Qed.

(* How much worse than the student any other weights are. *)
Lemma objective_excess y t l w : 0 <= l ->
  objective y t l w = objective y t l (student y t l)
    + (1 + l) * dot (X *m (w - student y t l)) (X *m (w - student y t l)).
Proof.
move=> l0; have l1 : 1 + l != 0 by rewrite gt_eqF // ltr_paddr ?ltr01.
move: (student_normal y t l1); move: (student y t l) => s N.
pose d := w - s; have -> : w = s + d by rewrite /d addrCA subrr addr0.
rewrite [s + d - s]addrAC subrr add0r /objective mulmxDr.
have : dot (X *m d) (y + l *: t - (1 + l) *: (X *m s)) = 0.
  by rewrite dot_mull N dot0r.
move: (X *m d) (X *m s) => u z; rewrite !(dotDr, dotNr, dotZr) => E.
rewrite opprD !(dotDl, dotDr, dotNl, dotNr).
rewrite (dotC z u) (dotC z t) (dotC y u) (dotC t u) (dotC y z).
have -> : dot u y = (1 + l) * dot u z - l * dot u t.
  move: E; move: (dot u y) (dot u t) (dot u z) => a b c E.
  rewrite -[LHS]subr0 -E; ring.
ring.
Qed.

(** For every design of full column rank and every lambda >= 0 the student is the
    one minimiser of the objective. *)
Theorem student_min y t l w : 0 <= l -> w != student y t l ->
  objective y t l (student y t l) < objective y t l w.
Proof.
move=> l0 ws; rewrite (objective_excess _ _ w l0) ltr_addl mulr_gt0 ?ltr_paddr ?ltr01 //.
by rewrite dot_gt0 // design_inj // subr_eq0.
Qed.

(** The same for q labels. *)
Theorem studentq_min q (Y T W : 'M[R]_(n, q)) l (W' : 'M[R]_(p, q)) :
  0 <= l -> W' != studentq Y T l ->
  objectiveq Y T l (studentq Y T l) < objectiveq Y T l W'.
Proof.
move=> l0 ne; have [j nj] : exists j, col j W' != student (col j Y) (col j T) l.
  apply/existsP; apply: contraNT ne => /existsPn E; apply/eqP/matrixP => i j.
  have := E j; rewrite negbK -col_studentq => /eqP/colP/(_ i).
  by rewrite !mxE.
rewrite !objectiveqE (bigD1 j) //= [in X in _ < X](bigD1 j) //=.
rewrite col_studentq ltr_le_add ?student_min // ler_sum // => i _.
rewrite col_studentq; have [->//|w] := eqVneq (col i W') (student (col i Y) (col i T) l).
exact/ltW/student_min.
Qed.

End Minimiser.

Section Fresh.

Variables (R : realFieldType) (p1 p2 : nat) (S : cov R p1 p2) (w1 : 'cV[R]_p1).
Hypothesis pS : posdef S.

(** The variance of y - w^T x2: the means are 0. *)
Definition fresh_risk (w : 'cV[R]_p2) : R := form S 0 (- w) 1.

Lemma fresh_riskE w :
  fresh_risk w = residual_variance S + inner S (w - wstar S) (w - wstar S).
Proof.
rewrite /fresh_risk /form (dot23 pS) (residual_varianceE pS).
have gE : gww S = inner S (wstar S) (wstar S) by [].
have C : inner S (wstar S) w = inner S w (wstar S) by rewrite (innerC pS).
move: C; rewrite gE /inner !bil_dot !dot0l => C.
rewrite !(mulmxDr, mulmxN) !(dotDl, dotDr, dotNl, dotNr) C.
ring.
Qed.

(** What x2 leaves open of teacher and label, eta = t - v^T x2 and eps = y - wstar^T x2:
    the variance of b^T x2 + al eta + be eps is that of b^T x2 plus a form in (al, be).
    So the two are uncorrelated with x2, and var eta = var(t | x2), var eps = var(y | x2),
    cov(eta, eps) = c. For Gaussian variables uncorrelated is independent. *)
Theorem residuals al be (b : 'cV[R]_p2) :
  form S (al *: w1) (b + (- al *: proj S w1 + - be *: wstar S)) be
  = inner S b b + (al ^+ 2 * teacher_residual_variance S w1 + 2%:R * al * be * residual_covariance S w1
                   + be ^+ 2 * residual_variance S).
Proof.
rewrite -(resid_form w1 pS); set r := - al *: _ + _.
have br : inner S b r = - al * inner S (proj S w1) b - be * inner S b (wstar S).
  by rewrite (innerC pS _ b) /inner !bil_dot mulmxDr -!scalemxAr dotDr !dotZr !mulNr.
have rb : inner S r b = inner S b r by rewrite (innerC pS).
clearbody r; rewrite /form !(dot23 pS).
have -> : bil (al *: w1) (S12 S) (b + r)
          = al * inner S (proj S w1) b + bil (al *: w1) (S12 S) r.
  rewrite bil_dot mulmxDr dotDr -!bil_dot; congr (_ + _).
  by rewrite bil_dot dotZl -bil_dot (bil12 _ pS).
have -> : inner S (b + r) (wstar S) = inner S b (wstar S) + inner S r (wstar S).
  by rewrite /inner !bil_dot dotDl.
have -> : bil (b + r) (S22 S) (b + r) = inner S b b + 2%:R * inner S b r + inner S r r.
  have D x y z : inner S (x + y) z = inner S x z + inner S y z.
    by rewrite /inner !bil_dot dotDl.
  have Dr x y z : inner S x (y + z) = inner S x y + inner S x z.
    by rewrite !(innerC pS x) D.
  rewrite -/(inner S (b + r) (b + r)) D !Dr rb.
  move: (inner S b b) (inner S b r) (inner S r r) => x y z; ring.
rewrite br; move: (inner S r (wstar S)) (inner S b (wstar S)) (inner S (proj S w1) b) => x y z.
move: (bil _ _ _) (dot _ _) (inner S b b) => f g h; rewrite -/(inner S r r).
ring.
Qed.

End Fresh.
