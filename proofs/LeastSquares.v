(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Students made of least-squares fits: what [linear_rows] says of them.

    - [lsq X]   (X^T X)^-1 X^T, for a design X of full column rank
    - [fit_labelled X Z]  the label fit where the rows X are followed by rows Z without label *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Criterion Student Expectation LinearStudent Tuned Imported.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Fits.

Variable R : realFieldType.

Definition lsq n p (X : 'M[R]_(n, p)) : 'M[R]_(p, n) := invmx (X^T *m X) *m X^T.
Definition fit_labelled n m p (X : 'M[R]_(n, p)) (Z : 'M[R]_(m, p)) : 'M[R]_(p, n + m) :=
  row_mx (lsq X) 0.

Section One.

Variables (n p : nat) (X : 'M[R]_(n, p)).
Hypothesis full_rank : \rank X = p.

Lemma gram_sym : (X^T *m X)^T = X^T *m X. Proof. by rewrite trmx_mul trmxK. Qed.

Lemma lsq_mul : lsq X *m X = 1%:M.
Proof. by rewrite /lsq -mulmxA mulVmx // gram_unit. Qed.

Lemma lsq_lsq : lsq X *m (lsq X)^T = invmx (X^T *m X).
Proof. by rewrite {2}/lsq trmx_mul trmxK trmx_inv gram_sym mulmxA lsq_mul mul1mx. Qed.

Lemma lsq_trace (Q : 'M[R]_p) : \tr ((lsq X)^T *m Q *m lsq X) = \tr (Q *m invmx (X^T *m X)).
Proof. by rewrite mxtrace_mulC mulmxA lsq_lsq mxtrace_mulC. Qed.

End One.

Section Two.

Variables (n m p : nat) (X : 'M[R]_(n, p)) (Z : 'M[R]_(m, p)).
Hypothesis full_rank : \rank X = p.

Lemma rank_more : \rank (col_mx X Z) = p.
Proof.
apply/eqP; rewrite eqn_leq rank_leq_col /= -{1}full_rank.
have E : row_mx 1%:M 0 *m col_mx X Z = X by rewrite mul_row_col mul1mx mul0mx addr0.
by have := mxrankM_maxr (row_mx 1%:M 0) (col_mx X Z); rewrite E.
Qed.

Lemma fit_labelled_mul : fit_labelled X Z *m col_mx X Z = 1%:M.
Proof. by rewrite /fit_labelled mul_row_col mul0mx addr0 lsq_mul. Qed.

Lemma fit_labelled_trace (Q : 'M[R]_p) :
  \tr ((fit_labelled X Z)^T *m Q *m fit_labelled X Z) = \tr (Q *m invmx (X^T *m X)).
Proof.
rewrite mxtrace_mulC mulmxA /fit_labelled tr_row_mx trmx0 mul_row_col mulmx0 addr0 lsq_lsq //.
by rewrite mxtrace_mulC.
Qed.

Lemma fits_trace (Q : 'M[R]_p) :
  \tr ((fit_labelled X Z)^T *m Q *m lsq (col_mx X Z))
  = \tr (Q *m invmx ((col_mx X Z)^T *m col_mx X Z)).
Proof.
rewrite -mulmxA mxtrace_mulC -mulmxA {1}/lsq -[invmx _ *m _ *m _]mulmxA -trmx_mul.
by rewrite fit_labelled_mul trmx1 mulmx1.
Qed.

End Two.

Section Weighted.

Variables (N : Type) (E : expectation R N).

(* The student a w^ + b v^, w^ over n rows and v^ over n + m. *)
Theorem fits_fixed n m p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (Z : 'M[R]_(m, p)) (w v : 'cV[R]_p)
    (e h : N -> 'cV[R]_(n + m)) (s c t a b : R) :
  Q^T = Q -> \rank X = p -> noise_moments E e h s c t ->
  let all := col_mx X Z in
  mean_is E (fun x => let miss := learned all (a *: fit_labelled X Z) (b *: lsq all) w v (e x) (h x) - w in
      bil miss Q miss)
    (excess_of (bil w Q w) (bil v Q w) (bil v Q v) 0 0 0 0 a b
     + (a ^+ 2 * (\tr (Q *m invmx (X^T *m X)) * s)
        + \tr (Q *m invmx (all^T *m all)) * (2%:R * a * b * c + b ^+ 2 * t))).
Proof.
move=> sQ full H all; have full' := rank_more Z full.
have := linear_trace all (a *: fit_labelled X Z) (b *: lsq all) w v sQ H.
have -> : leaning all (a *: fit_labelled X Z) (b *: lsq all) w v = (a - 1) *: w + b *: v.
  rewrite /leaning -!scalemxAl fit_labelled_mul // lsq_mul // !mul1mx.
  by apply/colP => i; rewrite !mxE; move: (w i 0) (v i 0) => *; ring.
have TZ x (A : 'M[R]_(p, n + m)) : (x *: A)^T = x *: A^T by rewrite linearZ.
rewrite !TZ -!scalemxAl -!scalemxAr !mxtraceZ fit_labelled_trace // fits_trace // lsq_trace //.
set f := (X in mean_is E _ X -> _); set g := (X in _ -> mean_is E _ X); suff -> : f = g by [].
have C : bil w Q v = bil v Q w by rewrite -bil_tr sQ.
rewrite /f /g /excess_of !bil_dot !mulmxDr -!scalemxAr !(dotDl, dotDr, dotZl, dotZr) -!bil_dot C.
rewrite -/all; move: (\tr (Q *m invmx (X^T *m X))) (\tr (Q *m invmx (all^T *m all))) => T1 T2.
by move: (bil v _ _) (bil v _ w) (bil w _ _) => *; ring.
Qed.

Theorem weighted_fixed n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (w v : 'cV[R]_p)
    (e h : N -> 'cV[R]_n) (s c t a b : R) :
  Q^T = Q -> \rank X = p -> noise_moments E e h s c t ->
  mean_is E (fun x => let miss := learned X (a *: lsq X) (b *: lsq X) w v (e x) (h x) - w in
      bil miss Q miss)
    (excess_of (bil w Q w) (bil v Q w) (bil v Q v) s c t (\tr (Q *m invmx (X^T *m X))) a b).
Proof.
move=> sQ full H; have := linear_trace X (a *: lsq X) (b *: lsq X) w v sQ H.
have -> : leaning X (a *: lsq X) (b *: lsq X) w v = (a - 1) *: w + b *: v.
  by rewrite /leaning -!scalemxAl lsq_mul // !mul1mx; apply/colP => i; rewrite !mxE; move: (w i 0) (v i 0) => *; ring.
have TZ x (A : 'M[R]_(p, n)) : (x *: A)^T = x *: A^T by rewrite linearZ.
rewrite !TZ -!scalemxAl -!scalemxAr !mxtraceZ lsq_trace //.
set f := (X in mean_is E _ X -> _); set g := (X in _ -> mean_is E _ X); suff -> : f = g by [].
have C : bil w Q v = bil v Q w by rewrite -bil_tr sQ.
rewrite /f /g /excess_of !bil_dot !mulmxDr -!scalemxAr !(dotDl, dotDr, dotZl, dotZr) -!bil_dot C.
by move: (\tr _) (bil v _ _) (bil v _ w) (bil w _ _) => *; ring.
Qed.

End Weighted.

End Fits.
