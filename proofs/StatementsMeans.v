(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** That the closed forms of part two are the mean risks of the students that are trained.
    To be read like Statements.v; what is taken from elsewhere is in Imported.v.

    - [fit X]       (X^T X)^-1 X^T, least squares
    - [labelled X]  the same, blind to the rows that follow X and have no label *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Criterion Student Expectation LinearStudent LeastSquares Tuned.
From Proofs Require Import OtherRows Imported Statements.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Module Fact.
Section Facts.

Variable R : realFieldType.

(* The mean square of y - w^T x2 on a fresh row. *)
Definition fresh p1 p2 (S : cov R p1 p2) (w : 'cV[R]_p2) : R := form S 0 (- w) 1.

(** The one lemma. Any student a M y + b M t with M made of the design alone, for labels
    y = X wstar + e and predictions t = X v + h; H = M X. Its risk is convex in (a, b). *)
Definition linear_risk p1 p2 n (S : cov R p1 p2) w1 (X : 'M[R]_(n, p2)) M (a b : R) : R :=
  let d := a *: (M *m X *m wstar S) + b *: (M *m X *m proj S w1) - wstar S in
  residual_variance S + (bil d (S22 S) d + \tr (M^T *m S22 S *m M) * (a ^+ 2 * residual_variance S
    + 2%:R * a * b * residual_covariance S w1 + b ^+ 2 * teacher_residual_variance S w1)).
Definition linear_student : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    (X : 'M[R]_(n, p2)) (M : 'M[R]_(p2, n)),
  posdef S ->
  (forall a b N (E : expectation R N) (e h : N -> 'cV[R]_n), residual_moments E e h S w1 ->
     mean_is E (fun x => fresh S (a *: (M *m (X *m wstar S + e x)) + b *: (M *m (X *m proj S w1 + h x))))
       (linear_risk S w1 X M a b))
  /\ forall a b a' b' th, 0 <= th <= 1 ->
     linear_risk S w1 X M (th * a + (1 - th) * a') (th * b + (1 - th) * b')
     <= th * linear_risk S w1 X M a b + (1 - th) * linear_risk S w1 X M a' b'.

(** Over designs too: the tuned student a w^ + b v^. *)
Definition weighted_supposes p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) N (En : expectation R N)
    (e h : N -> 'cV[R]_n) : Prop :=
  [/\ posdef S, forall d, \rank (X d) = p2, inverse_wishart_mean Ed X (S22 S)
    & residual_moments En e h S w1].
Definition weighted_expected : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) N (En : expectation R N) e h a b,
  weighted_supposes S w1 Ed X En e h ->
  mean_is Ed (fun d => mean En (fun x => let fit := invmx ((X d)^T *m X d) *m (X d)^T in
      fresh S (a *: (fit *m (X d *m wstar S + e x)) + b *: (fit *m (X d *m proj S w1 + h x)))))
    (residual_variance S + student_excess S w1 (kfac R p2 n) a b).

(** m more rows Z that have a prediction but no label. *)
Definition unlabelled_supposes p1 p2 n m (S : cov R p1 p2) (w1 : 'cV[R]_p1) D (Ed : expectation R D)
    (X : D -> 'M[R]_(n, p2)) (Z : D -> 'M[R]_(m, p2)) N (En : expectation R N)
    (e h : N -> 'cV[R]_(n + m)) : Prop :=
  [/\ posdef S, forall d, \rank (X d) = p2, inverse_wishart_mean Ed X (S22 S),
      inverse_wishart_mean Ed (fun d => col_mx (X d) (Z d)) (S22 S)
    & residual_moments En e h S w1].
Definition unlabelled_expected : Prop := forall p1 p2 n m (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) (Z : D -> 'M[R]_(m, p2))
    N (En : expectation R N) e h a b,
  unlabelled_supposes S w1 Ed X Z En e h ->
  mean_is Ed (fun d => mean En (fun x =>
      let all := col_mx (X d) (Z d) in let y := usubmx (all *m wstar S + e x) in
      fresh S (a *: (invmx ((X d)^T *m X d) *m (X d)^T *m y)
        + b *: (invmx (all^T *m all) *m all^T *m (all *m proj S w1 + h x)))))
    (residual_variance S + unlabelled_excess S w1 n m a b).

(** Ridge on an orthogonal design. *)
Definition ridge_fixed : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1)
    (X : 'M[R]_(n, p2)) N (E : expectation R N) (e h : N -> 'cV[R]_n) mu al,
  posdef S -> S22 S = 1%:M -> X^T *m X = n%:R%:M -> (0 < n)%N -> 0 <= mu ->
  residual_moments E e h S w1 ->
  mean_is E (fun x => fresh S (invmx (X^T *m X + mu%:M) *m X^T
      *m ((1 - al) *: (X *m wstar S + e x) + al *: (X *m proj S w1 + h x))))
    (residual_variance S + ridge_excess S w1 n mu al).

(** A given design whose rows have moments of their own. *)
Definition rowwise_fixed : Prop := forall n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (w v : 'cV[R]_p)
    N (E : expectation R N) (e h : N -> 'cV[R]_n) s c t al,
  Q^T = Q -> \rank X = p -> row_moments E e h s c t ->
  mean_is E (fun x => let miss := invmx (X^T *m X) *m X^T
      *m ((1 - al) *: (X *m w + e x) + al *: (X *m v + h x)) - w in bil miss Q miss)
    (rowwise_excess Q X w v s c t al).

End Facts.
End Fact.

Module Satisfiable.
Section Every.

Variable R : realFieldType.

(* For every model and n >= p2 + 2 designs and residuals that have the moments. *)
Definition weighted_expected : Prop := forall p1 p2 n (S : cov R p1 p2) (w1 : 'cV[R]_p1),
  posdef S -> (0 < p2)%N -> (p2 + 2 <= n)%N ->
  exists D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) N (En : expectation R N) e h,
    Fact.weighted_supposes S w1 Ed X En e h.
Definition unlabelled_expected : Prop := exists p1 p2 n m (S : cov R p1 p2) w1
    D (Ed : expectation R D) (X : D -> 'M[R]_(n, p2)) (Z : D -> 'M[R]_(m, p2))
    N (En : expectation R N) e h,
  (0 < m)%N /\ Fact.unlabelled_supposes S w1 Ed X Z En e h.

End Every.
End Satisfiable.
