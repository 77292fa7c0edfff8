(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Facts that are taken from elsewhere. Each is a hypothesis of the statements that use it,
    by the name that it has here, and never an axiom; index.json says which statements assume
    which ("assuming").

    - [residual_moments E e h S w1]  the residuals of y and t = w1^T x1 after regression on x2
      have mean 0, the moments var(y | x2), c, var(t | x2), and different rows are
      uncorrelated: so it is for independent rows with linear means, Gaussian or not
      (Mardia, Kent, Bibby, Multivariate Analysis, 1979, section 3.2, for Gaussian ones)
    - [row_residuals E e U S]  the same with all of x1 (the rows of U) in place of t
    - [inverse_wishart_mean E X Q]  n rows of N(0, Q): E tr (Q (X^T X)^-1) = p / (n - p - 1)
      (the same book, section 3.8; Anderson, Introduction to Multivariate Statistical
      Analysis, 3rd ed., Lemma 7.7.1)
    - [inverse_wishart_entries E X Q]  E (X^T X)^-1 = Q^-1 / (n - p - 1), entry by entry (the same)
    - [inverse_wishart_square E X Q]  E tr ((Q (X^T X)^-1)^2) = p (n - 1) / ((n - p) (n - p - 1)
      (n - p - 3)), n >= p + 4 (von Rosen, Scand. J. Statist. 15, 1988, Corollary 3.1)
    - [gram_mean E X Q]  E X^T X = n Q for n rows with covariance matrix Q
    - [slope_estimate E b S w1 n]  least squares of t on (x2, y), n rows, no constant: the
      coefficient b of y has mean beta, and sqrt ((n - p2) var(y | x2) / var(t | x2, y))
      (b - beta) has Student's law with n - p2 degrees of freedom, so the variance V below
      (MKB 1979, sections 3.4 and 6.3; Johnson, Kotz, Balakrishnan, Continuous Univariate
      Distributions 2, 2nd ed., chapter 28, for its variance) *)

From mathcomp Require Import all_ssreflect all_algebra.
From Proofs Require Import Model Information Student Expectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Imported.

Variables (R : realFieldType) (T : Type) (E : expectation R T).

Definition residual_moments p1 p2 n (e h : T -> 'cV[R]_n) (S : cov R p1 p2) (w1 : 'cV[R]_p1) : Prop :=
  noise_moments E e h (residual_variance S) (residual_covariance S w1)
    (teacher_residual_variance S w1).

Definition row_residuals p1 p2 n (e : T -> 'cV[R]_n) (U : T -> 'M[R]_(n, p1)) (S : cov R p1 p2) : Prop :=
  let K := S11 S - S12 S *m invmx (S22 S) *m (S12 S)^T in
  let z := S13 S - S12 S *m invmx (S22 S) *m S23 S in
  [/\ forall i, mean_is E (fun x => e x i 0) 0,
      forall i a, mean_is E (fun x => U x i a) 0,
      forall i j, mean_is E (fun x => e x i 0 * e x j 0) (residual_variance S *+ (i == j)),
      forall i j a, mean_is E (fun x => e x i 0 * U x j a) (z a 0 *+ (i == j))
    & forall i j a b, mean_is E (fun x => U x i a * U x j b) (K a b *+ (i == j))].

Section Designs.

Variables (n p : nat) (X : T -> 'M[R]_(n, p)) (Q : 'M[R]_p).

Definition inverse_wishart_mean : Prop :=
  mean_is E (fun d => \tr (Q *m invmx ((X d)^T *m X d))) (kfac R p n).
Definition inverse_wishart_entries : Prop := forall i j,
  mean_is E (fun d => invmx ((X d)^T *m X d) i j) (invmx Q i j / (n - p - 1)%:R).
Definition inverse_wishart_square : Prop :=
  mean_is E (fun d => \tr (Q *m invmx ((X d)^T *m X d) *m Q *m invmx ((X d)^T *m X d)))
    (p%:R * (n - 1)%:R / ((n - p)%:R * (n - p - 1)%:R * (n - p - 3)%:R)).
Definition gram_mean : Prop := forall i j,
  mean_is E (fun d => ((X d)^T *m X d) i j) (n%:R * Q i j).

End Designs.

Definition slope_variance p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat) : R :=
  (teacher_residual_variance S w1 - residual_covariance S w1 ^+ 2 / residual_variance S)
  / (residual_variance S * (n - p2 - 2)%:R).
Definition slope_estimate (b : T -> R) p1 p2 (S : cov R p1 p2) (w1 : 'cV[R]_p1) (n : nat) : Prop :=
  mean_is E b (beta S w1) /\ mean_is E (fun x => (b x - beta S w1) ^+ 2) (slope_variance S w1 n).

End Imported.
