(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The one lemma: any student that is linear in labels and predictions.

    - [row_moments E e h s c v]  residuals e of the labels and h of the teacher: their rows
                      have mean 0, variances s i and v i, covariance c i, and different rows
                      are uncorrelated. For constant s, c, v it is [noise_moments]
    - [learned X M N w v e h]  the student M y + N t for labels y = X w + e and predictions
                      t = X v + h: M and N are made of the design X alone
    - [leaning X M N w v]  its mean less w: M X w + N X v - w
    - [leverage M Q i]  how much row i counts: the entry i, i of M^T Q M

    [linear_rows]: its mean square distance from w, in the norm of a symmetric Q. No law of
    the residuals is asked for, only their moments. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Proofs Require Import Model Outputs Student Expectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Means.

Variables (R : realFieldType) (T : Type) (E : expectation R T).

Lemma mean_dot n (f : T -> 'cV[R]_n) (g : 'cV[R]_n) :
  (forall i, mean_is E (fun x => f x i 0) 0) -> mean_is E (fun x => dot g (f x)) 0.
Proof.
move=> H; have -> : 0 = \sum_i g i 0 * 0 :> R by rewrite big1 // => i _; rewrite mulr0.
apply: mean_is_ext (mean_is_sum (fun i => mean_isZ (g i 0) (H i))) => x.
by rewrite /dot mxE; apply: eq_bigr => i _; rewrite !mxE.
Qed.

Lemma bil_sum m n (a : 'cV[R]_m) (K : 'M[R]_(m, n)) b :
  bil a K b = \sum_i \sum_j K i j * (a i 0 * b j 0).
Proof.
rewrite bil_dot /dot mxE; apply: eq_bigr => i _.
by rewrite [a^T 0 i]mxE [(K *m b) i 0]mxE mulr_sumr; apply: eq_bigr => j _; rewrite mulrCA mulrA.
Qed.

Lemma mean_bil_gen m n (f : T -> 'cV[R]_m) (g : T -> 'cV[R]_n) (C K : 'M[R]_(m, n)) :
  (forall i j, mean_is E (fun x => f x i 0 * g x j 0) (C i j)) ->
  mean_is E (fun x => bil (f x) K (g x)) (\sum_i \sum_j K i j * C i j).
Proof.
move=> H; apply: mean_is_ext
  (mean_is_sum (fun i => mean_is_sum (fun j => mean_isZ (K i j) (H i j)))) => x.
by rewrite bil_sum.
Qed.

Lemma mean_bil n (f g : T -> 'cV[R]_n) (m : 'I_n -> R) (K : 'M[R]_n) :
  (forall i j, mean_is E (fun x => f x i 0 * g x j 0) (m i *+ (i == j))) ->
  mean_is E (fun x => bil (f x) K (g x)) (\sum_i K i i * m i).
Proof.
move=> H; have -> : \sum_i K i i * m i = \sum_i \sum_j K i j * (\matrix_(i, j) (m i *+ (i == j))) i j.
  apply: eq_bigr => i _; rewrite (bigD1 i) //= mxE eqxx mulr1n big1 ?addr0 // => j ji.
  by rewrite mxE eq_sym (negbTE ji) mulr0n mulr0.
by apply: mean_bil_gen => i j; rewrite mxE.
Qed.

Definition row_moments n (e h : T -> 'cV[R]_n) (s c v : 'I_n -> R) : Prop :=
  [/\ forall i, mean_is E (fun x => e x i 0) 0,
      forall i, mean_is E (fun x => h x i 0) 0,
      forall i j, mean_is E (fun x => e x i 0 * e x j 0) (s i *+ (i == j)),
      forall i j, mean_is E (fun x => e x i 0 * h x j 0) (c i *+ (i == j))
    & forall i j, mean_is E (fun x => h x i 0 * h x j 0) (v i *+ (i == j))].

Definition learned n p (X : 'M[R]_(n, p)) (M N : 'M[R]_(p, n)) (w v : 'cV[R]_p) (e h : 'cV[R]_n) :=
  M *m (X *m w + e) + N *m (X *m v + h).
Definition leaning n p (X : 'M[R]_(n, p)) (M N : 'M[R]_(p, n)) (w v : 'cV[R]_p) : 'cV[R]_p :=
  M *m X *m w + N *m X *m v - w.
Definition leverage n p (M : 'M[R]_(p, n)) (Q : 'M[R]_p) (i : 'I_n) : R := (M^T *m Q *m M) i i.

Section Rows.

Variables (n p : nat) (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (M N : 'M[R]_(p, n)) (w v : 'cV[R]_p).
Variables (e h : T -> 'cV[R]_n) (s c t : 'I_n -> R).
Hypotheses (symmetric : Q^T = Q) (moments : row_moments e h s c t).

Theorem linear_rows :
  mean_is E (fun x => let miss := learned X M N w v (e x) (h x) - w in bil miss Q miss)
    (bil (leaning X M N w v) Q (leaning X M N w v)
     + \sum_i (leverage M Q i * s i + 2%:R * (M^T *m Q *m N) i i * c i + leverage N Q i * t i)).
Proof.
have [e0 h0 ee eh hh] := moments; set d := leaning _ _ _ _ _.
have := mean_isD (mean_isD (mean_is_cst E (bil d Q d))
    (mean_isZ 2%:R (mean_isD (mean_dot (M^T *m (Q *m d)) e0) (mean_dot (N^T *m (Q *m d)) h0))))
  (mean_isD (mean_isD (mean_bil (M^T *m Q *m M) ee) (mean_isZ 2%:R (mean_bil (M^T *m Q *m N) eh)))
            (mean_bil (N^T *m Q *m N) hh)).
rewrite !addr0 mulr0 addr0 mulr_sumr -!big_split /=.
have -> : \sum_i ((M^T *m Q *m M) i i * s i + 2%:R * ((M^T *m Q *m N) i i * c i)
    + (N^T *m Q *m N) i i * t i)
  = \sum_i (leverage M Q i * s i + 2%:R * (M^T *m Q *m N) i i * c i + leverage N Q i * t i).
  by apply: eq_bigr => i _; rewrite mulrA.
apply: mean_is_ext => x /=; have -> : learned X M N w v (e x) (h x) - w = d + (M *m e x + N *m h x).
  rewrite /learned /d /leaning !mulmxDr !mulmxA.
  move: (M *m X *m w) (N *m X *m v) (M *m e x) (N *m h x) => a b y z.
  by apply/colP => i; rewrite !mxE; move: (a i 0) (b i 0) (y i 0) (z i 0) (w i 0) => *; ring.
clearbody d; have sw u z : dot (Q *m u) z = dot u (Q *m z) by rewrite dot_mull symmetric.
rewrite !bil_dot.
have D u (K : 'M[R]_(p, n)) z : dot (K^T *m (Q *m u)) z = dot u (Q *m (K *m z)).
  by rewrite dot_mull trmxK dot_mull symmetric.
have F u (K L : 'M[R]_(p, n)) z : dot u (K^T *m Q *m L *m z) = dot (K *m u) (Q *m (L *m z)).
  by rewrite [RHS]dot_mull !mulmxA.
rewrite !D !F !mulmxDr !(dotDl, dotDr).
have C u z : dot u (Q *m z) = dot z (Q *m u) by rewrite dotC sw.
rewrite (C (M *m e x) d) (C (N *m h x) d) (C (N *m h x) (M *m e x)).
by move: (dot d _) (dot d _) (dot d _) (dot (M *m _) _) (dot (M *m _) _) (dot (N *m _) _) => *; ring.
Qed.

End Rows.

(* The same with constant moments: traces instead of sums over rows. *)
Theorem linear_trace n p (Q : 'M[R]_p) (X : 'M[R]_(n, p)) (M N : 'M[R]_(p, n)) (w v : 'cV[R]_p)
    (e h : T -> 'cV[R]_n) (s c t : R) : Q^T = Q -> noise_moments E e h s c t ->
  mean_is E (fun x => let miss := learned X M N w v (e x) (h x) - w in bil miss Q miss)
    (bil (leaning X M N w v) Q (leaning X M N w v)
     + (\tr (M^T *m Q *m M) * s + 2%:R * \tr (M^T *m Q *m N) * c + \tr (N^T *m Q *m N) * t)).
Proof.
move=> sQ H; have := @linear_rows n p Q X M N w v e h (fun=> s) (fun=> c) (fun=> t) sQ H.
rewrite !big_split /= -!mulr_suml; set A := \sum_i _; set B := \sum_i _; set C := \sum_i _.
have -> : B = 2%:R * \tr (M^T *m Q *m N) by rewrite /B -mulr_sumr.
by [].
Qed.

End Means.
